"""Acronyms that a text introduces in brackets after a name, and names in brackets after their acronym."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractor.lexicon import Lexicon
from extractor.model import Mention
from extractor.orgwords import OrgWords, words
from extractor.view import View

_BRACKETS = re.compile(r"\(([A-ZÉÈ][\w&.\-]{1,11})\)")
_BEFORE = re.compile(r"\b([A-ZÉÈ]{2,10}) \(([A-ZÉÈ][^()\n.;:]{5,90})\)")


def _written(view: View, lists: OrgWords) -> Iterator[tuple[str, int, int]]:
    """Each bracketed acronym, with the offsets of its bracket and of the end of what stands before."""
    for match in _BRACKETS.finditer(view.text):
        acronym = match[1]
        if sum(map(str.isupper, acronym)) > 1 and acronym not in lists.no_acronyms:
            yield acronym, match.start(), len(view.text[: match.start()].rstrip())


def expansions(view: View, lexicon: Lexicon) -> Iterator[Mention]:
    """Names spelt out before a bracketed acronym whose letters begin their words."""
    lists = words(lexicon.lang)
    for acronym, bracket, _ in _written(view, lists):
        mention = _expansion(view, bracket, acronym, lists)
        if mention is not None:
            yield mention


def spelt(view: View, lexicon: Lexicon) -> Iterator[Mention]:
    """Acronyms before the bracketed name that they stand for ("l'OPM (Office portuaire de Malmora)"), and that name."""
    for match in _BEFORE.finditer(view.text):
        acronym, name = match.groups()
        known = next((value.entity for value in lexicon.names.get(name) if value.type == "ORG"), f"org:{name}")
        if acronym in words(lexicon.lang).no_acronyms or not _initials(acronym, name):
            continue
        yield Mention(*match.span(2), name, "ORG", "rule:org.expansion", known, "name", None, f"acronym {acronym}")
        for at, word in enumerate(view.words):
            if word == acronym:
                start, stop = view.starts[at], view.ends[at]
                yield Mention(
                    start, stop, word, "ORG", "rule:org.introduced", known, "acronym", None, f"acronym of {name}"
                )


def _initials(acronym: str, name: str) -> bool:
    """True where the acronym's letters begin words of the name in their order, its capitals all among them."""
    letters = iter(acronym)
    letter = next(letters)
    for word in re.findall(r"\w+", name):
        if word[0].upper() == letter:
            letter = next(letters, "")
        elif word[0].isupper():
            return False
    return not letter


def introduced(view: View, chosen: Iterable[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    """Acronyms in brackets after an organisation's name, wherever they stand."""
    by_end = {mention.end: mention for mention in chosen}
    for acronym, _, end in _written(view, words(lexicon.lang)):
        before = by_end.get(end)
        if before is None or before.type != "ORG":
            continue
        for at, word in enumerate(view.words):
            if word == acronym:
                start, stop = view.starts[at], view.ends[at]
                link = f"acronym of {before.text}"
                yield Mention(start, stop, word, "ORG", "rule:org.introduced", before.entity, "acronym", None, link)


def _expansion(view: View, bracket: int, acronym: str, lists: OrgWords) -> Mention | None:
    """The words before the bracket whose initials the acronym spells, as an organisation."""
    last = view.at(bracket - 1)
    letters = [char for char in acronym.lower() if char.isalpha()]
    at, left = last, len(letters) - 1
    while at >= 0 and last - at < 14:
        word = view.lower[at]
        if view.words[at] in (".", ";", ":", "(", ")", "»", "«"):
            return None
        fits = word[:1] == letters[left] and (left or view.words[at][:1].isupper())
        if fits or (word[:2] in ("d'", "l'") and word[2:3] == letters[left]):
            left -= 1
            if left < 0:
                break
        at -= 1
    if left >= 0 or not view.words[at][:1].isupper() or view.lower[at] in lists.no_acronym_heads or last == at:
        return None
    text = view.text[view.starts[at] : view.ends[last]]
    return Mention(view.starts[at], view.ends[last], text, "ORG", "rule:org.expansion", f"org:{text}", "name")
