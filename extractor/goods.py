"""Goods: what is transferred besides weapons, read once the sentence is parsed.

A noun is "listed" where the lexicon knows it as goods, "open" where it is unknown but may be a thing,
and nothing at all where it is immaterial ("livrer bataille", "deliver a speech"). Its span is the noun
with its complements and classifying adjectives, without determiner, quantity or demonym.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from extractor.goods_lexicon import load
from extractor.model import Mention

_NOUNS = frozenset({"NOUN", "PROPN", "X"})
_HYPHENS = frozenset({"-", "‑", "‐"})


def names(entity: str) -> tuple[str, str]:
    """(English, French) display name of a goods entity id; an unlisted noun is its own name."""
    key = entity.removeprefix("goods:")
    return key, load("fr").lemmas.get(key, key)


def noun_group(doc: Doc, token: Token, mentions: Sequence[Mention]) -> tuple[Mention, str] | None:
    """The goods that noun ``token`` heads and their strength, "listed" or "open"; None where it heads none.

    A measure ("tonnes", "cargaison") hands over to what it counts. None too for a token of a mention.
    """
    group = _Groups(doc, mentions)
    head = group.counted(token)
    if head is None or group.covered(head):
        return None
    found = group.listed(head)
    if found is not None:
        return group.mention(head, f"goods:{found[0]}", found[1], "goods:listed"), "listed"
    word = head.lower_
    if word in group.lexicon.immaterial or head.pos_ not in _NOUNS or not word[0].isalpha() or len(word) < 3:
        return None
    if word.endswith(group.lexicon.endings) or word[:-1].endswith(group.lexicon.endings):
        return None
    if head.pos_ == "PROPN" and word[0] != head.text[0]:
        return None
    return group.mention(head, f"goods:{head.lemma_.lower()}", None, "goods:open"), "open"


def is_immaterial(token: Token) -> bool:
    """Whether ``token`` is a noun that is no goods even as the object of "livrer" or "deliver": "réponse", "speech"."""
    lexicon = load(token.doc.lang_)
    return token.pos_ == "NOUN" and token.lower_ in lexicon.immaterial and token.lower_ not in lexicon.adverbial


def find_listed(doc: Doc, mentions: Sequence[Mention]) -> list[Mention]:
    """All listed goods of ``doc``, in the order of the text; none overlaps a mention or another."""
    group = _Groups(doc, mentions)
    found: list[Mention] = []
    keys = group.lexicon.keys
    for at, key in enumerate(doc.to_array("LOWER").tolist()):
        if key not in keys:
            continue
        token = doc[at]
        row = group.listed(token)
        if row is None or (token.pos_ not in _NOUNS and not row[2]) or group.covered(token):
            continue
        mention = group.mention(token, f"goods:{row[0]}", row[1], "goods:listed")
        if found and mention.start < found[-1].end:
            if mention.end - mention.start <= found[-1].end - found[-1].start:
                continue
            found.pop()
        found.append(mention)
    return found


class _Groups:
    """Noun groups of one doc, read by word order and part of speech: attachment errors don't matter."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention]) -> None:
        self.doc, self.lexicon, self.lang = doc, load(doc.lang_), doc.lang_
        self.mentions = sorted(mentions, key=lambda m: m.start)
        self.starts = [m.start for m in self.mentions]

    def covered(self, token: Token) -> str | None:
        """The type of the mention that holds ``token``."""
        at = bisect_right(self.starts, token.idx) - 1
        return self.mentions[at].type if at >= 0 and token.idx < self.mentions[at].end else None

    def counted(self, token: Token) -> Token | None:
        """The noun itself, or, after a measure, the noun that it counts."""
        for _ in range(4):
            if token.lower_ not in self.lexicon.measures or self.listed(token) is not None:
                return token
            following = next(self._counted_by(token), None)
            if following is None:
                return None
            token = following
        return token

    def _counted_by(self, token: Token) -> Iterator[Token]:
        links = ("de", "d'", "d’", "en") if self.lang == "fr" else ("of",)
        for at in range(token.i + 1, min(token.i + 6, len(self.doc))):
            if self.doc[at].lower_ in links:
                for noun in self.doc[at + 1 : at + 6]:
                    if noun.pos_ in _NOUNS and (self.lang == "fr" or not self._modifies_next(noun)):
                        yield noun
                        return
                    if noun.pos_ not in ("ADJ", "NUM", "DET", "ADP") and self.lang == "fr":
                        return

    def _modifies_next(self, token: Token) -> bool:
        """English: whether a noun only opens a compound ("oil" in "oil products")."""
        at = token.i + 1
        return at < len(self.doc) and self.doc[at].pos_ in _NOUNS and not self.covered(self.doc[at])

    def listed(self, head: Token) -> tuple[str, str, bool] | None:
        """Id and category of a listed noun, and whether several words tell it, whatever their part of speech."""
        for words, key, category in self.lexicon.listed.get(head.lower_, ()):
            if len(words) == 1 or self._stands(words, head):
                return key, category, len(words) > 1 or "-" in words[0]
        return None

    def _stands(self, words: tuple[str, ...], head: Token) -> bool:
        step, at = (1, head.i) if self.lang == "fr" else (-1, head.i)
        for word in words if self.lang == "fr" else reversed(words):
            while 0 <= at < len(self.doc) and self.doc[at].text in _HYPHENS:
                at += step
            if not 0 <= at < len(self.doc) or self.doc[at].lower_.rstrip("'’") != word:
                return False
            at += step
        return True

    def mention(self, head: Token, entity: str, category: str | None, rule: str) -> Mention:
        """The mention of the group headed by ``head``."""
        start, end = (head.i, self._right_end(head)) if self.lang == "fr" else (self._left_start(head), head.i + 1)
        if self.lang == "en":
            end = self._with_end(head, end)
        a, b = self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1])
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
            elif self._classifies(token, title) or (self._hyphen(start - 2) and not self.covered(token) and token.is_alpha):
                start -= 1
            else:
                break
        while start < head.i and (doc[start].lower_ in self.lexicon.qualities or doc[start].text in _HYPHENS) and not title:
            start += 1
        return start

    def _hyphen(self, at: int) -> bool:
        """Whether the token at ``at`` is a hyphen that ties its neighbours."""
        doc = self.doc
        return at > 0 and doc[at].text in _HYPHENS and not doc[at].whitespace_ and not doc[at - 1].whitespace_

    def _classifies(self, token: Token, title: bool) -> bool:
        named = title and token.text[0].isupper()
        if self.covered(token) or not token.is_alpha or token.like_num or token.lower_ in self.lexicon.measures:
            return False
        if token.lower_ in self.lexicon.qualities and not named:
            return False
        if token.pos_ in ("ADJ", "NOUN"):
            return True
        if token.pos_ == "PROPN":
            return named
        return token.pos_ == "VERB" and token.dep_ == "amod" and "Part" in token.morph.get("VerbForm", [])

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
