"""What comes back for a transfer: "drones to Russia in return for Su-35 fighters", "des drones contre des chasseurs".

The return is a transfer of its own, told by the word of exchange: who gets now gives. Money handed
over for goods is their price and no such return.
"""

from __future__ import annotations

from spacy.tokens import Span, Token

from extractor import reach
from extractor.candidates import Candidate
from extractor.filling import Filling
from extractor.gaps import may_open
from extractor.model import ROLES
from extractor.scene import Scene

_REACH = 6  # tokens between the word of exchange and what comes back


def returned(filling: Filling) -> tuple[Filling, Token] | None:
    """The filling of what comes back for that of ``filling`` and the word that tells it, None most of the time."""
    reading = filling.reading
    gave, got, given = (filling.candidate(role) for role in ROLES)
    if given is None or gave is None or got is None:
        return None
    for word, end in _exchanges(reading.scene, reading.scene.sentences[reading.number]):
        item = _item_behind(reading.scene, reading.number, end)
        if item is None or item.token.i == given.token.i or not _apart(reading.scene, reading.token, word):
            continue
        giver = _maker(reading.scene, reading.number, item) or got
        return filling.told_of({"supplier": giver, "recipient": gave, "item": item}), word
    return None


def _exchanges(scene: Scene, sentence: Span) -> list[tuple[Token, int]]:
    """The words of exchange of a sentence, each with the token behind its phrase ("in exchange for": "exchange", after "for")."""
    found = []
    words = reach.words(scene.doc)
    for phrase in scene.words.exchanges:
        for at in range(sentence.start, sentence.end - len(phrase)):
            if words[at] == phrase[0] and tuple(words[at : at + len(phrase)]) == phrase:
                found.append((scene.doc[at + min(1, len(phrase) - 1)], at + len(phrase)))
    return sorted(found, key=lambda pair: pair[1])


def _item_behind(scene: Scene, number: int, start: int) -> Candidate | None:
    for candidate in scene.items(number):
        at = candidate.token.i
        if start <= at <= start + _REACH:
            opens = all(may_open(scene, t) or t.pos_ == "ADP" for t in scene.doc[start:at])
            return candidate if opens and candidate.mention.category != "money" else None
    return None


def _maker(scene: Scene, number: int, item: Candidate) -> Candidate | None:
    """The actor whose demonym stands within the item's phrase: "en échange de Patriot américains" come from Washington."""
    last = item.token.i
    while last + 1 < len(scene.doc) and scene.doc[last + 1].idx < item.mention.end:
        last += 1
    beside = {item.token.i - 1, last + 1}
    return next((c for c in scene.actors(number) if c.mention.form == "demonym" and c.token.i in beside), None)


def _apart(scene: Scene, trigger: Token, word: Token) -> bool:
    """Whether no other trigger stands between: what comes back belongs to the transfer told last."""
    low, high = sorted((trigger.i, word.i))
    return not any(low < t < high for t in scene.triggers if t != word.i)
