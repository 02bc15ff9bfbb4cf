"""One transfer that two triggers of one sentence tell makes one record.

"Took delivery of", "agreed to the sale of", "received from X … given by X": the likelier trigger is kept, and the date
that only the other knows is lent to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor.filling import Filling
from extractor.model import ROLES, Filler, Role, Transfer

_COMPLEMENTS = frozenset({"obj", "nsubj:pass", "xcomp", "ccomp"})


@dataclass(frozen=True, slots=True)
class Telling:
    """A record with what tells it.

    ``place`` keeps apart transfers of the same fillers: the sentence, or the trigger where it speaks of a part.
    ``guessed`` are the roles filled from another sentence; ``bound`` is true for a participle on a noun.
    """

    record: Transfer
    place: object
    guessed: frozenset[Role]
    bound: bool


def telling(filling: Filling, record: Transfer) -> Telling:
    """``record``, made of ``filling``, with what tells it."""
    found = {role: filling.candidate(role) for role in ROLES}
    guessed = frozenset(role for role, one in found.items() if one is not None and one.via == "discourse")
    return Telling(record, _place(filling), guessed, filling.reading.token.dep_ in ("acl", "amod"))


def own(found: Sequence[Filling]) -> list[Filling]:
    """Without those of verbs whose object or complement tells the transfer itself, as fully or more: "a repris ses livraisons", "promised to deliver"."""
    found = [f for f in found if f.reading.frame.cls != "pay" or not any(_same_pass(f, other) for other in found)]
    size = {f.reading.token.i: sum(f.candidate(role) is not None for role in ROLES) for f in found}
    return [f for f in found if f.reading.frame.strong or f.reading.frame.pos != "verb"
            or all(size.get(c.i, 0) < size[f.reading.token.i] for c in f.reading.token.rights if c.dep_ in _COMPLEMENTS)]


def _same_pass(paid: Filling, other: Filling) -> bool:
    """Whether another trigger of its sentence tells what is paid for: "paid Moscow for weapons that never came"."""
    if other.reading.token.i == paid.reading.token.i or other.reading.number != paid.reading.number:
        return False
    return all((a := paid.candidate(role)) is not None and (b := other.candidate(role)) is not None and a.key == b.key for role in ROLES)


def once(found: Sequence[Telling]) -> list[Transfer]:
    """Of transfers that one sentence tells twice only the surest, in the order of the text."""
    left: list[tuple[int, Telling]] = []
    for n, one in sorted(enumerate(found), key=lambda pair: (len(pair[1].guessed), -pair[1].record.confidence)):
        at = next((k for k, (_, other) in enumerate(left) if _repeats(one, other)), None)
        if at is None:
            left.append((n, one))
        else:
            left[at] = (left[at][0], _lent(left[at][1], one))
    return [one.record for _, one in sorted(left, key=lambda pair: pair[0])]


def _repeats(one: Telling, other: Telling) -> bool:
    """True where both tell one transfer: the same fillers, or others only where ``one`` guessed from before the sentence."""
    mine, theirs = one.record, other.record
    if one.place != other.place or _start(mine.item) != _start(theirs.item):
        return False
    differing = [role for role, a, b in (("supplier", mine.supplier, theirs.supplier), ("recipient", mine.recipient, theirs.recipient)) if _who(a) != _who(b)]
    if not differing:
        return mine.status == theirs.status or one.bound == other.bound  # "delivered the jets ordered in 2019" tells of two
    return mine.item is not None and mine.status == theirs.status and len(differing) == 1 and all(r in one.guessed and r not in other.guessed for r in differing)


def _lent(kept: Telling, other: Telling) -> Telling:
    """``kept`` with the date that ``other`` tells; a participle dates only itself ("livrés lundi" were not "commandés en 2019")."""
    if kept.record.when is not None or other.bound or kept.record.status != other.record.status:
        return kept
    return replace(kept, record=replace(kept.record, when=other.record.when))


def _place(filling: Filling) -> object:
    """The sentence of a filling, and its trigger where that speaks of a part ("of which five have been delivered")."""
    reading, doc = filling.reading, filling.reading.scene.doc
    links = reading.frame.links["item"] if reading.frame.pos == "verb" and reading.slot("item") == "partitive" else ()
    parts = [i for i, (func, kind) in reading.observed.items() if func in links and kind == "direct" and doc[i].dep_.startswith(("obj", "nsubj"))]
    return reading.number, reading.token.i if any(reading.is_partitive(doc[i]) for i in parts) else -1


def _who(filler: Filler | None) -> object:
    return None if filler is None else filler.id or filler.start


def _start(filler: Filler | None) -> int | None:
    return None if filler is None else filler.start
