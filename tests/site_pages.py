"""Heads and feet of pages of all kinds of sites, made up, with the place where the report begins (⟦) or ends (⟧).

`HEADS` stand above `BODY`, `FEET` below it. In `OWN_HEADS` and `OWN_FEET` all that stands there is the report's own, or only what
stands outside the marks is not: what looks like the words of a site and is none.
"""

from __future__ import annotations

BODY = "\n".join(
    [
        "今年以来，芦溪乡在县委领导下，围绕年初确定的目标，一件一件抓落实，多数任务按期完成。",
        "一、主要做法",
        "（一）建好阵地。全乡12个村都腾出了活动室，添置桌椅240套，每周开放五天，来的人次比上年翻了一番。",
        "（二）带好队伍。选配专干9名，组织外出观摩3批，回来后人人讲一课，老同志带新手，半年下来都能独当一面。",
        "二、存在的不足",
        "经费来源单一，有两个村的活动室还借用小学的教室；个别专干身兼数职，下村的时间得不到保证。",
        "三、明年打算",
        "明年准备再建活动室4处，把培训排到农闲时节，争取每户有一人学会一门手艺，年底前逐村验收。",
    ]
)
TITLE = "芦溪乡2016年文化站工作总结"
LONG = "文化站是乡里办得最勤的一个站，一年到头灯火不断，锣鼓队、读书会、棋牌室各有各的去处，老少都愿意来。"

