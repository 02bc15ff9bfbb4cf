"""What an edge tells of the claims behind it: no value of one claim beside another's."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from extractor.claims import FACTUAL, Claim
from extractor.exports import style
from extractor.facts import is_contested, strongest, tally_text
from extractor.model import STATUSES

LIST = " | "
EVIDENCE_SHOWN = 50
Name = Callable[[str], str]


def edge_values(relation: str, claims: Sequence[Claim], name: Name, labels: str) -> dict[str, Any]:
    """Attributes of the edge ``relation`` that stands for ``claims``; ``name`` gives a node's display name.

    Reprints count for nothing but stay listed under ``reprints``.
    """
    counted = [c for c in claims if c.copy_of is None] or list(claims)
    tally = Counter(c.status for c in counted)
    status = strongest(tally)
    factuality = "" if status in FACTUAL else status
    contested = is_contested(counted)
    items = _items(counted, name)
    told = list(dict.fromkeys(i for s in (FACTUAL if not factuality else (status,)) for i in items.get(s, ())))
    values: dict[str, Any] = {
        "label": style.edge_label(relation, factuality, contested, labels, told),
        "relation": f"{relation}_{factuality}" if factuality else relation,
        "weight": float(len(counted)), "color": style.edge_color(status, contested), "status": status,
        "contested": contested, **{s: tally[s] for s in STATUSES},
        "tally": tally_text(counted, name, style.TALLY[labels]),
    }
    values.update({f"items_{s}": listed(items[s]) for s in STATUSES if items.get(s)})
    return values | dates(counted) | _quantities(counted) | _proof(claims, counted)


def listed(values: Iterable[str]) -> str:
    """Several values as one text, `LIST` between them and nowhere else."""
    return LIST.join(value.replace(LIST, " ¦ ") for value in values)


def dates(claims: Iterable[Claim]) -> dict[str, str]:
    """First and last day of the events, and of the articles that tell of them, where known."""
    claims = list(claims)
    days = {
        "first_date": min((d for c in claims if (d := c.first or c.last)), default=None),
        "last_date": max((d for c in claims if (d := c.last or c.first)), default=None),
        "first_reported": min((c.article.date for c in claims if c.article.date), default=None),
        "last_reported": max((c.article.date for c in claims if c.article.date), default=None),
    }
    out = {key: day.isoformat() for key, day in days.items() if day is not None}
    return out | ({"periods": found} if (found := listed(_periods(claims))) else {})


def _periods(claims: Iterable[Claim]) -> list[str]:
    """The claims' intervals, merged where they touch, as ``2024-06-01/2024-06-30``; an open end is left empty."""
    return merge_periods(f"{c.first or ''}/{c.last or ''}" for c in claims if c.first or c.last)


def merge_periods(periods: Iterable[str]) -> list[str]:
    """Intervals written ``2024-06-01/2024-06-30``, either end left empty where open, merged where they touch."""
    spans = []
    for period in periods:
        first, _, last = period.partition("/")
        spans.append((date.fromisoformat(first) if first else date.min, date.fromisoformat(last) if last else date.max))
    merged: list[tuple[date, date]] = []
    for start, end in sorted(span for span in spans if span[0] <= span[1]):
        if merged and start.toordinal() <= merged[-1][1].toordinal() + 1:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return [f"{'' if a == date.min else a}/{'' if b == date.max else b}" for a, b in merged]


def _items(claims: Iterable[Claim], name: Name) -> dict[str, dict[str, None]]:
    """Names of the items by status, each once, in the order of the claims."""
    items: dict[str, dict[str, None]] = {}
    for claim in claims:
        if claim.item is not None:
            items.setdefault(claim.status, {})[name(claim.item)] = None
    return items


def _quantities(claims: Sequence[Claim]) -> dict[str, Any]:
    """Quantities in words, and their range where all claims that count are of one item and one unit."""
    told = [(c, c.transfer.quantity) for c in claims if c.transfer.quantity]
    if not told:
        return {}
    words = dict.fromkeys(f"{q.text} {c.transfer.item.text}" if c.transfer.item else q.text for c, q in told)
    out: dict[str, Any] = {"quantities": listed(words)}
    if len({(c.item, q.unit, q.money) for c, q in told}) == 1:
        lows = [_bound(q.minimum, q.value, q.comparator, "<") for _, q in told]
        highs = [_bound(q.maximum, q.value, q.comparator, ">") for _, q in told]
        out |= {"quantity_min": min(low for low in lows if low is not None)} if None not in lows else {}
        out |= {"quantity_max": max(high for high in highs if high is not None)} if None not in highs else {}
    return out


def _bound(bound: float | None, value: float | None, comparator: str, open_side: str) -> float | None:
    """A quantity's bound; its value where that is one ("more than 3" has no upper bound)."""
    if bound is None and not comparator.startswith(open_side):
        bound = value
    return float(bound) if bound is not None and math.isfinite(bound) else None


def _proof(claims: Sequence[Claim], counted: Sequence[Claim]) -> dict[str, Any]:
    """Times, sources, articles and sentences, each distinct one once."""
    sentences = dict.fromkeys(
        f"[{c.article.id}:{s.start}-{s.end}] {s.text}" for c in counted for s in (c.transfer.evidence.sentence,))
    shown = list(sentences)[:EVIDENCE_SHOWN]
    if len(sentences) > len(shown):
        shown.append(f"… +{len(sentences) - len(shown)}")
    articles = dict.fromkeys(c.article.id for c in counted)
    joined = {
        "whens": dict.fromkeys(c.transfer.when.text for c in counted if c.transfer.when),
        "sources": dict.fromkeys(c.transfer.attribution.text for c in counted if c.transfer.attribution),
        "articles": articles,
        "reprints": dict.fromkeys(c.article.id for c in claims if c.copy_of is not None),
    }
    out: dict[str, Any] = {key: listed(values) for key, values in joined.items() if values}
    return out | {"article_count": len(articles), "evidence": "\n".join(shown),
                  "claims": listed(f"{c.id} ({c.status})" for c in counted)}
