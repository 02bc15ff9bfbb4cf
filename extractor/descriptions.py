"""What descriptions and pointing words stand for: "the Korean company", "les deux pays", "ce dernier", "the former".

A description takes up an earlier actor of its kind; a demonym beside it then only says whose that is.
"The latter" is what was named last, "the former" the first of the two named last.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from spacy.tokens import Token

from extractor import entities
from extractor.candidates import SENTENCES_BACK, Candidate
from extractor.model import Mention
from extractor.syntax import plain

if TYPE_CHECKING:
    from extractor.scene import Scene

_MAX_DESCRIBED = 3


def described(scene: Scene, token: Token) -> list[Candidate]:
    """The earlier mentions that a definite description at ``token`` may stand for, likeliest first; a pair for "both countries"."""
    words, determiners = scene.words, [c for c in token.children if c.dep_.startswith("det") or c.dep_ == "cc:preconj"]
    paired = any(plain(c) in words.pairs for c in token.children)
    if not paired and not any(plain(c) in words.definites for c in determiners):
        return []
    plural = any("Plur" in t.morph.get("Number", []) for t in (token, *determiners))
    if _names_it(scene, token):
        return []
    taken_up = entities.described(scene.doc, token, scene.mentions, plural=plural and not paired)
    found = [m for identity in islice(taken_up, _MAX_DESCRIBED) if (m := _last(scene, identity, token))]
    if paired:
        return [Candidate((found[1], found[0]), token, (token.i,), "description")] if len(found) > 1 else []
    return [Candidate((m,), token, (token.i,), "description", rank) for rank, m in enumerate(found)]


def is_taken_up(scene: Scene, candidate: Candidate) -> bool:
    """Whether a demonym only says whose the company is that its noun takes up: "the Korean company", Hanwha."""
    if candidate.mention.type != "STATE" or candidate.mention.form != "demonym" or len(candidate.members) > 1:
        return False
    return any(c.mention.type == "ORG" for i in candidate.chain[:-1] for c in described(scene, scene.doc[i]))


def pointed(scene: Scene, token: Token, side: str) -> list[Candidate]:
    """What "the latter", "ce dernier", "celui-ci" or "the former" at ``token`` points at; nothing for any other word."""
    words = scene.words
    latter, former = is_latter(scene, token), plain(token) in words.formers and _is_alone(scene, token)
    if not latter and not former:
        return []
    number = scene.sentence_of[token.i]
    plural = "Plur" in token.morph.get("Number", []) and side == "actor"
    for back in range(min(number, SENTENCES_BACK) + 1):
        named = scene.actors(number - back) if side == "actor" else scene.things(number - back)
        before = [c for c in named if c.token.i < token.i and c.mention.type != "PLACE" and (c.mention.form != "demonym" or (len(c.chain) > 1 and not c.loose))]
        if not before:
            continue
        pair = next((c for c in reversed(before) if len(c.members) == 2), None)
        if latter:
            last = pair if pair is not None and not plural else before[-1]
            members = last.members if plural else last.members[-1:]
        else:
            last = pair or before[max(len(before) - 2, 0)]
            members = last.members[:1]
        return [Candidate(members, token, (token.i,), "pronoun", strength=last.strength, origin=last.chain[0])]
    return []


@lru_cache(maxsize=4)
def _beginnings(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word[:end] for word in words for end in range(1, len(word) + 1))


def is_latter(scene: Scene, token: Token) -> bool:
    """Whether ``token`` is "latter", "dernier" behind a demonstrative, or "celui" before "-ci", and no adjective of a noun."""
    word, words = plain(token), scene.words
    if word in words.latters:
        return _is_alone(scene, token)
    if word not in _beginnings(words.latters):
        return False
    behind = "".join(t.lower_ for t in scene.doc[token.i + 1 : token.i + 3] if not t.whitespace_ or t.lower_ == "ci" or t.lower_ == "-ci")
    return f"{word}{behind}" in words.latters or f"{word}-{behind.lstrip('-')}" in words.latters


def _is_alone(scene: Scene, token: Token) -> bool:
    """Whether a word of order is no adjective of a noun, and its determiner is one that points back."""
    before = scene.doc[token.i - 1] if token.i else None
    if "-" in token.text:
        return True
    if before is None or plain(before) not in scene.words.pointers:
        return False
    following = scene.doc[token.i + 1] if token.i + 1 < len(scene.doc) else None
    return following is None or following.pos_ not in ("NOUN", "PROPN") or token.head.i != following.i


def _names_it(scene: Scene, token: Token) -> bool:
    """Whether the name of what is described stands right behind: "the Korean company Hanwha"."""
    for at in range(token.i + 1, min(token.i + 3, len(scene.doc))):
        mention = scene.by_token.get(at)
        if mention is None:
            return False
        if mention.form != "demonym":
            return mention.type in ("ORG", "STATE", "PERSON")
    return False


def _last(scene: Scene, identity: str, token: Token) -> Mention | None:
    return next((m for m in reversed(scene.mentions) if m.entity == identity and m.end <= token.idx), None)
