"""Weapon noun groups: a head noun and the classifying words around it that belong to its name.

French groups grow to the right ("missiles" + "antinavires" + "BrahMos"), English ones to the left.
Quantities, determiners, demonyms and plain qualities ("modernes", "second-hand") end a group.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field

from extractor.designations import Alias, Designation
from extractor.runs import Tokens
from extractor.weapon_grammar import Grammar, Head, Modifier

_COMPOUND = frozenset({"components", "engines"})
_CARRIERS = frozenset({"battery", "launcher", "system", "launch unit", "complex"})  # they go by what they fire
CALIBRE_UNITS = frozenset({"mm", "millimètres", "millimetre", "livres", "calibre", "caliber", "cal", "pound", "cm", "inch", "pouces", "kiloton", "millimeter", "pounder"})  # fmt: skip
# A gunmaker's or planemaker's name makes a weapon of a noun of these kinds ("Bofors guns"), not of an engine.
MARKED = frozenset({"aircraft", "artillery", "small arms", "missiles", "munitions"})
_OPENERS = frozenset(".!?:;«“\"”»(–—•●[*,")


def _bare(alias: Alias) -> Head:
    return Head(alias.system.id, alias.system.category, alias.system.en)


@dataclass(slots=True)
class Group:
    """A noun group over runs ``start`` to ``end``; its head noun lies at ``noun`` to ``noun_end``."""

    head: Head
    start: int
    end: int
    noun: int
    noun_end: int
    modifiers: list[str] = field(default_factory=list)
    alias: Alias | None = None
    nested: Group | None = None
    name: str = ""
    arms: bool = False
    tied: bool = False
    soft: frozenset[str] = frozenset()

    @property
    def strong(self) -> bool:
        """Whether the words themselves tell a weapon."""
        if self.arms or self.alias is not None or not self.head.needs:
            return True
        return "named" in self.head.needs and bool(self.name)

    def identity(self, grammar: Grammar) -> tuple[str, str, str]:
        """Canonical id (without prefix), category, and the rule that tied them."""
        compound = self.head.category in _COMPOUND
        if self.alias is not None and not (compound and self.alias.system.category not in _COMPOUND):
            return self.alias.system.id, self.alias.system.category, "gazetteer:weapon"
        if self.alias is None and self.name and not compound:
            return self.name.lower(), self.head.category, "pattern:designation"
        if self.nested is not None and self.nested.head.category not in _COMPOUND and self.head.id in _CARRIERS:
            return self.nested.identity(grammar)
        words = sorted(set(self.modifiers), key=lambda key: (grammar.rank.get(key, -1), key))
        if self.nested is not None:
            words.append(self.nested.identity(grammar)[0])
        if self.alias is not None:
            words.insert(0, self.alias.system.id)
        return " ".join([*words, self.head.id]), self.head.category, "grammar:weapon"


class Grouper(ABC):
    """Builds the groups of one text. ``named`` has its designations by their first run.

    ``known`` tells whether a capitalised word is a name of something else (a state, a firm, a person).
    """

    def __init__(
        self, tokens: Tokens, grammar: Grammar, named: dict[int, Designation], known: Callable[[str], bool]
    ) -> None:
        self.tokens, self.grammar, self.named, self.known = tokens, grammar, named, known
        self.ending = {found.end: found for found in named.values()}

    def groups(self, at: int) -> list[Group]:
        """The groups whose head noun starts at run ``at``: none or one."""
        if self.tokens.gap(at) == "-" and self.hyphened(self.tokens.words[at - 1]):
            return []
        for end, head in self.grammar.heads.at(self.tokens, at):
            if not self.written_as_noun(at, end) or not self._determined(head, at, end):
                continue
            if head.unless_next and self.tokens.joined(end) and self.tokens.words[end] in head.unless_next:
                continue
            group = Group(head, at, end, at, end)
            self.grow(group)
            return [group]
        return []

    def around(self, found: Designation) -> tuple[int, int]:
        """A bare designation with the classifying words beside it: "Harpoon côtiers", "truck-launched Harpoons"."""
        alias = found.choose(None)
        group = Group(_bare(alias), self.maker_start(found.start), found.end, found.start, found.end, alias=alias)
        self.grow_bare(group)
        return group.start, group.end

    @abstractmethod
    def grow(self, group: Group) -> None:
        """Take in the words beside the head noun."""

    @abstractmethod
    def grow_bare(self, group: Group) -> None:
        """Take in the modifiers beside a designation that has no head noun."""

    @abstractmethod
    def groups_from(self, at: int) -> list[Group]:
        """Groups whose first run is ``at``."""

    def hyphened(self, before: str) -> bool:
        """Whether a word tied by a hyphen makes another thing of the noun ("anti-missile")."""
        return before == "anti"

    def maker_start(self, start: int) -> int:
        """Where a designation starts with its maker's name before it, if that stands there."""
        if self.tokens.joined(start) and self.tokens.gap(start) in (" ", "-"):
            before = start - 1
            if self.tokens.words[before] in self.grammar.words["makers"] and self.tokens.capital(before):
                return before
        return start

    def written_as_noun(self, at: int, end: int) -> bool:
        """A common noun has no capital but where a sentence, title or quotation opens."""
        tokens = self.tokens
        if not tokens.capital(at):
            return True
        raw = tokens.raw(at)
        if len(raw) > 3 and raw.isupper():
            return True
        if not tokens.joined(at) or "\n" in tokens.gap(at) or tokens.words[at - 1] in _OPENERS:
            titled = tokens.joined(end) and tokens.capital(end) and tokens.raw(end).isalpha() and end not in self.named
            return not (titled and self.grammar.lang == "en")
        return tokens.words[at] in self.grammar.words["acronyms"]

    def _determined(self, head: Head, at: int, end: int) -> bool:
        if not head.det or (head.det == "sg" and self.tokens.words[end - 1][-1] in "sx"):
            return True
        if not self.tokens.joined(at):
            return True
        word = self.tokens.words[at - 1]
        return (
            word in self.grammar.words["before_det"] or word[-1].isdigit() or not word[-1].isalpha()
            or word.endswith(("er", "ir", "oir", "dre"))
        )  # fmt: skip

    def allowed(self, modifier: Modifier, head: Head) -> bool:
        """Whether a modifier goes with a head."""
        return (modifier.heads is None or head.id in modifier.heads) and (head.only is None or modifier.id in head.only)

    def lower(self, modifier: Modifier, at: int) -> bool:
        """Whether a modifier is written small where it should be."""
        return modifier.cased or not self.tokens.capital(at)

    def take_name(self, group: Group, at: int, end: int) -> None:
        """Give the group the name that stands over runs ``at`` to ``end``."""
        inside = next((self.named[i] for i in range(at, end) if i in self.named), None)
        if inside is not None:
            group.alias = inside.choose(group.head.category)
            end = max(end, inside.end)
        else:
            group.name = self.tokens.text[self.tokens.starts[at] : self.tokens.ends[end - 1]]
        group.end = end

    def nested(self, group: Group, at: int) -> bool:
        """Take in "de" or "for" + another group ("obus de mortier", "bullets for rifles")."""
        if self.tokens.words[at] not in self.grammar.words["of"] or group.alias is not None or not group.head.nest:
            return False
        for inner in self.groups_from(at + 1):
            if not inner.strong and inner.head.needs & {"never"}:
                return False
            group.nested, group.end = inner, inner.end
            group.arms = group.arms or inner.strong
            group.soft = inner.soft or inner.head.needs
            return True
        return self._nested_name(group, at + 1)

    def _nested_name(self, group: Group, at: int) -> bool:
        """Take in the name of what a component is of: "composants de F-35", "parts for F-16s"."""
        found = self.named.get(at)
        if found is None or group.head.category not in _COMPOUND or found.choose(None).need not in ("", "c") or group.name:
            return False
        group.alias, group.end = found.choose(None), found.end
        return True
