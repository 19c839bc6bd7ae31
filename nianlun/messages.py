"""Everything that nianlun says beside its data, in Chinese and English.

Counts stand apart from their words, so that English needs no plural forms.
"""

from __future__ import annotations

from typing import Any

from nianlun.correction_messages import CORRECTION_MESSAGES
from nianlun.language import Words
from nianlun.search_messages import QUERY_REASONS, SEARCH_MESSAGES
from nianlun.store_messages import STORE_MESSAGES


def say(key: str, lang: str, **values: Any) -> str:
    """Return a message with its values filled in."""
    return CATALOGUE[key].in_(lang).format(**values)


CATALOGUE: dict[str, Words] = {
    **CORRECTION_MESSAGES,
    **STORE_MESSAGES,
    # what an answer rests on
    "base": Words(
        "统计范围:{documents} 篇报告(索引共 {total} 篇){copies}{years}。",
        "Base: {documents} documents of {total} in the index{copies}{years}.",
    ),
    "base_copies": Words("(另有重复 {count} 处,不重复计数)", " ({count} copies not counted)"),
    "base_years": Words(";年份:{years}", "; year {years}"),
    "base_stated": Words("写明 {count} 篇", "stated: {count}"),
    "base_inferred": Words("推断(≈){count} 篇", "inferred (≈): {count}"),
    "base_interval": Words("只知范围(≈起–止、≥、≤){count} 篇", "an interval only (≈first–last, ≥, ≤): {count}"),
    "base_undated": Words("未注明 {count} 篇", "not known: {count}"),
    "compare_side": Words("{year} 年:{documents} 篇报告{years}。", "{year}: {documents} documents{years}."),
    "same_year": Words(
        "{year} 年和它自己没有可比的,请写两个不同的年份。", "{year} is compared with itself; name two years."
    ),
    "bad_code": Words("没有“{value}”,或不止一个。可选:{known}", "{value} names none of these, or several: {known}"),
    "show_clipped": Words(
        "{ref} 只占原文第 {first}-{last} 字,所问的 {start}-{end} 超出了,只显示其中的部分。",
        "{ref} holds characters {first}-{last} of its file; of {start}-{end} only what stands in it is shown.",
    ),
    "base_apart": Words(
        "另有 {count} 篇只知道大致年份,可能在所问年份之内,未计入:{refs}(--undated infer 可计入)",
        "Apart, not counted: {count} documents whose interval of years touches the years asked for: {refs}"
        " (--undated infer counts them)",
    ),
    "base_dropped": Words(
        "年份不明、没有计入的有 {count} 篇:{refs}", "Left out, since their year is not known: {count}: {refs}"
    ),
    "base_unread": Words(
        "有 {count} 个文件没有读入,不在统计之内(原因见 nianlun doctor)。",
        "Files that could not be read and are not counted: {count} (reasons: nianlun doctor).",
    ),
    "base_stale": Words(
        "有 {count} 个文件现在读不了,沿用的是以前读入的内容。",
        "Files that fail now and stand as they were read before: {count}.",
    ),
    "narrow": Words(
        "窗口较窄,没有显示:{columns}。窗口放宽到 {width} 列,或用 --format csv、--format json,可看到全部。",
        "Not shown, for want of width: {columns}. A window of {width} columns shows them, or --format csv or json.",
    ),
    "comma": Words("、", ", "),
    # empty answers
    "empty_index": Words(
        "索引里还没有报告。先运行:nianlun ingest 文件夹 --db {db}",
        "There is no report in the index yet. Run: nianlun ingest FOLDER --db {db}",
    ),
    "empty_while_writing": Words(
        "索引里还没有报告:另一个程序正在写 {db}(可能正在读入),过一会儿再查。",
        "There is no report in the index yet: another program is writing {db} (it may be reading files). Try again in a while.",
    ),
    "nothing": Words("没有符合条件的内容。", "Nothing matches."),
    "nothing_in_years": Words(
        "没有{years}年的报告。索引里有:{known}。未注明年份的有 {undated} 篇。",
        "No report of {years}. There are reports of: {known}; undated: {undated}.",
    ),
    "nothing_left": Words(
        "筛选条件之下没有报告(索引共 {total} 篇)。单位:{orgs}。",
        "The filters leave no document (of {total} in the index). Bodies: {orgs}.",
    ),
    "not_found": Words(
        "没有找到“{query}”:查了 {documents} 篇报告。", "“{query}” was not found in {documents} documents."
    ),
    "segmented": Words("分词:{words}", "Cut into words: {words}"),
    "nearest": Words("索引里相近的词:{words}", "Near it in the index: {words}"),
    "no_nearest": Words("索引里没有相近的词。", "There is nothing near it in the index."),
    "hint_or": Words(
        "几个词默认要同时出现在一篇报告里;想要其中之一,写作:{query}",
        "All words must stand in one document; for any of them, write: {query}",
    ),
    "no_problem": Words("{base} 篇报告中没有反映“{zh}”的。", "None of {base} documents reports {en} ({leaf})."),
    "no_problems": Words(
        "{base} 篇报告中没有找到反映问题的句子。", "No sentence of {base} documents reports a problem."
    ),
    "no_problems_of": Words(
        "{base} 篇报告中没有“{polarity}”的问题句。", "No sentence of {base} documents is {polarity}."
    ),
    "no_activity": Words("没有名称含“{name}”的活动。", "No activity has “{name}” in its name."),
    "all_activities": Words(
        "索引里有名称的活动共 {count} 个,全部列出:nianlun activities",
        "There are {count} named activities; nianlun activities lists them.",
    ),
    "near_activities": Words("相近的有:{names}", "Near it: {names}"),
    "no_number": Words("没有符合条件的数字。出现过的单位:{units}", "No number matches. Units in the index: {units}"),
    "no_number_of": Words(
        "没有所指含“{of}”的数字。这里数的有:{things}", "No number counts {of}. What is counted here: {things}"
    ),
    "no_deadline": Words(
        "没有符合条件的时限。索引里共有 {all} 条时限,其中 {open} 条推不出具体日期。",
        "No deadline matches. The index has {all}, {open} of them without a day that can be told.",
    ),
    "deadlines_done": Words(
        "另有 {count} 条不是任务,没有列:报告里已说完成,或只说到那时情况如何:{items}(加 --done 列出)",
        "{count} more are no tasks and were left out, for the report tells them as done or as how things stood: {items} (--done lists them)",
    ),
    # search
    **SEARCH_MESSAGES,
    "found": Words(
        "查到“{query}” {places} 处 / {documents} 篇(共查 {searched} 篇)。",
        "“{query}”: {places} places in {documents} documents, of {searched} searched.",
    ),
    "search_texts": Words(
        "其中独立文本 {independent} 篇(句子照抄别篇、或只换了数字和名称的,只算最早的一篇;见 nianlun reuse)。",
        "Independent texts among them: {independent} (sentences copied from another document, or with other numbers and"
        " names, count in the earliest; see nianlun reuse).",
    ),
    "shown_of": Words("以下只列出前 {shown} 处(--limit 可改)。", "Only the first {shown} are shown (--limit)."),
    "variant_taiwan": Words(
        "其中 {places} 处写作“{text}”(繁体文本中“{term}”的用词)。",
        "{places} of them read “{text}”, Taiwan's word for “{term}”, in traditional texts.",
    ),
    "variant_typo": Words(
        "其中 {places} 处写作“{text}”(“{term}”的异写)。",
        "{places} of them read “{text}”, a variant spelling of “{term}”.",
    ),
    "variant_simplified": Words(
        "按简体“{text}”查到 {places} 处。", "{places} of them read “{text}”, the simplified form of “{term}”."
    ),
    "explain_terms": Words(
        "要找:{terms};不要:{without};同在一处的范围:{within}", "Terms: {terms}; without: {without}; within: {within}"
    ),
    "explain_spelling": Words(
        "“{term}” 写法 “{text}”({kind}):{places} 处 / {documents} 篇",
        "“{term}” as “{text}” ({kind}): {places} places in {documents} documents",
    ),
    "explain_excluded": Words("因减号略去:{count}", "Left out because of a hyphen: {count}"),
    "within_document": Words("一篇报告", "document"),
    "within_sentence": Words("一句", "sentence"),
    "kind_typed": Words("原样", "as typed"),
    "kind_simplified": Words("简体", "simplified"),
    "kind_taiwan": Words("台湾用词", "Taiwan's word"),
    "kind_typo": Words("异写", "variant spelling"),
    "apart_hits": Words("另列(年份只是可能):{count} 处", "Apart (may or may not be of these years): {count} places"),
    # problems
    "elsewhere": Words(
        "“{zh}”:另有 {count} 篇提到但不算存在的问题 - {kinds}(--polarity all 可看)",
        "{leaf}: {count} more documents name it otherwise - {kinds} (see --polarity all)",
    ),
    "problem_total": Words(
        "“{zh}”:{documents} 篇反映(共 {base} 篇),独立文本 {independent} 篇,句子 {mentions} 处。",
        "{leaf}: reported by {documents} of {base} documents, {independent} independent texts, {mentions} sentences.",
    ),
    "other_groups": Words(
        "其余 {groups} 组共 {base} 篇报告没有反映。", "{base} documents in {groups} other groups report none."
    ),
    "apart_problems": Words("另列(年份只是可能):{items}", "Apart (may or may not be of these years): {items}"),
    # numbers
    "sum": Words(
        "合计 {bound}{value}{unit},由 {counted} 个数字相加。", "Sum: {bound}{value}{unit}, of {counted} numbers."
    ),
    "sum_range": Words(
        "有的数字是范围,上限合计 {value}{unit}。", "Some are ranges; their upper ends add up to {value}{unit}."
    ),
    "sum_left_out": Words(
        "未计入 {count} 个看不清的数字:{items}", "Left out, without a legible value: {count}: {items}"
    ),
    "sum_limits": Words(
        "未计入 {count} 个标准、限额或平均数(以下、每…、人均…):{items}",
        "Left out, being limits, rates or averages (以下, 每…, 人均…): {count}: {items}",
    ),
    "sum_repeated": Words(
        "未计入 {count} 个表中的合计数或“其中”数(各项已分别计入):{items}",
        "Left out, being totals of a table or parts of what is counted already: {count}: {items}",
    ),
    "sum_stocks": Words(
        "未计入 {count} 个存量数(余额、总量、达到多少、几个时点的累计数):只是某一时点的数,不能与当年的数或别的时点的数相加:{items}",
        "Left out, being how much there is at one time (余额, 总量, 达到, running totals of several dates): {count}: {items}",
    ),
    "sum_changes": Words(
        "未计入 {count} 个“从……增加到……”的前后两个数(说的是变化,不能相加):{items}",
        "Left out, being the two sides of a change (从A增加到B): {count}: {items}",
    ),
    "sum_none": Words("没有可以相加的数字,理由见下。", "There is nothing that can be added up, as said below."),
    "sum_by_thing": Words(
        "“{units}”不说明数的是什么,已按所指分别合计;用 --of 选定所指,如 --of 妇女之家。",
        "{units} does not say what is counted: the sums are thing by thing. Choose one with --of.",
    ),
    "sum_sides": Words(
        "其中:{parts}。打算做的和已做的不宜相加,请分开引用。",
        "Of it: {parts}. What is planned and what is done had better be quoted apart.",
    ),
    "sum_row": Words(
        "{counted} 个数字相加;看不清未计 {left_out},标准或平均数未计 {limits},合计或其中数未计 {repeated},存量或变化未计 {stocks}",
        "of {counted} numbers; left out: illegible {left_out}, limits or averages {limits}, totals or parts {repeated}, stocks or changes {stocks}",
    ),
    "side_plan": Words("打算", "planned"),
    "side_done": Words("成绩", "done"),
    "side_other": Words("其他章节", "elsewhere"),
    "sum_copied": Words(
        "其中 {count} 个数字所在的句子、连同这个数字,照抄较早的报告,可能重复计算:{items}",
        "Of these, {count} stand with their sentence in an earlier report and may be counted twice: {items}",
    ),
    "sum_overlap": Words(
        "注意:同一件事可能在几处重复出现(如本年数与累计数),相加前请看原句。",
        "Mind that one thing may be told in several places (this year's figure and a running total): read the sentences.",
    ),
    "damaged_numbers": Words(
        "有 {count} 个数字被遮盖或残损,按原样显示,前加 ▒。",
        "{count} numbers are masked or damaged; they stand as written, with ▒ before them.",
    ),
    # reuse
    "reuse_comparing": Words("比较各篇报告", "Comparing documents"),
    "reuse_found": Words(
        "{clusters} 段文字在几篇报告里都有,涉及 {documents} 篇。",
        "Passages that stand in several documents: {clusters}, in {documents} documents.",
    ),
    "reuse_none": Words(
        "{base} 篇报告之间没有发现相同的段落(--min-chars 可放宽)。",
        "No passage stands in several of {base} documents (--min-chars asks for shorter ones).",
    ),
    "reuse_compared": Words(
        "比较了索引中的 {compared} 篇报告,其中 {short} 篇没有十个字以上的句子,无从比较;口号和套话不计。",
        "Compared: {compared} documents of the index; {short} of them have no sentence of ten characters. Slogans and"
        " standing phrases do not count.",
    ),
    "reuse_of": Words(
        "{ref} 有 {passages} 段还见于另外 {documents} 篇报告。",
        "{ref}: {passages} passages stand in {documents} other documents, too.",
    ),
    "reuse_of_none": Words("{ref} 没有段落见于其他报告。", "No passage of {ref} stands in another document."),
    "reuse_pair": Words(
        "相同的有 {passages} 段、{sentences} 句,计 {shared} 字(标点和口号不计)。",
        "In common: {passages} passages, {sentences} sentences, {shared} characters (without marks and slogans).",
    ),
    "reuse_pair_none": Words(
        "{one} 与 {other} 没有相同的句子。意思相近的段落可用 nianlun similar {one} 找。",
        "{one} and {other} have no sentence in common. nianlun similar {one} finds passages that are like it.",
    ),
    "reuse_one_of": Words("--document 和 --pair 只能用一个。", "Use either --document or --pair."),
    # compare
    "links_told": Words(
        "问题 {problems} 处:{answered} 处找到对应措施,其中 {certain} 处有据(同一标题、序号、针对、独有的用词),其余是按用词和话题猜的;{none} 处没有找到。",
        "{problems} problems: a measure was found for {answered}, certain for {certain} of them (heading, number, 针对, words of"
        " their own); the others are guessed by words and topic. None was found for {none}.",
    ),
    "pursued_told": Words(
        "有两年以上报告的单位 {bodies} 个。无法追踪:只有一年的 {single} 篇,没有单位名称的 {nameless} 篇,年份不明的 {undated} 篇。",
        "{bodies} bodies have reports of two years and more. Not followed: {single} documents of bodies with one year alone,"
        " {nameless} that name no body, {undated} without a year.",
    ),
    "pursued_mind": Words(
        "“此后未提”不等于已解决:后来的报告可能只是没有写到。",
        "Not named since does not mean solved: later reports may just not tell.",
    ),
    "one_mode": Words("{modes} 一次只能用一个。", "Use one of {modes} at a time."),
    "weight_needs": Words("加权要用 --trend(或 nianlun compare)。", "A weight needs --trend (or nianlun compare)."),
    "chart_needs": Words("画图要用 --by(热图)或 --trend(折线)。", "A chart needs --by (heat map) or --trend (lines)."),
    "chart_written": Words("图和数据已写入:{files}", "Chart and data written to {files}"),
    "compare_test": Words(
        "增多、减少只在检验({test},已按 {tested} 类问题校正:Benjamini–Hochberg,q<0.05)支持时才说;各年各类的区间为 95% Wilson 区间。",
        "Up and down are said only where a test shows it ({test}, adjusted for {tested} problems: Benjamini–Hochberg, q < 0.05);"
        " intervals are Wilson's, 95 %.",
    ),
    "compare_untested": Words(
        "报告太少(期望频数不足 5),没有一类问题可以检验,所以不说增多、减少;各年各类的区间为 95% Wilson 区间。",
        "There are too few documents to test any problem (expected numbers below 5), so nothing is said to go up or down; intervals are"
        " Wilson's, 95 %.",
    ),
    "compare_undated": Words(
        "另有 {undated} 篇不在任何一年里(年份未注明或只知范围),不摊入各年。",
        "{undated} documents stand in no year (unknown, or an interval only) and are counted in none.",
    ),
    "compare_words": Words(
        "用词只数了 {year} 年 {read} 篇(抽签,每次相同),全部要数请加 --all-words。",
        "Words were counted in {read} documents of {year}, drawn by lot (the same lot every time); --all-words counts all.",
    ),
    "weight_body": Words(
        "按单位加权:每个单位一票(没有署名单位的,每篇自成一个单位);比例是各单位比例的平均数。",
        "Weighted by body: one vote each (a document that names none is a body of its own); shares are means over bodies.",
    ),
    "trend_years": Words(
        "有报告的年份:{years}(年份:报告数,≈ 为其中推断的篇数);不在任何一年里的:{undated} 篇,另计,不摊入各年。",
        "Documents by year: {years} (≈: of them inferred). In no year, and counted in none: {undated}.",
    ),
    "trend_test": Words(
        "趋势:{test} 检验,已按 {tested} 类问题校正(Benjamini–Hochberg,q<0.05 才算);年份不足 {least} 个、报告不足 {fewest} 篇的不检验。",
        "Trend: {test}, adjusted for {tested} problems (Benjamini–Hochberg, q < 0.05); not tested with fewer than {least} years or"
        " {fewest} documents that report it.",
    ),
    "compare_few": Words("报告很少,差别可能只是偶然。", "There are few documents: differences may be chance."),
    # ingest
    "ingest_done": Words(
        "读入 {read} 个文件({documents} 篇报告){copies},未变 {unchanged},跳过 {skipped},读不了 {failed};用时 {seconds} 秒。",
        "Files read: {read} ({documents} documents){copies}, unchanged: {unchanged}, skipped: {skipped}, failed: {failed}; {seconds} s.",
    ),
    "ingest_done_copies": Words(",重复件 {count}", ", copies: {count}"),
    "ingest_copies": Words(
        "重复 {count} 处,只读一次、不重复计数:{pairs}(全部见 nianlun docs --copies)",
        "Copies, read once and counted once: {count}: {pairs} (all of them: nianlun docs --copies)",
    ),
    "ingest_none": Words("这里没有文件:{paths}", "There is no file in {paths}"),
    "ingest_hidden": Words(
        "略去隐藏文件、临时文件和网页附带的文件 {count} 个。",
        "Hidden and temporary files and the parts of saved pages left out: {count}.",
    ),
    "ingest_failed_group": Words("{reason} {count} 个文件:{paths}", "{reason} Files: {count}: {paths}"),
    "ingest_remedy": Words("  办法:{remedy}", "  What would help: {remedy}"),
    "ingest_failed_more": Words(
        "等(全部见 nianlun doctor --db {db})", "and others (all of them: nianlun doctor --db {db})"
    ),
    "ingest_dry": Words(
        "试运行,什么也没有写:待读入 {new},有改动 {changed}(共 {size} MB),未变 {unchanged},改名或移动 {moved},重复件 {copy},读不了 {failed}。",
        "Dry run, nothing was written: new {new}, changed {changed} ({size} MB), unchanged {unchanged}, moved {moved}, "
        "copies {copy}, cannot be read {failed}.",
    ),
    "ingest_progress": Words("读入", "Reading"),
    "ingest_flush": Words("建立全文索引", "Indexing"),
    "ingest_interrupted": Words(
        "已中断。已读入的 {read} 个文件都在索引里,再运行一次即可接着读。",
        "Interrupted. The {read} files read so far are in the index; run the same command again to go on.",
    ),
    "ingest_interrupted_none": Words(
        "已中断,还没有文件进入索引;再运行一次即可。",
        "Interrupted before a file was in the index; run the same command again.",
    ),
    "ingest_moved": Words(
        "改名或移动的文件 {count} 个,内容未变,代号照旧:{paths}",
        "Files that were renamed or moved, unchanged; they keep their short names: {count}: {paths}",
    ),
    "ingest_gone": Words(
        "文件夹里已经没有、但索引里还有的文件 {count} 个:{paths}",
        "Files that are gone from the folder and still in the index: {count}: {paths}",
    ),
    "ingest_prune": Words(
        "  这 {count} 个文件的内容仍会计数;要去掉,加 --prune 再运行一次。",
        "  They still count ({count}); run again with --prune to remove them.",
    ),
    "ingest_pruned": Words("  已从索引里去掉这 {count} 个文件。", "  Removed from the index: {count}."),
    "ingest_kept": Words(
        "其中 {count} 个以前读过,沿用以前的内容,仍会计数:{paths}",
        "Of the failed, {count} were read before; what was read then stands and counts: {paths}",
    ),
    # overview
    "overview_read": Words(
        "{db}:{sources} 个文件,{documents} 篇报告,{characters} 字。",
        "{db}: {sources} files, {documents} documents, {characters} characters.",
    ),
    "overview_unread": Words("没有读入的文件", "Files not read"),
    "overview_copies": Words(
        "其中 {files} 个文件是重复件;重复共 {count} 处,不重复计数(nianlun docs --copies)。",
        "Files that are copies: {files}; {count} copies in all are not counted (nianlun docs --copies).",
    ),
    "overview_all_read": Words("所有文件都已读入。", "Every file was read."),
    "overview_years": Words("各年各类报告", "Documents by year and kind"),
    "overview_problems": Words("反映最多的问题", "Most reported problems"),
    "overview_deadlines": Words("时限", "Deadlines"),
    "overview_activities": Words("最常见的活动", "Most frequent activities"),
    "overview_more": Words("…… 还有 {count} 条(nianlun {command})", "… {count} more (nianlun {command})"),
    "overview_problem": Words("{zh}:{documents} 篇(共 {base} 篇)", "{en}: {documents} of {base} documents"),
    "total": Words("合计", "total"),
    "undated": Words("未注明", "undated"),
    "unnamed": Words("未注明", "not stated"),
    "none": Words("无", "none"),
    # show
    "show_copy_file": Words(
        "{asked} 与 {ref} 是同一个文件的副本(内容逐字节相同),显示的是 {ref}。",
        "{asked} is a copy of {ref} (the same bytes); {ref} is shown.",
    ),
    "show_copy_text": Words(
        "{asked} 与 {ref} 文字相同,只读一次,显示的是 {ref}。", "{asked} has the same words as {ref}; {ref} is shown."
    ),
    "show_copy_repeat": Words(
        "{asked} 是 {ref} 在同一文件中的重复,显示的是 {ref}。",
        "{asked} repeats {ref} in the same file; {ref} is shown.",
    ),
    "show_copy_where": Words(
        "{asked} 在 {path}(原文第 {start}-{end} 字);以下是 {ref} 的位置。",
        "{asked} stands in {path} (characters {start} to {end}); below is where {ref} stands.",
    ),
    "show_copy_range": Words(
        "两处的位置不能逐字对应,显示整篇。", "Places in the two do not correspond; all of it is shown."
    ),
    "also_in": Words("{ref} 另见:{places}", "{ref} also in: {places}"),
    "show_head": Words("{title} [{ref}] {year} {org} {doc_type}", "{title} [{ref}] {year} {org} {doc_type}"),
    "show_legend": Words("标记:{marks}", "Marks: {marks}"),
    "show_several": Words(
        "这个文件里有 {count} 篇报告,请选一篇:{refs}", "This file holds {count} documents, choose one: {refs}"
    ),
    "show_empty": Words(
        "这一段里没有正文(可能是网页杂项)。", "There is no text in this range (it may be furniture of the page)."
    ),
    "show_range": Words(
        "{ref} 占原文第 {first}-{last} 字,{start}-{end} 不在其中。",
        "{ref} holds characters {first}-{last} of its file, {start}-{end} is outside.",
    ),
    # where a stretch stands in its raw file
    "where_head": Words("[{ref}] 在原件中的位置", "[{ref}] stands here"),
    "where_about": Words(
        "文件自述(不作为报告年份的依据):{said}", "The file says of itself (its year is not taken from that): {said}"
    ),
    "where_file": Words("文件:{names}{within}", "File: {names}{within}"),
    "where_body": Words("邮件正文", "the body of the mail"),
    "where_attachment": Words("邮件附件", "attached to a mail"),
    "where_member": Words("压缩包内的文件", "a file in an archive"),
    "where_characters": Words("原文第 {start}-{end} 字", "Characters {start} to {end} of the text"),
    "where_lines": Words(
        ";第 {line} 行第 {column} 列至第 {last_line} 行第 {last_column} 列",
        "; line {line}, column {column} to line {last_line}, column {last_column}",
    ),
    "where_bytes": Words(";第 {first}-{last} 字节({encoding})", "; bytes {first} to {last} ({encoding})"),
    "where_lossy": Words(
        "这一段里有不合 {encoding} 编码的字节,写回去得不到原样;字节位置是照原件数出来的。",
        "Some bytes of this stretch are no characters of {encoding}; encoded again, it is not what stands there. The bytes were"
        " counted in the file itself.",
    ),
    "where_no_bytes": Words(
        "文件不是整篇用 {encoding} 编码的,或者原件已经不在,说不出字节位置。",
        "The file is not in {encoding} throughout, or it is gone: the bytes cannot be told.",
    ),
    "where_page": Words("第 {page} 页", "page {page}"),
    "where_slide": Words("第 {slide} 张幻灯片", "slide {slide}"),
    "where_sheet": Words("工作表 {sheet}", "sheet {sheet}"),
    "where_field": Words("第 {row} 行第 {column} 列({cell})", "row {row}, column {column} ({cell})"),
    "where_cell": Words("表 {table} 第 {row} 行第 {column} 列", "table {table}, row {row}, column {column}"),
    "where_paragraph": Words("第 {paragraph} 段", "paragraph {paragraph}"),
    "where_run": Words("第 {run} 个文字块", "run {run}"),
    "where_box": Words(
        "左 {left} 上 {top} 右 {right} 下 {bottom}(点)", "box {left} {top} {right} {bottom} (points from the top left)"
    ),
    "where_sure": Words("文字识别,把握 {share}%", "recognised, {share} % sure"),
    "where_unsure": Words("文字识别,只有 {share}% 把握", "recognised, only {share} % sure"),
    "recognised_all": Words("全文识别得来", "OCR"),
    "recognised_part": Words("{share}% 识别得来", "{share} % OCR"),
    "recognised_unsure": Words(",其中 {share}% 没有把握", ", {share} % unsure"),
    "show_recognised": Words("文字识别:{words}。", "Recognised in pictures: {words}."),
    "where_more": Words("…… 还有 {count} 处(--format json 可看全部)", "… {count} more (--format json shows all)"),
    "where_old": Words(
        "索引里没有这个文件的版面位置(是用旧版程序读的)。再运行一次 nianlun ingest 即可补上。",
        "The index has no places for this file (it was read by an older program). Run nianlun ingest again.",
    ),
    "where_converter": Words(
        "读这个文件的转换程序不说明文字在哪一段,只有字的位置。",
        "The converter that read this file does not tell places; there is the range of characters alone.",
    ),
    "where_inserted": Words(
        "这几个字是读入时补的(如分隔符、自动编号),原件里没有对应的位置。",
        "These characters were put in when the file was read (separators, list numbers); they stand nowhere in it.",
    ),
    "image_written": Words("{path}:第 {page} 页", "{path}: page {page}"),
    "image_first": Words(
        "这一段占 {pages} 页,只画前 {drawn} 页。", "The stretch is on {pages} pages; the first {drawn} are drawn."
    ),
    "file_gone": Words(
        "原件不在了:{path}。请放回原处,或重新运行 nianlun ingest。",
        "The file is gone: {path}. Put it back, or run nianlun ingest again.",
    ),
    "file_changed": Words(
        "{path} 读入以后改动过,已不是当时的文件。请重新运行 nianlun ingest。",
        "{path} has changed since it was read. Run nianlun ingest again.",
    ),
    "no_page": Words(
        "{path} 不分页({kind}),没有可画的。用 --source 看它在哪一段、哪一格。",
        "{path} has no pages to draw ({kind}). --source tells paragraph, cell or line.",
    ),
    "no_page_here": Words(
        "{path} 的这一段没有页面位置,画不出来。再运行一次 nianlun ingest,或用 --source 看位置。",
        "There is no place on a page for this stretch of {path}. Run nianlun ingest again, or use --source.",
    ),
    "bad_picture": Words(
        "{path} 不能用作图片的文件名。请另起一个,以 {known} 结尾。",
        "{path} cannot be the name of the picture. Choose another that ends in {known}.",
    ),
    # serve
    "serve_at": Words(
        "在浏览器里打开 {url} (只读,只限本机;按 Ctrl-C 结束)",
        "Open {url} in a browser (read-only, this machine alone; Ctrl-C ends it)",
    ),
    "serve_port": Words("端口 {port} 已被占用,换一个:--port {other}", "Port {port} is taken; try --port {other}"),
    # errors
    "error": Words("出错:{message}", "Error: {message}"),
    "help_hint": Words("用法见:{command} --help", "See: {command} --help"),
    "aborted": Words("已中断。", "Interrupted."),
    "no_index": Words(
        "没有索引文件 {path}。先建一个:nianlun ingest 文件夹 --db {path}(或用 --db 指明已有的索引)",
        "There is no index {path}. Make one: nianlun ingest FOLDER --db {path} (or name another with --db)",
    ),
    "not_an_index": Words(
        "{path} 不是年轮的索引,或已损坏。请换一个文件名,或重新建立索引:nianlun ingest 文件夹 --db 新文件.db",
        "{path} is not an index of nianlun, or it is damaged. Name another file, or build a new one: nianlun ingest FOLDER --db NEW.db",
    ),
    "index_is_folder": Words(
        "{path} 是文件夹,不是索引文件。请写文件名,如:--db {path}/reports.db",
        "{path} is a folder, not an index. Name a file: --db {path}/reports.db",
    ),
    "cannot_write": Words(
        "不能在 {folder} 里写 {path}(没有写的权限,或磁盘是只读的)。请换一个可写的位置:--db 文件名.db",
        "{path} cannot be written in {folder} (no permission, or a read-only disk). Name a place that can: --db FILE.db",
    ),
    "cannot_read": Words("没有读 {path} 的权限。", "There is no permission to read {path}."),
    "the_output": Words("写不出结果(输出)", "the output cannot be written"),
    "no_folder": Words(
        "没有 {folder} 这个文件夹,不能在其中建立 {path}。", "There is no folder {folder} to keep {path} in."
    ),
    "too_new": Words(
        "{path} 由更新版本的年轮写成(其中有 {unknown})。请升级年轮,或用另一个索引。",
        "{path} was written by a newer nianlun (it has {unknown}). Update nianlun, or use another index.",
    ),
    "bad_query": Words("“{query}” 查不了:{reason}。", "“{query}” cannot be searched: {reason}."),
    "empty_query": Words(
        "没有写要查的词。例:nianlun search 经费", "There is nothing to look for. For example: nianlun search 经费"
    ),
    "bad_reference": Words(
        "“{text}” 不是出处。报告写作 003 或 000#2,其中一段写作 003@512-540。",
        "“{text}” is no reference. Write a document as 003 or 000#2, a stretch of it as 003@512-540.",
    ),
    "unknown_document": Words("索引里没有 {ref}。{near}", "There is no {ref} in the index. {near}"),
    "unknown_document_near": Words("有:{refs}", "There are: {refs}"),
    "bad_taxonomy": Words("问题分类有误:{message}", "A taxonomy that cannot be used: {message}"),
    "analyse_folder": Words(
        "{path}:这是文件夹,analyse 一次只看一个文件。要读整个文件夹,用 nianlun ingest {path}",
        "{path}: it is a folder; one file is analysed at a time. To read all of it: nianlun ingest {path}",
    ),
    "no_taxonomy": Words(
        "没有“{name}”这套问题分类,也没有这个文件。内置的有 problems、government;自己的请写文件名,写法见 docs/taxonomy.md。",
        "There is no taxonomy {name}, and no such file. Known by name: problems, government; of your own, name the file (docs/taxonomy.md).",
    ),
    "unknown_leaf": Words(
        "没有“{leaf}”这类问题。{near}可用:{known}", "There is no problem {leaf}. {near}Known: {known}"
    ),
    "unknown_leaf_near": Words("是不是要:{near}?", "Did you mean {near}? "),
    "mixed_units": Words(
        "单位不同的数字不能相加:{units}。请用 --unit 选定一个单位。",
        "Numbers of different units cannot be added: {units}. Choose one with --unit.",
    ),
    "not_additive": Words(
        "百分比、比率、年龄、名次之类的数字相加没有意义:{units}。请用 --unit 另选单位。",
        "A sum of shares, rates, ages or ranks says nothing: {units}. Choose another unit with --unit.",
    ),
    "database": Words("索引 {path} 出错:{detail}。", "The index {path} fails: {detail}."),
    "database_locked": Words(
        "索引 {path} 正被另一个程序写入,稍后再试。",
        "The index {path} is being written by another program; try again later.",
    ),
    "database_damaged": Words(
        "索引 {path} 已损坏({detail})。请删掉它,重新运行 nianlun ingest。",
        "The index {path} is damaged ({detail}). Delete it and run nianlun ingest again.",
    ),
    "os_error": Words("{path}:{detail}。{remedy}。", "{path}: {detail}. {remedy}."),
    "os_remedy": Words("请检查磁盘和权限,或换个位置", "See to the disk and to permissions, or take another place"),
    "target_no_folder": Words(
        "没有 {folder} 这个文件夹,写不了 {path}。请先建好这个文件夹,或换个位置。",
        "There is no folder {folder} to write {path} in. Make it first, or take another place.",
    ),
    "target_in_file": Words(
        "{folder} 是文件,不是文件夹,写不了 {path}。请换个位置。",
        "{folder} is a file, no folder: {path} cannot be written. Take another place.",
    ),
    "target_is_folder": Words("{path} 是文件夹,请写文件名。", "{path} is a folder. Name a file in it."),
    "target_denied": Words(
        "没有在 {folder} 里写文件的权限(或磁盘是只读的),写不了 {path}。请换个位置。",
        "There is no permission to write in {folder} (or the disk is read-only): {path}. Take another place.",
    ),
    "target_kept": Words(
        "{path} 已存在,而且没有改写它的权限。请换个名字。", "{path} exists and must not be changed. Take another name."
    ),
    "target_ending": Words(
        "看不出 {path} 要写成什么格式。文件名的结尾可用:{known}", "{path}: its ending names no format. Known: {known}"
    ),
    "bad_years": Words(
        "“{value}” 不是年份。写作 2012、2004..2011、2004.. 或 ..2011。",
        "“{value}” is no year. Write 2012, 2004..2011, 2004.. or ..2011.",
    ),
    "years_reversed": Words(
        "“{value}” 的起止年份颠倒了。把早的写在前面,如 2004..2011。",
        "“{value}” ends before it begins. Write the earlier year first: 2004..2011.",
    ),
    "bad_day": Words(
        "“{value}” 不是日期,或没有这一天。写作 2014-03-18、2014年3月18日、2014-03、2014 或 2014-01..2014-06。",
        "“{value}” is no day. Write 2014-03-18, 2014-03, 2014 or 2014-01..2014-06.",
    ),
    "days_reversed": Words(
        "“{value}” 的起止日期颠倒了。把早的写在前面,如 2014-01..2014-06。",
        "“{value}” ends before it begins. Write the earlier day first: 2014-01..2014-06.",
    ),
    "no_single_day": Words(
        "“{value}” 是一段时间,这里要写一天,如 2014-03-18。", "“{value}” is a span; one day is wanted, as 2014-03-18."
    ),
    "bad_marks": Words("没有“{value}”这种标记。可用:{known}", "There is no mark {value}. Known: {known}"),
    # doctor
    "doctor_python": Words("Python 版本", "Python"),
    "doctor_reads": Words("读取 {files}", "reading {files}"),
    "doctor_itself": Words("自带", "nianlun itself"),
    "doctor_older": Words(
        "自带;结构不全的由 msdoc2docx 转读;Word 95 及更早、Works 文件靠 {programs}",
        "nianlun itself; msdoc2docx where the structures do not hold; Word 95 and older, Works: {programs}",
    ),
    "doctor_nothing": Words("无(本机没有)", "nothing on this machine"),
    "doctor_converter": Words("转换程序 {name}", "converter {name}"),
    "doctor_no_converter": Words(
        "没有找到;只有 Word 95 及更早的 .doc、Works 的 .wps 用得着",
        "not found; only .doc of Word 95 and older and .wps of Works need it",
    ),
    "doctor_ocr": Words("文字识别(OCR)", "recognition of characters (OCR)"),
    "doctor_no_ocr": Words("没有安装;扫描件和图片读不了", "not installed; scans and pictures cannot be read"),
    "doctor_ocr_remedy": Words(
        "请安装:pip install rapidocr onnxruntime", "Install it: pip install rapidocr onnxruntime"
    ),
    "doctor_program": Words("年轮版本", "nianlun"),
    "doctor_sqlite": Words("SQLite 版本", "SQLite"),
    "doctor_fts": Words("全文检索自检", "full-text self-test"),
    "doctor_fts_ok": Words("查“经费”找到 {count} 处,应为 {count} 处", "“经费” found {count} times, as it should be"),
    "doctor_fts_bad": Words("查“经费”找到 {found} 处,应为 {count} 处", "“经费” found {found} times, should be {count}"),
    "doctor_data": Words("词典与数据", "lexicons and data"),
    "doctor_files": Words("{count} 个文件", "{count} files"),
    "doctor_library": Words("程序库 {name}", "library {name}"),
    "doctor_missing": Words("没有安装;请重新安装年轮", "not installed; install nianlun again"),
    "doctor_database": Words("索引文件", "index"),
    "doctor_no_database": Words("还没有 {path}", "there is no {path} yet"),
    "doctor_no_database_remedy": Words(
        "建一个:nianlun ingest 文件夹 --db {path};或用 --db 指明已有的索引",
        "Make one: nianlun ingest FOLDER --db {path}; or name another with --db",
    ),
    "doctor_database_ok": Words(
        "{path}:{size} MB,{sources} 个文件,{documents} 篇报告,检查无误",
        "{path}: {size} MB, {sources} files, {documents} documents, sound",
    ),
    "doctor_old": Words(
        "有 {count} 个文件是用旧版程序读的,再运行一次 nianlun ingest 即可更新",
        "{count} files were read by an older program; run nianlun ingest again",
    ),
    "doctor_outdated": Words("程序变化", "changes of the program"),
    "doctor_unread": Words("未读入:{path}", "not read: {path}"),
    "doctor_encoding": Words("终端编码", "encoding of the terminal"),
    "doctor_fonts": Words("图表中文字体", "Chinese font for charts"),
    "doctor_no_font": Words("没有找到;图表中的汉字会显示为方框", "none found; charts will show boxes for Chinese"),
    # how a year is known
    "dates_stated": Words("{ref}:{year} 年,文中写明。", "{ref}: {year}, stated."),
    "dates_corrected": Words("{ref}:{year} 年,人工更正。", "{ref}: {year}, as a person said."),
    "dates_corrected_none": Words("{ref}:人工更正为年份不明。", "{ref}: a person said that its year cannot be told."),
    "dates_inferred": Words("{ref}:{year} 年,由上列依据推断。", "{ref}: {year}, inferred from this evidence."),
    "dates_interval": Words(
        "{ref}:没有写明年份,上列依据只容许 {span}。", "{ref}: no year is stated; this evidence allows {span}."
    ),
    "dates_unknown": Words(
        "{ref}:没有写明年份,文中也没有可以定年的话。", "{ref}: no year is stated and nothing in it dates it."
    ),
    "dates_conflicts": Words(
        "有 {count} 处与写明的年份相矛盾(套用旧稿、标题或落款有误都可能),年份仍按写明的。",
        "{count} places contradict the year that is stated (an old text used again, a wrong title or date); it is kept as stated.",
    ),
    "dates_verified": Words("已核对", "opened"),
    "dates_unverified": Words("未核对", "unverified"),
    "dates_alone": Words("--explain 只看一篇,不和其他条件合用。", "--explain takes one report and no other condition."),
    # notebook
    "repr": Words(
        "{path}:{documents} 篇报告,{years},未注明年份 {undated} 篇,有残损 {damaged} 篇",
        "{path}: {documents} documents, {years}, {undated} undated, {damaged} damaged",
    ),
    "no_years": Words("没有注明年份的", "no year stated"),
}

__all__ = ["CATALOGUE", "QUERY_REASONS", "say"]
