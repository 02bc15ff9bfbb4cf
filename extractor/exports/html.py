"""The report: one HTML file that opens offline and asks nobody for anything.

The graph is drawn with d3, whose JavaScript comes in the wheel of gravis. A Content-Security-Policy
allows the scripts and the style of this very file, by their hashes, and nothing from outside. Every
word from an article is escaped by the template or set as text by the script.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from jinja2 import Environment
from markupsafe import Markup, escape

from extractor.claims import STRENGTH, Claim
from extractor.errors import OutputError
from extractor.exports import style
from extractor.facts import conflicts, is_contested
from extractor.graph import GraphBuilder
from extractor.model import Result

if TYPE_CHECKING:
    from extractor.exports import Options

WORDS: dict[str, dict[str, Any]] = {
    "fr": {
        "title": "Transferts d'armes : ce que disent les textes", "filter": "Statut", "search": "Chercher",
        "contested_only": "contredits seulement", "contested": "contesté", "graph": "Graphe", "with_items": "objets", "lone": "entités sans lien", "fit": "Tout voir",
        "evidence": "Preuves", "hint": "Cliquez sur un lien ou un nœud du graphe pour lire les phrases qui le fondent.",
        "timeline": "Chronologie", "transfers": "Transferts", "articles": "Articles",
        "footer": "Un trait plein : affirmé ou rapporté. Tirets : allégué ou prévu. Points : démenti. Rose : contesté.",
        "undated": "Sans date : #. Barres pâles : date de l'article ; bord en tirets : période ouverte.",
        "columns": ("Fournisseur", "Destinataire", "Objet", "Quantité", "Quand", "Statut", "Source", "Article"),
        "counts": "Articles : {articles} · affirmations : {claims} · contradictions : {conflicts}",
        "types": {"STATE": "État", "ORG": "organisation", "PERSON": "personne", "WEAPON": "arme", "GOODS": "autre bien", "PLACE": "lieu"},
    },
    "en": {
        "title": "Arms transfers: what the texts say", "filter": "Status", "search": "Search",
        "contested_only": "contradicted only", "contested": "contested", "graph": "Graph", "with_items": "items", "lone": "entities without a link", "fit": "Show all",
        "evidence": "Evidence", "hint": "Click an edge or a node of the graph to read the sentences behind it.",
        "timeline": "Timeline", "transfers": "Transfers", "articles": "Articles",
        "footer": "Solid line: asserted or reported. Dashes: alleged or planned. Dots: denied. Pink: contested.",
        "undated": "Without a date: #. Pale bars: the article's date; dashed borders: open periods.",
        "columns": ("Supplier", "Recipient", "Item", "Quantity", "When", "Status", "Source", "Article"),
        "counts": "Articles: {articles} · claims: {claims} · contradictions: {conflicts}",
        "types": {"STATE": "state", "ORG": "organisation", "PERSON": "person", "WEAPON": "weapon", "GOODS": "other goods", "PLACE": "place"},
    },
}


def export(results: Iterable[Result], stream: IO[str], options: Options) -> None:
    """Write the report of ``results``; the whole of it is held in memory."""
    results = list(results)
    lang, words = options.labels, WORDS[options.labels]
    view = options.view if options.view != "claims" else "entities"
    builder = GraphBuilder(view, lang, options.filters.min_weight, lone=not options.filters)
    for result in results:
        builder.add(result)
    claims = builder.claims
    disputes = conflicts(claims)
    contested = {c.id for dispute in disputes for c in (*dispute.affirming, *dispute.denying)}
    sheet, script, library = _asset("report.css"), _asset("report.js"), _library()
    tally = Counter(c.status for c in claims)
    counts = words["counts"].format(articles=len(results), claims=len(claims), conflicts=len(disputes))
    page = _template().render(
        lang=lang, w=words, style=Markup(sheet), script=Markup(script), library=Markup(library),
        style_hash=Markup(_hash(sheet)), script_hashes=Markup(f"{_hash(library)} {_hash(script)}"), counts=counts,
        contested=len(contested), columns=words["columns"],
        statuses=[{"id": s, "word": style.STATUS_WORDS[lang][s], "count": tally[s]} for s in STRENGTH],
        legend=[{"id": key, "word": word} for key, word in words["types"].items()],
        rows=[_row(c, builder, c.id in contested) for c in claims],
        articles=_articles(results, claims), data=Markup(_json(_data(builder, claims, contested, words))),
    )
    stream.write(page.encode("utf-8", "replace").decode("utf-8"))


@lru_cache(maxsize=1)
def _template() -> Any:
    return Environment(autoescape=True).from_string(_asset("template.html"))


def _asset(name: str) -> str:
    return files("extractor.exports").joinpath("report", name).read_text(encoding="utf-8")


def _library() -> str:
    """d3 from the gravis wheel, its AMD wrapper answered by two lines."""
    spec = find_spec("gravis")
    if spec is None or spec.origin is None:
        raise OutputError("the report needs gravis, which is not installed: pip install gravis")
    path = Path(spec.origin).parent / "_internal" / "plotting" / "third_party" / "d3" / "d3.v7.min.def.js"
    source = path.read_text(encoding="utf-8").replace("</script", "<\\/script")
    return ("var d3 = {}; { const require = { defined: () => false }; const define = (_, needs, make) => make(d3);\n"
            f"{source}\n}}")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'"


def _json(value: Any) -> str:
    """JSON that can stand inside a script element."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _row(claim: Claim, builder: GraphBuilder, contested: bool) -> dict[str, Any]:
    transfer = claim.transfer
    q, w, a = transfer.quantity, transfer.when, transfer.attribution
    amount = next((v for v in (q.value, q.minimum, q.maximum) if v is not None), None) if q else None
    day = claim.first or claim.last
    return {
        "supplier": builder.name(claim.supplier) if claim.supplier else "", "recipient": builder.name(claim.recipient) if claim.recipient else "",
        "item": builder.name(claim.item) if claim.item else "", "quantity": q.text if q else "", "amount": "" if amount is None else f"{amount:f}",
        "when": w.text if w else "", "day": day.isoformat() if day else "", "status": claim.status, "rank": STRENGTH.index(claim.status),
        "word": style.STATUS_WORDS[builder.labels][claim.status], "contested": contested, "source": a.text if a else "",
        "article": claim.article.title or claim.article.id, "copy_of": claim.copy_of,
    }


