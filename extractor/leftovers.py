"""Capitals that no other rule has claimed: datelines, bare acronyms, partnerships, foreign names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.lexicon import Lexicon
from extractor.model import EntityType, Mention
from extractor.orgwords import words
from extractor.persons import capitalised
from extractor.view import View

_DATELINE = re.compile(r"(?m)^([^\W\d_a-zß-öø-ÿ][^\Wa-z\dß-öø-ÿ]+(?:[ '’\-][^\Wa-z\dß-öø-ÿ]+){0,3})(?=\s?(?:[,(/]|[–—] |- ))")
_PAIR = re.compile(r"\b[A-ZÀ-Þ][\w’'\-]+ & [A-ZÀ-Þ][\w’'\-]+(?: & [A-ZÀ-Þ][\w’'\-]+)?")


def early(view: View, lexicon: Lexicon, taken: bytearray) -> Iterator[Mention]:
    """Datelines, acronyms and pairs of names: surer than the model's view of them."""
    for match in _DATELINE.finditer(view.text):
        yield _mention(match.start(1), match.end(1), match[1], "PLACE", "dateline")
    for match in _PAIR.finditer(view.text):
        yield _mention(match.start(), match.end(), match[0], "ORG", "pair")
    refused = words(lexicon.lang).no_acronyms | lexicon.words.not_names
    for at, word in enumerate(view.words):
        if word.isupper() and 2 < len(word) < 8 and word.isalpha() and word not in refused and not _shouted(view, at):
            first, last = _widened(view, at, taken)
            text = view.text[view.starts[first] : view.ends[last]]
            yield _mention(view.starts[first], view.ends[last], text, "ORG", "bare_acronym")


def _widened(view: View, at: int, taken: bytearray) -> tuple[int, int]:
    """The first and last token of the capitals around an acronym ("BNP Paribas")."""
    first = last = at
    while last + 1 < len(view.words) and view.text[view.ends[last]] == " " and _free(view, last + 1, taken):
        last += 1
    while first and view.text[view.starts[first] - 1] == " " and _free(view, first - 1, taken) and _inside(view, first - 1):
        first -= 1
    return first, last


def late(view: View, lexicon: Lexicon, taken: bytearray) -> Iterator[Mention]:
    """Capitals that the model has no opinion of: two or more, or one after a word of agency ("par X")."""
    lists = words(lexicon.lang)
    refused = lexicon.words.not_names | lists.no_lead | lists.no_acronyms | lexicon.words.titles | lists.heads
    at, size = 1, len(view.words)
    while at < size:
        last = at
        while last < size and last - at < 4 and _free(view, last, taken) and (last == at or view.text[view.ends[last - 1]] == " "):
            last += 1
        before = view.lower[at - 1]
        if last > at and view.words[at] not in refused and before not in lists.vessels and _inside(view, at):
            several = last - at > 1 and lexicon.lang == "fr" and not view.words[last - 1] in refused
            if several or (last == at + 1 and before in lists.agency):
                yield _mention(view.starts[at], view.ends[last - 1], view.text[view.starts[at] : view.ends[last - 1]], "ORG", "leftover")
        at = max(last, at + 1)


def _mention(start: int, end: int, text: str, kind: EntityType, rule: str) -> Mention:
    prefix = kind.lower()
    form = "acronym" if rule == "bare_acronym" else "name"
    return Mention(start, end, text, kind, f"rule:{prefix}.{rule}", f"{prefix}:{text}", form)


def _free(view: View, at: int, taken: bytearray) -> bool:
    word = view.words[at]
    return capitalised(word) and len(word) > 1 and not taken[view.starts[at]] and not word.isupper() and word[-1].isalnum()


def _inside(view: View, at: int) -> bool:
    """True where the word does not open a sentence, a quotation or a line."""
    before = view.words[at - 1]
    return before[-1:].isalnum() or before[-1:] in ",'’"


def _shouted(view: View, at: int) -> bool:
    """True in a stretch of capitals, and beside a figure or hyphen that makes the word a code."""
    text, start, end = view.text, view.starts[at], view.ends[at]
    if text[end : end + 1] in ("-", "/", "$") or (start and text[start - 1] in "-/$"):
        return True
    near = [view.words[i] for i in (at - 1, at + 1) if 0 <= i < len(view.words)]
    return any((w.isupper() and len(w) > 1) or w[:1].isdigit() for w in near)
