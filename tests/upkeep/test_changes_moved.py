"""Which new file is a moved one: known again where that is certain, read where it is not."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from corpus.records import FileRecord
from indexer.changes import FileChange, Plan, Why, plan_files
from indexer.errors import FolderVanished
from indexer.scan import Found

READERS = {"text": "text/1"}
FINE, COARSE = 1_500_000_123, 1_000_000_000  # times with and without a fraction of a second


def known(
    path: str, *, size: int = 5, mtime: int = FINE, inode: int = 7, content: str = "h", beside: str = ""
) -> FileRecord:
    return FileRecord("资料", path, size, mtime, content, "text/1", inode, beside)


def plan(
    found: list[Found], records: list[FileRecord], hashes: Mapping[str, str] | None = None, **options: bool
) -> Plan:
    """A plan; a file may be hashed only if its hash is given."""
    content = dict(hashes or {})
    return plan_files(
        sorted(found, key=lambda file: file.path),
        sorted(records, key=lambda record: record.path),
        readers=READERS,
        content_hash=lambda file: content.pop(file.path),
        **options,  # type: ignore[arg-type]
    )


def told(made: Plan) -> dict[str, str]:
    """The reason for each path, with the old path where it was moved and need not be read."""
    return {
        change.path: change.why.value + (f" {change.was.path}" if change.was and change.known_hash else "")
        for change in made
    }


@pytest.mark.parametrize(
    ("found", "records", "hashes", "wanted"),
    [
        # The same inode, size and time: moved, and not even hashed.
        ([Found("b", 5, FINE, 7)], [known("a")], {}, {"b": "moved a"}),
        # The time is whole seconds, as archives give to many files: the bytes decide.
        ([Found("b", 5, COARSE, 7)], [known("a", mtime=COARSE)], {"b": "h"}, {"b": "moved a"}),
        ([Found("b", 5, COARSE, 7)], [known("a", mtime=COARSE)], {"b": "other"}, {"b": "new", "a": "gone"}),
        # A reused inode under another time is another file, unless the bytes are the same.
        ([Found("b", 5, FINE + 1, 7)], [known("a")], {"b": "other"}, {"b": "new", "a": "gone"}),
        ([Found("b", 5, FINE + 1, 7)], [known("a")], {"b": "h"}, {"b": "moved a"}),
        # Another size is another file.
        ([Found("b", 6, FINE, 7)], [known("a")], {}, {"b": "new", "a": "gone"}),
        # Two hard links: which of them was meant is told by the bytes, and each record is given once.
        (
            [Found("b", 5, FINE, 7), Found("c", 5, FINE, 7)],
            [known("a")],
            {"b": "h", "c": "h"},
            {"b": "moved a", "c": "new"},
        ),
        # Without inodes the name must be the same, and there must be one of it.
        ([Found("y/a", 5, FINE)], [known("x/a", inode=0)], {}, {"y/a": "moved x/a"}),
        ([Found("y/b", 5, FINE)], [known("x/a", inode=0)], {"y/b": "h"}, {"y/b": "moved x/a"}),
        (
            [Found("y/a", 5, FINE), Found("z/a", 5, FINE)],
            [known("x/a", inode=0, content="h"), known("w/a", inode=0, content="g")],
            {"y/a": "g", "z/a": "h"},
            {"y/a": "moved w/a", "z/a": "moved x/a"},
        ),
        # Another inode with the same name and time is a copy: copies may have been edited.
        ([Found("y/a", 5, FINE, 8)], [known("x/a")], {"y/a": "other"}, {"y/a": "new", "x/a": "gone"}),
        # Of several with the same bytes the one of the same name.
        (
            [Found("y/b", 5, FINE + 1, 8)],
            [known("x/a"), known("x/b", inode=9)],
            {"y/b": "h"},
            {"y/b": "moved x/b", "x/a": "gone"},
        ),
        # Where sidecars say otherwise now, it is read.
        ([Found("b", 5, FINE, 7, "said")], [known("a")], {}, {"b": "moved"}),
        # What could never be read has no content to be known by.
        ([Found("b", 5, FINE, 7)], [known("a", content="")], {}, {"b": "new", "a": "gone"}),
    ],
)  # fmt: skip
def test_moved_or_not(
    found: list[Found], records: list[FileRecord], hashes: Mapping[str, str], wanted: Mapping[str, str]
) -> None:
    assert told(plan(found, records, hashes)) == wanted


def test_files_that_changed_places_are_compared() -> None:
    """Size and time are the same, and only the inodes tell that each is the other now."""
    one, other = known("a", inode=1, content="x"), known("b", inode=2, content="y")
    made = plan([Found("a", 5, FINE, 2), Found("b", 5, FINE, 1)], [one, other])
    assert [(change.path, change.why, change.known_hash) for change in made] == [
        ("a", Why.CONTENT, "x"),
        ("b", Why.CONTENT, "y"),
    ]


def test_a_share_mounted_anew_with_other_inodes_is_not_read_again() -> None:
    records = [known(f"{n:03}", mtime=FINE + n, inode=n) for n in range(1, 101)]
    found = [Found(record.path, record.size, record.mtime_ns, record.inode + 1000) for record in records]
    made = plan(found, records)
    assert list(made) == []
    assert len(made.restamped) == 100
    twins = [known(f"t{n}", mtime=COARSE, inode=n + 500) for n in range(2)]
    found += [Found(record.path, record.size, record.mtime_ns, record.inode + 1000) for record in twins]
    assert told(plan(found, [*records, *twins])) == {"t0": "content", "t1": "content"}


def test_inodes_of_an_older_library_are_noted() -> None:
    made = plan([Found("a", 5, FINE, 7)], [known("a", inode=0)])
    assert list(made) == []
    assert list(made.restamped) == [Found("a", 5, FINE, 7)]


def test_what_is_said_beside_a_file() -> None:
    assert told(plan([Found("a", 5, FINE, 7, "new")], [known("a", beside="old")])) == {"a": "metadata"}
    (change,) = plan([Found("a", 6, FINE, 7, "new")], [known("a", beside="old")])
    assert change == FileChange("a", Why.CONTENT, Found("a", 6, FINE, 7, "new"))


@pytest.mark.parametrize(
    ("there", "gone", "limit", "refused"),
    [
        (0, 1, 50, True),  # nothing left
        (0, 0, 50, False),
        (1, 19, 50, False),  # fewer than 20 may always go
        (20, 20, 50, True),
        (21, 20, 50, False),
        (80, 20, 20, True),
        (1, 99, 100, False),
        (0, 100, 100, True),
    ],
)
def test_a_mass_removal_is_refused(there: int, gone: int, limit: int, *, refused: bool) -> None:
    stay = [known(f"a{n}", inode=n + 1) for n in range(there)]
    left = [known(f"b{n}", size=9) for n in range(gone)]
    made = plan([Found(record.path, 5, FINE, record.inode) for record in stay], [*stay, *left])
    if refused:
        with pytest.raises(FolderVanished, match="allow-mass-removal"):
            made.guard("/资料", limit)
    else:
        made.guard("/资料", limit)


def test_moved_files_are_not_removed() -> None:
    records = [known(f"a/{n}", mtime=FINE + n, inode=n + 1) for n in range(50)]
    made = plan([Found(f"b/{n}", 5, FINE + n, n + 1) for n in range(50)], records)
    made.guard("/资料", 50)
    assert len(made.moved) == 50
    assert len(made.gone) == len(made.read) == 0
