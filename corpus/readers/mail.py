"""Mails (eml): the headers a person looks at, the text, and each attachment as a member."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from datetime import datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from corpus.document import MetaValue, Reason
from corpus.readers import html, mime
from corpus.readers.contract import Blob, Leaf, Limits, Reader, Reading, Unreadable
from corpus.readers.names import member_name

_SHOWN = (("Subject", "主题"), ("From", "发件人"), ("To", "收件人"), ("Cc", "抄送"))
_TELLING = frozenset({"from", "to", "subject", "date", "message-id", "received", "return-path", "mime-version"})


def identify(blob: Blob) -> bool:
    """Whether the bytes begin with the headers of a mail, and are no saved web page."""
    return len(mime.header_names(blob.data) & _TELLING) >= 3 and not mime.is_saved_page(blob.data)


def read(blob: Blob, limits: Limits) -> Iterator[Reading | Blob]:
    """Yield the mail with its headers and text as one leaf, then its attachments. Raises Unreadable: UNSAFE."""
    message = mime.parse(blob.data)
    bodies, attachments = _sorted(message)
    shown = [f"{label}：{value}" for name, label in _SHOWN if (value := mime.header(message, name))]
    sent = _sent(message)
    shown += [f"日期：{sent:%Y-%m-%d %H:%M}"] if sent else []
    texts = [text for part in bodies if (text := _text(part, blob, limits).strip())]
    yield Reading(
        blob.name, (Leaf("\n".join([*shown, "", *texts])),), mime.header(message, "Subject") or None, _meta(message)
    )
    taken: set[str] = set()
    for number, part in enumerate(attachments, start=1):
        yield Blob(f"{blob.name}!/{member_name(_filename(part, number), taken)}", mime.payload(part))


def _sorted(message: Message) -> tuple[list[Message], list[Message]]:
    """The parts that are the text of a mail, and those that are attached to it."""
    kind = message.get_content_type()
    if message.get_content_disposition() == "attachment" or kind.startswith("message/"):
        return [], [message]
    if not message.is_multipart():
        is_body = kind in {"text/plain", "text/html"} and not message.get_filename()
        return ([message], []) if is_body else ([], [message])
    sorted_parts = [_sorted(part) for part in message.get_payload() if isinstance(part, Message)]
    bodies = [body for found, _ in sorted_parts for body in found]
    if kind == "multipart/alternative":  # the same text in several forms
        plain = [body for body in bodies if body.get_content_type() == "text/plain" and mime.payload(body).strip()]
        bodies = plain or bodies
    return bodies, [part for _, found in sorted_parts for part in found]


def _text(part: Message, blob: Blob, limits: Limits) -> str:
    try:
        text = mime.text(part)
        if part.get_content_type() == "text/plain":
            return text
        readings = html.read(Blob(blob.name, text.encode("utf-8-sig", "replace")), limits)
        return "\n".join(leaf.text for reading in readings for leaf in reading.leaves)
    except Unreadable as error:
        if error.reason is Reason.ENCODING:
            return mime.payload(part).decode("gb18030", "replace")
        return ""


def _meta(message: Message) -> dict[str, MetaValue]:
    meta: dict[str, MetaValue] = {}
    sender = getaddresses([mime.header(message, "From")])
    if sender and (name := sender[0][0] or sender[0][1]):
        meta["author"] = MetaValue(name, "markup")
    if sent := _sent(message):
        meta["date"] = MetaValue(sent.date().isoformat(), "markup")
    return meta


def _sent(message: Message) -> datetime | None:
    """When the mail was sent, in the sender's own time; None where that is not said or cannot be understood."""
    try:
        return parsedate_to_datetime(mime.header(message, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _filename(part: Message, number: int) -> str:
    name = mime.readable(part.get_filename() or "")
    if name:
        return name
    if part.get_content_type() == "message/rfc822":
        return f"邮件{number}.eml"
    return f"附件{number}{mimetypes.guess_extension(part.get_content_type()) or ''}"


READER = Reader("mail", 1, identify, read)
