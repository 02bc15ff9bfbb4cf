"""English weapon groups: modifiers, calibres, names and nouns, then the head noun."""

from __future__ import annotations

from extractor.weapon_groups import CALIBRE_UNITS, MARKED, Group, Grouper

_QUOTES = frozenset("\"“”")
_PLURAL_NOUNS = frozenset({"arms", "weapons", "munitions", "armaments", "explosives"})


class EnglishGrouper(Grouper):
    """Groups that grow to the left, and a little to the right."""

    def grow(self, group: Group) -> None:
        """Modifiers, calibres, names and nouns before the head, then what may follow it."""
        while self.tokens.joined(group.start):
            at = group.start
            if self._name_before(group, at) or self._modifier_before(group, at) or self._calibre_before(group, at):
                continue
            if not (self._noun_before(group, at) or self._coordinated(group, at) or self._unknown_before(group, at)):
                break
        self._grow_after(group)

    def grow_bare(self, group: Group) -> None:
        """Modifiers before a designation."""
        while self.tokens.joined(group.start) and self._modifier_before(group, group.start):
            pass

    def hyphened(self, before: str) -> bool:
        """Whether a word tied by a hyphen makes another thing of the noun ("scatter-gun")."""
        if before == "anti":
            return True
        modifies = any(words == [before] for words, _ in self.grammar.modifiers.by_word.get(before, ()))
        return before.isalpha() and before not in self.grammar.heads_back.by_word and not modifies

    def _modifier_before(self, group: Group, at: int) -> bool:
        for start, modifier in self.grammar.modifiers.ending(self.tokens, at):
            if not self.allowed(modifier, group.head):
                continue
            if modifier.arms and start and self.tokens.words[start - 1] == "to" and not modifier.lemma.endswith("ed"):
                continue
            if modifier.id == "pattern":
                if not self._series_before(group, start):
                    continue
                return True
            if not self.lower(modifier, start) and not self.written_as_noun(start, start + 1):
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
        found = self.ending.get(at) or self.named.get(start)
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
        sized = number < at - 1 and words[at - 1] in CALIBRE_UNITS
        group.arms = group.arms or sized or group.head.id in ("pounder", "monster")
        return True

    def _name_before(self, group: Group, at: int) -> bool:
        found = self.ending.get(at)
        if found is not None:
            if group.alias is None:
                group.alias = found.choose(group.head.category)
            group.start = self.maker_start(found.start)
            return True
        if self.tokens.words[at - 1] in self.grammar.words["marks"] and self.tokens.capital(at - 1):
            group.start, group.arms = at - 1, group.arms or group.head.category in MARKED
            return True
        start = self._type_start(at) or self._code_start(at)
        if start < at:
            group.name = group.name or self.tokens.text[self.tokens.starts[start] : self.tokens.ends[at - 1]]
            group.start = self.maker_start(start)
            return True
        return False

    def _type_start(self, end: int) -> int:
        """Where "Type 81" that ends before run ``end`` starts; 0 where none does."""
        tokens = self.tokens
        named = end > 1 and tokens.words[end - 1].isdigit() and tokens.words[end - 2] in ("type", "project") and tokens.capital(end - 2)
        return end - 2 if named and tokens.joined(end - 1) else 0

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
            if head.needs & {"never", "numbered"} or not self.written_as_noun(start, at):
                continue
            word = self.tokens.words[at - 1]
            if word.endswith("s") and word not in _PLURAL_NOUNS:
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
            if self.allowed(modifier, group.head) and modifier.id not in self.grammar.by_id and (modifier.arms or group.tied):
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

    def _unknown_before(self, group: Group, at: int) -> bool:
        """A capitalised word that no gazetteer knows, right before a noun that surely names a weapon."""
        tokens, start = self.tokens, at - 1
        if group.name or group.alias is not None or not group.head.needs <= {"cue"}:
            return False
        if tokens.gap(at) != " " or not self._namelike(start):
            return False
        while tokens.joined(start) and tokens.gap(start) in (" ", "-") and tokens.capital(start - 1) and at - start < 3:
            if self.known(tokens.raw(start - 1)):  # "Ukrainian Zaslon radars"
                break
            start -= 1
        opens = not tokens.joined(start) or not tokens.words[start - 1].isalnum()
        name = tokens.text[tokens.starts[start] : tokens.ends[at - 1]]
        if opens or at - start > 2 or self.known(name) or any(self.known(tokens.raw(i)) or not self._namelike(i) for i in range(start, at)):
            return False
        group.name, group.start = name, start
        return True

    def _namelike(self, at: int) -> bool:
        raw = self.tokens.raw(at)
        return (
            len(raw) > 2 and raw.isalpha() and raw[0].isupper() and not raw.isupper()
            and self.tokens.words[at] not in self.grammar.words["no_names"]
        )  # fmt: skip

    def groups_from(self, at: int) -> list[Group]:
        """Groups whose first run is ``at``, which may lie well before the head noun."""
        if not self.tokens.joined(at):
            return []
        for noun in range(at, min(at + 9, len(self.tokens))):
            if noun > at and not self.tokens.joined(noun):
                break
            if self.tokens.words[noun] in self.grammar.heads.by_word:
                found = [group for group in self.groups(noun) if group.start == at]
                if found:
                    return found
        return []

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
            self.take_name(group, at, self.named[at].end)
        elif group.head.category == "ships" and group.head.name and (end := self._ship_name(group, at)):
            self.take_name(group, at, end)
        elif self.tokens.words[at] in self.grammar.words["of"] and group.head.with_for:
            self.nested(group, at)
        elif self.tokens.words[at] == "of" and self.tokens.words[at + 1 : at + 2] == ["the"]:
            self._type_after(group, at + 2)

    def _ship_name(self, group: Group, at: int) -> int:
        """Past the name of one ship ("the frigate Aconit"); 0 where none follows, or what may be a clause's subject."""
        tokens, end = self.tokens, at
        if group.alias is not None or group.name or tokens.words[at - 1].endswith("s") or tokens.gap(at) != " ":
            return 0
        while end < len(tokens) and end - at < 3 and tokens.joined(end) and tokens.capital(end) and self._namelike(end):
            end += 1
        single = end == at + 1 and self.known(tokens.raw(at))
        return 0 if single else end if end > at else 0

    def _type_after(self, group: Group, at: int) -> None:
        """"of the Mirage type", "of the “ground-air” class"."""
        words = self.tokens.words
        for end in range(at + 1, min(at + 6, len(words))):
            if words[end] in ("type", "class"):
                name = self.tokens.text[self.tokens.starts[at] : self.tokens.ends[end - 1]]
                if words[at] in _QUOTES or self.tokens.capital(at):
                    group.name, group.end = group.name or name.strip("\"“”'"), end + 1
                    if at in self.named:
                        group.alias = self.named[at].choose(group.head.category)
                return

