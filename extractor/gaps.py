"""Clauses that have lost their verb: "tanks to Kyiv, and London missiles", "Peru will get five jets and Chile four"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Token

from extractor.syntax import plain, preposition

if TYPE_CHECKING:
    from extractor.scene import Scene

_OPENING = frozenset({"DET", "NUM", "ADJ", "ADV"})
_GAP = 8  # tokens between the subject and the item of a clause that has lost its verb


def gapped_item(scene: Scene, actor: Token) -> Token | None:
    """The item right behind a bare actor's name, as in "and London missiles": its clause has lost its verb."""
    item = next((t for t, _ in scene.named(scene.sentence_of[actor.i], "item") if t.i > actor.i), None)
    if item is None or item.i - actor.i > _GAP or scene.by_token[actor.i].form == "demonym" or scene.chain(actor)[0][0] != actor.i:
        return None
    opens = all(may_open(scene, t) for t in scene.doc[actor.i + 1 : item.i])
    return item if opens and preposition(scene.doc, actor.i, scene.grammar) is None and _follows_stop(actor) else None


def gapped_number(scene: Scene, actor: Token) -> Token | None:
    """The number that stands alone right behind a bare actor's name, as in "Peru will get five jets and Chile four"."""
    doc, at = scene.doc, actor.i + 1
    if at >= len(doc) or doc[at].pos_ != "NUM" or (doc[at].is_digit and len(doc[at]) == 4) or scene.by_token[actor.i].form == "demonym":
        return None
    following = doc[at + 1] if at + 1 < len(doc) else None
    alone = following is None or following.text in (".", ",", ";") or following.pos_ == "ADP"
    return doc[at] if alone and scene.chain(actor)[0][0] == actor.i and preposition(scene.doc, actor.i, scene.grammar) is None and _follows_stop(actor) else None


def begun(scene: Scene, number: int) -> list[int]:
    """The tokens of sentence ``number`` where clauses without a verb begin, behind a first item."""
    items = [t.i for t, _ in scene.named(number, "item")]
    return [t.i for t, _ in scene.named(number, "actor") if items and items[0] < t.i and (gapped_number(scene, t) is not None or (t.i < items[-1] and gapped_item(scene, t) is not None))]


def between(scene: Scene, left: Token, right: Token, side: str) -> bool:
    """Whether a clause without its verb begins between two tokens or with the second: "tanks to Kyiv, and London missiles"."""
    number = scene.sentence_of[left.i]
    if not any(t.i < left.i or (side == "item" and t.i == left.i) for t, _ in scene.named(number, "item")):
        return False
    return any(gapped_item(scene, t) is not None for t, _ in scene.named(number, "actor") if left.i < t.i <= right.i)


def may_open(scene: Scene, token: Token) -> bool:
    """Whether a token may stand between a clause's subject and its item where the verb is left out."""
    nouns = scene.words.quantity_nouns
    if token.pos_ in _OPENING or plain(token) in scene.grammar.articles or token.lemma_.lower() in nouns:
        return True
    return token.pos_ == "ADP" and token.i > 0 and token.doc[token.i - 1].lemma_.lower() in nouns


def _follows_stop(actor: Token) -> bool:
    doc, at = actor.doc, actor.i - 1
    if at >= 0 and doc[at].pos_ == "DET":
        at -= 1
    return at >= 0 and (doc[at].text in (",", ";") or doc[at].pos_ == "CCONJ")
