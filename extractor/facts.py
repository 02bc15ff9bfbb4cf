"""Claims that speak of the same transfer, rolled up; and those that contradict each other.

Two claims speak of the same transfer where supplier, recipient and item are the same and their
periods are compatible: they overlap, or one of them is open or unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from extractor.claims import FACTUAL, STRENGTH, Claim

# An open end of an interval of days, for comparison only.
_DAWN, _DUSK = date.min, date.max
_NEAR = timedelta(days=31)
AFFIRMING = (*FACTUAL, "alleged")


Roles = tuple[str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Fact:
    """One supplier, recipient and item in one period, with every claim about it, in the order of the texts."""

    supplier: str | None
    recipient: str | None
    item: str | None
    claims: tuple[Claim, ...]

    @property
    def counted(self) -> tuple[Claim, ...]:
        """The claims without reprints of others; all of them where nothing else is left."""
        return tuple(c for c in self.claims if c.copy_of is None) or self.claims

    @property
    def tally(self) -> Counter[str]:
        """How many claims there are of each status, reprints not counted."""
        return Counter(c.status for c in self.counted)

    @property
    def status(self) -> str:
        """The strongest status among the claims."""
        return strongest(c.status for c in self.counted)

    @property
    def contested(self) -> bool:
        """True where one claim denies what another affirms."""
        return is_contested(self.counted)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Claims that one side affirms and another denies, of one supplier and recipient."""

    supplier: str | None
    recipient: str | None
    item: str | None
    affirming: tuple[Claim, ...]
    denying: tuple[Claim, ...]


def strongest(statuses: Iterable[str]) -> str:
    """The status that reads most like a fact."""
    return min(statuses, key=STRENGTH.index)


def roll_up(claims: Iterable[Claim]) -> list[Fact]:
    """The facts that ``claims`` speak of, in the order of their first claims."""
    groups: dict[Roles, list[Claim]] = {}
    for claim in claims:
        groups.setdefault((claim.supplier, claim.recipient, claim.item), []).append(claim)
    return [Fact(*roles, tuple(part)) for roles, group in groups.items() for part in _by_period(group)]


def _by_period(claims: list[Claim]) -> list[list[Claim]]:
    """``claims`` apart where their periods are; the undated join the one period, or stand by themselves."""
    if len(claims) == 1:
        return [claims]
    order = {claim.id: number for number, claim in enumerate(claims)}
    dated = sorted((c for c in claims if c.first or c.last), key=lambda c: (c.first or _DAWN, c.last or _DUSK))
    parts: list[list[Claim]] = []
    reach = _DAWN
    for claim in dated:
        first, last = claim.first or _DAWN, claim.last or _DUSK
        if parts and first - reach <= _NEAR:
            parts[-1].append(claim)
            reach = max(reach, last)
        else:
            parts.append([claim])
            reach = last
    undated = [c for c in claims if not (c.first or c.last)]
    if undated and len(parts) == 1:
        parts[0] += undated
    elif undated:
        parts.append(undated)
    for part in parts:
        part.sort(key=lambda c: order[c.id])
    return sorted(parts, key=lambda part: order[part[0].id])


def conflicts(claims: Iterable[Claim]) -> list[Conflict]:
    """The contradictions among ``claims``: supplier, recipient and item agree, one affirms, another denies.

    A denial without an item contradicts the delivery of any, one of arms or ammunition in general that
    of any arms or ammunition; a role that one side leaves open agrees with any filler, while two roles
    must agree outright, where arms in general count within one article only.
    Plans and their refusals are no contradictions.
    """
    affirmed: dict[tuple[str, str | None, str | None], list[Claim]] = {}
    denials = []
    for claim in claims:
        if claim.status == "denied":
            denials.append(claim)
        elif claim.status in AFFIRMING:
            for key in _pairs(claim):
                affirmed.setdefault(key, []).append(claim)
    found: dict[Roles, tuple[dict[str, Claim], dict[str, Claim]]] = {}
    for denial in denials:
        for other in {c.id: c for key in _pairs(denial) for c in affirmed.get(key, ())}.values():
            if contradict(other, denial):
                roles = (other.supplier or denial.supplier, other.recipient or denial.recipient, other.item or denial.item)
                affirming, denying = found.setdefault(roles, ({}, {}))
                affirming[other.id], denying[denial.id] = other, denial
    return [Conflict(*roles, tuple(a.values()), tuple(d.values())) for roles, (a, d) in found.items()]


