"""Organisations by form: patterns of their names, and acronyms that the text introduces.

The vocabulary is `lexicon/{fr,en}/organisations.yaml`. Every rule below says its id in the mentions it makes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from extractor import lexicon as gazetteers
from extractor.errors import LexiconError
from extractor.lexicon import Lexicon
from extractor.model import Mention
from extractor.persons import capitalised
from extractor.view import View

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ARTICLES = frozenset({"le", "la", "l'", "les", "du", "de", "d'", "des", "au", "aux", "the", "un", "une", "of", "by", "chez", "from"})
_DEFINITE = frozenset({"le", "la", "l'", "du", "au", "les", "des", "aux", "the"})
_LINKS = {
    "fr": frozenset({"de", "d'", "du", "des", "pour", "sur", "contre"}),
    "en": frozenset({"of", "for", "on", "against"}),
}
_FRENCH_ADJECTIVE = re.compile(
    r"(?:al|ale|ales|aux|ique|iques|if|ive|ifs|ives|ien|ienne|iens|iennes|ain|aine|aines|aire|aires|uel|uelle|elle|elles|éen|éenne"
    r"|éens|éennes|ées?|és|royale|rouge|islamique|uni|unie|unies|suprême|générale?|spéciales?|rapide|ible|teurs?|trices?)$"
)
_ABOUT = frozenset({"pour", "sur", "contre"})
_BRACKETS = re.compile(r"\(([A-ZÉÈ][\w&.\-]{1,11})\)")
# "McCain", "DiCaprio" and "LeBron" are persons.
_CAMEL = re.compile(r"^(?!Mc|Mac|Di[A-Z]|De[A-Z]|Le[A-Z]|La[A-Z]|Van[A-Z]|Fitz|O[’'])[A-ZÉ]\w*[a-zé\d][A-ZÉ][a-zé]{2,}\w*$")
_PARTY = re.compile(r"(?:iste|isme|ateur|crate|cain|libéral|national|islamique|populaire|radical|vert)$")
_NUMBERED = re.compile(r"\d+(?:e|er|re|ème|th|st|nd|rd)$")


@dataclass(frozen=True, slots=True)
class OrgWords:
    """The word lists of organisations.yaml in one language."""

    heads: frozenset[str]
    about_heads: frozenset[str]
    keep_demonym: frozenset[str]
    institutions: frozenset[str]
    domains: frozenset[str]
    courts: frozenset[str]
    announcing: frozenset[str]
    belonging: frozenset[str]
    saying: frozenset[str]
    suffixes: frozenset[str]
    no_acronyms: frozenset[str]
    no_acronym_heads: frozenset[str]
    units: frozenset[str]
    ordinals: frozenset[str]
    unit_words: frozenset[str]


@lru_cache(maxsize=2)
def words(lang: str) -> OrgWords:
    """The word lists of ``lang``; raises `LexiconError` where a list is missing, unknown or holds no texts."""
    path = gazetteers.FOLDER / lang / "organisations.yaml"
    with path.open(encoding="utf-8") as handle:
        raw: dict[str, Any] = yaml.load(handle, Loader=_Loader)
    wrong = set(raw) ^ set(OrgWords.__dataclass_fields__)
    wrong |= {key for key, value in raw.items() if not all(isinstance(word, str) for word in value)}
    if wrong:
        raise LexiconError(f"{lang}/organisations.yaml:1: missing, unknown or faulty lists {sorted(wrong)}")
    return OrgWords(**{key: frozenset(value) for key, value in raw.items()})


class Names:
    """The organisations of one text by form.

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
            if lower in lists.units:
                yield from self._unit(at)
            if word.isupper() and 1 < len(word) < 7:
                yield from self._acronym(at)
            if lower in lists.belonging:
                yield from self._belonging(at)
            if lower == "parti":
                yield from self._party(at)
            if _CAMEL.search(word):
                yield from self._camel(at)
            if lower in lists.saying or lower == "chez":
                yield from self._source(at)

    def _mention(self, first: int, last: int, rule: str) -> Mention:
        start, end = self.view.starts[first], self.view.ends[last - 1]
        text = self.view.text[start:end]
        known = next((n for n in self.lexicon.names.get(text) if n.type == "ORG"), None)
        form = "acronym" if text.isupper() and last == first + 1 else "name"
        return Mention(start, end, text, "ORG", f"rule:org.{rule}", known.entity if known else f"org:{text}", form)

    def _joined(self, at: int) -> bool:
        """True where only a space or nothing stands before the token."""
        return self.view.text[self.view.ends[at - 1]:self.view.starts[at]] in (" ", "\u00a0", "")

    def _cap(self, at: int) -> bool:
        return 0 <= at < self.size and capitalised(self.view.words[at]) and not self.blocked[self.view.starts[at]]

    def _institution(self, at: int) -> Iterator[Mention]:
        start = self.view.starts[at]
        if start in self.stated or self.view.text[start - 1:start] == "-" or self.lang == "fr" and start in self.known:
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
            if view.starts[at] in self.demonyms and lower == word:
                if not keep or not links and at - head > 2:
                    break
                at += 1
            elif self._cap(at) and at == head + 1 or _FRENCH_ADJECTIVE.search(word) and lower == word and len(word) > 3:
                at += 1
            elif lower in _LINKS["fr"] and links < 3 and (lower not in _ABOUT or view.words[head] in self.lists.about_heads):
                step = self._complement(at)
                if step is None:
                    break
                at, links = step, links + 1
            elif lower == "et" and links and at + 1 < self.size and (
                view.lower[at + 1] in _LINKS["fr"] or _FRENCH_ADJECTIVE.search(view.lower[at + 1])
            ):
                step = self._complement(at + 1) if view.lower[at + 1] in _LINKS["fr"] else at + 2
                if step is None:
                    break
                at = step
            else:
                break
        return at

    def _complement(self, at: int) -> int | None:
        """One past a complement ("de la révolution") that opens at ``at``; None where it is no part of a name."""
        view = self.view
        noun = at + 1
        while noun < self.size and view.lower[noun] in ("la", "l'", "les", "le"):
            noun += 1
        if noun >= self.size:
            return None
        word, lower = view.words[noun], view.lower[noun]
        if not word.isalpha() and "-" not in word or len(word) < 3 or lower in _NO_COMPLEMENT or lower in self.lexicon.words.titles:
            return None
        if view.lower[at] in ("de", "d'", "pour") and noun == at + 1 and lower == word and lower.endswith(("er", "ir", "oir", "dre", "tre")):
            return None
        if word[:1].isupper() and (self.blocked[view.starts[noun]] or noun == at + 1 and view.lower[at] == "de"):
            return None
        return noun + 1

    def _tail_en(self, head: int) -> int:
        view, at = self.view, head + 1
        while at < self.size and self._joined(at) and at - head < 10:
            lower = view.lower[at]
            if lower in _LINKS["en"]:
                noun = at + 1
                while noun < self.size and view.lower[noun] in ("the",):
                    noun += 1
                about = lower == "of" and at == head + 1 or lower == "on" and view.words[head] in self.lists.about_heads
                free = self._cap(noun) or about and noun < self.size and capitalised(view.words[noun])
                if not free or view.words[noun] in self.lexicon.words.not_names:
                    break
                at = noun + 1
            elif at > head + 1 and lower in ("and", "&") and self._cap(at + 1):
                at += 2
            elif self._cap(at) and (at > head + 1 or view.words[at] in self.lists.heads):
                at += 1
            else:
                break
        return at

    def _lead_en(self, head: int) -> int:
        """The first token of the capitals that lead to ``head`` ("Royal Netherlands Air Force")."""
        view, first = self.view, head
        while first and self._joined(first):
            word = view.words[first - 1]
            inner = word in ("and", "&", "of", "-") and first > 1 and capitalised(view.words[first - 2]) and self._joined(first - 1)
            if not (capitalised(word) or word in ("U.S.", "US", "UN", "UK") or inner) or word in _NO_LEAD:
                break
            if word in self.lexicon.words.titles and word.lower() not in self.lists.domains or word in self.lexicon.words.not_names:
                break
            first -= 1
        return first

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
        while link < self.size and link < at + 3 and view.lower[link] not in ("de", "de la", "des", "du", "d'", "à", "aux"):
            link += 1
        noun = link + 1
        while noun < self.size and view.lower[noun] in ("la", "l'", "les", "le"):
            noun += 1
        if noun >= self.size or view.lower[noun] not in self.lists.domains:
            return
        last = noun + 1
        while last < self.size and self._joined(last) and view.starts[last] not in self.demonyms:
            if view.lower[last] in _DOMAIN_ADJECTIVES:
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
        """"cour d'appel de Paris", "tribunal correctionnel de Lyon"."""
        view, last = self.view, at + 1
        while last < self.size and last < at + 7 and view.lower[last] in _COURT_WORDS:
            last += 1
        if last > at + 1 and view.lower[last - 1] in ("de", "d'") and last < self.size and capitalised(view.words[last]):
            yield self._mention(at, last + 1, "court")

    def _company(self, at: int) -> Iterator[Mention]:
        """Capitals that end in a company's last word ("Israel Aerospace Industries")."""
        view, first = self.view, at
        while first and self._joined(first):
            word = view.words[first - 1]
            inner = word in ("&", "-", "+") and first > 1 and capitalised(view.words[first - 2])
            if not (capitalised(word) or word[:1].isupper() or inner) or word in _NO_LEAD or word in self.lexicon.words.titles:
                break
            if word in self.lexicon.words.not_names:
                break
            first -= 1
        last = at + 1
        while last < self.size and view.words[last] in self.lists.suffixes and self._joined(last):
            last += 1
        if last < self.size and view.words[last] in ("and", "&") and self._joined(last) and view.words[last + 1:last + 2]:
            if view.words[last + 1] in self.lists.suffixes:
                last += 2
        if first < at:
            yield self._mention(first, last, "company")

    def _announced(self, at: int) -> Iterator[Mention]:
        """"l'avionneur X", "le quotidien allemand X"."""
        view, first = self.view, at + 1
        steps = 0
        while first < self.size and steps < 3 and view.words[first].islower() and (
            view.starts[first] in self.demonyms or _FRENCH_ADJECTIVE.search(view.words[first]) or view.lower[first] in ("des", "de", "of")
        ):
            first, steps = first + 1, steps + 1
        last = first
        while last < self.size and last - first < 5 and self._joined(last) and (
            self._cap(last) or last > first and view.words[last] in ("&", "-") and self._cap(last + 1)
        ):
            last += 1
        refused = self.lexicon.words.not_names - _OPENING
        if last > first and view.words[first] not in refused and view.words[last - 1] not in _OPENING and (
            view.lower[last - 1] not in self.lexicon.words.titles
        ):
            if view.lower[first - 1] in ("de", "of") or view.ends[last - 1] - view.starts[first] < 2:
                return
            yield self._mention(first, last, "announced")

    def _unit(self, at: int) -> Iterator[Mention]:
        """"155e brigade mécanisée", "82nd Airborne Division"."""
        view, lists = self.view, self.lists
        first = at
        while first and (view.lower[first - 1] in lists.unit_words or view.words[first - 1] in ("Airborne", "Mountain", "Guards")):
            first -= 1
        if not first or not (_NUMBERED.match(view.lower[first - 1]) or view.lower[first - 1] in lists.ordinals):
            return
        if view.lower[at] in ("groupe", "compagnie", "company", "armée", "army", "corps") and not _NUMBERED.match(view.lower[first - 1]):
            return
        last = at + 1
        while last < self.size and (view.lower[last] in lists.unit_words or view.lower[last] in ("de", "d'", "à") and
                                    last + 1 < self.size and view.lower[last + 1] in lists.unit_words):
            last += 1
        if last - first < 1 or (last == at + 1 and first == at and view.lower[first - 1] in lists.ordinals):
            return
        yield self._mention(first - 1, last, "unit")

    def _acronym(self, at: int) -> Iterator[Mention]:
        """Capitals after a definite article ("la DSCA", "le M23")."""
        view = self.view
        word = view.words[at]
        if word in self.lists.no_acronyms or not any(map(str.isalpha, word)) or sum(map(str.isdigit, word)) > 2:
            return
        if at and view.lower[at - 1] in _DEFINITE and not view.words[at - 1].isupper():
            if at + 1 < self.size and (view.words[at + 1][:1].isdigit() or view.words[at + 1][:1] == "-"):
                return
            if any(map(str.isdigit, word)) and view.lower[at - 1] in ("les", "des", "aux", "the"):
                return
            yield self._mention(at, at + 1, "acronym")

    def _belonging(self, at: int) -> Iterator[Mention]:
        """"le patron de X", "les mercenaires de X"."""
        first = at + 2
        if first >= self.size or self.view.lower[at + 1] not in ("de", "d'", "du", "of"):
            return
        if self.view.lower[first] == "the":
            first += 1
        last = first
        while last < self.size and last - first < 4 and self._joined(last) and self._cap(last) and self.view.starts[last] not in self.placed:
            last += 1
        if last == first + 1 and self.view.words[first] not in self.lexicon.words.not_names | self.lists.heads | self.lexicon.given_names:
            yield self._mention(first, last, "belonging")

    def _party(self, at: int) -> Iterator[Mention]:
        """"parti travailliste"."""
        last = at + 1
        while last < self.size and last < at + 3 and _PARTY.search(self.view.lower[last]) and self.view.starts[last] not in self.demonyms:
            last += 1
        if last > at + 1:
            yield self._mention(at, last, "party")

    def _camel(self, at: int) -> Iterator[Mention]:
        """A capital inside a word marks a brand ("TankerTrackers")."""
        if self._cap(at) or self.view.words[at][:1].isupper() and not self.blocked[self.view.starts[at]]:
            last = at + 1
            while last < self.size and self._cap(last) and self._joined(last) and last < at + 3:
                last += 1
            yield self._mention(at, last, "camel")

    def _source(self, at: int) -> Iterator[Mention]:
        """A capital with its article after a verb of saying ("croit savoir le X"), or after "chez"."""
        view, first = self.view, at + 1
        if first < self.size and view.lower[at] != "chez":
            if view.lower[first] in ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"):
                first += 1
            if first >= self.size or view.lower[first] not in ("le", "la", "l'", "the") or self.lang == "en":
                return
            first += 1
        last = first
        while last < self.size and last - first < 4 and self._joined(last) and self._cap(last):
            last += 1
        word = view.words[first] if last > first else ""
        if word and word not in self.lexicon.words.not_names | self.lists.heads | self.lists.no_acronyms and (
            view.lower[first] not in self.lexicon.words.titles
        ):
            yield self._mention(first, last, "source")


