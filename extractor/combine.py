"""Putting files together: ``extractor merge`` and ``extractor convert``.

Where all inputs keep the records, the records are merged and everything is counted anew. Graphs of
the adding-up views keep no records: their edges are joined by the claims they list, so that a claim
in both files counts once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor import exports
from extractor.claims import FACTUAL
from extractor.errors import InputError, OutputError
from extractor.exports import Filters, style
from extractor.exports.reading import read
from extractor.facts import AFFIRMING, strongest
from extractor.model import STATUSES, Result
from extractor.summary import LIST, merge_periods

if TYPE_CHECKING:
    import networkx as nx

_CLAIM = re.compile(r"(.*) \((\w+)\)\Z", re.DOTALL)
_LISTS = ("articles", "quantities", "whens", "sources", "reprints", *(f"items_{s}" for s in STATUSES))


def convert(sources: Sequence[str | Path], target: str | Path, *, view: str = "entities", labels: str = "fr",
            filters: Filters | None = None) -> None:
    """Read ``sources`` (JSON Lines or GraphML), merge them where there are several, and write ``target``.

    ``view`` and ``filters`` need the records, which JSON Lines and GraphML of the claims view keep.
    Raises `InputError` for what can't be read, `OutputError` for what can't be written.
    """
    import networkx as nx

    exports.check(target)
    graphs: list[nx.MultiDiGraph[str]] = []
    parts: list[Iterable[Result]] = []
    for source in sources:
        found = read(source)
        if isinstance(found, nx.MultiDiGraph):
            graphs.append(found)
        else:
            parts.append(found)
    if not graphs:
        results = parts[0] if len(parts) == 1 else merge_results(parts)
        exports.write(results, target, view=view, labels=labels, filters=filters)
        return
    if parts:
        raise InputError("records and graphs without records can't be merged; give .jsonl or GraphML of the claims view")
    if filters or exports.format_of(target).takes != "graph":
        raise OutputError(f"{target}: needs records, which {sources[0]} does not keep; give .jsonl or GraphML of the claims view")
    graph = graphs[0] if len(graphs) == 1 else merge_graphs(graphs, labels)
    exports.write_graph(graph, target, labels)


def merge_results(parts: Iterable[Iterable[Result]]) -> list[Result]:
    """The results of all ``parts``, each article once; another text under a known id becomes ``ID~2``."""
    merged: dict[str, Result] = {}
    for part in parts:
        for result in part:
            _take(merged, result)
    return list(merged.values())


def _take(merged: dict[str, Result], result: Result) -> None:
    name, number = result.article.id, 2
    while name in merged and merged[name].article.text != result.article.text:
        name, number = f"{result.article.id}~{number}", number + 1
    old = merged.get(name)
    if old is None:
        merged[name] = result if name == result.article.id else _renamed(result, name)
        return
    merged[name] = replace(
        old, mentions=tuple(dict.fromkeys(old.mentions + _renamed(result, name).mentions)),
        entities=tuple({e.id: e for e in (*result.entities, *old.entities)}.values()),
        transfers=tuple(dict.fromkeys(old.transfers + _renamed(result, name).transfers)))


def _renamed(result: Result, name: str) -> Result:
    transfers = (replace(t, evidence=replace(t.evidence, article=name)) for t in result.transfers)
    return replace(result, article=replace(result.article, id=name), transfers=tuple(transfers))


def merge_graphs(graphs: Sequence[nx.MultiDiGraph[str]], labels: str = "fr") -> nx.MultiDiGraph[str]:
    """One graph of several of the entities or actors view; a claim that two of them list counts once."""
    import networkx as nx

    from extractor.exports.layout import positions

    merged: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for graph in graphs:
        for node, values in graph.nodes(data=True):
            merged.add_node(node, **(_node(merged.nodes[node], values) if node in merged else values))
        for source, target, key, values in graph.edges(keys=True, data=True):
            relation = re.sub(rf"_({'|'.join(STATUSES)})\Z", "", str(values.get("relation") or key))
            groups.setdefault((source, target, relation), []).append(values)
    for (source, target, relation), rows in groups.items():
        values = rows[0] if len(rows) == 1 else _edge(relation, rows, labels)
        merged.add_edge(source, target, key=values.get("relation", relation), **values)
    for node, (x, y) in positions(merged).items():
        merged.nodes[node].update(x=x, y=y)
    return merged


def _node(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Attributes of a node of two graphs; mentions add up where the articles differ."""
    out = {**new, **old}
    mine, other = _split(old.get("articles")), _split(new.get("articles"))
    both = {**mine, **other}
    if both:
        out["articles"], out["article_count"] = LIST.join(both), len(both)
    if "mentions" in old and "mentions" in new:
        apart = not mine.keys() & other.keys()
        out["mentions"] = old["mentions"] + new["mentions"] if apart else max(old["mentions"], new["mentions"])
        out["size"] = style.node_size(out["mentions"])
    return out


