"""Mentions found by form, before the parser: gazetteers, weapon grammar and model entities, reconciled.

Priorities, the higher first; within one, the longer span, then the earlier rule, then the place in the text:

1. the user's own entries, and phrases that name nothing ("silent");
2. all that form alone settles: gazetteers, weapon grammar, patterns of organisations. A person of two
   words or more that the model saw competes here with single names of states and places inside it
   ("Wellington Koo"), and an organisation of the model with the names at its borders;
3. names that a title announces;
4. last names of persons named in full elsewhere in the text;
5. datelines, bare acronyms and pairs of names;
6. what else the model saw;
7. capitals that nothing has claimed, where they look like a foreign firm's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc

from extractor import acronyms, gazetteer, leftovers, modelnames, organisations, orgwords, persons, places, weapons
from extractor.lexicon import Lexicon
from extractor.model import Mention
from extractor.view import View


class _Page:
    """The mentions chosen so far; ``taken`` has a 1 for each character that one covers."""

    def __init__(self, size: int) -> None:
        self.taken = bytearray(size + 1)
        self.chosen: list[Mention] = []

    def add(self, candidates: Iterable[Mention]) -> None:
        """Choose of the candidates those that overlap nothing, the longer first."""
        for mention in sorted(candidates, key=lambda m: (m.start - m.end, _rank(m), m.start)):
            if not any(self.taken[mention.start : mention.end]):
                self.taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
                if mention.entity != "":
                    self.chosen.append(mention)


_RANKS = (
    "gazetteer:overlay",
    "gazetteer:silent",
    "gazetteer:weapon",
    "pattern:designation",
    "gazetteer:person",
    "gazetteer:state",
    "gazetteer:org",
    "gazetteer:place",
)


def _rank(mention: Mention) -> int:
    for rank, prefix in enumerate(_RANKS):
        if mention.rule.startswith(prefix):
            return rank
    return len(_RANKS)


def find(doc: Doc, lexicon: Lexicon) -> list[Mention]:
    """Mentions of ``doc`` in the order of the text; none overlaps another."""
    view = View(doc)
    named = gazetteer.names(view, lexicon)
    armed = weapons.find(doc, lexicon)
    page = _Page(len(view.text))
    page.add(m for m in named if m.rule.startswith(("gazetteer:overlay", "gazetteer:silent")))
    blocked = _blocked(view, named, armed, lexicon)
    seen = list(modelnames.names(doc, view, lexicon, blocked))
    strong = [m for m in seen if _strong(m, named, lexicon)]
    formed = [
        *organisations.Names(view, lexicon, named, blocked).find(),
        *persons.given(view, lexicon, blocked),
        *acronyms.expansions(view, lexicon),
        *acronyms.spelt(view, lexicon),
        *(m for m in places.names(view.text, lexicon.lang) if not _state(m, named)),
    ]
    page.add([*named, *armed, *strong, *formed])
    page.add(acronyms.introduced(view, page.chosen, lexicon))
    page.add(persons.titled(view, lexicon, page.taken))
    page.add(m for m in seen if m.type == "PERSON" and " " in m.text)
    orgs = orgwords.words(lexicon.lang)
    page.add(persons.apposed(view, lexicon, page.taken, orgs.suffixes | orgs.heads))
    page.add(persons.lone(view, lexicon, page.taken))
    full = [m for m in page.chosen if m.type == "PERSON"]
    last_names = persons.last_names(full, lexicon)
    page.add(persons.repeated(view, last_names, page.taken))
    page.add(leftovers.early(view, lexicon, page.taken))
    page.add(seen)
    page.add(leftovers.speakers(view, lexicon, page.taken))
    page.add(leftovers.late(view, lexicon, page.taken))
    found = persons.respelt(sorted(page.chosen, key=lambda m: m.start), last_names)
    return [m if m.link or m.type == "WEAPON" else replace(m, link=m.rule) for m in found]


def _blocked(view: View, named: list[Mention], armed: list[Mention], lexicon: Lexicon) -> bytearray:
    """Marks of the characters that no other name may take in: states, organisations and weapons, towns after "de"."""
    marks = bytearray(len(view.text) + 1)
    for mention in (*named, *armed):
        if mention.text in lexicon.given_names:
            continue
        if mention.type == "PLACE" or mention.form == "capital":
            barred = view.before(mention.start) in _OF
        else:
            barred = mention.type in ("STATE", "ORG", "WEAPON") and not _last_name(mention, view, lexicon)
        if barred:
            marks[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
    return marks


_OF = frozenset({"de", "d'", "du", "des"})


def _last_name(mention: Mention, view: View, lexicon: Lexicon) -> bool:
    """True of a state that a first name right before makes a last name ("Stéphane Israël")."""
    if mention.text not in lexicon.words.given_states or view.text[mention.start - 1 : mention.start] != " ":
        return False
    at = view.at(mention.start - 2)
    return view.words[at] in lexicon.given_names and view.words[at] not in lexicon.words.titles


def _state(place: Mention, named: list[Mention]) -> bool:
    """True of a place by its form that is a state by name ("Cook Islands", "Cape Verde")."""
    return any(n.type == "STATE" and n.form == "name" and n.start == place.start and n.end == place.end for n in named)


def _strong(mention: Mention, named: list[Mention], lexicon: Lexicon) -> bool:
    """A full name of the model that beats the single names inside it."""
    inside = [n for n in named if n.start < mention.end and n.end > mention.start]
    if not inside:
        return False
    if any(n.start < mention.start or n.end > mention.end for n in inside):
        return False
    if mention.type == "PERSON":
        words = mention.text.split()
        return len(words) > 1 and all(_part_of_person(n, mention, lexicon) for n in inside)
    if mention.type == "PLACE":
        return inside[0].start == mention.start and all(n.type == "PLACE" and " " not in n.text for n in inside)
    if mention.type == "ORG":
        return all(n.type == "ORG" for n in inside) and len(inside) == 1 and inside[0].start == mention.start
    return False


def _part_of_person(name: Mention, person: Mention, lexicon: Lexicon) -> bool:
    """True of a name that may be one word of a person's ("Chad" in "Chad Brown")."""
    given = name.start == person.start and name.text in lexicon.words.given_states
    if given:
        return (lexicon.words.titles | orgwords.words(lexicon.lang).heads).isdisjoint(person.text.split())
    return name.form == "capital" or (name.type in ("PERSON", "PLACE") and " " not in name.text)
