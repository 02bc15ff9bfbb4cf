"""Weapon mentions found by form: a grammar of weapon noun groups and a gazetteer of designations.

A noun group is a head noun with its classifying words ("missiles balistiques à courte portée",
"155mm artillery shells") and designations ("chars Leopard 2", "F-16 fighters"). An ambiguous head
or name counts only by what stands near it; the vocabulary files say which and when.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import lru_cache

from spacy.tokens import Doc

from extractor import designations, weapon_grammar
from extractor.designations import Designation, Gazetteer
from extractor.lexicon import Lexicon
from extractor.model import Mention
from extractor.runs import Tokens
from extractor.weapon_context import Candidate, Context
from extractor.weapon_grammar import Grammar
from extractor.weapon_groups import Group, Grouper
from extractor.weapon_groups_en import EnglishGrouper
from extractor.weapon_groups_fr import FrenchGrouper

NEAR = 120  # characters within which a word of `near` speaks against an ambiguous noun


def find(doc: Doc, lexicon: Lexicon) -> list[Mention]:
    """Weapon mentions of ``doc`` in the order of the text; none overlaps another."""
    return find_in(doc.text, lexicon)


def find_in(text: str, lexicon: Lexicon) -> list[Mention]:
    """Weapon mentions of a text in the lexicon's language; offsets are code points into ``text``."""
    grammar = weapon_grammar.load(lexicon.lang)
    return _Finder(Tokens(text), grammar, designations.load(), lambda name: bool(lexicon.names.get(name))).mentions()


