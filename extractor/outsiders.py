"""Who stands in the sentence of a transfer but can have no part in it, whatever the trigger.

Makers ("Chinese-made howitzers", "built by Naval Group"), those that something else is done to ("the
drones that struck Israel"), accusers ("the British allegations of smuggling"), and whose the unnamed
private persons are ("Sudanese refugees").
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from spacy.tokens import Token

from extractor import anaphora
from extractor.control import subjects
from extractor.syntax import SUBJECT, is_passive, plain, preposition

if TYPE_CHECKING:
    from extractor.candidates import Candidate
    from extractor.model import Role
    from extractor.reading import Reading
    from extractor.scene import Scene

_HYPHENS = frozenset({"-", "‑", "‐"})
_MADE_BY = frozenset({"by", "in", "at", "origin"})


def takes_no_part(scene: Scene, candidate: Candidate, trigger: Token) -> bool:
    """Whether the actor named by ``candidate`` stands outside what ``trigger`` tells."""
    return (_makes(scene, candidate, trigger) or _is_private(scene, candidate) or _accuses(scene, candidate, trigger)
            or _suffers(scene, scene.doc[candidate.chain[0]], trigger) or _is_told_by_name(scene, candidate) or _is_member(scene, candidate))


def _makes(scene: Scene, candidate: Candidate, trigger: Token) -> bool:
    """Whether a name only says whence a thing's make is: "Chinese-made", "Soviet-era", "de fabrication chinoise", "built by Naval Group"."""
    doc, words, at = scene.doc, scene.words, candidate.token.i
    if len(doc) > at + 2 and doc[at + 1].text in _HYPHENS and not doc[at + 1].whitespace_ and plain(doc[at + 2]) in words.makes:
        return True
    if any(doc[i].pos_ == "NOUN" and doc[i].lemma_.lower() in words.makes for i in candidate.chain[:-1]):
        return True
    top = _first(doc[candidate.chain[0]])
    verb = top.head
    if verb.i in (trigger.i, top.i) or verb.pos_ not in ("VERB", "ADJ") or verb.lemma_.lower() not in words.makes:
        return False
    return preposition(doc, top.i, scene.grammar) in _MADE_BY and is_passive(verb, scene.grammar)


def _is_told_by_name(scene: Scene, candidate: Candidate) -> bool:
    """Whether a body's own name stands right behind the nationality that is said of it: "the French company Arquus", "le turc Baykar"."""
    if candidate.mention.form != "demonym" or len(candidate.members) > 1:
        return False
    token = candidate.token
    noun = token.head if token.dep_ in ("amod", "compound", "nmod") else token
    beside = scene.by_token.get(max(noun.i, token.i) + 1)
    return abs(noun.i - token.i) < 3 and beside is not None and beside.type == "ORG"


def _is_member(scene: Scene, candidate: Candidate) -> bool:
    """Whether the alliance that a name is of has one member that acts: "the first NATO country to supply", "un pays de l'Otan"; all of them stand for it."""
    token = candidate.token
    noun = token.head
    return (candidate.mention.type == "ORG" and token.dep_ in ("compound", "nmod", "amod") and noun.lemma_.lower() in scene.words.members
            and "Sing" in noun.morph.get("Number", []))


def _is_private(scene: Scene, candidate: Candidate) -> bool:
    """Whether the noun that a state's name or demonym belongs to is of unnamed private persons: "Sudanese refugees", "des militants cachemiris"."""
    if candidate.mention.type not in ("STATE", "PLACE") or len(candidate.members) > 1:
        return False
    nouns = {*candidate.chain[:-1], candidate.token.head.i} if candidate.token.dep_ in ("amod", "nmod", "compound") else set(candidate.chain[:-1])
    return any(scene.doc[i].lemma_.lower() in scene.words.private_nouns for i in nouns)


