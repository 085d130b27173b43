"""The documents say what the program does: every command and setting has its heading, every example is understood."""

import re
from datetime import date
from pathlib import Path

import click
import pytest

from cli import COMMANDS, cli
from search.parse import parse
from settings import TABLE

ROOT = Path(__file__).parent.parent


def headings(name: str) -> set[str]:
    return set(re.findall(r"^## (\S+)$", (ROOT / "docs" / name).read_text(encoding="utf-8"), re.MULTILINE))


def test_every_command_has_its_heading_and_help() -> None:
    assert headings("commands.md") == set(COMMANDS)
    context = click.Context(cli)
    assert all(command and command.help for command in (cli.get_command(context, name) for name in COMMANDS))


def test_every_setting_has_its_heading() -> None:
    assert headings("settings.md") == {setting.name for setting in TABLE}


EXAMPLES = re.findall(r"`([^`]+)`", (ROOT / "docs" / "query.md").read_text(encoding="utf-8").split("## 会自动做的")[0])


@pytest.mark.parametrize("example", [text.replace("\\|", "|") for text in EXAMPLES])
def test_every_example_of_the_query_language_is_understood(example: str) -> None:
    if example not in ("*", "?"):
        assert parse(example, today=date(2026, 1, 1)).problems == ()


def test_the_readme_names_only_commands_there_are() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    used = set(re.findall(r"anjian (?!search)([a-z]+)", readme))
    assert used <= set(COMMANDS)
    assert (ROOT / "README.md").read_text(encoding="utf-8").count("make demo") >= 2
