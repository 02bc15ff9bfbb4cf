"""The evidence for and against a candidate in a role, as named features for the ranking.

A feature's name says what was seen; its weight is data (``lexicon/<lang>/weights.json``), fitted
by ``extractor fit``. Names start with the role, so that each role weighs alike evidence in its own way.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass

from spacy.tokens import Token

from extractor.candidates import Candidate, Scene
from extractor.frames import Frame, Trigger
from extractor.model import Role
from extractor.syntax import Observed, is_passive, observe, preposition

_DISTANCES = (2, 4, 7, 12, 20)
NAMELESS = ("pronoun", "possessive")


@dataclass
class Reading:
    """One trigger read with one frame: what the evidence of all its candidates shares."""

    trigger: Trigger
    frame: Frame
    observed: Observed
    passive: bool
    number: int
    scene: Scene

    @property
    def token(self) -> Token:
        return self.trigger.token


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
    key = preposition(doc, candidate.chain[0], reading.scene.grammar)
    if key is None and len(candidate.chain) > 1:
        key = preposition(doc, candidate.token.i, reading.scene.grammar)
    if key:
        return f"prep:{key}", "linear"
    return ("subj" if candidate.token.i < trigger.i else "obj"), "linear"


def evidence(reading: Reading, role: Role, candidate: Candidate) -> list[str]:
    """Names of the features that hold of ``candidate`` as filler of ``role``."""
    frame, trigger, token = reading.frame, reading.token, candidate.token
    func, kind = function(reading, candidate)
    fits = _fit(frame, role, func)
    shown = "name" if candidate.via == "goods" else candidate.via
    mention = candidate.mention
    names = [
        f"{role} {fits} {kind}",
        f"{role} {fits} {kind} {shown}",
        f"{role} {frame.cls} {func}",
        f"{role} {frame.cls} {func} {kind}",
        f"{role} type {mention.type}",
        f"{role} {frame.pos} {fits} type {mention.type}",
        f"{role} via {shown}",
        f"{role} strength {candidate.strength}",
    ]
    if candidate.via != "discourse":
        side = "before" if token.i < trigger.i else "after"
        voice = "passive" if reading.passive else "active"
        names.append(f"{role} {frame.cls} {voice} {side}")
        names.append(f"{role} {fits} far {bisect(_DISTANCES, abs(token.i - trigger.i))}")
        names += [f"{role} {fits} {c}" for c in _crossings(reading, token)]
        names.append(f"{role} form {mention.form} {kind}")
        if _speaks(reading, candidate):
            names.append(f"{role} {fits} speaker")
            names.append(f"{role} speaker")
    else:
        names.append(f"{role} back {reading.number - reading.scene.sentence_of[token.i]}")
        top = reading.scene.doc[candidate.chain[0]]
        names.append(f"{role} back {'subject' if top.dep_.startswith('nsubj') else 'other'}")
        names.append(f"{role} {frame.cls} discourse")
    if candidate.via in ("pronoun", "possessive", "discourse"):
        names.append(f"{role} {shown} rank {min(candidate.rank, 3)}")
    if len(candidate.members) > 1:
        names.append(f"{role} group {kind}")
    return names


def absence(reading: Reading, role: Role, candidates: list[Candidate]) -> list[str]:
    """Names of the features of leaving ``role`` unfilled."""
    frame = reading.frame
    best = "nothing"
    for candidate in candidates:
        func, kind = function(reading, candidate)
        if _fit(frame, role, func) == "fits":
            best = "tree" if kind not in ("linear", "discourse") else "linear"
            if best == "tree":
                break
    return [
        f"{role} absent",
        f"{role} absent {frame.cls}",
        f"{role} absent {frame.cls} {best}",
        f"{role} absent {best}",
        f"{role} absent {'passive' if reading.passive else frame.pos}",
        f"{role} absent {frame.row.id}",
    ]


def _fit(frame: Frame, role: Role, func: str) -> str:
    if func in frame.links[role]:
        return "fits"
    return "other" if frame.role_of(func) else "none"


def _crossings(reading: Reading, token: Token) -> list[str]:
    """What lies between the trigger and the candidate: verbs, strong stops, quotation marks, relatives."""
    doc, trigger = reading.scene.doc, reading.token
    low, high = sorted((token.i, trigger.i))
    verbs = stops = quotes = relatives = 0
    for t in doc[low + 1 : high]:
        if t.pos_ == "VERB" or t.pos_ == "AUX" and t.dep_ in ("ROOT", "cop"):
            verbs += 1
        elif t.text in ";:–—":
            stops += 1
        elif t.text in "«»\"“”":
            quotes += 1
        elif t.pos_ == "PRON" and t.dep_ in ("nsubj", "obj", "mark") and "Rel" in t.morph.get("PronType"):
            relatives += 1
    names = [f"cross verb {min(verbs, 2)}"]
    if stops:
        names.append("cross stop")
    if quotes:
        names.append("cross quote")
    if relatives:
        names.append("cross relative")
    return names


def _speaks(reading: Reading, candidate: Candidate) -> bool:
    top = reading.scene.doc[candidate.chain[0]]
    return top.dep_.startswith("nsubj") and top.head.i != reading.token.i and top.head.lemma_ in reading.scene.words.speech_verbs
