"""Reading files back: results from JSON Lines and from GraphML of the claims view, graphs from any GraphML.

The XML reader refuses document types, and with them entities and external references.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.errors import InputError
from extractor.model import Result, Transfer
from extractor.store import ResultFile, result_from_json, transfer_from_json

if TYPE_CHECKING:
    import networkx as nx

READABLE = (".jsonl", ".graphml")


def read(path: str | Path) -> Iterable[Result] | nx.MultiDiGraph[str]:
    """What ``path`` holds: results where it keeps the records, else the graph.

    Raises `InputError` for a suffix other than `READABLE` and for a file that can't be read.
    """
    suffix = Path(path).suffix.lower()
    if suffix == ".jsonl":
        return ResultFile(path)
    if suffix != ".graphml":
        raise InputError(f"{path}: can't be read back; accepted are {', '.join(READABLE)}")
    graph = read_graph(path)
    return results_of(graph, path) if holds_records(graph) else graph


def read_graph(path: str | Path) -> nx.MultiDiGraph[str]:
    """The graph of a GraphML file; a node is its ``ref`` where all have
    one of their own, an edge's key its relation.

    Raises `InputError` for what is no GraphML, or has a document type.
    """
    import networkx as nx
    from networkx.readwrite.graphml import GraphMLReader

    reader: Any = GraphMLReader(force_multigraph=True)
    reader.xml = _parse(path)
    keys, defaults = reader.find_graphml_keys(reader.xml)
    element = reader.xml.find(f"{{{reader.NS_GRAPHML}}}graph")
    if element is None:
        raise InputError(f"{path}: no GraphML: there is no <graph>")
    try:
        found = reader.make_graph(element, keys, defaults)
    except (nx.NetworkXError, KeyError, ValueError, TypeError) as error:
        raise InputError(f"{path}: no readable GraphML: {error}") from error
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    names = {node: str(values.get("ref") or node) for node, values in found.nodes(data=True)}
    if len(set(names.values())) < len(names):
        names = {node: node for node in names}
    graph.add_nodes_from((names[node], values) for node, values in found.nodes(data=True))
    for source, target, key, values in found.edges(keys=True, data=True):
        source, target = names[source], names[target]
        values.pop("id", None)
        relation = values.get("relation")
        graph.add_edge(source, target, key=key if relation is None or graph.has_edge(source, target, relation) else relation,
                       **values)
    return graph


def _parse(path: str | Path) -> Any:
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import parse

    try:
        return parse(str(path), forbid_dtd=True)
    except DefusedXmlException as error:
        raise InputError(f"{path}: refused: it has a document type (DTD), which may name entities or other files") from error
    except ParseError as error:
        raise InputError(f"{path}: no well-formed XML: {error}") from error
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error


def holds_records(graph: nx.MultiDiGraph[str]) -> bool:
    """True where the graph is one of the claims view, from which every record can be had back."""
    return any(values.get("type") == "ARTICLE" and "record" in values for _, values in graph.nodes(data=True))


def results_of(graph: nx.MultiDiGraph[str], where: str | Path = "graph") -> Iterator[Result]:
    """The results that a claims-view graph was built from. Raises `InputError` for a damaged record."""
    transfers: dict[str, list[Transfer]] = {}
    heads: dict[str, Result] = {}
    for node, values in graph.nodes(data=True):
        if "record" in values and values.get("type") in ("ARTICLE", "CLAIM"):
            try:
                data = json.loads(values["record"])
                if values["type"] == "ARTICLE":
                    heads[node] = result_from_json(data)
                else:
                    article = next((t for _, t, d in graph.out_edges(node, data=True) if d.get("relation") == "article"), "")
                    transfers.setdefault(article, []).append(transfer_from_json(data))
            except (ValueError, KeyError, TypeError) as error:
                raise InputError(f"{where}: node '{node}' has a damaged record: {error}") from error
    for node, head in heads.items():
        yield replace(head, transfers=tuple(transfers.get(node, ())))
