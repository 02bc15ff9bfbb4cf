"""Every graph format of the sample and of two thousand odd claims, as the tools that people use read it."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
from pathlib import Path

import igraph
import networkx as nx
import pytest
from graphdata import sample
from odd import odd_results
from test_graphml import check_contract

from extractor.exports import write_graph
from extractor.graph import build_graph

NODE = Path(__file__).parent / "node"


@pytest.fixture(scope="module", params=["entities", "claims", "actors", "sample"])
def files(request, tmp_path_factory):
    """The graph and its files, by suffix."""
    folder = tmp_path_factory.mktemp(request.param)
    paths = [folder / f"graph{suffix}" for suffix in (".graphml", ".gexf", ".nodes.csv", ".edges.csv")]
    results, view = (sample(), "entities") if request.param == "sample" else (odd_results(), request.param)
    graph = build_graph(results, view)
    for path in paths:
        write_graph(graph, path)
    return graph, {path.name.removeprefix("graph"): path for path in paths}


def values(graph):
    """How many attributes nodes and edges have, those that every reader shows."""
    def count(rows):
        return sum(1 for row in rows for v in row.values() if v not in (None, ""))

    return count(d for _, d in graph.nodes(data=True)), count(d for *_, d in graph.edges(data=True))


def test_networkx_and_the_contract(files):
    graph, paths = files
    check_contract(paths[".graphml"].read_text(encoding="utf-8"))
    back = nx.read_graphml(paths[".graphml"], force_multigraph=True)
    assert (len(back), back.number_of_edges()) == (len(graph), graph.number_of_edges())
    assert values(back) == values(graph)
    back = nx.read_gexf(paths[".gexf"])
    assert (len(back), back.number_of_edges()) == (len(graph), graph.number_of_edges())


def test_igraph(files):
    graph, paths = files
    back = igraph.Graph.Read_GraphML(str(paths[".graphml"]))
    assert (back.vcount(), back.ecount()) == (len(graph), graph.number_of_edges())
    for sequence, rows in ((back.vs, [d for _, d in graph.nodes(data=True)]), (back.es, [d for *_, d in graph.edges(data=True)])):
        names = {name for row in rows for name, value in row.items() if value not in (None, "")}
        assert set(sequence.attributes()) - {"id"} == names


def test_tables(files):
    graph, paths = files
    csv.field_size_limit(10**7)
    for suffix, rows in ((".nodes.csv", len(graph)), (".edges.csv", graph.number_of_edges())):
        with paths[suffix].open(encoding="utf-8", newline="") as stream:
            assert sum(1 for _ in csv.DictReader(stream)) == rows


@pytest.fixture(scope="module")
def graphology():
    folder = Path(os.environ.get("NODE_PATH") or NODE / "node_modules")
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    if not (folder / "graphology").is_dir():
        pytest.skip("graphology is not installed: npm install in tests/node, or NODE_PATH names its folder")

    def count(path):
        done = subprocess.run(["node", str(NODE / "count.mjs"), str(path)], capture_output=True, text=True, check=False,
                              env={**os.environ, "NODE_PATH": str(folder)})
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout)

    return count


def test_graphology(files, graphology):
    graph, paths = files
    nodes, edges = values(graph)
    read = graphology(paths[".graphml"])
    assert (read["nodes"], read["edges"], read["nodeValues"], read["edgeValues"]) == (
        len(graph), graph.number_of_edges(), nodes, edges)
    read = graphology(paths[".gexf"])
    assert (read["nodes"], read["edges"]) == (len(graph), graph.number_of_edges())
    names = {name for _, row in graph.nodes(data=True) for name, value in row.items() if value not in (None, "")}
    assert set(read["nodeNames"]) - {"z"} == names
