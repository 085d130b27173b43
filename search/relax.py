"""When all words together find nothing: which to let go, said in so many words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from search.query import And, Field, Not, Query, Tree, Word, all_of, any_of, plain

#: A single word that falls into this many is a sentence, and is searched by its words.
_SENTENCE = 4
#: Of many parts, the rarest say most; the common ones would find nearly everything, and take long.
_TELLING = 8


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A query that asks for less, and what it leaves out, in Chinese. `missing` are the parts nothing holds."""

    query: Query
    message: str
    missing: tuple[Tree, ...] = ()


def relax(query: Query, total: Callable[[Tree], int], telling: Callable[[str], list[str]]) -> Relaxed | None:
    """The nearest query that finds something, or None. The query itself finds nothing.

    Conditions (fields, exclusions) always stay. Words that no document holds are let go first; if the others still
    have no document in common, each may be missing. `total` counts the hits of a tree; `telling` gives the words of a
    text that the library knows, the rarest first.
    """
    parts = query.tree.parts if isinstance(query.tree, And) else (query.tree,)
    conditions: list[Tree] = [part for part in parts if isinstance(part, Field | Not)]
    texts: list[Tree] = [part for part in parts if not isinstance(part, Field | Not)]
    totals = {part: total(all_of([part, *conditions])) for part in texts} if len(texts) > 1 else dict.fromkeys(texts, 0)
    held = [part for part in texts if totals[part]]
    missing = tuple(part for part in texts if not totals[part])
    if held and missing:
        rest = Query(all_of([*held, *conditions]), query.order)
        if total(rest.tree):
            return Relaxed(rest, f"没有找到{_listed(missing)}，以下结果没有用这些条件", missing)
    if len(held) > 1:
        held = sorted(held, key=lambda part: totals[part])[:_TELLING]
        some = Query(all_of([any_of(held), *conditions]), query.order)
        dropped = f"没有找到{_listed(missing)}；" if missing else ""
        return Relaxed(some, f"{dropped}没有文件同时含有{_listed(held)}，以下文件含有其中一部分", missing)
    return _by_words(query, texts, conditions, total, telling)


def _by_words(
    query: Query,
    texts: list[Tree],
    conditions: list[Tree],
    total: Callable[[Tree], int],
    telling: Callable[[str], list[str]],
) -> Relaxed | None:
    """A pasted sentence is searched by the words in it."""
    if len(texts) != 1 or not isinstance(texts[0], Word):
        return None
    inside = [plain(word) for word in telling(texts[0].text) if len(word) > 1]
    if len(inside) < _SENTENCE:
        return None
    some = Query(all_of([any_of(inside[:_TELLING]), *conditions]), query.order)
    return Relaxed(some, "没有文件含有这整段文字，以下文件含有其中较少见的词语") if total(some.tree) else None


def _listed(parts: Sequence[Tree]) -> str:
    return "、".join(f"“{str(part).strip(chr(34))}”" for part in parts)
