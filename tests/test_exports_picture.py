"""Pictures and layout: labels that can be read, the same picture each time."""

from __future__ import annotations

import math
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from graphdata import SHELLS, result, sample, transfer

from extractor.exports import write
from extractor.exports.layout import _box, positions
from extractor.exports.picture import SHOWN, draw
from extractor.graph import build_graph

SVG = "{http://www.w3.org/2000/svg}"


def many(actors: int):
    """A hub that supplies so many others, each a claim."""
    made = transfer(SHELLS, "Pyongyang", "Moscou", "obus", "fourni")
    assert made.recipient
    claims = tuple(replace(made, recipient=replace(made.recipient, id=f"state:recipient number {n}")) for n in range(actors))
    return build_graph([result("a1", SHELLS, *claims)])


def texts(svg: str) -> list[str]:
    return [t.text or "" for t in ElementTree.fromstring(svg).iter(f"{SVG}text") if t.get("class") is None]


def test_svg_shows_nodes_edges_and_what_the_lines_mean():
    svg = draw(build_graph(sample(), labels="en"), "en")
    root = ElementTree.fromstring(svg)
    assert set(texts(svg)) == {"North Korea", "Russia", "artillery shell", "pétrole", "chasseurs"}
    legend = [t.text for t in root.iter(f"{SVG}text") if t.get("class") == "left"]
    assert legend == ["state", "weapon", "other goods", "asserted", "planned", "contested"]
    titles = [t.text for t in root.iter(f"{SVG}title")]
    assert "supplies (contested): artillery shell — reported by South Korea; denied by Russia" in titles
    dashed = [p for p in root.iter(f"{SVG}path") if p.get("stroke") == "#56b4e9" and p.get("d", "").count("Q")]
    assert dashed
    assert all(p.get("stroke-dasharray") for p in dashed)


def test_labels_do_not_cover_each_other_at_sixty_nodes():
    graph = many(SHOWN - 2)
    places = positions(graph)
    boxes = {n: _box(graph.nodes[n]) for n in graph}
    nodes = [n for n in graph if graph.degree(n)]
    covering = [(a, b) for i, a in enumerate(nodes) for b in nodes[:i]
                if abs(places[a][0] - places[b][0]) < 0.9 * (boxes[a][0] + boxes[b][0]) / 2
                and abs(places[a][1] - places[b][1]) < 0.9 * (boxes[a][1] + boxes[b][1]) / 2]
    assert covering == []


def test_of_too_many_the_best_connected_are_drawn():
    svg = draw(many(200), "fr")
    assert len(texts(svg)) == SHOWN
    assert "60 nœuds sur 202" in svg


@pytest.mark.parametrize("graph", [build_graph([]), build_graph([result("a", SHELLS)]), many(1)], ids=["empty", "lone", "one"])
def test_small_graphs(graph):
    assert ElementTree.fromstring(draw(graph)).tag == f"{SVG}svg"
    assert all(math.isfinite(v) for place in positions(graph).values() for v in place)


def test_layout_is_the_same_each_time():
    assert positions(many(50)) == positions(many(50))


def test_png(tmp_path):
    pytest.importorskip("resvg_py")
    path = tmp_path / "graph.png"
    write(sample(), path)
    assert path.read_bytes().startswith(b"\x89PNG\r\n")
