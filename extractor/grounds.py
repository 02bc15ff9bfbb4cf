"""Names that tell where something happens, or who forbids it, and so neither give nor get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.candidates import Candidate
from extractor.model import Role
from extractor.reading import function
from extractor.syntax import plain, preposition

if TYPE_CHECKING:
    from extractor.reading import Reading

_WHERE = frozenset({"in", "against", "to", "on"})
_FORBIDDING = frozenset({"light", "subj"})


def is_beside(reading: Reading, role: Role, candidate: Candidate) -> bool:
    """Whether a candidate is only where the trigger's actors are busy, or forbids what it tells."""
    if role == "item" or candidate.via != "name":
        return False
    return _is_fought_over(reading, candidate) or (role == "supplier" and (_is_received_at(reading, candidate) or _forbids(reading, candidate)))


def _is_fought_over(reading: Reading, candidate: Candidate) -> bool:
    """ "Shells for its campaign in Ukraine": a place of war."""
    scene = reading.scene
    if candidate.mention.type not in ("STATE", "PLACE") or preposition(scene.doc, candidate.chain[0], scene.grammar) not in _WHERE:
        return False
    at = candidate.token.i - 1
    while at > 0 and scene.doc[at].pos_ in ("DET", "ADP", "ADJ") and candidate.token.i - at < 4:
        at -= 1
    return scene.doc[at].lemma_.lower() in scene.words.war_nouns


def _is_received_at(reading: Reading, candidate: Candidate) -> bool:
    """ "A réceptionné à Ørland ses trois avions": the base where they arrive."""
    scene = reading.scene
    if reading.trigger.lemma not in scene.words.reception or candidate.mention.type != "PLACE":
        return False
    return preposition(scene.doc, candidate.chain[0], scene.grammar) == "to"


def _forbids(reading: Reading, candidate: Candidate) -> bool:
    """ "Le Conseil de sécurité a proscrit toute vente": a world body is no supplier of what it forbids."""
    if reading.frame.pos != "noun" or candidate.mention.entity not in reading.scene.words.world_bodies:
        return False
    verb = reading.token
    while verb.pos_ == "NOUN" and verb.head.i != verb.i:
        verb = verb.head
    return function(reading, candidate)[0] in _FORBIDDING and any(plain(t) in reading.scene.words.bans or t.lemma_.lower() in reading.scene.words.bans for t in (verb, *verb.subtree))
