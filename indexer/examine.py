"""What `anjian extract` prints of a file: all that is found in it, in the shape of the contract, without a library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Any

from corpus.cause import cause
from corpus.document import Document, Reason, Skip
from corpus.ocr_cache import RecognisedPage
from corpus.readers.contract import Limits
from corpus.recognition import Lookup, nothing
from indexer.extract.extraction import Extraction, as_json
from indexer.ingest import Beside, FileTask, documents_in, extract_from, understand
from indexer.recognise import Desk, PageTask
from indexer.scan import Found, scan

#: The metadata of the contract; a value that is not printed is null.
META = ("title", "date", "source", "doc_number")


@dataclass(frozen=True, slots=True)
class Examined:
    """One object of the contract for each document in a file, and the pages that wait for recognition."""

    objects: tuple[dict[str, Any], ...]
    waiting: tuple[PageTask, ...] = ()


@dataclass(slots=True)
class Examine:
    """The work of a child process; `recognised` knows the text of pictures that were recognised before."""

    limits: Limits
    with_text: bool = False
    recognised: Lookup = nothing
    _desk: Desk | None = field(default=None, init=False)

    def __call__(self, task: FileTask | PageTask) -> Examined | RecognisedPage:
        """Read and extract, or recognise a page; a file that cannot be read gives an object that says why."""
        if isinstance(task, PageTask):
            self._desk = self._desk or Desk(self.limits, self.recognised)
            return self._desk.recognise(task)
        return self._read(task)

    def _read(self, task: FileTask) -> Examined:
        try:
            data = (task.root / task.name).read_bytes()
        except OSError as error:
            return Examined((unread(task.name, f"读不出来：{cause(error)}"),))
        beside = Beside.of(task)
        objects: list[dict[str, Any]] = []
        skips = list(beside.skips)
        for found in documents_in(task, data, self.limits, self.recognised):
            if isinstance(found, Skip):
                skips.append(found)
            else:
                document = understand(found, beside.said(found.source))
                objects.append(describe(document, extract_from(document), with_text=self.with_text))
        for skip in skips:
            of = next((item for item in objects if item["source"] == skip.source), None)
            if of is None:
                objects.append(unread(skip.source, str(skip)))
            else:
                of["problems"].append(str(skip))
        pending = (skip for skip in skips if skip.reason is Reason.OCR_PENDING)
        waiting = (PageTask(task.root, task.name, skip.source, skip.page or 1) for skip in pending)
        return Examined(tuple(objects), tuple(waiting))


def describe(document: Document, extraction: Extraction, *, with_text: bool) -> dict[str, Any]:
    """One document as the contract has it. Spans are offsets into `text`, which comes along where asked for."""
    meta: Mapping[str, str] = {name: value.value for name, value in document.meta.items()}
    described = {
        "_id": PurePath(document.source).stem,
        "source": document.source,
        "title": meta.get("title"),
        **as_json(extraction),
        "meta": {name: meta.get(name) for name in META},
        "pages": len(document.pages),
        "text_source": [page.source for page in document.pages],
        "problems": [],
    }
    return {**described, "text": document.text} if with_text else described


def unread(source: str, problem: str) -> dict[str, Any]:
    """The object of a file that gave no document."""
    return {
        "_id": PurePath(source).stem,
        "source": source,
        "title": None,
        **as_json(Extraction(kind="other", kind_confidence=0.0)),
        "kind": None,
        "meta": dict.fromkeys(META),
        "pages": 0,
        "text_source": [],
        "problems": [problem],
    }


def tasks(paths: Iterable[Path]) -> Iterator[FileTask | Skip]:
    """A task for each file named, and for each file in the folders named, in the order named."""
    for path in paths:
        if not path.is_dir():
            yield FileTask("", Path(), Found(str(path), 0, 0))
            continue
        for item in scan(path):
            name = str(path / (item.source if isinstance(item, Skip) else item.path))
            yield (
                replace(item, source=name) if isinstance(item, Skip) else FileTask("", Path(), replace(item, path=name))
            )
