"""French weapon groups: the noun first, then adjectives, complements, calibres and names in any order."""

from __future__ import annotations

from extractor.weapon_grammar import Head
from extractor.weapon_groups import CALIBRE_UNITS, MARKED, Group, Grouper

_CALIBRED = frozenset({"artillery", "munitions", "small arms"})
_MEASURES = frozenset({"km", "kilomètres", "kilomètre", "%", "ans", "heures", "millions", "milliards"})


class FrenchGrouper(Grouper):
    """Groups that grow to the right."""

    def hyphened(self, before: str) -> bool:
        """Whether a word tied by a hyphen makes another thing of the noun ("sous-munition")."""
        return before in ("anti", "sous")

    def grow_bare(self, group: Group) -> None:
        """Adjectives and complements after a designation."""
        while self.tokens.joined(group.end) and self._modifier(group, group.end):
            pass

    def groups_from(self, at: int) -> list[Group]:
        """Groups whose head noun starts at run ``at``."""
        return self.groups(at) if self.tokens.joined(at) else []

    def grow(self, group: Group) -> None:
        """French: adjectives, complements, calibres, names, and "de" + another group, in any order."""
        while True:
            at = group.end
            if not self.tokens.joined(at):
                return
            if self.tokens.words[at] in self.grammar.words["and"] and group.modifiers and self.tokens.joined(at + 1):
                if not self._modifier(group, at + 1):
                    return
                continue
            if self._modifier(group, at) or self._calibre_after(group, at) or self._name_after(group, at):
                continue
            if not self.nested(group, at):
                return

    def _modifier(self, group: Group, at: int) -> bool:
        for end, modifier in self.grammar.modifiers.at(self.tokens, at):
            if self.allowed(modifier, group.head) and self.lower(modifier, end - 1):
                group.modifiers.append(modifier.id)
                group.arms, group.end = group.arms or modifier.arms, end
                return True
        return False

    def _calibre_after(self, group: Group, at: int) -> bool:
        tokens = self.tokens
        for end, _ in self.grammar.calibre.at(tokens, at):
            number = self._number(end)
            while number and number + 1 < len(tokens) and tokens.words[number] in self.grammar.words["and"]:
                following = self._number(number + 2 if tokens.words[number + 1] == "de" else number + 1)
                if not following:
                    break
                number = following
            if number and tokens.joined(number) and tokens.words[number] in self.grammar.words["unit_starts"]:
                group.arms = group.arms or tokens.words[number] in CALIBRE_UNITS
                group.end = number + 1
                return True
            calibre = tokens.words[number - 1] in self.grammar.words["calibres"] and group.head.category in _CALIBRED
            if number and (calibre or "calibre" in tokens.words[at:end]):
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
            stop = max(self._name_end(end, group.head), self.named[end].end if end in self.named else 0)
            if self.tokens.words[end - 1] == "type" and self.tokens.words[end : end + 1] and self.tokens.words[end].isdigit():
                stop = max(stop, end + 1)  # "de type 81"
            if stop > end:
                self.take_name(group, end, stop)
                return True
        if at in self.named:
            self.take_name(group, at, self.named[at].end)
            return True
        if self.tokens.words[at] in self.grammar.words["marks"] and self.tokens.capital(at) and not group.name and group.alias is None:
            group.end, group.arms = at + 1, group.arms or group.head.category in MARKED
            return True
        if group.alias is None and not group.name and group.head.name == "any" and self.tokens.gap(at) == " ":
            stop = self._name_end(at, group.head)
            if stop > at and not self._other(at, stop, group.head):
                self.take_name(group, at, stop)
                return True
        return False

    def _other(self, at: int, end: int, head: Head) -> bool:
        """Whether the name is a state's, firm's or person's; ships bear such names."""
        if head.category == "ships":
            return False
        return self.known(self.tokens.raw(at)) or self.known(self.tokens.text[self.tokens.starts[at] : self.tokens.ends[end - 1]])

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
            elif end > at and self._goes_on(end):
                end += 1
            elif end > at and head.category == "ships" and raw in ("de", "du") and tokens.joined(end + 1) and tokens.capital(end + 1):
                end += 2
            else:
                break
        return end

    def _goes_on(self, at: int) -> bool:
        """A variant's letters ("K9A1"), or what follows an apostrophe ("Sa’ar")."""
        raw, gap = self.tokens.raw(at), self.tokens.gap(at)
        return (gap == "" and raw.isalnum()) or (gap in ("'", "’") and len(raw) <= 3 and raw.isalpha())

    def _unit(self, at: int) -> bool:
        words = self.tokens.words
        return at < len(words) and (words[at] in self.grammar.words["unit_starts"] or words[at] in _MEASURES)
