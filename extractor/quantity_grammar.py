"""Expressions of quantity: their forms as data, one compiled pattern a language, and what each is worth.

The forms stand in ``lexicon/<lang>/quantity.yaml``; number words are read by the text2num library,
names of currencies come from Babel besides those listed. Nothing here looks at the syntax tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from babel import Locale
from pydantic import BaseModel, ConfigDict
from text_to_num import text2num  # type: ignore[import-untyped]

from extractor.forms import Form, FormSet, Found, alternatives, plain, read

LEXICON = Path(__file__).parent / "lexicon"
Kind = Literal["range", "many", "number", "adverbial", "percent", "fraction", "half", "money", "money_many", "about", "minimal",
               "batch", "vague", "others", "several", "ordinal", "one", "dozens"]
Comparator = Literal["=", "~", ">=", ">", "<=", "<"]
_DIGITS = {"fr": r"\d{1,3}(?:[ \u00a0\u202f.]\d{3}(?!\d))+(?:,\d+)?|\d{1,2},\s\d+|\d+(?:,\d+)?", "en": r"\d{1,3}(?:,\d{3}(?!\d))+(?:\.\d+)?|\d+(?:\.\d+)?"}


class QuantityForm(Form):
    """One way to say a quantity; ``kind`` says how its value is reckoned."""

    kind: Kind


class Approximator(BaseModel):
    """Words before a number that say on which side of it the truth lies."""

    model_config = ConfigDict(extra="forbid")
    text: str
    comparator: Comparator


class Words(BaseModel):
    """The whole of a ``quantity.yaml``."""

    model_config = ConfigDict(extra="forbid")
    lang: Literal["fr", "en"]
    number_words: list[str]
    number_joint: str
    ones: list[str]
    magnitudes: dict[str, float]
    collectives: dict[str, float]
    collective_plurals: dict[str, float]
    fractions: dict[str, float]
    approximators: list[Approximator]
    batches: list[str]
    references: list[str]
    shares: list[str]
    partitives: list[str]
    partitive_pronouns: list[str]
    totals: list[str]
    sums: list[str]
    counting: list[str]
    articles: list[str]
    wholes: list[str]
    likewise: list[str]
    counters: list[str]
    plural_pronouns: list[str]
    batch_adjectives: list[str]
    ordinals: list[str]
    units_after: list[str]
    currencies: dict[str, list[str]]
    money_units: list[str]
    measures: list[str]
    forms: list[QuantityForm]
    links: list[str]
    money_links: list[str]
    price_words: list[str]


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity found in the text, before it is tied to an item. Offsets in code points of the text."""

    start: int
    end: int
    kind: Kind
    form: str
    value: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    comparator: str = "="
    unit: str | None = None

    @property
    def money(self) -> bool:
        return self.kind in ("money", "money_many") or bool(self.unit and self.unit.isupper())


class Grammar:
    """All forms of one language."""

    def __init__(self, words: Words, source: str = "quantity.yaml") -> None:
        self.words = words
        self.currencies = _currencies(words)
        self.comparators = {plain(a.text): a.comparator for a in words.approximators}
        self.links = frozenset(words.links)
        self.sums = tuple(words.sums)
        self.counting = tuple(words.counting)
        self.signs = [n for n in self.currencies if not n[-1].isalnum() or n.upper() in words.currencies]
        lists = {"number": ["0", *words.number_words], "approx": [a.text for a in words.approximators], "sign": self.signs,
                 "coll": words.collectives, "colls": words.collective_plurals, "fraction": words.fractions,
                 "ordinal": words.ordinals}
        # A number before a measure, or glued to more letters or digits, counts nothing.
        guard = rf"(?!\w|-\w|[.,]\d)(?!(?<!%)[\s-]?(?:{alternatives(words.measures)})(?!\w|-\d))"
        self.fillers = self._fillers()
        self.forms = FormSet(words.forms, self.fillers, lists, guard, source)

    def _fillers(self) -> dict[str, str]:
        words = self.words
        one = alternatives([*words.ones, *words.number_words])
        word = rf"(?:{alternatives(words.number_words)})(?!\w)(?:{words.number_joint}(?:{one})(?!\w))*"
        glued = [m for m in words.magnitudes if len(m) < 3 or m.startswith("-")]
        free = [m for m in words.magnitudes if m not in glued]
        magnitude = rf"(?:[\s-]+(?:{alternatives(free)})|(?:{alternatives(glued) if glued else '(?!)'}))(?!\w)"
        number = rf"(?>(?:{_DIGITS[words.lang]}|{word})(?:{magnitude})?)"
        names = [name for name in self.currencies if name[-1].isalnum() or name in "€$"]
        ordinal = alternatives(words.ordinals)
        return {
            "number": number, "approx": rf"(?:{alternatives(a.text for a in words.approximators)})(?:\b|(?<=['’]))\s*",
            "coll": rf"(?:{alternatives(list(words.collectives))})(?!\w)",
            "colls": rf"(?:{alternatives(list(words.collective_plurals))})(?!\w)",
            "fraction": rf"(?:{alternatives(list(words.fractions))})(?!\w)", "currency": rf"(?:{alternatives(names)})(?!\w)",
            "sign": rf"(?:{alternatives(self.signs)})\s?", "batch": rf"(?:{alternatives(words.batches)})(?!\w)",
            "batch_adj": alternatives(words.batch_adjectives), "ordinal": rf"(?:{ordinal})(?!\w)",
        }

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Amount]:
        """The amounts in ``text[start:end]``, from left to right, none overlapping another."""
        return (_amount(self, found) for found in self.forms.find(text, start, end))

    def number(self, text: str) -> float | None:
        """The value of a number in digits or words ("6 700", "dix-huit", "1.1bn"), None where unreadable."""
        match = re.match(r"[\d\s.,]*\d", text)
        rest = (text[match.end():] if match else text).strip().lower()
        factor = 1.0
        for name, size in self.words.magnitudes.items():
            if rest.endswith(name) and (match or rest != name) and (match or not rest.startswith("mille")) and rest != "thousand":
                rest, factor = rest[: -len(name)].strip(), size
                break
        if match:
            digits = re.sub(r"\s", "", match.group())
            digits = re.sub(r"\.(?=\d{3})", "", digits).replace(",", ".") if self.words.lang == "fr" else digits.replace(",", "")
            return float(digits) * factor
        try:
            return float(text2num(rest, self.words.lang)) * factor
        except (ValueError, OverflowError):
            return None


