"""What status and attribution need to know of a text: words, sentences, quotations, verb groups.

All is read from the words in their order, so that it stands where the parser errs; the tree is asked
only who governs whom.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extractor.aliases import fold
from extractor.cues import CueLexicon, Hit

DASHES = frozenset(("-", "--", "–", "—"))
STOPS = frozenset(".!?…")
OPENING, CLOSING = frozenset("«“"), frozenset("»”")
QUOTES = OPENING | CLOSING | {'"'}
PARENTHESIS_REACH = 24
BRACKETS = {"(": 1, ")": -1}
PARENTHESES = {",": ",", "–": "–", "—": "—", ")": "(", "-": "-"}


@dataclass(frozen=True, slots=True)
class Group:
    """A verb with its auxiliaries, clitics and adverbs: tokens ``left``..``head``."""

    left: int
    head: int


class View:
    """The words of a Doc, lower case with plain apostrophes, and the borders that order alone gives."""

    def __init__(self, doc: Doc, lexicon: CueLexicon) -> None:
        self.doc = doc
        self.lexicon = lexicon
        self.words = [t.lower_.replace("’", "'") for t in doc]
        self.quotes = _quotes(doc)
        self.starts = _sentences(doc)
        self.hits: dict[int, list[Hit]] = {}
        for hit in lexicon.find(self.words):
            for i in range(hit.start, hit.end):
                self.hits.setdefault(i, []).append(hit)

    def sentence(self, i: int) -> tuple[int, int]:
        """The sentence around token ``i`` by its stops, whatever the parser holds."""
        at = bisect_right(self.starts, i)
        return self.starts[at - 1], self.starts[at] if at < len(self.starts) else len(self.words)

    def segment(self, i: int) -> tuple[int, int]:
        """The stretch between semicolons around ``i``, in its sentence."""
        start, end = self.sentence(i)
        for j in range(i - 1, start - 1, -1):
            if self.words[j] == ";":
                start = j + 1
                break
        for j in range(i + 1, end):
            if self.words[j] == ";":
                end = j
                break
        return start, end

    def quote(self, i: int) -> tuple[int, int] | None:
        """The quotation that holds token ``i``, its marks included."""
        for start, end in self.quotes:
            if start <= i < end:
                return start, end
        return None

    def any(self, name: str, start: int, end: int) -> int | None:
        """The first token of ``start``..``end`` whose word is in the list ``name``."""
        words = self.lexicon.lists.get(name, frozenset())
        for i in range(max(start, 0), min(end, len(self.words))):
            if self.words[i] in words:
                return i
        return None

    def is_in(self, name: str, i: int) -> bool:
        """True where word ``i`` is in the list ``name``."""
        return 0 <= i < len(self.words) and self.words[i] in self.lexicon.lists.get(name, frozenset())

    def matches(self, name: str, i: int) -> bool:
        """True where word ``i`` fits the pattern ``name``."""
        pattern = self.lexicon.patterns.get(name)
        return pattern is not None and pattern.search(self.words[i]) is not None

    def tense(self, i: int) -> str | None:
        """"future" or "conditional" where word ``i`` has that form, by its ending or its infinitive."""
        lemma = fold(self.doc[i].lemma_)
        word = fold(self.words[i])
        stem = lemma[:-1] if lemma.endswith("re") else lemma
        ending = word[len(stem) :] if stem.endswith("r") and word.startswith(stem) else ""
        for name in ("future", "conditional"):
            if self.matches(name, i) or (ending and self.is_ending(name, ending)):
                return name
        return None

    def is_ending(self, name: str, ending: str) -> bool:
        """True where ``ending`` is one that the list ``name``_endings holds."""
        return ending in self.lexicon.lists.get(f"{name}_endings", frozenset())

    def before(self, i: int) -> int:
        """The token before ``i`` past a parenthesis set off by commas, dashes or brackets, and past spaces."""
        i -= 1
        start = self.sentence(max(i, 0))[0]
        while i > start and self.doc[i].is_space:
            i -= 1
        if i > start and self.words[i] in PARENTHESES:
            opening = PARENTHESES[self.words[i]]
            for j in range(i - 2, max(start, i - PARENTHESIS_REACH), -1):
                if self.words[j] == opening:
                    return j - 1
        return i

    def group(self, head: int) -> Group:
        """The verb group that ends in ``head``, read leftwards."""
        left, begin = head, self.sentence(head)[0]
        j = head - 1
        while j >= begin and head - j <= 9:
            if self.doc[j].text in QUOTES or self.doc[j].is_space:
                j -= 1
                continue
            adverb = self.doc[j].pos_ == "ADV" and self.words[j] not in BRACKETS
            if self.is_in("never_group", j) or not (adverb or self.is_in("group", j)):
                break
            left = j
            j -= 1
        return Group(left, head)

    def is_finite(self, i: int) -> bool:
        """True where token ``i`` is a finite verb form, or a finite auxiliary."""
        return self.is_in("finite", i) or (
            self.doc[i].pos_ in ("VERB", "AUX") and "Fin" in self.doc[i].morph.get("VerbForm", [])
        )

    def nominal_left(self, head: int) -> int:
        """The first token of the noun's own determiners, adjectives and numbers before ``head``."""
        left, begin = head, self.sentence(head)[0]
        while left > begin and (
            self.doc[left - 1].pos_ in ("DET", "ADJ", "NUM")
            or (self.doc[left - 1].dep_ == "compound" and self.doc[left - 1].head.i == head)
            or self.is_in("determiners", left - 1)
        ):
            left -= 1
        return left


