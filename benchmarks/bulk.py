"""A library of a great many generated texts, made without writing a million files and reading them back.

Store, entries, index, ledger and vocabulary are filled by the program's own run; what differs is that a child makes its
text instead of reading a file, and that nothing is extracted. So its searches are those of any library of this size,
and the time that building it took says nothing.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.corpora import Corpus, file_name
from corpus import lock
from corpus.document import Document, MetaValue, Page, document_id
from corpus.sandbox import Sandbox
from corpus.store import Folder
from indexer.analysis import Analysis, analyse
from indexer.changes import FileChange, Why
from indexer.ingest import FileTask, Ingested
from indexer.run import Run
from indexer.scan import Found
from indexer.segment import Segmenter
from indexer.signature import Signature
from indexer.spool import Spool
from library import open_library

_FOLDER = "generated"
_HEAD = re.compile(r"来源：(?P<source>\S+?)　发布时间：(?P<date>\S+)")
_KINDS = ("circular", "case_notice", "bulletin", "warning_education")


@dataclass(slots=True)
class Make:
    """The work of a child process: the number of a text in, its document and entry out."""

    corpus: Corpus
    _segmenter: Segmenter = field(default_factory=Segmenter, init=False)

    def __call__(self, task: FileTask) -> Ingested:
        """Make the document that the task's file name numbers."""
        number = int(Path(task.name).stem)
        text = self.corpus.texts[number]
        printed = _HEAD.search(text)
        found = printed.groupdict() if printed else {}
        document = Document(
            id=document_id(_FOLDER, task.name),
            source=task.name,
            content_hash=str(number),
            title=text.partition("\n")[0],
            text=text,
            pages=(Page(0),),
            meta={
                "kind": MetaValue(_KINDS[number % len(_KINDS)], "rule"),
                **{name: MetaValue(value, "text") for name, value in found.items()},
            },
            reader="text/1",
        )
        analysis = Analysis(analyse(document, self._segmenter), Signature(b"", b""))
        return Ingested(task.record, (document,), (analysis,))


def fill(corpus: Corpus, path: Path) -> None:
    """Make the library of a corpus at `path`."""
    folder = Folder(_FOLDER, path)
    with (
        open_library(path, create=True) as library,
        lock.writing(path),
        Sandbox(Make(corpus), source_of=_name, workers=os.cpu_count()) as workers,
    ):
        with library.store.begin() as writing:
            writing.add_folder(folder)
        run = Run(library.store, library.engine, workers, library.segmenter)
        changes: Spool[FileChange] = Spool()
        for name in map(file_name, range(corpus.count)):
            changes.append(FileChange(name, Why.NEW, Found(name, 0, 0)))
        run.read(folder, changes)


def _name(task: FileTask) -> str:
    return task.name
