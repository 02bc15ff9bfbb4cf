"""GraphML files, read back by the tools that people use."""

from __future__ import annotations

import io
import math
from collections import Counter
from pathlib import Path

import igraph
import networkx as nx
import pytest
from graphdata import sample
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from extractor.exports import write
from extractor.exports.graphml import schema_of, write_graphml
from extractor.graph import build_graph

NS = "{http://graphml.graphdrawing.org/xmlns}"
NASTY = st.text(st.characters(), max_size=12)
VALUE = st.one_of(NASTY, st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), st.lists(NASTY, max_size=3))


SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "graphml.xsd"))


def check_contract(text: str) -> etree._Element:
    """Assert what the schema and the graph contract ask of a file, and return its root."""
    root = etree.fromstring(text.encode("utf-8"), etree.XMLParser(huge_tree=True))
    SCHEMA.assertValid(root)
    keys = {key.get("id"): key for key in root.iter(f"{NS}key")}
    types: dict[str, set[str]] = {}
    for key in keys.values():
        types.setdefault(key.get("attr.name"), set()).add(key.get("attr.type"))
    assert all(len(kinds) == 1 for kinds in types.values())
    assert len({(key.get("for"), key.get("attr.name")) for key in keys.values()}) == len(keys)
    assert all(not key.startswith("d") or not key[1:].isdigit() for key in keys)
    ids = [node.get("id") for node in root.iter(f"{NS}node")]
    assert all(ids)
    for counted in (Counter(ids), Counter(edge.get("id") for edge in root.iter(f"{NS}edge")),
                    Counter(key.get("id") for key in root.iter(f"{NS}key"))):
        assert not counted or max(counted.values()) == 1
    known = set(ids)
    for edge in root.iter(f"{NS}edge"):
        assert edge.get("source") in known
        assert edge.get("target") in known
    for data in root.iter(f"{NS}data"):
        assert data.text
        kind = keys[data.get("key")].get("attr.type")
        if kind == "double":
            assert math.isfinite(float(data.text))
        elif kind == "long":
            assert -(2**63) <= int(data.text) < 2**63
        elif kind == "boolean":
            assert data.text in ("true", "false")
    return root


def dump(graph: nx.Graph) -> str:
    stream = io.StringIO()
    write_graphml(graph, stream)
    return stream.getvalue()


@pytest.mark.parametrize("view", ["entities", "claims", "actors"])
def test_read_back(view, tmp_path):
    path = tmp_path / "graph.graphml"
    write(sample(), path, view=view)
    graph = build_graph(sample(), view)
    check_contract(path.read_text(encoding="utf-8"))
    back = nx.read_graphml(path, force_multigraph=True)
    assert {values["ref"]: values for _, values in back.nodes(data=True)} == dict(graph.nodes(data=True))
    refs = back.nodes(data="ref")
    assert sorted(repr((refs[u], refs[v], d)) for u, v, d in back.edges(data=True)) == sorted(map(repr, graph.edges(data=True)))
    other = igraph.Graph.Read_GraphML(str(path))
    assert (other.vcount(), other.ecount()) == (len(graph), graph.number_of_edges())
    assert set(other.vs.attributes()) - {"id"} == {name for _, values in graph.nodes(data=True) for name in values}
    assert set(other.es.attributes()) - {"id"} == {name for *_, values in graph.edges(data=True) for name in values}


def test_relation_stands_where_gephi_looks(tmp_path):
    root = check_contract(dump(build_graph(sample())))
    kinds = {edge.get("label") for edge in root.iter(f"{NS}edge")}
    assert kinds == {"supplies", "provides", "provides_planned", "goes_to", "goes_to_planned"}


def test_the_same_graph_gives_the_same_bytes():
    assert dump(build_graph(sample())) == dump(build_graph(sample()))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(nodes=st.lists(st.tuples(NASTY, st.dictionaries(NASTY, VALUE, max_size=3)), max_size=5, unique_by=lambda p: p[0]),
       ends=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.dictionaries(NASTY, VALUE, max_size=3)), max_size=5))
def test_any_text_and_value_makes_a_readable_file(nodes, ends):
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(nodes)
    names = list(graph)
    for source, target, values in ends:
        if names:
            graph.add_edges_from([(names[source % len(names)], names[target % len(names)], values)])
    text = dump(graph)
    check_contract(text)
    back = nx.read_graphml(io.BytesIO(text.encode("utf-8")), force_multigraph=True)
    assert (len(back), back.number_of_edges()) == (len(graph), graph.number_of_edges())


@pytest.mark.parametrize(("values", "kind"), [
    ((1, 2), "long"), ((1, 2.5), "double"), ((True, False), "boolean"), ((True, 1), "string"), ((2**63, 1), "string"),
    ((-(2**63),), "long"), (("a", 1), "string"), ((float("nan"), 1), "long"), ((None, 1.5), "double"), ((None,), None),
    (("", 1.5), "double"), ((float("inf"), 1.5, 2), "double"),
])
def test_one_type_for_an_attribute(values, kind):
    graph = nx.MultiDiGraph()
    for number, value in enumerate(values):
        graph.add_node(number, a=value)
    assert schema_of(graph)["node"].get("a") == kind
    check_contract(dump(graph))
    assert ">None<" not in dump(graph)


@pytest.mark.parametrize("value", ["heavy", "", float("nan"), float("-inf"), 10**400, [1]])
def test_a_node_whose_weight_is_no_number_carries_none(value):
    graph = nx.MultiDiGraph()
    graph.add_node("a", weight=value)
    graph.add_node("b", weight=2)
    text = dump(graph)
    check_contract(text)
    assert text.count("<data") == 1


@pytest.mark.parametrize(("weight", "written"), [
    (3, "3.0"), (0, "1.0"), (-1, "1.0"), (float("nan"), "1.0"), (float("inf"), "1.0"), (None, "1.0"), (0.5, "0.5")])
def test_weight_is_finite_and_above_zero(weight, written):
    graph = nx.MultiDiGraph()
    graph.add_edge("a", "b", weight=weight)
    graph.add_edge("a", "c", weight=2)
    root = check_contract(dump(graph))
    assert root.find(f".//{NS}edge/{NS}data").text == written
