"""Short forms and synonyms: which words are searched under other words too, as an editable file says.

A rule is a line: `双开 = 开除党籍 + 开除公职` (all of these), `农信社 = 农村信用社 | 农村信用联社` (one of these). `+`
binds before `|`, `#` begins a comment. What stands on the right is searched exactly as it is written. An office's own
file adds rules, replaces those with the same left side, and removes those whose right side it leaves empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from corpus.cause import cause
from indexer.fold import fold
from search import syntax
from search.query import And, Field, Or, Quoted, Tree, Word, all_of, any_of

#: Fields whose values are words of the language; the others hold names of files, formats and numbers.
FIELDS = frozenset({"title", "text", "agency", "post", "sanction", "violation", "offence", "article"})


class ExpansionError(ValueError):
    """A line of an expansion file is no rule; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What `word` stands for: `options` of which one holds, each of parts that all hold."""

    word: str
    options: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        return " | ".join(" + ".join(parts) for parts in self.options)


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules by their folded word."""

    by_word: Mapping[str, Rule] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Expansion:
    """A rule that was used: the word as the user wrote it, and its meaning as the file writes it."""

    word: str
    meaning: str


def load(source: Path | str, base: Rules | None = None) -> Rules:
    """Return the rules of a file (a path) or of a text, on top of those of `base`.

    Raises ExpansionError, in Chinese, for a file that cannot be read or a line that is no rule.
    """
    name = f"同义词表 {source}" if isinstance(source, Path) else "同义词表"
    by_word = dict(base.by_word) if base else {}
    lines: dict[str, int] = {}
    for number, line in enumerate(_read(source, name).splitlines(), 1):
        written = line.split("#")[0].strip()
        if not written:
            continue
        try:
            rule = _rule(written)
        except ValueError as error:
            raise ExpansionError(f"{name} 第 {number} 行{error}：{syntax.shorten(written)}") from None
        key = fold(rule.word)
        if key in lines:
            raise ExpansionError(f"{name} 第 {number} 行的“{rule.word}”在第 {lines[key]} 行已经写过，请合并为一行。")
        lines[key] = number
        by_word.pop(key, None)
        if rule.options:
            by_word[key] = rule
    return Rules(by_word)


def shipped() -> Rules:
    """Return the rules that come with the program."""
    return load(files("search").joinpath("lexicon/expansions.txt").read_text(encoding="utf-8"))


def expand(tree: Tree, rules: Rules) -> tuple[Tree, tuple[Expansion, ...]]:
    """Return the tree in which each word with a rule may also be met by its meaning, and the rules used.

    Quoted texts, patterns, fuzzy words, fields outside FIELDS and what stands under a Not stay as they are: those ask
    for (or exclude) exactly what was typed. A meaning is not expanded again.
    """
    used: dict[Expansion, None] = {}
    return _expanded(tree, rules, used), tuple(used)


def _expanded(tree: Tree, rules: Rules, used: dict[Expansion, None]) -> Tree:
    match tree:
        case And(parts):
            return all_of(_expanded(part, rules, used) for part in parts)
        case Or(parts):
            return any_of(_expanded(part, rules, used) for part in parts)
        case Word(text) | Field(_, Word(text)):
            name = tree.name if isinstance(tree, Field) else None
            rule = rules.by_word.get(fold(text))
            if rule is None or (name and name not in FIELDS):
                return tree
            used[Expansion(text, str(rule))] = None
            meanings = (all_of(_exactly(part, name) for part in option) for option in rule.options)
            return any_of((tree, *meanings))
        case _:
            return tree


def _exactly(text: str, name: str | None) -> Tree:
    return Field(name, Quoted(text)) if name else Quoted(text)


def _read(source: Path | str, name: str) -> str:
    if isinstance(source, str):
        return source
    try:
        return source.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ExpansionError(f"{name} 读不出来（{cause(error)}）；请另存为 UTF-8 文本。") from error


def _rule(written: str) -> Rule:
    word, equals, meaning = (part.strip() for part in written.partition("="))
    if not equals:
        raise ValueError("缺少“=”，应写作“双开 = 开除党籍 + 开除公职”")
    if not syntax.is_word(word):
        raise ValueError("“=”左边应当是一个不含空格和标点的词")
    options = tuple(tuple(part.strip() for part in option.split("+")) for option in meaning.split("|") if meaning)
    if not all(part for parts in options for part in parts):
        raise ValueError("“+”或“|”的一边是空的")
    if any(mark in meaning for mark in syntax.QUOTES):
        raise ValueError("不用写引号：右边的词本来就逐字查找")
    return Rule(word, options)
