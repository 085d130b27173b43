"""What the system says is told in words that a case officer understands."""

from __future__ import annotations

import errno
import tomllib
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import pytest

from corpus.cause import cause


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "没有权限"),
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "a.txt"), "没有这个文件或文件夹"),
        (OSError(errno.EPROTO, "Protocol error"), "Protocol error"),
        (OSError("telnet"), "telnet"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"), "不是 UTF-8 编码的文本"),
        (ValueError("太多"), "太多"),
    ],
)
def test_words(error: Exception, words: str) -> None:
    assert cause(error) == words


@pytest.mark.parametrize(
    ("text", "words"), [("a = 1\nb = ?\n", "第 2 行第 5 列不合格式"), ("a =", "文件结尾处不合格式")]
)
def test_where_settings_are_wrong(text: str, words: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as raised:
        tomllib.loads(text)
    assert cause(raised.value) == words


def test_no_archive(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_text("abc")
    with pytest.raises(BadZipFile) as raised:
        ZipFile(tmp_path / "a.zip")
    assert cause(raised.value) == "不是压缩包，或已损坏"
