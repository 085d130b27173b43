"""Main text, title, date, source and author of pages of many shapes; what frames them is dropped."""

from __future__ import annotations

import pytest

from corpus.document import Reason, Skip
from corpus.readers import read
from corpus.readers.contract import Blob, Limits, Reading
from corpus.readers.html import identify

PARAGRAPH = "青禾县纪委监委通报，县交通局原局长李明德违规收受礼品礼金，受到党内严重警告处分，违纪所得已收缴。"
FOOTER = "版权所有：青禾县人民政府办公室　地址：人民路1号　联系电话：0000-1234567，未经许可不得转载。"
MENU = "".join(
    f"<li><a href='/{name}'>{name}</a></li>" for name in ("首页", "政务公开", "要闻", "走进青禾", "互动交流")
)
RELATED = "".join(f"<li><a href='/{number}'>相关报道第{number}条：某县召开警示教育大会</a></li>" for number in range(9))

TABLES = f"""<html><head><meta http-equiv=Content-Type content="text/html; charset=gb2312">
<title>关于三起典型问题的通报_青禾县人民政府</title></head><body>
<table width=100%><tr><td><a href=1>首页</a></td><td><a href=2>政务公开</a></td></tr></table>
<table><tr><td width=200 valign=top><a href=a>领导之窗</a><br><a href=b>通知公告</a></td><td><table>
<tr><td align=center><b>关于三起典型问题的通报</b></td></tr>
<tr><td align=center>来源：县纪委监委　发布时间：2021年3月5日　浏览次数：33</td></tr>
<tr><td><font size=4>　　{PARAGRAPH}<br><br>　　二、{PARAGRAPH}<br>
　　三、{PARAGRAPH}</font></td></tr>
<tr><td align=right>【<a href=#>打印</a>】【<a href=#>关闭</a>】</td></tr></table></td></tr></table>
<table><tr><td align=center>{FOOTER}</td></tr></table></body></html>"""

BREAKS = f"""<!DOCTYPE html><html><head><meta charset=utf-8><title>警示录：一念之差 - 廉洁网</title></head><body>
<div id=nav><ul>{MENU}</ul></div><div class=wrap><div class=left><h1>警示录：一念之差</h1>
<div class=info><span>2020-01-02 10:11</span><span>来源：廉洁网</span><span>作者：王明</span></div>
<div id=zoom>{PARAGRAPH}<br/>　　二、{PARAGRAPH}<br>三、{PARAGRAPH}</div></div>
<div class=right><h3>热点</h3><ul>{RELATED}</ul></div></div><div id=footer>{FOOTER}</div></body></html>"""

DIVS = f"""<html><head><meta name="ArticleTitle" content="关于表彰的决定"><meta name="ContentSource" content="县委办">
<meta name="PubDate" content="2019-12-31 08:00"></head><body><div class="header">{MENU}</div>
<div class="article"><h1>关于表彰的决定</h1>
<div>{PARAGRAPH}</div><div>二、{PARAGRAPH}</div><div>三、{PARAGRAPH}</div></div>
<div class="related"><h3>相关阅读</h3><ul>{RELATED}</ul></div><footer>{FOOTER}</footer></body></html>"""

HIDDEN = f"""<html><head><meta property="og:title" content="一案一警示" /></head><body><div id="js_article">
<h1 class="rich_media_title">一案一警示</h1><div id=meta_content><span>廉洁青禾</span> <em>2023-05-06 08:00</em></div>
<div id="js_content" style="display: none;"><section><section><p><span>{PARAGRAPH}</span></p></section></section>
<section><p>二、{PARAGRAPH}</p></section><section><p>三、{PARAGRAPH}</p></section></div></div></body></html>"""


def reading(page: bytes, name: str = "page.html") -> Reading:
    (found,) = read(Blob(name, page), Limits())
    assert isinstance(found, Reading)
    return found


@pytest.mark.parametrize(
    ("page", "title", "meta"),
    [
        (TABLES.encode("gb18030"), "关于三起典型问题的通报", {"date": "2021-03-05", "source": "县纪委监委"}),
        (BREAKS.encode(), "警示录：一念之差", {"date": "2020-01-02", "source": "廉洁网", "author": "王明"}),
        (DIVS.encode("utf-8-sig"), "关于表彰的决定", {"date": "2019-12-31", "source": "县委办"}),
        (HIDDEN.encode("utf-16"), "一案一警示", {"date": "2023-05-06"}),
    ],
    ids=["tables", "breaks", "divs", "hidden"],
)
def test_pages_of_many_shapes(page: bytes, title: str, meta: dict[str, str]) -> None:
    found = reading(page)
    assert found.leaves[0].text == f"{PARAGRAPH}\n二、{PARAGRAPH}\n三、{PARAGRAPH}"
    assert found.title == title
    assert {key: value.value for key, value in found.meta.items()} == {"title": title, **meta}


