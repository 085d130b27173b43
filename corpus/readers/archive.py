"""Archives: zip, tar (gz, bz2, xz), 7z, and single files packed with gz, bz2 or xz. Each member is a blob.

Nothing is written to disk. Folders are no members; links and devices are skipped with a record. The resource forks
that macOS adds (AppleDouble files below __MACOSX/) are no files of anybody's, and left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from corpus.document import Reason, Skip
from corpus.readers import archive_7z, archive_tar, archive_zip
from corpus.readers.archive_member import Member
from corpus.readers.contract import Blob, Limits, Reader, Unreadable
from corpus.readers.names import member_name
from corpus.readers.sniff import extension, is_zip, zip_names

_PACKAGES = frozenset({"[content_types].xml", "ofd.xml", "mimetype"})  # zips that are one document
_PACKAGE_ENDINGS = frozenset(  # whose readers tell that they are broken
    {"ofd", "potx", "ppsx", "pptm", "pptx", "xlsm", "xlsx", "xltm", "xltx"}
)
_RAR = b"Rar!\x1a\x07"
_APPLE_DOUBLE = b"\x00\x05\x16\x07"


def identify(blob: Blob) -> bool:
    """Whether the bytes are an archive, and not a document in the form of a zip; broken zips go by their name."""
    if is_zip(blob.data):
        names = zip_names(blob.data)
        if names:
            return not any(name.lower() in _PACKAGES for name in names)
        return extension(blob.name) not in _PACKAGE_ENDINGS
    return _members(blob.data) is not None or blob.data.startswith(_RAR)


def read(blob: Blob, limits: Limits) -> Iterator[Blob | Skip]:
    """Yield each member as `outer.zip!/path/inside`. Raises Unreadable: ENCRYPTED, BROKEN, UNSAFE, EMPTY."""
    if blob.data.startswith(_RAR):
        raise Unreadable(Reason.UNKNOWN_TYPE, "RAR 压缩包，请解压或改存为 zip")
    if blob.name.count("!/") >= limits.depth:
        raise Unreadable(Reason.UNSAFE, f"压缩包嵌套超过 {limits.depth} 层")
    members = _members(blob.data)
    if members is None:
        raise Unreadable(Reason.BROKEN)
    expanded = 0
    number = 0
    taken: set[str] = set()
    for number, member in enumerate(members(blob, limits), start=1):
        if number > limits.members:
            raise Unreadable(Reason.UNSAFE, f"成员多于 {limits.members:,} 个，其余未展开")
        name = f"{blob.name}!/{member_name(member.name, taken)}"
        try:
            data = member.read()
        except Unreadable as error:
            yield Skip(name, error.reason, error.detail)
            continue
        expanded += len(data)
        if expanded > limits.expanded_bytes or _is_bomb(expanded, len(blob.data), limits):
            raise Unreadable(Reason.UNSAFE, "展开后过大，其余未展开")
        if not (data.startswith(_APPLE_DOUBLE) and "__MACOSX/" in member.name):
            yield Blob(name, data)
    if not number:
        raise Unreadable(Reason.EMPTY, "压缩包里没有文件")


def _members(data: bytes) -> Callable[[Blob, Limits], Iterator[Member]] | None:
    if is_zip(data):
        return archive_zip.members
    if data.startswith(archive_7z.MAGIC):
        return archive_7z.members
    return archive_tar.members if archive_tar.is_packed(data) or archive_tar.is_tar(data) else None


def _is_bomb(expanded: int, packed: int, limits: Limits) -> bool:
    """Whether an archive expands beyond all proportion; a few megabytes of blanks are none."""
    return expanded > limits.expanded_bytes // 16 and expanded > packed * limits.ratio


READER = Reader("archive", 1, identify, read)
