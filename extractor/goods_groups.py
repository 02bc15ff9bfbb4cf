"""The noun groups that name goods: what a measure counts, which words are listed, where the span ends.

Read by word order and part of speech, since parsers err on attachments: French groups grow to the right, English ones to the left.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from extractor import goods_context
from extractor.goods_lexicon import load
from extractor.model import Mention

NOUNS = frozenset({"NOUN", "PROPN", "X"})
_HYPHENS = frozenset({"-", "‑", "‐"})
_ENDS_COUNT = frozenset({"VERB", "AUX", "PRON", "SCONJ", "CCONJ", "PUNCT", "ADP"})


class Groups:
    """The noun groups of one doc."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention]) -> None:
        self.doc, self.lexicon, self.lang = doc, load(doc.lang_), doc.lang_
        self.mentions = sorted(mentions, key=lambda m: m.start)
        self.starts = [m.start for m in self.mentions]

    def covered(self, token: Token) -> str | None:
        """The type of the mention that holds ``token``, but for a make that stands for its cars ("100 Land Rovers")."""
        at = bisect_right(self.starts, token.idx) - 1
        if at < 0 or token.idx >= self.mentions[at].end:
            return None
        mention = self.mentions[at]
        makes = self.lexicon.listed.get(mention.text.split()[-1].lower(), ()) if mention.type in ("ORG", "PLACE") else ()
        return None if any(" ".join(words) == mention.text.lower() and key == "vehicle" for words, key, _ in makes) else mention.type

    def counted(self, token: Token) -> Token | None:
        """The noun itself, or, after a measure, the noun that it counts; None where a mere measure counts none."""
        for _ in range(4):
            if token.lower_ not in self.lexicon.measures:
                return token
            if self.listed(token) is not None and not self.hands_over(token):
                return token
            following = next(self._counted_by(token), None)
            if following is None:
                return None
            token = following
        return token

    def hands_over(self, token: Token) -> bool:
        """Whether a listed measure counts another thing: "doses" in "doses of vaccine"."""
        if token.lower_ not in self.lexicon.measures:
            return False
        following = next(self._counted_by(token), None)
        return following is not None and (self.covered(following) == "WEAPON" or self.listed(following) is not None)

    def _counted_by(self, token: Token) -> Iterator[Token]:
        links = ("de", "d'", "d’") if self.lang == "fr" else ("of",)
        doc, start = self.doc, token.i + 1
        if token.lower_ in self.lexicon.numerals:
            yield from (noun for noun in doc[start : start + 1] if noun.pos_ in NOUNS)
            return
        for at in range(start, min(start + 5, len(doc))):
            if doc[at].lower_ in links or (at == start and doc[at].lower_ == "en" and self.lang == "fr"):
                yield from self._first_noun(at + 1)
                return
            parted = at == start and doc[at].text == "," and at + 1 < len(doc) and doc[at + 1].lower_ in links  # "a cargo, of 90 shotguns"
            if doc[at].pos_ in _ENDS_COUNT and not parted:
                return

    def _first_noun(self, start: int) -> Iterator[Token]:
        for noun in self.doc[start : start + 5]:
            if noun.pos_ in NOUNS and (self.lang == "fr" or not self._modifies_next(noun)):
                yield noun
                return
            if noun.pos_ not in ("ADJ", "NUM", "DET", "ADP") and self.lang == "fr":
                return

    def _modifies_next(self, token: Token) -> bool:
        """English: whether a noun only opens a compound ("oil" in "oil products")."""
        at = token.i + 1
        return at < len(self.doc) and self.doc[at].pos_ in NOUNS and not self.covered(self.doc[at])

    def listed(self, head: Token) -> tuple[str, str, bool] | None:
        """Id and category of a listed noun, and whether its words tell it whatever their part of speech (parsers take "flour" for a verb)."""
        if goods_context.idiomatic(head, self.lexicon):
            return None
        for words, key, category in self.lexicon.listed.get(head.lower_, ()):
            if len(words) == 1 or self._stands(words, head) is not None:
                return key, category, len(words) > 1 or words[0] not in self.lexicon.homographs
        return None

    def _stands(self, words: tuple[str, ...], head: Token) -> int | None:
        """Where the words of a phrase end (French), or the token before them (English); None where they don't stand at their head."""
        step, at = (1, head.i) if self.lang == "fr" else (-1, head.i)
        for word in words if self.lang == "fr" else reversed(words):
            while 0 <= at < len(self.doc) and self.doc[at].text in _HYPHENS:
                at += step
            if not 0 <= at < len(self.doc) or self.doc[at].lower_.rstrip("'’") != word:
                return None
            at += step
        return at

    def mention(self, head: Token, entity: str, category: str | None, rule: str) -> Mention:
        """The mention of the group headed by ``head``."""
        start, end = (head.i, self._right_end(head)) if self.lang == "fr" else (self._left_start(head), head.i + 1)
        told = next((at for words, _, _ in self.lexicon.listed.get(head.lower_, ()) if (at := self._stands(words, head)) is not None), None)
        if told is not None:
            start, end = (start, max(end, told)) if self.lang == "fr" else (min(start, told + 1), end)
        if self.lang == "en":
            end = self._with_end(head, end)
        a, b = self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1].text.rstrip("."))
        return Mention(a, b, self.doc.text[a:b], "GOODS", rule, entity, category=category, link=rule)

    def _plain(self, token: Token) -> bool:
        return not self.covered(token) and token.lower_ not in self.lexicon.qualities

    def _adjective(self, at: int) -> bool:
        token = self.doc[at] if at < len(self.doc) else None
        if token is None or not self._plain(token) or token.is_punct:
            return False
        if token.pos_ == "ADJ":
            return "Ord" not in token.morph.get("NumType", [])
        return token.pos_ in ("VERB", "NOUN") and token.dep_ == "amod"

    def _right_end(self, head: Token) -> int:
        doc, end = self.doc, head.i + 1
        while end < len(doc):
            token = doc[end]
            if self._adjective(end):
                end += 1
            elif token.text in _HYPHENS and end + 1 < len(doc) and not token.whitespace_ and not doc[end - 1].whitespace_:
                end += 2
            elif token.text == "«" and self._adjective(end + 1) and end + 2 < len(doc) and doc[end + 2].text == "»":
                end += 3
            elif token.lower_ in ("et", ",") and doc[end - 1].i > head.i and (stop := self._more_adjectives(end)):
                end = stop
            elif token.pos_ == "PROPN" and token.text[0].isupper() and self._plain(token):
                end += 1
            elif stop := self._complement(head, end):
                end = stop
            else:
                break
        return end

    def _more_adjectives(self, at: int) -> int:
        """Past ", énergétiques et technologiques"; 0 where the list doesn't end in "et" + adjective."""
        while at + 1 < len(self.doc) and self._adjective(at + 1) and self.doc[at + 1].lower_ not in self.lexicon.listed:
            if self.doc[at].lower_ == "et":
                return at + 2
            if at + 2 < len(self.doc) and self.doc[at + 2].lower_ in (",", "et"):
                at += 2
            else:
                break
        return 0

    def _complement(self, head: Token, at: int) -> int:
        """Past "de" + a bare noun ("huile de palme"), or a technology's thing ("du Mohajer-2")."""
        doc, word = self.doc, self.doc[at].lower_.replace("’", "'")
        if at + 1 >= len(doc):
            return 0
        following = doc[at + 1]
        if word in ("de", "d'", "du", "des") and head.lower_ in self.lexicon.of_things:
            noun = doc[at + 2] if following.lower_ in ("la", "l'", "l’", "les") and at + 2 < len(doc) else following
            if self.covered(noun) == "WEAPON":
                return noun.i + 1
        if following.lower_ == "la" and at + 3 < len(doc) and doc[at + 2].lower_ in self.lexicon.series:
            return at + (4 if doc[at + 3].text[0].isupper() else 3)
        if following.lower_ in self.lexicon.origins and at + 2 < len(doc) and (
            self.covered(doc[at + 2]) or doc[at + 2].pos_ == "ADJ"
        ):
            return 0
        if self.covered(following) or following.pos_ not in ("NOUN", "X") or not self._plain(following):
            return 0
        if word in ("de", "d'") and following.lower_ not in self.lexicon.of_stop and following.lower_ not in self.lexicon.measures:
            return at + 2
        return at + 2 if following.lower_ in self.lexicon.bare.get(word, ()) else 0

    def _left_start(self, head: Token) -> int:
        doc, start = self.doc, head.i
        title = head.text[0].isupper()
        while start > 0:
            token = doc[start - 1]
            if self._hyphen(start - 1) and start > 1 and not self.covered(doc[start - 2]):
                start -= 2
            elif self._classifies(token, title) or (self._hyphen(start - 2) and not self.covered(token) and token.is_alpha and not token.like_num):
                start -= 1
            else:
                break
        while start < head.i and (doc[start].lower_ in self.lexicon.qualities or doc[start].text in _HYPHENS) and not title:
            start += 1
        return self._without_size(start, head)

    def _without_size(self, start: int, head: Token) -> int:
        """Past a number tied to the words after it: "two-billion-dollar" in "a two-billion-dollar rollover"."""
        at = start
        while self._hyphen(at + 1) and at + 2 < len(self.doc):
            at += 2
        return at + 1 if start < at < head.i and self.doc[start].like_num else start

    def _hyphen(self, at: int) -> bool:
        """Whether the token at ``at`` is a hyphen that ties its neighbours."""
        doc = self.doc
        return at > 0 and doc[at].text in _HYPHENS and not doc[at].whitespace_ and not doc[at - 1].whitespace_

    def _classifies(self, token: Token, title: bool) -> bool:
        named = title and token.text[0].isupper()
        if self.covered(token) or not token.is_alpha or token.like_num or token.lower_ in self.lexicon.measures | self.lexicon.of_stop:
            return False
        if token.tag_ == "NNS" and token.lower_ not in self.lexicon.plurals and not named:
            return False  # "giving officers language training"
        if token.lower_ in self.lexicon.qualities and not named:
            return False
        if token.pos_ in ("ADJ", "NOUN"):
            return True
        if token.pos_ == "PROPN":
            return named
        perfect = token.i > 0 and self.doc[token.i - 1].lemma_ == "have"  # "having shipped precursors"
        return token.pos_ == "VERB" and token.dep_ == "amod" and "Part" in token.morph.get("VerbForm", []) and not perfect

    def _with_end(self, head: Token, end: int) -> int:
        """English: past "with its reconnaissance satellites" after "help"."""
        doc = self.doc
        word = head.lower_ if head.lower_ in self.lexicon.with_words or head.i < 2 else doc[head.i - 2 : head.i + 1].text.lower()
        if word.replace("-", " ") not in self.lexicon.with_words or end >= len(doc):
            return end
        if doc[end].lower_ not in self.lexicon.with_prepositions:
            return end
        at = end + 1
        if at < len(doc) and doc[at].pos_ in ("DET", "PRON") and not self.covered(doc[at]):
            at += 1
        first = at
        while at < len(doc) and doc[at].pos_ in ("NOUN", "ADJ") and (not self.covered(doc[at]) or self.covered(doc[at]) == "WEAPON"):
            at += 1
        return at if at > first and doc[at - 1].pos_ == "NOUN" else end
