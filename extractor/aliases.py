"""Finding many names in a text at once, whatever the apostrophes, hyphens, accents and case.

One Aho-Corasick automaton (the pyahocorasick library) over a text folded one character to one,
so that offsets into the folded text are offsets into the original.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

import ahocorasick

T = TypeVar("T")

_SAME = {
    "’": "'",
    "ʼ": "'",
    "‘": "'",
    "ʽ": "'",
    "`": "'",
    "‐": "-",
    "‑": "-",
    "–": "-",
    "\u00a0": " ",
    "\u202f": " ",
    "\n": " ",
}


class _Folding(dict[int, str]):
    """A table for `str.translate`, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = unicodedata.normalize("NFD", _SAME.get(char, char))[0].lower()
        self[code] = base if len(base) == 1 else char
        return self[code]


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Lower-case ``text`` without accents, typographic marks made plain; same length."""
    return text.translate(_FOLDING)


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """An alias found: offsets into the text, and what the alias stands for."""

    start: int
    end: int
    value: T


class AliasIndex(Generic[T]):
    """Maps aliases to values and finds them in texts.

    An alias written without capitals matches any case. One with capitals matches as written, or
    all in capitals when it has more than three letters; an acronym of up to five capitals and
    no small letter matches only as written. Matches stand between word boundaries.
    """

    def __init__(self, aliases: Iterable[tuple[str, T]] = ()) -> None:
        self._entries: dict[str, list[tuple[str, T]]] = {}
        for alias, value in aliases:
            self._entries.setdefault(fold(alias), []).append((alias, value))
        self._automaton = ahocorasick.Automaton()
        for key, entries in self._entries.items():
            self._automaton.add_word(key, (len(key), entries))
        if self._entries:
            self._automaton.make_automaton()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, alias: str) -> list[T]:
        """Values of an alias by its folded form, whatever the case."""
        return [value for _, value in self._entries.get(fold(alias), [])]

    def find(self, text: str) -> Iterator[Hit[T]]:
        """All hits, overlapping ones too, by their end."""
        if not self._entries:
            return
        folded = fold(text)
        for last, (size, entries) in self._automaton.iter(folded):
            start, end = last + 1 - size, last + 1
            if not (_boundary(folded, start) and _boundary(folded, end)):
                continue
            written = text[start:end]
            for alias, value in entries:
                if _case_fits(alias, written):
                    yield Hit(start, end, value)


def _boundary(text: str, at: int) -> bool:
    return at in (0, len(text)) or not (text[at - 1].isalnum() and text[at].isalnum())


def _case_fits(alias: str, written: str) -> bool:
    if alias == written or alias == alias.lower():
        return True
    if all(w.isupper() for a, w in zip(alias, written, strict=True) if a.isupper()):
        letters = [c for c in alias if c.isalpha()]
        if not all(c.isupper() for c in letters):
            rest = [w for a, w in zip(alias, written, strict=True) if a.islower() and w.isalpha()]
            return all(w.islower() for w in rest) or (len(letters) > 3 and all(w.isupper() for w in rest))
        return True
    return False