def _edge(relation: str, rows: Sequence[dict[str, Any]], labels: str) -> dict[str, Any]:
    claims: dict[str, str] = {}
    whole = max(rows, key=lambda values: len(_split(values.get("claims"))))
    if all(_split(values.get("claims")).keys() <= _split(whole.get("claims")).keys() for values in rows) and whole.get("claims"):
        return whole
    for values in rows:
        claims.update((m[1], m[2]) for token in _split(values.get("claims")) if (m := _CLAIM.match(token)))
    out: dict[str, Any] = {**rows[0], "weight": float(len(claims) or sum(v.get("weight", 1.0) for v in rows))}
    for name in _LISTS:
        joined = LIST.join(dict.fromkeys(v for values in rows for v in _split(values.get(name))))
        out |= {name: joined} if joined else {}
    for name, pick in (("first_date", min), ("first_reported", min), ("last_date", max), ("last_reported", max)):
        days = [values[name] for values in rows if name in values]
        out |= {name: pick(days)} if days else {}
    for name, pick in (("quantity_min", min), ("quantity_max", max)):
        told = [values.get(name) for values in rows if "quantities" in values]
        out.pop(name, None)
        out |= {name: pick(told)} if told and None not in told else {}  # type: ignore[type-var]
    out["evidence"] = "\n".join(dict.fromkeys(v for values in rows for v in str(values.get("evidence") or "").split("\n")))
    if "articles" in out:
        out["article_count"] = len(_split(out["articles"]))
    periods = merge_periods(p for values in rows for p in _split(values.get("periods")))
    return out | ({"periods": LIST.join(periods)} if periods else {}) | _status(relation, claims, rows, out, labels)


def _status(relation: str, claims: dict[str, str], rows: Sequence[dict[str, Any]], out: dict[str, Any],
            labels: str) -> dict[str, Any]:
    """What follows from the statuses of an edge's claims: relation, label, colour and tally."""
    if not claims or relation not in style.WORDS[labels]:
        return {}
    tally = Counter(claims.values())
    status = strongest(tally)
    factuality = "" if status in FACTUAL else status
    contested = any(values.get("contested") for values in rows) or (
        relation != "supplies" and bool(tally["denied"]) and any(tally[s] for s in AFFIRMING))
    items = [i for s in (FACTUAL if not factuality else (status,)) for i in _split(out.get(f"items_{s}"))]
    words = style.STATUS_WORDS[labels]
    return {
        "claims": LIST.join(f"{claim} ({s})" for claim, s in claims.items()), "status": status, "contested": contested,
        "relation": f"{relation}_{factuality}" if factuality else relation, "color": style.edge_color(status, contested),
        "label": style.edge_label(relation, factuality, contested, labels, items), **{s: tally[s] for s in STATUSES},
        "tally": "; ".join(f"{tally[s]} {words[s]}" for s in STATUSES if tally[s]),
    }


def _split(value: Any) -> dict[str, None]:
    return dict.fromkeys(str(value).split(LIST)) if value not in (None, "") else {}


def iter_results(sources: Iterable[str | Path]) -> Iterator[Result]:
    """The results of files that keep them. Raises `InputError` for a graph without records."""
    for source in sources:
        found = read(source)
        if hasattr(found, "nodes"):
            raise InputError(f"{source}: keeps no records; give .jsonl or GraphML of the claims view")
        yield from found
