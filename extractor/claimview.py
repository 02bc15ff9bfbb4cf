"""The claims view: each transfer a node between its supplier, recipient, item, source and article.

`ClaimView` makes nodes and edges as they are asked for, so that a file of any number of claims can be
written without holding the graph; it answers like a networkx graph to what the writers ask of one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from extractor.claims import Claim
from extractor.coding import code_of, stage_of
from extractor.exports import style
from extractor.exports.xmltext import escape_json
from extractor.store import dumps, transfer_to_json
from extractor.summary import dates

if TYPE_CHECKING:
    from extractor.graph import GraphBuilder

Values = dict[str, Any]
# Stands for the record where only names and types of the attributes are asked for.
_RECORD = "{}"


class ClaimView:
    """Nodes and edges of a builder's claims, made on the way."""

    def __init__(self, builder: GraphBuilder, placed: bool = False) -> None:
        self.builder = builder
        self.words = style.ROLE_WORDS[builder.labels]
        self._places = self._sunflower() if placed else {}

    def is_directed(self) -> bool:
        """True, as networkx answers."""
        return True

    def __iter__(self) -> Iterator[str]:
        seen: set[str] = set()
        for article, counted in self.builder.mentioned.items():
            yield from _new(seen, f"article:{article}", *counted)
        for claim in self.builder.claims:
            yield from _new(seen, claim.id, *(node for node in (claim.supplier, claim.recipient, claim.item, claim.source) if node))

    def nodes(self, data: bool = True, light: bool = False) -> Iterator[tuple[str, Values]]:
        """Each node with its attributes; ``light`` leaves the records empty."""
        claims = {claim.id: claim for claim in self.builder.claims}
        for node in self:
            claim = claims.get(node)
            if claim is not None:
                values = self._claim(claim, light)
            elif node.startswith("article:") and node[8:] in self.builder.articles:
                values = {"type": "ARTICLE", "color": style.node_color("ARTICLE"), "size": 20.0,
                          **self.builder.articles[node[8:]]}
            else:
                values = self.builder.node_values(node)
            if node in self._places:
                values["x"], values["y"] = self._places[node]
            yield node, values

    def edges(self, data: bool = True) -> Iterator[tuple[str, str, Values]]:
        """Each edge with its attributes."""
        for article, counted in self.builder.mentioned.items():
            for node, count in counted.items():
                yield f"article:{article}", node, {"label": self.words["mentions"], "relation": "mentions",
                                                   "weight": float(count), "color": "#d0d0d0"}
        for claim in self.builder.claims:
            color = style.edge_color(claim.status)
            for source, target, role in ends(claim):
                yield source, target, {"label": self.words[role], "relation": role, "weight": 1.0, "color": color,
                                       "status": claim.status}

    def rows(self) -> Iterator[tuple[str, Values]]:
        """All attributes by domain, for `extractor.exports.graphml.schema_of`, without making the records."""
        yield from (("node", values) for _, values in self.nodes(light=True))
        yield from (("edge", values) for *_, values in self.edges())

    def _claim(self, claim: Claim, light: bool) -> Values:
        transfer, code, stage = claim.transfer, code_of(claim), stage_of(claim)
        q, w, a = transfer.quantity, transfer.when, transfer.attribution
        values: Values = {
            "label": f"{transfer.trigger.text} ({style.STATUS_WORDS[self.builder.labels][claim.status]})", "ref": claim.id,
            "type": "CLAIM", "color": style.node_color("CLAIM"), "size": 12.0, "status": claim.status, "trigger": transfer.trigger.text,
            "rule": transfer.rule, "confidence": float(transfer.confidence), "sentence": transfer.evidence.sentence.text,
            "sentence_start": transfer.evidence.sentence.start, "article": claim.article.id,
            "plover": code.plover, "cameo": code.cameo,
            "record": _RECORD if light else escape_json(dumps(transfer_to_json(transfer))),
        }
        more = {"stage": stage, "quantity": q and q.text, "when": w and w.text, "attribution": a and a.text,
                "copy_of": claim.copy_of}
        return values | {key: value for key, value in more.items() if value is not None} | dates([claim])

    def _sunflower(self) -> dict[str, tuple[float, float]]:
        """Positions for graphs too large for springs: the best connected in the middle."""
        from extractor.exports.layout import sunflower

        degrees: Counter[str] = Counter(dict.fromkeys(self, 0))
        for article, counted in self.builder.mentioned.items():
            degrees[f"article:{article}"] += len(counted)
            degrees.update(counted.keys())
        for claim in self.builder.claims:
            degrees.update(node for source, target, _ in ends(claim) for node in (source, target))
        return sunflower(degrees)


def ends(claim: Claim) -> Iterator[tuple[str, str, str]]:
    """Source, target and role of each edge of a claim."""
    found = ((claim.supplier, claim.id, "supplier"), (claim.id, claim.recipient, "recipient"), (claim.id, claim.item, "item"),
             (claim.source, claim.id, "source"), (claim.id, f"article:{claim.article.id}", "article"))
    for source, target, role in found:
        if source is not None and target is not None:
            yield source, target, role


def _new(seen: set[str], *nodes: str) -> Iterator[str]:
    for node in nodes:
        if node not in seen:
            seen.add(node)
            yield node

