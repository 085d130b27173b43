"""Web pages saved with their images in one file (mht, mhtml): the page itself, read as the HTML it is."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message

from corpus.document import Reason
from corpus.readers import html, mime
from corpus.readers.contract import Blob, Limits, Reader, Reading, Unreadable


def identify(blob: Blob) -> bool:
    """Whether the bytes are a saved web page, whatever the name."""
    return mime.is_saved_page(blob.data)


def read(blob: Blob, limits: Limits) -> Iterator[Reading]:
    """Yield the page. Raises Unreadable: NO_TEXT where no part is HTML, and what the HTML reader raises."""
    message = mime.parse(blob.data)
    page = _page(message)
    if page is None:
        raise Unreadable(Reason.NO_TEXT, "其中没有网页")
    data = mime.payload(page)
    if page.get_content_charset():  # stated outside the page, where the HTML reader would not see it
        data = mime.text(page).encode("utf-8-sig", "replace")
    yield from html.read(Blob(blob.name, data), limits)


def _page(message: Message) -> Message | None:
    """The part the message says it starts with, else the first that is HTML."""
    start = str(message.get_param("start") or "")
    pages = [part for part in message.walk() if part.get_content_type() in {"text/html", "application/xhtml+xml"}]
    return next((part for part in pages if start and part.get("Content-ID") == start), pages[0] if pages else None)


READER = Reader("mhtml", 1, identify, read)
