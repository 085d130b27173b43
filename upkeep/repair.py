"""A library repaired: what is wrong is made anew from what is right. Nothing of what people made is thrown away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from corpus import lock, ocr_cache, store
from corpus.seal import BROKEN, FILE_NAME, break_seal
from corpus.store import Writing, open_store
from indexer.errors import FolderUnusable, FolderVanished
from indexer.review import Review
from indexer.segment import Segmenter
from search.engines.memory import MemoryEngine
from upkeep import manifest, orphans, recovery, sources
from upkeep.check import Checked, Scope, examine
from upkeep.findings import Finding, Wrong
from upkeep.human import take


@dataclass(frozen=True, slots=True)
class Means:
    """What a repair calls for, done by who opens the library with its settings. Each takes the writer's lock itself.

    `remake` makes the indexes from the store; `reindex` does so too, and reads what the store lacks of its folders.
    """

    remake: Callable[[], object]
    reindex: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was done, in sentences, and how the library stands now."""

    notes: Sequence[str]
    after: Checked


def repair(library: Path, checked: Checked, scope: Scope, means: Means, moment: str) -> Repaired:
    """Mend what `check` found, and look again. `moment` is the time for the names of files set aside.

    Raises what `check` and `means` do; the repair can be begun again at any time.
    """
    notes: list[str] = []
    wrong = {finding.wrong for finding in checked.findings}
    if Wrong.STORE in wrong:
        notes += _renew_store(library, moment)
    with lock.writing(library):
        break_seal(library)
        notes += _mend(library, checked.findings, moment)
        again = _index_is_wrong(library, checked.findings)
    if Wrong.STORE in wrong:
        try:
            means.reindex()
        except (FolderUnusable, FolderVanished) as error:
            notes.append(str(error))
    elif again:
        means.remake()
        notes.append("索引已从资料库重新建立。")
    with lock.writing(library):
        break_seal(library)
        with closing(open_store(library)) as opened:
            for where in orphans.spare_indexes(opened, library):
                orphans.remove(library, where)
        after = examine(library, scope)
    return Repaired(
        tuple(notes), replace(after, findings=tuple(f for f in after.findings if f.wrong is not Wrong.UNSEALED))
    )


def _renew_store(library: Path, moment: str) -> Iterator[str]:
    """Put a new store in place of the damaged one, with all that does not come back by reading the folders.

    It is made beside, and until it is in its place the seal tells of the damage: whoever is killed begins again.
    """
    with lock.writing(library), TemporaryDirectory(prefix=".anjian-", dir=library) as scratch:
        found = recovery.people(library)
        notes = list(_fill(Path(scratch), library, found))
        yield from _set_aside(library, store.FILE_NAME, f"damaged-{moment}.db")
        (Path(scratch) / store.FILE_NAME).replace(library / store.FILE_NAME)
        break_seal(library)
    yield from notes


def _fill(scratch: Path, library: Path, found: recovery.Found) -> Iterator[str]:
    """Make a store in the folder `scratch`, with what people made, and documents that have no sources any more."""
    with closing(open_store(scratch, create=True)) as opened:
        # Without documents nothing is indexed; what was judged holds for them when they come.
        taken = take(Review(opened, MemoryEngine(), MemoryEngine(), Segmenter()), library, found.lines)
        yield from taken.notes
    if found.origin:
        yield f"人工做的更正、关联和关注取自{found.origin}。"
    else:
        yield "没有找到人工记录的完好副本。收录的文件夹请重新指定：anjian index 文件夹。"
    if lost := recovery.without_sources(found.lines):
        listed = "、".join(f"“{name}”" for name in lost)
        backup = recovery.newest_backup(library)
        if backup is None:
            yield f"文件夹{listed}里没有原文件，也没有完好的备份。请连接共享盘后运行 anjian index，或恢复别处的备份。"
        else:
            count = recovery.bring_back(scratch, backup, lost)
            yield f"文件夹{listed}里没有原文件，从备份 {backup.name} 取回 {count:,} 份。"


def _set_aside(library: Path, name: str, aside: str) -> Iterator[str]:
    for ending in ("-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            (library / f"{name}{ending}").replace(library / f"{aside}{ending}")
    with suppress(FileNotFoundError):
        (library / name).replace(library / aside)
        yield f"损坏的 {name} 移到一边，改名为 {aside}；确认不再需要后可以删除。"


def _mend(library: Path, findings: Sequence[Finding], moment: str) -> Iterator[str]:
    """What can be mended at once. The caller holds the writer's lock."""
    where = {wrong: [finding.where for finding in findings if finding.wrong is wrong] for wrong in Wrong}
    if where[Wrong.RECOGNITIONS]:
        yield from _set_aside(library, ocr_cache.FILE_NAME, f"damaged-{moment}-{ocr_cache.FILE_NAME}")
    if where[Wrong.SEAL]:
        for name in (FILE_NAME, BROKEN):
            (library / name).unlink(missing_ok=True)
        yield "校验和按现在的文件重新记下。"
    if where[Wrong.HUMAN]:
        yield f"{manifest.HUMAN} 按资料库重新写了一份。"
    with closing(open_store(library)) as opened, opened.begin() as writing:
        if where[Wrong.PARENTLESS]:
            yield f"去掉无主的记录 {_drop_parentless(writing):,} 条。"
        if where[Wrong.ROTTEN]:
            sources.read_again(writing, where[Wrong.ROTTEN])
            yield f"有 {len(where[Wrong.ROTTEN]):,} 个原文件内容变了而大小和时间没变，下次更新时重读；请先找回完好的。"
    left = [name for name in where[Wrong.LEFTOVER] if orphans.remove(library, name)]
    if left:
        yield f"清理了遗留的 {len(left):,} 个旧文件或文件夹。"


def _drop_parentless(writing: Writing) -> int:
    found = writing.connection.execute(sa.text("PRAGMA foreign_key_check")).all()
    for table, row in {(table, row) for table, row, *_ in found}:
        this = sa.table(table, sa.column("rowid"))
        writing.connection.execute(sa.delete(this).where(this.c.rowid == row))
    return len(found)


def _index_is_wrong(library: Path, findings: Sequence[Finding]) -> bool:
    """Whether an index in force must be made anew; a damaged one that is not in force is taken away as left over."""
    wrong = [finding.where for finding in findings if finding.wrong in (Wrong.INDEX, Wrong.DISAGREEMENT)]
    if not wrong:
        return False
    with closing(open_store(library)) as opened:
        spare = orphans.spare_indexes(opened, library)
    return any(where not in spare for where in wrong)
