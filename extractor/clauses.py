"""What status and attribution need to know of a text: words, sentences, quotations, verb groups.

All is read from the words in their order, so that it stands where the parser errs; the tree is asked
only who governs whom.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc

from extractor.aliases import fold
from extractor.cues import CueLexicon, Hit

DASHES = frozenset(("-", "--", "–", "—"))
STOPS = frozenset(".!?…")
OPENING, CLOSING = frozenset("«“"), frozenset("»”")
QUOTES = OPENING | CLOSING | {'"'}
PARENTHESIS_REACH = 24
ENDS = STOPS | CLOSING | {'"'}
STARTERS = frozenset(("-", "–", "—", '"', "'"))
BRACKETS = {"(": 1, ")": -1}
PARENTHESES = {",": ",", "–": "–", "—": "—", ")": "(", "-": "-"}


@dataclass(frozen=True, slots=True)
class Group:
    """A verb with its auxiliaries, clitics and adverbs: tokens ``left``..``head``."""

    left: int
    head: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The words of a Doc and the borders that order alone gives; shared by all views of it."""

    texts: list[str]
    words: list[str]
    quotes: list[tuple[int, int]]
    starts: list[int]


class View:
    """A Doc's words, lower case with plain apostrophes, and the cues of one lexicon among them."""

    def __init__(self, doc: Doc, lexicon: CueLexicon, layout: Layout) -> None:
        self.doc = doc
        self.lexicon = lexicon
        self.words = layout.words
        self.quotes = layout.quotes
        self.starts = layout.starts
        self.lists = lexicon.lists
        self.size = len(self.words)
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
        words = self.lists.get(name)
        return words is not None and 0 <= i < self.size and self.words[i] in words

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
        return (self.is_in("finite", i) and self.doc[i].pos_ != "PART") or (
            self.doc[i].pos_ in ("VERB", "AUX") and "Fin" in self.doc[i].morph.get("VerbForm", [])
        )

    def is_verbal(self, at: int) -> bool:
        """True where a verb group with a finite verb begins at ``at``."""
        end = next((i for i in range(at, min(at + 6, self.size)) if self.words[i] in ",;:."), min(at + 6, self.size))
        return any(self.is_finite(i) for i in range(at, end)) and not any(t.pos_ in ("NOUN", "PROPN", "DET", "NUM", "CCONJ") for t in self.doc[at : next((i for i in range(at, end) if self.is_finite(i)), at)])

    def nominal_left(self, head: int) -> int:
        """The first token of the noun's own determiners, adjectives and numbers before ``head``, nouns of number included ("une trentaine de licences")."""
        left, begin = head, self.sentence(head)[0]
        while left > begin and (
            self.doc[left - 1].pos_ in ("DET", "ADJ", "NUM")
            or (self.doc[left - 1].dep_ == "compound" and self.doc[left - 1].head.i == head)
            or self.is_in("determiners", left - 1)
        ):
            left -= 1
        link = left if left < head and self.is_in("of", left) else left - 1  # "de" is among the determiners too
        if link > begin and self.is_in("of", link) and self.is_in("measures", link - 1):
            return self.nominal_left(link - 1)
        return left


def view(doc: Doc, lexicon: CueLexicon, name: str) -> View:
    """The view of ``doc`` through ``lexicon``, made once per Doc and kept on it under ``name``."""
    key = f"extractor.view.{name}"
    found = doc.user_data.get(key)
    if isinstance(found, View) and found.lexicon is lexicon and len(found.words) == len(doc):
        return found
    made = View(doc, lexicon, layout(doc))
    doc.user_data[key] = made
    return made


def layout(doc: Doc) -> Layout:
    """The words, quotations and sentences of ``doc``, found once."""
    found = doc.user_data.get("extractor.layout")
    if isinstance(found, Layout) and len(found.words) == len(doc):
        return found
    texts = [t.text for t in doc]
    words = [t.lower().replace("’", "'") for t in texts]
    made = Layout(texts, words, _quotes(texts), _sentences(doc, texts))
    doc.user_data["extractor.layout"] = made
    return made


def _sentences(doc: Doc, texts: list[str]) -> list[int]:
    starts, depth = [0], 0
    for i, text in enumerate(texts[:-1]):
        if text in BRACKETS:
            depth = max(0, depth + BRACKETS[text])
        elif "\n" in text:
            depth = 0
            starts.append(i + 1)
        elif text in DASHES:
            if _is_dateline(doc, texts, starts[-1], i):
                starts.append(i + 1)
        elif (text in ENDS or text[-1] == ".") and _is_stop(texts, i, depth):
            starts.append(i + 1)
    return starts


def _is_stop(texts: list[str], i: int, depth: int) -> bool:
    """True where a sentence ends at ``i``: a stop, a mark that closes after one, or "Su-57E." before a quotation."""
    text, follows = texts[i], texts[i + 1]
    if text in CLOSING or text == '"':
        return i > 0 and texts[i - 1] in STOPS and _opens(follows)
    if text in STOPS:
        return not depth and follows not in CLOSING and _opens(follows)
    return len(text) > 4 and follows in OPENING


def _is_dateline(doc: Doc, texts: list[str], start: int, dash: int) -> bool:
    """True for "SÉOUL, 12 mars (AFP) –": a place in capitals, then little else, before the dash."""
    first = next((t for t in texts[start:dash] if t[0].isalpha()), None)
    if first is None or dash - start > 14 or not (first.isupper() and len(first) > 2):
        return False
    return all(t.pos_ not in ("VERB", "AUX") or t.text.isupper() for t in doc[start:dash])


def _opens(text: str) -> bool:
    return text[0].isupper() or text[0].isdigit() or text in OPENING or text in STARTERS or text.isspace()


def _quotes(texts: list[str]) -> list[tuple[int, int]]:
    """Pairs of marks; straight marks open and close by turns and never across a line break."""
    out: list[tuple[int, int]] = []
    opened: int | None = None
    straight: int | None = None
    for i, text in enumerate(texts):
        if text in OPENING:
            opened = i
        elif text in CLOSING and opened is not None:
            out.append((opened, i + 1))
            opened = None
        elif text == '"':
            if straight is None:
                straight = i
            else:
                out.append((straight, i + 1))
                straight = None
        elif text[0] == "\n":
            straight = None
    if opened is not None:
        out.append((opened, len(texts)))
    return sorted(out)
