"""Names beside other names: whose a company is ("Sweden's Saab"), and the noun that says what a name names ("the firm DOK-ING")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from spacy.tokens import Token

from extractor.syntax import preposition

if TYPE_CHECKING:
    from extractor.candidates import Candidate
    from extractor.scene import Scene

_HOMES = frozenset({"amod", "nmod:poss", "compound", "nmod"})  # how the state hangs on the name of its company
_SEATS = frozenset({"of", "from", "in", "to"})  # keys of the prepositions before the town of somebody
FIRMS = ("company", "armed group")


def is_home(scene: Scene, candidate: Candidate, found: Sequence[Candidate]) -> bool:
    """Whether a state only says whose a named company or group is: "the Croatian firm DOK-ING", "Sweden's Saab"."""
    if candidate.mention.type == "ORG" and is_owner(scene, candidate.token):
        return True
    if candidate.mention.type != "STATE" or len(candidate.members) > 1:
        return False
    if any(_seats(scene, candidate, c) for c in found if c.mention.type in ("ORG", "PERSON")):
        return True
    return any(_is_at_home(scene, c, candidate) for c in found if c.mention.type == "ORG")


def is_owner(scene: Scene, token: Token) -> bool:
    """Whether the body named at ``token`` only owns another that is named beside: "Gasolinas Bienestar, the Pemex subsidiary", "la filiale de Safran, Turbomeca"."""
    doc, at = scene.doc, token.i
    if doc.lang_ == "en":
        noun, low = at + 1, at - 1
    else:
        noun, low = at - 2, at - 3
    if not (low > 0 and noun < len(doc)) or doc[noun].lemma_.lower() not in scene.words.subsidiaries:
        return False
    while low > 0 and (doc[low].pos_ in ("DET", "ADJ") or doc[low].text == ","):
        low -= 1
    high = max(at, noun) + 1
    if high < len(doc) and doc[high].text == ",":
        high += 1
    beside = [scene.by_token.get(low), scene.by_token.get(high)]
    return any(m is not None and m.type == "ORG" for m in beside)


def _seats(scene: Scene, state: Candidate, body: Candidate) -> bool:
    """Whether the state's or town's name only says where a named dealer or firm is: "the Pretoria dealer Deon Marais", "Deon Marais, of Pretoria, sold"."""
    doc, at, noun = scene.doc, state.token.i, state.token.head
    if state.mention.form == "demonym":
        return False
    if state.token.dep_ == "compound" and noun.pos_ == "NOUN" and body.token.i == noun.i + 1:
        return True
    apart = at > 2 and doc[at - 1].pos_ == "ADP" and doc[at - 2].text == "," and at + 1 < len(doc) and doc[at + 1].text == ","
    return apart and body.token.i == at - 3 and preposition(doc, at, scene.grammar) in _SEATS


def _is_at_home(scene: Scene, body: Candidate, state: Candidate) -> bool:
    sort = scene.sort(body.mention)
    if sort in FIRMS and state.token.head.i == body.token.i and state.token.dep_ in _HOMES:
        return True
    if state.mention.form != "demonym" or not body.mention.text[0].isupper() or sort not in (*FIRMS, "ORG"):
        return False
    if is_made_noun(scene, body.token):
        return state.token.i == body.token.i - 1
    top = state.chain[0]
    if top in (state.token.i, body.token.i) or top in scene.triggers or state.loose:
        return False
    return (top == body.chain[0] and not body.loose) or (body.token.head.i == top and body.token.dep_ in ("appos", "flat", "flat:name"))


def is_made_noun(scene: Scene, token: Token) -> bool:
    """Whether the demonym before a body's name stands for its kind: "auprès du suédois Saab", "the Turkish Baykar"."""
    before = scene.by_token.get(token.i - 1)
    body = scene.by_token.get(token.i)
    if before is None or body is None or before.form != "demonym" or body.type != "ORG" or not body.text[0].isupper():
        return False
    return token.head.i == token.i - 1 and token.dep_ in ("appos", "flat", "flat:name", "nmod")


def titled_by(scene: Scene, token: Token) -> Token | None:
    """The noun right before a name that says what it names, where the parser hung the name elsewhere: "the Croatian firm DOK-ING", "au groupe turc Roketsan"."""
    mention = scene.by_token.get(token.i)
    if mention is None or mention.type not in ("ORG", "PERSON") or mention.form == "demonym":
        return None
    at = token.i - 1
    while at > 0 and (scene.doc[at].pos_ == "ADJ" or (at in scene.by_token and scene.by_token[at].form == "demonym")):
        at -= 1
    noun = scene.doc[max(at, 0)]
    titled = noun.pos_ == "NOUN" and noun.lemma_.lower() in scene.words.actor_nouns and noun.i not in scene.by_token and noun.i not in scene.triggers
    return noun if titled and noun.i < token.i and noun.sent.start == token.sent.start and token.head.i != noun.i and noun.head.i != token.i else None
