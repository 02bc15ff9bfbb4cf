"""Articles that reprint another: the same agency text under a second name.

Articles that share one of their smallest word-sequence hashes are compared by their opening
(rapidfuzz); the first to come is the original.
"""

from __future__ import annotations

import re
from zlib import crc32

from rapidfuzz import fuzz

from extractor.aliases import fold
from extractor.model import Article

OPENING = 800
SAME = 88.0
_SHINGLE, _KEPT, _SHORT, _READ = 5, 8, 25, 4000
_WORD = re.compile(r"\w+")


class Reprints:
    """Tells of each article in turn whether an earlier one has the same text."""

    def __init__(self) -> None:
        self._openings: dict[str, str] = {}
        self._buckets: dict[int, list[str]] = {}

    def original_of(self, article: Article) -> str | None:
        """Id of the earlier article that ``article`` reprints, None where it is new (or comes again itself)."""
        words = _WORD.findall(fold(article.text[:_READ]))
        if not words or article.id in self._openings:
            return None
        opening = " ".join(words)[:OPENING]
        keys = _keys(words)
        for original in dict.fromkeys(o for key in keys for o in self._buckets.get(key, ())):
            if self._same(opening, self._openings[original], len(words)):
                return original
        self._openings[article.id] = opening
        for key in keys:
            self._buckets.setdefault(key, []).append(article.id)
        return None

    @staticmethod
    def _same(one: str, other: str, words: int) -> bool:
        if words < _SHORT:
            return one == other
        shorter = min(len(one), len(other))
        return shorter * 2 >= max(len(one), len(other)) and fuzz.ratio(one[:shorter], other[:shorter], score_cutoff=SAME) > 0


def _keys(words: list[str]) -> list[int]:
    """The smallest hashes of the word sequences: two near-equal texts share most of them."""
    opening = words[:200]
    count = max(1, len(opening) - _SHINGLE + 1)
    return sorted({crc32(" ".join(opening[i:i + _SHINGLE]).encode("utf-8", "surrogatepass")) for i in range(count)})[:_KEPT]