def _currencies(words: Words) -> dict[str, str]:
    names: dict[str, str] = {}
    known = Locale(words.lang)
    for code in words.currencies:
        for form in known.currencies.get(code), *(known._data["currency_names_plural"].get(code, {}).values()):
            if form:
                names[form.lower()] = code
    for code, listed in words.currencies.items():
        names.update({name.lower(): code for name in listed})
    names.update({name.lower(): "XOF" for name in words.money_units})
    return names


def _amount(grammar: Grammar, found: Found) -> Amount:
    form, groups = found.form, found.groups
    assert isinstance(form, QuantityForm)
    value, low, high = _bounds(grammar, form.kind, groups)
    comparator = grammar.comparators.get(plain(groups.get("approx", "")), "=")
    if value is not None:
        if comparator in (">", ">="):
            low = value
        elif comparator in ("<", "<="):
            high = value
        elif form.kind == "about" and comparator == "=" and value < 1e6:
            comparator = "~"
        elif comparator == "=" and form.kind not in ("range",):
            low = high = value
    elif low is not None and high is None:
        comparator = ">="
    unit = None
    money = groups.get("currency") or groups.get("sign")
    if money:
        unit = grammar.currencies.get(plain(money))
    elif form.kind == "percent" or "percent" in groups:
        unit = "%"
    elif form.kind == "fraction":
        unit = "share"
    kind: Kind = "money" if money and form.kind in ("range", "about", "half", "many") else form.kind
    return Amount(found.start, found.end, kind, form.id, value, low, high, comparator, unit)


def _bounds(grammar: Grammar, kind: Kind, groups: dict[str, str]) -> tuple[float | None, float | None, float | None]:
    """Value, minimum and maximum that the words of a form give."""
    words = grammar.words
    number = grammar.number(groups["number"]) if "number" in groups else None
    many = words.collective_plurals.get(plain(groups.get("colls", "")))
    coll = words.collectives.get(plain(groups.get("coll", "")))
    if kind == "range":
        found = sorted(n for n in (number, *(grammar.number(groups[k]) for k in ("number2", "number3") if k in groups)) if n is not None)
        return (None, found[0], found[-1]) if found else (None, None, None)
    if kind in ("many", "adverbial", "money_many"):
        size = many or coll
        for other in (words.collective_plurals.get(plain(groups.get("colls2", ""))), words.collectives.get(plain(groups.get("coll2", "")))):
            size = size * other if size and other else size
        return None, 2 * size if size else None, None
    if kind in ("about", "dozens"):
        second = words.collectives.get(plain(groups.get("coll2", "")), 1.0)
        return (coll * second * (number or 1.0) if coll and (number or kind == "about") else None), None, None
    if kind == "half":
        return 0.5 * words.magnitudes.get(plain(groups["half"]), 0.0), None, None
    if kind == "fraction":
        return words.fractions.get(plain(groups["fraction"])), None, None
    if kind in ("ordinal", "one", "minimal"):
        return 1.0, None, None
    if kind == "several":
        return None, 2.0, None
    if "one" in groups:
        return 1.0, None, None
    return number, None, None


@lru_cache(maxsize=4)
def load(lang: str) -> Grammar:
    """The grammar of ``lang``. Raises `LexiconError` where its file is faulty."""
    path = LEXICON / lang / "quantity.yaml"
    return Grammar(read(path, Words), f"{lang}/quantity.yaml")
