"""The walk from a trigger up through its governors, and the status effects met on the way."""

from __future__ import annotations

from spacy.tokens import Span, Token

from extractor.clauses import View
from extractor.cues import Hit
from extractor.governors import Governors
from extractor.model import Status
from extractor.polarity import Effect
from extractor.through import Through


class Walk:
    """One trigger's walk.

    After `run`, ``presupposed`` is True where the trigger's clause is background ("après avoir reçu")
    or where what is demanded is its end ("exige de cesser de livrer"): no source says it then.
    ``background`` is True for the former alone.
    """

    def __init__(self, view: View, trigger: Span) -> None:
        self.view = view
        self.doc = view.doc
        self.trigger = trigger
        self.presupposed = False
        self.background = False
        self.effects: list[Effect] = []
        self.governors = Governors(view)
        self.polarity = self.governors.polarity
        self.through = Through(view, self.polarity)
        self._seen: set[int] = set()

    def run(self) -> list[Effect]:
        """Effects on the trigger, from itself upwards."""
        node = self._head()
        self._own_rules()
        self._local(node)
        self._shared(node)
        self.presupposed = self.background = self.polarity.background(node)
        if not self.presupposed:
            self._climb(node, 0)
            clause = node.head if node.dep_ == "xcomp" else node
            if clause.dep_.startswith("acl"):
                self.effects += self.through.effects(clause) + self._fate(clause)
            self.effects += self._outcome(node) + self.through.carried(node)
        return self.effects

    def _fate(self, node: Token) -> list[Effect]:
        """Whether what was to pass, or is on its way, arrives: "Les chars que Lima devait livrer n'arriveront pas"."""
        noun, bound = node.head, self.view.is_in("bound", node.i)
        verb = noun.head
        if not (bound or self.effects) or any(e.status != "planned" for e in self.effects) or not noun.dep_.startswith("nsubj"):
            return []
        if not any(h.rule.kind == "arrival" for h in self.view.hits.get(verb.i, ())):
            return []
        left = self.view.group(verb.i).left
        cue = self.polarity.negation(left, verb.i)
        if cue is not None:
            return [Effect("denied", cue, cue + 1)]
        return self.polarity.tense(verb, left) if bound else []

    def _outcome(self, node: Token) -> list[Effect]:
        """What the main clause says of a transfer told between commas beside its subject: "Oslo, which had offered jets, was rebuffed"."""
        view = self.view
        at = self._resumption(node)
        if at is None:
            return []
        left = view.group(at).left
        negated = self.polarity.negation(left, at)
        if view.any("doing", at, at + 4) is not None and view.any("done", at, at + 4) is not None:  # "stopped doing so"
            denied = next((h for h in view.hits.get(at, ()) if h.rule.kind == "governor" and h.rule.status == "denied"), None)
            if negated is not None or denied is not None:
                return [Effect("denied", at, at + 1)]
        if not self.effects or any(e.status != "planned" for e in self.effects):
            return []
        hits = [h for i in range(left, at + 1) for h in view.hits.get(i, ()) if h.rule.kind == "rebuff" and h.start == i]
        return [Effect("denied", h.start, h.end) for h in hits if (negated is not None) == (h.rule.negated == "denied")][:1]

    def _resumption(self, node: Token) -> int | None:
        """The verb by which the main clause goes on behind a relative between commas that ``node`` stands in."""
        view = self.view
        start, end = view.segment(node.i)
        opening = next((i for i in range(node.i - 1, max(start, node.i - 10), -1) if view.words[i] == "," or view.words[i] == ":"), None)
        if opening is None or view.words[opening] != "," or not view.is_in("relatives", opening + 1):
            return None
        closing = next((i for i in range(node.i + 1, end) if view.words[i] == "," and view.is_verbal(i + 1)), None)
        if closing is None:
            return None
        verbs = [i for i in range(closing + 1, min(closing + 7, end)) if self.doc[i].pos_ == "VERB"]
        return verbs[-1] if len(verbs) > 1 and view.is_in("passing", verbs[0]) else verbs[0] if verbs else None

    def _head(self) -> Token:
        """The trigger's content word: a verb or noun, not an auxiliary or particle."""
        root = self.trigger.root
        if root.pos_ == "ADP" or (self.view.is_in("exchange", root.i) and not self.view.is_in("determiners", root.i - 1) and root.dep_ not in ("nsubj", "nsubj:pass", "obj")):
            return self._exchanging(root)
        if root.pos_ in ("VERB", "NOUN", "PROPN", "ADJ"):
            return root
        for token in self.trigger:
            if token.pos_ in ("VERB", "NOUN"):
                return token
        return root

    def _exchanging(self, root: Token) -> Token:
        """The verb of a swap that a preposition expresses ("a cédé … contre des obus")."""
        for up in root.ancestors:
            if up.pos_ in ("VERB", "AUX") and not up.dep_.startswith("aux"):
                return up
        return root

    def _add(self, status: Status, start: int, end: int | None = None) -> None:
        self.effects.append(Effect(status, start, start + 1 if end is None else end))

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
            return self.polarity.is_noun(token)
        return not (self.view.is_in("determiners", token.i - 1) and self.polarity.is_noun(token))

    def _local(self, node: Token) -> None:
        """Effects of the words around ``node`` that belong to it."""
        if self.polarity.is_noun(node) and not self.view.is_finite(node.i):
            cue = self.polarity.noun_negation(node)
            if cue is not None:
                self._add("denied", cue)
            elif not self.view.lists.get("ne"):
                self._verb(node)  # an English verb that the tagger holds for a noun: "no longer delivers"
        else:
            self._verb(node)
        self._modifiers(node)

    def _verb(self, node: Token) -> None:
        left = self.view.group(node.i).left
        cue = self.polarity.negation(left, node.i)
        unreal = self.polarity.unreal(left, node.i)
        if unreal is not None:
            if cue is None:
                self._add("denied", unreal)
            return
        tense = self.polarity.tense(node, left)
        if cue is not None and not (self.polarity.not_before(node.i) and (self.polarity.awaited(node.i) or any(e.status == "planned" for e in tense))):
            self._add("denied", cue)
        self.effects += tense

    def _shared(self, node: Token) -> None:
        """What the first of coordinated participles says for all ("n'a été ni acheté ni livré")."""
        token = node
        for _ in range(6):
            if token.dep_ != "conj" or token.head.i == token.i:
                return
            token = self.governors.conjunct_before(token)
            if self.governors.shares_auxiliary(node, token) and self.view.any("cleft_end", token.i, node.i) is None:
                self._verb(token)

    def _modifiers(self, node: Token) -> None:
        """Adjectives and adverbs of ``node`` that say how sure it is."""
        view = self.view
        left = view.nominal_left(node.i) if self.polarity.is_noun(node) else view.group(node.i).left
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
                op = self.governors.op(child.i, "subject")
                if op is not None and op.rule.status:
                    self._apply(op, child)

    def _far(self, node: int, at: int) -> bool:
        """True where punctuation parts the two tokens."""
        low, high = min(node, at), max(node, at)
        return any(self.view.words[i] in ",;:." for i in range(low + 1, high))

    def _climb(self, node: Token, depth: int) -> None:
        if depth > 7 or node.i in self._seen:
            return
        self._seen.add(node.i)
        step = self.governors.of(node)
        if step is None or step.op is None:
            self.effects += self.polarity.attributive(node)
        if step is None:
            self.effects += self.through.effects(node)
            return
        above = self.doc[step.at]
        if step.op is None:
            if step.link == "clause":
                return
            if step.link in ("noun", "subject") and not self.governors.is_carrier(above):
                self.effects += self.through.effects(node)
                return
            if self.governors.is_carrier(above):
                self._local(above)
            self._climb(above, depth + 1)
            return
        if self._apply(step.op, above):
            return
        self._climb(above, depth + 1)

    def _apply(self, op: Hit, at: Token) -> bool:
        """Add the effect of a governing rule; True where the walk ends there."""
        rule, view = op.rule, self.view
        left = view.group(op.start).left
        negated = self._negated(op, at, left)
        if negated is not None:
            turned = rule.negated or ("denied" if rule.status == "planned" else None)
            if turned and turned != "none":
                self._add(turned, negated)
            return True
        if rule.demanded is not None and self._demanded(op, left):
            if rule.demanded == "asserted":
                self.presupposed = True
            else:
                self._add(rule.demanded, op.start, op.end)
            return True
        if rule.status:
            self._add(rule.status, op.start, op.end)
        elif rule.kind == "governor":
            self.effects += self.polarity.tense(self.doc[op.start], left)
        return False

    def _negated(self, op: Hit, at: Token, left: int) -> int | None:
        """The token that negates the governor ``op``, where that turns it."""
        rule, view = op.rule, self.view
        if (rule.negated is not None or rule.demanded is not None) and view.is_in("without", left - 1):
            return left - 1
        if rule.negated is None and rule.status == "denied":
            return None
        cue = self.polarity.negation(left, op.end - 1)
        if cue is not None and op.start <= cue < op.end:
            cue = None
        if cue is None and self.polarity.is_noun(at):
            cue = self.polarity.noun_negation(self.doc[op.start])
        return cue

    def _demanded(self, op: Hit, left: int) -> bool:
        """True where the governor is only asked for: a duty, a wish or a demand stands before it."""
        view = self.view
        if view.is_in("imperatives", op.start) and not self.doc[op.start - 1].is_alpha:
            return True
        if view.any("past_auxiliaries", left, op.start) is not None or view.matches("past", op.start):
            return False
        start = view.segment(op.start)[0]
        for i in range(op.start - 1, start - 1, -1):
            if any(h.rule.demand for h in view.hits.get(i, ())):
                return True
        return view.is_in("that", start)
