"""Saved web pages: the main text without the frame around it, and what the page says of its article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from corpus.document import MetaValue, Reason
from corpus.encoding import decode
from corpus.readers.contract import Blob, Leaf, Limits, Reader, Reading, Unreadable
from corpus.readers.page_body import blocks, main_text
from corpus.readers.page_head import meta_of, title_of, without_head
from corpus.readers.sniff import extension, text_head
from corpus.readers.text import damage

_OPENING = re.compile(
    r"^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|meta|title)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(r"<(?:p|div|table|br|span|h[1-6]|td)[\s/>]", re.IGNORECASE)
_FRAGMENT_TAGS = 3
_CHARSET = re.compile(
    rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]+encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE
)


def identify(blob: Blob) -> bool:
    """Whether the bytes begin as HTML does; a fragment without a head is known by its tags and its name."""
    head = text_head(blob.data)
    if _OPENING.search(head):
        return True
    fragment = head.lstrip().startswith("<") or len(_TAGS.findall(head)) >= _FRAGMENT_TAGS
    return fragment and extension(blob.name) in {"html", "htm", "xhtml", "shtml"}


def read(blob: Blob, _limits: Limits) -> Iterator[Reading]:
    """Yield the page's main text. Raises Unreadable where its encoding cannot be told or nothing can be parsed."""
    declared = _CHARSET.search(blob.data[:4096])
    name = next((group for group in declared.groups() if group), b"").decode("ascii") if declared else None
    decoded = decode(blob.data, name)
    if decoded is None:
        raise Unreadable(Reason.ENCODING)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = html.document_fromstring(decoded.text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as error:
        raise Unreadable(Reason.NO_TEXT) from error
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise Unreadable(Reason.BROKEN, "标签嵌套过深")
    found = list(blocks(root))
    title = title_of(root)
    body = without_head(main_text(root, found), title)
    skips = (damage(blob, decoded.replaced),) if decoded.replaced else ()
    meta = dict(meta_of(root, found, blob.name))
    if title:
        meta["title"] = MetaValue(title, "markup")
    text = "\n".join(block.text for block in body)
    yield Reading(blob.name, (Leaf(text),), title=title, meta=meta, skips=skips)


READER = Reader("html", 2, identify, read)
