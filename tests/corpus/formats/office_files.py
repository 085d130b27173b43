"""Small files for the tests, written by hand: every name in them is invented."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Mapping, Sequence

NAMESPACE = "http://www.ofdspec.org/2016"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def text_object(text: str, x: float, y: float, *, size: float = 5, more: str = "", steps: str | None = None) -> str:
    """A TextObject whose baseline begins at (x, y) millimetres. `more` are attributes of the object."""
    delta = f'DeltaX="g {max(len(text) - 1, 0)} {size}"' if steps is None else steps
    boundary = f"{x} {y - size} {len(text) * size} {size + 1}"
    code = f'<ofd:TextCode X="0" Y="{size}" {delta}>{text}</ofd:TextCode>'
    return f'<ofd:TextObject ID="9" Boundary="{boundary}" Font="3" Size="{size}" {more}>{code}</ofd:TextObject>'


def page(*objects: str, template: str = "", namespace: str = NAMESPACE) -> str:
    """A page's content, with a reference to a template by its id."""
    used = f'<ofd:Template TemplateID="{template}" ZOrder="Background"/>' if template else ""
    return (
        f'<ofd:Page xmlns:ofd="{namespace}"><ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>{used}'
        f'<ofd:Content><ofd:Layer ID="2">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def ofd_parts(
    *pages: str, folder: str = "Doc_0", more: str = "", common: str = "", namespace: str = NAMESPACE
) -> dict[str, str | bytes]:
    """The parts of one document: Document.xml and its pages. `common` and `more` go into Document.xml."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    document = (
        f'<ofd:Document xmlns:ofd="{namespace}"><ofd:CommonData>{common}</ofd:CommonData>'
        f"<ofd:Pages>{listed}</ofd:Pages>{more}</ofd:Document>"
    )
    parts: dict[str, str | bytes] = {f"{folder}/Document.xml": document}
    parts |= {f"{folder}/Pages/Page_{n}/Content.xml": content for n, content in enumerate(pages)}
    return parts


def ofd_root(*folders: str, info: str = "", namespace: str = NAMESPACE) -> str:
    """An OFD.xml that lists the documents in these folders."""
    bodies = "".join(
        f"<ofd:DocBody><ofd:DocInfo>{info}</ofd:DocInfo><ofd:DocRoot>{folder}/Document.xml</ofd:DocRoot></ofd:DocBody>"
        for folder in folders
    )
    return f'<ofd:OFD xmlns:ofd="{namespace}" Version="1.0" DocType="OFD">{bodies}</ofd:OFD>'


def ofd(*pages: str, info: str = "", more: str = "", common: str = "", **parts: str | bytes) -> bytes:
    """An OFD file of one document."""
    return zipped({"OFD.xml": ofd_root("Doc_0", info=info), **ofd_parts(*pages, more=more, common=common), **parts})


def tarred(members: Sequence[tuple[tarfile.TarInfo, bytes]], mode: str = "w") -> bytes:
    """A tar archive, packed as `mode` says ("w:gz")."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:  # type: ignore[call-overload]
        for info, content in members:
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()
