"""The command line: which commands there are, and how an error ends.

A command's module is imported when the command is called, so that each starts as fast as what it needs.
"""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import version
from keyword import iskeyword
from pathlib import Path

import click

import commands
from commands.common import CANNOT
from commands.expected import EXPECTED

#: Each command and the module of `commands` it stands in.
COMMANDS: Mapping[str, str] = {
    "index": "indexing",
    "reindex": "indexing",
    "search": "finding",
    "show": "finding",
    "suggest": "finding",
    "extract": "extraction",
    "correct": "extraction",
    "corrections": "extraction",
    "official": "people",
    "graph": "people",
    "agency": "agencies",
    "article": "agencies",
    "same": "links",
    "different": "links",
    "alias": "links",
    "links": "links",
    "precedents": "precedents",
    "screen": "screening",
    "save": "alerts",
    "follow": "alerts",
    "saved": "alerts",
    "alerts": "alerts",
    "export": "humandata",
    "import": "humandata",
    "schedule": "schedule",
    "watch": "watch",
    "check": "upkeep",
    "backup": "upkeep",
    "restore": "upkeep",
    "status": "state",
    "failures": "state",
    "doctor": "state",
}

_OPTIONS = "[选项]"


class Commands(click.Group):
    """The commands of COMMANDS, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of all commands, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of this name, or None."""
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_") + "_" * iskeyword(cmd_name)
        command: click.Command = getattr(import_module(f"commands.{COMMANDS[cmd_name]}"), name)
        for one in (command, *getattr(command, "commands", {}).values()):
            one.options_metavar = _OPTIONS
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the words begin with. One that there is not is told beside those it may stand for."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            raise click.NoSuchCommand(error.command_name, possibilities=COMMANDS, ctx=ctx) from None


@click.group(
    cls=Commands,
    options_metavar=_OPTIONS,
    subcommand_metavar="命令 ...",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(version("anjian"), prog_name="anjian", message="案鉴 %(version)s", help="显示版本。")
def cli() -> None:
    """案鉴：把一个文件夹的通报、案件通告、警示教育材料和简报变成可以查找的资料库。"""


def main() -> None:
    """Run the command line; what is expected to go wrong ends in one sentence and status CANNOT."""
    _speak_chinese()
    try:
        status = cli.main(standalone_mode=False)
    except EXPECTED as error:
        click.echo(str(error), err=True)
        status = CANNOT
    except click.ClickException as error:
        error.show()
        status = CANNOT
    except (click.Abort, KeyboardInterrupt):
        click.echo("已停止；已经完成的部分都保存好了，再运行一次会接着做。", err=True)
        status = CANNOT
    except BrokenPipeError:  # the reader of a pipe has seen enough
        sys.stderr.close()
        status = 0
    sys.exit(status)


def _speak_chinese() -> None:
    """Have click say in Chinese what it says itself. It asks gettext, which asks the environment for the language."""
    gettext.bindtextdomain("messages", str(Path(commands.__file__).with_name("locale")))
    os.environ["LANGUAGE"] = "zh_CN"


if __name__ == "__main__":
    main()
