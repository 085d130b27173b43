"""Short forms: read from a file anyone can edit, used where a word is typed, seen in the answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.expansion import Expansion, ExpansionError, Rules, expand, load, shipped
from search.parse import parse
from search.query import Or, Quoted, Word
from search.syntax import is_word

RULES = load(
    """
    # 注释
    双开 = 开除党籍 + 开除公职   # 行末注释
    纪委 = 纪律检查委员会 | 纪检委
    甲 = 乙 + 丙 | 丁
    乙 = 戊
    """
)


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("双开", '双开 OR ("开除党籍" "开除公职")'),  # all of these
        ("纪委", '纪委 OR "纪律检查委员会" OR "纪检委"'),  # one of these
        ("甲", '甲 OR ("乙" "丙") OR "丁"'),  # + binds before |, and a meaning is not expanded again
        ("雙開", '雙開 OR ("开除党籍" "开除公职")'),  # traditional characters
        ("双开 受贿", '(双开 OR ("开除党籍" "开除公职")) 受贿'),
        ("双开 OR 受贿", '双开 OR ("开除党籍" "开除公职") OR 受贿'),
        ("处分:双开", '处分:双开 OR (处分:"开除党籍" 处分:"开除公职")'),  # in its own field
        ("机构:纪委", '机构:纪委、"纪律检查委员会"、"纪检委"'),
        ('"双开"', '"双开"'),  # quoting switches it off
        ("双开*", "双开*"),
        ("双开~", "双开~"),
        ("-双开", "-双开"),  # excluded is what was typed
        ("栏目:纪委", "栏目:纪委"),  # the name of a folder
        ("区纪委", "区纪委"),  # a whole word only
        ("类型:通报", "类型:通报"),
        ("", ""),
    ],
)
def test_expand(text: str, expanded: str) -> None:
    tree, used = expand(parse(text).query.tree, RULES)
    assert str(tree) == expanded
    assert bool(used) is (text != expanded)


def test_what_was_used_is_told_once_with_its_meaning() -> None:
    _, used = expand(parse("双开 标题:双开 纪委").query.tree, RULES)
    assert used == (Expansion("双开", "开除党籍 + 开除公职"), Expansion("纪委", "纪律检查委员会 | 纪检委"))


def test_an_office_adds_replaces_and_removes() -> None:
    own = load("纪委 = 市纪委\n双开 =\n审计局 = 审计处", RULES)
    meanings = {word: str(rule) for word, rule in own.by_word.items()}
    assert meanings == {"纪委": "市纪委", "甲": "乙 + 丙 | 丁", "乙": "戊", "审计局": "审计处"}
    assert "双开" in RULES.by_word


def test_a_file_may_come_from_a_windows_editor(tmp_path: Path) -> None:
    path = tmp_path / "同义词.txt"
    path.write_bytes("\ufeff双开 = 开除党籍\r\n".encode())
    assert str(load(path).by_word["双开"]) == "开除党籍"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("双开 = 开除党籍\n双开 开除公职", "第 2 行缺少“=”"),
        ("= 开除党籍", "第 1 行“=”左边"),
        ("双 开 = 开除党籍", "第 1 行“=”左边应当是一个不含空格和标点的词"),
        ("双开 = 开除党籍 +", "第 1 行“+”或“|”的一边是空的"),
        ("双开 = 开除党籍 | | 免职", "第 1 行“+”或“|”的一边是空的"),
        ('双开 = "开除党籍"', "第 1 行不用写引号"),
        ("双开 = 甲\n# 注释\n雙開 = 乙", "第 3 行的“雙開”在第 1 行已经写过"),
    ],
)
def test_a_bad_line_is_one_error_with_file_and_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "同义词.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ExpansionError) as caught:
        load(path)
    assert told in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_is_one_error(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "同义词.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ExpansionError, match="读不出来"):
        load(path)


def test_the_shipped_rules_say_something_new() -> None:
    rules = shipped()
    assert len(rules.by_word) >= 60
    assert str(rules.by_word["双开"]) == "开除党籍 + 开除公职"
    for rule in rules.by_word.values():
        for parts in rule.options:
            assert all(rule.word not in part for part in parts), (
                f"{rule.word}: a part holds the word, and is found anyway"
            )


@given(st.text("甲乙丙丁戊双开", min_size=1, max_size=3), st.sampled_from([RULES, shipped(), Rules()]))
def test_the_typed_word_is_always_kept(text: str, rules: Rules) -> None:
    tree, used = expand(Word(text), rules)
    assert tree == Word(text) if not used else isinstance(tree, Or) and tree.parts[0] == Word(text)


@given(st.text(max_size=40))
def test_any_text_is_rules_or_one_error(text: str) -> None:
    try:
        by_word = load(text).by_word
    except ExpansionError:
        return
    for rule in by_word.values():
        assert is_word(rule.word)
        assert all(Quoted(part) for parts in rule.options for part in parts)
