"""Long texts in parts: where to cut, and how records of a part become records of the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")

# Better cuts first: a blank line, a line's end, a sentence's end, a space.
_CUTS = [re.compile(pattern) for pattern in (r"\n[ \t\r]*\n\s*", r"\n\s*", r"(?<=[.!?…])\s+", r"\s+")]


def split(text: str, limit: int) -> Iterator[tuple[int, str]]:
    """Parts of at most ``limit`` code points with the offset of each; joined they are ``text``."""
    start = 0
    while len(text) - start > limit:
        cut = _cut(text, start, start + limit)
        yield start, text[start:cut]
        start = cut
    yield start, text[start:]


def _cut(text: str, start: int, end: int) -> int:
    """The last good place to cut in the second half of ``text[start:end]``, else ``end``."""
    for pattern in _CUTS:
        places = [match.end() for match in pattern.finditer(text, start + (end - start) // 2, end)]
        if places:
            return places[-1]
    return end


def shift(record: T, offset: int) -> T:
    """``record`` with all offsets in it, however deep, moved by ``offset``."""
    if not offset:
        return record
    if isinstance(record, tuple | list):
        return type(record)(shift(item, offset) for item in record)
    if not is_dataclass(record) or isinstance(record, type):
        return record
    changed: dict[str, Any] = {}
    for spec in fields(record):
        value = getattr(record, spec.name)
        moved = value + offset if spec.name in ("start", "end") else shift(value, offset)
        if moved is not value:
            changed[spec.name] = moved
    return replace(record, **changed) if changed else record
