"""A register of transfers as arms-trade researchers know it from SIPRI, a row a claim.

The first ten columns are the trade register's own; no TIV is computed. Rows of one ``Entry`` speak
of the same transfer. UTF-8 with a BOM for spreadsheets; no cell runs as a formula.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import IO, TYPE_CHECKING, Any

from extractor.claims import FACTUAL, Claim
from extractor.coding import code_of, in_scope, is_used, stage_of
from extractor.exports import style
from extractor.exports.cells import write_rows
from extractor.facts import Fact, roll_up, tally_text
from extractor.graph import GraphBuilder
from extractor.model import Quantity, Result, When

if TYPE_CHECKING:
    from extractor.exports import Options

COLUMNS = (
    "Recipient", "Supplier", "Year of order", "Number ordered", "Weapon designation", "Weapon description",
    "Number delivered", "Year(s) of delivery", "Status", "Comments",
    "Year of order is estimate", "Number ordered is estimate", "Number delivered is estimate",
    "Year(s) of delivery is estimate",
    "Entry", "Factuality", "Stage", "Contested", "Attribution", "Quantity as written", "Quantity minimum",
    "Quantity maximum", "Unit", "Amount", "Currency", "Date as written", "First day", "Last day", "Date precision",
    "Recipient id", "Supplier id", "Item id", "Item type", "Category", "In SIPRI major-arms scope", "PLOVER", "PLOVER mode",
    "CAMEO", "Confidence", "Rule", "Article", "Article date", "Article title", "Article source", "Reprint of",
    "Sentence", "Sentence start", "Sentence end", "Trigger", "Trigger start", "Claim",
)


def export(results: Iterable[Result], stream: IO[str], options: Options) -> None:
    """Write the register of ``results`` to a text ``stream``."""
    builder = GraphBuilder("actors", options.labels)
    for result in results:
        builder.add(result)
    write_rows(stream, COLUMNS, rows(builder, options.labels), bom=True)


def rows(builder: GraphBuilder, labels: str) -> Iterator[list[Any]]:
    """The register's rows, the claims of one fact together."""
    for number, fact in enumerate(roll_up(builder.claims), 1):
        comment = tally_text(fact.counted, builder.name, style.TALLY[labels])
        for claim in fact.claims:
            row = _sipri(claim, builder.name, comment, labels) | _beside(claim, fact, number, builder)
            yield [row.get(column) for column in COLUMNS]


def _sipri(claim: Claim, name: Callable[[str], str], comment: str, labels: str) -> dict[str, Any]:
    transfer, stage = claim.transfer, stage_of(claim)
    item = transfer.item
    title = name(claim.item) if claim.item else None
    named = title is not None and item is not None and item.type == "WEAPON" and title != title.lower()
    done = stage in ("shipped", "delivered")
    number, guessed = _number(transfer.quantity)
    years, rough = _years(transfer.when)
    role, year = ("Number delivered", "Year(s) of delivery") if done else ("Number ordered", "Year of order")
    said = style.STATUS_WORDS[labels][claim.status]
    if claim.status not in FACTUAL:
        guessed = guessed if number is None else True
        rough = rough if years is None else True
    if stage is None:
        number = guessed = years = rough = None
    return {
        "Recipient": name(claim.recipient) if claim.recipient else None,
        "Supplier": name(claim.supplier) if claim.supplier else None,
        role: number, f"{role} is estimate": guessed, year: years, f"{year} is estimate": rough,
        "Weapon designation": title if named else None,
        "Weapon description": item.text if item else None,
        "Status": "Second hand" if is_used(item, claim.article.lang or "fr") else None,
        "Comments": comment if claim.status in FACTUAL else f"{said.upper()}. {comment}",
    }


def _beside(claim: Claim, fact: Fact, number: int, builder: GraphBuilder) -> dict[str, Any]:
    transfer, code = claim.transfer, code_of(claim)
    q, w, proof = transfer.quantity, transfer.when, transfer.evidence
    category = builder.category(claim.item)
    scope = None if transfer.item is None else (
        False if transfer.item.type == "GOODS" else in_scope(category, transfer.item.text))
    return {
        "Entry": number, "Factuality": claim.status, "Stage": stage_of(claim), "Contested": fact.contested,
        "Attribution": transfer.attribution and transfer.attribution.text,
        "Quantity as written": q and q.text, "Quantity minimum": (q and not q.money and _plain(q.minimum)) or None,
        "Quantity maximum": (q and not q.money and _plain(q.maximum)) or None, "Unit": (q and not q.money and q.unit) or None,
        "Amount": _plain(q.value) if q and q.money else None, "Currency": q.unit if q and q.money else None,
        "Date as written": w and w.text, "First day": w and w.earliest, "Last day": w and w.latest,
        "Date precision": w and w.precision, "Recipient id": claim.recipient, "Supplier id": claim.supplier,
        "Item id": claim.item, "Item type": transfer.item and transfer.item.type, "Category": category,
        "In SIPRI major-arms scope": "unclear" if scope is None else "yes" if scope else "no",
        "PLOVER": code.plover, "PLOVER mode": code.mode, "CAMEO": code.cameo, "Confidence": transfer.confidence,
        "Rule": transfer.rule, "Article": claim.article.id, "Article date": claim.article.date,
        "Article title": claim.article.title, "Article source": claim.article.source, "Reprint of": claim.copy_of,
        "Sentence": proof.sentence.text, "Sentence start": proof.sentence.start, "Sentence end": proof.sentence.end,
        "Trigger": transfer.trigger.text, "Trigger start": transfer.trigger.start, "Claim": claim.id,
    }


def _plain(value: float | None) -> int | float | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _number(quantity: Quantity | None) -> tuple[str | int | float | None, bool | None]:
    """How many, and whether that is no exact count; a range is written with a dash, a bound with ≥ or ≤."""
    if quantity is None or quantity.money:
        return None, None
    if quantity.value is not None:
        return _plain(quantity.value), quantity.comparator != "="
    low, high = _plain(quantity.minimum), _plain(quantity.maximum)
    if low is None or high is None:
        return (f"≥{low}" if low is not None else f"≤{high}" if high is not None else None), True
    return f"{low}–{high}", True


def _years(when: When | None) -> tuple[str | None, bool | None]:
    """The years that a time covers, and whether the text leaves them open."""
    if when is None or (when.earliest is None and when.latest is None):
        return None, None
    first = str(when.earliest.year) if when.earliest else ""
    last = str(when.latest.year) if when.latest else ""
    years = first if first == last else f"{first}–{last}"
    return years, when.anchor != "text" or not (first and last)
