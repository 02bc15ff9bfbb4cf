"""Expressions given as data: patterns with placeholders, indexed by the words they can begin with.

A form is a regular expression over lower-cased text in which ``{name}`` stands for a list of words. Only
where a word of the text is one that some form begins with are the forms tried, and only those forms.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from extractor.errors import LexiconError

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORD = re.compile(r"[^\W_]+|[$€£¥₹]")
_GLUE = ".,/-"
_M = TypeVar("_M", bound=BaseModel)


class Form(BaseModel):
    """One way to say something. ``starts`` names lists of words, or words, that it can begin with ("0": digits)."""

    model_config = ConfigDict(extra="forbid")
    id: str
    starts: list[str]
    kind: str
    pattern: str
    example: str
    context: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A form found in a text; ``groups`` holds what its placeholders matched, in small letters."""

    start: int
    end: int
    form: Form
    groups: dict[str, str]


def read(path: Path, model: type[_M]) -> _M:
    """Load and check a YAML file of words and forms. Raises `LexiconError` naming file and row."""
    try:
        return model.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader))
    except (OSError, yaml.YAMLError) as error:
        raise LexiconError(f"{path}: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise LexiconError(f"{path}: {where}: {first['msg']}") from error


def lower(text: str) -> str:
    """``text`` in small letters, character for character, so that offsets hold."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def plain(text: str) -> str:
    """Small letters, straight apostrophes, single spaces: the shape of keys."""
    return " ".join(text.lower().replace("’", "'").split())


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, the longest first, spaces and apostrophes of any kind."""
    ordered = sorted({w.lower() for w in words}, key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace(r"\ ", r"\s+").replace("'", "['’]") for w in ordered)


class FormSet:
    """Forms ready to be looked for. ``fillers`` are the placeholders' patterns, ``lists`` the words they begin with."""

    def __init__(self, forms: Sequence[Form], fillers: Mapping[str, str], lists: Mapping[str, Iterable[str]], guard: str,
                 source: str) -> None:
        self.forms, self.guard, self.source = list(forms), guard, source
        self._bodies = [self._body(form, fillers) for form in self.forms]
        self._starts = self._index(lists)
        self._patterns: dict[int, re.Pattern[str]] = {}

    def check(self) -> None:
        """Raise `LexiconError` for the first form whose pattern is faulty or does not match its example."""
        seen: set[str] = set()
        for index, form in enumerate(self.forms):
            if form.id in seen:
                raise LexiconError(f"{self.source}: form '{form.id}' stands twice")
            seen.add(form.id)
            self._pattern(index)
            if not any(found.form.id == form.id for found in self.find(form.context or form.example)):
                raise LexiconError(f"{self.source}: form '{form.id}' does not match its example '{form.example}'")

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Found]:
        """The forms in ``text[start:end]``, from left to right, none overlapping another."""
        low = lower(text[start:end])
        done = 0
        for word in _WORD.finditer(low):
            first = word.group()
            forms = self._starts.get("0" if first[0].isdigit() else first)
            at = word.start()
            if forms is None or at < done or (at and low[at - 1] in _GLUE):
                continue
            match, index = None, -1
            for index in forms:
                match = self._pattern(index).match(low, at)
                if match is not None:
                    break
            if match is None:
                continue
            groups: dict[str, str] = {}
            for key, value in match.groupdict().items():
                name = key.partition("__")[0]
                if value is not None:
                    groups[name] = value
            yield Found(start + at, start + match.end(), self.forms[index], groups)
            done = match.end()

    def _body(self, form: Form, fillers: Mapping[str, str]) -> str:
        def fill(match: re.Match[str]) -> str:
            name, digit = match.group(1), match.group(2)
            if name not in fillers:
                raise LexiconError(f"{self.source}: form '{form.id}': unknown placeholder {{{name}}}; known: {', '.join(fillers)}")
            return f"(?P<{name}{digit}>{fillers[name]})"
        pattern = form.pattern.replace(" ?", r"\s?").replace(" ", r"\s+")
        body = re.sub(r"\{([a-z_]+)(\d?)\}", fill, pattern)
        # A name may stand twice in a form, in branches that shut each other out: the number tells them apart.
        count = itertools.count()
        return re.sub(r"\(\?P<(\w+)>", lambda m: f"(?P<{m.group(1)}__{next(count)}>", body)

    def _index(self, lists: Mapping[str, Iterable[str]]) -> dict[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        for index, form in enumerate(self.forms):
            for start in form.starts:
                for text in lists.get(start, (start,)):
                    first = _WORD.search(text.lower())
                    if first and index not in found.setdefault(first.group(), []):
                        found[first.group()].append(index)
        return {word: tuple(sorted(forms)) for word, forms in found.items()}

    def _pattern(self, index: int) -> re.Pattern[str]:
        """The compiled form; compiled when first tried, since a run needs few of them and compiling is slow."""
        if index not in self._patterns:
            try:
                self._patterns[index] = re.compile(rf"(?:{self._bodies[index]}){self.guard}")
            except re.error as error:
                raise LexiconError(f"{self.source}: form '{self.forms[index].id}': {error}") from error
        return self._patterns[index]
