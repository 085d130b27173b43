"""Zip packages of XML parts (OFD, docx, xlsx, pptx), opened within bounds.

A part is found whatever the case of its path and whichever slash it is written with. Nothing is written to disk, no
entity is expanded, and no part can expand beyond PART_BYTES, or beyond RATIO where that makes more than SMALL_BYTES.
"""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from corpus.document import Reason
from corpus.readers.contract import Unreadable

PART_BYTES, SMALL_BYTES = 256 * 2**20, 16 * 2**20
RATIO = 200  # expanded to packed: real parts stay below 50
PARTS = 50_000
_DOCTYPE, _PROLOG = b"<!DOCTYPE", 4096

#: What zipfile raises at damaged or unusual members.
ZIP_ERRORS = (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)

Element = etree._Element  # noqa: SLF001 - lxml gives its element type no public name


@dataclass(frozen=True, slots=True)
class Package:
    """An opened package. `parts` maps folded paths to the members of the zip."""

    archive: ZipFile
    parts: Mapping[str, ZipInfo]

    def __contains__(self, path: str) -> bool:
        return fold(path) in self.parts

    def names(self, prefix: str = "") -> list[str]:
        """The paths, as stored, that begin with `prefix` in any case."""
        start = fold(prefix)
        return [info.filename for key, info in self.parts.items() if key.startswith(start)]

    def read(self, path: str) -> bytes:
        """Return the bytes of a part. Raises Unreadable: BROKEN, ENCRYPTED, TOO_LARGE or UNSAFE."""
        info = self.parts.get(fold(path))
        if info is None:
            raise Unreadable(Reason.BROKEN, f"缺少部件 {path}")
        if info.flag_bits & 1:
            raise Unreadable(Reason.ENCRYPTED)
        if info.file_size > PART_BYTES:
            raise Unreadable(Reason.TOO_LARGE, f"部件 {path} 展开后有 {info.file_size:,} 字节")
        if info.file_size > SMALL_BYTES and info.file_size > info.compress_size * RATIO:
            raise Unreadable(Reason.UNSAFE, f"部件 {path} 展开后是压缩时的 {RATIO} 倍以上")
        try:
            return self.archive.read(info)
        except ZIP_ERRORS as error:
            raise Unreadable(Reason.BROKEN, f"部件 {path} 无法解压") from error

    def xml(self, path: str) -> Element:
        """Return the root of an XML part. Raises Unreadable like `read`, and UNSAFE for a part with a DTD."""
        return parse_xml(self.read(path), path)

    def relations(self, path: str) -> dict[str, tuple[str, str]]:
        """The relationships of an Office part: id -> (last word of the type, path of the target)."""
        folder, name = posixpath.split(path)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self:
            return {}
        return {
            node.get("Id", ""): (node.get("Type", "").rsplit("/", 1)[-1], resolve(path, node.get("Target", "")))
            for node in self.xml(rels)
            if node.get("TargetMode") != "External"
        }


def open_package(data: bytes) -> Package:
    """Open the bytes of a zip package. Raises Unreadable(BROKEN) where they are none, UNSAFE with too many parts."""
    try:
        archive = ZipFile(BytesIO(data))
    except ZIP_ERRORS as error:
        raise Unreadable(Reason.BROKEN, "压缩结构不完整") from error
    if len(archive.filelist) > PARTS:
        raise Unreadable(Reason.UNSAFE, f"部件多于 {PARTS:,} 个")
    return Package(archive, {fold(info.filename): info for info in archive.filelist if not info.is_dir()})


def parse_xml(data: bytes, path: str) -> Element:
    """Parse XML without DTD, entities, network or unbounded depth. Raises Unreadable: BROKEN or UNSAFE."""
    if _DOCTYPE in data[:_PROLOG]:
        raise Unreadable(Reason.UNSAFE, f"部件 {path} 带有 DTD")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(Reason.BROKEN, f"部件 {path} 不是完整的 XML") from error
    if root.getroottree().docinfo.internalDTD is not None:  # in an encoding or a place not looked at above
        raise Unreadable(Reason.UNSAFE, f"部件 {path} 带有 DTD")
    return root


def resolve(base: str, target: str) -> str:
    """The path of `target` as written in the part `base`: relative to its folder, or from the root with a slash."""
    target = target.replace("\\", "/")
    joined = target if target.startswith("/") else posixpath.join(posixpath.dirname(base), target)
    return posixpath.normpath("/" + joined).lstrip("/")


def fold(path: str) -> str:
    """The form in which paths are compared: no case, forward slashes, no slash or dot in front."""
    return path.replace("\\", "/").removeprefix("./").strip("/").casefold()


def local(node: Element) -> str:
    """The tag of an element without its namespace: writers disagree about namespaces, never about names."""
    return str(node.tag).rpartition("}")[2]


def children(node: Element | None, name: str) -> Iterator[Element]:
    """The children of that local name; none where there is no node."""
    if node is not None:
        yield from (child for child in node if local(child) == name)


def child(node: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of local names, or None."""
    for name in path:
        node = next(children(node, name), None)
    return node


def attribute(node: Element, name: str) -> str:
    """The attribute of that local name in whatever namespace, "" where it is missing."""
    return next((str(node.get(key)) for key in node.keys() if str(key).rpartition("}")[2] == name), "")  # noqa: SIM118
