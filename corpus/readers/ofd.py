"""OFD (GB/T 33190), the national standard for official documents: a zip of XML parts with placed text.

A template's text is read with the first page that uses it, as a person sees it there, and not again. Annotations,
seals and slanted text (watermarks) are no part of the text. Text in other than the ofd.xsd namespace is read alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from corpus.document import MetaValue, Reason, Skip
from corpus.readers import ofd_text
from corpus.readers.columns import blocks
from corpus.readers.contract import Blob, Limits, Picture, Reader, Reading, Unreadable
from corpus.readers.ofd_picture import painted
from corpus.readers.package import Element, Package, attribute, child, children, local, open_package, resolve
from corpus.readers.paper import Paper, leaves
from corpus.readers.sniff import extension, is_zip, zip_names
from corpus.title import printed

_ROOT = "OFD.xml"
_A4 = (210.0, 297.0)
_CREATED = re.compile(r"(?:D:)?(\d{4})-?(\d\d)-?(\d\d)")
_ENCRYPTIONS = "Encryptions.xml"  # GM/T 0099: what is encrypted, and how


def identify(blob: Blob) -> bool:
    """Whether the bytes are a zip with an OFD.xml, or a broken zip that is named so."""
    names = zip_names(blob.data)
    if names:
        return any(name.replace("\\", "/").strip("/").casefold() == _ROOT.casefold() for name in names)
    return is_zip(blob.data) and extension(blob.name) == "ofd"


def read(blob: Blob, limits: Limits) -> Iterator[Reading | Blob | Skip]:
    """Yield a reading for each document in the file, and a blob for each attachment of it.

    Raises Unreadable: ENCRYPTED where the text is, BROKEN where the structure is not whole.
    """
    package = open_package(blob.data)
    bodies = list(children(package.xml(_ROOT), "DocBody"))
    if not bodies:
        raise Unreadable(Reason.BROKEN, "OFD.xml 中没有文档")
    for body in bodies:
        root = resolve(_ROOT, _content(child(body, "DocRoot")))
        name = blob.name if len(bodies) == 1 else f"{blob.name}!/{root.rpartition('/')[0] or root}"
        try:
            document = package.xml(root)
        except Unreadable as error:
            yield Skip(name, _blame(package, error), error.detail)
            continue
        yield _reading(_Source(name, package, root, document), body, limits, alone=len(bodies) == 1)
        yield from _attachments(name, package, root, document)


@dataclass(frozen=True, slots=True)
class _Source:
    """One document of a package: its name in the library, and the path and root of its Document.xml."""

    name: str
    package: Package
    path: str
    document: Element
    printed: set[str] = field(default_factory=set)  # templates whose text was read

    def locate(self, base: str, location: str) -> str:
        """The path of a part: as the standard says, else from the document's folder, else from the package's root."""
        for candidate in (resolve(base, location), resolve(self.path, location), resolve("", location)):
            if candidate in self.package:
                return candidate
        return resolve(base, location)


def _reading(source: _Source, body: Element, limits: Limits, *, alone: bool) -> Reading:
    """One document. Pages that are only images are left to recognition where the file holds it `alone`."""
    templates = {
        attribute(node, "ID"): attribute(node, "BaseLoc")
        for node in children(child(source.document, "CommonData"), "TemplatePage")
    }
    unit = _units(source)
    papers: list[Paper] = []
    imaged: set[int] = set()
    failures: list[Skip] = []
    for number, page in enumerate(children(child(source.document, "Pages"), "Page"), start=1):
        if number > limits.pages:
            failures.append(Skip(source.name, Reason.TOO_LARGE, f"只读取了前 {limits.pages} 页", page=number))
            break
        try:
            paper, images = _page(source, attribute(page, "BaseLoc"), templates, unit)
            papers.append(paper)
            imaged |= {number} if images else set()
        except Unreadable as error:
            papers.append(Paper([], *_A4, pictured=False))
            failures.append(Skip(source.name, _blame(source.package, error), error.detail, page=number))
    if len(failures) == len(papers) and all(skip.reason is Reason.ENCRYPTED for skip in failures) and failures:
        raise Unreadable(Reason.ENCRYPTED)
    found, skips = leaves(source.name, papers)
    if alone:
        scanned = {number for number, leaf in enumerate(found, 1) if not leaf.text and number in imaged}
        found = [replace(leaf, pictured=True) if number in scanned else leaf for number, leaf in enumerate(found, 1)]
        skips = [skip for skip in skips if skip.page not in scanned]
    title, meta = _properties(child(body, "DocInfo"))
    beginning = "\n".join(leaf.text for leaf in found[:2])
    return Reading(source.name, tuple(found), printed(title, beginning), meta, tuple(failures + skips))


def _page(
    source: _Source, location: str, templates: dict[str, str], unit: Callable[[str], Element | None]
) -> tuple[Paper, bool]:
    """The page, and whether it has images of its own."""
    page = source.package.xml(source.locate(source.path, location))
    found = [ofd_text.collect(content, unit) for content in children(page, "Content")]
    for node in children(page, "Template"):
        template = templates.get(attribute(node, "TemplateID"), "")
        if template and template not in source.printed:
            source.printed.add(template)
            background = child(source.package.xml(source.locate(source.path, template)), "Content")
            if background is not None:
                found.append(ofd_text.collect(background, unit))
    shown = [stretch for part in found for stretch in part.shown]
    hidden = [stretch for part in found for stretch in part.hidden]  # the text layer under a scan may be invisible
    direction = ofd_text.main_direction(shown or hidden)
    width, height = _size(source, page)
    runs = ofd_text.runs(shown or hidden, direction, width, height)
    seen = (height, width) if direction % 2 else (width, height)
    own = any(part.images for part in found[: len(list(children(page, "Content")))])
    return Paper(blocks(runs), *seen, pictured=any(part.drawn for part in found)), own


def _size(source: _Source, page: Element) -> tuple[float, float]:
    """Width and height of the paper in millimetres; A4 where it is not said."""
    for area in (child(page, "Area"), child(source.document, "CommonData", "PageArea")):
        box = ofd_text.numbers(_content(child(area, "PhysicalBox")))
        if len(box) == 4 and box[2] > 0 and box[3] > 0:
            return box[2], box[3]
    return _A4


def _units(source: _Source) -> Callable[[str], Element | None]:
    """A function from the id of a CompositeGraphicUnit of the document's resources to its content."""
    known: dict[str, Element] = {}
    common = child(source.document, "CommonData")
    for kind in ("PublicRes", "DocumentRes"):
        for node in children(common, kind):
            try:
                resources = source.package.xml(source.locate(source.path, _content(node)))
            except Unreadable:
                continue  # text needs no resources, except drawings that contain it
            for group in children(resources, "CompositeGraphicUnits"):
                for unit in children(group, "CompositeGraphicUnit"):
                    content = child(unit, "Content")
                    known[attribute(unit, "ID")] = unit if content is None else content
    return known.get


