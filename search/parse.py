"""From what was typed to a tree. Every string has one; what was not understood is told, never raised.

A space asks for both sides and binds least: 受贿 合同 OR 协议 is 受贿 and (合同 or 协议). AND binds before OR.

What a query may hold is bounded, so that every query can be answered: so many words, so many characters in them, and
brackets so deep. What lies beyond is left out, and a problem says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from indexer.fold import fold
from search import syntax, values
from search.grouping import Group
from search.query import (
    EMPTY,
    FIELDS,
    And,
    Field,
    Fuzzy,
    Not,
    Or,
    Order,
    Pattern,
    Query,
    Quoted,
    Text,
    Tree,
    Word,
    any_of,
    plain,
)
from search.scan import ORDER, Piece, Problem, Sign, Token, scan
from search.values import ValueType

__all__ = ["MAX_CHARACTERS", "MAX_DEPTH", "MAX_PROBLEMS", "MAX_WORDS", "Parsed", "Problem", "parse"]

#: Words, quoted texts and field values in one query, those that mean nothing included.
MAX_WORDS = 256
#: Characters in all of them together.
MAX_CHARACTERS = 4096
#: Brackets inside brackets, as typed and as printed.
MAX_DEPTH = 32
#: Problems listed; whoever makes more has pasted something that is no query.
MAX_PROBLEMS = 20

_ORDERS = {
    **dict.fromkeys(("相关", "相关度", "相关性", "relevance"), Order.RELEVANCE),
    **dict.fromkeys(("日期", "时间", "日期降", "最新", "date", "newest"), Order.NEWEST),
    **dict.fromkeys(("日期升", "时间升", "最早", "date-asc", "oldest"), Order.OLDEST),
}


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query, and what in its text was not understood as typed, in the order of the text."""

    query: Query
    problems: tuple[Problem, ...] = ()


def parse(text: str, today: date | None = None) -> Parsed:
    """Return the query that `text` asks. Never fails. Words like 近一年 are understood where `today` is given."""
    try:
        return _Parser(text, today).parse()
    except _TooDeepError:
        return _Parser(text, today, flat=True).parse()


class _TooDeepError(Exception):
    """The brackets of a query are deeper than MAX_DEPTH."""


