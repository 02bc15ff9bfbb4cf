"""A reading with a choice for each of its roles, and the evidence that only the whole shows.

The choices of two roles bear on each other: who gives and who gets stand on two sides of the
trigger, an item carries its maker or its addressee, a role is rarely left open while an actor of
the sentence goes unused. Those are the features here; as in `evidence`, "~" marks a fine one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from math import log, prod

from spacy.tokens import Token

from extractor import designations
from extractor.candidates import Candidate, Told
from extractor.model import ROLES, Role
from extractor.reading import Reading, fit, function
from extractor.syntax import preposition
from extractor.weapon_names import PREFIX

_KEPT = 5  # candidates of a role that take part in the joint choice
_MARGIN = 3.5  # fillings less likely than the best by more than this (in logs) are left aside


@dataclass(frozen=True)
class Option:
    """A candidate (None: nobody) for a role, with its features and its probability among its rivals."""

    candidate: Candidate | None
    names: tuple[str, ...]
    probability: float


Options = Mapping[Role, Option]


@dataclass(frozen=True)
class Filling:
    """A reading with a choice for each role; ``likelihood`` is the log of the choices' joint probability.

    ``features`` are those of the roles taken together; ``probability`` is that of its being a transfer, 0 while nobody has asked.
    """

    reading: Reading
    options: Options
    likelihood: float
    probability: float = 0.0
    features: tuple[str, ...] = ()

    def candidate(self, role: Role) -> Candidate | None:
        return self.options[role].candidate

    def told_of(self, others: Mapping[Role, Candidate]) -> Filling:
        """The same reading with ``others`` in their roles."""
        options = {role: replace(option, candidate=others.get(role, option.candidate)) for role, option in self.options.items()}
        return replace(self, options=options)

    def size(self) -> int:
        """How many records it gives: one for each combination of coordinated fillers."""
        return prod(len(c.members) for role in ROLES if (c := self.candidate(role)) is not None)

    def told(self) -> Told:
        """What later readings remember of this transfer."""
        fillers = {role: self.candidate(role) for role in ROLES}
        item = fillers["item"]
        return Told(self.reading.token.i, {r: frozenset(Told.name(m) for m in c.members) if c else frozenset() for r, c in fillers.items()},
                    item.members if item is not None else ())


def complete(reading: Reading, ranked: Mapping[Role, list[Option]]) -> list[Filling]:
    """The consistent choices of the likeliest options that fill two roles or more, likeliest first."""
    weighed = [[(log(max(option.probability, 1e-9)), option) for option in ranked[role][:_KEPT]] for role in ROLES]
    found: list[tuple[float, tuple[Option, Option, Option]]] = []
    best = float("-inf")
    for (one, supplier), (two, recipient), (three, item) in product(*weighed):
        likelihood = one + two + three
        if likelihood < best - _MARGIN:
            continue
        empty = (supplier.candidate is None) + (recipient.candidate is None) + (item.candidate is None)
        if empty < 2 and _consistent(supplier.candidate, recipient.candidate):
            found.append((likelihood, (supplier, recipient, item)))
            best = max(best, likelihood)
    found.sort(key=lambda pair: -pair[0])
    return [Filling(reading, dict(zip(ROLES, chosen, strict=True)), likelihood) for likelihood, chosen in found if likelihood >= best - _MARGIN]


def _consistent(supplier: Candidate | None, recipient: Candidate | None) -> bool:
    if supplier is None or recipient is None:
        return True
    if supplier.mention.start == recipient.mention.start:
        return False
    return supplier.mention.entity is None or supplier.mention.entity != recipient.mention.entity


def joint_features(filling: Filling) -> list[str]:
    """Features of the roles taken together."""
    reading = filling.reading
    filled = "".join(r[0] for r in ROLES if filling.candidate(r) is not None)
    names = [f"joint {filled}", f"joint {reading.frame.cls} {filled}"]
    names += _order(filling)
    names += _item_ties(filling)
    names += _pair(filling)
    names += _unused(filling)
    return names


def _local(filling: Filling, role: Role) -> Candidate | None:
    candidate = filling.candidate(role)
    return candidate if candidate is not None and candidate.via != "discourse" else None


def _order(filling: Filling) -> Iterator[str]:
    reading = filling.reading
    voice = "passive" if reading.passive else reading.frame.pos
    places = [(reading.token.i, "t")]
    for role in ROLES:
        candidate = _local(filling, role)
        if candidate is not None:
            places.append((candidate.token.i, role[0]))
    order = "".join(letter for _, letter in sorted(places))
    yield f"joint ~ {reading.frame.cls} {voice} {order}"
    yield f"joint ~ {voice} {order}"


def _item_ties(filling: Filling) -> Iterator[str]:
    """How the actors hang on the item: "les F-16 danois", "des obus destinés à Kiev"."""
    item = _local(filling, "item")
    if item is None:
        return
    cls = filling.reading.frame.cls
    system = designations.load().by_id.get((item.mention.entity or "").removeprefix(PREFIX))
    for role in ROLES[:2]:
        whoever = filling.candidate(role)
        if system is not None and system.maker and whoever is not None and whoever.mention.type == "STATE":
            made = "maker" if whoever.mention.entity == f"state:{system.maker}" else "no maker"
            yield f"joint {role} {made}"
        candidate = _local(filling, role)
        if candidate is not None:
            tie = _tie(filling.reading, candidate, item)
            yield f"joint {role} {tie}"
            yield f"joint ~ {role} {cls} {tie}"


def _tie(reading: Reading, one: Candidate, other: Candidate) -> str:
    """How the noun phrase of ``one`` stands to that of ``other``."""
    doc = reading.scene.doc
    top, head = doc[one.chain[0]], doc[other.chain[0]]
    insiders = set(other.chain) | {other.token.i}
    if top.i in insiders or head.i in one.chain:
        return "inside"
    above = _first_noun(top)
    key = preposition(doc, top.i, reading.scene.grammar) or "bare"
    if above in insiders:
        return f"on {top.dep_.split(':')[0]} {key}"
    if _first_noun(head) in one.chain:
        return "under"
    low, high = sorted((reading.token.i, other.token.i))
    if low < top.i < high:
        return f"between {key}"
    near = abs(top.i - other.token.i) <= 3
    return f"{'near' if near else 'apart'} {'before' if top.i < other.token.i else 'after'}"


def _first_noun(token: Token) -> int:
    """The noun that ``token`` hangs on, past a participle ("destinés à"), -1 where there is none."""
    head = token.head
    if head.dep_ in ("acl", "amod") and head.pos_ in ("VERB", "ADJ"):
        head = head.head
    return head.i if head.i != token.i and head.pos_ in ("NOUN", "PROPN") else -1


def _pair(filling: Filling) -> Iterator[str]:
    """The supplier beside the recipient."""
    reading = filling.reading
    supplier, recipient = filling.candidate("supplier"), filling.candidate("recipient")
    if supplier is None or recipient is None:
        return
    shown = []
    for role, candidate in (("supplier", supplier), ("recipient", recipient)):
        func, kind = function(reading, candidate)
        shown.append((fit(reading.frame, role, func), kind, candidate))  # type: ignore[arg-type]
    (fit_s, kind_s, _), (fit_r, kind_r, _) = shown
    yield f"joint pair {fit_s}/{fit_r}"
    yield f"joint ~ pair {fit_s} {kind_s}/{fit_r} {kind_r}"
    yield f"joint ~ via {supplier.via}/{recipient.via}"
    if supplier.via != "discourse" and recipient.via != "discourse":
        doc, grammar = reading.scene.doc, reading.scene.grammar
        keys = [preposition(doc, c.chain[0], grammar) or "bare" for c in (supplier, recipient)]
        yield f"joint ~ {reading.frame.cls} {keys[0]}/{keys[1]}"
        tie = _tie(reading, supplier, recipient).split()[0]
        yield f"joint tie {tie}"
    yield from _same_pair(filling, supplier, recipient)


def _same_pair(filling: Filling, supplier: Candidate, recipient: Candidate) -> Iterator[str]:
    """Whether the transfer told last had the same two actors, or the same two the other way round."""
    history = filling.reading.scene.history
    if not history:
        return
    last = history[-1].fillers
    one, two = Told.name(supplier.mention), Told.name(recipient.mention)
    if one in last["supplier"] and two in last["recipient"]:
        yield "joint same pair"
    elif one in last["recipient"] and two in last["supplier"]:
        yield "joint swapped pair"
    elif one in last["recipient"]:
        yield "joint passed on"


def _unused(filling: Filling) -> Iterator[str]:
    """The sentence's actors that the filling leaves aside."""
    reading = filling.reading
    chosen = [filling.candidate(role) for role in ROLES]
    used = {m.entity or m.start for c in chosen if c is not None for m in c.members}
    left = [c for c in reading.scene.actors(reading.number) if (c.mention.entity or c.mention.start) not in used and c.mention.type != "PLACE"]
    count = min(len(left), 2)
    for role in ROLES[:2]:
        candidate = filling.candidate(role)
        how = "nobody" if candidate is None else candidate.via
        if how != "name":
            yield f"joint {role} {how} unused {count}"
        for other in left:
            func, kind = function(reading, other)
            if fit(reading.frame, role, func) == "fits":
                yield f"joint {role} {how} though {'linear' if kind == 'linear' else 'tree'} fits"
                break
