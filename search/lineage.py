"""What an agency was called before and after reforms, offered as one change to the query: taken, or taken back.

Pure on the query's tree: nothing is looked up in the library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.register import divisions
from indexer.register.names import Judged, known_as
from indexer.register.normal import read
from search.query import And, Field, Not, Or, Query, Quoted, Tree, Word, all_of, any_of, plain
from search.results import Offer

_NONE: Judged = {}
#: How names of agencies end; other words are not looked at, which needs the table of places.
_MAY_BE_AGENCY = re.compile(r"[部厅局委会署办室组队]$")


def offer(query: Query, judged: Judged = _NONE) -> tuple[Offer, ...]:
    """An offer for each agency that the query asks for, by 机构: or by a word that is its name.

    Not for those under a Not, whose other names nobody wants to lose. `judged` are the other names of agencies that
    people decided on.
    """
    return tuple(_offers(query, query.tree, judged))


def other_names(text: str, judged: Judged = _NONE) -> tuple[str, ...]:
    """The names of the agency called `text` before and after reforms, each with its place as it was typed.

    Where the full name begins otherwise (大祥区…, 邵阳市大祥区…), that is among them too. () for no agency's name.
    """
    if not _MAY_BE_AGENCY.search(text):
        return ()
    meant = read(text)
    if len(meant) != 1 or not meant[0].bodies:
        return ()
    agency = meant[0]
    place, typed = agency.normal.removesuffix(agency.body), text.removesuffix(divisions.cut(text)[1])
    found: list[str] = []
    for name in known_as(agency.normal, judged)[1:]:
        if typed and typed != place and name.startswith(place):
            found.append(typed + name.removeprefix(place))
        found.append(name)
    return tuple(dict.fromkeys(name for name in found if name != text))


def _offers(query: Query, tree: Tree, judged: Judged) -> Iterator[Offer]:
    match tree:
        case Not():
            return
        case Or(parts) if taken := _taken(parts, judged):
            yield _offer(query, tree, any_of(part for part in parts if part not in taken), taken, chosen=True)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _offers(query, part, judged)
        case _:
            if others := _others(tree, judged):
                yield _offer(query, tree, any_of((tree, *others)), others, chosen=False)


def _offer(query: Query, old: Tree, new: Tree, others: tuple[Tree, ...], *, chosen: bool) -> Offer:
    names = [text for part in others if (text := _text(part))]
    shown = [name for name in names if not any(name != short and name.endswith(short) for short in names)]
    return Offer("、".join(shown), str(replace(query, tree=_replaced(query.tree, old, new))), chosen)


def _taken(parts: tuple[Tree, ...], judged: Judged) -> tuple[Tree, ...]:
    """The alternatives that are other names of one that stands before them all, where all of its names are there."""
    for part in parts:
        others = _others(part, judged)
        if others and set(others) <= set(parts):
            return others
    return ()


def _others(part: Tree, judged: Judged) -> tuple[Tree, ...]:
    """The same part with each other name of the agency it asks for."""
    text = _text(part)
    if text is None:
        return ()
    names = other_names(text, judged)
    return tuple(Field("agency", plain(name)) if isinstance(part, Field) else plain(name) for name in names)


def _text(part: Tree) -> str | None:
    """The name of an agency that the part may ask for."""
    match part:
        case Word(text) | Quoted(text) | Field("agency", Word(text) | Quoted(text)):
            return text
        case _:
            return None


def _replaced(tree: Tree, old: Tree, new: Tree) -> Tree:
    if tree == old:
        return new
    match tree:
        case And(parts):
            return all_of(_replaced(part, old, new) for part in parts)
        case Or(parts):
            return any_of(_replaced(part, old, new) for part in parts)
        case _:
            return tree
