"""A text as runs of letters and runs of digits, and phrases of such runs.

"155mm", "155 mm", "TB2" and "TB-2" come apart alike; hyphens and apostrophes only join.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Generic, TypeVar

T = TypeVar("T")
_RUN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ]+|\d+(?:[.,]\d+)*|[^\w\s'’‘\-‐‑–]|_")


class Tokens:
    """The runs of a text: lower-case ``words``, their ``starts`` and ``ends`` (code points, found when asked for)."""

    __slots__ = ("_ends", "_starts", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        lower = text.lower()
        self.words: list[str] = _RUN.findall(lower if len(lower) == len(text) else text)
        self._starts: list[int] | None = None
        self._ends: list[int] = []

    @property
    def starts(self) -> list[int]:
        """Where each run starts."""
        if self._starts is None:
            spans = [m.span() for m in _RUN.finditer(self.text)]
            self._starts, self._ends = [a for a, _ in spans], [b for _, b in spans]
        return self._starts

    @property
    def ends(self) -> list[int]:
        """Where each run ends."""
        return self._ends if self.starts else []

    def __len__(self) -> int:
        return len(self.words)

    def raw(self, at: int) -> str:
        """The run as written."""
        return self.text[self.starts[at] : self.ends[at]]

    def joined(self, at: int) -> bool:
        """Whether run ``at`` belongs to the same phrase as the run before it."""
        return 0 < at < len(self.words) and self.starts[at] - self.ends[at - 1] <= 1

    def gap(self, at: int) -> str:
        """What stands between run ``at`` and the run before it."""
        return self.text[self.ends[at - 1] : self.starts[at]] if 0 < at < len(self.words) else "\n"

    def capital(self, at: int) -> bool:
        """Whether run ``at`` begins with a capital."""
        return self.text[self.starts[at]].isupper()


class PhraseIndex(Generic[T]):
    """Phrases by their first run (or last, where ``back``), the longest first."""

    def __init__(self, phrases: Iterable[tuple[list[str], T]], back: bool = False) -> None:
        self.by_word: dict[str, list[tuple[list[str], T]]] = {}
        for words, value in phrases:
            self.by_word.setdefault(words[-1 if back else 0], []).append((words, value))
        for entries in self.by_word.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def at(self, tokens: Tokens, start: int) -> Iterable[tuple[int, T]]:
        """(end, value) of the phrases that start at run ``start``."""
        if start >= len(tokens.words):
            return
        for words, value in self.by_word.get(tokens.words[start], ()):
            end = start + len(words)
            if tokens.words[start:end] == words and all(tokens.joined(i) for i in range(start + 1, end)):
                yield end, value

    def ending(self, tokens: Tokens, end: int) -> Iterable[tuple[int, T]]:
        """(start, value) of the phrases that end before run ``end``."""
        if end <= 0:
            return
        for words, value in self.by_word.get(tokens.words[end - 1], ()):
            start = end - len(words)
            if start >= 0 and tokens.words[start:end] == words and all(tokens.joined(i) for i in range(start + 1, end)):
                yield start, value
