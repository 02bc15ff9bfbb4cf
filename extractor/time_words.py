"""Expressions of time: their forms as data, found in a stretch of text with the preposition before them.

The forms stand in ``lexicon/<lang>/when.yaml``. What an expression covers is reckoned by `extractor.time_reckoning`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict
from spacy.tokens import Token

from extractor import quantity_grammar
from extractor.forms import Form, FormSet, Found, alternatives, lower, plain, read

Sense = Literal["at", "since", "from", "until", "by", "before", "after"]
Unit = Literal["day", "week", "month", "season", "quarter", "half", "year", "decade", "fortnight"]
Part = Literal["first", "middle", "last", "whole"]
Kind = Literal["days", "months", "years", "night", "date", "month", "decade", "year", "relative", "season", "quarter", "ago",
               "later", "rate", "since", "duration", "units_of", "ahead", "ahead_by", "recent", "none", "weekday", "adverb", "numeric"]


# What a year before 1800 needs before it: any other word makes it a mere number.
_OLD_YEAR = ("en ", "in ", "dès", "dep", "sin", "jus", "unt", "ver")


class TimeForm(Form):
    """One way to name a time; ``kind`` says how it is reckoned."""

    kind: Kind


class Preposition(BaseModel):
    """A preposition and which ends of the interval it opens."""

    model_config = ConfigDict(extra="forbid")
    text: str
    sense: Sense
    any: bool = False  # of events: any noun may follow, not only one that names an event


class Adverb(BaseModel):
    """A word that stands for a time: ``shift`` days from the dateline, or open towards ``span``."""

    model_config = ConfigDict(extra="forbid")
    text: str
    shift: int | None = None
    span: Literal["past", "future", "none"] = "none"


class TimeWords(BaseModel):
    """The whole of a ``when.yaml``."""

    model_config = ConfigDict(extra="forbid")
    lang: Literal["fr", "en"]
    months: dict[str, int]
    weekdays: dict[str, int]
    seasons: dict[str, tuple[int, int]]
    units: dict[str, Unit]
    parts: dict[str, Part]
    part_words: dict[str, Part]
    ordinals: dict[str, int]
    day_parts: list[str]
    last: list[str]
    next: list[str]
    vague_numbers: dict[str, float | None]
    prepositions: list[Preposition]
    adverbs: list[Adverb]
    ongoing: list[str]
    event_prepositions: list[Preposition]
    event_nouns: list[str]
    spoilers: list[str]
    records: list[str]
    event_openers: list[str]
    detaching: list[str]
    speech: list[str]
    causatives: list[str]
    settling: list[str]
    agreements: list[str]
    documents: list[str]
    changing: list[str]
    bound: list[str]
    finding: list[str]
    forms: list[TimeForm]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """An expression of time in a text. ``start`` takes in the preposition; offsets in code points."""

    start: int
    core: int
    end: int
    kind: Kind
    sense: Sense
    groups: dict[str, str]


class TimeGrammar:
    """All expressions of time of one language."""

    def __init__(self, words: TimeWords, source: str = "when.yaml") -> None:
        self.words = words
        self.numbers = quantity_grammar.load(words.lang)
        self.adverbs = {plain(a.text): a for a in words.adverbs}
        self.senses = {plain(p.text): p.sense for p in words.prepositions}
        self.event_openings: dict[str, list[tuple[tuple[str, ...], Preposition]]] = {}
        for preposition in sorted(words.event_prepositions, key=lambda p: -len(p.text.split())):
            spelt = tuple(plain(preposition.text).split())
            self.event_openings.setdefault(spelt[0], []).append((spelt, preposition))
        self.openers = {plain(text).split()[0]: plain(text) for text in words.event_openers}
        self.detaching = frozenset(words.detaching)
        self.event_nouns = frozenset(words.event_nouns)
        # Lemmatisers leave many a form as it is ("estime", "welcomed"), so these verbs are known by their forms too.
        endings = ("e", "ent", "é", "ait", "aient", "a", "èrent") if words.lang == "fr" else ("s", "d", "ed")
        stems = [v.removesuffix("er") if words.lang == "fr" else v for v in words.speech]
        self.speech = frozenset((*words.speech, *(stem + ending for stem in stems for ending in endings)))
        self.bound = frozenset(words.bound)
        approximators = [a.text for a in self.numbers.words.approximators]
        lists: dict[str, Iterable[str]] = {"month": words.months, "weekday": words.weekdays, "season": words.seasons, "part": words.parts,
                 "ordinal": words.ordinals, "adverb": [a.text for a in words.adverbs], "last": words.last, "next": words.next,
                 "unit": words.units, "vague": words.vague_numbers, "number": ["0", *self.numbers.words.number_words], "approx": approximators}
        self.spoilers = re.compile(rf"(?<![\w'’])(?:{alternatives(words.spoilers)})\Z")
        self.records = re.compile(rf"(?<![\w'’])(?:{alternatives(words.records)})\Z")
        self.forms = FormSet(words.forms, self._fillers(), lists, r"(?!\w|-\d|[.,]\d|\s?%)", source)
        self.preposition = re.compile(rf"(?:(?<![\w'’-])|(?<=qu['’]))({alternatives(p.text for p in words.prepositions)})\s*\Z")

    def _fillers(self) -> dict[str, str]:
        words = self.words
        number = self.numbers.fillers["number"]

        def any_of(*texts: str) -> str:
            return rf"(?:{alternatives(texts)})(?!\w)" if texts else "(?!)"
        return {
            "month": any_of(*words.months), "weekday": any_of(*words.weekdays), "season": any_of(*words.seasons),
            "unit": any_of(*words.units), "part": rf"(?:{alternatives(words.parts)})", "part_word": any_of(*words.part_words),
            "ordinal": any_of(*words.ordinals), "daypart": any_of(*words.day_parts), "last": any_of(*words.last),
            "next": any_of(*words.next), "adverb": any_of(*self.adverbs), "number": number, "num": r"\d{1,2}(?!\d)",
            "year": r"(?:1[5-9]\d\d|20\d\d)(?!\d)", "count": rf"(?:{number}|{any_of(*words.vague_numbers)})",
            "about": self.numbers.fillers["approx"],
        }

    def says(self, token: Token) -> bool:
        """True for a verb that tells of the event and is not part of it."""
        return token.lemma_.lower() in self.speech or token.lower_ in self.speech

    def settles(self, verb: Token) -> bool:
        """True for "signed", "conclue": what is said of a deal by them, even behind a comma, dates it."""
        return verb.lemma_.lower() in self.words.settling or verb.lower_ in self.words.settling

    def causes(self, verb: Token, trigger: Token) -> bool:
        """True for "fit livrer", "had them shipped": the verb only says who had the trigger done."""
        return trigger.head.i == verb.i and verb.lemma_.lower() in self.words.causatives

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[TimeExpression]:
        """The expressions in ``text[start:end]``, from left to right. A bare year counts only where a word ties it."""
        low = lower(text[start:end])
        for found in self.forms.find(text, start, end):
            form = found.form
            assert isinstance(form, TimeForm)
            at = found.start - start
            before = self.preposition.search(low, max(0, at - 20), at)
            sense: Sense = self.senses[plain(before.group(1))] if before else "at"
            if form.kind == "adverb" and sense == "at":
                before = None
            begin = start + before.start() if before else found.start
            if not self._plausible(text, begin, found, form, before is not None) or self._record(text, begin, sense, found):
                continue
            yield TimeExpression(begin, found.start, found.end, form.kind, sense, found.groups)

    def _record(self, text: str, begin: int, sense: Sense, found: Found) -> bool:
        """True where the time only says how rare a thing is: "for the first time in 25 years", "a first since 2003"."""
        form = found.form
        assert isinstance(form, TimeForm)
        return (sense == "since" or form.kind in ("duration", "ahead")) and self.measures_record(text, begin)

    def measures_record(self, text: str, begin: int) -> bool:
        """True where the words before ``begin`` tell of a first time."""
        return bool(self.records.search(lower(text[max(0, begin - 24):begin]).rstrip()))

    def _plausible(self, text: str, begin: int, found: Found, form: TimeForm, preposition: bool) -> bool:
        """False for a year that no word ties, a season or an English month that is another word, a mere comparison."""
        before = lower(text[max(0, begin - 16):begin]).rstrip()
        if self.spoilers.search(before):
            return False
        if form.kind == "rate" and before.endswith(" of"):
            return False  # "the better part of a decade"
        if form.kind == "year" and form.id == "year" and not preposition:
            return before.endswith(("de", "of", "d'", "d’"))
        if form.kind == "year" and "year" in found.groups and found.groups["year"] < "1800":
            return lower(text[begin:begin + 3]) in _OLD_YEAR
        if form.kind == "season" and "year" not in found.groups and lower(text[found.end:found.end + 4]) == " of ":
            return False  # "after the fall of Kabul"
        if form.kind == "season" and not preposition and "year" not in found.groups:
            return text[found.start:found.end].lower() != plain(found.groups["season"])
        if form.kind == "month" and self.words.lang == "en":
            word = found.groups["month"]
            return word in text[found.start:found.end].lower() and word not in text[found.start:found.end]
        return True


@lru_cache(maxsize=4)
def load(lang: str) -> TimeGrammar:
    """The grammar of ``lang``. Raises `LexiconError` where its file is faulty."""
    return TimeGrammar(read(quantity_grammar.LEXICON / lang / "when.yaml", TimeWords), f"{lang}/when.yaml")
