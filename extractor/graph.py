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
from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

from extractor.claims import Claim, ClaimReader
from extractor.claimview import ClaimView
from extractor.errors import ExtractorError
from extractor.exports import style
from extractor.exports.xmltext import escape_json
from extractor.model import Article, Filler, Result
from extractor.store import dumps, result_to_json
from extractor.summary import edge_values, listed

if TYPE_CHECKING:
    import networkx as nx

View = Literal["entities", "claims", "actors"]
Labels = Literal["fr", "en"]
STREAMED = 20_000


@dataclass(slots=True)
class _Thing:
    """What is known of one node while the results come in."""

    type: str
    names: dict[str, str] = field(default_factory=dict)
    category: str | None = None
    mentions: int = 0
    articles: dict[str, None] = field(default_factory=dict)
    texts: Counter[tuple[str, str]] = field(default_factory=Counter)
    shown: dict[str, str] = field(default_factory=dict)


def build_graph(results: Iterable[Result], view: View = "entities", labels: Labels = "fr") -> nx.MultiDiGraph[str]:
    """The graph of ``results``; ``labels`` is the language of what is displayed.

    Raises `ExtractorError` where ``view`` or ``labels`` is none of the known ones.
    """
    builder = GraphBuilder(view, labels)
    for result in results:
        builder.add(result)
    return builder.build()


