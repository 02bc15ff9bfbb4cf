"""Who does what another did before: "Paris pourrait en faire autant", "Berlin froze its exports; Oslo followed suit".

Such words tell a transfer again with another actor in the subject's place, perhaps with a thing of its own
("fera de même avec ses F-16"). What others follow in may be a refusal or a halt: it is denied for them too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from extractor.candidates import Candidate
from extractor.filling import Filling
from extractor.model import ROLES, STATUSES, Role, Status
from extractor.reading import function
from extractor.scene import Scene
from extractor.syntax import plain, preposition

_REACH = 4  # tokens from one word of a phrase to the next, and from the phrase to a thing of its own
_BETWEEN = frozenset({"AUX", "VERB", "ADV", "PRON", "PART", "ADP", "SCONJ", "DET", "ADJ"})
_ASKED = ("to", "on")  # "demande à Berlin d'en faire autant"
_ADNOMINAL = ("acl", "amod")
_LEADING = ("subj", "light", "poss", "bearer")
_INHERITED: tuple[Status, ...] = ("denied", "planned", "alleged")


@dataclass(frozen=True)
class Copy:
    """A filling told again: its trigger's words and the filling that they repeat."""

    words: Span
    filling: Filling


def copies(scene: Scene, told: Sequence[Filling]) -> Iterator[Copy]:
    """What the words of doing likewise tell of the transfers ``told``."""
    for words in _phrases(scene) if told else ():
        actor, model = _actor(scene, words), _model(scene, words, told)
        if actor is None or model is None:
            continue
        lead = _lead(model)
        old = model.candidate(lead)
        if old is not None and {m.entity for m in old.members} & {m.entity for m in actor.members}:
            continue
        roles: dict[Role, Candidate] = {lead: actor}
        item = _own_item(scene, words)
        if item is not None:
            roles["item"] = item
        yield Copy(words, model.told_of(roles))


def weighed(own: Status, model: Status) -> Status | None:
    """The status of a transfer told again: its own or that of the first, whichever is less sure; None where it denies a denial."""
    if own == "denied" and model == "denied":
        return None
    return min((own, model), key=STATUSES.index) if model in _INHERITED else own


def _phrases(scene: Scene) -> Iterator[Span]:
    firsts = {phrase[0] for phrase in scene.words.dittos}
    for token in scene.doc:
        lemma = token.lemma_.lower()
        for first, *after in scene.words.dittos if lemma in firsts else ():
            if lemma != first or token.pos_ not in ("VERB", "AUX", "ADJ", "NOUN"):
                continue
            at: int | None = token.i
            for word in after:
                near = range(at + 1, min(at + 1 + _REACH, scene.sentences[scene.sentence_of[token.i]].end)) if at is not None else ()
                at = next((i for i in near if plain(scene.doc[i]) == word), None)
            if at is not None and (after or _is_bare(token)):
                yield scene.doc[token.i : at + 1]
                break


def _is_bare(verb: Token) -> bool:
    """Whether a verb like "follow" stands without an object or adverb that would tell what is followed, and how: "suit le dossier de près"."""
    behind = [c for c in verb.rights if c.dep_ not in ("punct", "conj", "cc", "obl:agent", "parataxis")]
    return all(c.pos_ not in ("NOUN", "PROPN", "ADV", "VERB", "PRON") or c.dep_ == "obl" for c in behind)


def _actor(scene: Scene, words: Span) -> Candidate | None:
    """The bare name before the verb, or its agent: "imité par Stockholm"."""
    verb, number = words[0], scene.sentence_of[words.start]
    if not any(c.dep_.startswith("aux") for c in verb.lefts) and "Part" in verb.morph.get("VerbForm", []):
        agents = (c for c in scene.actors(number) if words.end < c.token.i <= words.end + _REACH)
        return next((c for c in agents if preposition(scene.doc, c.chain[0], scene.grammar) in ("by", "of") and _is_light(scene, words.end, c.chain[0])), None)
    before = [c for c in scene.actors(number) if _last(scene, c) < verb.i]
    if not before or before[-1].mention.type == "PLACE":
        return None
    start = _last(scene, before[-1]) + 1
    key = preposition(scene.doc, before[-1].chain[0], scene.grammar)
    asked = key in _ASKED and not any(t.pos_ in ("VERB", "AUX") for t in scene.doc[start : verb.i])
    return _joined(scene, before) if (key is None or asked) and _is_light(scene, start, verb.i) else None


def _joined(scene: Scene, before: Sequence[Candidate]) -> Candidate:
    """The last of ``before`` with the names that a coordinator joins it to, though the tree parts them."""
    found, members = before[-1], before[-1].members
    for candidate in reversed(before[:-1]):
        between = scene.doc[_last(scene, candidate) + 1 : found.token.i]
        if not any(t.pos_ == "CCONJ" for t in between) or not all(t.pos_ in ("CCONJ", "DET") for t in between):
            break
        found, members = candidate, (*candidate.members, *members)
    return replace(found, members=members)


def _is_light(scene: Scene, start: int, end: int) -> bool:
    """Whether only helping words stand between."""
    return end - start <= 2 * _REACH and all(t.pos_ in _BETWEEN for t in scene.doc[start:end])


def _last(scene: Scene, candidate: Candidate) -> int:
    span = scene.doc.char_span(candidate.members[-1].start, candidate.members[-1].end, alignment_mode="expand")
    return candidate.token.i if span is None else span.end - 1


def _model(scene: Scene, words: Span, told: Sequence[Filling]) -> Filling | None:
    """The last transfer told before in the sentence or the one before it, rather one that no noun is modified by."""
    number = scene.sentence_of[words.start]
    before = [f for f in told if f.reading.token.i < words.start and number - f.reading.number <= 1]
    here = [f for f in before if f.reading.number == number] or before
    free = [f for f in here if not f.reading.token.dep_.startswith(_ADNOMINAL)]
    return next(reversed(free or here), None)


def _lead(filling: Filling) -> Role:
    """The role of the model's subject, which the new actor takes."""
    for role in ROLES[:2]:
        candidate = filling.candidate(role)
        if candidate is not None and (candidate.via == "possessive" or function(filling.reading, candidate)[0] in _LEADING):
            return role
    return "recipient" if filling.reading.frame.cls.startswith("receiv") else "supplier"


def _own_item(scene: Scene, words: Span) -> Candidate | None:
    """The thing of its own that the new transfer is of: "avec ses F-16", "for its Gepards"."""
    for candidate in scene.items(scene.sentence_of[words.start]):
        if words.end < candidate.token.i <= words.end + _REACH:
            key = preposition(scene.doc, candidate.chain[0], scene.grammar)
            between = scene.doc[words.end : candidate.token.i]
            return candidate if key in ("with", "for") and not any(t.pos_ in ("VERB", "AUX") for t in between) else None
    return None