def _accuses(scene: Scene, candidate: Candidate, trigger: Token) -> bool:
    """Whether an allegation above the trigger is the candidate's: "the British allegations of smuggling"."""
    nouns = {t.i for t in trigger.ancestors if t.lemma_.lower() in scene.words.allegations}
    top = scene.doc[candidate.chain[0]]
    owner = top.head.i if top.dep_ in ("amod", "nmod:poss", "compound", "nmod") and preposition(scene.doc, top.i, scene.grammar) in (None, "of") else -1
    return owner in nouns or any(i in nouns for i in candidate.chain[:-1]) or _witnesses(scene, top, trigger)


def _witnesses(scene: Scene, top: Token, trigger: Token) -> bool:
    """Whether the candidate only has evidence of the transfer, or none: "the commission has no record of any sale"."""
    verb = top.head
    if not top.dep_.startswith("nsubj") or verb.i == trigger.i:
        return False
    return any(t.dep_ == "obj" and t.head.i == verb.i and t.lemma_.lower() in scene.words.witnesses for t in trigger.ancestors)


def stops_it(reading: Reading, candidate: Candidate, role: Role) -> bool:
    """Whether the candidate stops on its way what is another's: "the Yemeni government intercepted an Iranian delivery", "Kenya seized rifles bound for Somalia", "enforces the embargo"."""
    scene, trigger, words = reading.scene, reading.token, reading.scene.words
    top = _first(scene.doc[candidate.chain[0]])
    for verb in (trigger, *_verbs_over(trigger)):
        lemma = verb.lemma_.lower()
        stops = lemma in words.interceptors
        if verb.i != trigger.i and role == "recipient":
            stops = stops or lemma in words.stoppers or (reading.frame.cls == "ban" and lemma not in words.endures)
        if stops and verb.pos_ == "VERB" and not is_passive(verb, scene.grammar):
            own = [c for c in verb.children if c.dep_ in SUBJECT]
            if reading.frame.cls != "ban":  # "Liberia called upon the Council to lift the embargo": parsers lose who lifts it
                own = own or [t for t, _ in subjects(verb, scene.grammar)]
            if any(t.i == top.i for t in own):
                return True
    return False


def _verbs_over(trigger: Token) -> list[Token]:
    """The verb that the trigger is the object of, or tells more of the object of."""
    noun = trigger.head if trigger.dep_ in ("acl", "amod", "acl:relcl") else trigger
    beside = trigger.dep_ in ("xcomp", "advcl") and any(c.dep_ == "obj" and c.i < trigger.i for c in trigger.head.rights)  # "seized rifles bound for"
    return [noun.head] if noun.dep_ == "obj" else [trigger.head] if beside else []


def owners_beside(scene: Scene, places: Iterable[Token]) -> frozenset[str]:
    """The ids of those of the sentence whose neighbour or ally stands in one of ``places``: in "when Madrid sold its neighbour frigates" neither Madrid nor who is angry at it gets them."""
    found: set[str] = set()
    for noun in places:
        if noun.lemma_.lower() in scene.words.neighbours:
            at = noun.i - 1
            while at > 0 and scene.doc[at].pos_ == "ADJ":
                at -= 1
            if plain(scene.doc[at]) in scene.words.possessives:
                start = scene.sentences[scene.sentence_of[at]].start_char  # whoever the text told of before may well be the neighbour
                found.update(c.mention.entity or "" for c in anaphora.antecedents(scene, scene.doc[at], "actor") if c.mention.start >= start)
    return frozenset(found)


def _suffers(scene: Scene, top: Token, trigger: Token) -> bool:
    """Whether a relative clause does something to the candidate and passes it nothing: "the drones that struck Israel", "Kenya, which is fighting Somalia"."""
    noun = _first(top)
    verb = noun.head
    if noun.dep_ != "obj" or verb.pos_ != "VERB" or noun.i < verb.i or verb.dep_ != "acl:relcl" or verb.i in scene.triggers or verb.is_ancestor(trigger):
        return False
    lemma, host = verb.lemma_.lower(), scene.by_token.get(verb.head.i)
    return lemma in scene.words.harms or (host is not None and host.type in ("WEAPON", "GOODS") and lemma not in scene.words.favours)


def _first(token: Token) -> Token:
    while token.dep_ == "conj" and token.head.i < token.i:
        token = token.head
    return token
