"""Mail: bodies and attachments of .eml and .msg, whatever program wrote them."""

import base64
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from spoilt import spoilt

from ingest.errors import DamagedFile, EncryptedFile, IngestError, NoText
from ingest.mail import _all_text, is_eml, read_eml, read_msg, unpack_rtf
from ingest.office import ole_kind
from ingest.read import read_bytes
from ingest.tnef import is_tnef, read_tnef

FORMATS = Path(__file__).parent.parent / "corpus" / "formats"
SAMPLES = {
    name: (FORMATS / name).read_bytes()
    for name in ("mail_gbk.eml", "mail_bare.eml", "mail_2231.eml", "mail.msg", "mail_gbk.msg")
}


def reader(name):
    return read_msg if name.endswith(".msg") else read_eml


def bare(text):
    return "".join(text.split())


@pytest.mark.parametrize("name", SAMPLES)
def test_a_mail_gives_its_body_its_headers_and_its_attachment(name):
    raw = reader(name)(SAMPLES[name], name)
    assert bare(raw.text) == bare((FORMATS / "mail.txt").read_text("utf-8"))
    about = dict(raw.about)
    assert about["title"] == "关于报送2015年团务数据和工作总结的说明"
    assert about["author"] == "榆堰县团委办公室 <tuanwei@example.cn>"
    assert about["date"].startswith("2015-12-31T")
    assert raw.members[0].name == "榆堰团县委2015年工作总结（报送稿）.txt"
    assert raw.members[0].data == (FORMATS / "attachment.txt").read_bytes()
    (report,) = raw.reports
    assert (report.start, report.end, report.title) == (0, len(raw.text), about["title"])


@pytest.mark.parametrize("name", ["mail_2231.eml", "mail.msg", "mail_gbk.msg"])
def test_a_mail_inside_a_mail_is_a_member(name):
    inner = reader(name)(SAMPLES[name], name).members[1]
    assert inner.name == "转来的通知.eml"
    raw = read_eml(inner.data, inner.name)
    assert raw.text.strip() == "请各单位于1月8日前报送数据。"
    assert dict(raw.about)["title"] == "转来的通知"


def test_another_reader_of_outlook_files_finds_the_same():
    oxmsg = pytest.importorskip("oxmsg")
    message = oxmsg.Message.load(str(FORMATS / "mail.msg"))
    raw = read_msg(SAMPLES["mail.msg"], "mail.msg")
    assert bare(message.body) == bare(raw.text)
    assert message.subject == dict(raw.about)["title"]
    assert message.attachments[0].file_name == raw.members[0].name


def b64(text, charset):
    return base64.b64encode(text.encode(charset)).decode()


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (f"=?gb2312?B?{b64('工作总结', 'gbk')}?=", "工作总结"),
        (f"=?GBK?B?{b64('镕基', 'gbk')}?= 2001", "镕基 2001"),
        (f"=?utf-8?B?{b64('年度', 'utf-8')}?= =?utf-8?B?{b64('计划', 'utf-8')}?=", "年度计划"),
        (f"=?gb2312?B?{b64('𠮷', 'gb18030')}?=", "𠮷"),
        ("=?utf-8?Q?=E5=B9=B4_=E5=BA=95?=", "年 底"),
        (f"=?big5?B?{b64('總結', 'big5')}?=", "總結"),
        (f"=?no-such-set?B?{b64('妇联工作总结', 'utf-8')}?=", "妇联工作总结"),
        ("=?utf-8?B?broken!", "=?utf-8?B?broken!"),
        ("Plain subject", "Plain subject"),
        (f"Re: =?gbk?B?{b64('请示', 'gbk')}?= (2)", "Re: 请示 (2)"),
    ],
)
def test_headers_are_decoded_as_senders_write_them(header, expected):
    raw = read_eml(f"Subject: {header}\r\nFrom: a@b.cn\r\n\r\n正文。\r\n".encode(), "x.eml")
    assert dict(raw.about)["title"] == expected


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_headers_of_bare_bytes_are_decoded_too(encoding):
    data = "Subject: 妇联工作总结\r\nFrom: 县妇联办公室 <a@b.cn>\r\n\r\n正文如下，请查收并回复。\r\n".encode(encoding)
    raw = read_eml(data, "x.eml")
    assert dict(raw.about) == {"title": "妇联工作总结", "author": "县妇联办公室 <a@b.cn>"}
    assert raw.text.strip() == "正文如下，请查收并回复。"


