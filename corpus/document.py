"""The central values of the corpus: a document, its pages, and what could not be read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b


class Reason(StrEnum):
    """Why a file, a member of an archive, or a page is not (wholly) in the library."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN_TYPE = "unknown_type"
    ENCRYPTED = "encrypted"
    NO_TEXT = "no_text"
    OCR_PENDING = "ocr_pending"
    ENCODING = "encoding"
    BROKEN = "broken"
    UNREADABLE = "unreadable"
    UNSAFE = "unsafe"
    PROGRAM_MISSING = "program_missing"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"
    UNMINED = "unmined"

    @property
    def label(self) -> str:
        """The reason in the user's words."""
        return _ADVICE[self][0]

    @property
    def remedy(self) -> str:
        """What the user can do about it."""
        return _ADVICE[self][1]


_ADVICE: Mapping[Reason, tuple[str, str]] = {
    Reason.EMPTY: ("文件是空的", "确认原件是否完整，重新复制后再索引"),
    Reason.TOO_LARGE: ("文件超过大小上限", "拆分文件，或在设置中提高上限"),
    Reason.UNMINED: ("没有提取出人员和案件", "不影响按词语查找；下次更新时会再试"),
    Reason.UNKNOWN_TYPE: ("不认识的文件格式", "另存为 PDF、Word、网页或纯文本"),
    Reason.ENCRYPTED: ("文件有密码", "去除密码后重新放入"),
    Reason.NO_TEXT: ("没有可用的文字", "扫描件需要文字识别，或换成有文字的版本"),
    Reason.OCR_PENDING: ("等待文字识别", "运行：anjian reindex --ocr now"),
    Reason.ENCODING: ("无法确定文字编码", "另存为 UTF-8 编码"),
    Reason.BROKEN: ("文件已损坏", "换一份完好的文件"),
    Reason.UNREADABLE: ("没有读取权限或读取出错", "检查文件权限和磁盘"),
    Reason.UNSAFE: ("文件内容不安全，未展开", "核实文件来源"),
    Reason.PROGRAM_MISSING: ("缺少读取所需的程序", "安装所缺的程序，或另存为 docx、PDF"),
    Reason.TIMED_OUT: ("读取超时", "拆分文件，或在设置中延长时限"),
    Reason.OUT_OF_MEMORY: ("读取所需内存超过上限", "拆分文件，或在设置中提高内存上限"),
    Reason.CRASHED: ("读取程序意外退出", "换一份文件；如反复出现请报告"),
}


@dataclass(frozen=True, slots=True)
class Skip:
    """A file, member or page that was not read.

    `source` is the path relative to the indexed folder; `page` counts from 1 and is None for a whole file.
    `detail` adds what the program knows, in Chinese, without a trailing full stop.
    """

    source: str
    reason: Reason
    detail: str = ""
    page: int | None = None

    def __str__(self) -> str:
        """One sentence: which file, what is wrong, what to do."""
        where = self.source if self.page is None else f"{self.source} 第 {self.page} 页"
        detail = f"（{self.detail}）" if self.detail else ""
        return f"{where}：{self.reason.label}{detail}。{self.reason.remedy}。"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the canonical text: it begins at `start` and ends where the next begins.

    `time` is set for cues of a transcript ("00:12:31"). `source` tells where the characters come from: the file's
    own "text", or "ocr". `quality` is the share of the page that reads as proper text, 0 to 1.
    """

    start: int
    time: str | None = None
    source: str = "text"
    quality: float = 1.0


@dataclass(frozen=True, slots=True)
class MetaValue:
    """A metadata value and its origin: "markup", "text", "file", "sidecar" or "rule"."""

    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the library. Every offset anywhere points into `text`.

    `source` is the path relative to the indexed folder, with `!/` before the path inside an archive;
    `content_hash` is the hex SHA-256 of the file's (or member's) bytes; `pages` is never empty and begins at 0;
    `meta` maps names of `corpus.metadata.FIELDS` to values; `reader` is "name/version".
    """

    id: str
    source: str
    content_hash: str
    title: str
    text: str
    pages: tuple[Page, ...]
    meta: Mapping[str, MetaValue] = field(default_factory=dict)
    reader: str = ""

    def page_number(self, offset: int) -> int:
        """The number, from 1, of the page that holds `offset`."""
        return max(bisect_right(self.pages, offset, key=lambda page: page.start), 1)

    def page_span(self, number: int) -> tuple[int, int]:
        """The (start, end) offsets of page `number`, counted from 1."""
        end = self.pages[number].start if number < len(self.pages) else len(self.text)
        return self.pages[number - 1].start, end


def document_id(folder: str, source: str) -> str:
    """The id of the document that `source` is in the indexed folder named `folder`: 16 hexadecimal digits.

    It depends on nothing else, so a library rebuilt from zero gives every document the id it had.
    """
    return blake2b(f"{folder}\0{source}".encode(), digest_size=8).hexdigest()
