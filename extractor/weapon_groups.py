"""Weapon noun groups: a head noun and the classifying words around it that belong to its name.

French groups grow to the right ("missiles" + "antinavires" + "BrahMos"), English ones to the left.
Quantities, determiners, demonyms and plain qualities ("modernes", "second-hand") end a group.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.designations import Alias, Designation
from extractor.weapon_grammar import Grammar, Head, Modifier, Tokens

_COMPOUND = frozenset({"components", "engines"})
_CARRIERS = frozenset({"battery", "launcher", "system", "launch unit", "complex"})  # they go by what they fire
_CALIBRE_UNITS = frozenset({"mm", "millimètres", "millimetre", "livres", "calibre", "caliber", "cal", "pound", "cm", "inch", "pouces", "kiloton", "millimeter", "pounder"})  # fmt: skip
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
        if self.nested is not None and not compound and self.nested.head.category not in _COMPOUND:
            if self.head.id in _CARRIERS:
                return self.nested.identity(grammar)
        words = sorted(set(self.modifiers), key=lambda key: (grammar.rank.get(key, -1), key))
        if self.nested is not None:
            words.append(self.nested.identity(grammar)[0])
        if self.alias is not None:
            words.insert(0, self.alias.system.id)
        return " ".join([*words, self.head.id]), self.head.category, "grammar:weapon"


class Grouper:
    """Builds the groups of one text. ``named`` has its designations by their first run."""

    def __init__(self, tokens: Tokens, grammar: Grammar, named: dict[int, Designation]) -> None:
        self.tokens, self.grammar, self.named = tokens, grammar, named
        self.ending = {found.end: found for found in named.values()}

    def groups(self, at: int) -> list[Group]:
        """The groups whose head noun starts at run ``at``: none or one."""
        if self.tokens.gap(at) == "-" and self._hyphened(self.tokens.words[at - 1]):
            return []
        for end, head in self.grammar.heads.at(self.tokens, at):
            if not self._written_as_noun(at, end) or not self._determined(head, at, end):
                continue
            if head.unless_next and self.tokens.joined(end) and self.tokens.words[end] in head.unless_next:
                continue
            group = Group(head, at, end, at, end)
            if self.grammar.lang == "fr":
                self._grow_right(group)
            else:
                self._grow_left(group)
                self._grow_after(group)
            return [group]
        return []

    def around(self, found: Designation) -> tuple[int, int]:
        """A bare designation with the classifying words beside it: "Harpoon côtiers", "truck-launched Harpoons"."""
        alias = found.choose(None)
        group = Group(_bare(alias), self.maker_start(found.start), found.end, found.start, found.end, alias=alias)
        if self.grammar.lang == "fr":
            while self.tokens.joined(group.end) and self._modifier(group, group.end):
                pass
        else:
            while self.tokens.joined(group.start) and self._modifier_before(group, group.start):
                pass
        return group.start, group.end

    def _hyphened(self, before: str) -> bool:
        """Whether a word tied by a hyphen makes another thing of the noun ("anti-missile", "scatter-gun")."""
        if before == "anti":
            return True
        return self.grammar.lang == "en" and before.isalpha() and before not in self.grammar.heads_back.by_word and not any(
            words == [before] for words, _ in self.grammar.modifiers.by_word.get(before, ())
        )

    def maker_start(self, start: int) -> int:
        """Where a designation starts with its maker's name before it, if that stands there."""
        if self.tokens.joined(start) and self.tokens.gap(start) in (" ", "-"):
            before = start - 1
            if self.tokens.words[before] in self.grammar.words["makers"] and self.tokens.capital(before):
                return before
        return start

    def _written_as_noun(self, at: int, end: int) -> bool:
        """A common noun has no capital but where a sentence, title or quotation opens."""
        tokens = self.tokens
        if not tokens.capital(at):
            return True
        raw = tokens.raw(at)
        if len(raw) > 3 and raw.isupper():
            return True
        if not tokens.joined(at) or "\n" in tokens.gap(at) or tokens.words[at - 1] in _OPENERS:
            return not (tokens.joined(end) and tokens.capital(end) and tokens.raw(end).isalpha() and self.grammar.lang == "en" and end not in self.named)
        return raw.isupper() and len(raw) > 1

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

    def _grow_right(self, group: Group) -> None:
        """French: adjectives, complements, calibres, names, and "de" + another group, in any order."""
        while True:
            end = group.end
            if not self.tokens.joined(end):
                return
            at = end
            if self.tokens.words[at] in self.grammar.words["and"] and group.modifiers and self.tokens.joined(at + 1):
                if not self._modifier(group, at + 1):
                    return
                continue
            if self._modifier(group, at) or self._calibre_after(group, at) or self._name_after(group, at):
                continue
            if not self._nested(group, at):
                return

    def _allowed(self, modifier: Modifier, head: Head) -> bool:
        return (modifier.heads is None or head.id in modifier.heads) and (head.only is None or modifier.id in head.only)

    def _modifier(self, group: Group, at: int) -> bool:
        for end, modifier in self.grammar.modifiers.at(self.tokens, at):
            if self._allowed(modifier, group.head) and self._lower(modifier, end - 1):
                group.modifiers.append(modifier.id)
                group.arms, group.end = group.arms or modifier.arms, end
                return True
        return False

    def _lower(self, modifier: Modifier, at: int) -> bool:
        """Whether a modifier is written small where it should be."""
        return not self.tokens.capital(at) or modifier.lemma[0].isupper()

    def _calibre_after(self, group: Group, at: int) -> bool:
        tokens = self.tokens
        for end, _ in self.grammar.calibre.at(tokens, at):
            number = self._number(end)
            while number and number + 1 < len(tokens) and tokens.words[number] in self.grammar.words["and"]:
                following = self._number(number + 2 if tokens.words[number + 1] == "de" else number + 1)
                if not following:
                    break
                number = following
            if number and number < len(tokens) and tokens.joined(number):
                if tokens.words[number] in self.grammar.words["unit_starts"]:
                    group.arms = group.arms or tokens.words[number] in _CALIBRE_UNITS
                    group.end = number + 1
                    return True
                if "calibre" in tokens.words[at:end]:
                    group.end, group.arms = number, True
                    return True
        return False

    def _number(self, at: int) -> int:
        """The run after a number (with an ″x″ or a unit between two of them), 0 where none stands."""
        words = self.tokens.words
        if at < len(words) and words[at][0].isdigit() and self.tokens.joined(at):
            if at + 2 < len(words) and words[at + 1] in ("x", "×") and words[at + 2][0].isdigit():
                return at + 3
            return at + 1
        return 0

    def _name_after(self, group: Group, at: int) -> bool:
        for end, _ in self.grammar.naming.at(self.tokens, at):
            if (stop := self._name_end(end, group.head)) > end or (end in self.named and (stop := self.named[end].end)):
                self._take_name(group, end, max(stop, self.named[end].end if end in self.named else stop))
                return True
        if self.grammar.lang == "fr" and (stop := self.named[at].end if at in self.named else 0):
            self._take_name(group, at, stop)
            return True
        if group.alias is None and not group.name and group.head.name == "any" and self.tokens.gap(at) == " ":
            stop = self._name_end(at, group.head)
            if stop > at:
                self._take_name(group, at, stop)
                return True
        return False

    def _take_name(self, group: Group, at: int, end: int) -> None:
        inside = next((self.named[i] for i in range(at, end) if i in self.named), None)
        if inside is not None:
            group.alias = inside.choose(group.head.category)
            end = max(end, inside.end)
        else:
            group.name = self.tokens.text[self.tokens.starts[at] : self.tokens.ends[end - 1]]
        group.end = end

    def _name_end(self, at: int, head: Head) -> int:
        """Past a proper name or code: capitalised words, codes, numbers after them; ``at`` where none stands."""
        tokens, end, words = self.tokens, at, self.tokens.words
        while end < len(tokens) and end - at < 6 and tokens.joined(end) and tokens.gap(end) != "\n":
            raw = tokens.raw(end)
            if words[end] in self.grammar.words["no_names"]:
                break
            if tokens.capital(end) or (end > at and raw[0].isdigit() and not self._unit(end + 1)):
                end += 1
            elif raw[0].isdigit() and tokens.joined(end + 1) and tokens.gap(end + 1) == "" and tokens.capital(end + 1):
                end += 2
            elif end > at and tokens.gap(end) == "" and raw.isalnum():
                end += 1
            elif end > at and tokens.gap(end) in ("'", "’") and len(raw) <= 3 and raw.isalpha():
                end += 1
            elif head.category == "ships" and raw in ("de", "of") and tokens.joined(end + 1) and tokens.capital(end + 1) and end > at:
                end += 2
            else:
                break
        return end

    def _unit(self, at: int) -> bool:
        words = self.tokens.words
        return at < len(words) and (words[at] in self.grammar.words["unit_starts"] or words[at] in ("km", "kilomètres", "%"))

    def _nested(self, group: Group, at: int) -> bool:
        if self.tokens.words[at] not in self.grammar.words["of"] or group.alias is not None or not group.head.nest:
            return False
        for inner in self._groups_from(at + 1):
            if not inner.strong and inner.head.needs & {"never"}:
                return False
            group.nested, group.end = inner, inner.end
            group.arms = group.arms or inner.strong
            group.soft = inner.soft or inner.head.needs
            return True
        return False

    def _groups_from(self, at: int) -> list[Group]:
        """Groups whose first run is ``at``, which in English may lie well before the head noun."""
        if not self.tokens.joined(at) or self.grammar.lang == "fr":
            return self.groups(at) if self.tokens.joined(at) else []
        for noun in range(at, min(at + 9, len(self.tokens))):
            if noun > at and not self.tokens.joined(noun):
                break
            if self.tokens.words[noun] in self.grammar.heads.by_word:
                found = [group for group in self.groups(noun) if group.start == at]
                if found:
                    return found
        return []

    def _grow_left(self, group: Group) -> None:
        """English: modifiers, calibres, names and nouns before the head."""
        while self.tokens.joined(group.start):
            at = group.start
            if self._name_before(group, at) or self._modifier_before(group, at) or self._calibre_before(group, at):
                continue
            if not self._noun_before(group, at) and not self._coordinated(group, at):
                return

    def _modifier_before(self, group: Group, at: int) -> bool:
        for start, modifier in self.grammar.modifiers.ending(self.tokens, at):
            if not self._allowed(modifier, group.head):
                continue
            if modifier.arms and start and self.tokens.words[start - 1] == "to" and not modifier.lemma.endswith("ed"):
                continue
            if modifier.id == "pattern":
                if not self._series_before(group, start):
                    continue
                return True
            if not self._lower(modifier, start) and not self._written_as_noun(start, start + 1):
                continue
            group.modifiers.append(modifier.id)
            group.start, group.arms = start, group.arms or modifier.arms
            return True
        return False

    def _series_before(self, group: Group, at: int) -> bool:
        """"Hobart-class", "AK-47-pattern": the name tied by a hyphen to the word at run ``at``."""
        start = at
        while start and self.tokens.gap(start) in ("-", "‑") and (
            self.tokens.capital(start - 1) or self.tokens.words[start - 1].isdigit()
        ):
            start -= 1
        if start == at:
            return False
        found = self.ending.get(at)
        if found is not None:
            group.alias, start = found.choose(group.head.category), min(start, found.start)
        elif not group.name:
            group.name = self.tokens.text[self.tokens.starts[start] : self.tokens.ends[at - 1]]
        group.start = start
        return True

    def _calibre_before(self, group: Group, at: int) -> bool:
        tokens, words = self.tokens, self.tokens.words
        number = at - 1 if group.head.id in ("pounder", "monster") and words[at - 1][0].isdigit() else at - 2
        if number < 0 or not words[number][0].isdigit():
            return False
        if number == at - 2 and not (words[at - 1] in self.grammar.words["calibre_units"] and tokens.joined(at - 1)):
            return False
        if number and words[number - 1] == "." and tokens.gap(number) == "":
            number -= 1
        group.start = number
        group.arms = group.arms or number < at - 1 and words[at - 1] in _CALIBRE_UNITS or group.head.id == "pounder"
        return True

    def _name_before(self, group: Group, at: int) -> bool:
        found = self.ending.get(at)
        if found is not None:
            if group.alias is None:
                group.alias = found.choose(group.head.category)
            group.start = self.maker_start(found.start)
            return True
        start = self._code_start(at)
        if start < at:
            group.name = group.name or self.tokens.text[self.tokens.starts[start] : self.tokens.ends[at - 1]]
            group.start = self.maker_start(start)
            return True
        return False

    def _code_start(self, end: int) -> int:
        """Where a code such as "GB50A" that ends before run ``end`` starts; ``end`` where none does."""
        tokens, start = self.tokens, end - 1
        while start > 0 and (tokens.gap(start) == "" or (tokens.gap(start) in "-/" and len(tokens.raw(start)) <= 4)):
            start -= 1
        raw = tokens.text[tokens.starts[start] : tokens.ends[end - 1]]
        code = raw[0].isalnum() and any(c.isdigit() for c in raw) and any(c.isupper() for c in raw)
        return start if code and tokens.words[end - 1][-1].isalnum() and " " not in raw else end

    def _noun_before(self, group: Group, at: int) -> bool:
        for start, head in self.grammar.heads_back.ending(self.tokens, at):
            if head.needs & {"never", "numbered"} or not self._written_as_noun(start, at):
                continue
            word = self.tokens.words[at - 1]
            if word.endswith("s") and word not in ("arms", "weapons", "munitions", "armaments", "explosives", "small"):
                continue
            group.modifiers.append(head.id)
            group.start, group.arms = start, group.arms or not head.needs
            group.soft = head.needs
            return True
        return False

    def _coordinated(self, group: Group, at: int) -> bool:
        """"air-to-air and cruise missiles", "Gripen E and F fighters": a second modifier joined by "and"."""
        words = self.tokens.words
        if not group.modifiers and group.alias is None and not group.name and self.tokens.capital(at - 1):
            return self._letters(group, at)
        tie = words[at - 1]
        if not group.modifiers or not (tie in self.grammar.words["and"] or (tie == "," and group.tied)):
            return False
        for start, modifier in self.grammar.modifiers.ending(self.tokens, at - 1):
            if self._allowed(modifier, group.head) and modifier.id not in self.grammar.by_id and (modifier.arms or group.tied):
                group.modifiers.append(modifier.id)
                group.start, group.arms, group.tied = start, group.arms or modifier.arms, True
                return True
        return False

    def _letters(self, group: Group, at: int) -> bool:
        """"Gripen E/F", "Gripen E and F" before the head."""
        tokens = self.tokens
        if len(tokens.raw(at - 1)) == 1 and at >= 3 and tokens.words[at - 2] in self.grammar.words["and"] | {"/"}:
            found = self.ending.get(at - 2)
            if found is not None:
                group.alias, group.start = found.choose(group.head.category), found.start
                return True
        return False

    def _grow_after(self, group: Group) -> None:
        """English: "of mass destruction", "for" + another group, a ship's or type's name."""
        for end, modifier in self.grammar.post.at(self.tokens, group.end):
            group.modifiers.append(modifier.id)
            group.end, group.arms = end, True
            return
        at = group.end
        if not self.tokens.joined(at):
            return
        if at in self.named and group.head.name and self.tokens.gap(at) == " " and group.alias is None:
            self._take_name(group, at, self.named[at].end)
        elif self.tokens.words[at] in self.grammar.words["of"] and group.head.with_for:
            self._nested(group, at)