class _Finder:
    """One text's search: candidates first, then which of them count, then the longest of each place."""

    def __init__(
        self, tokens: Tokens, grammar: Grammar, gazetteer: Gazetteer, known: Callable[[str], bool]
    ) -> None:
        self.tokens, self.grammar, self.gazetteer, self.known = tokens, grammar, gazetteer, known
        self.context = Context(tokens, grammar)

    def mentions(self) -> list[Mention]:
        candidates = self._candidates()
        if not candidates:
            return []
        taken: list[Candidate] = []
        covered = bytearray(len(self.tokens))
        for c in sorted(self.context.counting(candidates), key=lambda c: (c.start - c.end, c.start)):
            if not any(covered[c.start : c.end]):
                covered[c.start : c.end] = b"\1" * (c.end - c.start)
                taken.append(c)
        return [c.mention for c in sorted(taken, key=lambda c: c.start)]

    def _candidates(self) -> list[Candidate]:
        tokens, grammar, marks = self.tokens, self.grammar, _marks(self.grammar.lang)
        found = [(i, mark) for i, mark in enumerate(map(marks.get, tokens.words)) if mark]
        if not any(mark & (_NOUN | _NAME) for _, mark in found):
            return []
        nouns: list[int] = []
        named: dict[int, Designation] = {}
        skip = 0
        for i, mark in found:
            if mark & _CUE:
                self.context.cues.append(tokens.starts[i])
            if mark & _ITEM:
                self.context.items.append(tokens.starts[i])
            if mark & _NOUN:
                nouns.append(i)
            if mark & _NAME and i >= skip and (name := self.gazetteer.at(tokens, i)) is not None:
                named[i], skip = name, name.end
        if not nouns and not named:
            return []
        grouper = _GROUPERS[grammar.lang](tokens, grammar, named, self.known)
        found_groups = [group for i in nouns for group in grouper.groups(i)]
        groups = [self._from_group(group) for group in found_groups if not self._blocked(group)]
        self.context.names = [c for d in named.values() if (c := self._from_designation(d, grouper)) is not None]
        return groups + self.context.names

    def _mention(self, start: int, end: int, rule: str, entity: str, category: str, link: str) -> Mention:
        a, b = self.tokens.starts[start], self.tokens.ends[end - 1]
        return Mention(a, b, self.tokens.text[a:b], "WEAPON", rule, f"weapon:{entity}", category=category, link=link)

    def _from_group(self, group: Group) -> Candidate:
        head = group.head
        needs = frozenset() if group.strong else group.soft or head.needs
        entity, category, link = group.identity(self.grammar)
        mention = self._mention(group.start, group.end, "grammar:weapon", entity, category, link)
        return Candidate(group.start, group.end, needs, mention, head)

    def _from_designation(self, found: Designation, grouper: Grouper) -> Candidate | None:
        alias = found.choose(None)
        if alias.need and self.tokens.gap(found.start) == "-":
            return None
        needs = _NEEDED.get(alias.need, frozenset())
        plural = self._plural(found)
        start, end = grouper.around(found)
        mention = self._mention(start, end, found.rule, alias.system.id, alias.system.category, found.rule)
        if self._firm(found) or (needs and not plural and self._person(found)):
            return None
        return Candidate(start, end, needs, mention, plural=plural)

    def _plural(self, found: Designation) -> bool:
        """Whether an English name has an "s" that it has not of itself, as no person's or firm's name has ("American Harpoons")."""
        raw = self.tokens.raw(found.end - 1)
        return self.grammar.lang == "en" and raw.endswith("s") and all("".join(alias.raws[-1:]).lower() != raw.lower() for alias in found.aliases)

    def _firm(self, found: Designation) -> bool:
        """Whether the name goes on as a company's ("BrahMos Aerospace")."""
        after = found.end
        return (
            self.tokens.joined(after) and self.tokens.words[after] in self.grammar.words["firms"]
            and self.tokens.capital(after)
        )  # fmt: skip

    def _person(self, found: Designation) -> bool:
        """Whether an ambiguous name stands among other capitalised words, as a person's or firm's does."""
        tokens = self.tokens
        if any(word[0].isdigit() for word in tokens.words[found.start : found.end]):
            return False
        before, after = found.start - 1, found.end
        if tokens.joined(found.start) and tokens.gap(found.start) in (" ", "-") and tokens.capital(before):
            opens = not tokens.joined(before) and not tokens.words[before].isdigit()
            # "the American Reaper": English demonyms have capitals too.
            led = tokens.joined(before) and self.grammar.lang == "en" and (
                tokens.words[before - 1] in self.grammar.words["before_det"]
            )
            if not opens and not led and tokens.words[before] not in self.grammar.words["makers"]:
                return True
        return (
            tokens.joined(after) and tokens.gap(after) in (" ", "-") and tokens.capital(after)
            and len(tokens.raw(after)) > 2 and tokens.words[after] not in self.grammar.words["makers"]
        )  # fmt: skip

    def _blocked(self, group: Group) -> bool:
        tokens, head = self.tokens, group.head
        if head.needs and (group.arms or group.alias is not None):
            return False
        for left, right in head.blocks:
            a, b = group.noun - len(left), group.noun_end + len(right)
            if a >= 0 and tokens.words[a : group.noun] == left and tokens.words[group.noun_end : b] == right:
                return True
        if not head.near or group.arms or group.alias is not None:
            return False
        low = bisect_left(tokens.starts, tokens.starts[group.start] - NEAR)
        high = bisect_left(tokens.starts, tokens.ends[group.end - 1] + NEAR)
        return any(word in head.near for word in tokens.words[low:high])


_GROUPERS: dict[str, type[Grouper]] = {"fr": FrenchGrouper, "en": EnglishGrouper}
_CUE, _ITEM, _NOUN, _NAME = 1, 2, 4, 8
# What the needs of the gazetteer's names (see `designations`) ask of the context.
_NEEDED = {"c": frozenset({"cue"}), "d": frozenset({"det"}), "w": frozenset({"det-weapon"}), "h": frozenset({"count"})}


@lru_cache(maxsize=4)
def _marks(lang: str) -> dict[str, int]:
    """What each word may open or speak for, as bits: one look-up a word decides whether to look closer."""
    grammar, gazetteer = weapon_grammar.load(lang), designations.load()
    marks: dict[str, int] = {}
    kinds = ((grammar.words["cues"], _CUE), (grammar.words["item_cues"], _ITEM),
             (grammar.heads.by_word, _NOUN), (gazetteer.openers, _NAME))  # fmt: skip
    for words, bit in kinds:
        for word in words:
            marks[word] = marks.get(word, 0) | bit
    return marks
