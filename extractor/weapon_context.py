"""Whether an ambiguous weapon word counts, by what stands near it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from extractor.model import Mention
from extractor.runs import Tokens
from extractor.weapon_grammar import Grammar, Head

WINDOW = 700  # characters within which a cue or another weapon speaks for an ambiguous word
AFTER = 150  # characters within which a later weapon still speaks for a generic noun of its kind
NEAR = 120  # characters within which a word of delivery speaks for a plural
_COUNTERPARTS = {"aircraft": {"aircraft", "uncrewed systems"}, "ship": {"ships"},
                 "missile": {"missiles", "uncrewed systems", "munitions"}}  # fmt: skip
_FIRING = frozenset({"missiles", "air-defence systems", "artillery", "sensors"})

_MANY = frozenset({"des", "les", "ses", "ces", "leurs", "nos", "vos"})  # tell of many, but do not count
_NO_DETERMINER = frozenset({"à", "en", "par", "avec", "sans", "contre", "et", "ou", "de", "entre"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A group or a bare designation with the runs it covers, and what it needs to count."""

    start: int
    end: int
    needs: frozenset[str]
    mention: Mention
    head: Head | None = None
    plural: bool = False  # a name with an "s" that it has not of itself ("Mustangs")


class Context:
    """What one text offers: places of ``cues`` (words of war), of ``items`` (words of delivery), and ambiguous names."""

    def __init__(self, tokens: Tokens, grammar: Grammar) -> None:
        self.tokens, self.grammar = tokens, grammar
        self.cues: list[int] = []
        self.items: list[int] = []
        self.names: list[Candidate] = []

    def counting(self, candidates: list[Candidate]) -> list[Candidate]:
        """Those that count: first what is sure, then what cues or cargo words vouch for, then what those vouch for."""
        counted = [c for c in candidates if not c.needs]
        open_ones = [c for c in candidates if c.needs]
        for stage in (("cue", "det", "deal"), ("weapon", "det"), ("same", "count"), ("item",)):
            known = sorted(counted, key=lambda c: c.start)
            starts = [self.tokens.starts[c.start] for c in known]
            rest: list[Candidate] = []
            for candidate in open_ones:
                at = self.tokens.starts[candidate.start]
                near = known[bisect_left(starts, at - WINDOW) : bisect_left(starts, at + WINDOW + 1)]
                needs = (need for need in sorted(candidate.needs) if need.split("-")[0] in stage)
                met = any(self._met(candidate, need, near) for need in needs)
                (counted if met else rest).append(candidate)
            open_ones = rest
        return counted

    def _met(self, candidate: Candidate, need: str, known: list[Candidate]) -> bool:
        at = self.tokens.starts[candidate.start]
        if need in ("det", "det-weapon") and not (self._determined(candidate.start) or self._continues(candidate)):
            return False
        if need in ("cue", "det") and (_within(self.cues, at, WINDOW) or self._companion(candidate)):
            return True
        several = candidate.head is None or any(self.tokens.words[i][-1] in "sx" for i in (candidate.start, candidate.end - 1))
        if need == "count":
            return self._numbered(candidate) and _within(self.items, at, NEAR) and (bool(known) or _within(self.cues, at, WINDOW))
        if need == "det" and self._numbered(candidate) and _within(self.items, at, NEAR):
            return True
        if need == "cue" and ((several and _within(self.items, at, NEAR)) or self._counted(candidate)):
            return True
        if need == "deal" and _within(self.items, at, NEAR) and _within(self.cues, at, WINDOW):
            return True
        if need == "det-weapon" and self._companion(candidate) and _within(self.cues, at, WINDOW):
            return True
        if need in ("cue", "weapon", "det", "det-weapon"):
            return bool(known)
        if need == "item":
            return _within(self.items, at - 20, 40) or self._listed(candidate, known)
        kind = need.partition("-")[2] or candidate.mention.category or ""
        allowed = _COUNTERPARTS.get(kind, _FIRING if kind in _FIRING else {kind})
        return any(
            c.mention.category in allowed and at - self.tokens.starts[c.start] >= -AFTER for c in known
        )

    def _companion(self, candidate: Candidate) -> bool:
        """Whether another ambiguous designation stands near: two such names speak for each other."""
        return candidate.head is None and any(
            abs(self.tokens.starts[other.start] - self.tokens.starts[candidate.start]) <= WINDOW
            and other.mention.entity != candidate.mention.entity
            for other in self.names
        )

    def _counted(self, candidate: Candidate) -> bool:
        """Whether a bare name is counted or many ("six Rafales", "ses Rafale"), as no person or city is."""
        tokens, at = self.tokens, candidate.start
        if candidate.head is not None or not tokens.joined(at):
            return False
        word = tokens.words[at - 1]
        if self.grammar.lang == "en":
            return tokens.raw(candidate.end - 1).endswith("s") and (word.isdigit() or word in self.grammar.words["numbers"])
        return word.isdigit() or word in self.grammar.words["numbers"]

    def _numbered(self, candidate: Candidate) -> bool:
        """Whether a number stands before a bare name, or the name itself is in the plural: "vingt Guarani", "Mustangs"."""
        before = self.tokens.words[candidate.start - 1] if self.tokens.joined(candidate.start) else ""
        counted = before.isdigit() or before in self.grammar.words["numbers"] - _MANY
        return candidate.head is None and (candidate.plural or (counted and self.grammar.lang == "fr"))

    def _determined(self, start: int) -> bool:
        """Whether a name has a determiner or number before it, as a thing has and a person or city hasn't."""
        tokens = self.tokens
        if not tokens.joined(start):
            return False
        word = tokens.words[start - 1]
        if self.grammar.lang == "en":
            return word.isdigit() or word in self.grammar.words["before_det"] or tokens.raw(start).endswith("s")
        return word.isdigit() or word in self.grammar.words["before_det"] - _NO_DETERMINER

    def _continues(self, candidate: Candidate) -> bool:
        """Whether a name goes on a list of names: "ses Griffon, Serval et Jaguar"."""
        ties = self.grammar.words["and"] | {","}
        at = candidate.start - 1
        return at > 0 and self.tokens.words[at] in ties and any(
            other.end == at and (self._determined(other.start) or self._continues(other)) for other in self.names
        )

    def _listed(self, candidate: Candidate, known: list[Candidate]) -> bool:
        """Whether a comma or "and" alone ties the candidate to a weapon that counts."""
        ties = self.grammar.words["and"] | {","}
        for other in known:
            between = self.tokens.words[other.end : candidate.start] or self.tokens.words[candidate.end : other.start]
            if 0 < len(between) <= 3 and between[0] in ties:
                return True
        return False


def _within(positions: list[int], at: int, reach: int) -> bool:
    i = bisect_left(positions, at - reach)
    return i < len(positions) and positions[i] <= at + reach
