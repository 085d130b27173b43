"""A file's way from disk to entries, as it runs in a child process: read, understand, analyse."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from corpus import frontmatter, readers, sidecar
from corpus.assemble import assemble
from corpus.cause import cause
from corpus.document import Document, MetaValue, Reason, Skip
from corpus.metadata import merge
from corpus.ocr_cache import RecognisedPage
from corpus.readers.contract import Blob, Limits
from corpus.recognition import Lookup, nothing
from corpus.records import FileRecord
from indexer.analysis import Analysis, analyse, analysis_of
from indexer.entry import Entry
from indexer.extract import kind
from indexer.extract.extraction import Extraction
from indexer.extract.pipeline import extract
from indexer.fold import fold
from indexer.judgements import Judgement, apply
from indexer.matter.comparing import matter_of
from indexer.matter.matter import Matter
from indexer.recognise import Desk, PageTask
from indexer.scan import Found, stamp
from indexer.segment import Dictionary, Segmenter


@dataclass(frozen=True, slots=True)
class FileTask:
    """Read one file of a folder. `known_hash` is the hash of the bytes it had when last read, or empty."""

    folder: str
    root: Path
    found: Found
    known_hash: str = ""

    @property
    def name(self) -> str:
        """The file's path relative to the indexed folder."""
        return self.found.path

    @property
    def record(self) -> FileRecord:
        """The file as it was scanned, not yet read."""
        found = self.found
        return FileRecord(self.folder, self.name, found.size, found.mtime_ns, "", "", found.inode, found.beside)


@dataclass(frozen=True, slots=True)
class Ingested:
    """What a file holds: its documents, each with its analysis, and what could not be read.

    `unchanged` means that its bytes are what they were, and nothing was read; `left` that it is another file than was
    found a moment ago, or is being written to, and must be read another time.
    """

    record: FileRecord
    documents: tuple[Document, ...] = ()
    analyses: tuple[Analysis, ...] = ()
    skips: tuple[Skip, ...] = ()
    unchanged: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """A document that the store holds, with what was extracted from it, to be analysed anew."""

    document: Document
    extraction: Extraction | None

    @property
    def name(self) -> str:
        """The document's source."""
        return self.document.source


@dataclass(frozen=True, slots=True)
class Plain:
    """A document that the store holds, and of which nothing was extracted yet, with what people judged of it."""

    document: Document
    judgements: tuple[Judgement, ...] = ()

    @property
    def name(self) -> str:
        """The document's source."""
        return self.document.source


@dataclass(frozen=True, slots=True)
class Mined:
    """A document that the store holds, with what was extracted from it, corrected: its cases are to be compared."""

    document: Document
    extraction: Extraction

    @property
    def name(self) -> str:
        """The document's source."""
        return self.document.source


@dataclass(frozen=True, slots=True)
class Extracted:
    """What was extracted from a document, its entry with that as people corrected it, and the `words` it had before."""

    extraction: Extraction
    entry: Entry
    words: frozenset[str]


