"""Clauses that have lost their verb: "Berlin delivered tanks to Kyiv, and London missiles", ", et Londres des missiles".

The tree rarely shows such ellipsis, so it is read off the order: behind a told transfer, a stop, a
bare actor, an item, and perhaps a partner behind the same preposition as before. The new actor
takes the subject's role, the item that of the item; a partner left out is that of the full clause.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extractor.candidates import Candidate
from extractor.filling import Filling
from extractor.gaps import gapped_item, gapped_number
from extractor.model import ROLES, Role
from extractor.reading import function
from extractor.scene import Scene
from extractor.syntax import plain, preposition


def elided(filling: Filling) -> list[Filling]:
    """The further fillings that clauses without a verb tell after the one of ``filling``; none most of the time."""
    reading = filling.reading
    lead = _lead(filling)
    item = filling.candidate("item")
    if lead is None or item is None or reading.passive or item.via not in ("name", "goods") or item.token.i < reading.token.i:
        return []
    other: Role = "recipient" if lead == "supplier" else "supplier"
    partner = filling.candidate(other)
    if partner is not None and partner.via != "name":
        partner = None
    return list(_further(filling, lead, other, partner))


def _lead(filling: Filling) -> Role | None:
    """The role that the verb's subject fills, where it is a name before the verb."""
    for role in ROLES[:2]:
        candidate = filling.candidate(role)
        if candidate is not None and candidate.via == "name" and candidate.token.i < filling.reading.token.i \
                and function(filling.reading, candidate)[0] == "subj" and "subj" in filling.reading.frame.links[role]:
            return role
    return None


def _further(filling: Filling, lead: Role, other: Role, partner: Candidate | None) -> Iterator[Filling]:
    scene, number = filling.reading.scene, filling.reading.number
    item = filling.candidate("item")
    assert item is not None  # `elided` has looked
    last = max(item.token.i, partner.token.i if partner is not None else -1)
    key = None if partner is None else preposition(scene.doc, partner.chain[0], scene.grammar)
    for actor in scene.actors(number):
        number_alone = gapped_number(scene, actor.token) if actor.token.i > last else None
        if number_alone is not None and not _verb_between(scene, last, actor.token.i):
            yield filling.told_of({lead: actor})  # "and Chile four": of the same
            last = number_alone.i
            continue
        found = gapped_item(scene, actor.token) if actor.token.i > last else None
        if found is None:
            if actor.token.i > last and _as_many(scene, actor) and not _verb_between(scene, last, actor.token.i):
                yield filling.told_of({lead: actor})
            continue
        if _verb_between(scene, last, found.i):
            return
        thing = next(c for c in scene.items(number) if any(m.start == found.idx for m in c.members))
        own = _partner(scene, number, found, key)
        told: dict[Role, Candidate] = {lead: actor, "item": thing}
        yield filling.told_of(told if own is None else {**told, other: own})
        last = found.i if own is None else own.token.i


def _as_many(scene: Scene, actor: Candidate) -> bool:
    """Whether words for as many, or the same, stand behind a bare name in the place of the item: "Lima autant", "and Oslo as many"."""
    doc, at = scene.doc, actor.token.i + 1
    bare = actor.chain[0] == actor.token.i and preposition(doc, actor.token.i, scene.grammar) is None
    return bare and any(tuple(plain(t) for t in doc[at : at + len(phrase)]) == phrase for phrase in scene.words.likewise)


def _partner(scene: Scene, number: int, item: Token, key: str | None) -> Candidate | None:
    """The actor of the elided clause that stands behind the preposition ``key`` of its model."""
    for candidate in scene.actors(number):
        if candidate.token.i > item.i:
            near = not _verb_between(scene, item.i, candidate.token.i) and not any(t.text in ",;" for t in scene.doc[item.i + 1 : candidate.token.i])
            return candidate if key is not None and near and preposition(scene.doc, candidate.chain[0], scene.grammar) == key else None
    return None


def _verb_between(scene: Scene, one: int, two: int) -> bool:
    return any(t.pos_ in ("VERB", "AUX") or t.i in scene.triggers for t in scene.doc[one + 1 : two])
