"""How right an output is against gold passages: the figures that `GUIDELINES.md` of the gold defines.

Passages and predictions are objects of the JSON Lines contract. All figures are micro-averaged:

- ``entity.f1``: exact span and type over PERSON, STATE, ORG and WEAPON; ``entity.TYPE.f1`` for one type;
  ``entity.overlap.f1`` takes any overlap of the same type.
- ``state.id``: share of the STATE mentions found by overlap whose ISO code is right.
- ``transfer.f1``: supplier, recipient and item all right, a null for a null; ``pair.f1``: supplier and
  recipient right, over records that have both; ``slot.f1``: single fillers of aligned records.
- ``status``: share of aligned records with the right status; ``quantity.f1``, ``when.f1`` and
  ``attribution.f1``: the words of aligned records, one containing the other.
"""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractor.model import ROLES

Json = Mapping[str, Any]
Counts = Counter[tuple[str, str]]  # (figure, what is counted) -> number
Figures = dict[str, float]

SCORED_TYPES = ("PERSON", "STATE", "ORG", "WEAPON")
ALL_TYPES = (*SCORED_TYPES, "PLACE")
DETAILS = ("quantity", "when", "attribution")
WITH_INTERVAL = ("entity.f1", "transfer.f1", "pair.f1")


@dataclass
class Scored:
    """The counts of one passage; which gold record is which found one, and which found ones are right, by position."""

    counts: Counts
    pairs: list[tuple[int, int]] = field(default_factory=list)
    right: set[int] = field(default_factory=set)


def score(gold: Json, found: Json) -> Scored:
    """Compare one passage with what was found in it (an empty object where nothing was)."""
    counts: Counts = Counter()
    _count_entities(counts, gold.get("entities", ()), found.get("entities", ()))
    wanted, got = gold.get("transfers", []), found.get("transfers", [])
    pairs = align(wanted, got)
    _count_transfers(counts, wanted, got, pairs)
    right = {j for i, j in pairs if all(same(role, wanted[i].get(role), got[j].get(role)) for role in ROLES)}
    return Scored(counts, pairs, right)


def align(gold: Sequence[Json], found: Sequence[Json]) -> list[tuple[int, int]]:
    """Pairs of records that tell the same transfer, best agreement first; each record in one pair at most.

    Records agree by their fillers (at least one), then by overlapping triggers; wrong fillers count a little against.
    """
    candidates = []
    for i, wanted in enumerate(gold):
        for j, got in enumerate(found):
            right = [same(role, wanted.get(role), got.get(role)) for role in ROLES]
            filled = sum(ok and wanted.get(role) is not None for role, ok in zip(ROLES, right, strict=True))
            if filled:
                trigger: Json | None = got.get("trigger")
                near = bool(trigger) and trigger is not None and _shared(wanted["trigger"], trigger) > 0
                candidates.append((-(10 * filled + 5 * near - right.count(False)), i, j))
    pairs: list[tuple[int, int]] = []
    for _, i, j in sorted(candidates):
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs


def same(role: str, gold: Json | None, found: Json | None) -> bool:
    """Whether a filler is right: an item by its span, an actor by its id or its span, nothing by nothing."""
    if gold is None or found is None:
        return gold is found
    if role != "item" and gold.get("id") and found.get("id") and _same_id(gold["id"], found["id"]):
        return True
    shorter = min(_length(gold), _length(found))
    return 2 * _shared(gold, found) >= shorter > 0


def figures(counts: Counts) -> Figures:
    """Precision, recall, F1 and gold count of each figure, and the two plain shares."""
    out: Figures = {}
    for name in ("entity", "entity.overlap", *(f"entity.{t}" for t in ALL_TYPES), "transfer", "pair", "slot", *DETAILS):
        right, gold, found = counts[name, "right"], counts[name, "gold"], counts[name, "found"]
        precision, recall = _share(right, found), _share(right, gold)
        out[f"{name}.p"], out[f"{name}.r"], out[f"{name}.gold"] = precision, recall, gold
        out[f"{name}.f1"] = 2 * precision * recall / (precision + recall) if right else 0.0
    for name in ("state.id", "status"):
        out[name] = _share(counts[name, "right"], counts[name, "aligned"])
    return out


