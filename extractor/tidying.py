"""Texts that hide their words: letters and accents apart (as macOS and PDF files write), soft hyphens inside words.

Such a text is read in its plain form, and what is found there is told by the offsets of the text as given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Tidied:
    """``text`` in its plain form; character i of it stands for ``original[starts[i]:ends[i]]``."""

    original: str
    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def restore(self, record: T) -> T:
        """``record``, found in ``text``, with offsets and words of ``original``, however deep they stand in it."""
        if self.text is self.original:
            return record
        if isinstance(record, tuple | list):
            return type(record)(self.restore(item) for item in record)
        if not is_dataclass(record) or isinstance(record, type):
            return record
        changed: dict[str, Any] = {spec.name: self.restore(getattr(record, spec.name)) for spec in fields(record)}
        if "start" in changed:
            start, end = changed["start"], changed["end"]
            changed["start"] = self.starts[start] if start < len(self.starts) else len(self.original)
            changed["end"] = self.ends[end - 1] if end > start else changed["start"]
            changed["text"] = self.original[changed["start"] : changed["end"]]
        return replace(record, **changed)


def tidy(text: str) -> Tidied:
    """``text`` with accents on their letters and without characters that nobody sees."""
    if unicodedata.is_normalized("NFC", text) and not _INVISIBLE.search(text):
        return Tidied(text, text, (), ())
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, char in enumerate(text):
        if _INVISIBLE.match(char):
            continue
        joined = unicodedata.normalize("NFC", chars[-1] + char) if chars and unicodedata.combining(char) else ""
        if len(joined) == 1:
            chars[-1], ends[-1] = joined, at + 1
        else:
            chars.append(char)
            starts.append(at)
            ends.append(at + 1)
    return Tidied(text, "".join(chars), starts, ends)
