"""What stands behind the figures: which rules are right how often, and whether confidence means what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.evaluate import Json, Scored

BINS = 5


@dataclass(frozen=True)
class Rule:
    """How often a rule fired, and how often what it gave was right. ``kind``: transfer or entity."""

    kind: str
    name: str
    hits: int
    right: int


def rules(passages: Sequence[Json], found: Sequence[Json], scored: Sequence[Scored], known: Iterable[str]) -> list[Rule]:
    """Every rule that fired on ``passages``, and those of ``known`` that never did, by kind and name."""
    hits: Counter[tuple[str, str]] = Counter({("transfer", name): 0 for name in known})
    right: Counter[tuple[str, str]] = Counter()
    for passage, output, one in zip(passages, found, scored, strict=True):
        for at, transfer in enumerate(output.get("transfers", ())):
            key = ("transfer", str(transfer.get("rule")))
            hits[key] += 1
            right[key] += at in one.right
        wanted = {(e["start"], e["end"], e["type"]) for e in passage.get("entities", ())}
        for entity in output.get("entities", ()):
            key = ("entity", str(entity.get("rule")))
            hits[key] += 1
            right[key] += (entity["start"], entity["end"], entity["type"]) in wanted
    return [Rule(kind, name, number, right[kind, name]) for (kind, name), number in sorted(hits.items())]


@dataclass(frozen=True)
class Bin:
    """Records of alike confidence: their number, their mean confidence, and the share that is right."""

    low: float
    high: float
    number: int
    confidence: float
    right: float


def calibration(found: Sequence[Json], scored: Sequence[Scored]) -> tuple[list[Bin], float]:
    """Bins of equal width, empty ones left out, and the expected calibration error (0 is perfect)."""
    rows = [
        (float(transfer["confidence"]), at in one.right)
        for output, one in zip(found, scored, strict=True)
        for at, transfer in enumerate(output.get("transfers", ()))
        if transfer.get("confidence") is not None
    ]
    bins = []
    for i in range(BINS):
        inside = [row for row in rows if min(int(row[0] * BINS), BINS - 1) == i]
        if inside:
            number = len(inside)
            bins.append(Bin(i / BINS, (i + 1) / BINS, number, sum(c for c, _ in inside) / number, sum(r for _, r in inside) / number))
    return bins, sum(b.number * abs(b.confidence - b.right) for b in bins) / len(rows) if rows else 0.0
