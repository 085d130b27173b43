"""The graph of who is named with whom, the ways through it, and its files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from corpus.store import Store
from reports.errors import ReportRefused
from reports.graph import as_graphml, as_html, as_json, write
from search.crossref import graph, paths
from search.crossref.choosing import bearers
from search.crossref.graph import Edge, Graph, Node, around, whole
from search.crossref.meeting import How
from search.crossref.paths import between
from search.crossref.sources import Evidence
from tests.crossref.conftest import Shelf, document

#: Who is named in which document: a chain 冯 - 陆 - 陶 - 闻, a strong detour 冯 - 季 - 安 - 陶, and 苏 alone.
MEETINGS = {
    "0031": "松陵市水利局局长冯启舟与松陵市财政局局长陆远桥一同到会。",
    "0032": "松陵市财政局局长陆远桥与松陵市教育局局长陶望舒一同到会。",
    "0033": "松陵市教育局局长陶望舒向松陵市审计局局长韩知秋送上现金。",
    "0034": "松陵市民政局局长苏见微主持会议。",
    **{f"004{n}": "松陵市水利局局长冯启舟与松陵市林业局局长季清扬一同到会。" for n in range(8)},
    **{f"005{n}": "松陵市林业局局长季清扬与松陵市公安局局长郑若谷一同到会。" for n in range(8)},
    **{f"006{n}": "松陵市公安局局长郑若谷与松陵市教育局局长陶望舒一同到会。" for n in range(8)},
}


@pytest.fixture
def met(shelf: Shelf) -> Store:
    shelf.put(*(document(key, text, "2020-01-01") for key, text in MEETINGS.items()))
    return shelf.store


def names(found: Graph) -> set[str]:
    return {node.name for node in found.nodes}


def test_around_one_person(met: Store) -> None:
    one = around(met, bearers(met, "冯启舟"))
    assert names(one) == {"冯启舟", "陆远桥", "季清扬"}
    assert [edge.count for edge in one.edges] == [8, 1]
    assert one.edges[0].weight == 16
    assert names(around(met, bearers(met, "冯启舟"), 2)) == {"冯启舟", "陆远桥", "季清扬", "陶望舒", "郑若谷"}
    assert one.cut == ""


def test_the_whole_library_up_to_a_limit(met: Store) -> None:
    everyone = whole(met)
    assert names(everyone) == {"冯启舟", "陆远桥", "季清扬", "陶望舒", "郑若谷", "韩知秋"}
    assert everyone.cut == ""
    few = whole(met, 3)
    assert len(few.nodes) <= 4
    assert "6" in few.cut


def test_the_shortest_and_the_strongest_way(met: Store) -> None:
    found = between(met, bearers(met, "冯启舟"), bearers(met, "陶望舒"))
    named = {node.id: node.name for node in found.nodes}
    ways = [(path.kind, [named[who] for who in path.people]) for path in found.paths]
    assert ways == [
        ("shortest", ["冯启舟", "陆远桥", "陶望舒"]),
        ("strongest", ["冯启舟", "季清扬", "郑若谷", "陶望舒"]),
    ]
    assert all(edge.evidence for edge in found.edges)


def test_no_way_and_a_way_to_itself(met: Store) -> None:
    assert between(met, bearers(met, "冯启舟"), bearers(met, "苏见微")).paths == ()
    assert between(met, bearers(met, "冯启舟"), bearers(met, "冯启舟")).paths == ()


def test_bounds_are_said(met: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_DOCUMENTS", 2)
    assert between(met, bearers(met, "冯启舟"), bearers(met, "苏见微")).cut
    monkeypatch.setattr(graph, "DOCUMENTS_OF_ONE", 2)
    assert around(met, bearers(met, "季清扬")).cut


HOSTILE = "</script><script>alert(1)</script>\x00\u2028&\"'"
DRAWN = Graph(
    (Node("1", HOSTILE, "松陵市水利局局长", 2), Node("2", "陆远桥", "", 1)),
    (Edge("1", "2", {How.RECEIVED_FROM: 1}, (Evidence("0031", f"{HOSTILE}.txt", 3, HOSTILE, 0, 9),)),),
)


def test_the_page_fetches_nothing_and_holds_documents_as_data_only() -> None:
    page = as_html(DRAWN)
    assert re.search(r"https?:|src=|@import|url\(|fetch\(|XMLHttpRequest|innerHTML", page) is None
    assert page.count("</script>") == 2
    assert "\x00" not in page
    data = re.search(r'id="graph">(.*?)</script>', page, re.DOTALL)
    assert data
    assert json.loads(data[1])["nodes"][0]["name"] == HOSTILE.replace("\x00", "") or "\\u0000" in data[1]


def test_graphml_is_read_with_its_attributes() -> None:
    root = ET.fromstring(as_graphml(DRAWN))  # noqa: S314 - written a line above
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    assert [node.get("id") for node in root.iterfind(".//g:node", space)] == ["1", "2"]
    edge = root.find(".//g:edge", space)
    assert edge is not None
    assert (edge.get("source"), edge.get("target")) == ("1", "2")
    values = {data.get("key"): data.text for data in edge.iterfind("g:data", space)}
    assert (values["weight"], values["received_from"]) == ("6", "1")
    assert values.keys() <= {key.get("id") for key in root.iterfind("g:key", space)}


def test_json_is_the_contract() -> None:
    plain = json.loads(as_json(DRAWN))
    assert plain["edges"][0]["how"] == {"received_from": 1}
    assert plain["edges"][0]["evidence"][0]["page"] == 3


def test_a_graph_is_written_or_refused(tmp_path: Path) -> None:
    write(DRAWN, "graphml", tmp_path / "a.graphml")
    assert (tmp_path / "a.graphml").read_text(encoding="utf-8") == as_graphml(DRAWN)
    with pytest.raises(ReportRefused, match="换一个位置"):
        write(DRAWN, "json", tmp_path / "没有" / "a.json")