def _attachments(name: str, package: Package, root: str, document: Element) -> Iterator[Blob | Skip]:
    listed = child(document, "Attachments")
    if listed is None:
        return
    source = _Source(name, package, root, document)
    try:
        path = source.locate(root, _content(listed))
        entries = package.xml(path)
    except Unreadable as error:
        yield Skip(name, _blame(package, error), f"附件清单：{error.detail}")
        return
    for entry in children(entries, "Attachment"):
        if attribute(entry, "Visible") == "false":
            continue  # data for programs, not for readers
        location = source.locate(path, _content(child(entry, "FileLoc")))
        label = f"{name}!/{location}"
        try:
            yield Blob(label, package.read(location))
        except Unreadable as error:
            yield Skip(label, _blame(package, error), error.detail)


def _properties(info: Element | None) -> tuple[str | None, dict[str, MetaValue]]:
    """The title and the metadata that a DocInfo states."""
    if info is None:
        return None, {}
    stated = {local(node): _content(node) for node in info}
    created = _CREATED.match(stated.get("CreationDate", ""))
    values = {"author": stated.get("Author", ""), "created": "-".join(created.groups()) if created else ""}
    return stated.get("Title"), {name: MetaValue(value, "file") for name, value in values.items() if value}


def picture(blob: Blob, number: int) -> Picture:
    """Page `number` of the one document in the file, with its images where they lie on the paper. Raises Unreadable."""
    package = open_package(blob.data)
    body = child(package.xml(_ROOT), "DocBody")
    root = resolve(_ROOT, _content(child(body, "DocRoot")))
    source = _Source(blob.name, package, root, package.xml(root))
    listed = list(children(child(source.document, "Pages"), "Page"))
    path = source.locate(root, attribute(listed[number - 1], "BaseLoc"))
    page = package.xml(path)
    found = [ofd_text.collect(content, _units(source)) for content in children(page, "Content")]
    placed = [
        (numbers, package.read(media))
        for part in found
        for node in part.images
        if len(numbers := ofd_text.numbers(attribute(node, "Boundary"))) == 4
        and (media := _media(source, page, path).get(attribute(node, "ResourceID")))
    ]
    return painted(_size(source, page), placed)


def _media(source: _Source, page: Element, path: str) -> dict[str, str]:
    """The paths of the media files of a document and of a page, by the id of the resource."""
    common = child(source.document, "CommonData")
    listed = [(source.path, node) for kind in ("PublicRes", "DocumentRes") for node in children(common, kind)]
    known: dict[str, str] = {}
    for base, node in [*listed, *((path, node) for node in children(page, "PageRes"))]:
        try:
            where = source.locate(base, _content(node))
            resources = source.package.xml(where)
        except Unreadable:
            continue  # the images it names cannot be shown; others can
        for group in children(resources, "MultiMedias"):
            for media in children(group, "MultiMedia"):
                file = _content(child(media, "MediaFile"))
                inside = source.locate(where, f"{attribute(resources, 'BaseLoc').rstrip('/')}/{file}".lstrip("/"))
                known[attribute(media, "ID")] = inside if inside in source.package else source.locate(where, file)
    return known


def _content(node: Element | None) -> str:
    return (node.text or "").strip() if node is not None else ""


def _blame(package: Package, error: Unreadable) -> Reason:
    """The reason for a part that cannot be read: in an encrypted package, that it is encrypted."""
    return Reason.ENCRYPTED if _ENCRYPTIONS in package else error.reason


READER = Reader("ofd", 2, identify, read, picture)