def _data(builder: GraphBuilder, claims: Sequence[Claim], contested: set[str], words: dict[str, Any]) -> dict[str, Any]:
    """What the script draws."""
    graph = builder.build()
    number = {id(claim): i for i, claim in enumerate(claims)}
    edges: list[dict[str, Any]] = []
    for (source, target, relation), told in builder.groups().items():
        if graph.has_edge(source, target):
            edges.append({"id": len(edges), "source": source, "target": target, "relation": relation, "item": relation != "supplies",
                          "claims": [number[id(claim)] for claim in told], "contested": is_contested(told)})
    nodes = [{"id": node, "label": v["label"], "color": v["color"], "size": v["size"], "x": v["x"], "y": -v["y"],
              "lone": graph.degree(node) == 0} for node, v in graph.nodes(data=True)]
    return {
        "claims": [_claim(c, builder, c.id in contested) for c in claims], "nodes": nodes, "edges": edges,
        "colors": {**style.STATUS_COLORS, "contested": style.CONTESTED_COLOR}, "strength": STRENGTH,
        "words": {"relations": style.WORDS[builder.labels], "statuses": style.STATUS_WORDS[builder.labels],
                  "contested": words["contested"], "undated": words["undated"]},
    }


def _claim(claim: Claim, builder: GraphBuilder, contested: bool) -> dict[str, Any]:
    row = _row(claim, builder, contested)
    reported = claim.article.date
    first, last = claim.first, claim.last
    reckoned = first is None and last is None
    if reckoned:
        first = last = reported
    return {"status": claim.status, "contested": contested, "sentence": claim.transfer.evidence.sentence.text,
            "article": row["article"], "item": row["item"], "quantity": row["quantity"], "when": row["when"], "source": row["source"],
            "pair": f"{row['supplier'] or '?'} → {row['recipient'] or '?'}", "reckoned": reckoned,
            "from": first.isoformat() if first else "", "to": last.isoformat() if last else ""}


def _articles(results: Sequence[Result], claims: Sequence[Claim]) -> list[dict[str, Any]]:
    mine: dict[str, list[tuple[int, Claim]]] = {}
    for i, claim in enumerate(claims):
        mine.setdefault(claim.article.id, []).append((i, claim))
    return [{"title": r.article.title or r.article.id, "date": r.article.date, "source": r.article.source, "lang": r.article.lang or "",
             "body": _body(r, mine.get(r.article.id, []))} for r in results]


def _body(result: Result, claims: Sequence[tuple[int, Claim]]) -> Markup:
    """The text, with its mentions and triggers marked and each claim's sentence around them."""
    text = result.article.text
    marks: list[tuple[int, int, str]] = [(m.start, m.end, m.type) for m in result.mentions]
    anchors: dict[int, list[int]] = {}
    sentences: list[tuple[int, int]] = []
    for number, claim in claims:
        transfer = claim.transfer
        marks.append((transfer.trigger.start, transfer.trigger.end, "trigger"))
        if transfer.item is not None:
            marks.append((transfer.item.start, transfer.item.end, transfer.item.type))
        span = (transfer.evidence.sentence.start, min(len(text), transfer.evidence.sentence.end))
        sentences.append(span)
        anchors.setdefault(span[0], []).append(number)
    out: list[str] = []
    at = 0
    for start, end in _apart(sentences):
        out += [_marked(text, at, start, marks, anchors), '<span class="sentence">',
                _marked(text, start, end, marks, anchors), "</span>"]
        at = end
    return Markup("".join([*out, _marked(text, at, len(text), marks, anchors)]))


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in their order, overlapping ones joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _marked(text: str, start: int, end: int, marks: Sequence[tuple[int, int, str]], anchors: dict[int, list[int]]) -> str:
    inside = [m for m in marks if m[0] < end and m[1] > start]
    cuts = sorted({start, end, *(min(max(edge, start), end) for m in inside for edge in m[:2]),
                   *(place for place in anchors if start <= place < end)})
    out = []
    for a, b in pairwise(cuts):
        out += [f'<i id="c{number}"></i>' for number in anchors.get(a, ())]
        kinds = dict.fromkeys(kind for first, last, kind in inside if first <= a and last >= b)
        piece = str(escape(text[a:b]))
        out.append(f'<mark class="{" ".join(kinds)}">{piece}</mark>' if kinds else piece)
    return "".join(out)
