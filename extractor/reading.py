"""A trigger read with one frame: what the tree shows beside it, and what stands in the places of its roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from extractor import goods
from extractor.candidates import Candidate
from extractor.frames import Frame, Trigger
from extractor.model import Role
from extractor.observation import Observed, observe
from extractor.scene import Scene
from extractor.syntax import is_passive, plain, preposition

_OCCUPANTS = ("trigger", "mention", "partitive", "pronoun", "possessive", "actor noun", "other", "noun")  # the stronger first


@dataclass
class Reading:
    """One trigger read with one frame: what the evidence of all its candidates shares.

    ``former``: the tokens of those who had the thing before whoever passes it on.
    """

    trigger: Trigger
    frame: Frame
    observed: Observed
    passive: bool
    number: int
    scene: Scene
    slots: dict[Role, str] = field(default_factory=dict)
    former: frozenset[int] = frozenset()

    @property
    def token(self) -> Token:
        return self.trigger.token

    def places(self, role: Role) -> list[Token]:
        """The heads of what stands where the tree has the filler of ``role``."""
        return [self.scene.doc[i] for i, (func, kind) in self.observed.items() if func in self.frame.links[role] and kind != "outer"]

    def slot(self, role: Role) -> str:
        """What stands where the tree has the filler of ``role``: a mention, a pronoun, a possessive, a noun, or nothing."""
        if role not in self.slots:
            found = {self._occupant(i, role) for i, (func, _) in self.observed.items() if func in self.frame.links[role]}
            self.slots[role] = next((kind for kind in _OCCUPANTS if kind in found), "nothing")
        return self.slots[role]

    def is_partitive(self, token: Token) -> bool:
        """Whether a number, or a noun or adjective of part, stands alone for a part of what was named before: "Five have been delivered", "le solde"."""
        if not (token.pos_ == "NUM" or token.like_num or token.lemma_.lower() in self.scene.words.partitives or token.lower_ in self.scene.words.partitives):
            return False
        return not any(c.pos_ in ("NOUN", "PROPN") and c.dep_ in ("nmod", "obl", "obl:arg", "appos", "flat")
                       and c.lower_ not in self.scene.words.calendar and plain(c) not in self.scene.words.item_pronouns for c in token.rights)

    def names(self, index: int, *types: str) -> bool:
        """Whether the noun phrase of token ``index`` is, or opens with, a mention of one of ``types``."""
        return not self.scene.heads(self.number).get(index, frozenset()).isdisjoint(types)

    def is_immaterial(self, index: int) -> bool:
        token, words = self.scene.doc[index], self.scene.words
        lemma = token.lemma_.lower()
        return goods.is_immaterial(token) and lemma not in words.quantity_nouns and lemma not in words.actor_nouns

    def slot_word(self, role: Role) -> str:
        """The lemma of the first noun that stands where the tree has the filler of ``role``."""
        doc = self.scene.doc
        found = (doc[i] for i, (func, _) in sorted(self.observed.items()) if func in self.frame.links[role] and doc[i].pos_ in ("NOUN", "PROPN") and doc[i].lower_ not in self.scene.words.calendar)
        return next((t.lemma_.lower() if t.pos_ == "NOUN" else "name" for t in found), "nothing")

    def _occupant(self, index: int, role: Role) -> str:
        scene, token = self.scene, self.scene.doc[index]
        if index in scene.triggers and index != self.token.i and role == "item":
            return "trigger"  # "a repris ses livraisons": what passes is told by the other
        if index in scene.tops(self.number):
            return "mention"
        if role == "item" and self.is_partitive(token):
            return "partitive"
        if token.lower_ in scene.words.calendar:
            return "nothing"  # "began in March"
        if token.pos_ == "DET":
            return "possessive"
        if token.pos_ == "PRON":
            word = plain(token)
            known = word in scene.words.actor_pronouns | scene.words.item_pronouns | scene.words.possessives | scene.words.first_persons
            return "pronoun" if known else "nothing" if "Rel" in token.morph.get("PronType", []) else "other"
        return "actor noun" if token.lemma_.lower() in scene.words.actor_nouns else "noun"

    def named_things(self) -> Iterator[Token]:
        """The nouns that stand where the tree has the item and name a thing: no time and no part of what was named before."""
        for index, (func, kind) in sorted(self.observed.items()):
            token = self.scene.doc[index]
            if func not in self.frame.links["item"] or kind == "outer" or token.pos_ not in ("NOUN", "PROPN"):
                continue
            if token.lower_ not in self.scene.words.calendar and not self.is_partitive(token):
                yield token


def read(trigger: Trigger, frame: Frame, scene: Scene) -> Reading:
    """The reading of ``trigger`` by ``frame``."""
    grammar = scene.grammar
    token = trigger.token
    passive = frame.pos == "verb" and is_passive(token, grammar)
    return Reading(trigger, frame, observe(token, frame.pos, grammar), passive, scene.sentence_of[token.i], scene)


def function(reading: Reading, candidate: Candidate) -> tuple[str, str]:
    """The candidate's function beside the trigger and the kind of path that shows it."""
    doc, trigger = reading.scene.doc, reading.token
    if candidate.via == "discourse":
        return "none", "discourse"
    for index in candidate.chain:
        if index == trigger.i:
            return "bearer" if candidate.chain[-1] != trigger.i and doc[candidate.token.i].dep_ in ("flat:name", "appos") else "adj", "direct"
        if index in reading.observed:
            return reading.observed[index]
    modified = next((reading.observed[i] for i in candidate.tails if reading.observed.get(i, ("", ""))[1] in ("acl", "relative")), None)
    if modified is not None:
        return modified  # "rifles and rounds shipped from Miami"
    key = preposition(doc, candidate.chain[0], reading.scene.grammar)
    if key is None and len(candidate.chain) > 1:
        key = preposition(doc, candidate.token.i, reading.scene.grammar)
    if key:
        return f"prep:{key}", "linear"
    return ("subj" if candidate.token.i < trigger.i else "obj"), "linear"


def fit(frame: Frame, role: Role, func: str) -> str:
    """Whether ``func`` fills ``role`` by rule ("fits"), another role ("other"), or none."""
    if func in frame.links[role]:
        return "fits"
    return "other" if frame.role_of(func) else "none"