def view(doc: Doc, lexicon: CueLexicon, name: str) -> View:
    """The view of ``doc`` through ``lexicon``, made once per Doc and kept on it under ``name``."""
    key = f"extractor.view.{name}"
    found = doc.user_data.get(key)
    if isinstance(found, View) and found.lexicon is lexicon and len(found.words) == len(doc):
        return found
    made = View(doc, lexicon)
    doc.user_data[key] = made
    return made


def _sentences(doc: Doc) -> list[int]:
    starts, depth = [0], 0
    for token in doc[:-1]:
        depth = max(0, depth + BRACKETS.get(token.text, 0))
        if "\n" in token.text:
            depth = 0
            starts.append(token.i + 1)
        elif _is_stop(doc, token, depth) or (token.text in DASHES and _is_dateline(doc, starts[-1], token.i)):
            starts.append(token.i + 1)
    return starts


def _is_stop(doc: Doc, token: Token, depth: int) -> bool:
    """True where a sentence ends with ``token``: a stop, a mark that closes after one, or "Su-57E." before a quotation."""
    follows = doc[token.i + 1]
    if token.text in CLOSING or token.text == '"':
        return token.i > 0 and doc[token.i - 1].text in STOPS and _opens(follows)
    if token.text in STOPS:
        return not depth and follows.text not in CLOSING and _opens(follows)
    return token.text[-1] == "." and len(token.text) > 4 and follows.text in OPENING


def _is_dateline(doc: Doc, start: int, dash: int) -> bool:
    """True for "SÉOUL, 12 mars (AFP) –": a place in capitals, then little else, before the dash."""
    first = next((t for t in doc[start:dash] if t.text[0].isalpha()), None)
    if first is None or dash - start > 14 or not (first.text.isupper() and len(first) > 2):
        return False
    return all(t.pos_ not in ("VERB", "AUX") or t.text.isupper() for t in doc[start:dash])


def _opens(token: Token) -> bool:
    text = token.text
    return text[:1].isupper() or text[:1].isdigit() or text in OPENING or text in ("-", "–", "—", '"', "'") or token.is_space


def _quotes(doc: Doc) -> list[tuple[int, int]]:
    """Pairs of marks; straight marks open and close by turns and never across a line break."""
    out: list[tuple[int, int]] = []
    opened: int | None = None
    straight: int | None = None
    for token in doc:
        text = token.text
        if "\n" in text:
            straight = None
        elif text in OPENING:
            opened = token.i
        elif text in CLOSING and opened is not None:
            out.append((opened, token.i + 1))
            opened = None
        elif text == '"':
            if straight is None:
                straight = token.i
            else:
                out.append((straight, token.i + 1))
                straight = None
    if opened is not None:
        out.append((opened, len(doc)))
    return sorted(out)
