"""The knowledge graph: who supplies what to whom, as a networkx MultiDiGraph.

Three views of the same claims:

``entities``  every entity found is a node; claims add up to edges supplier → recipient (``supplies``),
              supplier → item (``provides``) and item → recipient (``goes_to``);
``actors``    suppliers and recipients only, with their ``supplies`` edges;
``claims``    each transfer is a node of its own between its supplier, recipient, item, source and
              article; nothing is lost, `extractor.exports.graphml.read_results` gets the records back.

An edge with no asserted or reported claim carries another relation: ``supplies_alleged``,
``supplies_planned``, ``supplies_denied``, and so with the other two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

from extractor.claims import FACTUAL, STRENGTH, Claim, claims_of
from extractor.errors import ExtractorError
from extractor.exports import style
from extractor.model import STATUSES, Filler, Result
from extractor.store import dumps, result_to_json

if TYPE_CHECKING:
    import networkx as nx

View = Literal["entities", "claims", "actors"]
Labels = Literal["fr", "en"]
EVIDENCE_SHOWN = 50

_DIRECT, _PROVIDES, _GOES = "supplies", "provides", "goes_to"


@dataclass(slots=True)
class _Thing:
    """What is known of one node while the results come in."""

    type: str
    names: dict[str, str] = field(default_factory=dict)
    category: str | None = None
    mentions: int = 0
    articles: dict[str, None] = field(default_factory=dict)
    texts: Counter[str] = field(default_factory=Counter)


def build_graph(results: Iterable[Result], view: View = "entities", labels: Labels = "fr") -> nx.MultiDiGraph[str]:
    """The graph of ``results``; ``labels`` is the language of what is displayed.

    Raises `ExtractorError` where ``view`` or ``labels`` is none of the known ones.
    """
    builder = GraphBuilder(view, labels)
    for result in results:
        builder.add(result)
    return builder.build()


class GraphBuilder:
    """Takes results one by one and keeps only what the view needs."""

    def __init__(self, view: View = "entities", labels: Labels = "fr") -> None:
        for value, known in ((view, get_args(View)), (labels, get_args(Labels))):
            if value not in known:
                raise ExtractorError(f"'{value}' is none of {', '.join(known)}")
        self.view, self.labels = view, labels
        self.claims: list[Claim] = []
        self._things: dict[str, _Thing] = {}
        self._articles: dict[str, dict[str, Any]] = {}
        self._mentioned: dict[str, Counter[str]] = {}

    def add(self, result: Result) -> None:
        """Take one article's result into the graph."""
        self.add_mentions(result)
        for claim in claims_of(result):
            self.add_claim(claim)

    def add_mentions(self, result: Result) -> None:
        """Take the entities of an article, and the article itself, without its transfers."""
        article = result.article
        for entity in result.entities:
            thing = self._things.setdefault(entity.id, _Thing(entity.type))
            thing.names = thing.names or dict(entity.names)
            thing.category = thing.category or entity.category
        counted: Counter[str] = Counter()
        for mention in result.mentions:
            if mention.entity is not None:
                self._touch(mention.entity, mention.type, mention.text, article.id, mention.category)
                counted[mention.entity] += 1
        if self.view == "claims":
            record = dumps(result_to_json(replace(result, transfers=())))
            head = {"label": article.title or article.id, "lang": article.lang, "source": article.source,
                    "date": article.date and article.date.isoformat(), "record": record}
            self._articles[article.id] = {key: value for key, value in head.items() if value is not None}
            self._mentioned[article.id] = counted

    def add_claim(self, claim: Claim) -> None:
        """Take one claim; its fillers become nodes even where no mention stands for them."""
        transfer = claim.transfer
        for node, filler in ((claim.supplier, transfer.supplier), (claim.recipient, transfer.recipient),
                             (claim.item, transfer.item)):
            if node is not None and filler is not None:
                self._fill(node, filler, claim.article.id)
        self.claims.append(claim)

    def build(self) -> nx.MultiDiGraph[str]:
        """The finished graph, with colours, sizes and positions."""
        import networkx as nx

        from extractor.exports.layout import positions

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        if self.view == "claims":
            self._claim_nodes(graph)
        else:
            self._rolled_up(graph)
        for node, (x, y) in positions(graph).items():
            graph.nodes[node].update(x=x, y=y)
        return graph

    # -- nodes

    def _touch(self, node: str, kind: str, text: str, article: str, category: str | None = None) -> None:
        thing = self._things.setdefault(node, _Thing(kind))
        thing.mentions += 1
        thing.articles[article] = None
        thing.texts[text] += 1
        thing.category = thing.category or category

    def _fill(self, node: str, filler: Filler, article: str) -> None:
        thing = self._things.setdefault(node, _Thing(filler.type))
        thing.articles[article] = None
        if node != filler.id:
            thing.mentions += 1
            thing.texts[filler.text] += 1

    def _node(self, graph: nx.MultiDiGraph[str], node: str) -> None:
        if node in graph:
            return
        thing = self._things[node]
        fallback = thing.texts.most_common(1)[0][0] if thing.texts else node.partition(":")[2] or node
        label = style.pick_name(thing.names, self.labels, fallback)
        graph.add_node(node, label=label, type=thing.type, color=style.node_color(thing.type),
                       size=style.node_size(thing.mentions), mentions=thing.mentions,
                       name_fr=style.pick_name(thing.names, "fr", fallback),
                       name_en=style.pick_name(thing.names, "en", fallback),
                       articles=" | ".join(thing.articles), article_count=len(thing.articles))
        if thing.category:
            graph.nodes[node]["category"] = thing.category

    # -- edges that add up

    def _rolled_up(self, graph: nx.MultiDiGraph[str]) -> None:
        if self.view == "entities":
            for node in self._things:
                self._node(graph, node)
        groups: dict[tuple[str, str, str], list[Claim]] = {}
        for claim in self.claims:
            pairs = [(claim.supplier, claim.recipient, _DIRECT)]
            if self.view == "entities":
                pairs += [(claim.supplier, claim.item, _PROVIDES), (claim.item, claim.recipient, _GOES)]
            for source, target, relation in pairs:
                if source is not None and target is not None:
                    groups.setdefault((source, target, relation), []).append(claim)
        for (source, target, relation), claims in groups.items():
            self._node(graph, source)
            self._node(graph, target)
            values = self._summary(relation, claims)
            graph.add_edge(source, target, key=values["relation"], **values)

    def _summary(self, relation: str, claims: list[Claim]) -> dict[str, Any]:
        tally = Counter(claim.status for claim in claims)
        status = next(s for s in STRENGTH if tally[s])
        factuality = "" if status in FACTUAL else status
        contested = bool(tally["denied"]) and len(tally) > 1 and status != "planned"
        label = style.edge_label(relation, factuality, contested, self.labels)
        values: dict[str, Any] = {
            "relation": f"{relation}_{factuality}" if factuality else relation,
            "weight": float(len(claims)), "status": status, "contested": contested,
            "color": style.edge_color(status, contested),
            **{s: tally[s] for s in STATUSES},
        }
        items = self._items(claims)
        told = items.get(status, {}) if factuality else {k: None for s in FACTUAL for k in items.get(s, {})}
        shown = list(told)[:2] + ([f"+{len(told) - 2}"] if len(told) > 2 else [])
        values["label"] = f"{label}{style.COLON[self.labels]}{', '.join(shown)}" if shown and relation == _DIRECT else label
        values.update({f"items_{s}": " | ".join(items[s]) for s in STATUSES if items.get(s)})
        return values | _dates(claims) | _proof(claims)

    def _items(self, claims: list[Claim]) -> dict[str, dict[str, None]]:
        """Names of the items by status, each once, in the order of the claims."""
        items: dict[str, dict[str, None]] = {}
        for claim in claims:
            if claim.item is not None and claim.transfer.item is not None:
                name = style.pick_name(self._things[claim.item].names, self.labels, claim.transfer.item.text)
                items.setdefault(claim.status, {})[name] = None
        return items

    # -- claims as nodes

    def _claim_nodes(self, graph: nx.MultiDiGraph[str]) -> None:
        words = style.ROLE_WORDS[self.labels]
        for article, values in self._articles.items():
            graph.add_node(f"article:{article}", type="ARTICLE", color=style.node_color("ARTICLE"), size=20.0, **values)
            for node, count in self._mentioned[article].items():
                self._node(graph, node)
                graph.add_edge(f"article:{article}", node, key="mentions", relation="mentions",
                               label=words["mentions"], weight=float(count), color="#d0d0d0")
        for claim in self.claims:
            self._claim_node(graph, claim)

    def _claim_node(self, graph: nx.MultiDiGraph[str], claim: Claim) -> None:
        from extractor.store import transfer_to_json

        transfer, words = claim.transfer, style.ROLE_WORDS[self.labels]
        status = style.STATUS_WORDS[self.labels][claim.status]
        values: dict[str, Any] = {
            "label": f"{transfer.trigger.text} ({status})", "type": "CLAIM", "color": style.node_color("CLAIM"),
            "size": 12.0, "status": claim.status, "trigger": transfer.trigger.text, "rule": transfer.rule,
            "confidence": float(transfer.confidence), "sentence": transfer.evidence.sentence.text,
            "sentence_start": transfer.evidence.sentence.start, "article": claim.article.id,
            "record": dumps(transfer_to_json(transfer)),
        }
        if transfer.quantity:
            values["quantity"] = transfer.quantity.text
        if transfer.when:
            values["when"] = transfer.when.text
        if transfer.attribution:
            values["attribution"] = transfer.attribution.text
        graph.add_node(claim.id, **values, **_dates([claim]))
        self._source_node(graph, claim)
        article = f"article:{claim.article.id}"
        ends = [(claim.supplier, claim.id, "supplier"), (claim.id, claim.recipient, "recipient"),
                (claim.id, claim.item, "item"), (claim.source, claim.id, "source"), (claim.id, article, "article")]
        for source, target, role in ends:
            if source is not None and target is not None:
                for node in (source, target):
                    if node in self._things:
                        self._node(graph, node)
                graph.add_edge(source, target, key=role, relation=role, label=words[role], weight=1.0,
                               status=claim.status, color=style.edge_color(claim.status))

    def _source_node(self, graph: nx.MultiDiGraph[str], claim: Claim) -> None:
        if claim.source is not None and claim.source not in self._things and claim.source not in graph:
            words = claim.transfer.attribution.text if claim.transfer.attribution else claim.source
            graph.add_node(claim.source, label=words, type="SOURCE", color=style.node_color("SOURCE"), size=12.0)