class GraphBuilder:
    """Takes results one by one and keeps only what the view needs.

    ``min_weight``: edges of fewer claims are left out (not in the claims view). ``lone``: whether
    the entities view shows entities without any edge.
    """

    def __init__(self, view: str = "entities", labels: str = "fr", min_weight: int = 1, lone: bool = True) -> None:
        for value, known in ((view, get_args(View)), (labels, get_args(Labels))):
            if value not in known:
                raise ExtractorError(f"'{value}' is none of {', '.join(known)}")
        self.view, self.labels = view, labels
        self.min_weight, self.lone = min_weight, lone
        self.claims: list[Claim] = []
        self._reader = ClaimReader()
        self._things: dict[str, _Thing] = {}
        self._sources: dict[str, str] = {}
        self.articles: dict[str, dict[str, Any]] = {}
        self.mentioned: dict[str, Counter[str]] = {}

    def add(self, result: Result) -> None:
        """Take one article's result into the graph."""
        self.add_mentions(result)
        told = {(m.start, m.end) for m in result.mentions}
        for claim in self._reader.read(result):
            self.add_claim(claim, told)

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
                self._touch(mention.entity, mention.type, (article.lang or "", mention.text), article.id, mention.category)
                counted[mention.entity] += 1
        if self.view == "claims":
            record = escape_json(dumps(result_to_json(replace(result, transfers=()))))
            head = {"label": article.title or article.id, "ref": f"article:{article.id}", "lang": article.lang, "source": article.source,
                    "date": article.date and article.date.isoformat(), "record": record}
            self.articles[article.id] = {key: value for key, value in head.items() if value is not None}
            self.mentioned[article.id] = counted

    def add_claim(self, claim: Claim, told: Container[tuple[int, int]] = ()) -> None:
        """Take one claim; a filler that is none of the mentions ``told`` counts as one, and becomes a node."""
        transfer = claim.transfer
        for node, filler in ((claim.supplier, transfer.supplier), (claim.recipient, transfer.recipient),
                             (claim.item, transfer.item)):
            if node is not None and filler is not None:
                self._fill(node, filler, claim.article, told)
        if claim.source is not None and transfer.attribution is not None:
            self._sources.setdefault(claim.source, transfer.attribution.text)
        self.claims.append(claim)

    def build(self) -> nx.MultiDiGraph[str]:
        """The finished graph, with colours, sizes and positions."""
        import networkx as nx

        from extractor.exports.layout import positions

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        if self.view == "claims":
            view = ClaimView(self)
            graph.add_nodes_from(view.nodes())
            for source, target, values in view.edges():
                graph.add_edge(source, target, key=values["relation"], **values)
        else:
            self._rolled_up(graph)
        for node, (x, y) in positions(graph).items():
            graph.nodes[node].update(x=x, y=y)
        return graph

    def to_write(self) -> nx.MultiDiGraph[str] | ClaimView:
        """What the exporters are given: a large claims view is made on the way, and never held."""
        return ClaimView(self, placed=True) if self.view == "claims" and len(self.claims) > STREAMED else self.build()

    # -- nodes

    def _touch(self, node: str, kind: str, text: tuple[str, str], article: str, category: str | None = None) -> None:
        thing = self._things.setdefault(node, _Thing(kind))
        thing.mentions += 1
        thing.articles[article] = None
        thing.texts[text] += 1
        thing.category = thing.category or category

    def _fill(self, node: str, filler: Filler, article: Article, told: Container[tuple[int, int]]) -> None:
        thing = self._things.setdefault(node, _Thing(filler.type))
        thing.articles[article.id] = None
        if (filler.start, filler.end) not in told:
            thing.mentions += 1
            thing.texts[article.lang or "", filler.text] += 1

    def name(self, node: str, lang: str | None = None) -> str:
        """Display name of a node in ``lang``, else in the builder's language."""
        thing = self._things.get(node)
        if thing is None:
            return self._sources.get(node, node)
        lang = lang or self.labels
        if lang not in thing.shown:
            thing.shown[lang] = _display(thing, node, lang)
        return thing.shown[lang]

    def category(self, node: str | None) -> str | None:
        """A weapon's category, None for other nodes."""
        thing = self._things.get(node or "")
        return thing.category if thing else None

    def node_values(self, node: str) -> dict[str, Any]:
        """The attributes of a node that stands for an entity, or for a source that is none."""
        thing = self._things.get(node)
        if thing is None:
            return {"label": self.name(node), "ref": node, "type": "SOURCE", "color": style.node_color("SOURCE"), "size": 12.0}
        values = {"label": self.name(node), "ref": node, "type": thing.type, "color": style.node_color(thing.type),
                  "size": style.node_size(thing.mentions), "mentions": thing.mentions, "name_fr": self.name(node, "fr"),
                  "name_en": self.name(node, "en"), "articles": listed(thing.articles),
                  "article_count": len(thing.articles)}
        return values | ({"category": thing.category} if thing.category else {})

    # -- edges that add up

    def _rolled_up(self, graph: nx.MultiDiGraph[str]) -> None:
        if self.view == "entities" and self.lone:
            for node in self._things:
                graph.add_node(node, **self.node_values(node))
        for (source, target, relation), claims in self.groups().items():
            values = edge_values(relation, claims, self.name, self.labels)
            if values["weight"] >= self.min_weight:
                for node in (source, target):
                    if node not in graph:
                        graph.add_node(node, **self.node_values(node))
                graph.add_edge(source, target, key=values["relation"], **values)

    def groups(self) -> dict[tuple[str, str, str], list[Claim]]:
        """The claims behind each edge of the adding-up views, by source, target and relation without status."""
        groups: dict[tuple[str, str, str], list[Claim]] = {}
        for claim in self.claims:
            pairs = [(claim.supplier, claim.recipient, "supplies")]
            if self.view == "entities":
                pairs += [(claim.supplier, claim.item, "provides"), (claim.item, claim.recipient, "goes_to")]
            for source, target, relation in pairs:
                if source is not None and target is not None:
                    groups.setdefault((source, target, relation), []).append(claim)
        return groups


def _display(thing: _Thing, node: str, lang: str) -> str:
    """The entity's name; for a thing whose entity has one name for both languages, the words of the texts in ``lang``."""
    ranked = [text for (_, text), _ in thing.texts.most_common()]
    own = [text for (told, text), _ in thing.texts.most_common() if told == lang]
    names = thing.names
    if lang == "fr" and own and thing.type in ("WEAPON", "GOODS") and names.get("fr") == names.get("en") == node.partition(":")[2]:
        return own[0]
    return style.pick_name(names, lang, (own or ranked or [node.partition(":")[2] or node])[0])
