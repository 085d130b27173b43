"""The user's query: a tree of what was meant, that prints as a string which is read back as the same tree.

Every tree that can be built can be printed and parsed again (`parse(str(query)).query == query`, within the bounds
that `search.parse` states): the classes refuse texts that would be read as something else, and `all_of`, `any_of` and
`negate` build the one normal form of a combination. `plain` turns any text into a node.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from corpus.metadata import KINDS
from indexer.fold import fold
from search import syntax, values
from search.values import DateSpan, NumberSpan, Span, ValueType


@dataclass(frozen=True, slots=True)
class QueryField:
    """A field that can be asked for: `name` in the program and the index, `label` on the screen and in printing."""

    name: str
    label: str
    aliases: tuple[str, ...]
    type: ValueType


#: Every field of the query language. Those that the index does not hold yet are parsed all the same.
FIELDS: Mapping[str, QueryField] = MappingProxyType(
    {
        row.name: row
        for row in (
            QueryField("title", "标题", ("题目", "题名"), ValueType.TEXT),
            QueryField("text", "正文", ("全文", "内容", "body"), ValueType.TEXT),
            QueryField("agency", "机构", ("单位", "机关", "部门", "org"), ValueType.KEY),
            QueryField("official", "人员", ("人名", "姓名", "官员", "person", "name"), ValueType.KEY),
            QueryField("post", "职务", ("职位", "岗位"), ValueType.KEY),
            QueryField("sanction", "处分", ("处理",), ValueType.KEY),
            QueryField("violation", "问题", ("违纪", "违纪行为"), ValueType.KEY),
            QueryField("offence", "罪名", ("offense", "crime"), ValueType.KEY),
            QueryField("kind", "类型", ("种类", "类别", "文种", "type"), ValueType.KEY),
            QueryField("date", "日期", ("时间", "发布日期"), ValueType.DATE),
            QueryField("year", "年", ("年份", "年度"), ValueType.NUMBER),
            QueryField("amount", "金额", ("数额", "money"), ValueType.AMOUNT),
            QueryField("article", "引用", ("法条", "条文", "law"), ValueType.KEY),
            QueryField("sector", "领域", ("行业", "系统"), ValueType.KEY),
            QueryField("stage", "阶段", ("环节",), ValueType.KEY),
            QueryField("conduct_year", "案发年", ("案发年份", "案发"), ValueType.NUMBER),
            QueryField("source", "来源", ("出处", "发布单位", "publisher"), ValueType.KEY),
            QueryField("collection", "栏目", ("文件夹", "目录", "folder"), ValueType.KEY),
            QueryField("path", "文件", ("文件名", "路径", "file"), ValueType.KEY),
            QueryField("format", "格式", ("文件格式",), ValueType.KEY),
            QueryField("text_source", "文字来源", (), ValueType.KEY),
            QueryField("id", "编号", ("标识",), ValueType.KEY),
        )
    }
)

_NAMES = {name: row for row in FIELDS.values() for name in (row.name, row.label, *row.aliases)}


def field_named(written: str) -> QueryField | None:
    """Return the field that people write as 标题, 標題, 题目 or Title; None where there is none."""
    return _NAMES.get(fold(written))


def _require(condition: bool, node: object) -> None:
    if not condition:
        raise ValueError(f"not a part of a query in normal form: {node!r}")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, to be segmented. `plain` makes one of any text."""

    text: str

    def __post_init__(self) -> None:
        _require(syntax.is_word(self.text), self)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Quoted:
    """Exactly these characters."""

    text: str

    def __post_init__(self) -> None:
        _require(bool(self.text.strip()), self)

    def __str__(self) -> str:
        return syntax.quote(self.text)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A word with wildcards: `*` for any characters, `?` for one; at least one other character."""

    text: str

    def __post_init__(self) -> None:
        _require(syntax.is_pattern(self.text), self)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word that may be written a little differently."""

    text: str

    def __post_init__(self) -> None:
        _require(syntax.is_stem(self.text) and syntax.has_literal(self.text), self)

    def __str__(self) -> str:
        return f"{self.text}~"


Text = Word | Quoted | Pattern | Fuzzy


