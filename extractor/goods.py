"""Goods: what is transferred besides weapons, read once the sentence is parsed.

A noun is "listed" where the lexicon knows it as goods, "open" where it is unknown but may be a thing,
and nothing at all where it is immaterial ("livrer bataille", "deliver a speech"). Its span is the noun
with its complements and classifying adjectives, without determiner, quantity or demonym.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from extractor import goods_context
from extractor.goods_groups import NOUNS, Groups
from extractor.goods_lexicon import load
from extractor.model import Mention


def names(entity: str) -> tuple[str, str]:
    """(English, French) display name of a goods entity id; an unlisted noun is its own name."""
    key = entity.removeprefix("goods:")
    return key, load("fr").lemmas.get(key, key)


def noun_group(doc: Doc, token: Token, mentions: Sequence[Mention]) -> tuple[Mention, str] | None:
    """The goods that noun ``token`` heads and their strength, "listed" or "open"; None where it heads none.

    A measure ("tonnes", "cargaison") hands over to what it counts. None too for a token of a mention.
    """
    group = Groups(doc, mentions)
    head = group.counted(token)
    if head is None or group.covered(head) or goods_context.idiomatic(head, group.lexicon) or goods_context.told_beside(head, group.lexicon):
        return None
    found = group.listed(head)
    if found is not None and found[0] == "dollar" and goods_context.is_price(head, group.lexicon):
        return None
    if found is not None:
        return group.mention(head, f"goods:{found[0]}", found[1], "goods:listed"), "listed"
    word = head.lower_
    if word in group.lexicon.immaterial or head.pos_ not in NOUNS or not word[0].isalpha() or head.like_num or len(word) < 3:
        return None
    if word.endswith(group.lexicon.endings) or word[:-1].endswith(group.lexicon.endings):
        return None
    if head.pos_ == "PROPN" and word[0] != head.text[0]:
        return None
    return group.mention(head, f"goods:{head.lemma_.lower()}", None, "goods:open"), "open"


def is_measure(token: Token) -> bool:
    """Whether ``token`` is a noun that counts what follows: "tonnes", "trickle"."""
    return token.lower_ in load(token.doc.lang_).measures


def is_immaterial(token: Token) -> bool:
    """Whether ``token`` is a noun that is no goods even as the object of "livrer" or "deliver": "réponse", "speech"."""
    lexicon = load(token.doc.lang_)
    return token.pos_ == "NOUN" and token.lower_ in lexicon.immaterial and token.lower_ not in lexicon.adverbial


def find_listed(doc: Doc, mentions: Sequence[Mention]) -> list[Mention]:
    """All listed goods of ``doc``, in the order of the text; none overlaps a mention or another."""
    group = Groups(doc, mentions)
    found: list[Mention] = []
    lexicon, keys = group.lexicon, group.lexicon.keys
    for at, key in enumerate(doc.to_array("LOWER").tolist()):
        if key not in keys:
            continue
        token = doc[at]
        row = group.listed(token)
        if row is None or (token.pos_ not in NOUNS and not row[2]) or group.covered(token) or group.hands_over(token):
            continue
        if goods_context.told_beside(token, lexicon) or (row[0] == "dollar" and goods_context.is_price(token, lexicon)) or (row[1] == "personnel" and goods_context.stands_for_actor(token, lexicon)):
            continue
        mention = group.mention(token, f"goods:{row[0]}", row[1], "goods:listed")
        if found and mention.start < found[-1].end:
            if mention.end - mention.start <= found[-1].end - found[-1].start:
                continue
            found.pop()
        found.append(mention)
    return found
