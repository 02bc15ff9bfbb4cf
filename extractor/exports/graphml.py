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
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
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
_TOKEN = re.compile(r"[^\w.:\-]", re.ASCII)
_IS_TOKEN = re.compile(r"[\w.:\-]+\Z", re.ASCII)
_LONG_MAX = 2**63
_Columns = dict[str, tuple[str, Callable[[Any], str | None]]]


def write_graphml(graph: nx.Graph[Any], stream: IO[str]) -> None:
    """Write any networkx graph to a text ``stream``, element by element."""
    schema = schema_of(graph)
    stream.write(HEAD)
    columns: dict[str, _Columns] = {"node": {}, "edge": {}}
    taken: set[str] = set()
    titles: dict[str, str] = {}  # of nodes and edges alike: one type for a name throughout the file
    for domain in ("node", "edge"):
        for name, kind in schema[domain].items():
            title = titles.get(name) or unique(token(clean(name)), taken, "-")
            titles[name] = title
            stream.write(f'  <key id="{domain}_{title}" for="{domain}" attr.name="{title}" attr.type="{kind}"/>\n')
            columns[domain][name] = (f'      <data key="{domain}_{title}">', value_writer(kind))
    ids = node_ids(graph)
    directed = "directed" if graph.is_directed() else "undirected"
    stream.write(f'  <graph id="G" edgedefault="{directed}">\n')
    for node, values in graph.nodes(data=True):
        stream.write(f"    <node id={quote(ids[node])}>\n{_data(values, columns['node'])}    </node>\n")
    for number, (source, target, values) in enumerate(graph.edges(data=True)):
        relation = values.get("relation")
        label = f" label={quote(str(relation))}" if relation not in (None, "") else ""
        data = _data({**values, "weight": weight_of(values)} if "weight" in values else values, columns["edge"])
        stream.write(f'    <edge id="e{number}" source={quote(ids[source])} target={quote(ids[target])}{label}>\n'
                     f"{data}    </edge>\n")
    stream.write("  </graph>\n</graphml>\n")


def export(graph: nx.MultiDiGraph[str], stream: IO[str], options: Options) -> None:
    """`write_graphml` as a format of `extractor.exports`."""
    write_graphml(graph, stream)


def node_ids(graph: nx.Graph[Any]) -> dict[Any, str]:
    """The id of each node in a file: an XML name token, as the GraphML schema wants it, no two the same.

    Spaces and what else a token may not hold become ``_``, letters lose their accents; the project's own
    graphs keep the id as it was in the attribute ``ref``.
    """
    ids: dict[Any, str] = {}
    taken: set[str] = set()
    for node in graph:
        ids[node] = unique(token(str(node)), taken, "-")
    return ids


def token(name: str) -> str:
    """``name`` as an XML name token, which is what the GraphML schema wants of ids and of ``attr.name``."""
    if _IS_TOKEN.match(name):
        return name
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return _TOKEN.sub("_", plain if len(plain.strip()) * 2 > len(name) else name) or "_"


def schema_of(graph: Any) -> dict[str, dict[str, str]]:
    """The attributes of nodes and of edges that have a value, each with its GraphML type: one for both where both have it."""
    seen: dict[str, set[str]] = {}
    names: dict[str, dict[str, None]] = {"node": {}, "edge": {}}
    rows = graph.rows() if hasattr(graph, "rows") else _rows(graph)
    for domain, values in rows:
        found = names[domain]
        for name, value in values.items():
            kind = _kind(value)
            if kind is not None:
                name = str(name)
                found[name] = None
                kinds = seen.get(name)
                if kinds is None:
                    seen[name] = {kind}
                elif kind not in kinds:
                    kinds.add(kind)
    types = {name: _DOUBLE if name == "weight" else _common(kinds) for name, kinds in seen.items()}
    return {domain: {name: types[name] for name in found} for domain, found in names.items()}


def _rows(graph: nx.Graph[Any]) -> Iterator[tuple[str, Mapping[Any, Any]]]:
    yield from (("node", values) for _, values in graph.nodes(data=True))
    yield from (("edge", values) for *_, values in graph.edges(data=True))


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


def _data(values: Mapping[Any, Any], keys: _Columns) -> str:
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
    # Empty text stands in columns of every type, and any value may stand in one that is called weight.
    if not isinstance(value, int | float) or abs(value) > sys.float_info.max or value != value:
        return None
    return repr(float(value))


_WRITERS: dict[str, Callable[[Any], str | None]] = {
    _BOOL: _boolean, _LONG: _long, _DOUBLE: _double, _STRING: _string,
}


def value_writer(kind: str) -> Callable[[Any], str | None]:
    """What turns a value of an attribute of type ``kind`` into text; None and empty text are to be left out."""
    return _WRITERS[kind]