@dataclass(slots=True)
class Ingest:
    """The work of a child process. It is sent there once, and keeps its segmenter and the file at hand.

    `recognised` knows the text of pictures that were recognised before.
    """

    limits: Limits
    dictionary: Dictionary
    recognised: Lookup = nothing
    _segmenter: Segmenter | None = field(default=None, init=False)
    _desk: Desk | None = field(default=None, init=False)

    def __call__(
        self, task: FileTask | Stored | Plain | Mined | PageTask
    ) -> Ingested | Analysis | Extracted | tuple[Matter, ...] | RecognisedPage:
        """Read a file, analyse a document of the store, extract from one, compare its cases, or recognise a page."""
        if isinstance(task, PageTask):
            self._desk = self._desk or Desk(self.limits, self.recognised)
            return self._desk.recognise(task)
        if self._segmenter is None:
            self._segmenter = Segmenter(self.dictionary)
        if isinstance(task, Stored):
            return analysis_of(task.document, self._segmenter, task.extraction)
        if isinstance(task, Mined):
            text, cases = task.document.text, task.extraction.cases
            return tuple(matter_of(text, case, task.extraction, self._segmenter) for case in cases)
        if isinstance(task, Plain):
            extraction = extract_from(task.document)
            corrected = apply(extraction, task.judgements)
            words = frozenset(self._segmenter.words(fold(task.document.text)))
            return Extracted(extraction, analyse(task.document, self._segmenter, corrected), words)
        return self._read(task, self._segmenter)

    def _read(self, task: FileTask, segmenter: Segmenter) -> Ingested:
        try:
            with (task.root / task.name).open("rb") as file:
                stamps = [stamp(os.fstat(file.fileno()))[:2]]
                data = file.read(self.limits.file_bytes + 1)
                stamps.append(stamp(os.fstat(file.fileno()))[:2])
        except FileNotFoundError:
            return Ingested(task.record, left=True)
        except OSError as error:
            return Ingested(task.record, skips=(Skip(task.name, Reason.UNREADABLE, cause(error)),))
        if stamps != [(task.found.size, task.found.mtime_ns)] * 2:
            return Ingested(task.record, left=True)
        beside = Beside.of(task)
        record = replace(task.record, content_hash=sha256(data).hexdigest())
        if record.content_hash == task.known_hash:
            return Ingested(record, unchanged=True)
        held: dict[str, Document] = {}
        skips: list[Skip] = []
        for found in documents_in(task, data, self.limits, self.recognised):
            if isinstance(found, Skip):
                skips.append(found)
            elif found.id in held:
                skips.append(Skip(found.source, Reason.UNSAFE, "同一个文件里有两份同名的内容，只收了第一份"))
            else:
                held[found.id] = understand(found, beside.said(found.source))
        documents = tuple(held.values())
        used = {document.reader for document in documents} or {f"all/{registry_version()}"}
        return Ingested(
            replace(record, reader=",".join(sorted(used))),
            documents,
            tuple(analysis_of(document, segmenter) for document in documents),
            (*skips, *beside.skips),
        )


@dataclass(frozen=True, slots=True)
class Beside:
    """What people wrote beside a file: fields by the path of the sidecar, and bad ones."""

    fields: Mapping[str, Mapping[str, MetaValue]]
    skips: tuple[Skip, ...]

    @classmethod
    def of(cls, task: FileTask) -> Beside:
        """Read the sidecars that speak of a file. One that cannot be used is on record, and says nothing."""
        fields, skips = {}, []
        for path in sidecar.candidates(task.name):
            file = task.root / path
            if not file.is_file():
                continue
            try:
                fields[path] = sidecar.read(path, file.read_bytes())
            except (OSError, sidecar.BadSidecar) as error:
                skips.append(Skip(path, Reason.BROKEN, str(error)))
        return cls(fields, tuple(skips))

    def said(self, source: str) -> Mapping[str, MetaValue]:
        """What is said of the document with this source, in the file or inside it."""
        return sidecar.override(source, self.fields)


def registry_version() -> str:
    """Changes whenever a reader is added or improved, so that files which none could read are tried again."""
    text = repr(sorted(readers.versions().items()))
    return sha256(text.encode()).hexdigest()[:8]


def reader_versions() -> dict[str, str]:
    """The present "name/version" of every reader, and of all together under the name "all"."""
    versions = {name: f"{name}/{version}" for name, version in readers.versions().items()}
    return {**versions, "all": f"all/{registry_version()}"}


def understand(document: Document, said: Mapping[str, MetaValue]) -> Document:
    """The document with what its own text tells of it, and what is `said` beside it: title, date, publisher, kind."""
    meta = merge(said, document.meta, frontmatter.read(document.text, document.pages))
    title = meta["title"].value if "title" in meta else document.title
    if "kind" not in meta:
        meta["kind"] = MetaValue(kind.classify(title, document.text).label, "rule")
    return replace(document, title=title, meta=meta)


def extract_from(document: Document) -> Extraction:
    """The extraction of a document, under the title it prints."""
    title = document.meta.get("title")
    return extract(document.text, title.value if title else "")


def documents_in(
    task: FileTask, data: bytes, limits: Limits, recognised: Lookup = nothing
) -> Iterator[Document | Skip]:
    """The documents in the bytes of a file, and what could not be read of it."""
    for found in readers.trace(Blob(task.name, data), limits, recognised):
        if isinstance(found, Skip):
            yield found
            continue
        reading, origin = found
        yield assemble(task.folder, reading, origin.content_hash, origin.reader)
        yield from reading.skips
