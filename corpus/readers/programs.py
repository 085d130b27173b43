"""Installed programs that read what no library here does: old Word and WPS files.

They are asked only where the own readers cannot. Each gets the bytes in a private folder that is removed afterwards.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from corpus.document import Reason
from corpus.readers.contract import Unreadable

GRACE = 10.0  # seconds: the sandbox's clock comes first, and ends these programs with all that they have started

_Command = Callable[[str, Path], list[str]]

#: LibreOffice fetches what a document links to. It is told to trust no link, and to use a proxy that is not there.
_OFFLINE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop>
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop>
<prop oor:name="ooInetNoProxy" oor:op="fuse"><value></value></prop></item>
</oor:items>
"""


def _soffice(program: str, file: Path) -> list[str]:
    profile = file.parent / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_OFFLINE, encoding="utf-8")
    convert = ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(file.parent), str(file)]
    return [program, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}", *convert]


#: Program -> its command line for a file. All print text, LibreOffice into a file beside it.
_COMMANDS: Mapping[str, _Command] = MappingProxyType(
    {
        "soffice": _soffice,
        "antiword": lambda program, file: [program, "-m", "UTF-8.txt", "-w", "0", str(file)],
        "catdoc": lambda program, file: [program, "-d", "utf-8", "-w", str(file)],
    }
)


def to_text(data: bytes, ending: str, seconds: float) -> str:
    """Return the text of an office file in its old binary form, as the first installed program gives it.

    `ending` is what the file's name should end with; `seconds` is what the sandbox allows the file. Raises
    Unreadable: PROGRAM_MISSING where none is installed, TIMED_OUT, or BROKEN where none can read it.
    """
    found = [(name, path) for name in _COMMANDS if (path := shutil.which(name))]
    if not found:
        raise Unreadable(Reason.PROGRAM_MISSING, "需要 LibreOffice、antiword 或 catdoc 之一")
    for name, program in found:
        text = _run(_COMMANDS[name], program, data, ending, seconds)
        if text.strip():
            return text
    raise Unreadable(Reason.BROKEN, f"{'、'.join(name for name, _ in found)} 未能读出文字")


def _run(command: _Command, program: str, data: bytes, ending: str, seconds: float) -> str:
    with TemporaryDirectory(prefix="anjian-") as folder:
        file = Path(folder, f"document.{ending}")
        file.write_bytes(data)
        try:
            done = subprocess.run(  # noqa: S603 - a fixed program and a file name of our own
                command(program, file), capture_output=True, timeout=seconds + GRACE, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise Unreadable(Reason.TIMED_OUT) from error
        except OSError:
            return ""
        converted = file.with_suffix(".txt")
        raw = converted.read_bytes() if converted.exists() else done.stdout
        return raw.decode("utf-8-sig", "replace")
