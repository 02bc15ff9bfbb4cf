"""Noun phrases that can name a source, found by word order, and the subject of a saying verb.

A phrase is a pair of token indices, the end exclusive, without determiner.
"""

from __future__ import annotations

from spacy.tokens import Token

from extractor.clauses import View
from extractor.cues import Hit

SUBJECTS = ("nsubj", "expl:subj")
NAME_POS = ("PROPN", "NOUN", "ADJ", "NUM", "X")


class Phrases:
    """Reads noun phrases off a `View`."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.doc = view.doc

    def starts(self, i: int) -> bool:
        """True where a noun phrase can begin at ``i``."""
        return i < len(self.doc) and (
            self.doc[i].pos_ in ("DET", "NOUN", "PROPN", "NUM", "ADJ")
            or self.view.is_in("determiners", i)
            or self.doc[i].is_title
        )

    def speaks(self, at: int) -> bool:
        """True where the noun phrase at ``at`` names a person, a body or a document."""
        for i in range(at, min(at + 4, len(self.doc))):
            token = self.doc[i]
            if (token.is_punct and token.text != "-") or self.view.is_in("phrase_end", i) or (i > at and self.view.is_in("of", i)):
                return False
            if token.pos_ == "PROPN" or any(map(str.isupper, token.text)) or token.ent_type_ in ("PER", "ORG", "PERSON", "STATE") or self.view.is_in("speakers", i):
                return True
        return False

    def at(self, at: int, limit: int | None = None) -> tuple[int, int] | None:
        """The noun phrase that begins at ``at``, without determiner, with an apposed name."""
        view = self.view
        end = min(limit or len(view.words), view.segment(at)[1])
        if view.is_in("pronouns", at):
            return at, at + 1
        while at < end and (view.is_in("determiners", at) or self.doc[at].is_space) and not view.is_in("pronouns", at):
            at += 1
        i = at
        while i < end:
            word = view.words[i]
            if word in (",", "–", "—"):
                if not self._apposed_name(i + 1, end):
                    break
            elif (i > at and view.is_in("coordinators", i) and i + 1 < end and self.doc[i + 1].pos_ in ("VERB", "AUX")) or word in '.;:»”"()«“' or (view.is_in("phrase_end", i) and not self._seat(i, at)) or (i > at and view.is_finite(i)) or (i > at and view.is_in("that", i)):
                break
            i += 1
        while i > at and (view.words[i - 1] in ",–—" or self.doc[i - 1].is_space or view.is_in("of", i - 1)):
            i -= 1
        return (at, i) if i > at else None

    def _seat(self, i: int, at: int) -> bool:
        """True for the "in" of "officials in Copenhagen", which belongs to the name."""
        doc = self.doc
        return self.view.is_in("seats", i) and i > at and doc[i - 1].pos_ == "NOUN" and doc[i + 1 : i + 2].text != "" and doc[i + 1].pos_ == "PROPN"

    def _apposed_name(self, at: int, end: int) -> bool:
        """True where names alone stand from ``at`` to the next mark or the end."""
        for i in range(at, min(at + 5, end)):
            if i > at and self.view.words[i] in ",.;–—":
                return True
            if self.doc[i].pos_ != "PROPN" or self.doc[i].is_lower:
                return False
        return at < end <= at + 5

    def ending(self, last: int) -> tuple[int, int]:
        """The noun phrase that ends at ``last``, without its determiner."""
        view = self.view
        while last > 0 and (view.words[last] in ",-" or self.doc[last].is_space):
            last -= 1
        start, i = last, last
        begin = view.segment(last)[0]
        while i > begin:
            i -= 1
            if view.is_in("determiners", i) and not view.is_in("of", i - 1):
                break
            joint = i > begin and self.doc[i - 1].pos_ in NAME_POS and (view.words[i] == "'s" or (view.words[i] == "-" and not self.doc[i - 1].whitespace_))
            if joint or self.doc[i].pos_ in NAME_POS or self.doc[i].is_title or (view.is_in("seats", i) and self.doc[i - 1].pos_ == "NOUN") or view.is_in("of", i) or view.is_in("determiners", i):
                start = i
                continue
            break
        while start < last and (view.is_in("determiners", start) or view.is_in("of", start)):
            start += 1
        return start, last + 1

    def around(self, head: Token, left: int) -> tuple[int, int]:
        """The phrase of ``head``: its name or noun with complements, up to the first comma after it."""
        if head.pos_ == "PRON" and not self.view.is_in("quantifiers", head.i):
            return head.i, head.i + 1
        start = head.i
        for token in head.subtree:
            if token.i < start and all(self.view.words[k] not in ",;:«»" for k in range(token.i, head.i)):
                start = token.i
        while start < head.i and (self.view.is_in("determiners", start) or self.doc[start].pos_ in ("DET", "ADP", "CCONJ", "SCONJ", "PUNCT", "SPACE")):
            start += 1
        span = self.at(start, max(left, head.i + 1))
        return span if span is not None else (start, head.i + 1)

    def subject(self, hit: Hit, left: int, start: int, near: bool = False) -> tuple[int, int] | None:
        """The tokens of the subject before the verb; empty for "on"; None where there is none.

        ``near``: the verb stands beside what it reports (", X said."), so that its subject follows the last comma.
        """
        token: Token = self.doc[hit.start]
        for _ in range(5):
            for child in token.children:
                if child.dep_.startswith(SUBJECTS) and start <= child.i < max(left, hit.start):
                    comma = near and "," in self.view.words[child.i + 1 : left]
                    if comma or self._in_aside(child, left) or self._parted(child, left):
                        return self._subject_by_order(left, start)
                    return self._resolve(child, left)
            if token.dep_ == "conj" and token.i == hit.start and self._own_subject(left):
                return self._subject_by_order(left, start)
            if token.dep_ in ("conj", "xcomp", "advcl", "aux", "acl", "ccomp", "parataxis") and token.head.i != token.i:
                if token.dep_.startswith("acl") and token.head.pos_ in ("NOUN", "PROPN") and self.view.matches("infinitive", token.i):
                    token = token.head.head  # "a le plaisir d'annoncer": whoever has it
                    continue
                if token.dep_.startswith("acl") and token.head.pos_ in ("NOUN", "PROPN"):
                    return self.around(token.head, left)
                token = token.head
                continue
            if token.dep_ == "acl:relcl":
                return self.around(token.head, left)
            break
        return self._subject_by_order(left, start)

    def _in_aside(self, subject: Token, left: int) -> bool:
        """True where the tree's subject stands in a relative between commas: "X, who leads Y, said"."""
        at = self.view.before(left)
        return self.view.words[left - 1] == "," and at < subject.i and self.view.is_in("relatives", at + 2)

    def _parted(self, subject: Token, left: int) -> bool:
        """True where the tree's subject ends well before the verb and another noun stands right before it."""
        last = max((t.i for t in subject.subtree if t.i < left), default=subject.i)
        at = self.view.before(left)
        return last < at and self.doc[at].pos_ in ("NOUN", "PROPN", "PRON") and self.doc[left - 1].pos_ != "ADV"

    def _own_subject(self, left: int) -> bool:
        """True where a noun stands right before the verb, past an apposition."""
        at = self.view.before(left)
        return self.view.words[left - 1] != "et" and self.doc[at].pos_ in ("NOUN", "PROPN")

    def _resolve(self, child: Token, left: int) -> tuple[int, int] | None:
        view = self.view
        if view.is_in("strangers", child.i) or (child.dep_ == "expl:subj" and view.is_in("copulas", child.i + 1)):
            return None
        if view.is_in("impersonal", child.i):
            for i in range(view.sentence(child.i)[0], child.i):
                if view.is_in("seat_prepositions", i) and i + 1 < child.i:
                    return self.at(i + 1)
            return child.i, child.i
        if view.is_in("relatives", child.i):
            head = child.head.head if child.head.dep_.startswith("acl") else None
            if head is not None and head.i < child.i and head.pos_ in ("NOUN", "PROPN"):
                return self.around(head, child.i)
            return self.ending(child.i - 1)
        return self.around(child, left)

    def _subject_by_order(self, left: int, start: int) -> tuple[int, int] | None:
        view = self.view
        if left - 3 > start and view.words[left - 1] == view.words[left - 3] == "," and self.doc[left - 2].pos_ == "PROPN":
            return left - 2, left - 1
        i = view.before(left)
        while i > start and (view.is_in("time", i) or view.words[i] == "on"):
            i -= 1
        while i > start and (view.words[i] == "," or self.doc[i].is_space):
            i -= 1
        if view.is_in("relatives", i):
            i -= 1
            while i > start and view.words[i] == ",":
                i -= 1
        if i < start or not (self.doc[i].pos_ in NAME_POS or self.doc[i].pos_ == "PRON"):
            return None
        if view.is_in("impersonal", i):
            return i, i
        return None if view.is_in("strangers", i) else self.ending(i)
