"""Which word governs a trigger: by the tree, and by word order where the tree has none that counts."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from extractor import grammar
from extractor.accused import governor_of
from extractor.cues import Hit, Link
from extractor.order import Order

OBJECTS = ("obj", "iobj", "obl:arg", "obl:agent")
NOUNS = ("nmod", "obl", "appos", "compound", "flat")


@dataclass(frozen=True, slots=True)
class Step:
    """What governs a node: the token ``at`` over the link ``link``; ``op`` is its rule where it has one."""

    at: int
    link: Link
    op: Hit | None


class Governors(Order):
    """Finds the governor of a token of a `View`."""

    def of(self, node: Token) -> Step | None:
        """The governor of ``node``, or None at the top of its clause."""
        if self.polarity.is_noun(node) and not self.view.is_finite(node.i):
            near = self.before_noun(node)
            if near is not None:
                return Step(near.end - 1, "noun", near)
            left = self.view.nominal_left(node.i)
            if left and self.view.words[left - 1] == "," and (op := self.past_adjunct(node)) is not None:
                return Step(op.end - 1, "noun", op)
            if left > self.view.sentence(node.i)[0]:
                for hit in self.view.hits.get(left - 1, ()):
                    if hit.rule.kind == "carrier":
                        return Step(hit.start, "noun", None)
        else:
            direct = self._direct(node)
            if direct is not None:
                return direct
        step = self._by_tree(node)
        if step is not None and step.op is not None:
            return step
        repaired = self._by_order(node)
        first = self.first_conjunct(node)
        if repaired is None and first.i < node.i and self.view.is_in("bare_mark", first.i - 1) and self._is_bare(node, first):
            repaired = self._by_order(first)
        return repaired or step

    def _is_bare(self, node: Token, first: Token) -> bool:
        """True for a second infinitive without a mark or a subject of its own: "to build and supply"."""
        return self.shares_auxiliary(node, first) and not self.view.is_in("bare_mark", node.i - 1) and not any(c.dep_.startswith("nsubj") for c in node.children)

    def _by_tree(self, node: Token) -> Step | None:
        token = self.first_conjunct(node)
        if token.head.i == token.i:
            return None
        asking = governor_of(token, grammar.load(self.view.lexicon.lang)[0])
        if asking.i != token.head.i:  # hung on an argument of the verb: "a demandé à la France, par la voix de X, de livrer"
            return Step(asking.i, "inf", self.op(asking.i, "inf"))
        link = self._link(token)
        low, high = sorted((token.i, token.head.i))
        if link is None or any(w in (";", ":") for w in self.view.words[low:high]):
            return None
        return Step(token.head.i, link, self.op(token.head.i, link))

    def first_conjunct(self, node: Token) -> Token:
        """The first of the coordinated words that ``node`` belongs to."""
        token = node
        for _ in range(6):
            if token.dep_ != "conj" or token.head.i == token.i:
                break
            token = self.conjunct_before(token)
        return token

    def conjunct_before(self, token: Token) -> Token:
        """What ``token`` is coordinated with; of a gerund or infinitive that the parser joined to the verb above, the first one: "stopped arming Kyiv and sending"."""
        head = token.head
        for form in ("gerund", "infinitive"):
            if self.view.matches(form, token.i) and not self.view.matches(form, head.i):
                alike = [c for c in head.children if head.i < c.i < token.i and c.dep_ in ("xcomp", "ccomp", "advcl", "acl") and self.view.matches(form, c.i)]
                return alike[-1] if alike else head
        return head

    def shares_auxiliary(self, node: Token, first: Token) -> bool:
        """"a été acheté et livré": the second participle has no auxiliary of its own."""
        if self.polarity.is_noun(node) or self.view.is_finite(node.i):
            return False
        return self.view.any("finite", self.view.group(node.i).left, node.i) is None and first.i < node.i

    def _link(self, token: Token) -> Link | None:
        dep, head = token.dep_, token.head
        if dep == "xcomp":
            if self.view.words[token.i - 1] == "," and not self.view.matches("infinitive", token.i):
                return None  # a participle of its own: "a rompu avec Kigali, accusé de"
            finite = self.view.any("finite", self.view.group(token.i).left, token.i)
            return None if finite is not None or self.view.is_finite(token.i) else "inf"
        if dep in ("ccomp", "csubj", "csubj:pass"):
            return "clause"
        if dep == "nsubj:pass":
            return "subject"
        if dep == "nsubj":
            return "subject" if self.op(head.i, "subject") or self.is_carrier(head) else None
        if dep.startswith("acl") and self.is_carrier(token):
            return "noun"
        if dep.startswith("acl") and not dep.endswith("relcl"):
            inf = self.view.matches("infinitive", token.i) or self.view.is_in("bare_mark", token.i - 1)
            return "inf" if inf or self._before_gerund(token.i) else None
        if dep.startswith(OBJECTS) or (dep.startswith(NOUNS) and self._bound(token)):
            return "noun"
        if dep.startswith("aux"):
            return "inf"
        return None

    def _before_gerund(self, i: int) -> bool:
        return self.view.matches("gerund", i) and self.view.is_in("gerund_mark", i - 1)

    def _bound(self, token: Token) -> bool:
        """True where a nominal's preposition is one that complements take."""
        case = next((c for c in token.children if c.dep_ == "case"), None)
        return case is None or self.view.is_in("complement_prepositions", case.i) or (
            self.op(token.head.i, "noun") is not None and self.view.is_in("wide_prepositions", case.i)
        )

    def is_carrier(self, token: Token) -> bool:
        """True for a word that only passes on its own polarity and tense ("effectuer", "partie")."""
        return any(h.rule.kind == "carrier" for h in self.view.hits.get(token.i, ()))

    def _by_order(self, node: Token) -> Step | None:
        """The governor by word order, where the tree has none."""
        view = self.view
        if self.polarity.is_noun(node) and not view.is_finite(node.i):
            op = self.before_noun(node, far=True)
            if op is not None:
                return Step(op.end - 1, "noun", op)
            op = self.past_adjunct(node)
            if op is not None:
                return Step(op.end - 1, "noun", op)
            op = self.passive_after(node)
            return Step(op.start, "subject", op) if op else None
        left = view.group(node.i).left
        at = None
        if view.any("finite", left, node.i) is None:
            at = view.any("bare_governors", max(left - 6, view.segment(left)[0]), left)
        if at is not None and not any(view.is_finite(i) or self.doc[i].pos_ == "VERB" for i in range(at + 1, left)):
            return Step(at, "inf", None)
        bare = view.is_in("bare_mark", left - 1) or view.matches("gerund", left)
        if not bare and (view.is_finite(node.i) or view.any("finite", left, node.i) is not None):
            op = self.before_clause(left)
            return Step(op.end - 1, "clause", op) if op else None
        for i in range(left, node.i + 1):
            if (
                view.matches("infinitive", i)
                or view.matches("gerund", i)
                or view.is_in("gerund_mark", left - 1)
                or bare
            ):
                op = self.linear(left if bare else i)
                return Step(op.end - 1, "inf", op) if op else None
        if view.lexicon.lang == "fr" and self.doc[node.i].dep_.startswith("acl"):
            return None
        op = self.before_clause(left)
        return Step(op.end - 1, "clause", op) if op else None

    def _direct(self, node: Token) -> Step | None:
        """The finite verb that stands right before an unmarked infinitive ("reconnaît avoir livré")."""
        view = self.view
        left = view.group(node.i).left
        while left < node.i and not view.matches("infinitive", left):
            left += 1
        if not view.matches("infinitive", left):
            return None
        i = left - 1
        while i > left - 7 and i > 0 and (self.doc[i].pos_ == "ADV" or view.is_in("clitics", i) or view.is_in("asides", i)) and not view.hits.get(i):
            i -= 1
        if not view.is_finite(i) or view.is_in("finite", i):
            return None
        return Step(i, "inf", self.op(i, "inf"))
