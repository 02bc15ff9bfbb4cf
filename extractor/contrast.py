"""Who is named only to be ruled out: "not Iran but North Korea delivered", "à Damas, et non à Moscou".

What is ruled out is a transfer that the text denies, told beside the one that it affirms.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Span, Token

from extractor.candidates import Candidate
from extractor.filling import Filling
from extractor.model import ROLES, Filler, Status
from extractor.reading import Reading
from extractor.scene import Scene
from extractor.syntax import plain

_REACH = 5  # tokens between a name and the word that rules it out or in
_LIGHT = frozenset({"DET", "ADP", "NUM", "ADJ", "PUNCT", "CCONJ", "ADV"})


def ruled_out(filling: Filling) -> list[tuple[Filling, Token]]:
    """The fillings that ``filling`` is set against, each with the word that denies it."""
    scene, number = filling.reading.scene, filling.reading.number
    found = []
    for role in ROLES:
        chosen = filling.candidate(role)
        if chosen is None or chosen.via not in ("name", "goods"):
            continue
        for other in scene.items(number) if role == "item" else scene.actors(number):
            negator = None if _is_used(filling, other) else _negator(scene, chosen, other)
            if negator is not None:
                found.append((filling.told_of({role: other}), negator))
    return found


def is_set_aside(scene: Scene, candidate: Candidate) -> bool:
    """Whether a candidate is named only to be ruled out: ", not Paris,", "et non l'Iran"."""
    doc, at = scene.doc, candidate.token.i - 1
    while at > 0 and doc[at].pos_ in ("DET", "ADP"):
        at -= 1
    return at > 0 and plain(doc[at]) in scene.words.excluders and (doc[at - 1].text == "," or doc[at - 1].pos_ == "CCONJ")


def weighed(reading: Reading, status: Status, fillers: Iterable[Filler | None]) -> Status:
    """The status of a record one of whose fillers is set against another: "not missiles but tanks"."""
    at = reading.token.i
    if status == "denied":
        return "asserted" if any(_is_ruled_in(reading.scene, at, f) for f in fillers) else status
    return "denied" if any(_is_ruled_out(reading.scene, at, f) for f in fillers) else status


def _is_ruled_in(scene: Scene, trigger: int, filler: Filler | None) -> bool:
    """Whether a filler behind a denied trigger is what came about instead: "did not deliver missiles but tanks"."""
    span = _behind(scene, trigger, filler)
    return span is not None and _last(_before(scene, trigger, span), scene.words.contrastives) is not None


def _is_ruled_out(scene: Scene, trigger: int, filler: Filler | None) -> bool:
    """Whether a filler behind its trigger is the one of two that did not come about: "delivered not tanks but trucks"."""
    span = _behind(scene, trigger, filler)
    if span is None or _excluder(scene, _before(scene, trigger, span)) is None:
        return False
    return any(plain(t) in scene.words.contrastives for t in scene.doc[span.end : span.end + 2 * _REACH])


def _behind(scene: Scene, trigger: int, filler: Filler | None) -> Span | None:
    span = None if filler is None else scene.doc.char_span(filler.start, filler.end, alignment_mode="expand")
    return span if span is not None and span.start > trigger else None


def _before(scene: Scene, trigger: int, span: Span) -> Span:
    return scene.doc[max(trigger + 1, span.start - _REACH) : span.start]


def _negator(scene: Scene, chosen: Candidate, other: Candidate) -> Token | None:
    """The word that rules ``other`` out in favour of ``chosen``: "not OTHER but CHOSEN", "CHOSEN, not OTHER"."""
    doc, words = scene.doc, scene.words
    first, second = sorted((chosen.token.i, other.token.i))
    between = doc[first + 1 : second]
    if len(between) > 2 * _REACH or any(t.i in scene.triggers for t in between):
        return None
    if other.token.i < chosen.token.i:
        if not any(plain(t) in words.contrastives for t in between[-_REACH:]):
            return None
        return _excluder(scene, doc[max(0, other.token.i - _REACH) : other.token.i])
    if any(t.pos_ in ("VERB", "AUX") for t in between):
        return None
    return _excluder(scene, between[-3:])


def _excluder(scene: Scene, tokens: Iterable[Token]) -> Token | None:
    """The word among the last of ``tokens`` that rules out what follows, not one that only tells that there is more: "not only drones but missiles"."""
    token = _last(tokens, scene.words.excluders)
    return None if token is None or plain(scene.doc[token.i + 1]) in scene.words.mere else token


def _last(tokens: Iterable[Token], wanted: frozenset[str]) -> Token | None:
    """The last of ``tokens`` that is one of ``wanted``, with nothing but small words behind it."""
    for token in reversed(list(tokens)):
        if plain(token) in wanted:
            return token
        if token.pos_ not in _LIGHT:
            return None
    return None


def _is_used(filling: Filling, other: Candidate) -> bool:
    used = {m.entity or m.start for role in ROLES if (c := filling.candidate(role)) is not None for m in c.members}
    return any((m.entity or m.start) in used for m in other.members)