def total(parts: Iterable[Counts]) -> Counts:
    """The sum of the counts of several passages."""
    whole: Counts = Counter()
    for part in parts:
        whole.update(part)
    return whole


def intervals(parts: Sequence[Counts], names: Sequence[str], rounds: int = 1000) -> dict[str, tuple[float, float]]:
    """The 95 % bootstrap intervals of some figures, passages drawn again with a fixed seed."""
    import numpy

    keys = sorted(total(parts))
    table = numpy.array([[part[key] for key in keys] for part in parts])
    draw = random.Random(0)
    drawn = []
    for _ in range(rounds):
        sums = table[draw.choices(range(len(parts)), k=len(parts))].sum(axis=0)
        drawn.append(figures(Counter(dict(zip(keys, sums.tolist(), strict=True)))))
    out = {}
    for name in names:
        values = sorted(one[name] for one in drawn)
        out[name] = values[int(0.025 * rounds)], values[int(0.975 * rounds) - 1]
    return out


def _count_entities(counts: Counts, gold: Sequence[Json], found: Sequence[Json]) -> None:
    wanted = {(e["start"], e["end"], e["type"]) for e in gold}
    got = {(e["start"], e["end"], e.get("type")) for e in found}
    for kind in ALL_TYPES:
        these, those = ({span for span in spans if span[2] == kind} for spans in (wanted, got))
        for name in (f"entity.{kind}", "entity") if kind in SCORED_TYPES else (f"entity.{kind}",):
            counts[name, "right"] += len(these & those)
            counts[name, "gold"] += len(these)
            counts[name, "found"] += len(those)
    _count_overlaps(counts, gold, found)


def _count_overlaps(counts: Counts, gold: Sequence[Json], found: Sequence[Json]) -> None:
    wanted = [e for e in gold if e["type"] in SCORED_TYPES]
    free = [e for e in found if e.get("type") in SCORED_TYPES]
    counts["entity.overlap", "gold"] += len(wanted)
    counts["entity.overlap", "found"] += len(free)
    for entity in wanted:
        match = next((e for e in free if e["type"] == entity["type"] and _shared(entity, e)), None)
        if match is None:
            continue
        free = [e for e in free if e is not match]
        counts["entity.overlap", "right"] += 1
        if entity["type"] == "STATE":
            counts["state.id", "aligned"] += 1
            counts["state.id", "right"] += _same_id(entity["id"], match.get("id") or "")


def _count_transfers(counts: Counts, gold: Sequence[Json], found: Sequence[Json], pairs: list[tuple[int, int]]) -> None:
    for key, records in (("gold", gold), ("found", found)):
        counts["transfer", key] += len(records)
        for record in records:
            counts["pair", key] += _is_pair(record)
            counts["slot", key] += sum(record.get(role) is not None for role in ROLES)
            for detail in DETAILS:
                counts[detail, key] += bool(_words(record.get(detail)))
    for i, j in pairs:
        wanted, got = gold[i], found[j]
        right = {role: same(role, wanted.get(role), got.get(role)) for role in ROLES}
        counts["transfer", "right"] += all(right.values())
        both = _is_pair(wanted) and _is_pair(got)
        counts["pair", "right"] += both and right["supplier"] and right["recipient"]
        counts["slot", "right"] += sum(right[role] and wanted.get(role) is not None for role in ROLES)
        counts["status", "aligned"] += 1
        counts["status", "right"] += wanted["status"] == got.get("status")
        for detail in DETAILS:
            one, other = _words(wanted.get(detail)), _words(got.get(detail))
            counts[detail, "right"] += bool(one and other and (one in other or other in one))


def _is_pair(record: Json) -> bool:
    return record.get("supplier") is not None and record.get("recipient") is not None


def _length(span: Json) -> int:
    return int(span["end"] - span["start"])


def _shared(one: Json, other: Json) -> int:
    return max(0, int(min(one["end"], other["end"]) - max(one["start"], other["start"])))


def _same_id(gold: str | None, found: str) -> bool:
    return _folded(gold) == _folded(found.split(":")[-1])


def _words(value: str | Json | None) -> str:
    return _folded(value.get("text") if isinstance(value, Mapping) else value)


def _folded(text: str | None) -> str:
    plain = unicodedata.normalize("NFKD", text or "").casefold().replace("’", "'")
    return "".join(char for char in plain if char.isalnum() or char == " ").strip()


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