# name -> head; the report begins at ⟦, with what stands behind it on the line and below, then BODY
HEADS = {
    # libraries of documents
    "library: shared by a member, page mark, title of the upload": f"《文化站年报.docx》由会员分享，可在线阅读，更多相关《文化站年报.docx（6页珍藏版）》请在万卷文库上搜索。\n1、文化站年报 ⟦{TITLE}{LONG}",
    "library: by a user, free to browse": f"《某乡文化站年报(二)》一文系用户提供,可免费浏览,同类《某乡文化站年报(二)》请到青竹文档查找。\n1、某乡文化站年报 ⟦{TITLE} {LONG}",
    "library: shared, no title in the text": f"《乡镇文化站小结》由网友上传分享，支持在线浏览，更多《乡镇文化站小结》请在墨香文库检索。\n1、⟦{LONG}",
    "library: blurb and text on one line": f"《乡镇文化站小结.doc》由会员分享，可免费在线阅读全文，更多与《乡镇文化站小结.doc》相关的文档请在墨香文库搜索。1、乡镇文化站小结⟦{LONG}",
    "library: box of a preview": f"预览全部\n2016年文化站改革小结\n上传用户：竹林听雨 | 类型：doc | 共9页 | 55KB\n简介\n⟦{LONG}",
    "library: box, one cell a line": f"文档分类：工作总结\n文档编号：80213377\n上传时间：2017-03-04\n格式：DOCX\n页数：6\n大小：31.4KB\n资源描述\n⟦{TITLE}",
    "library: box on one line and buttons": f"文化站工作总结.doc\n上传人：梧桐雨 文档编号：6621903 上传时间：2018-10-09 格式：DOC 页数：5 大小：38.50KB\n返回 下载 相关 举报\n文化站工作总结.doc_第1页\n第1页 / 共5页\n文化站工作总结.doc_第2页\n第2页 / 共5页\n点击查看更多>>\n资源描述\n⟦{LONG}",
    "library: terms of use": f"1、本文档共7页，可阅读全部内容。\n2、本文档内容版权归属内容提供方，所产生的收益全部归内容提供方所有。如果您对本文有版权争议，可选择认领。\n3、本文档由用户上传，本站不保证质量和数量令人满意，付费之前请先阅读内容确认后进行下载。\n⟦{TITLE}",
    "library: size, date, then terms": f"- 32.50 KB\n- 2021-04-10 发布\n1、本站资料均由用户上传，如侵犯您的权益请联系客服删除。\n⟦{TITLE}",
    "library: rights of the uploader": f"版权说明：本文档由用户提供并上传，收益归属内容提供方，若内容存在侵权，请进行举报或认领\n文档简介\n⟦{TITLE}",
    "library: buttons of the page above": f"书签 分享 收藏 举报 版权申诉 / 6\n上传文档赚钱\n类型文化站工作总结.docx\n上传人（卖家）：山间小溪\n文档编号：4402918\n上传时间：2022-07-22\n格式：DOCX\n页数：6\n大小：24.37KB\n关 键 词：\n文化站 工作 总结\n资源描述：\n⟦{LONG}",
    "library: download for coins": f"首页 万卷文库 > 资源分类 > DOC文档下载\n文化站工作总结.doc\n资源ID：1548517　资源大小：32.50KB　全文页数：6页\n资源格式：DOC　下载积分：16金币\n快捷下载 游客一键下载\n会员登录下载\n下载资源需要16金币\n⟦{TITLE}",
    "library: points and stars": f"文化站工作总结\n分享于 2019-08-07 10:11\n评分：★★★★☆　浏览：1203次　下载：18次\n⟦{TITLE}\n{LONG}",
    "library: list of other files first": f"合集下载\n文化站工作总结（通用6篇）\n文化站工作总结（精选3篇）\n⟦{TITLE}",
    "library: key words": f"【摘要】本文档介绍文化站工作总结，供读者下载参考使用。\n【关键词】文化站；总结\n⟦{TITLE}",
    # collections of samples
    "samples: time, foreword, one heading": f"工会小结范文\n发布：2023-05-06 10:00:00\n导语：怎样写出一份好的小结？本站整理了八篇供您参考。\n篇1\n⟦{LONG}",
    "samples: what reports are for": f"文化站工作总结\n总结是对一段时间的工作加以回顾和分析的书面材料，它能帮我们理清头绪，让我们抽时间写一份总结吧。那么总结要注意些什么呢？下面是小编为大家整理的文化站工作总结，仅供参考，希望能够帮助到大家。\n文化站工作总结 篇1\n⟦{LONG}",
    "samples: in our days reports are used": "在我们平凡的日常里，报告使用的频率越来越高。你知道怎么写才恰当吗？下面是小编收集的。\n某市林业报告 篇1\n⟦我同市林业站的几位同志，用三天走了六个乡。",
    "samples: time flies": f"时光飞逝，一年的工作即将结束，想必大家都需要写总结了吧。你所见过的总结应该是什么样的？以下是小编帮大家整理的文化站年终总结（精选5篇），欢迎阅读。\n⟦{TITLE}",
    "samples: degree of recommendation first": f"- 文化站工作总结 推荐度：\n- 乡镇文化站年度总结 推荐度：\n- 相关推荐\n文化站工作总结（通用6篇）\n总结就是把一个时期的情况进行一次全面系统的检查，为此我们要做好回顾，写好总结。你想知道总结怎么写吗？以下是小编整理的文化站工作总结，欢迎大家借鉴与参考。\n文化站工作总结1\n⟦{LONG}",
    "samples: foreword with the time": f"文化站工作总结范文\n时间：2023-07-06 16:11:55\n导言：作为写作爱好者，不可错过为您精心挑选的10篇文化站总结，我们衷心期待您的阅读，并希望这些内容能为您提供灵感和参考。\n⟦{LONG}",
    "samples: the editor in two lines": f"文化站工作总结怎么写？小编为大家带来了一篇范文。\n想了解更多总结，请继续关注本站！\n⟦{TITLE}",
    "samples: this column": f"本栏目为大家收集整理了数篇文化站年终总结，希望为您带来帮助！\n第一篇：文化站年终总结\n⟦{LONG}",
    "samples: heading in brackets": f"下面是由本站网友投稿的文化站总结，供同行借鉴。\n【篇一】\n⟦{LONG}",
    "samples: the machine's blurb": f"这份文化站总结内容详实、结构清晰，适合乡镇文化干部参考使用，可直接下载修改。\n⟦{TITLE}",
    "samples: what a summary is": f"工作总结是对个人或单位在一定时期内工作情况的回顾与评估。它通常包括成果、经验、问题和改进措施等内容，是职场中常见的文档类型。\n⟦{TITLE}",
    "samples: a collection sorted by the editor": f"范文之家 > 总结 > 年度总结\n文化站总结五篇\n更新时间：2020-06-11\n网友分享的《文化站总结》，希望给您的工作带来帮助。\n篇一：文化站总结\n⟦{LONG}",
    "samples: title twice": f"文化站工作总结\n文化站工作总结\n作者：网友投稿 时间：2022-11-30\n⟦文化站工作总结\n{LONG}",
    "samples: the site's title and the report's on one line": f"芦溪文化站2021年小结 ⟦芦溪文化站2016年小结及打算 2016年，芦溪文化站{LONG}",
    # pages for downloading
    "download: the title glued to the text": "返回\n2016文化站情况报告\n2016文化站情况报告\n日期:2012-3-4 09:08:07  [下载]  [注册]\n2016文化站情况报告⟦3、机构不全，有三个村没有专干。",
    "download: bytes and clicks": f"文化站工作总结\n文件大小：31 KB　更新时间：2014/5/6 8:09:10　下载次数：77　软件语言：简体中文\n[点击下载] [发表评论] [打印]\n⟦{TITLE}",
    "download: log in first": f"请先登录 | 注册\n当前文档最多预览三页，下载文档查看全文\n⟦{TITLE}",
    # authorities
    "authority: source, date, size of type": f"首页 > 政务公开 > 乡镇动态\n⟦{TITLE}\n⟧信息来源：芦溪乡政府　发布日期：2017-01-09　浏览次数：145　字号：[ 大 中 小 ]\n【打印】【关闭】",
    "authority: date and readers": f"⟦{TITLE}\n⟧发布时间：2017-01-09   浏览次数：210",
    "authority: below a menu": f"网站首页\n机构概况\n政务公开\n办事指南\n互动交流\n当前位置：首页 > 工作动态 > 正文\n⟦{TITLE}\n⟧日期：2017年01月09日 15:20 来源：县文化局办公室 点击：83次",
    "authority: welcome and the date of today": f"欢迎访问芦溪县人民政府网站！今天是2019年5月6日 星期一\n设为首页 | 加入收藏 | 联系我们\n您现在的位置：首页 >> 公开目录 >> 总结\n⟦{TITLE}",
    "authority: the table of the index": f"索引号：006/2017-00123　主题分类：文化\n发布机构：芦溪乡人民政府　成文日期：2017年1月9日\n名　称：文化站工作总结\n文　号：无\n⟦{TITLE}",
    "authority: the table, one cell a line": f"索 引 号：\n006/2017-00123\n信息分类：总结计划\n发布机构：\n芦溪乡人民政府\n生成日期：2017-01-09\n有效性：有效\n⟦{TITLE}",
    "authority: skip the navigation": f"无障碍浏览\n进入关怀版\n跳过导航\n搜索\n热词：文化站 总结\n⟦{TITLE}",
    "authority: visits and shares": f"⟦{TITLE}\n⟧作者：黎明　编辑：周冬　审核：吴正　来源：文化站　点击数：[32]　更新时间：2017-1-9 9:20:11\n分享到：\n微信 微博 QQ空间",
    # news
    "news: time and paper": f"⟦{TITLE}\n⟧2017-01-09 08:12 来源：芦溪日报 记者 黎明",
    "news: column and time": f"芦溪新闻网 > 乡镇 > 正文\n⟦{TITLE}\n⟧2017年01月09日 08:12:33　来源：芦溪新闻网",
    "news: a click to read, size of type": f"芦溪网首页 新闻 视频 论坛 手机版\n⟦{TITLE}\n⟧2017-01-09 08:12　字体：小 中 大　评论：0条",
    "news: app and share": f"打开APP 阅读体验更佳\n⟦{TITLE}\n⟧芦溪融媒\n2021-03-04 09:30 · 芦溪县融媒体中心官方账号\n关注",
    # accounts of a messenger
    "account: follow us": f"点击上方“芦溪文化”关注我们\n⟦{TITLE}",
    "account: original, name, time, place": f"⟦{TITLE}\n⟧原创 芦溪文化 芦溪文化站 2021-12-30 18:06 发表于湖南\n收录于合集 #总结 12个",
    "account: blue letters": f"点击蓝字 关注我们\n⟦{TITLE}",
    # forums
    "forum: author and floor": f"楼主\n竹林听雨\n发表于 2014-2-3 10:11:12 | 只看该作者 | 倒序浏览\n⟦{TITLE}",
    "forum: views and answers": f"查看: 1203|回复: 4\n文化站工作总结 [复制链接]\n电梯直达\n发表于 2014-2-3 10:11:12 | 显示全部楼层\n⟦{TITLE}",
    "forum: blog": f"文化站工作总结 (2014-02-03 10:11:12)\n标签： 文化 总结　分类： 工作\n转载▼\n⟦{TITLE}",
    # search
    "search: results": f"为您找到相关结果约1,230个\n搜索工具\n文化站工作总结_万卷文库\n⟦{TITLE}",
    "search: query and sort": f"关键词：文化站 总结　共12条　按时间排序　按相关度排序\n⟦{TITLE}",
    # dates mangled by the name of a site, converters
    "mangled date": f"文化站总结\n日期:2013年5本站转载:月6日\n⟦{TITLE}",
    "mangled source": f"文化站总结\n2013-0万卷文库5-06 本文来源:万卷文库 www.example.com\n⟦{TITLE}",
    "encyclopaedia": f"文化站工作总结\n本词条由网友编辑 最近更新：2015-05-06 浏览次数：121次\n编辑 收藏 赞\n⟦{TITLE}",
    "a page saved as text: title with the site": f"文化站工作总结_万卷文库网\n文化站工作总结\n来源：万卷文库网\n⟦{TITLE}",
    "related reading above the text": f"相关阅读：\n乡镇团委工作总结\n村级工会年度计划\n热门标签：总结 计划\n文化站工作总结\n时间：2018-07-08 10:20:30\n导读：文化站工作总结由本站会员提供。\n⟦{LONG}",
    "price and members": f"VIP免费\n3.0 元\n文化站工作总结.docx 共6页\n开通会员免费下载\n⟦{TITLE}",
    "mixed: tags and likes": f"文化站工作总结\n标签：总结 文化 乡镇\n点赞 收藏 转发 评论\n⟦{TITLE}",
}

