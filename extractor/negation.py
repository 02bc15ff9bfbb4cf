"""Which token negates a verb group or a noun: particles, negative subjects and objects, clefts, fronted words.

All is read from word order with the word lists of the language; offsets are token indices of the Doc.
"""

from __future__ import annotations

from spacy.tokens import Token

from extractor.clauses import View


class Negation:
    """Finds the negations of one `View`."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.doc = view.doc

    def noun_negation(self, node: Token) -> int | None:
        """The token that negates the noun ``node`` ("aucune livraison", "no sale"), or None."""
        view = self.view
        left = view.nominal_left(node.i)
        for i in range(max(left - 3, view.sentence(node.i)[0]), node.i):
            if i >= left and view.is_in("negative_determiners", i):
                return i
            if view.is_in("negative_before_noun", i) and all(view.is_in("of", j) for j in range(i + 1, left)):
                return i
        return None

    def negation(self, left: int, head: int) -> int | None:
        """The token that negates the verb group ``left``..``head``, or None."""
        view = self.view
        start, end = view.sentence(head)
        cleft = self._cleft(left, head)
        if cleft is not None:
            return cleft
        particle = view.any("ne", left, head + 1)
        far = self._far_negator(left, head)
        if particle is None and far is not None:
            return far
        if view.lexicon.lists.get("ne"):
            if particle is None:
                return self._parted_polarity(left, head)
            return self._french_polarity(particle, head, start, end)
        first = left - 2 if view.is_in("bare_mark", left - 1) else left - 1 if view.is_in("bare_mark", left) else left  # "not to deliver"
        for i in range(max(first, start), head + 1):
            if view.is_in("negators", i) and not view.is_in("not_negating", i + 1):
                return None if self._only(head, end) else i
        return self._negative_argument(left, head, start, end)

    def _left_out(self, at: int, head: int, end: int) -> bool:
        """True for the "jamais … que", "plus que" that leaves one thing out: "n'a jamais envoyé à Lima que des radars"."""
        view = self.view
        if not view.is_in("leaving_out", at):
            return False
        that = next((i for i in range(head + 1, min(end, head + 7)) if view.is_in("that", i) or view.words[i] in ",;:"), None)
        if that is None or not view.is_in("that", that) or (self.doc[that - 1].pos_ in ("VERB", "AUX") and that - 1 != head):
            return False
        stop = next((i for i in range(that, end) if view.words[i] in ",;:."), end)
        return not any(view.is_finite(i) for i in range(that, stop))

    def _only(self, head: int, end: int) -> bool:
        """True for a negation that leaves one thing out: "sent nothing but doctors", "never sold them anything except rice"."""
        view = self.view
        at = view.any("things", head + 1, min(end, head + 6))
        stop = min(end, at + 7) if at is not None else head
        return at is not None and not any(view.words[i] in ",;:" or view.is_finite(i) for i in range(at, stop) if view.any("exceptions", at, i) is None) and view.any("exceptions", at + 1, stop) is not None

    def _no_more(self, i: int) -> bool:
        """True for the "no more" of "can expect no more of them", which no "than" follows."""
        return self.view.words[i] == "no" and "than" not in self.view.words[i + 2 : i + 4]

    def _parted_polarity(self, left: int, head: int) -> int | None:
        """The "jamais" that an aside parts from its auxiliary: "n'ont, pour l'essentiel, jamais été livrées"."""
        view = self.view
        if view.words[left - 1 : left] != [","] or view.any("finite", left, head) is not None:
            return None
        aux = view.before(left)
        if not view.is_in("finite", aux) or view.any("ne", aux - 2, aux) is None:
            return None
        at = view.any("polarity", left, head)
        return at if at is not None and not view.is_in("not_negating", at + 1) else None

    def _french_polarity(self, particle: int, head: int, start: int, end: int) -> int | None:
        view = self.view
        for i in range(particle + 1, min(end, head + 13)):
            if view.is_in("polarity", i):
                return None if view.is_in("not_negating", i + 1) or self._left_out(i, head, end) else i
            if i > particle + 1 and (view.is_in("restriction", i) or view.words[i] in ";:"):
                break
        for i in range(particle - 1, max(start, particle - 14) - 1, -1):
            if view.words[i] in ";:":
                break
            if self._is_negative_subject(i):
                return i
        return None

    def _far_negator(self, left: int, head: int) -> int | None:
        """A negation that a phrase parts from its verb: "did not in the end deliver", "n'a pas, pour l'heure, livré"."""
        view, token = self.view, self.doc[head]
        if view.any("finite", left, head) is not None:
            return None
        french = bool(view.lists.get("ne"))
        name = "polarity" if french else "negators"
        for aux in (*token.children, token.head):
            parted = left - 10 < aux.i < left - 1 and (aux.dep_.startswith("aux") or aux.i == token.head.i) and view.is_in("finite", aux.i)
            if not parted or view.any("cleft_end", aux.i, left) is not None or (french and view.any("ne", aux.i - 3, aux.i) is None):
                continue
            if view.is_in(name, aux.i + 1) and not view.is_in("not_negating", aux.i + 2):
                return aux.i + 1
        for i in range(left - 2, max(view.segment(left)[0], left - 7), -1):  # where the tagger takes the verb for a noun
            if view.is_finite(i) or view.words[i] in ",:":
                break
            if not french and view.is_in("negators", i) and view.is_in("finite", i - 1) and self.doc[i + 1].pos_ == "ADP":
                return i
        return None

    def _is_negative_subject(self, i: int) -> bool:
        """True for "aucun", "none", and for "pas", "plus" before what is one: "Pas un obus n'a été livré"."""
        view = self.view
        return view.is_in("negative_subjects", i) or (view.is_in("half_negative", i) and view.is_in("single", i + 1))

    def _cleft(self, left: int, head: int) -> int | None:
        """The negation of a cleft around the verb group: "Ce n'est pas X qui a livré", "It was not X that sent"."""
        view = self.view
        start = view.segment(left)[0]
        i = left - 1
        while i > max(start, left - 12) and not view.is_in("relatives", i):
            if view.words[i] in ",:" or view.is_finite(i):
                return None
            i -= 1
        for j in range(i - 1, max(start, i - 12), -1):
            if view.words[j] == "," or view.is_in("cleft_end", j):
                return None
            if view.is_in("negators", j) or view.is_in("polarity", j):
                be = view.any("be", max(start, j - 2), j + 2)
                if be is not None and not view.is_in("not_negating", j + 1):
                    return j if view.any("cleft_subjects", max(start, be - 2), be) is not None else None
        return None

    def _negative_argument(self, left: int, head: int, start: int, end: int) -> int | None:
        view = self.view
        for i in range(head + 1, min(end, head + 6)):
            if self.doc[i].is_punct or view.is_in("argument_end", i) or view.is_finite(i):
                break
            if view.is_in("negative_objects", i) and (not view.is_in("not_negating", i + 1) or self._no_more(i)):
                return None if self._only(head, end) else i
        fronted = self._fronted(left, head)
        if fronted is not None:
            return fronted
        told = view.is_finite(head) or view.any("finite", left, head) is not None or any(c.dep_ == "nsubj" for c in self.doc[head].children)
        if not told or view.is_in("bare_mark", left - 1):
            return None
        first = view.before(left) if view.words[left - 1] == "," else left - 1  # "No government, whatever its colour, has sold"
        for i in range(first, max(start, first - 11) - 1, -1):
            if view.words[i] in ",;:" or view.is_finite(i) or (view.is_in("that", i) and self.doc[i].pos_ != "DET"):
                break
            if (view.is_in("negative_subjects", i) and not view.is_in("not_negating", i + 1)) or (view.is_in("negators", i) and view.is_in("single", i + 1) and view.words[i] != "hardly"):
                return i
        return None

    def _fronted(self, left: int, head: int) -> int | None:
        """A negative word before an auxiliary that stands before the subject: "Never has Oslo sold"."""
        view = self.view
        start = view.segment(left)[0]
        aux = view.any("finite", start + 1, min(start + 5, left))
        if aux is None or any(view.is_finite(i) or view.words[i] in ",:" or view.is_in("that", i) for i in range(aux + 1, left)):
            return None
        if view.is_in("fronted", aux - 1):
            return aux - 1
        no = view.any("negative_determiners", start, aux)
        return no if no is not None and self.doc[no - 1].pos_ == "ADP" and no == aux - 2 else None
