"""Persons by form: what a title announces, and last names of persons named in full elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rapidfuzz import fuzz, process

from extractor.aliases import fold
from extractor.lexicon import Lexicon
from extractor.model import Mention
from extractor.namespan import LEADS, PARTICLES, capitalised, name_end
from extractor.orgwords import words
from extractor.view import View

_NEAR = 93.0
# Last names of one text: how like another a spelling must be (percent), and of how many letters.
_LIKE, _LONG = 85.0, 7


def given(view: View, lexicon: Lexicon, blocked: bytearray) -> Iterator[Mention]:
    """A known given name and the capitals after it ("Recep Tayyip Erdogan")."""
    known, at, size = lexicon.given_names, 0, len(view.words)
    while at + 1 < size:
        word = view.words[at]
        if (word in known or ("-" in word and word.split("-")[0] in known)) and not (at and _thing(view, at, lexicon)):
            last = (
                at if _continues(view, at, lexicon, blocked) else name_end(view, at, lexicon.words.not_names, blocked)
            )
            if last > at + 1 and sum(capitalised(w) for w in view.words[at:last]) > 1:
                yield person(view, at, last, lexicon, "given_name")
                at = last
                continue
        at += 1


def _thing(view: View, at: int, lexicon: Lexicon) -> bool:
    """True where an article or a vessel's noun makes the name a thing's ("le Karine A", "télescope James-Webb")."""
    before = view.lower[at - 1]
    if before in ("le", "du", "au"):
        return lexicon.lang == "fr"
    return before in words(lexicon.lang).vessels


def _continues(view: View, at: int, lexicon: Lexicon, blocked: bytearray) -> bool:
    """True where capitals stand right before, inside a sentence: the given name is then a part of a longer name."""
    if at < 2 or view.text[view.starts[at] - 1] != " " or blocked[view.starts[at - 1]]:
        return False
    word, before = view.words[at - 1], view.words[at - 2]
    if not capitalised(word) or word in lexicon.words.titles or view.lower[at - 1] in lexicon.words.titles:
        return False
    inside = before[-1:].isalnum() or before[-1:] in ",'’"
    return inside and word not in lexicon.words.not_names and not word.isupper() and word[-1].isalnum()


_OPENING = frozenset({"Die", "Der", "Das", "Le", "La", "Les", "El", "Il", "The"})


def apposed(view: View, lexicon: Lexicon, taken: bytearray, firms: frozenset[str]) -> Iterator[Mention]:
    """Two capitals or more that a verb of saying or a function in apposition makes a person.

    ``firms`` are words of the names of organisations, which no person bears.
    """
    lists, size, at = lexicon.words, len(view.words), 0
    firms = firms | _OPENING
    while at + 1 < size:
        word = view.words[at]
        plain = capitalised(word) and word not in lists.not_names and word not in lists.titles and word not in firms
        goes_on = capitalised(view.words[at + 1]) or view.words[at + 1] in PARTICLES
        if not plain or len(word) < 2 or not goes_on or taken[view.starts[at]]:
            at += 1
            continue
        last = name_end(view, at, lists.not_names, taken)
        several = last - at > 1 and not firms.intersection(view.words[at:last]) and not view.words[at].isupper()
        if several and (
            (view.lower[at - 1] in lists.speech and at)
            or _function(view, at, last, lists.titles | lists.functions)
            or _aged(view, last)
            or view.lower[last : last + 2] == [",", "who"]
            or view.lower[last : last + 3] == [",", "of", "the"]
        ):
            yield person(view, at, last, lexicon, "apposed")
        at = max(last, at + 1)


def lone(view: View, lexicon: Lexicon, taken: bytearray) -> Iterator[Mention]:
    """A single name that a function with its article announces ("un colonel russe, Geranin.", "le blogueur X")."""
    functions, refused = lexicon.words.titles | lexicon.words.functions, lexicon.words.not_names
    for at in range(3, len(view.words)):
        if view.words[at - 1] != "," or not capitalised(view.words[at]) or taken[view.starts[at]]:
            continue
        title = at - 2 if view.lower[at - 2] in functions else at - 3
        article = not _INDEFINITE.isdisjoint(view.lower[max(0, title - 2) : title])
        closed = view.words[at + 1 : at + 2] in ([","], ["."], [")"], [";"])
        if article and closed and view.lower[title] in functions and view.words[at] not in refused:
            yield person(view, at, at + 1, lexicon, "apposed")


_INDEFINITE = frozenset(("un", "une", "a", "an", "certain", "certaine"))


def _aged(view: View, last: int) -> bool:
    """True where an age follows between commas ("X Y, 74, ", "X Y, 34 ans,")."""
    after = view.lower[last : last + 4]
    if len(after) < 3 or after[0] != "," or not after[1].isdigit() or len(after[1]) != 2:
        return False
    return after[2] == "ans" or (after[2] in (",", ".") and after[1] > "13")


def _function(view: View, first: int, last: int, titles: frozenset[str]) -> bool:
    """True where a comma parts the name from a title right after or before it."""
    if view.words[last : last + 1] == [","]:
        for word in view.lower[last + 1 : last + 6]:
            if word in (",", "."):
                break
            if word in titles:
                return True
    if first > 1 and view.words[first - 1] == ",":
        for at in range(first - 2, max(-1, first - 8), -1):
            if view.words[at] in (",", "."):
                break
            if view.lower[at] in titles:
                return view.words[last : last + 1] in ([","], ["."], [")"])
    return False


def titled(view: View, lexicon: Lexicon, taken: bytearray) -> Iterator[Mention]:
    """Names that a title announces ("le général Massoud", "Prime Minister Fiala")."""
    titles, courtesies, refused = lexicon.words.titles, lexicon.words.courtesies, lexicon.words.not_names
    size = len(view.words)
    for at, word in enumerate(view.words):
        if at + 1 >= size or (word not in titles and view.lower[at] not in titles):
            continue
        first = at + 1
        while first < size and (view.words[first] in titles or (view.words[first] == "." and len(view.words[first - 1]) < 5)):
            first += 1
        if first == size or view.words[first - 1] in lexicon.words.title_modifiers:
            continue
        lead = view.words[first - 1] in courtesies or view.lower[first - 1] in courtesies
        lead = lead and (view.lower[first] not in LEADS or (view.lower[first + 1 : first + 2] != [] and view.lower[first + 1] not in titles))
        last = name_end(view, first, refused, taken, lead)
        if last > first:
            yield person(view, first, last, lexicon, "title")


def person(view: View, first: int, last: int, lexicon: Lexicon, rule: str) -> Mention:
    """The tokens from ``first`` to before ``last`` as a person."""
    start, end = view.starts[first], view.ends[last - 1]
    text = view.text[start:end]
    ident, link = identify(text, lexicon)
    return Mention(start, end, text, "PERSON", f"rule:person.{rule}", ident, "name", None, link)


def identify(name: str, lexicon: Lexicon) -> tuple[str, str]:
    """The id of a full name and what tied them: a known alias, a near spelling of one, or the name itself."""
    key = fold(name).replace("\n", " ")
    known = lexicon.people.get(key)
    if known is None and " " not in key:
        known = next((value.entity for value in lexicon.names.get(name) if value.type == "PERSON"), None)
    if known:
        return known, f"alias:{name}"
    if " " in key and len(key) > 9:
        near = process.extractOne(key, lexicon.people.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
        if near is not None and near[0][0] == key[0] and near[0].count(" ") == key.count(" "):
            return lexicon.people[near[0]], f"spelling:{near[0]}"
    return f"person:{name}", "name"


def last_names(people: Iterable[Mention], lexicon: Lexicon) -> dict[str, Mention]:
    """Last names by the word, each with the person of that name; known persons go before others."""
    table: dict[str, Mention] = {}
    for mention in sorted(people, key=lambda m: (m.entity not in lexicon.entities, m.start)):
        parts = mention.text.replace("\u00a0", " ").split()
        if parts[0].lower() in LEADS:
            table.setdefault(" ".join(parts), mention)
        if len(parts) < 2:
            continue
        hyphened = "-" in parts[-1] and parts[-1].split("-")[1][:1].islower()
        asian = mention.entity in lexicon.family_first or (hyphened and len(parts) == 2)
        for part in (parts[0],) if asian else _family(parts):
            if (capitalised(part.split()[-1]) and len(part) > 2) or part in ("Xi", "Li", "Yi", "Ri"):
                table.setdefault(part, mention)
    return table


def _family(parts: list[str]) -> tuple[str, ...]:
    for at in range(1, len(parts) - 1):
        if parts[at].lower() in PARTICLES or parts[at] in ("Le", "La", "De", "Van", "Von"):
            return (" ".join(parts[at:]), parts[-1])
    return (parts[-1],)


def repeated(view: View, table: dict[str, Mention], taken: bytearray) -> Iterator[Mention]:
    """Last names that stand alone and belong to a person named in full elsewhere in the text."""
    opening = {name[:1].upper() + name[1:]: mention for name, mention in table.items()}
    table = {**opening, **table}
    longer = [name for name in table if not name.isalpha()]
    spans = [(m.start(), n) for n in longer for m in re.finditer(rf"(?<![\w-]){re.escape(n)}(?![\w-])", view.text)]
    spans += [(start, word) for start, word in zip(view.starts, view.words, strict=True) if word in table]
    end = 0
    for start, name in sorted(spans, key=lambda span: (span[0], -len(span[1]))):
        if start >= end and not any(taken[start : start + len(name)]):
            yield _last_name(view, start, name, table[name])
            end = start + len(name)


def _last_name(view: View, start: int, name: str, source: Mention) -> Mention:
    rule, link = "rule:person.last_name", f"last name of {source.text}"
    return Mention(start, start + len(name), name, "PERSON", rule, source.entity, "name", None, link)


def respelt(mentions: list[Mention], table: dict[str, Mention]) -> list[Mention]:
    """The mentions, single names that nothing knows tied to a near last name of the text ("Zelenski", "Zelensky")."""
    return [_respell(mention, table) for mention in mentions]


def _respell(mention: Mention, table: dict[str, Mention]) -> Mention:
    name = mention.text
    if mention.type != "PERSON" or mention.entity != f"person:{name}" or not name.isalpha() or len(name) < _LONG:
        return mention
    near = process.extractOne(name, [n for n in table if n[:3] == name[:3]], scorer=fuzz.ratio, score_cutoff=_LIKE)
    # A final a tells a woman's name from a man's in Slavic languages.
    if near is None or near[0].rstrip("a") == name.rstrip("a"):
        return mention
    source = table[near[0]]
    return replace(mention, entity=source.entity, link=f"spelling of {source.text}")