def _pairs(claim: Claim) -> list[tuple[str, str | None, str | None]]:
    """The pairs of filled roles, under which claims that share two roles meet."""
    supplier, recipient, item = claim.supplier, claim.recipient, claim.item
    pairs = [("sr", supplier, recipient), ("si", supplier, item), ("ri", recipient, item)]
    return [pair for pair in pairs if None not in pair]


def is_contested(claims: Iterable[Claim]) -> bool:
    """True where any of ``claims`` denies what another affirms."""
    affirming: dict[tuple[object, ...], Claim] = {}
    denying: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        side = denying if claim.status == "denied" else affirming if claim.status in AFFIRMING else None
        if side is not None:
            side[claim.supplier, claim.recipient, claim.item, claim.first, claim.last] = claim
    return any(contradict(a, d) for d in denying.values() for a in affirming.values())


def contradict(affirming: Claim, denying: Claim) -> bool:
    """True where ``denying`` denies what ``affirming`` says."""
    if not (_agree(affirming.supplier, denying.supplier) and _agree(affirming.recipient, denying.recipient)):
        return False
    same = sum(a is not None and a == b for a, b in ((affirming.supplier, denying.supplier),
                                                    (affirming.recipient, denying.recipient)))
    near = not is_generic(denying) or affirming.article.id == denying.article.id
    same += affirming.item is not None and affirming.item == denying.item and near
    items = _agree(affirming.item, denying.item) or _takes_in(denying, affirming)
    return same >= 2 and items and compatible(affirming, denying)


def _takes_in(general: Claim, special: Claim) -> bool:
    """True where the item of ``general`` is arms or ammunition in general, and that of ``special`` is of them."""
    if special.transfer.item is None or special.transfer.item.type != "WEAPON" or general.item is None:
        return False
    name = general.item.partition(":")[2].lower()
    return name in ARMS or (name in AMMUNITION and special.category == "munitions")


def compatible(one: Claim, other: Claim) -> bool:
    """True where both may speak of the same time."""
    return ((one.first or _DAWN) <= (other.last or _DUSK) and (other.first or _DAWN) <= (one.last or _DUSK))


def is_generic(claim: Claim) -> bool:
    """True where a claim's item is arms or ammunition in general: "armes", "weapons", "munitions"."""
    return claim.item is not None and claim.item.partition(":")[2].lower() in ARMS | AMMUNITION


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


# Ids, without their prefix, of arms and of ammunition in general.
ARMS = frozenset({
    "weapon", "weapons", "arm", "arms", "weapon system", "armament", "armaments", "military equipment", "materiel", "military aid",
    "lethal aid", "arme", "armement", "materiel militaire", "equipement militaire", "aide militaire",
})
AMMUNITION = frozenset({"ammunition", "munition", "munitions"})


def tally_text(claims: Iterable[Claim], name: Callable[[str], str], words: dict[str, Any]) -> str:
    """"reported by South Korea and 2 articles; denied by Russia": who says it, by status.

    ``name`` gives the display name of a source; ``words`` is a language's `style.TALLY`.
    """
    parts = []
    by_status: dict[str, list[Claim]] = {}
    for claim in claims:
        by_status.setdefault(claim.status, []).append(claim)
    for status in STRENGTH:
        if status in by_status:
            named = dict.fromkeys(name(c.source) for c in by_status[status] if c.source is not None)
            silent = {c.article.id for c in by_status[status] if c.source is None}
            said = list(named) + ([words["articles"](len(silent))] if silent else [])
            shown = said if len(said) <= 4 else [*said[:3], f"+{len(said) - 3}"]
            parts.append(f"{words[status]} {', '.join(shown)}")
    return "; ".join(parts)
