"""The plan: what must be done, and why."""

from corpus.store import FileRecord
from indexer.changes import FileChange, Why, plan_files
from indexer.scan import Found

READERS = {"text": "text/1", "pdf": "pdf/2", "all": "all/x"}


def record(path: str, size: int = 1, mtime: int = 1, reader: str = "text/1") -> FileRecord:
    return FileRecord("资料", path, size, mtime, f"hash of {path}", reader)


def plan(found: list[Found], records: list[FileRecord], **options: object) -> list[FileChange]:
    known = sorted(records, key=lambda record: record.path)
    options = {"content_hash": lambda _: "", **options}
    return list(plan_files(found, known, readers=READERS, **options))  # type: ignore[arg-type]


def test_a_file_never_seen_is_new() -> None:
    assert plan([Found("a", 1, 1)], []) == [FileChange("a", Why.NEW, Found("a", 1, 1))]


def test_a_file_as_it_was_needs_nothing() -> None:
    assert plan([Found("a", 1, 1)], [record("a")]) == []


def test_another_size_or_time_is_content_to_compare_by_hash() -> None:
    for found in (Found("a", 2, 1), Found("a", 1, 2)):
        assert plan([found], [record("a")]) == [FileChange("a", Why.CONTENT, found, "hash of a")]


def test_a_file_no_longer_there_is_gone() -> None:
    assert plan([], [record("a")]) == [FileChange("a", Why.GONE)]


def test_a_better_reader_reads_again() -> None:
    changes = plan([Found("a", 1, 1), Found("b", 1, 1)], [record("a", reader="pdf/1,text/1"), record("b")])
    assert [(c.path, c.why) for c in changes] == [("a", Why.READER)]


def test_what_none_could_read_is_tried_when_the_readers_change() -> None:
    assert [c.why for c in plan([Found("a", 1, 1)], [record("a", reader="all/w")])] == [Why.READER]
    assert plan([Found("a", 1, 1)], [record("a", reader="all/x")]) == []


def test_failures_are_tried_again_when_asked() -> None:
    assert [c.why for c in plan([Found("a", 1, 1)], [record("a")], retry={"a"})] == [Why.RETRY]


def test_full_reads_everything() -> None:
    assert [c.why for c in plan([Found("a", 1, 1)], [record("a")], full=True)] == [Why.READER]
