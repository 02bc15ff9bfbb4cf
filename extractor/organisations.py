"""Organisations by form: institutions, and firms, media, units and armed groups by what stands around them.

The vocabulary is `lexicon/{fr,en}/organisations.yaml`. Every rule says its id in the mentions it makes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.institutions import FRENCH_ADJECTIVE, Institutions
from extractor.model import Mention
from extractor.namespan import capitalised

# "McCain", "DiCaprio" and "LeBron" are persons.
_CAMEL = re.compile(
    r"^(?!Mc|Mac|Di[A-Z]|De[A-Z]|Le[A-Z]|La[A-Z]|Van[A-Z]|Fitz|O[’'])[A-ZÉ]\w*[a-zé\d][A-ZÉ][a-zé]{2,}\w*$"
)
_PARTY = re.compile(r"(?:iste|isme|ateur|crate|cain|libéral|national|islamique|populaire|radical|vert)$")
_NUMBERED = re.compile(r"\d+(?:e|er|re|ème|th|st|nd|rd)$")
_OF_PLACE = frozenset({"Times", "Tribune", "Gazette", "Herald", "Voice"})  # "The New Times of Burma"
_ARTICLES = frozenset({"the", "a", "an", "le", "la", "l'", "un", "une"})
_DAYS = frozenset({"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"})
_OPENING = frozenset({"Le", "La", "Les", "The", "L'", "L’", "Die", "Der", "El"})


class Names(Institutions):
    """The organisations of one text by form."""

    def find(self) -> Iterator[Mention]:
        """All candidates; they may overlap."""
        lists = self.lists
        for at, word in enumerate(self.view.words):
            lower = self.view.lower[at]
            if word in lists.heads:
                yield from self._institution(at)
            if lower in lists.institutions or lower in lists.courts:
                yield from self._ministry(at)
            if word in lists.suffixes and at:
                yield from self._company(at)
            if lower in lists.announcing:
                yield from self._announced(at)
                yield from self._apposed(at)
            if lower in lists.units:
                yield from self._unit(at)
            if word.isupper() and 1 < len(word) < 7:
                yield from self._acronym(at)
            if lower in lists.belonging:
                yield from self._belonging(at)
            if word in lists.stations:
                yield from self._station(at)
            if lower in lists.columns:
                yield from self._columns(at)
            if lower == "parti":
                yield from self._party(at)
            if _CAMEL.search(word):
                yield from self._camel(at)
            if lower in lists.saying or lower in lists.citing or lower == "chez":
                yield from self._source(at)

    def _company(self, at: int) -> Iterator[Mention]:
        """Capitals that end in a company's last word ("Israel Aerospace Industries")."""
        view, first = self.view, at
        while first and self._joined(first):
            word = view.words[first - 1]
            inner = word in ("&", "-", "+") and first > 1 and capitalised(view.words[first - 2])
            if (
                not (capitalised(word) or word[:1].isupper() or inner)
                or word in self.lists.no_lead
                or word in self.lexicon.words.titles
            ):
                break
            if word in self.lexicon.words.not_names:
                break
            first -= 1
        last = at + 1
        while last < self.size and view.words[last] in self.lists.suffixes and self._joined(last):
            last += 1
        if view.words[last : last + 1] in (["and"], ["&"]) and self._joined(last) and last + 1 < self.size:
            last += 2 * (view.words[last + 1] in self.lists.suffixes)
        if first < at and view.words[at] in _OF_PLACE and view.lower[last : last + 1] == ["of"] and self._titled(last + 1):
            last += 2
        if first < at:
            yield self._mention(first, last, "company")

    def _announced(self, at: int) -> Iterator[Mention]:
        """ "l'avionneur X", "le quotidien allemand X"."""
        view, first = self.view, at + 1
        steps = 0
        while (
            first < self.size
            and steps < 3
            and view.words[first].islower()
            and (
                view.starts[first] in self.demonyms
                or FRENCH_ADJECTIVE.search(view.words[first])
                or view.lower[first] in ("des", "de", "of")
            )
        ):
            first, steps = first + 1, steps + 1
        last = first
        while (
            last < self.size
            and last - first < 5
            and self._joined(last)
            and (self._cap(last) or (last > first and view.words[last] in ("&", "-") and self._cap(last + 1)))
        ):
            last += 1
        refused = self.lexicon.words.not_names - _OPENING
        if (
            last > first
            and view.words[first] not in refused
            and view.words[last - 1] not in _OPENING
            and (view.lower[last - 1] not in self.lexicon.words.titles)
        ):
            if view.lower[first - 1] in ("de", "of") or view.ends[last - 1] - view.starts[first] < 2:
                return
            yield self._mention(first, last, "announced")

    def _apposed(self, at: int) -> Iterator[Mention]:
        """ "X, the business lobby", "X, le groupe italien"."""
        view, first = self.view, at - 1
        while first > 1 and at - first < 4 and view.lower[first] not in _ARTICLES:
            first -= 1
        owner = view.lower[at + 1 : at + 2] in (["'s"], ["’s"])
        if owner or first < 2 or view.lower[first] not in _ARTICLES or view.words[first - 1] != ",":
            return
        last = first = first - 1
        while first and last - first < 4 and self._cap(first - 1) and (first == last or self._joined(first)):
            first -= 1
        refused = self.lexicon.words.not_names | self.lists.no_lead | self.lexicon.given_names
        if (
            first < last
            and not refused.intersection(self.view.words[first:last])
            and view.starts[first] not in self.placed
        ):
            yield self._mention(first, last, "apposed")

    def _unit(self, at: int) -> Iterator[Mention]:
        """ "155e brigade mécanisée", "82nd Airborne Division"."""
        view, lists = self.view, self.lists
        first = at
        if at and view.words[at][:1].isupper() and view.words[at - 1].isdigit() and len(view.words[at - 1]) < 4:
            yield self._mention(at - 1, at + 1, "unit")
            return
        while first and (
            view.lower[first - 1] in lists.unit_words or view.words[first - 1] in ("Airborne", "Mountain", "Guards")
        ):
            first -= 1
        if not first or not (_NUMBERED.match(view.lower[first - 1]) or view.lower[first - 1] in lists.ordinals):
            return
        if view.lower[at] in ("groupe", "compagnie", "company", "armée", "army", "corps") and not _NUMBERED.match(
            view.lower[first - 1]
        ):
            return
        last = at + 1
        while last < self.size and (
            (view.lower[last] in lists.unit_words and self._of_unit(last))
            or (
                view.lower[last] in ("de", "d'", "à")
                and last + 1 < self.size
                and view.lower[last + 1] in lists.unit_words
            )
        ):
            last += 1
        last = self._quoted(last)
        if last - first < 1 or (last == at + 1 and first == at and view.lower[first - 1] in lists.ordinals):
            return
        yield self._mention(first - 1, last, "unit")

    def _of_unit(self, at: int) -> bool:
        """False of a demonym that is no part of a unit's name ("46e brigade française")."""
        return self.view.starts[at] not in self.demonyms or self.view.lower[at - 1] in self.lists.colonial

    def _station(self, at: int) -> Iterator[Mention]:
        """ "Radio Omdurman", also where a state's name follows."""
        last = at + 1
        while last < self.size and last < at + 4 and self._joined(last) and self._titled(last):
            last += 1
        if last > at + 1:
            yield self._mention(at, last, "station")

    def _titled(self, at: int) -> bool:
        return at < self.size and capitalised(self.view.words[at]) and len(self.view.words[at]) > 2

    def _columns(self, at: int) -> Iterator[Mention]:
        """ "dans les colonnes de X", "readers of the X"."""
        view, first = self.view, at + 2
        if view.lower[at + 1 : at + 2] not in (["de"], ["d'"], ["du"], ["of"]):
            return
        if view.lower[at] in ("colonnes", "columns") and (at < 2 or view.lower[at - 2] not in ("dans", "in")):
            return
        first += view.lower[first : first + 1] in (["the"], ["la"], ["l'"])
        last = first
        while last < self.size and last - first < 4 and self._joined(last) and self._cap(last):
            last += 1
        known = first < self.size and (view.starts[first] in self.placed or view.words[first] in self.lexicon.given_names)
        if last > first and not known:
            yield self._mention(first, last, "columns")

    def _belonging(self, at: int) -> Iterator[Mention]:
        """ "le patron de X", "les mercenaires de X"."""
        first = at + 2
        if first >= self.size or self.view.lower[at + 1] not in ("de", "d'", "du", "of"):
            return
        if self.view.lower[first] == "the":
            first += 1
        last = first
        while (
            last < self.size
            and last - first < 4
            and self._joined(last)
            and self._cap(last)
            and self.view.starts[last] not in self.placed
        ):
            last += 1
        if (
            last == first + 1
            and self.view.words[first] not in self.lexicon.words.not_names | self.lists.heads | self.lexicon.given_names
        ):
            yield self._mention(first, last, "belonging")

    def _party(self, at: int) -> Iterator[Mention]:
        """ "parti travailliste"."""
        last = at + 1
        while (
            last < self.size
            and last < at + 3
            and _PARTY.search(self.view.lower[last])
            and self.view.starts[last] not in self.demonyms
        ):
            last += 1
        if last > at + 1:
            yield self._mention(at, last, "party")

    def _camel(self, at: int) -> Iterator[Mention]:
        """A capital inside a word marks a brand ("TankerTrackers")."""
        if self._cap(at) or (self.view.words[at][:1].isupper() and not self.blocked[self.view.starts[at]]):
            last = at + 1
            while last < self.size and self._cap(last) and self._joined(last) and last < at + 3:
                last += 1
            yield self._mention(at, last, "camel")

    def _quoted(self, at: int) -> int:
        """One past a name in quotation marks that begins at ``at``; ``at`` where there is none."""
        if self.view.words[at : at + 1] and self.view.words[at] in ("«", "“", '"'):
            for last in range(at + 1, min(at + 8, self.size)):
                if self.view.words[last] in ("»", "”", '"'):
                    return last + 1
        return at

    def _acronym(self, at: int) -> Iterator[Mention]:
        """Capitals after a definite article ("la DSCA", "le M23")."""
        view = self.view
        word = view.words[at]
        if word in self.lists.no_acronyms or not any(map(str.isalpha, word)) or sum(map(str.isdigit, word)) > 2:
            return
        if at and view.lower[at - 1] in self.lists.definite and not view.words[at - 1].isupper():
            if at + 1 < self.size and (view.words[at + 1][:1].isdigit() or view.words[at + 1][:1] == "-"):
                return
            if any(map(str.isdigit, word)) and view.lower[at - 1] in ("les", "des", "aux", "the"):
                return
            yield self._mention(at, self._after_acronym(at), "acronym")

    def _after_acronym(self, at: int) -> int:
        """One past the capitals that a French acronym leads ("l'IRIS Sup"); a person's title or name is none of them."""
        last, lexicon = at + 1, self.lexicon
        if self.lang == "en":
            return last
        while last < self.size and last < at + 3 and self._joined(last) and self._cap(last) and self._titled(last):
            word = self.view.words[last]
            if word in lexicon.given_names or word in lexicon.words.titles or word.isupper():
                return at + 1
            last += 1
        return last

    def _source(self, at: int) -> Iterator[Mention]:
        """A capital with its article after a verb of saying ("croit savoir le X"), after "chez" or "selon"."""
        view, lists, first = self.view, self.lists, at + 1
        if view.lower[first : first + 1] and view.lower[first] in _DAYS:
            first += 1
        article = first < self.size and view.lower[first] in ("le", "la", "l'") and self.lang == "fr"
        bare = view.lower[at] == "chez" or (view.lower[at] in lists.citing and not article)
        if not article and not bare:
            return
        first += article
        last = first
        while last < self.size and last - first < 4 and self._joined(last) and self._cap(last):
            last += 1
        if last == first or (view.lower[at] in lists.citing and bare and not self._lone(first, last)):
            return
        refused = self.lexicon.words.not_names | lists.heads | lists.no_acronyms
        if view.lower[at] == "chez" and view.words[first] in self.lexicon.given_names:
            return
        if view.words[first] not in refused and view.lower[first] not in self.lexicon.words.titles:
            yield self._mention(first, last, "source")

    def _lone(self, first: int, last: int) -> bool:
        """True of one word that is neither a given name nor a known place."""
        known = self.view.words[first] in self.lexicon.given_names or self.view.starts[first] in self.placed
        return last == first + 1 and not known