def _dates(claims: list[Claim]) -> dict[str, str]:
    """First and last day of the events, and of the articles that tell of them, where known."""
    days = {
        "first_date": min((d for c in claims if (d := c.first or c.last)), default=None),
        "last_date": max((d for c in claims if (d := c.last or c.first)), default=None),
        "first_reported": min((c.article.date for c in claims if c.article.date), default=None),
        "last_reported": max((c.article.date for c in claims if c.article.date), default=None),
    }
    return {key: day.isoformat() for key, day in days.items() if day is not None}


def _proof(claims: list[Claim]) -> dict[str, Any]:
    """Quantities, sources and sentences of an edge's claims, each distinct one once."""
    articles = dict.fromkeys(c.article.id for c in claims)
    sentences = dict.fromkeys(
        f"[{c.article.id}:{s.start}-{s.end}] {s.text}" for c in claims for s in (c.transfer.evidence.sentence,))
    shown = list(sentences)[:EVIDENCE_SHOWN]
    if len(sentences) > len(shown):
        shown.append(f"… +{len(sentences) - len(shown)}")
    joined = {
        "quantities": dict.fromkeys(
            f"{c.transfer.quantity.text} {c.transfer.item.text}" if c.transfer.item else c.transfer.quantity.text
            for c in claims if c.transfer.quantity),
        "whens": dict.fromkeys(c.transfer.when.text for c in claims if c.transfer.when),
        "sources": dict.fromkeys(c.transfer.attribution.text for c in claims if c.transfer.attribution),
    }
    out: dict[str, Any] = {key: " | ".join(values) for key, values in joined.items() if values}
    return out | {"articles": " | ".join(articles), "article_count": len(articles),
                  "evidence": "\n".join(shown), "claims": " | ".join(c.id for c in claims)}
