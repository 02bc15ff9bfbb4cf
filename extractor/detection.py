"""Which language a text is in, by the py3langid library: offline, 5 MB, 140 languages.

The library knows all its languages here, so that a German article is named German and not taken
for bad English; only where it is unsure does the better one of French and English decide.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, get_args

from extractor.model import Lang

_SURE = 0.5  # share of all languages' probability that a third language needs
_TIMES = 4.0  # and how many times likelier than French and English it has to be
_PARAGRAPH, _PLAIN = 120, 0.9  # code points and share from which a paragraph speaks for itself
_SAMPLE = 20_000  # code points looked at


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect(text: str) -> str:
    """The language of ``text`` as ISO 639 code: "fr", "en", or a third one where that is plain.

    A text with too few words to tell ("OTAN") counts as French or English, whichever is likelier.
    """
    return _weigh(text)[0]


def _weigh(text: str) -> tuple[str, float]:
    """The language and its share of all languages' probability."""
    ranked: list[tuple[str, float]] = _identifier().rank(text[:_SAMPLE])
    shares = dict(ranked)
    best = max(get_args(Lang), key=lambda lang: (shares.get(lang, 0.0), lang))
    other, share = ranked[0]
    if other not in get_args(Lang) and share >= _SURE and share > _TIMES * max(shares.get(best, 0.0), math.ulp(0.0)):
        return other, share
    return str(best), shares.get(best, 0.0)


def stretches(text: str) -> list[tuple[int, int, str]]:
    """``text`` cut into stretches of one language each: start, end, language.

    A paragraph is told apart from the article's language only where it is long and its own language
    plain: a quotation or a title in the other language stays with its surroundings.
    """
    main = detect(text)
    found: list[tuple[int, int, str]] = []
    for start, end in _paragraphs(text):
        lang = main
        if end - start >= _PARAGRAPH:
            other, share = _weigh(text[start:end])
            lang = other if share >= _PLAIN else main
        if found and found[-1][2] == lang:
            start = found.pop()[0]
        found.append((start, end, lang))
    return found


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in re.finditer(r"\n\s*", text):
        yield start, match.end()
        start = match.end()
    if start < len(text) or not text:
        yield start, len(text)
