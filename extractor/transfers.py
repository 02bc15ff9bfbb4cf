"""Transfers: who supplies what to whom.

For each trigger of the lexicon and each frame that it may evoke, the candidates of every role are
ranked over the evidence; the likeliest consistent filling is kept where it is likely enough to be
a transfer. Coordinated fillers give one record each.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import log

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from extractor import frames, goods, grammar, quantity, ranking, status, when
from extractor.candidates import ACTOR_TYPES, Candidate, Scene, Told
from extractor.evidence import NAMELESS, Reading, absence, evidence, function, read
from extractor.frames import Frame, Trigger
from extractor.lexicon import Lexicon
from extractor.model import ROLES, Evidence, Extent, Filler, Mention, Role, Transfer

_JOINT = (0.1, 0.25, 0.5, 0.8, 1.2, 1.7, 2.3, 3.0)  # bounds of minus the log of the joint probability
_KEPT = 4  # candidates of a role that take part in the joint choice


@dataclass(frozen=True)
class Option:
    """A candidate (None: nobody) for a role, with its features and its probability among its rivals."""

    candidate: Candidate | None
    names: tuple[str, ...]
    probability: float


@dataclass(frozen=True)
class Filling:
    """A reading with a choice for each role; ``features`` are those of the whole record,
    ``probability`` is that of its being a transfer, ``likelihood`` the log of the choices' joint probability."""

    reading: Reading
    options: dict[Role, Option]
    features: tuple[str, ...]
    probability: float
    likelihood: float

    def candidate(self, role: Role) -> Candidate | None:
        return self.options[role].candidate

    def told(self) -> Told:
        """What later readings remember of this transfer."""
        fillers = {role: self.candidate(role) for role in ROLES}
        return Told(self.reading.token.i, {r: frozenset(Told.name(m) for m in c.members) if c else frozenset() for r, c in fillers.items()})


class TransferMatcher:
    """Finds the transfers of a parsed Doc whose mentions are resolved."""

    def __init__(self, nlp: Language, lexicon: Lexicon, weights: ranking.Weights | None = None) -> None:
        self.lang = str(nlp.lang)
        self.lexicon = lexicon
        self.frames = frames.load(nlp.lang)
        self.grammar, self.words = grammar.load(nlp.lang)
        self.weights = weights or ranking.load(nlp.lang)

    def __call__(self, doc: Doc) -> list[Transfer]:
        if not any(m.type in ACTOR_TYPES for m in doc._.mentions or ()) or next(self.frames.triggers(doc), None) is None:
            return []
        scene = self.scene(doc)
        out: list[Transfer] = []
        for filling in self.fillings(scene):
            out += self._records(filling)
        return out

    def scene(self, doc: Doc) -> Scene:
        return Scene(doc, doc._.mentions or [], self.words, self.grammar)

    def fillings(self, scene: Scene) -> Iterator[Filling]:
        """The likeliest filling of each trigger that is likely enough to be a transfer."""
        for trigger in self.triggers(scene):
            best = self.best(trigger, scene)
            if best is not None and best.probability >= self.weights.threshold:
                scene.history.append(best.told())
                yield best

    def triggers(self, scene: Scene) -> list[Trigger]:
        """The triggers of a scene, which it needs to know before any candidate is asked for."""
        found = list(self.frames.triggers(scene.doc, scene.by_token))
        scene.triggers = frozenset(t.token.i for t in found)
        return found

    def best(self, trigger: Trigger, scene: Scene) -> Filling | None:
        """The likeliest filling of one trigger over all its frames, None where no two roles can be filled."""
        if not promising(trigger, scene):
            return None
        fillings = [self.fill(reading) for reading in self.readings(trigger, scene)]
        return max((f for f in fillings if f is not None), key=lambda f: f.likelihood, default=None)

    def readings(self, trigger: Trigger, scene: Scene) -> list[Reading]:
        """One reading per frame, with reflexive and causative variants put in place."""
        out = []
        for frame in trigger.frames:
            out.append(read(trigger, self._variant(trigger.token, frame), scene))
        return out

    def _variant(self, token: Token, frame: Frame) -> Frame:
        from extractor.syntax import is_reflexive

        if frame.row.reflexive and is_reflexive(token, self.grammar):
            return self.frames.variant(frame, "reflexive")
        governors = {token.head.lemma_} | {c.lemma_ for c in token.children if c.dep_.startswith("aux")}
        if frame.row.causative and governors & self.grammar.causatives:
            return self.frames.variant(frame, "causative")
        return frame

    def options(self, reading: Reading, role: Role) -> list[Option]:
        """All candidates of a role and "nobody", with probabilities, likeliest first."""
        candidates = candidates_for(reading, role)
        named: list[tuple[Candidate | None, list[str]]] = [(c, evidence(reading, role, c)) for c in candidates]
        named.append((None, absence(reading, role, candidates)))
        chances = ranking.softmax([self.weights.role_score(names) for _, names in named])
        options = [Option(c, tuple(names), p) for (c, names), p in zip(named, chances, strict=True)]
        return sorted(options, key=lambda o: -o.probability)

    def fill(self, reading: Reading) -> Filling | None:
        """The likeliest consistent choice for the three roles, None where it fills fewer than two."""
        ranked = {role: self.options(reading, role) for role in ROLES}
        best: tuple[float, dict[Role, Option]] | None = None
        for chosen in product(*(ranked[role][:_KEPT] for role in ROLES)):
            options = dict(zip(ROLES, chosen, strict=True))
            if sum(o.candidate is not None for o in chosen) < 2 or not _consistent(options):
                continue
            score = sum(log(max(o.probability, 1e-9)) for o in chosen)
            if best is None or score > best[0]:
                best = (score, options)
        if best is None:
            return None
        features = record_features(reading, best[1])
        return Filling(reading, best[1], tuple(features), self.weights.record_probability(features), best[0])

    def _records(self, filling: Filling) -> list[Transfer]:
        doc, token = filling.reading.scene.doc, filling.reading.token
        span = doc[token.i : token.i + 1]
        assessed = status.assess(doc, span, self.lang, filling.reading.frame.cls)
        period = when.find(doc, span, doc._.dateline, self.lang)
        sentence = filling.reading.scene.sentences[filling.reading.number]
        proof = Evidence(doc._.article_id, Extent(sentence.start_char, sentence.end_char, sentence.text), assessed.cues)
        trigger = Extent(token.idx, token.idx + len(token), token.text)
        out = []
        for supplier in _fillers(filling, "supplier"):
            for recipient in _fillers(filling, "recipient"):
                for item in _fillers(filling, "item"):
                    amount = quantity.find(doc, _span(doc, item), span, self.lang)
                    out.append(Transfer(supplier, recipient, item, trigger, assessed.status, proof, filling.reading.frame.id,
                                        amount, period, assessed.attribution, round(filling.probability, 3), _repairs(filling)))
        return out


