"""OFD files: reading order, paragraphs, templates, several documents, and what is no text."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from corpus.document import Reason, Skip
from corpus.readers.contract import Blob, Limits, Reading, Unreadable
from corpus.readers.ofd import READER, picture
from corpus.readers.ofd_text import numbers
from tests.corpus.formats.office_files import NAMESPACE, ofd, ofd_parts, ofd_root, page, text_object, zipped

FULL = "青石县纪委监委决定对三起违反中央八项规定精神问题予以通报现将有关"  # 32 characters: a full line
RED = '<ofd:PathObject ID="4" Boundary="0 0 10 10"/>'
LARGE = (
    '<ofd:TextObject ID="1" Boundary="20 25 60 6" CTM="5 0 0 5 0 0" Font="1" Size="1">'
    '<ofd:TextCode X="0" Y="1" DeltaX="1 1 1">放大文字</ofd:TextCode></ofd:TextObject>'
)
IMAGE = '<ofd:ImageObject ID="4" Boundary="0 0 210 297" ResourceID="5"/>'


def reading(data: bytes) -> Reading:
    (found,) = READER.read(Blob("甲.ofd", data), Limits())
    assert isinstance(found, Reading)
    return found


def text(*objects: str) -> str:
    return reading(ofd(page(*objects))).leaves[0].text


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        ([text_object("通报", 80, 30)], "通报"),
        ([text_object("第二行", 20, 60), text_object("第一行", 20, 30)], "第一行\n第二行"),
        ([text_object("单位", 60, 30), text_object("姓名", 20, 30.4)], "姓名 单位"),
        ([text_object("开除", 20, 30), text_object("党籍", 30, 30)], "开除党籍"),
        ([text_object("No.", 20, 30, steps='DeltaX="3.4 2.6"'), text_object("7", 35, 30)], "No. 7"),
        ([text_object("A&amp;B", 20, 30)], "A&B"),
        ([text_object("加粗", 20, 30), text_object("加粗", 20.2, 30)], "加粗"),
        (
            [
                text_object("年    月", 20, 30, steps='DeltaX="5 2 2 2 2"'),
                text_object("06", 26, 30, size=4, steps='DeltaX="2"'),
            ],
            "年06月",
        ),
        # two lines in one TextCode: the second step goes back and down
        ([text_object("甲乙丙丁", 20, 30, steps='DeltaX="5 -5 5" DeltaY="0 7 0"')], "甲乙\n丙丁"),
        # one column written downwards beside a line
        ([text_object("购买方", 10, 30, steps='DeltaY="7 7"'), text_object("名称甲公司", 30, 30)], "购买方 名称甲公司"),
        # the last delta repeats
        ([text_object("一二三四", 20, 30, steps='DeltaX="5"')], "一二三四"),
        # a matrix that enlarges: the object's own units are small
        ([LARGE], "放大文字"),
        # slanted text is a watermark
        ([text_object("正文", 20, 30), text_object("内部资料", 60, 90, more='CTM="0.7 -0.7 0.7 0.7 0 0"')], "正文"),
        # what does not show is no text where something else is
        ([text_object("正文", 20, 30), text_object("暗码", 60, 90, more='Visible="false"')], "正文"),
        # a page block holds objects like a layer
        ([f"<ofd:PageBlock>{text_object('块中', 20, 30)}</ofd:PageBlock>"], "块中"),
    ],
)
def test_text_reads_as_it_stands_on_the_page(objects: list[str], expected: str) -> None:
    assert text(*objects) == expected


def test_a_page_turned_by_a_quarter_reads_in_its_own_direction() -> None:
    turned = [
        f'<ofd:TextObject ID="1" Boundary="{x} 20 5 100" CTM="0 1 -1 0 5 0" Font="1" Size="5">'
        f'<ofd:TextCode X="0" Y="5" DeltaX="5 5 5">{words}</ofd:TextCode></ofd:TextObject>'
        for x, words in ((100, "第一行字"), (90, "第二行字"))
    ]
    assert text(*turned) == "第一行字\n第二行字"


def test_lines_of_a_paragraph_are_joined_and_paragraphs_are_not() -> None:
    lines = [
        text_object("关于三起典型问题的通报", 60, 30, size=7),
        text_object(FULL[:30], 30, 50),
        text_object(FULL, 20, 60),
        text_object("情况通报如下。", 20, 70),
        text_object("一、" + FULL[:28], 30, 80),
        text_object("处理。", 20, 90),
        text_object("— 1 —", 100, 280, steps='DeltaX="5 2 2 2"'),
    ]
    assert text(*lines) == "\n".join(
        ["关于三起典型问题的通报", FULL[:30] + FULL + "情况通报如下。", "一、" + FULL[:28] + "处理。"]
    )


def test_a_page_that_ends_inside_a_paragraph_runs_on() -> None:
    first = page(text_object(FULL[:30], 30, 50), text_object(FULL, 20, 60), text_object("2", 100, 285))
    found = reading(ofd(first, page(text_object("结束。", 20, 30))))
    assert [leaf.run_on for leaf in found.leaves] == [True, False]


def test_a_template_is_read_with_the_first_page_that_uses_it() -> None:
    common = '<ofd:TemplatePage ID="7" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
    parts = {"Doc_0/Tpls/Tpl_0/Content.xml": page(text_object("青石县文件", 60, 20))}
    pages = [page(text_object(words, 20, 50), template="7") for words in ("第一页", "第二页")]
    found = reading(ofd(*pages, common=common, **parts))
    assert [leaf.text for leaf in found.leaves] == ["青石县文件\n第一页", "第二页"]


def test_several_documents_in_one_file_are_several_readings() -> None:
    parts = ofd_parts(page(text_object("甲文", 20, 30)), folder="Doc_0")
    parts |= ofd_parts(page(text_object("乙文", 20, 30)), folder="Doc_1")
    data = zipped({"OFD.xml": ofd_root("Doc_0", "Doc_1"), **parts})
    found = [one for one in READER.read(Blob("包.ofd", data), Limits()) if isinstance(one, Reading)]
    assert [(one.name, one.leaves[0].text) for one in found] == [("包.ofd!/Doc_0", "甲文"), ("包.ofd!/Doc_1", "乙文")]


@pytest.mark.parametrize("namespace", [NAMESPACE, "http://www.ofdspec.org", "urn:other"])
@pytest.mark.parametrize("prefix", ["ofd:", "x:", ""])
def test_namespace_and_prefix_do_not_matter(namespace: str, prefix: str) -> None:
    declared = f'xmlns:{prefix[:-1]}="' if prefix else 'xmlns="'
    parts = {
        "OFD.xml": ofd_root("Doc_0", namespace=namespace),
        **ofd_parts(page(text_object("通报", 20, 30), namespace=namespace), namespace=namespace),
    }
    data = zipped(
        {
            k: str(v).replace("ofd:", prefix).replace('xmlns:ofd="', declared).replace(f'xmlns:{prefix}="', declared)
            for k, v in parts.items()
        }
    )
    assert reading(data).leaves[0].text == "通报"


@pytest.mark.parametrize(
    ("location", "stored"),
    [
        ("Pages/P.xml", "Doc_0/Pages/P.xml"),
        ("/Doc_0/Pages/P.xml", "Doc_0/Pages/P.xml"),
        ("Doc_0/Pages/P.xml", "Doc_0/Pages/P.xml"),
        ("pages\\p.XML", "Doc_0/Pages/P.xml"),
        ("./Pages/../Pages/P.xml", "Doc_0/Pages/P.xml"),
        ("Pages/P.xml", "DOC_0/pages/p.xml"),
    ],
)
def test_a_page_is_found_however_its_path_is_written(location: str, stored: str) -> None:
    document = f'<D><Pages><Page ID="1" BaseLoc="{location}"/></Pages></D>'
    parts = {"ofd.xml": ofd_root("Doc_0"), "Doc_0/Document.xml": document, stored: page(text_object("通报", 20, 30))}
    assert reading(zipped(parts)).leaves[0].text == "通报"


def test_what_the_file_states_of_itself() -> None:
    info = (
        "<ofd:Title>情况通报</ofd:Title><ofd:Author>青石县</ofd:Author><ofd:CreationDate>2023-06-05</ofd:CreationDate>"
    )
    found = reading(ofd(page(text_object("情况通报", 60, 30)), info=info))
    assert found.title == "情况通报"
    assert {name: (value.value, value.origin) for name, value in found.meta.items()} == {
        "author": ("青石县", "file"),
        "created": ("2023-06-05", "file"),
    }


@pytest.mark.parametrize(("content", "reasons"), [(RED, [Reason.NO_TEXT]), ("", [])])
def test_a_page_of_drawings_is_on_record_and_an_empty_one_is_not(content: str, reasons: list[Reason]) -> None:
    found = reading(ofd(page(text_object("文字", 20, 30)), page(content)))
    assert [leaf.text for leaf in found.leaves] == ["文字", ""]
    assert [(skip.reason, skip.page) for skip in found.skips] == [(reason, 2) for reason in reasons]


def test_a_page_of_images_is_painted_for_recognition() -> None:
    image = Image.new("RGB", (10, 10), "black")
    held = BytesIO()
    image.save(held, "PNG")
    resources = (
        '<Res BaseLoc="Res"><MultiMedias><MultiMedia ID="5" Type="Image"><MediaFile>a.png</MediaFile></MultiMedia>'
        "</MultiMedias></Res>"
    )
    parts = {
        "OFD.xml": ofd_root("Doc_0"),
        "Doc_0/Document.xml": (
            "<D><CommonData><DocumentRes>DocumentRes.xml</DocumentRes></CommonData>"
            '<Pages><Page ID="1" BaseLoc="P.xml"/></Pages></D>'
        ),
        "Doc_0/DocumentRes.xml": resources,
        "Doc_0/P.xml": page('<ofd:ImageObject ID="4" Boundary="50 0 50 50" ResourceID="5"/>'),
        "Doc_0/Res/a.png": held.getvalue(),
    }
    data = zipped(parts)
    (leaf,) = reading(data).leaves
    assert (leaf.text, leaf.pictured) == ("", True)
    painted = picture(Blob("a.ofd", data), 1)
    shown = Image.frombytes("RGB", (painted.width, painted.height), painted.pixels)
    dots = painted.width / 210  # a millimetre of the page, which is A4
    assert shown.getpixel((round(25 * dots), round(25 * dots))) == (255, 255, 255)
    assert shown.getpixel((round(75 * dots), round(25 * dots))) == (0, 0, 0)


def test_a_text_layer_that_does_not_show_is_read_where_nothing_else_is() -> None:
    assert text(IMAGE, text_object("识别层", 20, 30, more='Visible="false"')) == "识别层"


def test_text_inside_a_drawing_of_the_resources_is_read() -> None:
    drawn = text_object("图中字", 0, 10).replace("ofd:", "")
    unit = f'<CompositeGraphicUnit ID="50" Width="100" Height="50"><Content>{drawn}</Content></CompositeGraphicUnit>'
    resources = f"<R><CompositeGraphicUnits>{unit}</CompositeGraphicUnits></R>"
    common = "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
    drawing = '<ofd:CompositeObject ID="8" Boundary="20 40 100 50" ResourceID="50"/>'
    found = reading(ofd(page(text_object("上", 20, 30), drawing), common=common, **{"Doc_0/PublicRes.xml": resources}))
    assert found.leaves[0].text == "上\n图中字"


def test_annotations_are_left_out_and_attachments_are_members() -> None:
    more = "<ofd:Annotations>Annots.xml</ofd:Annotations><ofd:Attachments>Att/List.xml</ofd:Attachments>"
    parts = {
        "Doc_0/Annots.xml": page(text_object("批注", 20, 90)),
        "Doc_0/Att/List.xml": '<A><Attachment ID="1"><FileLoc>名单.txt</FileLoc></Attachment>'
        '<Attachment ID="2"><FileLoc>缺.txt</FileLoc></Attachment></A>',
        "Doc_0/Att/名单.txt": "赵一帆",
    }
    blob = Blob("甲.ofd", ofd(page(text_object("正文", 20, 30)), more=more, **parts))
    first, second, third = READER.read(blob, Limits())
    assert isinstance(first, Reading)
    assert first.leaves[0].text == "正文"
    assert second == Blob("甲.ofd!/Doc_0/Att/名单.txt", "赵一帆".encode())
    assert isinstance(third, Skip)
    assert third.reason is Reason.BROKEN


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (ofd(page(text_object("通报", 20, 30)))[:-30], Reason.BROKEN),
        (zipped({"OFD.xml": "<OFD/>"}), Reason.BROKEN),
        (zipped({"OFD.xml": "<OFD><DocBody>"}), Reason.BROKEN),
        (zipped({"OFD.xml": '<!DOCTYPE a [<!ENTITY b "c">]><OFD>&b;</OFD>'}), Reason.UNSAFE),
        (ofd("\x8f\x00\x01" * 50, **{"Encryptions.xml": "<Encryptions/>"}), Reason.ENCRYPTED),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, reason: Reason) -> None:
    blob = Blob("甲.ofd", data)
    assert READER.identify(blob)
    with pytest.raises(Unreadable) as raised:
        list(READER.read(blob, Limits()))
    assert raised.value.reason is reason


def test_a_page_that_is_damaged_costs_itself_alone() -> None:
    found = reading(ofd(page(text_object("甲", 20, 30)), "<Page><Content>", page(text_object("丙", 20, 30))))
    assert [leaf.text for leaf in found.leaves] == ["甲", "", "丙"]
    assert [(skip.reason, skip.page) for skip in found.skips] == [(Reason.BROKEN, 2)]


@given(st.text(alphabet="g 0123456789.-eE+naif", max_size=40))
def test_numbers_never_fail(array: str) -> None:
    assert all(abs(value) < float("inf") for value in numbers(array))


@pytest.mark.parametrize(
    ("array", "expected"),
    [("1 2", [1, 2]), ("g 3 1.5 2", [1.5, 1.5, 1.5, 2]), ("2 g 2 -1", [2, -1, -1]), ("", []), ("g 2", []), ("nan", [])],
)
def test_numbers(array: str, expected: list[float]) -> None:
    assert numbers(array) == expected
