"""Who "we", "us" and "our" are in a quotation: the state or body for which its speaker speaks.

The candidates are the actors named outside quotations, in its own sentence and up to three before:
first who is the subject of a verb of saying, then the other subjects, nearer ones first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Token

from extractor.candidates import SENTENCES_BACK, Candidate
from extractor.clauses import layout
from extractor.syntax import plain

if TYPE_CHECKING:
    from extractor.scene import Scene

_MAX_SPEAKERS = 3
_BESIDE = 12  # tokens between a comma and the name of who said what stands before it, and of what is told of him


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
    if subject is None:
        return candidate.mention.type == "PERSON" and _beside(scene, candidate, trigger)
    if subject.head.i == trigger.i:
        return False
    return subject.i > trigger.i or not subject.head.is_ancestor(trigger)


def addresses_us(scene: Scene, candidate: Candidate) -> bool:
    """Whether the candidate does something with a first person beside it, and so is somebody else: "when Nigeria came to us"."""
    top = scene.doc[candidate.chain[0]]
    return top.head.i != top.i and any(plain(c) in scene.words.first_persons and c.pos_ == "PRON" for c in top.head.children)


def _beside(scene: Scene, candidate: Candidate, trigger: Token) -> bool:
    """Whether, by order alone, a verb of saying stands with a person's name behind the comma that ends what is said: "…, Ben Wallace, the minister, told soldiers"."""
    doc, at = scene.doc, candidate.token.i
    end = scene.sentences[scene.sentence_of[at]].end
    comma = next((i for i in range(at - 1, max(at - _BESIDE, trigger.i), -1) if doc[i].text == ","), -1)
    if comma <= trigger.i or any(t.i in scene.by_token and t.i != at for t in doc[comma + 1 : at]):
        return False
    verbs = [t for t in doc[comma + 1 : at] if t.pos_ in ("VERB", "AUX") and not t.dep_.startswith("aux")]
    if verbs:  # ", told soldiers Ben Wallace"
        return len(verbs) == 1 and verbs[0].lemma_ in scene.words.speech_verbs
    following = at + 1
    if following < end and doc[following].text == ",":
        following = next((i + 1 for i in range(following + 1, min(following + _BESIDE, end)) if doc[i].text == ","), end)
    verb = next((t for t in doc[following : min(following + 3, end)] if t.pos_ not in ("AUX", "ADV", "PRON")), None)
    return at == comma + 1 and verb is not None and verb.pos_ == "VERB" and verb.lemma_ in scene.words.speech_verbs


def _says(scene: Scene, candidate: Candidate) -> Token | None:
    """The head of the subject of a verb of saying that a person's name belongs to."""
    if candidate.mention.type != "PERSON":
        return None
    node = scene.doc[candidate.origin if candidate.origin >= 0 else candidate.chain[0]]
    while node.dep_ in ("appos", "flat:name", "flat", "compound") and node.head.i != node.i:
        node = node.head
    return node if node.dep_ == "nsubj" and node.head.lemma_ in scene.words.speech_verbs else None
