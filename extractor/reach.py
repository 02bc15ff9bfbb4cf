"""How far words reach: sentence borders the parser invents, clauses, and ways through the tree.

The parser's sentence borders are wrong where a list has dashes or a name a full stop; a border counts
here only where the text has a mark that ends a sentence.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Any
from weakref import WeakKeyDictionary

from spacy.tokens import Doc, Span, Token

from extractor.syntax import plain

# What is reckoned once a Doc. Not in ``user_data``: that is written out with the Doc.
_MEMO: WeakKeyDictionary[Doc, tuple[int, dict[str, Any]]] = WeakKeyDictionary()
_ENDS = frozenset(".!?…")
_BREAKS = frozenset(";:–—●•")
_CLOSING = frozenset("»”\"')]’")


def memo(doc: Doc) -> dict[str, Any]:
    """A place for what is reckoned once a Doc; emptied when its tokens are merged or split."""
    size, kept = _MEMO.get(doc, (-1, {}))
    if size != len(doc):
        kept = {}
        _MEMO[doc] = len(doc), kept
    return kept


def text(doc: Doc) -> str:
    """``doc.text``, put together once."""
    kept = memo(doc)
    if "text" not in kept:
        kept["text"] = doc.text
    known: str = kept["text"]
    return known


def words(doc: Doc) -> list[str]:
    """The words of ``doc`` in lower case with plain apostrophes, listed once."""
    kept = memo(doc)
    if "words" not in kept:
        kept["words"] = [plain(token) for token in doc]
    known: list[str] = kept["words"]
    return known


def _starts(doc: Doc) -> list[int]:
    starts: list[int] | None = memo(doc).get("sentences")
    if starts is None:
        marks = doc.to_array("SENT_START")
        starts = [0, *(int(i) for i in (marks == 1).nonzero()[0] if i and _ended(doc, int(i)))]
        memo(doc)["sentences"] = starts
    return starts


def _ended(doc: Doc, start: int) -> bool:
    """True where the text before token ``start`` ends a sentence: by a mark, a blank line or a bullet to come."""
    at = start - 1
    while at >= 0 and (doc[at].text in _CLOSING or doc[at].is_space):
        if "\n" in doc[at].text:
            return True
        at -= 1
    return at < 0 or doc[at].text[-1:] in _ENDS


def sentence(doc: Doc, token: int) -> tuple[int, int]:
    """The sentence of a token as token offsets, end exclusive."""
    starts = _starts(doc)
    place = bisect_right(starts, token)
    return starts[place - 1], starts[place] if place < len(starts) else len(doc)


def same_sentence(doc: Doc, one: int, other: int) -> bool:
    return sentence(doc, one) == sentence(doc, other)


def verb_between(doc: Doc, one: int, other: int) -> bool:
    """True where another clause's verb or a strong break stands strictly between two tokens."""
    low, high = sorted((one, other))
    return any(t.text in _BREAKS or (t.pos_ == "VERB" and t.dep_ not in ("acl", "amod")) for t in doc[low + 1:high])


def token_of(doc: Doc, start: int, end: int) -> Token | None:
    """The syntactic root of the words at code points ``start`` to ``end``."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return span.root if span is not None and len(span) else None


def tied(token: Token, trigger: Span) -> bool:
    """True where ``token`` depends on the trigger with no other verb on the way, or the trigger on it."""
    here = trigger.root
    for up in token.ancestors:
        if trigger.start <= up.i < trigger.end:
            return True
        if up.pos_ in ("VERB", "AUX") and up.dep_ != "xcomp":
            break
    return token == here or (token.is_ancestor(here) and not verb_between(token.doc, token.i, here.i))