FEET = {
    "please log in": "⟧\n请先登录\n>\n相关推荐\n乡镇工会工作总结",
    "editor in brackets, links": "⟧\n(编辑: 赵某)\n首页 | 版权说明 | 投稿",
    "editor and rights": "⟧\n（责任编辑：周冬）\n网站地图 | 联系方式 | 关于我们\n版权所有 芦溪县人民政府 备案号：湘ICP备0500123号",
    "map of the site": "⟧\n网站地图 | 联系我们 | 隐私声明\n主办单位：芦溪县人民政府 承办：县信息中心",
    "sponsor and licence": "⟧\n主办：芦溪县人民政府办公室　技术支持：芦溪网络公司\n湘公网安备 43010202000123号",
    "address and telephone of the site": "⟧\n地址：芦溪县人民路8号　邮编：410000　电话：0731-1234567\n建议使用IE8以上浏览器 1024×768分辨率访问本站",
    "previous and next": "⟧\n上一篇：乡镇团委工作总结\n下一篇：没有了",
    "previous and next, no colon": "⟧\n上一篇 乡镇团委工作总结\n下一篇 村级工会计划",
    "previous article, other word": "⟧\n前一篇：读书会小记\n后一篇：锣鼓队进校园",
    "links to files": "⟧\n【文化站工作总结】相关文章：\n1.乡镇文化站年终总结\n2.文化站半年小结",
    "links without a word": "⟧\n本文来源：https://www.example.com/zongjie/1234.html",
    "by the editor": "⟧\n以上就是小编为大家整理的文化站工作总结，希望对您有所帮助。",
    "by the editor, with a question": "⟧\n看完这篇文化站总结，你学会了吗？更多范文请关注本站。",
    "collect this page": "⟧\n收藏本站，随时下载更多精彩范文！",
    "full text for members": "⟧\n（未完，全文共1802字，当前显示587字）\n（请认真阅读下面的提示信息）\n温馨提示\n此文章为会员专享，稍加修改便可使用。",
    "click for more": "⟧\n点击查看更多>>\n下载文档到电脑，方便收藏和打印\n推荐度：",
    "click to download": "⟧\n点击下载文档\n文档为doc格式",
    "remaining pages": "⟧\n还剩3页未读，是否继续阅读？\n继续免费阅读全文",
    "buttons": "⟧\n【打印】【关闭】【返回顶部】",
    "share": "⟧\n分享到：\n微信 微博 QQ空间\n扫一扫在手机打开当前页",
    "likes": "⟧\n点赞 12　收藏 3　分享\n评论 0条\n发表评论",
    "comments": "⟧\n网友评论\n还没有评论，快来抢沙发吧！\n登录后才能评论",
    "comments of a forum": "⟧\n回复 举报\n使用道具\n高级模式\n您需要登录后才可以回帖 登录 | 立即注册",
    "tags": "⟧\n标签：总结 文化 乡镇\n分类：工作总结",
    "key words": "⟧\n关键词标签：文化站 工作总结 2016\n相关热词搜索：文化站 总结",
    "rights": "⟧\n免责声明：本文由用户发布，不代表本站观点，如有侵权请联系我们删除。",
    "rights without a label": "⟧\n本站部分内容来自网络，如有侵犯您的权益，请联系管理员及时删除。",
    "reprint": "⟧\n转载请注明出处：https://www.example.com/zongjie/1234.html",
    "source": "⟧\n文章来源：芦溪县文化网 作者：佚名",
    "account: swipe": "⟧\nEND\n来源：芦溪文化站\n编辑：周冬　审核：吴正\n长按识别二维码关注我们",
    "account: read": "⟧\n阅读原文\n阅读 541　在看 7",
    "account: photographs": "⟧\n图文：黎明\n一审：周冬　二审：吴正　三审：郑重\n喜欢就点个“在看”吧",
    "news: recommended": "⟧\n新闻推荐\n本月起图书馆延长开放\n文化下乡走进八个村\n推荐新闻",
    "error report": "⟧\n【纠错】\n[责任编辑：周冬]\n新闻热线：0731-1234567",
    "app": "⟧\n下载APP，阅读更流畅\n打开APP阅读全文",
    "page number of a preview": "⟧\n第1页 / 共5页\n温馨提示：当前文档最多只能预览5页，若文档总页数超出了5页，请下载原文档以浏览全部内容。",
    "advertisement": "⟧\n本文档由万卷文库整理提供，更多资料请访问 www.example.com",
    "downloaded": "⟧\n[文化站工作总结.doc]下载\n本文共1页\n文档大小：31KB",
    "glued to the last sentence": "⟧责任编辑：周冬　上一篇：乡镇团委工作总结　下一篇：没有了",
    "glued link": "⟧【文化站工作总结】相关文章：\n乡镇文化站年终总结",
    "glued rights": "⟧本文来源：https://www.example.com/zongjie/1234.html\n返回首页",
    "guess you like": "⟧\n猜你喜欢：\n1.文化站半年小结\n2.读书会计划\n看过本文的人还看了",
    "list of pages": "⟧\n[1] [2] [3] 下一页 尾页",
    "friendly links": "⟧\n友情链接：\n省文化厅　市文化局\n站长统计",
    "signature stays": "\n芦溪乡文化站\n2016年12月28日⟧\n来源：芦溪乡政府　发布时间：2017-01-09\n打印本页",
    "attachment stays": "\n附件：1.活动室名单\n2.培训安排表⟧\n附件下载：\n上一条：图书馆延长开放",
    "copy list stays": "\n抄送：县文化局，各村委会。⟧\n浏览次数：88\n关闭窗口",
}

