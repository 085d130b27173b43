"""What is new to each watch, as a text, a page of HTML, an Atom feed and an e-mail.

Nothing here looks at a clock or a machine: the same digest gives the same bytes, a message but for the boundary between
its parts. Whatever comes from a document is escaped where it is written, and characters that neither HTML nor XML can
hold are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from uuid import NAMESPACE_OID, uuid5

_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STYLE = (
    "body{font-family:serif;max-width:52em;margin:2em auto;padding:0 1em;line-height:1.7}"
    "h1{font-size:1.5em}h2{font-size:1.2em;border-bottom:1px solid #999}h3{font-size:1em;margin:1em 0 0}"
    "p{margin:.2em 0}.about{color:#555;font-size:.9em}mark{background:#ffe58a}"
)


@dataclass(frozen=True, slots=True)
class Item:
    """A document that is new to a watch, as it was found.

    `kind` and `place` (第 3 页, or the time of a cue) are as shown, `date` is that of the document (ISO, or None),
    `source` its path. `marks` are (start, end) in `passage`. `found` is ISO 8601 in UTC.
    """

    document: str
    title: str
    kind: str
    date: str | None
    source: str
    page: int
    place: str
    passage: str
    marks: tuple[tuple[int, int], ...]
    found: str


@dataclass(frozen=True, slots=True)
class Section:
    """One watch with what is new to it. `kind` is that of the watch; `made` tells watches of one query apart."""

    watch: int
    kind: str
    label: str
    query: str
    made: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What is new to all watches, on a day (ISO 8601), in the library of this name."""

    library: str
    day: str
    sections: tuple[Section, ...]

    @property
    def total(self) -> int:
        """How many documents are listed, one that two watches found twice."""
        return sum(len(section.items) for section in self.sections)

    @property
    def heading(self) -> str:
        """The title of the digest, on one line."""
        return _line(f"案鉴提醒：{self.library} {self.day}，新文件 {self.total} 份")


def about(item: Item) -> str:
    """What is said of a document beside its title, on one line."""
    return _line(" · ".join(part for part in (item.kind, item.date, item.source, item.place) if part))


def heading(section: Section) -> str:
    """The heading of a watch, on one line."""
    return _line(f"{section.watch}. {section.label}（{asked(section.kind, section.query)}）")


def asked(kind: str, query: str) -> str:
    """What a watch of this kind asks for; the query of an official or agency says itself which it is."""
    return f"查询：{query}" if kind == "search" else query


def text_lines(digest: Digest) -> Iterator[str]:
    """The digest as lines of plain text."""
    yield digest.heading
    for section in digest.sections:
        yield ""
        yield heading(section)
        for item in section.items:
            yield f"  {_line(item.title)}"
            yield f"    {about(item)}　编号 {item.document}"
            yield f"    {_line(item.passage)}"


def html(digest: Digest) -> str:
    """The digest as one page that needs no other file."""
    parts = [
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{_safe(digest.heading)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{_safe(digest.heading)}</h1>",
    ]
    for section in digest.sections:
        parts.append(f"<h2>{_safe(heading(section))}</h2>")
        for item in section.items:
            parts.append(f"<h3>{_safe(item.title)}</h3>")
            parts.append(f'<p class="about">{_safe(about(item))} · 编号 {_safe(item.document)}</p>')
            parts.append(f"<p>{_marked(item)}</p>")
    if not digest.sections:
        parts.append("<p>没有新文件。</p>")
    return "\n".join([*parts, "</body></html>\n"])


def atom(digest: Digest) -> str:
    """The digest as an Atom feed (RFC 4287), the newest first.

    The id of an entry is made of its watch and its document, so that a reader of feeds shows each once.
    """
    entries = [(section, item) for section in digest.sections for item in section.items]
    entries.sort(key=lambda entry: (entry[1].found, entry[0].watch, entry[1].document), reverse=True)
    updated = entries[0][1].found if entries else f"{digest.day}T00:00:00+00:00"
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{_safe(f'案鉴提醒：{digest.library}')}</title>",
        f"<id>{_urn(digest.library)}</id><updated>{_safe(updated)}</updated><author><name>案鉴</name></author>",
    ]
    for section, item in entries:
        parts.append(
            f"<entry><title>{_safe(_line(item.title))}</title><id>{_entry_id(section, item)}</id>"
            f'<updated>{_safe(item.found)}</updated><category term="{_safe(section.label)}"/>'
            f'<content type="text">{_safe(f"{about(item)}　{_line(item.passage)}")}</content></entry>'
        )
    return "\n".join([*parts, "</feed>\n"])


def mail(digest: Digest, sender: str, to: Sequence[str], now: datetime) -> EmailMessage:
    """The digest as a message in plain text and HTML. The same items make the same Message-ID, whenever it is sent.

    Raises ValueError where an address cannot be one.
    """
    ids = "".join(_entry_id(section, item) for section in digest.sections for item in section.items)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = digest.heading
    message["From"] = sender
    message["To"] = ", ".join(to)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{uuid5(NAMESPACE_OID, ids)}@{sender.rpartition('@')[2].rstrip('>') or 'anjian'}>"
    message.set_content(_UNWRITABLE.sub("", "\n".join(text_lines(digest))) + "\n")
    message.add_alternative(html(digest), subtype="html")
    return message


def _entry_id(section: Section, item: Item) -> str:
    return _urn(f"{section.kind}\n{section.query}\n{section.made}\n{item.document}")


def _urn(name: str) -> str:
    kept = _UNWRITABLE.sub("", name)
    return f"urn:uuid:{uuid5(NAMESPACE_OID, f'anjian alerts {kept}')}"


def _safe(text: str) -> str:
    return escape(_UNWRITABLE.sub("", text))


def _line(text: str) -> str:
    return " ".join(_UNWRITABLE.sub("", text).split())


def _marked(item: Item) -> str:
    pieces, end = [], 0
    for start, stop in item.marks:
        pieces += [_safe(item.passage[end:start]), f"<mark>{_safe(item.passage[start:stop])}</mark>"]
        end = stop
    return "".join([*pieces, _safe(item.passage[end:])])
