"""What lies in a folder: nothing overlooked, nothing followed in circles."""

import os
from pathlib import Path

import pytest

from corpus.document import Reason, Skip
from indexer.scan import Found, scan


def paths(folder: Path) -> list[str]:
    return [item.path for item in scan(folder) if isinstance(item, Found)]


def test_every_file_in_order(tmp_path: Path) -> None:
    for name in ("乙/二.txt", "甲/一.txt", "根.txt", "甲/丙/三.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("文", encoding="utf-8")
    assert paths(tmp_path) == ["乙/二.txt", "根.txt", "甲/一.txt", "甲/丙/三.txt"]


def test_what_programs_leave_behind_is_no_document(tmp_path: Path) -> None:
    for name in (".DS_Store", "~$通报.docx", "Thumbs.db", "通报.docx"):
        (tmp_path / name).write_bytes(b"x")
    assert paths(tmp_path) == ["通报.docx"]


def test_a_link_to_a_folder_is_told_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "甲").mkdir()
    (tmp_path / "甲" / "回来").symlink_to(tmp_path)
    assert list(scan(tmp_path)) == [Skip("甲/回来", Reason.UNSAFE, "是指向文件夹的链接，未跟随")]


def test_a_link_to_a_file_is_a_file_and_a_dead_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "原件").write_bytes(b"12")
    (tmp_path / "链接").symlink_to(tmp_path / "原件")
    (tmp_path / "断链").symlink_to(tmp_path / "没有")
    found = list(scan(tmp_path))
    assert [item.path for item in found if isinstance(item, Found)] == ["原件", "链接"]
    assert [item.source for item in found if isinstance(item, Skip)] == ["断链"]


def test_a_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    os.close(os.open(os.fsencode(tmp_path) + b"/\xd6\xd0", os.O_CREAT))
    (skip,) = scan(tmp_path)
    assert isinstance(skip, Skip)
    assert skip.reason is Reason.UNREADABLE


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    (skip,) = scan(tmp_path / "没有")
    assert isinstance(skip, Skip)
    assert skip.source == "."


@pytest.mark.parametrize("name", ["长" * 80 + ".txt", "带 空格.txt", "名＃.txt", "emoji😀.txt"])
def test_odd_names(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert paths(tmp_path) == [name]
