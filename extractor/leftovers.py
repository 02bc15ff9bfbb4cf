"""Capitals that no other rule has claimed: datelines, bare acronyms, partnerships, foreign names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.lexicon import Lexicon
from extractor.model import EntityType, Mention
from extractor.namespan import capitalised
from extractor.orgwords import OrgWords, words
from extractor.view import View

_DATELINE = re.compile(
    r"(?m)^([^\W\d_a-zß-öø-ÿ][^\Wa-z\dß-öø-ÿ]+(?:[ '’\-][^\Wa-z\dß-öø-ÿ]+){0,3})(?=\s?(?:[,(/]|[–—] |- ))"
)
_AGENCY = re.compile(r"(?m)^[^\n()]{3,60}\(([A-ZÉ][\w. \-]{1,20})\)\s*(?:[–—]|--?)\s")
_PAIR = re.compile(r"\b[A-ZÀ-Þ][\w’'\-]+ & [A-ZÀ-Þ][\w’'\-]+(?: & [A-ZÀ-Þ][\w’'\-]+)?")


def early(view: View, lexicon: Lexicon, taken: bytearray) -> Iterator[Mention]:
    """Datelines, acronyms and pairs of names: surer than the model's view of them."""
    for match in _DATELINE.finditer(view.text):
        yield _mention(match.start(1), match.end(1), match[1], "PLACE", "dateline")
    for match in _AGENCY.finditer(view.text):
        yield _mention(match.start(1), match.end(1), match[1], "ORG", "dateline")
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
    while (
        first
        and view.text[view.starts[first] - 1] == " "
        and _free(view, first - 1, taken)
        and _inside(view, first - 1)
    ):
        first -= 1
    return first, last


def late(view: View, lexicon: Lexicon, taken: bytearray) -> Iterator[Mention]:
    """Capitals that the model has no opinion of: two or more, or one after a word of agency ("par X")."""
    lists = words(lexicon.lang)
    refused = (
        lexicon.words.not_names
        | lists.no_lead
        | lists.no_acronyms
        | lexicon.words.titles
        | lists.heads
        | lexicon.given_names
    )
    at, size = 1, len(view.words)
    while at < size:
        last = at
        while (
            last < size
            and last - at < 4
            and _free(view, last, taken)
            and (last == at or view.text[view.ends[last - 1]] == " ")
        ):
            last += 1
        before = view.lower[at - 1]
        plain = last > at and view.words[at] not in refused and before not in lists.vessels and _inside(view, at)
        if plain and _foreign(view, at, last, lexicon.lang, lists):
            start, end = view.starts[at], view.ends[last - 1]
            yield _mention(start, end, view.text[start:end], "ORG", "leftover")
        at = max(last, at + 1)


def _foreign(view: View, first: int, last: int, lang: str, lists: OrgWords) -> bool:
    """True where the capitals look like a firm's name rather than a text's or an event's."""
    before, following = view.lower[first - 1], view.lower[last : last + 1]
    if last - first > 1:
        plain = view.words[last - 1] not in lists.events | lists.heads
        return plain and (lang == "fr" or (before in lists.agency and following not in (["of"], ["for"], ["and"])))
    loose = not following or not following[0][:1].isalnum() or following[0] in lists.followers
    return before in lists.agency and (lang == "fr" or loose)


def speakers(view: View, lexicon: Lexicon, taken: bytearray) -> Iterator[Mention]:
    """A lone name beside a verb of saying (", Davis said", "said Volesky.")."""
    says, refused = (
        lexicon.words.says,
        lexicon.words.not_names | words(lexicon.lang).no_lead | words(lexicon.lang).heads,
    )
    for at in range(1, len(view.words)):
        if not _free(view, at, taken) or view.words[at] in refused:
            continue
        before, following = view.lower[at - 1], view.lower[at + 1 : at + 2]
        closed = not following or not following[0][:1].isalnum()
        if (before == "," and following and following[0] in says) or (before in says and closed):
            yield _mention(view.starts[at], view.ends[at], view.words[at], "PERSON", "speaker")


def _mention(start: int, end: int, text: str, kind: EntityType, rule: str) -> Mention:
    prefix = kind.lower()
    form = "acronym" if rule == "bare_acronym" else "name"
    return Mention(start, end, text, kind, f"rule:{prefix}.{rule}", f"{prefix}:{text}", form)


def _free(view: View, at: int, taken: bytearray) -> bool:
    word = view.words[at]
    return (
        capitalised(word) and len(word) > 1 and not taken[view.starts[at]] and not word.isupper() and word[-1].isalnum()
    )


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
