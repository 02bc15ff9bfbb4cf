"""Institutions, ministries and courts by the words that open, lead to and close their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractor.lexicon import Lexicon
from extractor.model import Mention
from extractor.namespan import capitalised
from extractor.orgwords import words
from extractor.view import View

_TIES = (["de"], ["d'"], ["des"], ["du"], ["pour"])
FRENCH_ADJECTIVE = re.compile(
    r"(?:al|ale|ales|aux|ique|iques|if|ive|ifs|ives|ien|ienne|iens|iennes|ain|aine|aines|aire|aires|[ui]els?|elles?|éen|éenne"
    r"|éens|éennes|ées?|és|royale|rouge|islamique|uni|unie|unies|suprême|générale?|spéciales?|rapide|ible|teurs?|trices?)$"
)


_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
# Words that are no names by themselves and lead one all the same.
_LEADING = frozenset({"State", "Western", "European", "Arab", "Islamic", "Communist", "African", "Asian", "Muslim", "Allied"})
# Heads that a number may follow ("Industrial Division 4", "Usine 404").
_NUMBERED_HEADS = frozenset({"Division", "Factory", "Force", "Office", "Institute", "Usine", "Institut", "Bureau", "Unit"})
_OWNERS = frozenset({"People", "Workers", "Women", "Children", "Farmers", "Citizens", "Peoples"})


class Institutions:
    """Institutions, ministries and courts of one text.

    ``blocked`` marks characters that other names cover, ``placed`` those of known places.
    """

    def __init__(self, view: View, lexicon: Lexicon, named: Iterable[Mention], blocked: bytearray) -> None:
        self.view, self.lexicon, self.lang = view, lexicon, lexicon.lang
        self.lists = words(lexicon.lang)
        self.demonyms, self.blocked = {m.start for m in named if m.form == "demonym"}, blocked
        self.stated = {at for m in named if m.type == "STATE" for at in range(m.start, m.end)}
        self.known = {m.start for m in named if m.type == "ORG" and " " in m.text}
        self.placed = {m.start for m in named if m.type == "PLACE" or m.form == "capital"}
        self.size = len(view.words)

    def _mention(self, first: int, last: int, rule: str) -> Mention:
        start, end = self.view.starts[first], self.view.ends[last - 1]
        text = self.view.text[start:end]
        known = next((n for n in self.lexicon.names.get(text) if n.type == "ORG"), None)
        form = "acronym" if text.isupper() and last == first + 1 else "name"
        return Mention(start, end, text, "ORG", f"rule:org.{rule}", known.entity if known else f"org:{text}", form)

    def _joined(self, at: int) -> bool:
        """True where only a space or nothing stands before the token."""
        return self.view.text[self.view.ends[at - 1] : self.view.starts[at]] in (" ", "\u00a0", "")

    def _cap(self, at: int) -> bool:
        return 0 <= at < self.size and capitalised(self.view.words[at]) and not self.blocked[self.view.starts[at]]

    def _institution(self, at: int) -> Iterator[Mention]:
        start = self.view.starts[at]
        if (
            start in self.stated
            or self.view.text[start - 1 : start] == "-"
            or (self.lang == "fr" and start in self.known)
        ):
            return
        last = self._tail_fr(at) if self.lang == "fr" else self._tail_en(at)
        first = at if self.lang == "fr" else self._lead_en(at)
        if last - first > 1:
            yield self._mention(first, last, "institution")

    def _tail_fr(self, head: int) -> int:
        """One past the last token of a French institution's name that opens at ``head``."""
        view, at, links = self.view, head + 1, 0
        keep = view.words[head] in self.lists.keep_demonym
        while at < self.size and self._joined(at) and at - head < 12:
            word, lower = view.words[at], view.lower[at]
            if (at == head + 1 and self._number(at)) or (at == head + 1 and view.starts[at] in self.demonyms and view.lower[at + 1 : at + 2] in _TIES):
                at += 1
            elif view.starts[at] in self.demonyms and lower == word:
                if not keep or (not links and at - head > 2):
                    break
                at += 1
            elif self._cap(at) and at == head + 1:
                at = self._proper(at)
            elif self._adjective(word):
                at += 1
            elif (
                lower in self.lists.links
                and links < 3
                and (lower not in self.lists.about or view.words[head] in self.lists.about_heads)
            ):
                step = self._complement(at, head) or self._about_states(at)
                if step is None:
                    break
                at, links = step, links + 1
            elif (
                lower == "et"
                and links
                and at + 1 < self.size
                and (view.lower[at + 1] in self.lists.links or FRENCH_ADJECTIVE.search(view.lower[at + 1]))
            ):
                step = self._complement(at + 1, head) if view.lower[at + 1] in self.lists.links else at + 2
                if step is None:
                    break
                at = step
            else:
                break
        return at

    def _number(self, at: int) -> bool:
        """True of the number of a body ("Usine 404")."""
        return self.view.words[at].isdigit() and len(self.view.words[at]) < 4 and self.view.words[at - 1] in _NUMBERED_HEADS

    def _about_states(self, at: int) -> int | None:
        """One past the states that "sur" puts in a name ("Groupe d'experts sur la Somalie et l'Érythrée")."""
        view, noun, end = self.view, at, None
        while view.lower[noun : noun + 1] and view.lower[noun] in (("sur",) if end is None else ("et", ",")):
            noun += 1
            while noun < self.size and view.lower[noun] in ("la", "l'", "les", "le"):
                noun += 1
            if noun >= self.size or view.starts[noun] not in self.stated or not view.words[noun][:1].isupper():
                break
            while noun < self.size and view.starts[noun] in self.stated:
                noun += 1
            end = noun
        return end

    def _adjective(self, word: str) -> bool:
        small = len(word) > 3 and word == word.lower() and word not in self.lists.no_complement
        return small and FRENCH_ADJECTIVE.search(word) is not None

    def _proper(self, at: int) -> int:
        """One past the capitals that begin at ``at``, the particles between them taken in."""
        last = at + 1
        while last < self.size and self._joined(last):
            if self._cap(last):
                last += 1
            elif (
                self.view.lower[last] in ("ben", "bin", "ibn", "al", "el", "-", "al-", "-al-", "-el-")
                and self._cap(last + 1)
                and self._joined(last + 1)
            ):
                last += 2
            elif self.view.lower[last : last + 3] in (["-", "al", "-"], ["-", "el", "-"]) and self._cap(last + 3):
                last += 4
            else:
                break
        return last

    def _complement(self, at: int, head: int) -> int | None:
        """One past a complement ("de la révolution") that opens at ``at``; None where it is no part of a name."""
        view = self.view
        noun = at + 1
        while noun < self.size and view.lower[noun] in ("la", "l'", "les", "le"):
            noun += 1
        if noun >= self.size:
            return None
        word, lower = view.words[noun], view.lower[noun]
        if (
            (not word.isalpha() and "-" not in word)
            or len(word) < 3
            or lower in self.lists.no_complement
            or lower in self.lexicon.words.titles
        ):
            return None
        if (
            view.lower[at] in ("de", "d'", "pour")
            and noun == at + 1
            and lower == word
            and lower.endswith(("er", "ir", "oir", "dre", "tre"))
        ):
            return None
        if view.lower[at] in self.lists.about and lower == word and self.blocked[view.starts[noun]]:
            return None  # "un embargo de l'Union sur les armes"
        proper = self.view.words[head] in self.lists.proper_heads
        if (
            word[:1].isupper()
            and not proper
            and (self.blocked[view.starts[noun]] or (noun == at + 1 and view.lower[at] == "de"))
        ):
            return None
        return noun + 1

    def _tail_en(self, head: int) -> int:
        view, at = self.view, head + 1
        while at < self.size and self._joined(at) and at - head < 10:
            lower = view.lower[at]
            if lower in self.lists.links:
                noun = at + 1
                while noun < self.size and view.lower[noun] in ("the",):
                    noun += 1
                about = (lower == "of" and at == head + 1) or (
                    lower == "on" and view.words[head] in self.lists.about_heads
                )
                free = self._cap(noun) or (about and noun < self.size and capitalised(view.words[noun]))
                if not free or view.words[noun] in self.lexicon.words.not_names:
                    break
                at = noun + 1
            elif at > head + 1 and lower in ("and", "&") and self._cap(at + 1):
                at += 2
            elif (self._cap(at) and (at > head + 1 or view.words[at] in self.lists.heads)) or (at == head + 1 and self._number(at)):
                at += 1
            else:
                break
        return at

    def _lead_en(self, head: int) -> int:
        """The first token of the capitals that lead to ``head`` ("Royal Netherlands Air Force")."""
        view, first = self.view, head
        while first and self._joined(first):
            word = view.words[first - 1]
            inner = self._inner_en(first)
            if _ORDINAL.match(word):
                return first - 1
            if not (capitalised(word) or word in ("U.S.", "US", "UN", "UK") or inner) or word in self.lists.no_lead:
                break
            if word in self.lexicon.words.titles and word.lower() not in self.lists.domains:
                break
            if word in self.lexicon.words.not_names and word not in _LEADING:
                break
            first -= 1
        return first

    def _inner_en(self, first: int) -> bool:
        """True of a small word before ``first`` that ties two capitals of one name ("Ministry of Defence Police")."""
        view = self.view
        word, before = view.words[first - 1], view.words[first - 2] if first > 1 else ""
        if not capitalised(before) or not self._joined(first - 1):
            return False
        if word == "of":
            return before in self.lists.heads
        return word in ("and", "&", "-") or (word in ("'s", "’s") and before in _OWNERS)

    def _ministry(self, at: int) -> Iterator[Mention]:
        view = self.view
        if self.lang == "en":
            if at and view.lower[at - 1] in self.lists.domains and view.lower[at] == view.words[at]:
                yield self._mention(at - 1, at + 1, "ministry")
            return
        if view.lower[at] in self.lists.courts:
            yield from self._court(at)
            return
        link = at + 1
        while (
            link < self.size
            and link < at + 3
            and view.words[link].isalpha()
            and view.lower[link] not in ("de", "des", "du", "d'", "à", "aux")
        ):
            link += 1
        if view.lower[link : link + 1] not in (["de"], ["des"], ["du"], ["d'"], ["à"], ["aux"]):
            return
        noun = link + 1
        while noun < self.size and view.lower[noun] in ("la", "l'", "les", "le"):
            noun += 1
        if noun >= self.size or view.lower[noun] not in self.lists.domains:
            return
        last = noun + 1
        while last < self.size and self._joined(last) and view.starts[last] not in self.demonyms:
            if view.lower[last] in self.lists.domain_adjectives:
                last += 1
            elif view.lower[last] == "et" and (step := self._domain_after(last)):
                last = step
            else:
                break
        yield self._mention(at, last, "ministry")

    def _domain_after(self, at: int) -> int | None:
        noun = at + 1
        while noun < self.size and self.view.lower[noun] in ("de", "la", "l'", "les", "le", "des", "du", "d'"):
            noun += 1
        return noun + 1 if noun < self.size and self.view.lower[noun] in self.lists.domains else None

    def _court(self, at: int) -> Iterator[Mention]:
        """ "cour d'appel de Paris", "tribunal correctionnel de Lyon"."""
        view, last = self.view, at + 1
        while last < self.size and last < at + 7 and view.lower[last] in self.lists.court_words:
            last += 1
        if (
            last > at + 1
            and view.lower[last - 1] in ("de", "d'")
            and last < self.size
            and capitalised(view.words[last])
        ):
            yield self._mention(at, last + 1, "court")