def promising(trigger: Trigger, scene: Scene) -> bool:
    """A quick look: is there an actor near, and materiel or a second actor?"""
    number = scene.sentence_of[trigger.token.i]
    if scene.items(number):
        return bool(scene.actors(number) or scene.discourse(number, "actor"))
    return bool(scene.actors(number)) and (any(f.strong for f in trigger.frames) or bool(scene.discourse(number, "item")))


def candidates_for(reading: Reading, role: Role) -> list[Candidate]:
    """All that may fill ``role``: the sentence's mentions, pronouns, and the sentences before."""
    scene, number = reading.scene, reading.number
    side = "item" if role == "item" else "actor"
    named = scene.items(number) if role == "item" else scene.actors(number)
    found = named + _open_goods(reading, named) if role == "item" else list(named)
    return found + scene.pronouns(number, side) + scene.discourse(number, side)


def _open_goods(reading: Reading, named: list[Candidate]) -> list[Candidate]:
    """Nouns that the trigger itself governs as its item though no list has them."""
    scene = reading.scene
    known = {i for c in named for i in c.chain}
    out = []
    for index, (func, kind) in sorted(reading.observed.items()):
        token = scene.doc[index]
        if func not in reading.frame.links["item"] or kind == "outer" or index in known or index in scene.by_token or token.pos_ not in ("NOUN", "PROPN"):
            continue
        found = goods.noun_group(scene.doc, token, scene.mentions)
        if found is not None:
            out.append(Candidate((found[0],), token, (token.i,), "goods", strength=found[1]))
    return out


def _consistent(options: dict[Role, Option]) -> bool:
    supplier, recipient = options["supplier"].candidate, options["recipient"].candidate
    if supplier is None or recipient is None:
        return True
    if supplier.mention.start == recipient.mention.start:
        return False
    return supplier.mention.entity is None or supplier.mention.entity != recipient.mention.entity


def record_features(reading: Reading, options: dict[Role, Option]) -> list[str]:
    """Features of a filled frame: is it a transfer at all?"""
    frame = reading.frame
    item = options["item"].candidate
    filled = "".join(r[0] for r in ROLES if options[r].candidate is not None)
    sort = "none" if item is None else f"{item.mention.type} {item.strength}"
    strength = "strong" if frame.strong else "weak"
    names = ["record", f"filled {filled}", f"frame {frame.row.id}", f"class {frame.cls} {filled}", f"item {sort}", f"{strength} item {sort}",
             f"{strength} {filled}", f"trigger {reading.trigger.lemma}"]
    for role in ROLES:
        option = options[role]
        sure = "sure" if option.probability > 0.8 else "fair" if option.probability > 0.5 else "poor"
        names.append(f"{role} {sure}")
        if option.candidate is not None:
            func, kind = function(reading, option.candidate)
            fits = "fits" if func in frame.links[role] else "odd"
            names += [f"{role} {fits} {kind}", f"{role} {strength} {fits}", f"{role} via {option.candidate.via}"]
    joint = sum(log(max(options[role].probability, 1e-9)) for role in ROLES)
    names.append(f"joint {bisect(_JOINT, -joint)}")
    token = reading.token
    names.append(f"{frame.pos} {token.pos_} {token.dep_}")
    return names


def _fillers(filling: Filling, role: Role) -> list[Filler | None]:
    candidate = filling.candidate(role)
    if candidate is None:
        return [None]
    via = None
    if candidate.via in NAMELESS:
        via = Extent(candidate.token.idx, candidate.token.idx + len(candidate.token), candidate.token.text)
    return [_filler(m, via) for m in candidate.members]


def _filler(mention: Mention, via: Extent | None) -> Filler:
    return Filler(mention.start, mention.end, mention.text, mention.type, mention.entity, via)


def _span(doc: Doc, item: Filler | None) -> Span | None:
    return None if item is None else doc.char_span(item.start, item.end, alignment_mode="expand")


def _repairs(filling: Filling) -> tuple[str, ...]:
    kinds = set()
    for role in ROLES:
        candidate = filling.candidate(role)
        if candidate is not None:
            kind = function(filling.reading, candidate)[1]
            kinds.add(candidate.via if candidate.via in ("pronoun", "possessive", "discourse") else kind)
    return tuple(sorted(kinds - {"direct", "name"}))
