"""What precedents are sought of: pasted facts, or a case of the library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Document
from corpus.store import Store
from indexer import cases, extractions
from indexer.extract.extraction import Extraction
from indexer.matter.matter import Matter
from indexer.segment import Segmenter


class CaseUnknown(Exception):
    """No case is meant, or several; the message says what there is."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A matter with the text that its spans point into.

    `text` is that of the document in which the case stands, from `span[0]` to `span[1]`, or all that was pasted.
    `case_id` is "" for pasted facts. `names` are all people named in the text; `within` is how many cases it tells of.
    """

    text: str
    span: tuple[int, int]
    matter: Matter
    case_id: str = ""
    names: tuple[str, ...] = ()
    within: int = 1

    @property
    def document_id(self) -> str:
        """The document in which the case stands; "" for pasted facts."""
        return cases.of_document(self.case_id)[0] if self.case_id else ""

    @property
    def facts(self) -> str:
        """The text of the matter itself."""
        return self.text[slice(*self.span)].strip()


def of_text(text: str, segmenter: Segmenter) -> Asked:
    """Facts as somebody pasted them, as one matter, however many cases they tell of."""
    # What mines a text takes longer to import than a case of the library to find.
    from indexer.extract.pipeline import extract
    from indexer.matter.comparing import matter_of

    extraction = extract(text)
    matter = matter_of(text, None, extraction, segmenter)
    return Asked(text, (0, len(text)), matter, "", named(extraction), len(extraction.cases))


def of_case(store: Store, written: str) -> Asked:
    """A case by its id, of which the document's part may be shortened; or the only case of a document.

    Raises CaseUnknown.
    """
    beginning, number = _parts(written)
    ids = store.find_ids(beginning) or store.find_ids(written)
    if len(ids) != 1:
        found = f"有 {len(ids)} 份文件的编号以“{beginning}”开头，请多写几位" if ids else f"资料库里没有案件“{written}”"
        raise CaseUnknown(f"{found}。案件编号是文件编号加“-”和序号，如 0f3a…-1；要查一段文字请用 --text。")
    matters = cases.held(store, ids).get(ids[0], [])
    if not matters:
        raise CaseUnknown(f"文件“{beginning}”里没有识别出案件。要按它的文字查找，请用 --text 或 --file。")
    if number is None and len(matters) > 1:
        raise CaseUnknown(f"这份文件有 {len(matters)} 个案件，请写明哪一个：{ids[0]}-1 至 {ids[0]}-{len(matters)}。")
    if not 1 <= (number or 1) <= len(matters):
        raise CaseUnknown(f"这份文件只有 {len(matters)} 个案件：{ids[0]}-1 至 {ids[0]}-{len(matters)}。")
    return _asked(store, ids[0], number or 1, matters)


def _asked(store: Store, document: str, number: int, matters: Sequence[Matter]) -> Asked:
    found, extraction = store.fetch([document])[document], extractions.fetch(store, [document]).get(document)
    span = span_of(found, extraction, number)
    names = named(extraction) if extraction else matters[number - 1].subjects
    return Asked(found.text, span, matters[number - 1], cases.case_id(document, number), names)


def span_of(document: Document, extraction: Extraction | None, number: int) -> tuple[int, int]:
    """Where a case stands in its document; all of the document where that is no longer known."""
    told = extraction.cases if extraction else ()
    return told[number - 1].span if 0 < number <= len(told) else (0, len(document.text))


def named(extraction: Extraction) -> tuple[str, ...]:
    """Everyone whom a text names, in any role."""
    subjects = (subject.name for case in extraction.cases for subject in case.subjects if subject.type == "person")
    officials = (official.name for official in extraction.officials)
    return tuple(dict.fromkeys([*(person.name for person in extraction.people), *officials, *subjects]))


def _parts(written: str) -> tuple[str, int | None]:
    """The beginning of a document's id, and the number of the case where one is written."""
    beginning, hyphen, number = written.rpartition("-")
    return (beginning, int(number)) if hyphen and number.isascii() and number.isdigit() else (written, None)
