"""The graph of who is named with whom as a file: JSON, GraphML for other programs, or a page to open and drag.

The page holds all it needs: it fetches nothing, and runs without a network. What comes from documents is data in it,
never markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from corpus.cause import cause
from reports.errors import ReportRefused
from search.crossref.contract import graph_json
from search.crossref.graph import Edge, Graph
from search.crossref.meeting import How

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
#: What XML cannot hold.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: The attributes of nodes and edges: id of the key, of what, name, type.
_KEYS = (
    ("name", "node", "name", "string"),
    ("post", "node", "post", "string"),
    ("documents", "node", "documents", "int"),
    ("weight", "edge", "weight", "double"),
    ("count", "edge", "count", "int"),
    *((how.value, "edge", how.value, "int") for how in How),
    ("text", "edge", "text", "string"),
    ("source", "edge", "source", "string"),
)


def as_json(graph: Graph) -> str:
    """The graph in the JSON of the contract, one line."""
    return json.dumps(graph_json(graph), ensure_ascii=False) + "\n"


def as_graphml(graph: Graph) -> str:
    """The graph in GraphML, with the sentences of each tie: for Gephi, yEd, NetworkX."""
    ET.register_namespace("", _GRAPHML)
    root = ET.Element(f"{{{_GRAPHML}}}graphml")
    for key, of, name, kind in _KEYS:
        ET.SubElement(root, f"{{{_GRAPHML}}}key", {"id": key, "for": of, "attr.name": name, "attr.type": kind})
    drawn = ET.SubElement(root, f"{{{_GRAPHML}}}graph", {"id": "anjian", "edgedefault": "undirected"})
    for node in graph.nodes:
        values = {"name": node.name, "post": node.post, "documents": str(node.documents)}
        _data(ET.SubElement(drawn, f"{{{_GRAPHML}}}node", {"id": node.id}), values)
    for edge in graph.edges:
        ends = {"source": edge.one, "target": edge.other}
        _data(ET.SubElement(drawn, f"{{{_GRAPHML}}}edge", ends), _values(edge))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=False).join(
        ('<?xml version="1.0" encoding="UTF-8"?>\n', "\n")
    )


def _values(edge: Edge) -> Mapping[str, str]:
    return {
        "weight": str(edge.weight),
        "count": str(edge.count),
        **{how.value: str(count) for how, count in edge.how.items()},
        "text": "\n".join(one.text for one in edge.evidence),
        "source": "\n".join(f"{one.source} 第 {one.page} 页" for one in edge.evidence),
    }


def _data(element: ET.Element, values: Mapping[str, str]) -> None:
    for key, value in values.items():
        ET.SubElement(element, f"{{{_GRAPHML}}}data", {"key": key}).text = _UNWRITABLE.sub("", value)


def as_html(graph: Graph) -> str:
    """The graph as one page of HTML that fetches nothing: drag people, zoom, click a tie to read its sentences."""
    page = files("reports").joinpath("graph.html").read_text(encoding="utf-8")
    script = files("reports").joinpath("graph.js").read_text(encoding="utf-8")
    plain: dict[str, Any] = {**graph_json(graph), "labels": {how.value: how.label for how in How}}
    return page.replace("/*SCRIPT*/", script).replace('"GRAPH"', _within_script(plain))


def _within_script(plain: Any) -> str:
    """JSON that cannot end the element it stands in, whatever a document holds."""
    written = json.dumps(plain, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        written = written.replace(character, f"\\u{ord(character):04x}")
    return _UNWRITABLE.sub("", written)


#: Each format with what writes it.
FORMATS: Mapping[str, Callable[[Graph], str]] = {"json": as_json, "graphml": as_graphml, "html": as_html}


def write(graph: Graph, form: str, out: Path) -> None:
    """Write the graph in a format of FORMATS to a file. Raises ReportRefused."""
    try:
        out.write_text(FORMATS[form](graph), encoding="utf-8")
    except OSError as error:
        raise ReportRefused(f"不能写入“{out}”（{cause(error)}）。请换一个位置，或检查磁盘空间和权限。") from error
