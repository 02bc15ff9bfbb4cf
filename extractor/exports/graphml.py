"""GraphML that Gephi, Gephi Lite, igraph, Cytoscape and networkx read alike.

Every edge id is unique in the file; an attribute has one type throughout; absent values are left
out; key ids are ``node_NAME`` and ``edge_NAME``. The relation stands also in the XML attribute
``label`` of ``<edge>``: the one thing that the GraphML schema does not know, and the only place
where Gephi looks for an edge's kind.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import IO, TYPE_CHECKING, Any

from extractor.exports.xmltext import clean, escape, quote, unique

if TYPE_CHECKING:
    import networkx as nx

    from extractor.exports import Options

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)
LISTS = " | "
_BOOL, _LONG, _DOUBLE, _STRING = "boolean", "long", "double", "string"
_TOKEN = re.compile(r"[^\w.\-]", re.ASCII)
_LONG_MAX = 2**63


def write_graphml(graph: nx.Graph[Any], stream: IO[str]) -> None:
    """Write any networkx graph to a text ``stream``, element by element."""
    types = attribute_types(graph)
    stream.write(HEAD)
    keys: dict[str, dict[str, tuple[str, Callable[[Any], str | None]]]] = {"node": {}, "edge": {}}
    for domain, names in (("node", data_names(d for _, d in graph.nodes(data=True))),
                          ("edge", data_names(d for *_, d in graph.edges(data=True)))):
        taken: set[str] = set()
        shown: set[str] = set()
        for name in names:
            if name in types:
                key = unique(f"{domain}_{_TOKEN.sub('_', name)}", taken, "-")
                title = quote(unique(clean(name) or "_", shown))
                stream.write(f'  <key id="{key}" for="{domain}" attr.name={title} attr.type="{types[name]}"/>\n')
                keys[domain][name] = (f'      <data key="{key}">', value_writer(types[name]))
    ids = node_ids(graph)
    directed = "directed" if graph.is_directed() else "undirected"
    stream.write(f'  <graph id="G" edgedefault="{directed}">\n')
    for node, values in graph.nodes(data=True):
        stream.write(f"    <node id={quote(ids[node])}>\n{_data(values, keys['node'])}    </node>\n")
    for number, (source, target, values) in enumerate(graph.edges(data=True)):
        relation = values.get("relation")
        label = f" label={quote(str(relation))}" if relation not in (None, "") else ""
        data = _data({**values, "weight": weight_of(values)} if "weight" in values else values, keys["edge"])
        stream.write(f'    <edge id="e{number}" source={quote(ids[source])} target={quote(ids[target])}{label}>\n'
                     f"{data}    </edge>\n")
    stream.write("  </graph>\n</graphml>\n")


def export(graph: nx.MultiDiGraph[str], stream: IO[str], options: Options) -> None:
    """`write_graphml` as a format of `extractor.exports`."""
    write_graphml(graph, stream)


def node_ids(graph: nx.Graph[Any]) -> dict[Any, str]:
    """A non-empty XML-clean id for each node, no two the same, the node itself wherever that can be."""
    ids: dict[Any, str] = {}
    taken: set[str] = set()
    for node in graph:
        ids[node] = unique(clean(str(node)) or "_", taken)
    return ids


def attribute_types(graph: nx.Graph[Any]) -> dict[str, str]:
    """One GraphML type for each attribute name over all nodes and edges; names without a value are absent."""
    seen: dict[str, set[str]] = {}
    for values in _all_data(graph):
        for name, value in values.items():
            kind = _kind(value)
            if kind is not None:
                seen.setdefault(str(name), set()).add(kind)
    types = {name: _common(kinds) for name, kinds in seen.items()}
    if "weight" in types:
        types["weight"] = _DOUBLE
    return types


def _all_data(graph: nx.Graph[Any]) -> Iterator[Mapping[Any, Any]]:
    for _, values in graph.nodes(data=True):
        yield values
    for *_, values in graph.edges(data=True):
        yield values


def data_names(rows: Iterable[Mapping[Any, Any]]) -> dict[str, None]:
    names: dict[str, None] = {}
    for values in rows:
        for name in values:
            names.setdefault(str(name))
    return names


def _kind(value: Any) -> str | None:
    if isinstance(value, bool):
        return _BOOL
    if isinstance(value, int):
        return _LONG if -_LONG_MAX <= value < _LONG_MAX else _STRING
    if isinstance(value, float):
        return _DOUBLE if math.isfinite(value) else None
    return None if value is None or value == "" else _STRING


def _common(kinds: set[str]) -> str:
    if len(kinds) == 1:
        return next(iter(kinds))
    return _DOUBLE if kinds == {_LONG, _DOUBLE} else _STRING


def weight_of(values: Mapping[Any, Any]) -> float:
    """An edge's weight; what is no finite number above 0 counts as 1."""
    weight = values.get("weight")
    good = isinstance(weight, int | float) and math.isfinite(weight) and weight > 0
    return float(weight) if good else 1.0  # type: ignore[arg-type]


def _data(values: Mapping[Any, Any], keys: dict[str, tuple[str, Callable[[Any], str | None]]]) -> str:
    out = []
    for name, value in values.items():
        if value is None:
            continue
        key = keys.get(name) or keys.get(str(name))
        if key is not None and (text := key[1](value)):
            out.append(f"{key[0]}{escape(text)}</data>\n")
    return "".join(out)


def text_of(value: Any) -> str:
    """A value in words: lists joined, dates in ISO 8601, mappings as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return LISTS.join(sorted(text_of(v) for v in value if v is not None))
    if isinstance(value, list | tuple):
        return LISTS.join(text_of(v) for v in value if v is not None)
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _string(value: Any) -> str | None:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, str) else text_of(value)


def _boolean(value: Any) -> str | None:
    return None if isinstance(value, float) else ("true" if value else "false")


def _long(value: Any) -> str | None:
    return None if isinstance(value, float) else str(value)


def _double(value: Any) -> str | None:
    return repr(float(value)) if math.isfinite(value) else None


_WRITERS: dict[str, Callable[[Any], str | None]] = {
    _BOOL: _boolean, _LONG: _long, _DOUBLE: _double, _STRING: _string,
}


def value_writer(kind: str) -> Callable[[Any], str | None]:
    """What turns a value of an attribute of type ``kind`` into text; None and empty text are to be left out."""
    return _WRITERS[kind]
