"""Who "we", "us" and "our" are in a quotation: the state or body for which its speaker speaks.

The candidates are the actors named outside quotations, in its own sentence and up to three before:
first who is the subject of a verb of saying, then the other subjects, nearer ones first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Token

from extractor.candidates import SENTENCES_BACK, Candidate
from extractor.clauses import layout

if TYPE_CHECKING:
    from extractor.scene import Scene

_MAX_SPEAKERS = 3


def speakers(scene: Scene, token: Token) -> list[Candidate]:
    """Candidates that the first person ``token`` may stand for, likeliest first; none outside quotations."""
    quotes = layout(scene.doc).quotes
    quote = next(((a, b) for a, b in quotes if a <= token.i < b), None)
    if quote is None:
        return []
    number = scene.sentence_of[token.i]
    last = scene.sentence_of[min(quote[1], len(scene.doc) - 1)]
    pool = []
    for sentence in range(max(0, number - SENTENCES_BACK), last + 1):
        for candidate in scene.actors(sentence):
            if candidate.mention.type not in ("STATE", "ORG") or any(a <= candidate.token.i < b for a, b in quotes):
                continue
            top = scene.doc[candidate.chain[0]]
            subject = top.dep_.startswith("nsubj")
            says = subject and top.head.lemma_ in scene.words.speech_verbs
            pool.append(((not says, abs(number - sentence), not subject, abs(token.i - candidate.token.i)), candidate))
    pool.sort(key=lambda pair: pair[0])
    via = "possessive" if token.pos_ == "DET" else "pronoun"
    out: list[Candidate] = []
    for _, c in pool:
        if all(c.mention.entity != o.mention.entity for o in out):
            out.append(Candidate(c.members, token, (token.i,), via, len(out), c.strength, origin=c.chain[0]))
        if len(out) == _MAX_SPEAKERS:
            break
    return out


def only_speaks(scene: Scene, candidate: Candidate) -> bool:
    """Whether a person is named as who says something ("said the minister, Jean Dupont"), and so rarely gives or gets."""
    return _says(scene, candidate) is not None


def speaks_beside(scene: Scene, candidate: Candidate, trigger: Token) -> bool:
    """Whether a person says what the trigger tells without a part in it: ", a précisé Ben Wallace"; not "Jean Dupont said he would deliver"."""
    subject = _says(scene, candidate)
    if subject is None or subject.head.i == trigger.i:
        return False
    return subject.i > trigger.i or not subject.head.is_ancestor(trigger)


def _says(scene: Scene, candidate: Candidate) -> Token | None:
    """The head of the subject of a verb of saying that a person's name belongs to."""
    if candidate.mention.type != "PERSON":
        return None
    node = scene.doc[candidate.origin if candidate.origin >= 0 else candidate.chain[0]]
    while node.dep_ in ("appos", "flat:name", "flat", "compound") and node.head.i != node.i:
        node = node.head
    return node if node.dep_ == "nsubj" and node.head.lemma_ in scene.words.speech_verbs else None
