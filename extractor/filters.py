"""Leaving out what a reader did not ask for, alike in every format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from extractor.claims import Claim, ClaimReader
from extractor.errors import ExtractorError
from extractor.model import ENTITY_TYPES, STATUSES, Result


@dataclass(frozen=True, slots=True)
class Filters:
    """Which claims stay. An empty field asks nothing.

    ``since``, ``until``: the claim's days, or else its article's date, touch this span (both ends
    included); a claim with neither is left out. ``types``: every filler, and every mention, is of one
    of these types. ``min_weight``: so many claims at least join the same supplier and recipient
    (or the two roles that are filled), and in a graph so many stand behind an edge.
    ``min_confidence``: 0 to 1, what the ranking gives each claim.
    """

    statuses: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    min_weight: int = 1
    types: tuple[str, ...] = ()
    min_confidence: float = 0.0

    def __post_init__(self) -> None:
        for values, known in ((self.statuses, STATUSES), (self.types, ENTITY_TYPES)):
            for value in values:
                if value not in known:
                    raise ExtractorError(f"'{value}' is none of {', '.join(known)}")
        if self.since and self.until and self.since > self.until:
            raise ExtractorError(f"since {self.since} is after until {self.until}")
        if self.min_weight < 1:
            raise ExtractorError(f"a weight of at least {self.min_weight} is asked for; 1 is the least")
        if not 0 <= self.min_confidence <= 1:
            raise ExtractorError(f"a confidence of at least {self.min_confidence} is asked for; it goes from 0 to 1")

    def __bool__(self) -> bool:
        return self != Filters()

    def keeps(self, claim: Claim) -> bool:
        """True where status, time, types and confidence of ``claim`` are asked for."""
        transfer = claim.transfer
        if transfer.confidence < self.min_confidence:
            return False
        if self.statuses and transfer.status not in self.statuses:
            return False
        if self.types:
            fillers = (transfer.supplier, transfer.recipient, transfer.item)
            if any(f is not None and f.type not in self.types for f in fillers):
                return False
        return self._in_time(claim)

    def _in_time(self, claim: Claim) -> bool:
        if self.since is None and self.until is None:
            return True
        first, last = claim.first, claim.last
        if first is None and last is None:
            first = last = claim.article.date
            if first is None:
                return False
        return (self.since is None or last is None or last >= self.since) and (
            self.until is None or first is None or first <= self.until)


class Filtered:
    """``results`` without what ``filters`` leave out; may be iterated again where ``results`` may."""

    def __init__(self, results: Iterable[Result], filters: Filters) -> None:
        self.filters = filters
        self.results = list(results) if filters.min_weight > 1 and iter(results) is results else results

    def __iter__(self) -> Iterator[Result]:
        heavy = self._heavy() if self.filters.min_weight > 1 else None
        reader = ClaimReader()
        types = self.filters.types
        for result in self.results:
            kept = tuple(c.transfer for c in reader.read(result)
                         if self.filters.keeps(c) and (heavy is None or pair_of(c) in heavy))
            mentions = tuple(m for m in result.mentions if m.type in types) if types else result.mentions
            yield replace(result, transfers=kept, mentions=mentions)

    def _heavy(self) -> frozenset[tuple[str | None, ...]]:
        reader = ClaimReader()
        counts = Counter(pair_of(c) for result in self.results for c in reader.read(result)
                         if self.filters.keeps(c) and c.copy_of is None)
        return frozenset(pair for pair, count in counts.items() if count >= self.filters.min_weight)


def pair_of(claim: Claim) -> tuple[str | None, ...]:
    """The supplier and recipient of a claim; the item instead of a missing one."""
    return ((claim.supplier, claim.recipient) if claim.supplier and claim.recipient
            else (claim.supplier, claim.recipient, claim.item))
