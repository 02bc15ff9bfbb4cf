"""Transfers: who supplies what to whom.

For each trigger of the lexicon and each frame that it may evoke, the candidates of every role are
ranked over the evidence; the likeliest consistent filling is kept where it is likely enough to be
a transfer. Coordinated fillers give one record each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from extractor import (
    contrast,
    ditto,
    exchange,
    frames,
    gapping,
    grammar,
    lists,
    onward,
    parallels,
    quantity,
    ranking,
    repeats,
    status,
    when,
)
from extractor.candidates import ACTOR_TYPES, Candidate
from extractor.evidence import NAMELESS
from extractor.filling import Filling, Option, complete, joint_features
from extractor.frames import Frame, Trigger
from extractor.gating import record_features
from extractor.lexicon import Lexicon
from extractor.model import ROLES, Evidence, Extent, Filler, Mention, Role, Transfer
from extractor.reading import Reading, function, read
from extractor.rivals import Bag, bags, names_another, promising
from extractor.scene import Scene
from extractor.syntax import is_reflexive
from extractor.voids import is_void

_REMEMBERED = 0.1  # the probability from which a transfer is remembered while the rest of the text is read


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
        out: list[repeats.Telling] = []
        told = repeats.own(list(self.fillings(scene)))
        again = {copy.words.start: copy for copy in ditto.copies(scene, told)}
        for filling in sorted([f for f in told if f.reading.token.i not in again], key=lambda f: f.reading.token.i):
            found = [record for one in [*parallels.spread(filling), *gapping.elided(filling)] for record in self._records(one)]
            found += self._returned(filling) + self._ruled_out(filling)
            out += [repeats.telling(filling, record) for record in found]
        out += [repeats.Telling(record, copy.words.start, frozenset(), False) for copy in again.values() for record in self._copied(copy)]
        return repeats.once(out)

    def _copied(self, copy: ditto.Copy) -> list[Transfer]:
        """The records of a transfer told again, by the words that do so."""
        doc, words = copy.filling.reading.scene.doc, copy.words
        assessed = status.assess(doc, words[:1], self.lang)
        out = []
        for record in self._records(copy.filling):
            surely = ditto.weighed(assessed.status, record.status)
            if surely is not None:
                item = None if record.item is None or record.item.start < words.start_char else record.item
                amount = quantity.find(doc, _span(doc, item), words, self.lang) if item is not None else None
                out.append(replace(record, trigger=Extent(words.start_char, words.end_char, words.text), status=surely, quantity=amount,
                                   when=when.find(doc, words, doc._.dateline, self.lang, None), attribution=assessed.attribution))
        return out

    def _returned(self, filling: Filling) -> list[Transfer]:
        found = exchange.returned(filling)
        if found is None:
            return []
        trigger = Extent(found[1].idx, found[1].idx + len(found[1]), found[1].text)
        return [replace(record, trigger=trigger) for record in self._records(found[0])]

    def _ruled_out(self, filling: Filling) -> list[Transfer]:
        found = []
        for one, word in contrast.ruled_out(filling):
            cue = Extent(word.idx, word.idx + len(word), word.text)
            found += [replace(r, status="denied", evidence=replace(r.evidence, cues=(cue,))) for r in self._records(one)]
        return found

    def scene(self, doc: Doc) -> Scene:
        return Scene(doc, doc._.mentions or [], self.words, self.grammar, self.lexicon.entities)

    def fillings(self, scene: Scene) -> Iterator[Filling]:
        """The likeliest filling of each trigger that is likely enough to be a transfer."""
        return (best for _, best, cut in self.weighed(scene) if best is not None and best.probability >= cut)

    def weighed(self, scene: Scene) -> Iterator[tuple[Trigger, Filling | None, float]]:
        """Each trigger with its likeliest filling and the probability that is asked of it: more while the text has named no weapon and no sentence before told a transfer.

        What is too unlikely to be shown may still be what a later trigger goes on to tell.
        """
        armed, first = scene.is_armed(), len(scene.sentences)
        for trigger in self.triggers(scene):
            number = scene.sentence_of[trigger.token.i]
            best, cut = self.best(trigger, scene), self.weights.cut(armed or number > first)
            if best is not None and best.probability >= min(cut, _REMEMBERED) and best.reading.frame.cls != "pay":
                scene.history.append(best.told())
            if best is not None and best.probability >= cut:
                first = min(first, number)
            yield trigger, best, cut

    def triggers(self, scene: Scene) -> list[Trigger]:
        """The triggers of a scene, which it needs to know before any candidate is asked for."""
        found = list(self.frames.triggers(scene.doc, scene.by_token))
        scene.triggers = frozenset(t.token.i for t in found)
        return found

    def best(self, trigger: Trigger, scene: Scene) -> Filling | None:
        """The likeliest filling of one trigger over all its frames, None where no two roles can be filled."""
        found = self.rivals(trigger, scene)
        if not found:
            return None
        best, share = self.choose([replace(f, features=tuple(joint_features(f))) for f in found])
        return replace(best, probability=self.weights.record_probability(record_features(best, share)))

    def rivals(self, trigger: Trigger, scene: Scene) -> list[Filling]:
        """The fillings of one trigger, by all its frames, that are worth weighing as wholes."""
        return [f for reading in self.readings(trigger, scene) for f in self.weigh(reading, {role: bags(reading, role) for role in ROLES})]

    def weigh(self, reading: Reading, found: Mapping[Role, Sequence[Bag]]) -> list[Filling]:
        """The likelier fillings of one reading, from the candidates of each role with their features."""
        return complete(reading, {role: self.options(found[role]) for role in ROLES})

    def choose(self, found: Sequence[Filling]) -> tuple[Filling, float]:
        """The best of ``found`` by the choices for the roles and by what they are together, with its share of the probability."""
        shares = ranking.softmax([f.likelihood + self.weights.joint_score(f.features) for f in found])
        return max(zip(found, shares, strict=True), key=lambda pair: pair[1])

    def readings(self, trigger: Trigger, scene: Scene) -> list[Reading]:
        """One reading per frame, with reflexive and causative variants put in place; none where no transfer can be."""
        if not promising(trigger, scene):
            return []
        found = [onward.settle(read(trigger, self._variant(trigger.token, frame), scene)) for frame in trigger.frames]
        return [reading for reading in found if not is_void(reading) and not names_another(reading)]

    def _variant(self, token: Token, frame: Frame) -> Frame:
        if frame.row.reflexive and is_reflexive(token, self.grammar):
            return self.frames.variant(frame, "reflexive")
        governors = {token.head.lemma_} | {c.lemma_ for c in token.children if c.dep_.startswith("aux")}
        if frame.row.causative and governors & self.grammar.causatives:
            return self.frames.variant(frame, "causative")
        return frame

    def options(self, found: Sequence[Bag]) -> list[Option]:
        """Candidates with their probabilities among each other, likeliest first."""
        chances = ranking.softmax([self.weights.role_score(names) for _, names in found])
        options: dict[object, Option] = {}
        for (candidate, names), p in sorted(zip(found, chances, strict=True), key=lambda pair: -pair[1]):
            key = _identity(candidate)
            likelier = options.get(key)
            options[key] = Option(candidate, names, p) if likelier is None else replace(likelier, probability=likelier.probability + p)
        return sorted(options.values(), key=lambda o: -o.probability)

    def _called(self, filling: Filling, item: Filler | None, assessed: status.Assessment) -> status.Assessment:
        """Who calls the item so is the source, where the transfer has none: "sent what an official described as aid"."""
        scene, number = filling.reading.scene, filling.reading.number
        if item is None or assessed.status != "asserted" or not lists.is_called(scene, number, item.start):
            return assessed
        named = _span(scene.doc, item)
        told = assessed if named is None else status.assess(scene.doc, scene.doc[named.root.i : named.root.i + 1], self.lang, filling.reading.frame.cls)
        return told if told.status == "reported" else assessed

    def _records(self, filling: Filling) -> list[Transfer]:
        doc, token = filling.reading.scene.doc, filling.reading.token
        span = doc[token.i : token.i + 1]
        assessed = status.assess(doc, span, self.lang, filling.reading.frame.cls)
        sentence = filling.reading.scene.sentences[filling.reading.number]
        proof = Evidence(doc._.article_id, Extent(sentence.start_char, sentence.end_char, sentence.text), assessed.cues)
        trigger = Extent(token.idx, token.idx + len(token), token.text)
        out = []
        for supplier in _fillers(filling, "supplier"):
            for recipient in _fillers(filling, "recipient"):
                if _is_same(supplier, recipient):
                    continue  # one of a group of suppliers is itself the recipient
                for item in _fillers(filling, "item"):
                    named = _span(doc, item)
                    amount = quantity.find(doc, named, span, self.lang)
                    period = when.find(doc, span, doc._.dateline, self.lang, named)
                    told = self._called(filling, item, assessed)
                    surely = contrast.weighed(filling.reading, told.status, (supplier, recipient, item))
                    out.append(Transfer(supplier, recipient, item, trigger, surely, proof, filling.reading.frame.id,
                                        amount, period, told.attribution, round(filling.probability, 3), _repairs(filling)))
        return out


def _identity(candidate: Candidate | None) -> object:
    """What makes two candidates of a role the same choice: the same actors, by name or by pronoun."""
    if candidate is None:
        return None
    return frozenset(m.entity if m.type in ACTOR_TYPES and m.entity else m.start for m in candidate.members)


def _fillers(filling: Filling, role: Role) -> list[Filler | None]:
    candidate = filling.candidate(role)
    if candidate is None:
        return [None]
    via = None
    if candidate.via in NAMELESS:
        via = Extent(candidate.token.idx, candidate.token.idx + len(candidate.token), candidate.token.text)
    return [_filler(m, via) for m in candidate.members]


def _is_same(one: Filler | None, other: Filler | None) -> bool:
    return one is not None and other is not None and one.id is not None and one.id == other.id


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
