"""A digest in its four forms: nothing in a document can break out of them, and the same digest is the same bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html

from reports.digest import Digest, Item, Section, atom, html, mail, text_lines

ATOM = {"a": "http://www.w3.org/2005/Atom"}
NOW = datetime(2026, 5, 20, 2, 30, tzinfo=UTC)

ITEM = Item(
    document="0f3a",
    title="关于孟广河违纪问题的通报",
    kind="通报",
    date="2026-05-18",
    source="县/甲.txt",
    page=2,
    place="第 2 页",
    passage="经查，孟广河收受礼金。",
    marks=((3, 6), (8, 10)),
    found="2026-05-19T18:00:00+00:00",
)
SECTION = Section(1, "official", "孟广河", "人员:孟广河", "2026-05-01T01:00:00+00:00", (ITEM,))
DIGEST = Digest("资料库", "2026-05-20", (SECTION,))


def about(title: str, passage: str = "经查", label: str = "孟广河") -> Digest:
    item = replace(ITEM, title=title, passage=passage, marks=((0, 1),))
    return replace(DIGEST, sections=(replace(SECTION, label=label, items=(item,)),))


def test_as_text() -> None:
    assert list(text_lines(DIGEST)) == [
        "案鉴提醒：资料库 2026-05-20，新文件 1 份",
        "",
        "1. 孟广河（人员:孟广河）",
        "  关于孟广河违纪问题的通报",
        "    通报 · 2026-05-18 · 县/甲.txt · 第 2 页　编号 0f3a",
        "    经查，孟广河收受礼金。",
    ]


def test_as_html_with_marks_and_nothing_from_elsewhere() -> None:
    page = html(DIGEST)
    tree = lxml_html.document_fromstring(page.encode())
    assert [mark.text for mark in tree.iter("mark")] == ["孟广河", "礼金"]
    assert tree.findtext(".//h3") == ITEM.title
    assert not {element.tag for element in tree.iter()} & {"script", "link", "img", "iframe", "a"}
    assert "http" not in page


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]></content></entry>",
    "&lt;b&gt; &amp; <!--",
    "</title><style>*{}",
    "\x00\x1b[31m\ud800\uffff",
    "一行\r\nBcc: x@example.org\r\n\r\n两行",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_titles_stay_text(text: str) -> None:
    digest = about(text, text, text)
    tree = lxml_html.document_fromstring(html(digest).encode())
    assert {element.tag for element in tree.body.iter()} <= {"body", "h1", "h2", "h3", "p", "mark"}
    assert len(tree.xpath("//style")) == 1
    (entry,) = etree.fromstring(atom(digest).encode()).findall("a:entry", ATOM)
    assert len(entry) == 5
    assert all("\n" not in line and "\r" not in line for line in text_lines(digest))
    message = message_from_bytes(mail(digest, "a@example.org", ["b@example.org"], NOW).as_bytes(), policy=default)
    assert message["Bcc"] is None
    assert message["To"] == "b@example.org"


@settings(max_examples=50)
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_can_be_written(title: str, passage: str) -> None:
    digest = about(title, passage, title)
    (entry,) = etree.fromstring(atom(digest).encode()).findall("a:entry", ATOM)
    assert entry.findtext("a:title", namespaces=ATOM) is not None
    lxml_html.document_fromstring(html(digest).encode())
    assert mail(digest, "a@example.org", ["b@example.org"], NOW).as_bytes()


def test_as_atom_with_ids_that_stay() -> None:
    later = replace(ITEM, document="1b2c", found="2026-05-19T19:00:00+00:00")
    feed = etree.fromstring(atom(replace(DIGEST, sections=(replace(SECTION, items=(ITEM, later)),))).encode())
    ids = [entry.findtext("a:id", namespaces=ATOM) for entry in feed.findall("a:entry", ATOM)]
    assert len(set(ids)) == 2
    assert feed.findtext("a:updated", namespaces=ATOM) == later.found  # the newest first
    alone = etree.fromstring(atom(replace(DIGEST, day="2026-06-01", sections=(replace(SECTION, watch=7),))).encode())
    assert alone.findtext("a:entry/a:id", namespaces=ATOM) == ids[1]  # the number of a watch may change
    assert alone.findtext("a:id", namespaces=ATOM) == feed.findtext("a:id", namespaces=ATOM)
    assert all(str(one).startswith("urn:uuid:") for one in ids)


def test_nothing_new() -> None:
    empty = Digest("资料库", "2026-05-20", ())
    assert "没有新文件" in html(empty)
    assert etree.fromstring(atom(empty).encode()).findtext("a:updated", namespaces=ATOM) == "2026-05-20T00:00:00+00:00"


def test_as_mail_in_text_and_html() -> None:
    message = mail(DIGEST, "案鉴 <anjian@example.org>", ["a@example.org", "b@example.org"], NOW)
    read = message_from_bytes(message.as_bytes(), policy=default)
    assert read["Subject"] == "案鉴提醒：资料库 2026-05-20，新文件 1 份"
    assert [address.addr_spec for address in read["To"].addresses] == ["a@example.org", "b@example.org"]
    assert read.get_body(("plain",)).get_content().splitlines() == list(text_lines(DIGEST))
    assert "<mark>礼金</mark>" in read.get_body(("html",)).get_content()
    assert read["Message-ID"].endswith("@example.org>")
    later = mail(DIGEST, "anjian@example.org", ["a@example.org"], datetime(2026, 5, 21, tzinfo=UTC))
    assert later["Message-ID"] == message["Message-ID"]  # sent again after a crash, it is the same letter
