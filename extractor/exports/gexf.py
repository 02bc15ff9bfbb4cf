"""GEXF 1.3 with time, for Gephi's timeline: the only one of its formats that carries dates.

An edge lives through its ``periods``, the merged days of its claims; one that the texts do not
date, from the first to the last article that tells of it (``dated_by`` says which). Nodes are
always there. Only whole days are written: a bare year would end Gephi's import.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import IO, TYPE_CHECKING, Any

from extractor.exports.graphml import node_ids, schema_of, value_writer, weight_of
from extractor.exports.xmltext import clean, quote, unique

if TYPE_CHECKING:
    import networkx as nx

    from extractor.exports import Options

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">\n'
    '  <meta><creator>extractor</creator></meta>\n'
)
_NATIVE = frozenset({"label", "color", "size", "x", "y", "weight"})
_COLOR = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})\Z", re.IGNORECASE)
_DAY = r"\d{4}-\d\d-\d\d"
_PERIOD = re.compile(rf"({_DAY})?/({_DAY})?\Z")
_Columns = dict[str, tuple[str, Callable[[Any], str | None]]]


def export(graph: nx.MultiDiGraph[str], stream: IO[str], options: Options) -> None:
    """Write ``graph`` to a text ``stream``."""
    schema = schema_of(graph)
    ids = node_ids(graph)
    stream.write(HEAD)
    directed = "directed" if graph.is_directed() else "undirected"
    stream.write(f'  <graph defaultedgetype="{directed}" mode="dynamic" timeformat="date" timerepresentation="interval">\n')
    nodes = _declare(stream, "node", schema["node"])
    edges = _declare(stream, "edge", {**schema["edge"], "periods": "string", "dated_by": "string"})
    stream.write("    <nodes>\n")
    for node, values in graph.nodes(data=True):
        label = quote(str(values.get("label") or node))
        stream.write(f"      <node id={quote(ids[node])} label={label}>\n{_attvalues(values, nodes)}{_viz(values)}      </node>\n")
    stream.write("    </nodes>\n    <edges>\n")
    for number, (source, target, values) in enumerate(graph.edges(data=True)):
        values = _dated(values)
        label = f" label={quote(str(values['label']))}" if values.get("label") else ""
        stream.write(f'      <edge id="e{number}" source={quote(ids[source])} target={quote(ids[target])} '
                     f'kind={quote(str(values.get("relation") or "edge"))} weight="{weight_of(values)!r}"{label}>\n'
                     f"{_attvalues(values, edges)}{_spells(values)}{_viz(values)}      </edge>\n")
    stream.write("    </edges>\n  </graph>\n</gexf>\n")


def _declare(stream: IO[str], domain: str, types: Mapping[str, str]) -> _Columns:
    columns: _Columns = {}
    taken: set[str] = set()
    stream.write(f'    <attributes class="{domain}">\n')
    for name, kind in types.items():
        if name not in _NATIVE:
            title = unique(clean(name) or "_", taken)
            stream.write(f'      <attribute id={quote(title)} title={quote(title)} type="{kind}"/>\n')
            columns[name] = (f"          <attvalue for={quote(title)} value=", value_writer(kind))
    stream.write("    </attributes>\n")
    return columns


def _attvalues(values: Mapping[str, Any], columns: _Columns) -> str:
    out = []
    for name, value in values.items():
        column = columns.get(name) or columns.get(str(name))
        if column is not None and value is not None and (text := column[1](value)):
            out.append(f"{column[0]}{quote(text)}/>\n")
    return f"        <attvalues>\n{''.join(out)}        </attvalues>\n" if out else ""


def _dated(values: Mapping[str, Any]) -> dict[str, Any]:
    """``values`` with ``periods``, from the articles' dates where the claims have none."""
    if values.get("periods"):
        return {**values, "dated_by": "text"}
    if values.get("first_reported"):
        return {**values, "periods": f"{values['first_reported']}/{values['last_reported']}", "dated_by": "article"}
    return dict(values)


def _spells(values: Mapping[str, Any]) -> str:
    out = []
    for period in str(values.get("periods") or "").split(" | "):
        match = _PERIOD.match(period)
        if match and (match[1] or match[2]) and (match[1] or "") <= (match[2] or "9"):
            start = f' start="{match[1]}"' if match[1] else ""
            end = f' end="{match[2]}"' if match[2] else ""
            out.append(f"          <spell{start}{end}/>\n")
    return f"        <spells>\n{''.join(out)}        </spells>\n" if out else ""


def _viz(values: Mapping[str, Any]) -> str:
    out = ""
    color = _COLOR.match(str(values.get("color") or ""))
    if color:
        r, g, b = (int(part, 16) for part in color.groups())
        out += f'        <viz:color r="{r}" g="{g}" b="{b}"/>\n'
    if isinstance(values.get("x"), float) and isinstance(values.get("y"), float):
        out += f'        <viz:position x="{values["x"]!r}" y="{values["y"]!r}" z="0.0"/>\n'
    if isinstance(values.get("size"), float):
        out += f'        <viz:size value="{values["size"]!r}"/>\n'
    return out
