"""Where a noun of goods names nothing that passes: in an idiom, beside a price, as a sum paid, as whoever speaks or gets."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from extractor import reach
from extractor.goods_lexicon import GoodsLexicon

_OF = frozenset({"de", "d'", "d’", "of", "at", "à"})
_GAP = 3  # tokens that "*" may stand for in an idiom


def idiomatic(token: Token, lexicon: GoodsLexicon) -> bool:
    """Whether a noun belongs to an expression that hands over no thing: "free of charge", "en nature"."""
    return token.i in _idioms(token.doc, lexicon)


def _idioms(doc: Doc, lexicon: GoodsLexicon) -> frozenset[int]:
    """The tokens of the idioms of ``doc``."""
    kept: dict[str, frozenset[int]] = reach.memo(doc)
    if "idioms" not in kept:
        words = [t.lower_.replace("’", "'") for t in doc]
        kept["idioms"] = frozenset(i for at, word in enumerate(words) for phrase in lexicon.idioms.get(word, ()) for i in _matched(phrase, words, at))
    return kept["idioms"]


def _matched(phrase: Sequence[str], words: Sequence[str], at: int) -> range:
    """The tokens of an idiom that starts at token ``at``, "*" standing for a few words; empty where another text stands there."""
    start = at
    for n, part in enumerate(phrase):
        if part == "*":
            following = phrase[n + 1]
            at = next((i for i in range(at, min(at + _GAP + 1, len(words))) if words[i] == following), len(words))
        elif at < len(words) and words[at] == part:
            at += 1
        else:
            return range(0)
    return range(start, at)


def told_beside(token: Token, lexicon: GoodsLexicon) -> bool:
    """Whether a listed noun only tells of what another is: "gas" in "the price of gas", "gas prices"."""
    doc, kinds, at = token.doc, lexicon.beside, token.i - 1
    if doc.lang_ == "en" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ in kinds:
        return True
    while at > 0 and (doc[at].lower_ in ("la", "l'", "l’", "the") or (doc.lang_ == "en" and doc[at].pos_ == "ADJ")):
        at -= 1
    return at > 0 and doc[at].lower_ in ("of", "de", "d'", "d’", "du", "des") and doc[at - 1].lower_ in kinds


def is_price(token: Token, lexicon: GoodsLexicon) -> bool:
    """Whether a sum is what something else costs: "pour 9 millions d'euros", "worth 600 million yen"."""
    doc, at = token.doc, token.i - 1
    counting = lexicon.measures | _OF
    while at >= 0 and (doc[at].pos_ in ("NUM", "ADV", "SYM", "DET") or doc[at].like_num or doc[at].lower_ in counting):
        at -= 1
    return 0 <= at < token.i - 1 and doc[at].lower_ in lexicon.priced


def stands_for_actor(token: Token, lexicon: GoodsLexicon) -> bool:
    """Whether somebody of the personnel has the word, or gets something, and so is not what is sent: "officers thought", "aux artilleurs"."""
    at = token.i - 1
    while at > 0 and token.doc[at].pos_ in ("DET", "ADJ", "NUM") and token.doc[at].lower_ not in lexicon.addressing:
        at -= 1
    if at >= 0 and token.doc[at].lower_ in lexicon.addressing:
        return True
    node = token.head if token.dep_ in ("nmod", "appos") else token
    return node.dep_ == "nsubj" and node.head.lemma_ in lexicon.speech