_OPENING = frozenset({"Le", "La", "Les", "The", "L'", "L’", "Die", "Der", "El"})
_NO_LEAD = frozenset({"The", "A", "An", "In", "On", "At", "For", "And", "But", "Le", "La", "Les", "L'", "L’", "Des", "Un", "Une",
                      "Its", "His", "Her", "Their", "Our", "This", "That", "When", "While", "As", "To", "From", "Of", "By", "With",
                      "Du", "De", "Au", "Aux", "Son", "Sa", "Ses", "Ce", "Cette", "Chez", "Selon", "Après", "Since", "After", "Both"})
_NO_COMPLEMENT = frozenset("""mon ma mes cette ces cet leur leurs son sa ses notre nos votre vos tous toute toutes tout plusieurs chaque lundi mardi mercredi
    jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre octobre novembre décembre son qui que
    quoi dont lequel laquelle ce ceci cela manière façon nouveau nouvelle lui elle eux plus moins dernière dernier prochaine fin part
    côté lieu fait suite cause""".split())
_DOMAIN_ADJECTIVES = frozenset("""étrangères étrangère nationale national extérieur extérieures extérieure intérieure sociales sociale publique publiques
    civile européennes combattants militaire supérieur maritimes stratégiques numérique""".split())
_COURT_WORDS = frozenset("""d' appel de cassation d'appel suprême correctionnel administratif pénale criminelle martiale d'assises assises commerce
    grande instance judiciaire militaire fédérale fédéral constitutionnelle""".split())