# The report begins at ⟦ (or at the start): what looks like the words of a site is its own
OWN_HEADS = {
    "an own foreword": f"⟦{TITLE}\n前言\n文化站是乡里办得最勤的一个站，写下这份总结，为的是理清家底。",
    "a lead of its own": f"⟦{TITLE}\n导语：一年来，文化站从无到有，靠的是全乡上下一条心。",
    "a title with 篇": "⟦芦溪乡文化站“奋进篇”工作总结\n一年来文化站工作有声有色。",
    "chapters called 篇": f"⟦{TITLE}\n上篇 一年回顾\n{LONG}",
    "an own date": f"⟦{TITLE}\n2016年12月28日\n{LONG}",
    "an own date in brackets": f"⟦{TITLE}\n（2016年12月28日）\n{LONG}",
    "body and date": f"⟦{TITLE}\n芦溪乡文化站\n2016年12月28日\n{LONG}",
    "contents": f"⟦{TITLE}\n目录\n一、主要做法\n二、存在的不足\n三、明年打算\n{LONG}",
    "sources of money": "⟦芦溪乡文化站2017年工作计划\n资金来源：县财政拨款8万元，乡里自筹3万元。\n时间安排：3月至11月。",
    "time and place of a meeting": "⟦芦溪乡文化站会议纪要\n时间：2016年12月28日\n地点：乡政府三楼\n主持人：黎明\n会议听取了全年情况的汇报。",
    "abstract of a survey": f"⟦芦溪乡文化站运行情况调研报告\n摘要：我们走访了12个村，发了300份问卷，看到活动室有人管、有人用，也看到钱和人都紧。\n{LONG}",
    "author of a survey": f"⟦芦溪乡文化站运行情况调研报告\n县文化局 黎明\n{LONG}",
    "an addressee": f"⟦{TITLE}\n各位领导、同志们：\n下面，我代表文化站向大家汇报一年的工作，请予审议。",
    "a greeting that speaks of you": f"⟦尊敬的各位代表：\n感谢大家一年来对文化站的关心和帮助，欢迎多提意见。\n{LONG}",
    "a plain beginning about time": "⟦时光飞逝，一年的工作即将结束，文化站全体人员在这一年里走遍了12个村。",
    "a summary that says why": "⟦为了总结经验、理清思路，现将文化站一年的工作总结如下：",
    "downloads that were counted": f"⟦{TITLE}\n全年网上课程浏览次数达1.2万次，下载资料3400份。",
    "a library of an authority": f"⟦{TITLE}\n乡里建起网上文库，收录范文120篇，供各村干部下载参考。",
    "an editor among people": f"⟦{TITLE}\n站里的小编辑们一年出了12期墙报，请老师给大家讲怎么写稿。",
    "a document number": f"⟦芦溪乡人民政府文件\n芦政发〔2016〕32号\n{TITLE}\n各村委会：",
    "a bulletin": f"⟦文化工作简报\n第12期\n芦溪乡文化站　2016年12月28日\n{TITLE}",
    "a list at once": "⟦一、工作完成情况\n（一）活动室开放。来源清楚、去向明白。",
    "a site's work told": f"⟦{TITLE}\n网站首页改版后，浏览量上升三成；微信公众号发文88篇。",
    "numbered points at the start": f"⟦1、建好活动室12处。\n2、办班3期，培训专干9名。\n{LONG}",
    "an experience with a subtitle": f"⟦灯火里的文化站\n——芦溪乡文化站经验交流材料\n{LONG}",
    "who reports": f"⟦{TITLE}\n汇报人：黎明\n{LONG}",
    "news with a dateline": f"⟦芦溪：文化站办到家门口\n本报讯（记者 黎明）12月28日，芦溪乡第12个活动室开门迎客。\n{LONG}",
}

OWN_FEET = {
    "thanks": "\n以上就是我们一年来的工作，不足之处，请大家批评指正。⟧",
    "hope": "\n希望上级继续关注乡镇文化站，给我们更多帮助和支持。⟧",
    "signature": "\n芦溪乡文化站\n2016年12月28日⟧",
    "contact": "\n联系人：黎明　联系电话：0731-1234567⟧",
    "attachment": "\n附件：活动室名单⟧",
    "website told": "\n四、网站建设\n网站地图和联系方式栏目已经更新，版权页也做了说明。⟧",
    "reading told": "\n四、阅读推广\n全年评论稿件12篇，分享会开了30场，人人点赞。⟧",
    "copy list": "\n抄送：县文化局，各村委会。⟧",
    "downloads told": "\n四、网上服务\n点击下载量逐月上升，全年超过3000次。⟧",
    "edited by": "\n文化站编印的小册子责任编辑有三人，都是退休教师。⟧",
}
