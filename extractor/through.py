"""What reaches a trigger through the goods it is told of: "saisi des fusils destinés à…", "jets that Lima cancelled".

The trigger stands in a relative or participle of a noun; what is done to that noun (a seizure, a broken-off
order) then says how it went with the transfer.
"""

from __future__ import annotations

from spacy.tokens import Token

from extractor.clauses import View
from extractor.cues import Hit, Link
from extractor.polarity import Effect, Polarity

ANTECEDENT_REACH = 7
_MODIFIERS = ("acl", "nmod", "amod", "appos", "conj", "nsubj", "obj", "obl")
_REACHED = ("obj", "nsubj:pass", "obl", "nmod")


class Through:
    """Reads the seizures and refusals of one `View` off the nouns that triggers modify."""

    def __init__(self, view: View, polarity: Polarity) -> None:
        self.view = view
        self.doc = view.doc
        self.polarity = polarity

    def effects(self, node: Token) -> list[Effect]:
        """What reaches ``node``, where the walk up from it ends in a modifier."""
        found = [*self._by_order(node), *self._by_tree(node), *self._on_board(node)]
        return [Effect(hit.rule.status, hit.start, hit.end) for hit in found if hit.rule.status]

    def _hits(self, at: int, link: Link) -> list[Hit]:
        """The rules at ``at`` that reach through what they govern by ``link``."""
        return [h for h in self.view.hits.get(at, ()) if h.rule.through and link in h.rule.links]

    def _by_tree(self, node: Token) -> list[Hit]:
        token, antecedent = node, None
        out: list[Hit] = []
        for _ in range(4):
            dep, head = token.dep_, token.head
            if head.i == token.i or (self._is_oblique(token) and not self._is_due(token)):
                break
            if dep.startswith(_REACHED) and dep != "obl:agent":
                found = self._hits(head.i, "subject" if dep.startswith("nsubj") else "noun")
                if found:
                    return out + [h for h in found[:1] if h.rule.through is True or self._is_own(antecedent, token)]
                if self.view.is_in("carrying", head.i):
                    out += self._carrier_of(head)
            if dep.startswith("nsubj") and antecedent is not None:
                out += self._fronted(token)
            if dep.startswith("acl"):
                antecedent = head
                out += self._second(head, token)
            if not dep.startswith(_MODIFIERS):
                break
            token = head
        return out

    def _is_oblique(self, node: Token) -> bool:
        """True for a clause whose noun is no goods and carries none: "licences under which", "a dealer who"."""
        if not node.dep_.startswith("acl"):
            return False
        return any(
            self.view.is_in("persons", i) or (self.doc[i - 1].pos_ == "ADP" and (self.view.is_in("relatives", i) or self.view.is_in("oblique_relatives", i)))
            for i in range(node.head.i + 1, node.i)
        )

    def _is_due(self, node: Token) -> bool:
        """True for what was still to come of a deal: "the contract under which X was to deliver", "par lequel X devait livrer"."""
        view = self.view
        return view.is_in("deals", node.head.i) and any(
            view.is_in("due", i) or (view.is_in("due_to", i) and view.is_in("due_mark", i + 1)) for i in range(max(node.i - 4, 0), node.i + 1))

    def _is_own(self, antecedent: Token | None, token: Token) -> bool:
        """True where what is governed is the goods themselves, or a measure or a carrier of them."""
        at = antecedent
        for _ in range(4):
            if at is None or at.i == token.i:
                return at is not None
            if at.dep_ != "conj" and not (at.dep_.startswith("nmod") and self._is_measure(at.head.i)):
                return False
            at = at.head
        return False

    def _is_measure(self, i: int) -> bool:
        return self.doc[i].like_num or self.view.is_in("measures", i) or any(map(str.isdigit, self.view.words[i]))

    def _second(self, noun: Token, clause: Token) -> list[Hit]:
        """A second relative or participle of ``noun`` that reaches through ("…, et qui ont été saisis")."""
        others = [c for c in noun.children if c.dep_.startswith("acl") and c.i != clause.i]
        others += [c for o in (*others, clause) for c in o.children if c.dep_ == "conj"]
        return [hit for other in others for hit in self._hits(other.i, "subject") if hit.rule.through is True]

    def _carrier_of(self, verb: Token) -> list[Hit]:
        """What befell the ship or lorry that carries the goods: "Le cargo, arraisonné mercredi, transportait…"."""
        subjects = [c for c in verb.children if c.dep_.startswith("nsubj")]
        told = [h for s in subjects for c in s.children if c.dep_.startswith(("acl", "amod")) for h in self._hits(c.i, "subject")]
        return told or [h for s in subjects for h in self._fronted(s)]

    def carried(self, verb: Token) -> list[Effect]:
        """What befell the ship that the trigger ``verb`` says carries the goods."""
        return [Effect(h.rule.status, h.start, h.end) for h in self._carrier_of(verb) if h.rule.status] if self.view.is_in("carrying", verb.i) else []

    def _fronted(self, noun: Token) -> list[Hit]:
        """A participle before its noun at the head of the sentence: "Saisies à Anvers, des pièces que…"."""
        view = self.view
        start = next((i for i in range(view.segment(noun.i)[0], noun.i) if self.doc[i].is_alpha), noun.i)
        if view.words[view.nominal_left(noun.i) - 1] != "," or view.is_finite(start) or not view.matches("participle", start):
            return []
        return self._hits(start, "subject")

    def _on_board(self, node: Token) -> list[Hit]:
        """The cargo that a sentence lists after one that tells of the ship's seizure: "À bord, 150 missiles destinés à…"."""
        view = self.view
        start = view.sentence(node.i)[0]
        if not start or view.any("aboard", start, start + 3) is None:
            return []
        before = view.sentence(start - 1)[0]
        return next(([h] for i in range(start - 1, before - 1, -1) for h in view.hits.get(i, ()) if h.rule.through is True), [])

    def _by_order(self, node: Token) -> list[Hit]:
        """The same by order: a noun phrase, then the participle or relative clause of ``node``, alone between."""
        view = self.view
        start = view.segment(node.i)[0]
        last = self._antecedent(node, start)
        if last is None:
            return []
        for j in range(last, max(start, last - ANTECEDENT_REACH) - 1, -1):
            found = self._hits(j, "noun")
            if found:
                return [h for h in found[:1] if h.rule.through is True or not self._is_nested(j, last)]
            if view.is_in("carrying", j):
                return self._carrier_of(self.doc[j])
            if view.words[j] in ",:" or view.is_in("by", j) or view.is_finite(j) or (self.doc[j].pos_ in ("VERB", "AUX", "PUNCT") and not self._is_nominal(j)):
                return []
        return []

    def _antecedent(self, node: Token, start: int) -> int | None:
        """The last token of the noun phrase that the clause of ``node`` follows."""
        view = self.view
        if self.polarity.is_noun(node):  # "that were on their way"
            low = view.nominal_left(node.i)
            left = view.any("be", low - 3, low)
            if left is None or not view.is_in("relatives", left - 1):
                return None
        else:
            left = view.group(node.i).left
        i = left - 1
        if view.is_finite(left) or view.any("finite", left, node.i) is not None:
            while i > left - 6 and i > start and not view.is_in("relatives", i):
                i -= 1
            if not view.is_in("relatives", i) or self.doc[i - 1].pos_ == "ADP" or view.is_in("adverbial_that", i - 1) or view.is_in("persons", i):
                return None
            i -= 2 if view.words[i - 1] == "," else 1
        return i

    def _is_nested(self, verb: int, last: int) -> bool:
        """True where the goods only complete another noun: "a bloqué la vente des drones que…"."""
        return any(
            self.doc[i].pos_ == "ADP" and self.doc[i - 1].pos_ == "NOUN" and self.doc[i + 1].pos_ != "PROPN" and not self._is_measure(i - 1)
            for i in range(verb + 2, last)
        )

    def _is_nominal(self, i: int) -> bool:
        """True for a noun that the tagger holds for a verb: "deux cents lance-grenades"."""
        return self.doc[i - 1].pos_ in ("NUM", "DET", "ADJ") or self.view.is_in("determiners", i - 1)
