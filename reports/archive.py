"""An office file is a zip archive: packed anew with one time for all its parts, equal content gives equal bytes."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_BEGINNING = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip archive can tell


def settled(data: bytes) -> bytes:
    """The archive with the same parts in the same order, and nothing that tells when it was packed."""
    packed = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for part in source.infolist():
            target.writestr(ZipInfo(part.filename, _BEGINNING), source.read(part), ZIP_DEFLATED)
    return packed.getvalue()
