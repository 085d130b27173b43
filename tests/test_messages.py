"""What the command line says of itself is Chinese, also where click says it."""

from __future__ import annotations

import ast
import gettext
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

import commands

FOLDER = Path(commands.__file__).parent / "locale" / "zh_CN" / "LC_MESSAGES"
PAIR = re.compile(r'^msgid ("(?:.|\n)*?")\n(?:msgid_plural (".*")\n)?msgstr(?:\[0\])? ("(?:.|\n)*?")$', re.MULTILINE)
#: Of click's messages, names that a person types or that stand for a value.
LATIN = re.compile(r"\{[^}]*\}")


def _catalogue() -> dict[str, str]:
    """What the .po file has, by the message in English."""
    pairs = PAIR.findall((FOLDER / "messages.po").read_text(encoding="utf-8"))
    return {ast.literal_eval(one): ast.literal_eval(said) for one, _, said in pairs if one != '""'}


def _said_by_click() -> set[str]:
    """Every string in the source of click."""
    sources = Path(click.__file__).parent.glob("*.py")
    nodes = (node for source in sources for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_every_message_is_one_of_click() -> None:
    assert _catalogue().keys() - _said_by_click() == set()


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    with (FOLDER / "messages.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    told = {message: compiled.ngettext(message, message, 2) for message in _catalogue()}
    assert {message: said if said != message else compiled.gettext(message) for message, said in told.items()} == (
        _catalogue()
    )


@pytest.mark.parametrize("message", sorted(_catalogue()))
def test_a_message_in_chinese_names_nothing_that_the_english_one_does_not(message: str) -> None:
    blanks = {blank.replace("!r", "") for blank in LATIN.findall(message)}
    said = _catalogue()[message]
    assert {
        blank for blank in LATIN.findall(said) if blank not in {"{possibilities}", "{choices}", "{formats}"}
    } <= blanks
    assert re.search(r"[\u4e00-\u9fff]|^\{message\}$", said)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["serch"], "没有“serch”这个命令。 是不是要写：'search'"),
        (["search", "--hlep"], "没有“--hlep”这个选项。"),
        (["search"], "没有写 '词语...'"),
        (["search", "受贿", "--limit", "十"], "'--limit' 写得不对：“十”不是数字。"),
        (["status", "甲"], "多写了：甲"),
        (["schedule", "install"], "没有写选项 '--daily'"),
        (["precedents", "--like", "甲"], "没有“甲”这个值，可以写：'conduct'"),
        (["search", "--limit"], "选项 --limit 后面要写它的值。"),
    ],
)
def test_what_was_typed_wrongly_is_said_in_chinese(words: list[str], told: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cli", *words], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 3
    assert told in done.stderr
    assert "Error" not in done.stderr
