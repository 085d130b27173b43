"""Judgements of who is who on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer.identity.judged import Kind
from indexer.identity.links import Link, Ref
from indexer.register.aliases import Alias
from terminal.style import safe

_KINDS = {Kind.SAME: "是同一人", Kind.DIFFERENT: "不是同一人", Kind.ALIAS: "是同一人的别名"}


def link_lines(made: Iterable[Link | Alias]) -> Iterator[str]:
    """A line for each judgement: its number, what it says, who made it and when, and whether it was undone."""
    for one in made:
        match one:
            case Link():
                said = f"{_person(one.one)} 与 {_person(one.other)} {_KINDS[one.kind]}"
            case Alias():
                said = f"{one.one} 与 {one.other} 是同一机构"
        undone = f"　已于 {one.undone[:10]} 撤销" if one.undone else ""
        yield safe(f"{one.id}. {said}　{one.who} {one.made[:10]}{undone}")


def _person(ref: Ref) -> str:
    return f"{ref.name}（文件 {ref.document}）"