class _Parser:
    """One reading of a text. `flat` passes over all brackets."""

    def __init__(self, text: str, today: date | None, *, flat: bool = False) -> None:
        self.text, self.today, self.flat = text, today, flat
        self.groups = [Group(0)]
        self.orders: list[Order] = []
        self.problems: list[Problem] = []
        self.words = self.characters = 0
        self.full = False

    def parse(self) -> Parsed:
        for token in scan(self.text):
            if isinstance(token, Problem):
                self._tell(token.start, token.end, token.message)
            else:
                self._take(token)
            if self.full:
                break
        while len(self.groups) > 1:
            if not self.full:
                start = self.groups[-1].start
                self._tell(start, start + 1, "括号没有闭合，已按到末尾处理")
            self._close(len(self.text))
        tree = self._finish(self.groups.pop())
        if nesting(tree) > MAX_DEPTH:
            raise _TooDeepError
        if self.flat:
            self._tell(0, len(self.text), f"括号嵌套超过 {MAX_DEPTH} 层，已忽略全部括号")
        problems = tuple(sorted(self.problems, key=lambda problem: problem.start))
        return Parsed(Query(tree, self.orders[-1] if self.orders else Order.RELEVANCE), problems)

    def _tell(self, start: int, end: int, message: str) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(start, end, message))

    def _take(self, token: Token) -> None:
        group = self.groups[-1]
        match token.sign:
            case Sign.TEXT if token.field == ORDER:
                self._order(token)
            case Sign.TEXT:
                self._add(self._part(token, token.field or group.scope))
            case Sign.OPEN if not self.flat:
                if len(self.groups) > MAX_DEPTH:
                    raise _TooDeepError
                self.groups.append(Group(token.start, token.field or group.scope))
            case Sign.CLOSE if not self.flat:
                if len(self.groups) > 1:
                    self._close(token.end)
                else:
                    self._tell(token.start, token.end, "多余的右括号，已忽略")
            case Sign.AND | Sign.OR:
                self._operator(token)
            case Sign.NOT:
                group.negation, group.negated = token, not group.negated

    def _add(self, part: Tree) -> None:
        if part == EMPTY:
            self.groups[-1].drop()
        else:
            self.groups[-1].add(part)

    def _close(self, end: int) -> None:
        group = self.groups.pop()
        tree = self._finish(group)
        if tree == EMPTY:
            self._tell(group.start, end, "括号里没有可查的内容，已忽略")
        self._add(tree)

    def _finish(self, group: Group) -> Tree:
        if not self.full:
            for token in filter(None, (group.waiting, group.negation)):
                self._ignore(token, "后面")
        return group.tree()

    def _operator(self, token: Token) -> None:
        group = self.groups[-1]
        if group.negation:
            self._ignore(group.negation, "后面")
            group.negation, group.negated = None, False
        if group.waiting or not group.factors:
            self._ignore(token, "前面")
        else:
            group.waiting = token

    def _ignore(self, token: Token, side: str) -> None:
        self._tell(token.start, token.end, f"“{self.text[token.start : token.end]}”{side}没有可查的内容，已忽略")

    def _order(self, token: Token) -> None:
        """Read the directive; the last of several counts."""
        self._require_pieces(token)
        for piece in token.pieces:
            order = _ORDERS.get(fold(piece.text))
            if order is None:
                message = f"不能按“{syntax.shorten(piece.text)}”排序，可选{'、'.join(Order)}；已忽略"
                self._tell(token.start, piece.end, message)
                continue
            if order not in self.orders[-1:] and self.orders:
                self._tell(token.start, piece.end, "写了几种排序，以最后一种为准")
            self.orders = [order]

    def _require_pieces(self, token: Token) -> None:
        if not token.pieces:
            name = syntax.shorten(self.text[token.start : token.end])
            self._tell(token.start, token.end, f"“{name}”后面没有要查的内容，已忽略")

    def _part(self, token: Token, field: str | None) -> Tree:
        """Return what the token asks for; EMPTY where nothing of it can be used."""
        self._require_pieces(token)
        parts: list[Tree] = []
        for piece in token.pieces:
            if self.words == MAX_WORDS:
                self._fill(piece, f"一次最多查 {MAX_WORDS} 个词，从“{syntax.shorten(piece.text)}”起的内容已忽略")
                break
            self.words += 1
            part = self._leaf(field, piece)
            if part is not None:
                parts.append(part)
        return any_of(parts)

    def _fill(self, piece: Piece, message: str) -> None:
        self.full = True
        self._tell(piece.start, len(self.text), message)

    def _leaf(self, field: str | None, piece: Piece) -> Text | Field | None:
        if field is None:
            return self._text(piece)
        scale = FIELDS[field].type
        if field == "kind":
            try:
                return Field(field, Word(values.kind_named(piece.text)))
            except ValueError as error:
                self._tell(piece.start, piece.end, f"{error}；已按普通词查找")
                return self._text(piece)
        if scale in {ValueType.TEXT, ValueType.KEY}:
            text = self._text(piece)
            return text and Field(field, text)
        try:
            span, exchanged = values.read(scale, piece.text, self.today)
        except ValueError as error:
            self._tell(piece.start, piece.end, f"{error}；已忽略这个条件")
            return None
        if exchanged:
            self._tell(piece.start, piece.end, "范围的起止颠倒，已对调")
        return Field(field, span)

    def _text(self, piece: Piece) -> Text | None:
        room = MAX_CHARACTERS - self.characters
        text = piece.text[:room]
        self.characters += len(text)
        if len(piece.text) > room:
            self._fill(piece, f"查询太长，只用前 {MAX_CHARACTERS} 个字，其余已忽略")
        if piece.quoted:
            if text.strip():
                return Quoted(text)
            self._tell(piece.start, piece.end, "引号里没有内容，已忽略")
            return None
        part, message = written(text)
        if message:
            self._tell(piece.start, piece.end, message)
        return part


def nesting(tree: Tree) -> int:
    """Return how many combinations stand inside one another."""
    match tree:
        case Not(part):
            return nesting(part)
        case And(parts) | Or(parts):
            return 1 + max(map(nesting, parts), default=0)
        case _:
            return 0


def written(text: str) -> tuple[Text | None, str]:
    """Return what a run of characters without quotes means, None for nothing, and in Chinese what is wrong with it."""
    stem = text.rstrip(syntax.TILDES)
    fuzzy = stem != text
    if fuzzy and not stem:
        return None, "“~”只能紧跟在词的后面，已忽略"
    if syntax.has_wildcard(stem):
        pattern = syntax.normal_pattern(stem)
        if not syntax.has_literal(pattern):
            return None, "通配符要和文字一起用，如“大祥*”；已忽略"
        part = Pattern(pattern) if syntax.is_pattern(pattern) else plain(pattern)
        return part, "“~”不能和通配符一起用，已忽略“~”" if fuzzy else ""
    if fuzzy and syntax.is_stem(stem) and syntax.has_literal(stem):
        return Fuzzy(stem), ""
    return plain(stem) if stem else None, "“~”只能用在文字后面，已忽略“~”" if fuzzy else ""
