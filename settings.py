"""The settings: one table, read at the edge from `<library>/anjian.toml` and the environment.

The environment (ANJIAN_ and the name in capitals) wins over the file, the file over the default. `anjian doctor` prints
the table with the values in force and where each comes from.
"""

from __future__ import annotations

import getpass
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.cause import cause

FILE_NAME = "anjian.toml"


class SettingsError(Exception):
    """A setting cannot be used; the message names the file or variable, the setting and what it should be."""


def user() -> str:
    """The name of who is at the machine, as the system knows it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number without a name
        return "不详"


def mail_password(environment: Mapping[str, str] = os.environ) -> str:
    """The password of `mail_user`. It is no setting: it stands in no file and is printed nowhere."""
    return environment.get("ANJIAN_MAIL_PASSWORD", "")


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the table. The type of `default` is the type of the setting."""

    name: str
    default: str | int | tuple[str, ...]
    help: str


TABLE: tuple[Setting, ...] = (
    Setting("engine", "", "检索引擎：tantivy、whoosh；空为自动选择"),
    Setting("workers", 0, "同时读取文件的进程数；0 为处理器核数"),
    Setting("dictionary", "", "本单位词典文件，一行一词；相对路径从资料库文件夹算起"),
    Setting("expansions", "", "本单位简称与同义词文件，一行一条，如：双开 = 开除党籍 + 开除公职"),
    Setting("file_megabytes", 512, "单个文件的大小上限（MB）"),
    Setting("file_seconds", 120, "读取单个文件的时限（秒）"),
    Setting("memory_megabytes", 4096, "读取进程的内存上限（MB）"),
    Setting("removal_limit", 50, "文件夹里的文件少了百分之几以上，就当作共享盘没有连全，不作改动"),
    Setting("settle_seconds", 2, "刚改动过的文件等几秒再读，以免读到还没写完的文件；0 为不等"),
    Setting("ignore", (".*", "~$*", "Thumbs.db", "desktop.ini"), "不算作文件的文件名，可用 * 和 ?"),
    Setting("metrics_file", "", "每次定时更新后写监控指标（OpenMetrics）的文件；相对路径从资料库文件夹算起，空为不写"),
    Setting("mail_server", "", "发送提醒的邮件服务器（SMTP）；空为不发邮件"),
    Setting("mail_port", 587, "邮件服务器的端口"),
    Setting("mail_security", "starttls", "与邮件服务器的连接：starttls、tls，或 none（不加密）"),
    Setting("mail_user", "", "邮件服务器的用户名，空为不登录；密码只写在环境变量 ANJIAN_MAIL_PASSWORD 里"),
    Setting("mail_from", "", "发件人的邮箱"),
    Setting("mail_to", (), "收件人的邮箱"),
    Setting("mail_alerts", 0, "每次更新资料库后把新的提醒发出去：1 发，0 不发"),
)


#: The settings that name a file that people wrote.
NAMING = ("dictionary", "expansions")


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force; `origins` tells where each comes from: "默认", the file, or the variable."""

    values: Mapping[str, str | int | tuple[str, ...]]
    origins: Mapping[str, str]

    def text(self, name: str) -> str:
        """A setting that is text."""
        value = self.values[name]
        assert isinstance(value, str), name  # noqa: S101 - the table gives the type
        return value

    def number(self, name: str) -> int:
        """A setting that is a whole number."""
        value = self.values[name]
        assert isinstance(value, int), name  # noqa: S101 - the table gives the type
        return value

    def names(self, name: str) -> tuple[str, ...]:
        """A setting that is a list of names."""
        value = self.values[name]
        assert isinstance(value, tuple), name  # noqa: S101 - the table gives the type
        return value


def library_folder(given: Path | None, environment: Mapping[str, str] = os.environ) -> Path:
    """The library's folder: the one given, else ANJIAN_LIBRARY, else ./library."""
    return given or Path(environment.get("ANJIAN_LIBRARY") or "library")


def read_settings(library: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings of a library. Raises SettingsError for an unknown name or a value of the wrong type."""
    path = library / FILE_NAME
    stated = _read_file(path)
    known = {setting.name for setting in TABLE}
    for name in stated:
        if name not in known:
            raise SettingsError(f"设置文件 {path} 里的“{name}”不是设置项。可用的有：{'、'.join(sorted(known))}。")
    values: dict[str, str | int | tuple[str, ...]] = {}
    origins: dict[str, str] = {}
    for setting in TABLE:
        variable = f"ANJIAN_{setting.name.upper()}"
        if variable in environment:
            values[setting.name] = _parse(setting, environment[variable], variable)
            origins[setting.name] = variable
        elif setting.name in stated:
            values[setting.name] = _typed(setting, stated[setting.name], str(path))
            origins[setting.name] = FILE_NAME
        else:
            values[setting.name] = setting.default
            origins[setting.name] = "默认"
    return Settings(values, origins)


def _read_file(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"设置文件 {path} 读不出来（{cause(error)}）。请改正，或移走它以使用默认设置。") from error


def _parse(setting: Setting, raw: str, where: str) -> str | int | tuple[str, ...]:
    if isinstance(setting.default, int):
        return _typed(setting, int(raw) if raw.isdecimal() else raw, where)
    return tuple(raw.split()) if isinstance(setting.default, tuple) else raw


def _typed(setting: Setting, value: object, where: str) -> str | int | tuple[str, ...]:
    match setting.default, value:
        case (str(), str()):
            return value
        case (int(), int()) if not isinstance(value, bool) and value >= 0:
            return value
        case (tuple(), list()) if all(isinstance(item, str) for item in value):
            return tuple(value)
    wanted = {str: "文字", int: "不小于 0 的整数", tuple: "一组文字"}[type(setting.default)]
    raise SettingsError(f"{where} 中的设置 {setting.name} 应为{wanted}，现在是“{value}”。")
