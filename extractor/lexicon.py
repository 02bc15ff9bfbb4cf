"""Loading and checking the gazetteers of `extractor/lexicon/`, with the user's own rows over them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Lexicon:
    """All gazetteers of one language."""

    lang: str


@lru_cache(maxsize=8)
def load(lang: str, overlay: str | None = None) -> Lexicon:
    """The lexicon of ``lang``; ``overlay`` is the path of a user's lexicon.yaml."""
    return Lexicon(lang)
