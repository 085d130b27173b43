"""How fast PDF files with a text layer are read: `python -m benchmarks.pdf [--pages N]`.

The files are made here of the sample library's paragraphs, set as official documents are, without tables. pdfplumber
and pypdfium2 only give the characters of each page; we also tell columns, paragraphs, running lines and the quality.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from io import BytesIO
from itertools import cycle, islice

import pdfplumber
import pypdfium2 as pdfium
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

from benchmarks.report import Table, lines, machine, ratio
from corpus.document import Skip
from corpus.readers import read
from corpus.readers.contract import Blob, Limits
from corpus.sandbox import Sandbox
from samples import piece
from samples.writers.pdf_file import FONT

_PARAGRAPHS = 150  # about 35 pages
_STYLE = ParagraphStyle("body", fontName="Samples", fontSize=15.8, leading=28, firstLineIndent=31.6, wordWrap="CJK")


def document() -> bytes:
    """A PDF file of the paragraphs that the sample library has in its PDF files."""
    pdfmetrics.registerFont(TTFont("Samples", str(FONT)))
    pieces = {found.title: found for found, copy in piece.load() if copy.format == "pdf"}
    texts = [block.text for one in pieces.values() for block in one.blocks() if isinstance(block, piece.Paragraph)]
    out = BytesIO()
    story = [Paragraph(text, _STYLE) for text in islice(cycle(texts), _PARAGRAPHS)]
    SimpleDocTemplate(out, pagesize=A4).build(story)
    return out.getvalue()


def with_pdfplumber(data: bytes) -> int:
    """Read with pdfplumber; how many pages."""
    with pdfplumber.open(BytesIO(data)) as opened:
        for page in opened.pages:
            page.extract_text()
            page.close()
        return len(opened.pages)


def with_pypdfium2(data: bytes) -> int:
    """Read with pypdfium2; how many pages."""
    opened = pdfium.PdfDocument(data)
    for page in opened:
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    count = len(opened)
    opened.close()
    return count


def with_anjian(data: bytes) -> int:
    """Read as the program does; how many pages."""
    return sum(len(found.leaves) for found in read(Blob("a.pdf", data), Limits()) if not isinstance(found, Skip))


def rate(work: Callable[[bytes], int], data: bytes, pages: int) -> float:
    """Pages a second of one process, over at least so many pages."""
    work(data)
    done, began = 0, time.perf_counter()
    while done < pages:
        done += work(data)
    return done / (time.perf_counter() - began)


def rate_of_all(data: bytes, pages: int) -> float:
    """Pages a second of the program's child processes, one for each core."""
    each = with_anjian(data)
    with Sandbox(with_anjian, source_of=len) as sandbox:
        list(sandbox.run([data] * 4 * (os.cpu_count() or 1)))  # the children start, and import what they need
        began = time.perf_counter()
        done = sum(count for _, count in sandbox.run([data] * -(-pages // each)) if isinstance(count, int))
        return done / (time.perf_counter() - began)


def speed(pages: int) -> Table:
    """Pages a second, each beside pdfplumber."""
    data = document()
    plain = rate(with_pdfplumber, data, pages // 20)
    rates = {
        "pdfplumber, one process": plain,
        "pypdfium2, one process": rate(with_pypdfium2, data, pages),
        "anjian, one process": rate(with_anjian, data, pages),
        f"anjian, {os.cpu_count()} processes": rate_of_all(data, pages * 2),
    }
    rows = tuple((name, f"{found:,.0f}", ratio(found, plain)) for name, found in rates.items())
    return Table("PDF files with a text layer", ("by", "pages/s", "times pdfplumber"), rows)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pdf", description=__doc__)
    parser.add_argument("--pages", type=int, default=2_000, metavar="N", help="how many pages each reads")
    options = parser.parse_args()
    print(machine(), end="\n\n")
    print("\n".join(lines(speed(options.pages))))


if __name__ == "__main__":
    main()
