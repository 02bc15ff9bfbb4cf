"""Cue lexicons: words and phrases, each with a rule id, that set the status or name the source.

A phrase is words apart by spaces; ``stem*`` matches any word that begins so, ``a|b`` either word.
All is compared in lower case with plain apostrophes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from extractor.errors import LexiconError
from extractor.model import Lang, Status

HERE = Path(__file__).parent / "lexicon"
Link = Literal["inf", "clause", "noun", "subject"]
# The last word of a phrase also stands in its contracted forms.
_CONTRACTED = {"de": "de|d'|du|des", "à": "à|au|aux", "que": "que|qu'", "aujourd'": "aujourd'hui"}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Rule(BaseModel):
    """One cue. ``status`` is what it imposes on what it governs (none: it only passes on its own polarity).

    ``negated``: what it imposes when it is itself negated ("none" for nothing). ``demanded``: the same
    when it is only demanded, not done. ``links``: the complements it governs. ``through``: it also reaches
    a trigger inside a modifier of its object ("saisi des fusils destinés à"); "own": only where that object is the goods. ``demand``: it asks for what it
    governs. ``examples`` hold the trigger in square brackets, and after `` => `` a status other than the rule's.
    A rule of kind ``ignore`` silences the other cues in its words.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    kind: str
    words: list[str]
    status: Status | None = None
    negated: Status | Literal["none"] | None = None
    demanded: Status | None = None
    links: list[Link] = ["inf", "clause", "noun", "subject"]
    through: bool | Literal["own"] = False
    demand: bool = False
    examples: list[str] = []
    counter: list[str] = []


class CueFile(BaseModel):
    """A file of cues: closed word lists by name, regular expressions by name, rules."""

    model_config = ConfigDict(extra="forbid")

    language: Lang
    lists: dict[str, list[str]] = {}
    patterns: dict[str, str] = {}
    rules: list[Rule]


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule's phrase found at the tokens ``start``..``end`` (exclusive)."""

    start: int
    end: int
    rule: Rule


@dataclass(slots=True)
class CueLexicon:
    """The checked cues of one file, with a matcher that is one dictionary look-up for most words."""

    lang: Lang
    rules: dict[str, Rule]
    lists: dict[str, frozenset[str]]
    patterns: dict[str, re.Pattern[str]]
    _phrases: list[tuple[tuple[tuple[str, ...], ...], Rule]] = field(default_factory=list)
    _exact: dict[str, list[int]] = field(default_factory=dict)
    _stems: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    _known: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def add(self, phrase: str, rule: Rule) -> None:
        """Index one phrase of ``rule``."""
        split = phrase.lower().replace("’", "'").replace("'", "' ").split()
        elements = tuple(tuple(form for option in _CONTRACTED.get(e, e).split("|") for form in _spelt(option)) for e in split)
        at = len(self._phrases)
        self._phrases.append((elements, rule))
        for option in elements[0]:
            if option.endswith("*"):
                self._stems.setdefault(option[:2], []).append((option[:-1], at))
            else:
                self._exact.setdefault(option, []).append(at)

    def find(self, words: Sequence[str]) -> list[Hit]:
        """All hits in ``words`` (lower case, plain apostrophes), the longest at each start first."""
        hits: list[Hit] = []
        silent: set[int] = set()
        for i, word in enumerate(words):
            known = self._known.get(word)
            if known is None:
                known = self._look_up(word)
            for at in known:
                elements, rule = self._phrases[at]
                end = i + len(elements)
                if len(elements) == 1 or (end <= len(words) and all(map(_fits, words[i + 1 : end], elements[1:]))):
                    hits.append(Hit(i, end, rule))
                    if rule.kind == "ignore":
                        silent.update(range(i, end))
        return [h for h in hits if silent.isdisjoint(range(h.start, h.end))] if silent else hits

    def _look_up(self, word: str) -> tuple[int, ...]:
        found = list(self._exact.get(word, ()))
        found += [at for stem, at in self._stems.get(word[:2], ()) if word.startswith(stem)]
        result = tuple(sorted(set(found), key=lambda at: (-len(self._phrases[at][0]), at)))
        if len(self._known) < 100_000:
            self._known[word] = result
        return result


def _spelt(option: str) -> tuple[str, ...]:
    """An option, and a stem's other spelling before "a" and "o": "annonc*" is in "annonçait" too."""
    return (option, f"{option[:-2]}ç*") if option.endswith("c*") else (option,)


def _fits(word: str, options: tuple[str, ...]) -> bool:
    return any(word.startswith(o[:-1]) if o.endswith("*") else word == o for o in options)


@lru_cache(maxsize=16)
def load(lang: str, name: str, folder: Path = HERE) -> CueLexicon:
    """The cues of ``folder/lang/name.yaml``.

    Raises `LexiconError`, naming file and rule, where the file is missing or at fault.
    """
    path = folder / lang / f"{name}.yaml"
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
        data = CueFile.model_validate(raw)
    except (OSError, yaml.YAMLError) as error:
        raise LexiconError(f"{path}: {error}") from error
    except ValidationError as error:
        raise LexiconError(f"{path}: {_describe(raw, error)}") from error
    if data.language != lang:
        raise LexiconError(f"{path}: language is '{data.language}', the folder says '{lang}'")
    rules: dict[str, Rule] = {}
    for rule in data.rules:
        if rule.id in rules:
            raise LexiconError(f"{path}: rule id '{rule.id}' stands twice")
        rules[rule.id] = rule
    lexicon = CueLexicon(data.language, rules, {k: frozenset(v) for k, v in data.lists.items()},
                         _compile(path, data.patterns))
    for rule in data.rules:
        for phrase in rule.words:
            if any(len(o.rstrip("*")) < 2 and o.endswith("*") for o in phrase.split()[0].split("|")):
                raise LexiconError(f"{path}: rule '{rule.id}': stem in '{phrase}' is shorter than two letters")
            lexicon.add(phrase, rule)
    return lexicon


def _compile(path: Path, patterns: dict[str, str]) -> dict[str, re.Pattern[str]]:
    out = {}
    for name, pattern in patterns.items():
        try:
            out[name] = re.compile(pattern)
        except re.error as error:
            raise LexiconError(f"{path}: pattern '{name}': {error}") from error
    return out


def _describe(raw: object, error: ValidationError) -> str:
    first = error.errors()[0]
    where = list(first["loc"])
    if len(where) > 1 and where[0] == "rules" and isinstance(raw, dict) and isinstance(where[1], int):
        rule = raw["rules"][where[1]]
        name = rule.get("id", f"number {where[1] + 1}") if isinstance(rule, dict) else f"number {where[1] + 1}"
        return f"rule '{name}': {'.'.join(map(str, where[2:]))}: {first['msg']}"
    return f"{'.'.join(map(str, where))}: {first['msg']}"