def test_answers_and_forwards_are_stripped_from_the_title_of_the_report():
    raw = read_eml("Subject: 回复：Fw: Re: 年终总结\r\nFrom: a@b.cn\r\n\r\n见下。\r\n".encode(), "x.eml")
    assert raw.reports[0].title == "年终总结"


def test_an_html_body_is_read_when_there_is_no_plain_one():
    pytest.importorskip("ingest.web")
    page = (
        "<html><body><p>各乡镇妇联：</p><p>请于3月1日前报送工作总结，逾期不再受理，并抄送县委办公室。</p></body></html>"
    )
    data = f"Subject: x\r\nFrom: a@b.cn\r\nContent-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n{b64(page, 'gbk')}\r\n"
    text = read_eml(data.encode(), "x.eml").text
    assert "请于3月1日前报送工作总结" in text
    assert "<" not in text


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>好的。</p><p>收到</p>", "好的。\n收到"),
        ("<div>见<b>附件</b><br>谢谢</div><script>var x</script>再见", "见附件\n谢谢\n再见"),
        ("<style>p{}</style><!-- 注 --><p>正文</p>", "正文"),
        ("", ""),
    ],
)
def test_a_body_that_is_no_page_is_read_in_full(html, expected):
    assert _all_text(html) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"From: a@b.cn\r\nSubject: x\r\n\r\ntext", True),
        (b"Received: from x\r\n\tby y\r\nDate: today\r\n\r\n", True),
        (b"From a@b.cn Mon Jan 1\nFrom: a@b.cn\nTo: c@d.cn\n\n", True),
        ("时间: 3月\n地点: 会议室\n\n正文".encode(), False),
        (b"Subject: only one header\r\n\r\n", False),
        (b"From: <Saved by Blink>\r\nSubject: page\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\"\r\n\r\n", False),
        ("2015年工作总结\n\nFrom: x\nTo: y\n".encode(), False),
        (b"", False),
    ],
)  # fmt: skip
def test_mails_are_told_by_their_headers(text, expected):
    assert is_eml(text) is expected


def test_outlook_files_are_told_by_their_streams():
    assert ole_kind(SAMPLES["mail.msg"]) == "msg"
    assert ole_kind(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) != "msg"
    assert ole_kind(SAMPLES["mail_gbk.eml"]) is None


@pytest.mark.parametrize(
    ("read", "data", "error"),
    [
        (read_eml, b"no headers at all", DamagedFile),
        (read_eml, b"Subject: x\r\nFrom: a@b.cn\r\n\r\n", NoText),
        (
            read_eml,
            b"Subject: x\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nAAAA",
            EncryptedFile,
        ),
        (read_eml, b"Subject: x\r\nContent-Type: multipart/encrypted; boundary=b\r\n\r\n--b--", EncryptedFile),
        (read_msg, SAMPLES["mail.msg"][:2000], DamagedFile),
        (read_msg, b"", DamagedFile),
    ],
)
def test_what_is_no_readable_mail_is_told(read, data, error):
    with pytest.raises(error):
        read(data, "x")


