"""nodes.csv and edges.csv: the graph as two tables, for Gephi's spreadsheet import, Cytoscape and i2.

The column names ``Id``, ``Label``, ``Source``, ``Target``, ``Type``, ``Kind`` and ``Weight`` are those that Gephi looks for.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from extractor.exports.cells import write_rows
from extractor.exports.graphml import node_ids, schema_of, text_of, weight_of

if TYPE_CHECKING:
    import networkx as nx

    from extractor.exports import Options


def export_nodes(graph: nx.MultiDiGraph[str], stream: IO[str], options: Options) -> None:
    """A row a node: ``Id``, ``Label`` and every other attribute under its own name."""
    names = [n for n in schema_of(graph)["node"] if n != "label"]
    ids = node_ids(graph)
    rows = ([ids[node], values.get("label"), *(_value(values.get(n)) for n in names)]
            for node, values in graph.nodes(data=True))
    write_rows(stream, ["Id", "Label", *names], rows)


def export_edges(graph: nx.MultiDiGraph[str], stream: IO[str], options: Options) -> None:
    """A row an edge; ``Kind`` is the relation, under which Gephi keeps parallel edges apart."""
    names = [n for n in schema_of(graph)["edge"] if n not in ("label", "weight", "relation")]
    ids = node_ids(graph)
    kind = "Directed" if graph.is_directed() else "Undirected"
    rows = ([ids[source], ids[target], kind, f"e{number}", values.get("label"), values.get("relation"), weight_of(values),
             *(_value(values.get(n)) for n in names)]
            for number, (source, target, values) in enumerate(graph.edges(data=True)))
    write_rows(stream, ["Source", "Target", "Type", "Id", "Label", "Kind", "Weight", *names], rows)


def _value(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | float) else text_of(value)
