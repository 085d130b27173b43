"""Mails and saved web pages: headers in Chinese charsets, the text, attachments."""

from __future__ import annotations

import base64
from email.message import EmailMessage
from pathlib import Path

import pytest

from corpus.document import Reason
from corpus.readers import mail, mhtml, outlook
from corpus.readers.contract import Blob, Limits, Reading, Unreadable

PLAIN = "From: 青石县纪委 <a@example.org>\r\nTo: b@example.org\r\nSubject: 关于自查的通知\r\n"
WORDS = "近日，青石县纪委监委通报三起典型问题，要求引以为戒。"
PAGE = f"<html><head><title>情况通报</title></head><body><p>{WORDS}</p></body></html>"
SAVED = (
    'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="B"\r\n\r\n这是单个文件网页\r\n'
    f"--B\r\nContent-Type: text/html; charset=CHARSET\r\n\r\n{PAGE}\r\n"
    "--B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n--B--\r\n"
)


def found(data: bytes, name: str = "信.eml") -> tuple[Reading, list[Blob]]:
    assert mail.identify(Blob(name, data))
    assert not mhtml.identify(Blob(name, data))
    first, *members = mail.read(Blob(name, data), Limits())
    assert isinstance(first, Reading)
    return first, [member for member in members if isinstance(member, Blob)]


def test_a_mail_with_both_forms_and_attachments() -> None:
    enclosed = EmailMessage()
    enclosed["Subject"] = "内"
    enclosed.set_content("内文")
    message = EmailMessage()
    message["Subject"], message["From"] = "关于报送材料的通知", "青石县纪委 <a@example.org>"
    message["To"], message["Date"] = "b@example.org", "Mon, 05 Jun 2023 10:00:00 +0800"
    message.set_content("请于周五前报送。")
    message.add_alternative("<html><body><p>请于周五前报送。</p></body></html>", subtype="html")
    message.add_attachment("名单".encode(), maintype="application", subtype="octet-stream", filename="../名单.txt")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png")
    message.add_attachment(enclosed)
    reading, members = found(message.as_bytes())
    assert reading.leaves[0].text.splitlines() == [
        "主题：关于报送材料的通知",
        "发件人：青石县纪委 <a@example.org>",
        "收件人：b@example.org",
        "日期：2023-06-05 10:00",
        "",
        "请于周五前报送。",
    ]
    assert reading.title == "关于报送材料的通知"
    assert {name: value.value for name, value in reading.meta.items()} == {"author": "青石县纪委", "date": "2023-06-05"}
    assert [member.name for member in members] == ["信.eml!/名单.txt", "信.eml!/附件2.png", "信.eml!/邮件3.eml"]
    assert members[0].data == "名单".encode()
    assert b"Subject:" in members[2].data


@pytest.mark.parametrize("charset", ["gb18030", "utf-8"])
def test_headers_in_bare_bytes_of_a_charset(charset: str) -> None:
    body = "Content-Type: text/plain; charset=gb2312\r\n\r\n请各单位认真学习文件精神，结合实际开展自查。朱镕基\r\n"
    reading, _ = found((PLAIN + (body if charset != "utf-8" else body.replace("gb2312", "utf-8"))).encode(charset))
    assert reading.title == "关于自查的通知"
    assert reading.meta["author"].value == "青石县纪委"
    assert reading.leaves[0].text.endswith("请各单位认真学习文件精神，结合实际开展自查。朱镕基")


@pytest.mark.parametrize("charset", ["GB2312", "gbk", "utf-8", "x-unknown"])
def test_headers_in_encoded_words(charset: str) -> None:
    codec = "gb18030" if charset != "utf-8" else "utf-8"
    words = "\r\n ".join(
        f"=?{charset}?B?{base64.b64encode(part.encode(codec)).decode()}?=" for part in ("关于开展自查", "的通知")
    )
    reading, _ = found(f"From: x@example.org\r\nTo: y@example.org\r\nSubject: {words}\r\n\r\ntext\r\n".encode())
    assert reading.title == "关于开展自查的通知"


def test_a_mail_of_html_alone() -> None:
    data = f"{PLAIN}Content-Type: text/html; charset=utf-8\r\n\r\n{PAGE}\r\n".encode()
    assert found(data)[0].leaves[0].text.endswith(WORDS)


def test_a_mail_of_parts_without_end_is_unsafe() -> None:
    head, nested = PLAIN, "text"
    for number in range(60):
        nested = (
            f"Content-Type: multipart/mixed; boundary=b{number}x\r\n\r\n--b{number}x\r\n{nested}\r\n--b{number}x--\r\n"
        )
    with pytest.raises(Unreadable) as raised:
        list(mail.read(Blob("a.eml", (head + nested).encode()), Limits()))
    assert raised.value.reason is Reason.UNSAFE


@pytest.mark.parametrize(
    "text", ["关于：\n通知\n", "Subject: x\n\nbody", "Note: a\nFrom here on", "", "To: all\r\n\r\n"]
)
def test_a_text_with_colons_is_no_mail(text: str) -> None:
    assert not mail.identify(Blob("a.txt", text.encode()))


def test_an_outlook_message() -> None:
    blob = Blob("信.msg", Path(__file__).with_name("信.msg").read_bytes())
    assert outlook.identify(blob)
    reading, attached = outlook.read(blob, Limits())
    assert isinstance(reading, Reading)
    assert reading.leaves[0].text.split() == [
        "主题：关于报送材料的通知",
        "发件人：青石县纪委",
        '收件人："b@example.org"',
        "<b@example.org>",
        "日期：2023-06-05",
        "10:00",
        "请于周五前报送。",
    ]
    assert {name: value.value for name, value in reading.meta.items()} == {"author": "青石县纪委", "date": "2023-06-05"}
    assert attached == Blob("信.msg!/名单.txt", "名单".encode())


@pytest.mark.parametrize("charset", ["gb2312", "utf-8"])
@pytest.mark.parametrize(
    "head", ["", "From: <Saved by Blink>\r\nSubject: x\r\nDate: Mon, 05 Jun 2023 10:00:00 +0800\r\n"]
)
def test_a_saved_page_is_read_as_the_page_it_is(charset: str, head: str) -> None:
    data = (head + SAVED.replace("CHARSET", charset)).encode(charset)
    blob = Blob("a.mht", data)
    assert mhtml.identify(blob)
    assert not mail.identify(blob)
    (reading,) = mhtml.read(blob, Limits())
    assert (reading.name, reading.title) == ("a.mht", "情况通报")
    assert reading.leaves[0].text == WORDS