QUOTED = """各位领导：
今年走访困难母亲45户。

-----原始邮件-----
发件人：县妇联 <x@y.cn>
发送时间：2015年12月30日
收件人：苎塘镇
主题：关于报送总结的通知

请各镇报送总结。
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (QUOTED, [("总结", "各位领导：\n今年走访困难母亲45户。"), ("关于报送总结的通知", "请各镇报送总结。")]),
        (QUOTED.replace("-----原始邮件-----\n", ""), [("总结", "各位领导：\n今年走访困难母亲45户。"), ("关于报送总结的通知", "请各镇报送总结。")]),
        ("见下。\n---------- Forwarded message ----------\nFrom: a@b.cn\nDate: x\nSubject: Fw: 通报\nTo: c\n\n通报如下。\n", [("总结", "见下。"), ("通报", "通报如下。")]),
        ("------------------ 原始邮件 ------------------\n\n发件人: \"甲\";\n发送时间: 2015\n收件人: \"乙\";\n\n请查收。\n", [("总结", "请查收。")]),
        ("收到。\n\n> 请于3月1日前报送\n>> 培训80人\n在 2015-12-30 10:00:00，县妇联 <x@y.cn> 写道：\n> 好\n", [("总结", "收到。")]),
        ("已报送。\n发自我的 iPhone\n", [("总结", "已报送。")]),
        ("会议安排：\n时间：3月1日\n地点：礼堂\n主题：部署工作\n", [("总结", "会议安排：\n时间：3月1日\n地点：礼堂\n主题：部署工作")]),
        ("主席在会上写道：要深入基层。\n", [("总结", "主席在会上写道：要深入基层。")]),
        ("一、概况\n-----\n二、问题\n", [("总结", "一、概况\n-----\n二、问题")]),
    ],
)  # fmt: skip
def test_earlier_mails_are_reports_of_their_own_and_quoted_lines_are_nobodys(text, expected):
    source = read_bytes(
        "Subject: 总结\r\nFrom: a@b.cn\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n".encode() + text.encode(),
        "x.eml",
    )
    assert [(document.title, document.text) for document in source.documents] == expected


def test_cards_invitations_signatures_and_little_pictures_in_the_text_are_left_out_and_told():
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "总结", "a@b.cn"
    mail.set_content("请查收。")
    mail.add_alternative("<p>请查收。<img src=cid:a></p>", subtype="html")
    mail.get_payload()[1].add_related(b"\x89PNG", "image", "png", cid="<a>", filename="logo.png", disposition="inline")
    mail.get_payload()[1].add_related(
        b"\x89PNG" * 20_000, "image", "png", cid="<b>", filename="scan.png", disposition="inline"
    )
    mail.add_attachment("BEGIN:VCARD", subtype="vcard", filename="a.vcf")
    mail.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="b.ics")
    mail.add_attachment(b"x", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="现场.png")
    raw = read_eml(mail.as_bytes(), "x.eml")
    assert [member.name for member in raw.members] == ["scan.png", "现场.png"]
    assert dict(raw.about)["left out"] == "logo.png, a.vcf, b.ics, smime.p7s"


def test_a_winmail_dat_gives_its_body_its_subject_and_its_attachment():
    data = (FORMATS / "mail_winmail.dat").read_bytes()
    assert is_tnef(data)
    raw = read_tnef(data, "winmail.dat")
    assert bare(raw.text) == bare((FORMATS / "mail.txt").read_text("utf-8"))
    assert raw.about == (("title", "关于报送2015年团务数据和工作总结的说明"),)
    (member,) = raw.members
    assert (member.name, member.data) == (
        "榆堰团县委2015年工作总结（报送稿）.txt",
        (FORMATS / "attachment.txt").read_bytes(),
    )


@settings(max_examples=80, deadline=None)
@given(spoilt((FORMATS / "mail_winmail.dat").read_bytes()))
def test_damage_to_a_winmail_dat_raises_nothing_but_an_ingest_error(data):
    with suppress(IngestError):
        read_tnef(data, "winmail.dat")


def test_parts_inside_parts_without_end_are_no_crash():
    data = b"Subject: x\r\nFrom: a@b.cn\r\n"
    for depth in range(3000):
        data += b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (depth, depth)
    with pytest.raises(IngestError):
        read_eml(data + b"\r\ntext", "x.eml")


def test_an_attachment_without_data_is_listed_with_its_trouble():
    data = b'Subject: x\r\nFrom: a@b.cn\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\nContent-Disposition: attachment; filename="../a.docx"\r\n\r\n--b--\r\n'
    (member,) = read_eml(data, "x.eml").members
    assert (member.name, member.data, type(member.trouble)) == ("a.docx", b"", NoText)


def test_a_packed_rtf_body_is_unpacked():
    # The example of [MS-OXRTFCP], section 3.1.
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert unpack_rtf(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    with pytest.raises(ValueError):
        unpack_rtf(b"short")


@pytest.mark.parametrize("name", SAMPLES)
def test_damage_to_a_mail_raises_nothing_but_an_ingest_error(name):
    @settings(max_examples=80, deadline=None)
    @given(spoilt(SAMPLES[name]))
    def holds(data):
        with suppress(IngestError):
            reader(name)(data, name)

    holds()