def introduced(view: View, chosen: Iterable[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    """Acronyms in brackets after a name, wherever they stand, and the unknown names they come after."""
    lists = words(lexicon.lang)
    by_end = {mention.end: mention for mention in chosen}
    for match in _BRACKETS.finditer(view.text):
        acronym = match[1]
        if sum(map(str.isupper, acronym)) < 2 or acronym in lists.no_acronyms:
            continue
        before = by_end.get(len(view.text[:match.start()].rstrip()))
        if before is not None and before.type not in ("ORG",):
            continue
        if before is None:
            before = _expansion(view, match.start(), acronym, lists)
            if before is None:
                continue
            yield before
        for at, word in enumerate(view.words):
            if word == acronym:
                yield Mention(view.starts[at], view.ends[at], word, "ORG", "rule:org.introduced", before.entity, "acronym", None,
                              f"acronym of {before.text}")


def _expansion(view: View, bracket: int, acronym: str, lists: OrgWords) -> Mention | None:
    """The words before the bracket whose initials the acronym spells, as an organisation."""
    last = view.at(bracket - 1)
    letters = [char for char in acronym.lower() if char.isalpha()]
    at, left = last, len(letters) - 1
    while at >= 0 and last - at < 14:
        word = view.lower[at]
        if view.words[at] in (".", ";", ":", "(", ")", "»", "«"):
            return None
        if word[:1] == letters[left] or word[:2] in ("d'", "l'") and word[2:3] == letters[left]:
            left -= 1
            if left < 0:
                break
        at -= 1
    if left >= 0 or not view.words[at][:1].isupper() or view.lower[at] in lists.no_acronym_heads or last == at:
        return None
    text = view.text[view.starts[at]:view.ends[last]]
    return Mention(view.starts[at], view.ends[last], text, "ORG", "rule:org.expansion", f"org:{text}", "name")
