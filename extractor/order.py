"""Governing words found by word order alone: before a noun, a clause, an infinitive, in a passive behind."""

from __future__ import annotations

from spacy.tokens import Token

from extractor.clauses import View
from extractor.cues import Hit, Link
from extractor.polarity import Polarity

MARKER_REACH = 12
CLAUSE_REACH = 26
PASSIVE_REACH = 25


class Order:
    """Finds governing rules of one `View` by the order of its words."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.doc = view.doc
        self.polarity = Polarity(view)

    def op(self, at: int, link: Link) -> Hit | None:
        """The governing rule at token ``at`` that takes the link ``link``."""
        for hit in self.view.hits.get(at, ()):
            if hit.rule.kind != "governor" or link not in hit.rule.links or (link == "subject" and self._of_other_things(hit)):
                continue
            if link != "clause" or not self.view.is_in("bare_mark", hit.end - 1):  # "It was to Lima that…" plans nothing
                return hit
        return None

    def _of_other_things(self, hit: Hit) -> bool:
        """True where what is planned is not the subject but what it shall bring about: "is meant to counter"."""
        view = self.view
        mark = hit.end - 1 if view.is_in("bare_mark", hit.end - 1) else hit.end
        if not view.is_in("bare_mark", mark) or mark + 1 >= view.size or self.doc[mark + 1].pos_ in ("DET", "PROPN", "NUM"):
            return False
        return not view.is_in("happening", mark + 1)

    def past_adjunct(self, node: Token) -> Hit | None:
        """The verb before a date or another adjunct and its object: "a suspendu lundi les livraisons"."""
        view = self.view
        i = view.nominal_left(node.i) - 1
        if i > 0 and view.words[i] == ",":  # "a annoncé jeudi, sans plus attendre, l'envoi"
            i = view.before(i + 1)
        for _ in range(4):
            if not (view.is_in("time", i) or self.doc[i].pos_ in ("ADV", "NUM") or view.is_in("time_mark", i)):
                break
            i -= 1
        start = view.sentence(node.i)[0]
        if i < start or self.doc[i].pos_ != "NOUN" or view.nominal_left(node.i) == node.i or view.is_in("of", i + 1):
            return self.op(i, "noun") if i >= start else None
        case = next((j for j in range(i - 1, max(start, i - 5), -1) if self.doc[j].pos_ == "ADP"), None)
        while case is not None and self.doc[case - 1].pos_ == "ADP":
            case -= 1
        return self.op(case - 1, "noun") if case is not None and case > start else None  # "suspended until further notice its sales"

    def passive_after(self, node: Token) -> Hit | None:
        """The passive verb whose subject ``node`` is, though a parenthesis parts them."""
        view = self.view
        before = view.nominal_left(node.i) - 1
        if view.is_in("complement_prepositions", before) or view.is_in("wide_prepositions", before):
            return None
        end = min(view.segment(node.i)[1], node.i + PASSIVE_REACH)
        for j in range(node.i + 1, end):
            if view.is_in("that", j) or view.is_in("relatives", j):
                return None
            if view.is_finite(j):
                for k in range(j, min(j + 5, end)):
                    op = self.op(k, "subject")
                    if op is not None and view.is_in("be", j) and not self._has_other_subject(k, node):
                        return op
                return None
        return None

    def _has_other_subject(self, verb: int, node: Token) -> bool:
        """True where the tree gives the verb a subject behind ``node``: "While deliveries continue, the sale was refused"."""
        start = self.view.segment(node.i)[0]
        fronted = self.view.any("subordinators", start, start + 2) is not None
        subjects = [c.i for c in self.doc[verb].children if c.dep_.startswith("nsubj") and c.i > node.i]
        return any("," in self.view.words[node.i : i] and (fronted or any(t.pos_ == "CCONJ" for t in self.doc[node.i : i])) for i in subjects)

    def before_noun(self, node: Token, far: bool = False) -> Hit | None:
        """A governing word before the noun and its preposition; ``far``: at some distance, by a wide one."""
        view = self.view
        left, start = view.nominal_left(node.i), view.sentence(node.i)[0]
        i = left - 1
        if view.is_in("of", left) and left < node.i:
            i = left
        if i < start:
            return None
        wide = view.is_in("wide_prepositions", i)
        if wide or view.is_in("complement_prepositions", i) or view.is_in("determiners", i):
            i = view.before(i)
        if view.is_in("besides", i):  # "prévoit, outre la fourniture d'obus, …"
            return self.op(i - 2 if view.words[i - 1] == "," else i - 1, "noun")
        for j in range(left, node.i):  # "Oslo freezes sale": a headline's verb, held for a part of its object's name
            if self.doc[j].dep_ == "compound" and view.words[j].endswith("s") and (op := self.op(j, "noun")) is not None:
                return op
        for n in range(8 if wide and far else 2):
            j = i - n
            if j < start or view.words[j] in ",;:":
                return None
            op = self.op(j, "noun")
            if op is not None:
                return op if not op.start <= node.i < op.end else None
            if view.is_finite(j) or (n and self.doc[j].pos_ == "NOUN"):
                return None
            if not (wide and far) and self.doc[j].pos_ not in ("ADJ", "ADV"):
                return None
        return None

    def before_clause(self, left: int) -> Hit | None:
        view = self.view
        start = view.segment(left)[0]
        for i in range(left - 1, max(start, left - CLAUSE_REACH) - 1, -1):
            if view.is_in("that", i) or (view.is_in("oblique_relatives", i) and view.is_in("content_mark", i - 1)):
                op = self._before_that(i, start)
                if op is not None or self.doc[i].pos_ != "PRON":
                    return op
            if view.words[i] in ":;" or view.is_finite(i) or view.is_in("relatives", i):
                return None
        return None

    def _before_that(self, at: int, start: int) -> Hit | None:
        """The governor before the "that" at ``at``, be it held for a relative ("il est temps que"), or "selon lesquelles"."""
        j = self.view.before(at)
        if self.view.is_in("adverbial_that", j):
            return None
        for _ in range(5):
            if j < start:
                return None
            op = self.op(j, "clause")
            if op is None and self.view.is_in("content_nouns", j):
                op = self.before_noun(self.doc[j], far=True) or self.past_adjunct(self.doc[j])
                return op if op is not None and op.rule.id.endswith(("deny.claim", "deny.refuse")) else None
            if op is not None:
                sure = self.doc[at].pos_ != "PRON" or self._is_time(at - 1) or op.end - op.start > 1 or self.view.is_in("oblique_relatives", at)
                return op if sure else None
            j -= 1
        return None

    def _is_time(self, i: int) -> bool:
        return any(self.view.is_in(name, i) for name in ("time", "time_nouns"))

    def linear(self, at: int) -> Hit | None:
        """The governor to the left of an infinitive or gerund ``at``: next to it, or some way before its mark."""
        view = self.view
        start = view.segment(at)[0]
        if view.is_in("adverbial_mark", at - 1):
            return None
        i = at - 1
        while (i >= start and view.is_in("clitics", i)) or view.is_in("negators", i) or view.is_in("polarity", i):
            i -= 1
        for hit in view.hits.get(i, ()):
            if hit.end == i + 1 and hit.rule.kind == "marker":
                outer = next((h for h in view.hits[i] if h.end == i + 1 and h.rule.kind == "governor" and "inf" in h.rule.links), None)
                return outer or (None if view.is_in("perfect", at) else hit)  # "poursuivi pour avoir livré"
        marked = view.is_in("infinitive_mark", i)
        steps, near = MARKER_REACH if marked else 3, i
        while i >= start and steps > 0:
            for hit in view.hits.get(i, ()):
                apart = i < near and view.is_in("without", hit.start)  # "un soutien sans réserve et de lui fournir"
                if hit.rule.kind in ("governor", "modal") and "inf" in hit.rule.links and not apart:
                    return hit
            if view.is_finite(i) or (view.is_in("that", i) and not view.is_in("whether", i)):
                return None
            i, steps = view.before(i) if marked else i - 1, steps - 1
        return None
