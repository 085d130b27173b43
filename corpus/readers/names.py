"""Names of members of containers: made safe, and told apart."""

from __future__ import annotations

import re

_DRIVE = re.compile(r"^[A-Za-z]:")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST = 1_000


def member_name(stated: str, taken: set[str]) -> str:
    """The path of a member, relative and without steps upwards; a number is added to one that is `taken` already.

    The name is added to `taken`.
    """
    parts = _DRIVE.sub("", _UNPRINTABLE.sub("", stated).replace("\\", "/")).replace("!/", "!_").split("/")
    safe = "/".join(part for part in parts if part not in {"", ".", ".."})[-_LONGEST:] or "未命名"
    stem, dot, ending = safe.rpartition(".") if "." in safe.rpartition("/")[2] else (safe, "", "")
    name, number = safe, 2
    while name in taken:
        name, number = f"{stem}({number}){dot}{ending}", number + 1
    taken.add(name)
    return name


def zip_member_name(name: str, *, is_utf8: bool) -> str:
    """A zip member's name as its writer meant it: without the UTF-8 flag it is UTF-8 all the same, or GBK."""
    if is_utf8 or name.isascii():
        return name
    try:
        raw = name.encode("cp437")  # what zipfile took it for
    except UnicodeEncodeError:
        return name
    for codec in ("utf-8", "gb18030"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return name
