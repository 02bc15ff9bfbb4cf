"""How far a source's word reaches: sentences it opens, asides it stands in, main clauses that go on behind it."""

from __future__ import annotations

from extractor.clauses import View
from extractor.cues import Hit


class Scopes:
    """Reads the borders of what is said off a `View`."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.doc = view.doc

    def opens_sentence(self, at: int) -> bool:
        start = self.view.sentence(at)[0]
        return all(not self.doc[i].is_alpha or self.view.is_in("openers", i) for i in range(start, at))

    def closes(self, at: int) -> bool:
        return at >= self.view.segment(at - 1)[1] - 1

    def clause_start(self, at: int, start: int) -> int:
        for i in range(at - 1, start, -1):
            if self.view.is_in("contrast", i):
                return i
        return start

    def is_apart(self, hit: Hit, left: int, at: int, finite: bool) -> bool:
        """False where the clause beside, whose subject is at ``at``, is another's: "a deal that X described as…", "whatever X said"."""
        view = self.view
        while at > 0 and view.is_in("determiners", at - 1):
            at -= 1
        if any(view.is_in(name, at - 1) for name in ("relatives", "concessive")) or view.is_in("to", left - 1):
            return False
        if not any(token.is_alpha for token in self.doc[view.segment(at)[0] : at]):
            return False
        if finite and hit.rule.links:
            return True
        closed = view.words[hit.end] in ",.;—–" or not (view.is_in("to", hit.end) or (view.is_in("by", hit.end) and not finite))
        return at > 0 and view.words[at - 1] in ",—–" and closed

    def resumed(self, hit: Hit, left: int, end: int) -> int:
        """Where the main clause goes on behind a relative that says: "Oslo, which said that…, has sold"."""
        view = self.view
        if not (view.is_in("relatives", left - 1) and view.words[left - 2] == ","):
            return end
        return next((i for i in range(hit.end, end - 1) if view.words[i] == "," and view.is_finite(i + 1)), end)

    def is_aside(self, at: int) -> bool:
        """True where an aside ends at ``at`` and its clause goes on behind it."""
        view = self.view
        return view.words[at : at + 1] == [","] and at + 2 < view.segment(at - 1)[1]

    def aside_start(self, at: int, start: int) -> int:
        """Where the clause begins that an aside at ``at`` breaks: ", and Oslo, officials say, has…", "que X juge, selon Y, …"."""
        view = self.view
        at = next((i for i in range(at, max(start, at - 6), -1) if view.words[i - 1] in ",–—"), start)
        told = False
        if view.is_in("coordinators", at - 2) and at - 2 > start:
            return at - 1
        for i in range(at - 2, start, -1):
            if view.is_in("clause_openers", i):
                return i if not told or view.is_finite(at - 2) else start
            if view.words[i] == ",":
                return i + 1 if view.is_in("coordinators", i + 1) and not told else start
            told = told or view.is_finite(i)
        return start

    def beside_end(self, at: int, end: int) -> int:
        """Where the reach of a verb set beside ends: a relative on its subject, a new main clause."""
        words, view = self.view.words, self.view
        for i in range(at, end - 1):
            if words[i] != ",":
                continue
            clause = view.is_in("coordinators", i + 1) and i + 2 < end and self.doc[i + 2].pos_ not in ("VERB", "AUX")
            if clause or (i == at and (view.is_in("relatives", i + 1) or (view.is_in("clause_openers", i + 1) and not view.is_in("that", i + 1)))):
                return i
        return end

    def near_starts(self, at: int) -> range:
        start = self.view.sentence(at)[0]
        return range(start, start + 2)
