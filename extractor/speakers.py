"""Who "we", "us" and "our" are in a quotation: the state or body for which its speaker speaks.

The candidates are the actors named outside the quotation, in its own sentence and up to three before:
first who is the subject of a verb of saying, then the other subjects, nearer ones first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Token

from extractor.candidates import SENTENCES_BACK, Candidate
from extractor.clauses import layout

if TYPE_CHECKING:
    from extractor.candidates import Scene

_MAX_SPEAKERS = 3


def speakers(scene: Scene, token: Token) -> list[Candidate]:
    """Candidates that the first person ``token`` may stand for, likeliest first; none outside quotations."""
    quote = next(((a, b) for a, b in layout(scene.doc).quotes if a <= token.i < b), None)
    if quote is None:
        return []
    number = scene.sentence_of[token.i]
    last = scene.sentence_of[min(quote[1], len(scene.doc) - 1)]
    pool = []
    for sentence in range(max(0, number - SENTENCES_BACK), last + 1):
        for candidate in scene.actors(sentence):
            if quote[0] <= candidate.token.i < quote[1] or candidate.mention.type not in ("STATE", "ORG"):
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
