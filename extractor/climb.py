"""The walk from a trigger up through its governors, and the status effects met on the way."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span, Token

from extractor.clauses import View
from extractor.cues import Hit, Link
from extractor.model import Status

OBJECTS = ("obj", "iobj", "obl:arg", "obl:agent")
NOUNS = ("nmod", "obl", "appos", "compound", "flat")
MARKER_REACH = 12


@dataclass(frozen=True, slots=True)
class Effect:
    """A status and the tokens that impose it."""

    status: Status
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Step:
    """What governs a node: the token ``at`` over the link ``link``; ``op`` is its rule where it has one."""

    at: int
    link: Link
    op: Hit | None


class Walk:
    """One trigger's walk.

    After `run`, ``presupposed`` is True where the trigger's clause is background ("après avoir reçu")
    or where what is demanded is its end ("exige de cesser de livrer"): no source says it then.
    """

    def __init__(self, view: View, trigger: Span) -> None:
        self.view = view
        self.doc = view.doc
        self.trigger = trigger
        self.presupposed = False
        self.effects: list[Effect] = []
        self._seen: set[int] = set()

    def run(self) -> list[Effect]:
        """Effects on the trigger, from itself upwards."""
        node = self._head()
        self._own_rules()
        self._local(node)
        self.presupposed = self._background(node)
        if not self.presupposed:
            self._climb(node, 0)
        return self.effects

    def _background(self, node: Token) -> bool:
        """True for "après avoir reçu", "pour avoir vendu", "after buying": a fact beside what is said."""
        view = self.view
        if self._is_noun(node):
            return False
        left = view.group(node.i).left
        while left < node.i and not view.is_in("perfect", left) and not view.matches("infinitive", left):
            left += 1
        before = left - 1
        while before >= 0 and view.is_in("clitics", before):
            before -= 1
        if view.is_in("background", before):
            return True
        return view.is_in("background_perfect", before) and view.is_in("perfect", left) and left < node.i

    def _head(self) -> Token:
        """The trigger's content word: a verb or noun, not an auxiliary or particle."""
        root = self.trigger.root
        if root.pos_ in ("VERB", "NOUN", "PROPN", "ADJ"):
            return root
        for token in self.trigger:
            if token.pos_ in ("VERB", "NOUN"):
                return token
        return root

    def _add(self, status: Status, start: int, end: int | None = None) -> None:
        self.effects.append(Effect(status, start, start + 1 if end is None else end))

    # What the trigger carries in itself

    def _own_rules(self) -> None:
        for token in self.trigger:
            for hit in self.view.hits.get(token.i, ()):
                if hit.rule.kind == "trigger" and hit.rule.status and self._form_fits(hit, token):
                    self._add(hit.rule.status, hit.start, hit.end)

    def _form_fits(self, hit: Hit, token: Token) -> bool:
        links = hit.rule.links
        if "noun" in links and "clause" in links:
            return True
        if "noun" in links:
            return self._is_noun(token)
        return not (self.view.is_in("determiners", token.i - 1) and self._is_noun(token))

    def _is_noun(self, token: Token) -> bool:
        view, i = self.view, token.i
        if token.pos_ in ("VERB", "AUX") and (
            view.matches("infinitive", i) or view.is_in("of", i - 1) or view.is_in("bare_mark", i - 1)
        ):
            return False
        if i and (view.is_in("determiners", i - 1) or view.is_in("noun_left", i - 1)):
            if not view.is_in("clitics", i - 1) or token.pos_ == "NOUN":
                return True
            return i == 1 or view.words[i - 2] in ",:;." or view.is_in("complement_prepositions", i - 2)
        return token.pos_ in ("NOUN", "PROPN")

    # The node's own polarity, tense and modifiers

    def _local(self, node: Token) -> bool:
        """Effects of the words around ``node`` that belong to it; True where it is negated."""
        if self._is_noun(node) and not self.view.is_finite(node.i):
            negated = self._noun(node)
        else:
            negated = self._verb(node)
        self._modifiers(node)
        return negated

    def _noun(self, node: Token) -> bool:
        view = self.view
        left = view.nominal_left(node.i)
        for i in range(max(left - 3, view.sentence(node.i)[0]), node.i):
            if i >= left and view.is_in("negative_determiners", i):
                self._add("denied", i)
                return True
            if view.is_in("negative_before_noun", i) and all(view.is_in("of", j) for j in range(i + 1, left)):
                self._add("denied", i)
                return True
        return False

    def _verb(self, node: Token) -> bool:
        view = self.view
        group = view.group(node.i)
        cue = self._negation(group.left, node.i)
        if cue is not None:
            self._add("denied", cue)
        self._tense(node, group.left)
        return cue is not None

    def _negation(self, left: int, head: int) -> int | None:
        """The token that negates the verb group ``left``..``head``, or None."""
        view = self.view
        start, end = view.sentence(head)
        particle = view.any("ne", left, head + 1)
        if view.lexicon.lists.get("ne"):
            if particle is None:
                return None
            return self._french_polarity(particle, head, start, end)
        for i in range(left, head + 1):
            if view.is_in("negators", i) and not view.is_in("not_negating", i + 1):
                return i
        return self._negative_argument(left, head, start, end)

    def _french_polarity(self, particle: int, head: int, start: int, end: int) -> int | None:
        view = self.view
        for i in range(particle + 1, min(end, head + 13)):
            if view.is_in("polarity", i):
                return None if view.is_in("not_negating", i + 1) else i
            if i > particle + 1 and (view.is_in("restriction", i) or view.words[i] in ";:"):
                break
        for i in range(particle - 1, max(start, particle - 14) - 1, -1):
            if view.words[i] in ";:":
                break
            if view.is_in("negative_subjects", i):
                return i
        return None

    def _negative_argument(self, left: int, head: int, start: int, end: int) -> int | None:
        view = self.view
        for i in range(head + 1, min(end, head + 6)):
            if self.doc[i].is_punct or view.is_in("argument_end", i) or view.is_finite(i):
                break
            if view.is_in("negative_objects", i) and not view.is_in("not_negating", i + 1):
                return i
        for i in range(left - 1, max(start, left - 12) - 1, -1):
            if view.words[i] in ",;:" or view.is_finite(i):
                break
            if view.is_in("negative_subjects", i):
                return i
        return None

    def _tense(self, node: Token, left: int) -> None:
        view = self.view
        for i in range(left, node.i):
            for hit in view.hits.get(i, ()):
                if hit.start == i and hit.rule.kind == "modal" and hit.rule.status:
                    perfect = hit.rule.demanded is not None and view.any("perfect", hit.end, node.i) is not None
                    self._add(hit.rule.demanded if perfect and hit.rule.demanded else hit.rule.status, i, hit.end)
            if view.is_in("hearsay_auxiliaries", i):
                self._add(self._conditional(i), i)
            elif view.is_in("future_auxiliaries", i):
                self._add("planned", i)
        if left == node.i or not view.any("finite", left, node.i):
            tense = view.tense(node.i)
            if tense == "conditional":
                self._add(self._conditional(node.i), node.i)
            elif tense == "future":
                self._add("planned", node.i)
        marker = self._hypothesis(left)
        if marker is not None:
            self._add("planned", marker)

    def _conditional(self, at: int) -> Status:
        """Hearsay, or possibility where a condition, a later time or a past promise stands beside it."""
        view = self.view
        start, end = view.segment(at)
        if view.any("if", start, end) is not None:
            return "planned"
        if view.is_in("hearsay_auxiliaries", at) and view.matches("perfect_participle", min(at + 1, end - 1)):
            return "alleged"
        later = view.any("later", start, end)
        if later is not None:
            return "planned"
        return "planned" if self._said_in_past(at, start) else "alleged"

    def _said_in_past(self, at: int, start: int) -> bool:
        """True for the future seen from a past saying: "a annoncé que Paris céderait"."""
        view = self.view
        that = None
        for i in range(at - 1, start - 1, -1):
            if view.is_in("that", i):
                that = i
                break
        if that is None:
            return False
        for i in range(that - 1, max(start, that - 12) - 1, -1):
            if any(h.rule.kind == "past_saying" for h in view.hits.get(i, ())):
                group = view.group(i)
                return view.any("past_auxiliaries", group.left, i) is not None or view.matches("past", i)
        return False

    def _hypothesis(self, left: int) -> int | None:
        """"si", "if" at the head of the clause that the verb group ``left`` stands in."""
        view = self.view
        start = view.segment(left)[0]
        for i in range(left - 1, max(start, left - 12) - 1, -1):
            if view.is_in("if", i):
                return None if view.is_in("not_hypothesis", i - 1) else i
            if view.words[i] in ",:" or view.is_finite(i) or view.is_in("that", i):
                return None
        return None

    def _modifiers(self, node: Token) -> None:
        """Adjectives and adverbs of ``node`` that say how sure it is."""
        view = self.view
        left = view.nominal_left(node.i) if self._is_noun(node) else view.group(node.i).left
        near = set(range(max(left, 0), min(node.i + 3, len(view.words))))
        near |= {c.i for c in node.children if c.dep_.startswith(("amod", "advmod", "acl"))}
        for i in sorted(near):
            if i == node.i or self.trigger.start <= i < self.trigger.end:
                continue
            for hit in view.hits.get(i, ()):
                if hit.rule.kind == "modifier" and hit.rule.status and not self._far(node.i, i):
                    self._add(hit.rule.status, hit.start, hit.end)
        for child in node.children:
            if child.i > node.i and child.dep_.startswith(("acl", "amod")):
                op = self._op(child.i, "subject")
                if op is not None and op.rule.status:
                    self._apply(op, child)

    def _far(self, node: int, at: int) -> bool:
        """True where punctuation parts the two tokens."""
        low, high = min(node, at), max(node, at)
        return any(self.view.words[i] in ",;:." for i in range(low + 1, high))

    # What governs the node

    def _climb(self, node: Token, depth: int) -> None:
        if depth > 7 or node.i in self._seen:
            return
        self._seen.add(node.i)
        step = self._governor(node)
        if step is None:
            self._outside(node)
            return
        above = self.doc[step.at]
        if step.op is None:
            if step.link == "clause":
                return
            if step.link in ("noun", "subject") and not self._is_carrier(above):
                self._outside(node)
                return
            if self._is_carrier(above):
                self._local(above)
            self._climb(above, depth + 1)
            return
        if self._apply(step.op, above):
            return
        self._climb(above, depth + 1)

    def _apply(self, op: Hit, at: Token) -> bool:
        """Add the effect of a governing rule; True where the walk ends there."""
        rule, view = op.rule, self.view
        group = view.group(op.start)
        negated = None
        if rule.negated is not None or rule.status != "denied":
            negated = self._negation(group.left, op.end - 1)
            if negated is None and self._is_noun(at):
                before = len(self.effects)
                if self._noun(self.doc[op.start]):
                    negated = self.effects[-1].start
                    del self.effects[before:]
        if (rule.negated is not None or rule.demanded is not None) and view.is_in("without", group.left - 1):
            negated = group.left - 1
        if negated is not None:
            turned = rule.negated or ("denied" if rule.status == "planned" else None)
            if turned and turned != "none":
                self._add(turned, negated, negated + 1)
            return True
        if rule.demanded is not None and self._demanded(op, group.left):
            if rule.demanded == "asserted":
                self.presupposed = True
            else:
                self._add(rule.demanded, op.start, op.end)
            return True
        if rule.status:
            self._add(rule.status, op.start, op.end)
        return False

    def _demanded(self, op: Hit, left: int) -> bool:
        """True where the governor is only asked for: a duty, a wish or a demand stands before it."""
        view = self.view
        if view.any("past_auxiliaries", left, op.start) is not None or view.matches("past", op.start):
            return False
        start = view.segment(op.start)[0]
        for i in range(op.start - 1, start - 1, -1):
            if any(h.rule.demand for h in view.hits.get(i, ())):
                return True
        return view.is_in("that", start)

    def _governor(self, node: Token) -> Step | None:
        if self._is_noun(node) and not self.view.is_finite(node.i):
            near = self._before_noun(node)
            if near is not None:
                return Step(near.end - 1, "noun", near)
        step = self._by_tree(node)
        if step is not None and step.op is not None:
            return step
        repaired = self._by_order(node)
        return repaired or step

    def _by_tree(self, node: Token) -> Step | None:
        token, hops = node, 0
        while token.dep_ == "conj" and hops < 6 and token.head.i != token.i:
            token, hops = token.head, hops + 1
            if self._shares_auxiliary(node, token):
                self._tense(token, self.view.group(token.i).left)
                cue = self._negation(self.view.group(token.i).left, token.i)
                if cue is not None:
                    self._add("denied", cue)
        if token.head.i == token.i:
            return None
        link = self._link(token)
        if link is None:
            return None
        head = token.head
        return Step(head.i, link, self._op(head.i, link))

    def _shares_auxiliary(self, node: Token, first: Token) -> bool:
        """"a été acheté et livré": the second participle has no auxiliary of its own."""
        if self._is_noun(node) or self.view.is_finite(node.i):
            return False
        return self.view.any("finite", self.view.group(node.i).left, node.i) is None and first.i < node.i

    def _link(self, token: Token) -> Link | None:
        dep, head = token.dep_, token.head
        if dep == "xcomp":
            finite = self.view.any("finite", self.view.group(token.i).left, token.i)
            return None if finite is not None or self.view.is_finite(token.i) else "inf"
        if dep in ("ccomp", "csubj", "csubj:pass"):
            return "clause"
        if dep == "nsubj:pass":
            return "subject"
        if dep == "nsubj":
            return "subject" if self._op(head.i, "subject") or self._is_carrier(head) else None
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
            self._op(token.head.i, "noun") is not None and self.view.is_in("wide_prepositions", case.i)
        )

    def _op(self, at: int, link: Link) -> Hit | None:
        for hit in self.view.hits.get(at, ()):
            if hit.rule.kind == "governor" and link in hit.rule.links:
                return hit
        return None

    def _is_carrier(self, token: Token) -> bool:
        return any(h.rule.kind == "carrier" for h in self.view.hits.get(token.i, ()))

    def _by_order(self, node: Token) -> Step | None:
        """The governor by word order, where the tree has none."""
        view = self.view
        if self._is_noun(node) and not view.is_finite(node.i):
            op = self._before_noun(node, far=True)
            return Step(op.end - 1, "noun", op) if op else None
        left = view.group(node.i).left
        if view.is_finite(node.i) or view.any("finite", left, node.i) is not None:
            op = self._before_clause(left)
            return Step(op.end - 1, "clause", op) if op else None
        for i in range(left, node.i + 1):
            if (
                view.matches("infinitive", i)
                or view.matches("gerund", i)
                or view.is_in("gerund_mark", left - 1)
                or view.is_in("bare_mark", left - 1)
            ):
                op = self._linear(left if view.is_in("bare_mark", left - 1) else i)
                return Step(op.end - 1, "inf", op) if op else None
        return None

    def _before_noun(self, node: Token, far: bool = False) -> Hit | None:
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
        for n in range(8 if wide and far else 2):
            j = i - n
            if j < start or view.words[j] in ",;:":
                return None
            op = self._op(j, "noun")
            if op is not None:
                return op if not op.start <= node.i < op.end else None
            if view.is_finite(j) or (n and self.doc[j].pos_ == "NOUN"):
                return None
            if not (wide and far) and self.doc[j].pos_ not in ("ADJ", "ADV"):
                return None
        return None

    def _before_clause(self, left: int) -> Hit | None:
        view = self.view
        start = view.segment(left)[0]
        for i in range(left - 1, max(start, left - 26) - 1, -1):
            if view.is_in("that", i) and self.doc[i].pos_ != "PRON":
                for j in range(i - 1, max(start, i - 5) - 1, -1):
                    op = self._op(j, "clause")
                    if op is not None:
                        return op
                return None
            if view.words[i] in ":;" or view.is_finite(i):
                return None
        return None

    def _linear(self, at: int) -> Hit | None:
        """The governor to the left of an infinitive or gerund ``at``: next to it, or some way before its mark."""
        view = self.view
        start = view.segment(at)[0]
        i = at - 1
        while i >= start and view.is_in("clitics", i) or view.is_in("negators", i) or view.is_in("polarity", i):
            i -= 1
        for hit in view.hits.get(i, ()):
            if hit.end == i + 1 and hit.rule.kind == "marker":
                return None if view.is_in("perfect", at) else hit
        marked = view.is_in("infinitive_mark", i)
        steps = MARKER_REACH if marked else 3
        while i >= start and steps > 0:
            for hit in view.hits.get(i, ()):
                if hit.rule.kind in ("governor", "modal") and "inf" in hit.rule.links:
                    return hit
            if view.is_finite(i) or view.is_in("that", i):
                return None
            i, steps = view.before(i) if marked else i - 1, steps - 1
        return None

    def _outside(self, node: Token) -> None:
        """Where the walk ends in a modifier: what reaches through it (seizures, broken-off orders)."""
        self._through_by_order(node)
        token = node
        for _ in range(4):
            dep, head = token.dep_, token.head
            if head.i == token.i:
                return
            link: Link = "subject" if dep.startswith("nsubj") else "noun"
            for hit in self.view.hits.get(head.i, ()):
                if hit.rule.through and hit.rule.status and dep.startswith(("obj", "nsubj:pass", "obl", "nmod")):
                    if link in hit.rule.links:
                        self._add(hit.rule.status, hit.start, hit.end)
                    return
            if dep.startswith("acl"):
                self._beside(head, token)
            if not dep.startswith(("acl", "nmod", "amod", "appos", "conj", "nsubj", "obj", "obl")):
                return
            token = head

    def _beside(self, noun: Token, clause: Token) -> None:
        """A second relative or participle of ``noun`` that reaches through ("…, et qui ont été saisis")."""
        others = [c for c in noun.children if c.dep_.startswith("acl") and c.i != clause.i]
        others += [c for o in (*others, clause) for c in o.children if c.dep_ == "conj"]
        for other in others:
            for hit in self.view.hits.get(other.i, ()):
                if hit.rule.through and hit.rule.status and "subject" in hit.rule.links:
                    self._add(hit.rule.status, hit.start, hit.end)

    def _through_by_order(self, node: Token) -> None:
        """The same by order: a noun phrase, then the participle or relative clause of ``node``, alone between."""
        view = self.view
        left = view.group(node.i).left
        if self._is_noun(node):
            return
        i, start = left - 1, view.segment(node.i)[0]
        if view.is_finite(left) or view.any("finite", left, node.i) is not None:
            while i > left - 6 and i > start and not view.is_in("relatives", i):
                i -= 1
            if not view.is_in("relatives", i):
                return
            i -= 1
        for j in range(i, max(start, i - 7) - 1, -1):
            for hit in view.hits.get(j, ()):
                if hit.rule.through and hit.rule.status and "noun" in hit.rule.links:
                    self._add(hit.rule.status, hit.start, hit.end)
                    return
            if view.words[j] in ",:" or view.is_finite(j) or self.doc[j].pos_ in ("VERB", "AUX", "PUNCT"):
                return
