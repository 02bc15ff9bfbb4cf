"""What a verb group or noun says of itself: noun or verb, tense, mood, modality.

All is read from word order with the word lists of the language; offsets are token indices of the Doc.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from extractor.model import Status
from extractor.negation import Negation


@dataclass(frozen=True, slots=True)
class Effect:
    """A status and the tokens ``start``..``end`` (exclusive) that impose it."""

    status: Status
    start: int
    end: int


class Polarity(Negation):
    """Reads the words around one token of a `View`."""

    def is_noun(self, token: Token) -> bool:
        """True where ``token`` stands as a noun, whatever the tagger holds."""
        view, i = self.view, token.i
        if token.pos_ in ("VERB", "AUX") and (
            view.matches("infinitive", i) or view.is_in("of", i - 1) or view.is_in("bare_mark", i - 1)
        ):
            return False
        if view.is_in("clitics", i - 1) and view.tense(i) is not None:
            return False
        if i and (view.is_in("determiners", i - 1) or view.is_in("noun_left", i - 1)):
            if not view.is_in("clitics", i - 1) or token.pos_ == "NOUN":
                return True
            return i == 1 or view.words[i - 2] in ",:;." or view.is_in("complement_prepositions", i - 2)
        return token.pos_ in ("NOUN", "PROPN")

    def tense(self, node: Token, left: int) -> list[Effect]:
        """Effects of tense, mood and modals in the verb group ``left``..``node``, and of "si" before it."""
        view = self.view
        out = [effect for i in range(left, node.i) for effect in self._auxiliary(i, node.i)]
        far = next((c for c in node.children if c.i < left and c.dep_.startswith("aux") and self._is_far(c.i, left)), None)
        if far is None and left and view.words[left - 1] == ",":  # "must, by the end of next month, provide"
            at = view.before(left)
            if at < left - 2 and not view.matches("perfect_participle", left) and (modal := self._auxiliary(at, node.i)):
                return out + modal
        if far is not None:
            out += self._auxiliary(far.i, node.i)
        elif left == node.i or not view.any("finite", left, node.i):
            form = view.tense(node.i)
            if form is not None:
                status: Status = self._conditional(node.i) if form == "conditional" else "planned"
                out.append(Effect(status, node.i, node.i + 1))
        marker = self._hypothesis(left)
        if marker is None:
            marker = self._until(node)
        if marker is not None:
            out.append(Effect("planned", marker, marker + 1))
        return out

    def _until(self, node: Token) -> int | None:
        """The "once", "until" of a condition to what is still to come: "It will pay once Oslo has sent them"."""
        view = self.view
        mark = next((c.i for c in node.children if c.dep_ == "mark" and view.is_in("until", c.i)), None)
        if mark is None:
            return None
        left = view.group(node.head.i).left
        return mark if any(h.rule.kind == "modal" for i in range(left, node.head.i) for h in view.hits.get(i, ())) else None

    def attributive(self, node: Token) -> list[Effect]:
        """An infinitive that says of a noun what is to come: "chars à livrer à Kiev", "Oslo to supply radars"."""
        view = self.view
        left = view.group(node.i).left
        start, before = view.segment(node.i)[0], left - 2
        if before < start or not view.is_in("attributive_mark", left - 1) or self.is_noun(node):
            return []
        follows = self.doc[before].pos_ in ("NOUN", "PROPN", "NUM", "X") or self.doc[before].is_title or view.words[before] in ",:"
        french = bool(view.lists.get("ne"))
        if french and not (node.dep_.startswith("acl") and view.matches("infinitive", left)):
            return []
        headline = not any(view.is_finite(i) or any(h.rule.kind == "governor" for h in view.hits.get(i, ())) for i in range(start, before + 1))
        if follows and (french or headline or view.words[left] == "be"):
            return [Effect("planned", left - 1, node.i + 1)]
        return []

    def _auxiliary(self, i: int, head: int) -> list[Effect]:
        """What the auxiliary or modal at ``i`` says of the verb ``head``."""
        view, out = self.view, []
        for hit in view.hits.get(i, ()):
            if hit.start == i and hit.rule.kind == "modal" and hit.rule.status:
                perfect = hit.rule.demanded is not None and view.any("perfect", hit.end, head) is not None
                out.append(Effect(hit.rule.demanded if perfect and hit.rule.demanded else hit.rule.status, i, hit.end))
        if view.is_in("hearsay_auxiliaries", i):
            out.append(Effect(self._conditional(i), i, i + 1))
        elif view.is_in("future_auxiliaries", i):
            out.append(Effect("planned", i, i + 1))
        return out

    def _is_far(self, at: int, left: int) -> bool:
        """True for an auxiliary that a phrase parts from its verb ("will this week receive"), another verb's aside."""
        view = self.view
        if any(view.is_finite(i) and view.words[i + 1 : i + 2] != [","] for i in range(at + 1, left)):
            return view.words[at + 1] == "," and view.words[left - 1] == ","
        return True

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

    def unreal(self, left: int, head: int) -> int | None:
        """The "si", "if" of what did not come about: "s'ils avaient livré", "if they had sent"."""
        if self.view.any("pluperfect", left, head) is not None:
            return self._hypothesis(left)
        return self._inverted(left)

    def _inverted(self, left: int) -> int | None:
        """The "had" before the subject of what did not come about: "Had they sent the guns, …"."""
        view = self.view
        i = left - 1
        while i > view.segment(left)[0] and i > left - 8 and not view.is_in("pluperfect", i):
            if view.words[i] == "," or view.is_finite(i):
                return None
            i -= 1
        opens = view.is_in("pluperfect", i) and (i == view.segment(left)[0] or view.words[i - 1] == ",") and view.words[i + 1] != ","
        return i if opens and view.is_in("inverting", i) else None

    def _hypothesis(self, left: int) -> int | None:
        """"si", "if" at the head of the clause that the verb group ``left`` stands in."""
        view = self.view
        start = view.segment(left)[0]
        for i in range(left - 1, max(start, left - 12) - 1, -1):
            if view.is_in("if", i):
                return None if view.is_in("not_hypothesis", i - 1) else i
            if view.words[i] == ":" or view.is_finite(i) or view.is_in("that", i):
                return None
        return None

    def not_before(self, head: int) -> bool:
        """True where a date that the verb waits for follows: "will not arrive before 2026", "ne viendront pas avant mai"."""
        view = self.view
        at = view.any("not_before", head + 1, min(head + 9, view.segment(head)[1]))
        if at is None or any(view.words[i] in ",;:" or view.is_finite(i) for i in range(head + 1, at)):
            return False
        after = range(at + 1, min(at + 4, view.size))
        return any(view.words[i].isdigit() or view.is_in("time", i) or view.is_in("time_nouns", i) for i in after)

    def awaited(self, i: int) -> bool:
        """True for "due", "expected": what is not yet here is still to come."""
        return self.view.is_in("awaited", i)

    def background(self, node: Token) -> bool:
        """True for "après avoir reçu", "pour avoir vendu", "after buying": a fact beside what is said."""
        view = self.view
        if self.is_noun(node):
            return False
        left = view.group(node.i).left
        while left < node.i and not view.is_in("perfect", left) and not view.matches("infinitive", left):
            left += 1
        before = left - 1
        if left == node.i and view.any("finite", view.group(node.i).left, left) is not None:  # "has since sold"
            return False
        while before >= 0 and view.is_in("clitics", before):
            before -= 1
        if view.is_in("background", before):
            return True
        if view.hits.get(before):  # "poursuivi pour avoir livré"
            return False
        return view.is_in("background_perfect", before) and view.is_in("perfect", left) and left < node.i
