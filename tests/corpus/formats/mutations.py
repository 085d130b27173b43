"""Good files of every format, and ways to break them that are the same on every run."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from random import Random

from corpus.readers.contract import Blob
from tests.corpus.formats.office_files import ofd, page, text_object, zipped

HERE = Path(__file__).parent
_OFD = ofd(page(text_object("通报", 20, 30), text_object("正文一行", 20, 50)), page(text_object("次页", 20, 30)))
_MAIL = (
    "From: a@example.org\r\nTo: b@example.org\r\nSubject: =?gb2312?B?zaixqA==?=\r\nMIME-Version: 1.0\r\n"
    "Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: text/plain; charset=gb2312\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\nzaixqA==\r\n--B\r\nContent-Type: text/html\r\n\r\n<p>x</p>\r\n--B\r\n"
    'Content-Type: application/zip\r\nContent-Disposition: attachment; filename="a.zip"\r\n\r\nPK\r\n--B--\r\n'
)
_SAVED = _MAIL.partition("MIME")[0].replace("To: b@example.org\r\n", "") + (
    "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\nContent-Type: text/html; "
    "charset=utf-8\r\n\r\n<html><body><p>通报</p></body></html>\r\n--B--\r\n"
)
_SRT = "1\n00:00:01,000 --> 00:00:03,000\n他利用职务便\n\n2\n00:00:03,000 --> 00:00:05,000\n利。\n"


def samples() -> list[Blob]:
    """A good file of every format."""
    stored = [
        Blob(name, (HERE / name).read_bytes())
        for name in ("通报.doc", "通报.rtf", "信.msg", "台账.xlsx", "台账.xls", "课件.pptx")
    ]
    return [
        *stored,
        Blob("课件.ppt", gzip.decompress((HERE / "课件.ppt.gz").read_bytes())),
        Blob("公文.ofd", _OFD),
        Blob("信.eml", _MAIL.encode()),
        Blob("页.mht", _SAVED.encode()),
        Blob("片.srt", _SRT.encode()),
        Blob("表.csv", "姓名,处分\n赵一帆,警告\n".encode()),
        Blob("包.zip", zipped({"公文.ofd": _OFD, "片.srt": _SRT})),
        Blob("包.gz", gzip.compress(_SRT.encode(), mtime=0)),
    ]


def broken(blob: Blob, count: int, seed: int = 7) -> Iterator[Blob]:
    """`count` damaged copies: cut, with bits flipped, with a stretch repeated, emptied or noised, or misnamed."""
    random = Random(f"{seed}{blob.name}")
    for _ in range(count):
        data = bytearray(blob.data)
        where = random.randrange(len(data))
        match random.randrange(6):
            case 0:
                del data[where:]
            case 1:
                for _ in range(random.choice((1, 4, 64))):
                    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
            case 2:
                data[where:where] = data[where : where + random.randrange(1, 600)]
            case 3:
                data[where : where + 200] = bytes(len(data[where : where + 200]))
            case 4:
                data[where : where + 16] = random.randbytes(len(data[where : where + 16]))
            case _:
                del data[where : where + random.randrange(1, 600)]
        ending = random.choice(("", ".doc", ".xls", ".xlsx", ".ofd", ".ppt", ".eml", ".zip"))
        yield Blob(blob.name if random.random() < 0.8 else f"改名{ending}", bytes(data))