@dataclass(frozen=True, slots=True)
class Field:
    """A value in a field of FIELDS: text in TEXT and KEY fields, a Span in the others.

    The value of `kind` is a Word with a name of `corpus.metadata.KINDS`; it is printed in Chinese.
    """

    name: str
    value: Text | Span

    def __post_init__(self) -> None:
        match FIELDS[self.name].type, self.value:
            case ValueType.TEXT | ValueType.KEY, Word() | Quoted() | Pattern() | Fuzzy():
                _require(self.name != "kind" or (isinstance(self.value, Word) and self.value.text in KINDS), self)
            case (ValueType.DATE | ValueType.AMOUNT | ValueType.NUMBER) as scale, DateSpan() | NumberSpan():
                _require(values.read(scale, values.show(scale, self.value)) == (self.value, False), self)
            case _:
                _require(False, self)

    def __str__(self) -> str:
        return f"{FIELDS[self.name].label}:{self.value_text}"

    @property
    def value_text(self) -> str:
        """The value as it is printed after the name of the field."""
        if isinstance(self.value, DateSpan | NumberSpan):
            return values.show(FIELDS[self.name].type, self.value)
        return KINDS[self.value.text] if self.name == "kind" else str(self.value)


@dataclass(frozen=True, slots=True)
class Not:
    """Without `part`, which is not itself a Not."""

    part: Tree

    def __post_init__(self) -> None:
        _require(not isinstance(self.part, Not) and self.part != EMPTY, self)

    def __str__(self) -> str:
        return f"-{_enclosed(self.part)}"


@dataclass(frozen=True, slots=True)
class And:
    """All of `parts`: two or more different ones, none an And. `EMPTY`, with no part, stands only by itself."""

    parts: tuple[Tree, ...]

    def __post_init__(self) -> None:
        _require(not self.parts or _is_normal(self.parts, And), self)

    def __str__(self) -> str:
        return " ".join(_enclosed(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of `parts`: two or more different ones, none an Or."""

    parts: tuple[Tree, ...]

    def __post_init__(self) -> None:
        _require(_is_normal(self.parts, Or) and EMPTY not in self.parts, self)

    def __str__(self) -> str:
        if fields := one_field(self):
            return f"{FIELDS[fields[0].name].label}:{'、'.join(field.value_text for field in fields)}"
        return " OR ".join(_enclosed(part) for part in self.parts)


Tree = Word | Quoted | Pattern | Fuzzy | Field | Not | And | Or

#: The query that asks for nothing in particular.
EMPTY = And(())


def _is_normal(parts: tuple[Tree, ...], kind: type[And | Or]) -> bool:
    return len(parts) > 1 and len(set(parts)) == len(parts) and not any(isinstance(part, kind) for part in parts)


def _enclosed(part: Tree) -> str:
    """Return the part as it stands inside another: in brackets where it would fall apart."""
    return f"({part})" if isinstance(part, And) or (isinstance(part, Or) and not one_field(part)) else str(part)


def one_field(tree: Tree) -> tuple[Field, ...]:
    """Return the alternatives where `tree` asks for one field only (处分:开除党籍、开除公职), else nothing."""
    parts = tree.parts if isinstance(tree, Or) else (tree,)
    fields = tuple(part for part in parts if isinstance(part, Field))
    return fields if len(fields) == len(parts) and len({field.name for field in fields}) == 1 else ()


def plain(text: str) -> Word | Quoted:
    """Return `text` as a word, or quoted where it would be read as something else. It must not be blank."""
    return Word(text) if syntax.is_word(text) else Quoted(text)


def all_of(parts: Iterable[Tree]) -> Tree:
    """Return the tree that asks for every part: EMPTY for none, the part itself for one."""
    flat = dict.fromkeys(inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,)))
    return next(iter(flat)) if len(flat) == 1 else And(tuple(flat))


def any_of(parts: Iterable[Tree]) -> Tree:
    """Return the tree that asks for one of the parts: EMPTY for none, the part itself for one."""
    flat = dict.fromkeys(inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,)))
    flat.pop(EMPTY, None)
    return Or(tuple(flat)) if len(flat) > 1 else next(iter(flat), EMPTY)


def negate(part: Tree) -> Tree:
    """Return the tree that asks for what `part` does not."""
    return part.part if isinstance(part, Not) else Not(part)


class Order(StrEnum):
    """In which order hits come; the value is what is printed after 排序."""

    RELEVANCE = "相关"
    NEWEST = "日期"
    OLDEST = "日期升"


@dataclass(frozen=True, slots=True)
class Query:
    """The whole state of a search: what is asked for, and the order. `str` gives the string that says both."""

    tree: Tree = EMPTY
    order: Order = Order.RELEVANCE

    def __str__(self) -> str:
        order = "" if self.order is Order.RELEVANCE else f"排序:{self.order}"
        return f"{self.tree} {order}".strip()
