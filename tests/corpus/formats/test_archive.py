"""Archives: members with their paths, Chinese names, passwords, links, bombs."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from dataclasses import replace

import py7zr
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Reason, Skip
from corpus.readers.archive import READER
from corpus.readers.contract import Blob, Limits, Unreadable
from corpus.readers.names import member_name, zip_member_name
from tests.corpus.formats.office_files import ofd, page, tarred, text_object, zipped

LIMITS = Limits()


def found(data: bytes, name: str = "包.zip", limits: Limits = LIMITS) -> list[tuple[str, bytes | Reason]]:
    blob = Blob(name, data)
    assert READER.identify(blob)
    return [
        (one.source, one.reason) if isinstance(one, Skip) else (one.name, one.data) for one in READER.read(blob, limits)
    ]  # type: ignore[union-attr]


def reasons(data: bytes, name: str, limits: Limits) -> list[object]:
    """Why members of an archive, or the archive itself, were not unpacked."""
    try:
        return [got for _, got in found(data, name, limits)]
    except Unreadable as error:
        return [error.reason]


def sevenzip(members: dict[str, bytes], password: str | None = None) -> bytes:
    packed = io.BytesIO()
    with py7zr.SevenZipFile(packed, "w", password=password) as archive:
        for name, data in members.items():
            archive.writestr(data, name)
    return packed.getvalue()


def member(name: str, kind: bytes = tarfile.REGTYPE) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type = kind
    info.linkname = "/etc/passwd" if kind == tarfile.SYMTYPE else ""
    return info


FILES = {"甲/通报.txt": "通报".encode(), "乙.txt": b"b"}
EXPECTED = [("包.zip!/甲/通报.txt", "通报".encode()), ("包.zip!/乙.txt", b"b")]
TAR = [(member(name), data) for name, data in FILES.items()]


@pytest.mark.parametrize(
    "data",
    [
        zipped(FILES),
        tarred(TAR),
        tarred(TAR, "w:gz"),
        tarred(TAR, "w:bz2"),
        tarred(TAR, "w:xz"),
        sevenzip(FILES),
    ],
    ids=("zip", "tar", "gz", "bz2", "xz", "7z"),
)
def test_each_member_is_a_blob_with_its_path(data: bytes) -> None:
    assert found(data) == EXPECTED


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
@pytest.mark.parametrize(("name", "inner"), [("通报.txt.gz", "通报.txt"), ("通报.XZ", "通报"), ("通报", "通报.out")])
def test_a_single_packed_file_is_named_like_its_package(pack: object, name: str, inner: str) -> None:
    assert found(pack("通报".encode()), name) == [(f"{name}!/{inner}", "通报".encode())]  # type: ignore[operator]


@pytest.mark.parametrize("codec", ["gb18030", "utf-8"])
def test_names_without_the_flag_of_their_encoding(codec: str) -> None:
    stated = "关于通报.txt"
    assert zip_member_name(stated.encode(codec).decode("cp437"), is_utf8=False) == stated
    assert zip_member_name(stated, is_utf8=True) == stated


def test_a_zip_written_by_a_chinese_windows() -> None:
    info = zipfile.ZipInfo("aaaaaaaa.txt")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(info, "文")
    data = packed.getvalue().replace(b"aaaaaaaa", "通报名单".encode("gbk"))
    assert found(data) == [("包.zip!/通报名单.txt", "文".encode())]


def test_a_member_with_a_password_is_on_record_and_the_others_are_read() -> None:
    data = bytearray(zipped({"a.txt": "a", "b.txt": "b"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert found(bytes(data)) == [("包.zip!/a.txt", Reason.ENCRYPTED), ("包.zip!/b.txt", b"b")]


def test_a_7z_with_a_password() -> None:
    with pytest.raises(Unreadable) as raised:
        found(sevenzip(FILES, "secret"))
    assert raised.value.reason is Reason.ENCRYPTED


def test_links_and_devices_are_on_record() -> None:
    data = tarred(
        [
            (member("a"), b"1"),
            (member("b", tarfile.SYMTYPE), b""),
            (member("c", tarfile.FIFOTYPE), b""),
            (member("d", tarfile.DIRTYPE), b""),
        ]
    )
    assert found(data) == [("包.zip!/a", b"1"), ("包.zip!/b", Reason.UNSAFE), ("包.zip!/c", Reason.UNSAFE)]
    link = zipfile.ZipInfo("l")
    link.external_attr = 0o120777 << 16
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert found(packed.getvalue()) == [("包.zip!/l", Reason.UNSAFE)]


def test_resource_forks_are_left_out_and_other_hidden_files_are_not() -> None:
    fork = b"\x00\x05\x16\x07" + b"\x00" * 20
    data = zipped({"a.txt": "a", "__MACOSX/._a.txt": fork, ".DS_Store": "x", "__MACOSX/b.txt": "b"})
    assert [name for name, _ in found(data)] == ["包.zip!/a.txt", "包.zip!/.DS_Store", "包.zip!/__MACOSX/b.txt"]


def test_a_document_in_the_form_of_a_zip_is_no_archive() -> None:
    assert not READER.identify(Blob("a.zip", ofd(page(text_object("通报", 20, 30)))))
    assert not READER.identify(Blob("a.zip", zipped({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})))


@pytest.mark.parametrize(
    ("data", "name", "limits", "reason"),
    [
        (zipped(FILES)[:40], "a.zip", LIMITS, Reason.BROKEN),
        (zipped(FILES)[:40], "a.docx", LIMITS, Reason.BROKEN),
        (zipped({}), "a.zip", LIMITS, Reason.EMPTY),
        (zipped(FILES), "a.zip!/b.zip!/c.zip", replace(LIMITS, depth=2), Reason.UNSAFE),
        (zipped(FILES), "a.zip", replace(LIMITS, members=1), Reason.UNSAFE),
        (zipped({"a": b"x" * 200_000}), "a.zip", replace(LIMITS, expanded_bytes=100_000), Reason.UNSAFE),
        (zipped({"a": bytes(2_000_000)}), "a.zip", replace(LIMITS, expanded_bytes=8_000_000, ratio=100), Reason.UNSAFE),
        (gzip.compress(bytes(2_000_000)), "a.gz", replace(LIMITS, expanded_bytes=8_000_000, ratio=100), Reason.UNSAFE),
        (tarred([(member("a"), bytes(2_000_000))], "w:gz"), "a", replace(LIMITS, expanded_bytes=10**6), Reason.UNSAFE),
        (sevenzip({"a": bytes(2_000_000)}), "a.7z", replace(LIMITS, expanded_bytes=1_000_000), Reason.UNSAFE),
        (b"Rar!\x1a\x07\x01\x00", "a.rar", LIMITS, Reason.UNKNOWN_TYPE),
        (sevenzip(FILES)[:40], "a.7z", LIMITS, Reason.BROKEN),
        (tarred(TAR, "w:gz")[:60], "a.tgz", LIMITS, Reason.BROKEN),
    ],
    ids=map(str, range(13)),  # the bytes differ from run to run: an archive holds the time
)  # fmt: skip
def test_an_archive_that_is_not_unpacked_says_why(data: bytes, name: str, limits: Limits, reason: Reason) -> None:
    assert reason in reasons(data, name, limits)


def test_a_member_that_is_too_large_is_on_record() -> None:
    limits = replace(LIMITS, file_bytes=10)
    for data in (
        zipped({"a": b"x" * 11, "b": b"y"}),
        sevenzip({"a": b"x" * 11, "b": b"y"}),
        tarred([(member("a"), b"x" * 11), (member("b"), b"y")]),
    ):
        assert found(data, limits=limits) == [("包.zip!/a", Reason.TOO_LARGE), ("包.zip!/b", b"y")]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("../../etc/passwd", "etc/passwd"), ("/etc/passwd", "etc/passwd"), ("C:\\a\\..\\b.txt", "a/b.txt"),
        ("a//./b", "a/b"), ("..", "未命名"), ("a!/b", "a!_b"), ("甲\x00.txt", "甲.txt"),
    ],
)  # fmt: skip
def test_names_are_made_safe(stated: str, expected: str) -> None:
    assert member_name(stated, set()) == expected


@given(st.lists(st.text(alphabet="a./\\!:甲", max_size=8), max_size=12))
def test_names_stay_inside_and_differ(stated: list[str]) -> None:
    taken: set[str] = set()
    names = [member_name(name, taken) for name in stated]
    assert len(set(names)) == len(names)
    assert all(part not in {"", ".", ".."} for name in names for part in name.split("/"))
    assert all("!/" not in name for name in names)
