"""PDF files made here come back as they were written: paragraphs, pages, tables and columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from reportlab.lib import colors, pagesizes
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, FrameBreak, PageTemplate, Paragraph, Table

from corpus.assemble import join_leaves
from corpus.document import Reason, Skip
from corpus.readers import read
from corpus.readers.contract import PICTURE_PIXELS, Blob, Limits, Reading
from corpus.readers.pdf import picture

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
FONT = "STSong-Light"
WIDTH, HEIGHT = pagesizes.A4
TITLE = ParagraphStyle("title", fontName=FONT, fontSize=18, leading=30, alignment=1, wordWrap="CJK", spaceAfter=12)
BODY = ParagraphStyle("body", fontName=FONT, fontSize=14, leading=24, firstLineIndent=28, wordWrap="CJK")
LATIN = ParagraphStyle("latin", fontName="Times-Roman", fontSize=12, leading=16, firstLineIndent=24, alignment=4)

HEADLINE = "关于三起违规收受礼品礼金典型问题的通报"
SENTENCES = (
    "二〇二一年五月，青禾县交通局原局长李明德违规收受管理服务对象所送礼金共计0.8万元，用于个人支出。",
    "此外，他还在2019年春节期间，借操办乔迁事宜之机违规收受礼金，在组织函询时不如实说明问题；",
    "“吃人嘴软、拿人手短”，上述行为违反《中国共产党纪律处分条例》第八十五条、第八十八条的规定。",
    "经县纪委常委会会议研究，并报县委批准，决定给予李明德党内严重警告处分，收缴违纪所得。",
)
PARAGRAPHS = ["".join(SENTENCES[(first + step) % 4] for step in range(3)) for first in range(14)]

Decorate = Callable[[Canvas, BaseDocTemplate], None]


def no_decoration(_canvas: Canvas, _document: BaseDocTemplate) -> None:
    """Pages without header and footer."""


def running_lines(canvas: Canvas, document: BaseDocTemplate) -> None:
    canvas.setFont(FONT, 9)
    canvas.drawString(72, HEIGHT - 40, "青禾县纪委监委内部资料 注意保存")
    canvas.drawCentredString(WIDTH / 2, 40, f"— {document.page} —")


def pdf(
    flowables: Sequence[Flowable], decorate: Decorate = no_decoration, frames: int = 1, **settings: object
) -> bytes:
    out = BytesIO()
    gap = 18.0
    width = (WIDTH - 144 - gap * (frames - 1)) / frames
    boxes = [Frame(72 + number * (width + gap), 72, width, HEIGHT - 144, 0, 0, 0, 0) for number in range(frames)]
    document = BaseDocTemplate(out, pagesize=pagesizes.A4, **settings)
    document.addPageTemplates(PageTemplate(frames=boxes, onPage=decorate))
    document.build(list(flowables))
    return out.getvalue()


def drawn(*pages: Callable[[Canvas], None]) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=pagesizes.A4)
    for draw in pages:
        canvas.setFont(FONT, 14)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def reading(data: bytes) -> Reading:
    (found,) = read(Blob("通报.pdf", data), Limits())
    assert isinstance(found, Reading)
    return found


def text_of(data: bytes) -> str:
    return join_leaves(reading(data).leaves)[0]


def test_paragraphs_over_many_pages_come_out_exact() -> None:
    flowables = [Paragraph(HEADLINE, TITLE), *(Paragraph(text, BODY) for text in PARAGRAPHS)]
    found = reading(pdf(flowables, running_lines, title=HEADLINE, author="县纪委办公室"))
    assert join_leaves(found.leaves)[0] == "\n".join([HEADLINE, *PARAGRAPHS])
    assert len(found.leaves) > 2
    assert all(leaf.quality > 0.95 for leaf in found.leaves)
    assert found.title == HEADLINE
    assert found.meta["author"].value == "县纪委办公室"
    assert found.skips == ()


@pytest.mark.parametrize("size", [10.5, 14, 16])
def test_exact_at_every_size(size: float) -> None:
    style = ParagraphStyle("x", BODY, fontSize=size, leading=size * 1.6, firstLineIndent=2 * size)
    assert text_of(pdf([Paragraph(text, style) for text in PARAGRAPHS])) == "\n".join(PARAGRAPHS)


def test_columns_are_read_one_after_the_other() -> None:
    style = ParagraphStyle("x", BODY, fontSize=9, leading=15, firstLineIndent=18)
    left, right = PARAGRAPHS[:4], PARAGRAPHS[4:7]
    flowables = [*(Paragraph(text, style) for text in left), FrameBreak(), *(Paragraph(text, style) for text in right)]
    assert text_of(pdf(flowables, frames=2)) == "\n".join(left + right)


def test_a_title_over_two_columns_and_a_running_header_stand_apart() -> None:
    style = ParagraphStyle("x", BODY, fontSize=11.5, leading=19.5, firstLineIndent=23)
    left, right = PARAGRAPHS[0] + PARAGRAPHS[1], PARAGRAPHS[2]
    gap, high = 22.0, 420.0
    width = (WIDTH - 144 - gap) / 2
    boxes = [
        Frame(72, HEIGHT - 140, WIDTH - 144, 70, 0, 0, 0, 0),
        Frame(72, HEIGHT - 150 - high, width, high, 0, 0, 0, 0),
        Frame(72 + width + gap, HEIGHT - 150 - high, width, high, 0, 0, 0, 0),
    ]

    def decorate(canvas: Canvas, _document: BaseDocTemplate) -> None:
        canvas.setFont(FONT, 11)
        canvas.drawRightString(WIDTH - 72, HEIGHT - 50, "青禾县警示教育材料 内部资料 注意保存")
        canvas.drawCentredString(WIDTH / 2, 40, "— 1 —")

    out = BytesIO()
    document = BaseDocTemplate(out, pagesize=pagesizes.A4)
    document.addPageTemplates(PageTemplate(frames=boxes, onPage=decorate))
    columns = [Paragraph(left, style), FrameBreak(), Paragraph(right, style)]
    document.build([Paragraph(HEADLINE, TITLE), FrameBreak(), *columns])
    header = "青禾县警示教育材料 内部资料 注意保存"
    assert text_of(out.getvalue()) == "\n".join([header, HEADLINE, left, right])


def test_rows_of_a_table_are_lines() -> None:
    rows = [["序号", "姓名", "处分"], ["1", "李明德", "党内严重警告、\n政务记过"], ["2", "王小明", "诫勉谈话"]]
    table = Table(rows, style=[("GRID", (0, 0), (-1, -1), 1, colors.black), ("FONT", (0, 0), (-1, -1), FONT, 12)])
    text = text_of(pdf([Paragraph(PARAGRAPHS[0], BODY), table, Paragraph(PARAGRAPHS[1], BODY)]))
    assert text.split("\n") == [
        PARAGRAPHS[0],
        "序号\t姓名\t处分",
        "1\t李明德\t党内严重警告、政务记过",
        "2\t王小明\t诫勉谈话",
        PARAGRAPHS[1],
    ]


def test_latin_lines_are_joined_by_spaces() -> None:
    text = "The committee decided on a warning and on the return of all gifts that had been received. " * 4
    assert text_of(pdf([Paragraph(text, LATIN)])) == text.strip()


def test_spaces_that_were_written_stay_and_wide_gaps_are_spaces() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "每周一案 | 青禾县纪委监委网站 李某")
        canvas.drawString(72, 600, "姓名")
        canvas.drawString(172, 600, "处分")

    assert text_of(drawn(draw)) == "每周一案 | 青禾县纪委监委网站 李某\n姓名 处分"


def test_characters_spread_over_a_line_are_closed_up() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(72, 700)
        text.setFont(FONT, 14)
        text.setCharSpace(6)
        text.textLine("关于典型问题的通报")
        canvas.drawText(text)

    assert text_of(drawn(draw)) == "关于典型问题的通报"


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_turned_pages_read_the_same(rotation: int) -> None:
    def turn(canvas: Canvas, _document: BaseDocTemplate) -> None:
        canvas.setPageRotation(rotation)

    assert "".join(PARAGRAPHS[:3]) == text_of(pdf([Paragraph(text, BODY) for text in PARAGRAPHS[:3]], turn)).replace(
        "\n", ""
    )


def test_pages_without_text_are_told_from_blank_ones() -> None:
    def write(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "第一页的文字。")

    found = reading(drawn(write, lambda canvas: canvas.rect(50, 50, 300, 300, fill=1), lambda _: None))
    assert [leaf.text for leaf in found.leaves] == ["第一页的文字。", "", ""]
    assert [leaf.pictured for leaf in found.leaves] == [False, True, False]
    assert [(skip.reason, skip.page) for skip in found.skips] == [(Reason.OCR_PENDING, 2)]


@pytest.mark.parametrize(("share", "words", "pictured"), [(1.0, 1, True), (0.3, 1, False), (1.0, 30, False)])
def test_a_few_words_on_an_image_that_covers_the_page_are_not_its_text(
    share: float, words: int, pictured: bool
) -> None:
    image = ImageReader(Image.new("RGB", (40, 60), "grey"))

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(image, 0, 0, WIDTH * share, HEIGHT * share)
        for line in range(words):
            canvas.drawString(72, 760 - 20 * line, "青禾县档案馆 第31号")

    (leaf,) = reading(drawn(draw)).leaves
    assert leaf.pictured is pictured
    assert leaf.text.startswith("青禾县档案馆 第31号")


def test_the_picture_of_a_page_is_bounded() -> None:
    out = BytesIO()
    canvas = Canvas(out, pagesize=(14_000, 14_000))
    canvas.rect(0, 7_000, 14_000, 7_000, fill=1)
    canvas.save()
    found = picture(Blob("图.pdf", out.getvalue()), 1)
    assert found.width * found.height <= PICTURE_PIXELS
    assert len(found.pixels) == 3 * found.width * found.height
    assert (found.pixels[:3], found.pixels[-3:]) == (b"\0\0\0", b"\xff\xff\xff")


def test_a_garbled_text_layer_is_not_taken_for_text() -> None:
    def write(canvas: Canvas) -> None:
        canvas.drawString(72, 700, PARAGRAPHS[0][:40])

    def garble(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "犐犆犛犌犅犔犜狅狊犲犪犾犮狉狔狆狋狅犵狉犪狆犺犻犮")
        canvas.setFont("Helvetica", 14)
        canvas.drawString(72, 600, "!\"#$%&'()*+,-./0 <=>?@A[]^_` ¥¦§¨©ª«¬®¯°±²")

    found = reading(drawn(write, garble))
    assert [(bool(leaf.text), leaf.pictured) for leaf in found.leaves] == [(True, False), (False, True)]
    assert [(skip.reason, skip.page) for skip in found.skips] == [(Reason.OCR_PENDING, 2)]


def test_an_encrypted_file_is_known() -> None:
    data = pdf([Paragraph(HEADLINE, TITLE)], encrypt=StandardEncryption("secret", ownerPassword="owner"))
    (skip,) = read(Blob("a.pdf", data), Limits())
    assert isinstance(skip, Skip)
    assert skip.reason is Reason.ENCRYPTED


def test_pages_beyond_the_limit_are_on_record() -> None:
    flowables = [Paragraph(text, BODY) for text in PARAGRAPHS]
    (found,) = read(Blob("a.pdf", pdf(flowables)), replace(Limits(), pages=1))
    assert isinstance(found, Reading)
    assert len(found.leaves) == 1
    assert [(skip.reason, skip.page) for skip in found.skips] == [(Reason.TOO_LARGE, 2)]


def test_bytes_after_a_header_are_broken() -> None:
    (skip,) = read(Blob("a.txt", b"%PDF-1.7\n" + bytes(100)), Limits())
    assert isinstance(skip, Skip)
    assert skip.reason is Reason.BROKEN
