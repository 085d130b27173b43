"""The sample library is what its generator makes, holds the traps it promises, and answers its example searches."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.table import Table

from indexer.fold import fold
from samples.generate import LIBRARY, generate
from samples.piece import Copy, Piece, load
from samples.writers import WRITERS
from samples.writers.line_break import break_lines
from search.parse import parse


@dataclass(frozen=True, slots=True)
class Search:
    """One example of `samples/searches.toml`."""

    query: str
    group: str
    shows: str
    sources: tuple[str, ...]


def searches() -> list[Search]:
    table = tomllib.loads(LIBRARY.with_name("searches.toml").read_text(encoding="utf-8"))
    return [Search(**{**row, "sources": tuple(row["sources"])}) for row in table["search"]]


SEARCHES = searches()
COPIES: Mapping[str, tuple[Piece, Copy]] = {copy.path: (piece, copy) for piece, copy in load()}
GROUPS = {"exact", "rank", "fields", "names", "extraction"}
DAMAGED = {path for path, (_, copy) in COPIES.items() if copy.password or copy.keep_bytes is not None}

CIRCULAR = "通报曝光/墨纪发〔2022〕17号 工程建设领域通报.pdf"
WRAPPED = "通报曝光/望汀区通报五起群众身边不正之风和腐败问题.txt"
EXPELLED = "审查调查/梁伯川/梁伯川被开除党籍和公职.html"


def pages(data: bytes, password: str | None = None) -> list[str]:
    document = pypdfium2.PdfDocument(data, password=password)
    try:
        return [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    finally:
        document.close()


def word_text(data: bytes) -> list[str]:
    return [
        cell.text
        for block in Document(BytesIO(data)).iter_inner_content()
        for cell in ([cell for row in block.rows for cell in row.cells] if isinstance(block, Table) else [block])
    ]


#: What must be equal when a file is generated again: the bytes of text and HTML, the text of PDF and docx, whose
#: bytes depend on the version of the library that writes them.
SAME: Mapping[str, Callable[[bytes], object]] = {"txt": bytes, "html": bytes, "pdf": pages, "docx": word_text}


def searchable(piece: Piece) -> str:
    """What a reader finds in every format: the folded text without layout and without the numbering of cues."""
    body = re.sub(r"\n+\d+\n[\d:,]+ --> [\d:,]+\n", "", piece.body)
    lines = (piece.red_header, piece.number, piece.title, piece.addressee, body, *piece.signature)
    return fold("\n".join(lines))


def test_committed_files_are_what_the_generator_makes(tmp_path: Path) -> None:
    written = {path.as_posix() for path in generate(tmp_path)}
    committed = {path.relative_to(LIBRARY).as_posix() for path in LIBRARY.rglob("*") if path.is_file()}
    assert committed == written
    for path in written - DAMAGED:
        same = SAME[COPIES[path][1].format]
        assert same((LIBRARY / path).read_bytes()) == same((tmp_path / path).read_bytes()), path


def test_no_two_pieces_write_one_path_and_the_library_stays_small() -> None:
    assert len(load()) == len(COPIES)
    assert sum(path.stat().st_size for path in LIBRARY.parent.rglob("*") if path.is_file()) < 3 * 2**20


@pytest.mark.parametrize("path", sorted(COPIES.keys() - DAMAGED))
def test_files_hold_every_paragraph(path: str) -> None:
    piece, copy = COPIES[path]
    text = re.sub(r"\s", "", written_text((LIBRARY / path).read_bytes(), piece, copy))
    for line in filter(None, piece.body.splitlines()):
        for part in line.strip("| ").split(" | ") if line.startswith("| ") else [line.removeprefix("## ")]:
            assert re.sub(r"\s", "", part) in text


def written_text(data: bytes, piece: Piece, copy: Copy) -> str:
    match copy.format:
        case "pdf":
            between_pages = rf"— \d+ —\s*{re.escape(piece.running_header)}"
            return re.sub(between_pages, "", "".join(pages(data)))
        case "docx":
            return "".join(word_text(data))
        case _:
            return data.decode("utf-16" if copy.encoding.startswith("utf-16") else copy.encoding)


@pytest.mark.parametrize("search", SEARCHES, ids=lambda search: search.query)
def test_searches_are_understood_and_name_documents_of_the_library(search: Search) -> None:
    assert search.group in GROUPS
    assert search.shows
    assert search.sources
    assert len(set(search.sources)) == len(search.sources)
    assert set(search.sources) <= COPIES.keys() - DAMAGED
    assert parse(search.query).problems == ()


def test_queries_are_distinct_and_every_group_is_shown() -> None:
    assert len({search.query for search in SEARCHES}) == len(SEARCHES) >= 25
    assert {search.group for search in SEARCHES} == GROUPS


@pytest.mark.parametrize(
    "search", [search for search in SEARCHES if search.group == "exact"], ids=lambda search: search.query
)
def test_exact_searches_name_what_grep_finds(search: Search) -> None:
    found = {
        path for path, (piece, _) in COPIES.items() if path not in DAMAGED and grep(search.query, searchable(piece))
    }
    assert found == set(search.sources)


def grep(query: str, text: str) -> bool:
    """Quoted strings, `-` before one and OR between them: as much of the query language as the exact searches use."""
    return any(
        all((fold(phrase) in text) != bool(minus) for minus, phrase in re.findall(r"(-?)[\"“](.+?)[\"”]", alternative))
        for alternative in query.split(" OR ")
    )


@pytest.mark.parametrize(
    ("path", "encoding"),
    [
        ("通报曝光/澄纪办〔2020〕31号 酒驾醉驾通报.txt", "gb18030"),
        ("通报曝光/繁体版/節日期間收送禮品禮金問題通報.txt", "big5"),
        ("通报曝光/石舂县教育系统四起典型案例.txt", "utf-16"),
        ("通报曝光/墨阳市通报六起违反中央八项规定精神典型问题.html", "gb18030"),
    ],
)
def test_old_encodings_cannot_be_taken_for_utf_8(path: str, encoding: str) -> None:
    data = (LIBRARY / path).read_bytes()
    assert COPIES[path][0].title in data.decode(encoding)
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")


@pytest.mark.parametrize(
    ("path", "magic"),
    [
        ("工作动态/青砚县三个盯住护航高标准农田建设.txt", b"PK"),
        ("审查调查/基层/禾坞村原党支部书记贺承骏被开除党籍.doc", b"<!DOCTYPE html"),
    ],
)
def test_wrong_extensions(path: str, magic: bytes) -> None:
    assert (LIBRARY / path).read_bytes().startswith(magic)


def test_damaged_files_are_damaged() -> None:
    assert (LIBRARY / "待整理/会议记录.txt").read_bytes() == b""
    broken = (LIBRARY / "待整理/2023年第三季度报告（传输中断）.pdf").read_bytes()
    locked = (LIBRARY / "待整理/初步核实情况报告（加密）.pdf").read_bytes()
    with pytest.raises(pypdfium2.PdfiumError, match="format"):
        pages(broken)
    with pytest.raises(pypdfium2.PdfiumError, match="password"):
        pages(locked)
    piece, copy = COPIES["待整理/初步核实情况报告（加密）.pdf"]
    assert pages(locked, copy.password) == pages(WRITERS["pdf"](piece, replace(copy, password="")))


def test_phrases_cross_lines_and_pages() -> None:
    first, second, _ = pages((LIBRARY / CIRCULAR).read_bytes())
    assert "干预招标投\r\n标" in first
    assert first.endswith("企业设置加")
    assert second.startswith("— 2 —\r\n分条件")
    assert "傅\n天佑" in (LIBRARY / WRAPPED).read_text(encoding="utf-8")
    cues = COPIES["警示教育/专题片/《粮仓里的算盘》字幕.txt"][0].body
    assert "以陈顶新" not in cues
    assert "以陈\n\n7\n" in cues


def test_one_file_is_there_twice_and_one_notice_in_two_frames() -> None:
    assert (LIBRARY / EXPELLED).read_bytes() == (LIBRARY / "审查调查/存档/2022年9月-副本.html").read_bytes()
    notice, _ = COPIES["审查调查/梁伯川/梁伯川接受纪律审查和监察调查.html"]
    reprint, _ = COPIES["审查调查/梁伯川/转载/墨阳市政协一委员会主任被查.html"]
    assert notice.body in reprint.body
    assert notice.title != reprint.title


def test_two_people_bear_one_name_and_one_document_no_title() -> None:
    births = {
        match[0]
        for piece, _ in COPIES.values()
        for match in re.findall(r"周维岱，男，(?:汉族，)?((?:19)\d\d年\d+月)生，(\S{4})人", piece.body)
    }
    assert births == {"1965年8月", "1981年11月"}
    assert [path for path, (piece, _) in COPIES.items() if not piece.title and "字幕" not in path] == [
        "审查调查/基层/20210129.txt",
        "待整理/会议记录.txt",
    ]
    assert max(len(piece.title) for piece, _ in COPIES.values()) > 120


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("甲乙丙丁戊", 2, ["甲乙", "丙丁", "戊"]),
        ("甲乙，丙", 2, ["甲", "乙，", "丙"]),  # no comma at the beginning of a line
        ("甲《乙》", 2, ["甲", "《乙", "》"]),  # nothing better fits
        ("甲乙《丙》", 3, ["甲乙", "《丙》"]),  # no opening bracket at the end of one
        ("甲2023年", 3, ["甲", "202", "3年"]),  # a number is broken only where it is longer than a line
        ("", 3, [""]),
    ],
)
def test_line_breaks(text: str, width: int, lines: list[str]) -> None:
    assert break_lines(text, lambda _: 1.0, width, width) == lines