def body(inner: str) -> str:
    return reading(f"<html><body><div class=content>{inner}</div></body></html>".encode()).leaves[0].text


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<p>处分\n  决定</p>", "处分决定"),
        ("<p>Party  Committee\nof</p>", "Party Committee of"),
        ("<p>甲<b>乙</b>丙<!-- 注 -->丁</p>", "甲乙丙丁"),
        ("<p>第一段</p>散句<p>第二段</p>", "第一段\n散句\n第二段"),
        ("<table><tr><th>姓名<th>处分<tr><td><p>李某</p><td>党内<br>警告</table>", "姓名\t处分\n李某\t党内 警告"),
        ("<p>李某&nbsp;王某&lt;县&gt;</p><script>var a='菜单'</script>", "李某 王某<县>"),
    ],
)
def test_blocks_are_lines_and_rows_are_lines(inner: str, text: str) -> None:
    assert body(inner) == text


def test_a_byline_inside_the_title_is_left_out() -> None:
    head = "<html><head><title>少说多做王小明--某杂志</title></head>"
    page = f"{head}<body><div class=tit><p>少说多做</p><p>王小明</p></div><p>{PARAGRAPH}</p>"
    assert reading(page.encode()).title == "少说多做"


@pytest.mark.parametrize(
    ("line", "meta"),
    [
        ("来源:青禾新闻网 作者: 2022-03-19 18:27", {"source": "青禾新闻网", "date": "2022-03-19"}),
        (
            "来源:青禾新闻网 作者:钱多 何以 2023-06-12 18:27",
            {"source": "青禾新闻网", "author": "钱多 何以", "date": "2023-06-12"},
        ),
        (
            "作者：阿依·古丽、何以责任编辑：钱多 时间：2023-06-12",
            {"author": "阿依·古丽、何以", "date": "2023-06-12"},
        ),
        ("发布时间：2023-06-12 来源：青禾县纪委监委 作者：", {"source": "青禾县纪委监委", "date": "2023-06-12"}),
        ("作者： 来源：青禾县纪委监委", {"source": "青禾县纪委监委"}),
    ],
)
def test_the_line_below_the_title_may_leave_fields_empty(line: str, meta: dict[str, str]) -> None:
    page = f"<html><body><h1>一案一警示</h1><div>{line}</div><div class=content><p>{PARAGRAPH}</p></div></body></html>"
    found = reading(page.encode())
    assert {key: value.value for key, value in found.meta.items()} == {"title": "一案一警示", **meta}


def test_the_date_in_a_file_name_is_the_last_resort() -> None:
    found = reading(f"<html><body><p>{PARAGRAPH}</p></body></html>".encode(), "要闻/t20230715_275.html")
    assert (found.meta["date"].value, found.meta["date"].origin) == ("2023-07-15", "file")


def test_an_impossible_date_is_none() -> None:
    assert (
        "date" not in reading(f"<html><body><p>发布时间：2023-13-45</p><p>{PARAGRAPH}</p></body></html>".encode()).meta
    )


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (b"<html><body><script>var a = 1</script></body></html>", Reason.NO_TEXT),
        (b"<html></html>", Reason.NO_TEXT),
        ("<html><body>锟斤拷锟斤拷锟斤拷</body></html>".encode(), Reason.ENCODING),
    ],
)
def test_pages_without_text_are_skips(page: bytes, reason: Reason) -> None:
    (skip,) = read(Blob("page.html", page), Limits())
    assert isinstance(skip, Skip)
    assert skip.reason is reason


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", b"<!DOCTYPE html><html>", True),
        ("a", b"\n<!-- saved --><HTML lang=zh>", True),
        ("a.htm", b"<div><p>x</p></div>", True),
        ("a.txt", b"<div><p>x</p></div>", False),
        ("a.html", "没有标记的文字".encode(), False),
        ("a.html", b"%PDF-1.4 <p>", False),
    ],
)
def test_content_first_name_second(name: str, data: bytes, expected: bool) -> None:
    assert identify(Blob(name, data)) is expected


def nested(depth: int) -> bytes:
    return ("<html><body>" + "<div>" * depth + "甲" * 30 + "</div>" * depth).encode()


def test_deep_nesting_is_read_or_refused_whole() -> None:
    assert reading(nested(1000)).leaves[0].text == "甲" * 30
    (skip,) = read(Blob("page.html", nested(5000)), Limits())
    assert isinstance(skip, Skip)
    assert skip.reason is Reason.BROKEN
