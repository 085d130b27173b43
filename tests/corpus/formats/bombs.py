"""Files made to harm whoever opens them: small here, large when opened. Each is made when it is asked for."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zlib
from collections.abc import Callable, Mapping

from corpus.readers.contract import Blob
from tests.corpus.formats.office_files import ofd, page, tarred, text_object, zipped

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ENTITIES = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
_LAUGHS = f'<!DOCTYPE d [<!ENTITY l0 "哈哈哈哈哈哈哈哈哈哈">{_ENTITIES}]>'
_OUTSIDE = '<!DOCTYPE d [<!ENTITY l9 SYSTEM "file:///etc/passwd"><!ENTITY n SYSTEM "http://192.0.2.1/x">]>'
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_BLANKS = 24 * 2**20


def bombs() -> list[Blob]:
    """One of each kind."""
    return [bomb(name) for name in NAMES]


def bomb(name: str) -> Blob:
    """The one of that name."""
    return Blob(name, _KINDS[name]())


def _docx(head: str, body: str = "<w:p><w:r><w:t>前&l9;后</w:t></w:r></w:p>") -> bytes:
    main = f'{head}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": _TYPES, "word/document.xml": main})


def _xlsx(head: str) -> bytes:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/></Relationships>'
    )
    book = (
        f'<workbook xmlns="{_S}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    sheet = (
        f'{head}<worksheet xmlns="{_S}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>'
        "</sheetData></worksheet>"
    )
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": relations.format("officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": relations.format("worksheet", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": sheet,
        }
    )


def _ofd(head: str) -> bytes:
    return ofd(head + page(text_object("&l9;", 20, 30)))


def _nested_zip(depth: int, width: int) -> bytes:
    packed = zipped({f"{number}.txt": "通报" for number in range(width)})
    for _ in range(depth):
        packed = zipped({f"{number}.zip": packed for number in range(width)})
    return packed


def _deep_zip(depth: int) -> bytes:
    packed = zipped({"甲.txt": "通报"})
    for _ in range(depth):
        packed = zipped({"乙.zip": packed})
    return packed


def _overlapping_zip(entries: int) -> bytes:
    """All entries of the directory point at one member's data: the bomb that needs no nesting."""
    name, data = b"a.txt", zlib.compress(bytes(2**20), 9)[2:-4]
    sizes = struct.pack("<LLL", zlib.crc32(bytes(2**20)), len(data), 2**20)
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 33) + sizes + struct.pack("<HH", len(name), 0) + name
    one = b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 33) + sizes
    one += struct.pack("<HHHHHLL", len(name), 0, 0, 0, 0, 0, 0) + name
    directory = one * entries
    begins = len(local) + len(data)
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, entries, entries, len(directory), begins, 0)
    return local + data + directory + end


def _outward_zip() -> bytes:
    return zipped(dict.fromkeys(("../../出去.txt", "/etc/出去.txt", "C:\\出去.txt", "..\\..\\出去.txt"), "通报"))


def _outward_tar() -> bytes:
    link = tarfile.TarInfo("链接.txt")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    hard = tarfile.TarInfo("硬链接.txt")
    hard.type, hard.linkname = tarfile.LNKTYPE, "../../etc/passwd"
    device = tarfile.TarInfo("设备")
    device.type = tarfile.CHRTYPE
    return tarred([(tarfile.TarInfo("../../出去.txt"), "通报".encode()), (link, b""), (hard, b""), (device, b"")])


def _pdf(*objects: str, compressed: bytes = b"") -> bytes:
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{content}\n".encode())
        if "/FlateDecode" in content:
            out.write(b"stream\n" + compressed + b"\nendstream\n")
        out.write(b"endobj\n")
    table = out.tell()
    out.write(f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode())
    out.writelines(f"{place:010} 00000 n \n".encode() for place in places)
    out.write(f"trailer\n<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n".encode())
    return out.getvalue()


def _looping_pdf() -> bytes:
    """The page tree is its own child, and the page's content a form that draws itself."""
    return _pdf(
        "<</Type/Catalog/Pages 2 0 R/Outlines 2 0 R>>",
        "<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]/Count 1000000/Parent 2 0 R>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 3 0 R/Resources<</XObject<</A 3 0 R>>>>>>",
    )


def _claiming_pdf() -> bytes:
    """A page tree that claims more pages than there are stars."""
    return _pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 2147483647>>")


def _swelling_pdf() -> bytes:
    content = zlib.compress(b"BT (a) Tj ET\n" * 300_000, 9)
    return _pdf(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R>>",
        f"<</Filter/FlateDecode/Length {len(content)}>>",
        compressed=content,
    )


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">L", len(content)) + kind + content + struct.pack(">L", zlib.crc32(kind + content))

    header = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(2**20), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _deep_html(depth: int) -> bytes:
    return ("<div>" * depth + "通报" + "</div>" * depth).encode()


def _deep_mail(depth: int) -> bytes:
    head = "From: a@example.org\r\nTo: b@example.org\r\nSubject: a\r\nMIME-Version: 1.0\r\n"
    opened = "".join(
        f"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n" for level in range(depth)
    )
    return (head + opened + "Content-Type: text/plain\r\n\r\ntext\r\n").encode()


_KINDS: Mapping[str, Callable[[], bytes]] = {
    "炸弹.zip": lambda: zipped({"空白.txt": bytes(_BLANKS)}),
    "炸弹.txt.gz": lambda: gzip.compress(bytes(_BLANKS), mtime=0),
    "一包套一包.zip": lambda: _deep_zip(30),
    "十六叉.zip": lambda: _nested_zip(3, 16),
    "重叠.zip": lambda: _overlapping_zip(2_000),
    "炸弹.tar.gz": lambda: tarred([(tarfile.TarInfo("空白"), bytes(_BLANKS))], "w:gz"),
    "向外.zip": _outward_zip,
    "向外.tar": _outward_tar,
    "实体.docx": lambda: _docx(_LAUGHS),
    "实体.xlsx": lambda: _xlsx(_LAUGHS),
    "实体.ofd": lambda: _ofd(_LAUGHS),
    "外部实体.docx": lambda: _docx(_OUTSIDE),
    "外部实体.xlsx": lambda: _xlsx(_OUTSIDE),
    "外部实体.ofd": lambda: _ofd(_OUTSIDE),
    "空白.docx": lambda: _docx(" " * _BLANKS),
    "深.docx": lambda: _docx("", "<w:tbl><w:tr><w:tc>" * 20_000),
    "循环.pdf": _looping_pdf,
    "自称.pdf": _claiming_pdf,
    "膨胀.pdf": _swelling_pdf,
    "巨幅.png": lambda: _png(100_000, 100_000),
    "深.html": lambda: _deep_html(100_000),
    "深.eml": lambda: _deep_mail(5_000),
    "深.rtf": lambda: b"{\\rtf1 " + b"{" * 200_000 + b"a" + b"}" * 200_000 + b"}",
    "长行.csv": lambda: b"a," * 200_000,
    "引号.csv": lambda: b'"' * 1_000_001,
    "时间.txt": lambda: b"00:00:01 " * 100_000,
    "时间.srt": lambda: b"00:00:01 --> " * 100_000,
    "空行.srt": lambda: b"00:00:01,000 --> 00:00:02,000\n" + b"\n \n" * 200_000,
    "标签.html": lambda: b"<a " * 300_000,
    "注释.html": lambda: b"<!--" * 300_000,
}

NAMES = tuple(_KINDS)
