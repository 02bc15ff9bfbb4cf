"""Sparing spaCy's French two detours; what comes out is the same.

Its tokenizer compiles an expression of 1.4 million characters, twice: two thousand exceptions, each
spelling out every letter of every script anew. The same exceptions with the letters given as
ranges compile at once and match the same words; for a script other than Latin the two differ only
in words that mix it with a French prefix. Its lemmatiser looks every new word up in lists of up to
66,000 words, from their beginning; as keys of a dictionary they are found at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from spacy.language import Language

_HUGE = 500_000
# Latin letters of both cases: French exceptions match without regard to case anyway.
_LETTERS = r"a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u024F\u1E00-\u1EFF"


def shorten(pattern: str) -> str:
    """``pattern`` with spaCy's alphabets as ranges; only for one that ignores case."""
    from spacy.lang.char_classes import ALPHA, ALPHA_LOWER

    return pattern.replace(ALPHA, _LETTERS).replace(ALPHA_LOWER, _LETTERS)


@contextmanager
def quick_patterns() -> Iterator[None]:
    """While this lasts, ``re.compile`` shortens the alphabets that spaCy spells out in huge expressions."""
    real = re.compile

    def compile(pattern: Any, flags: Any = 0) -> Any:
        if isinstance(pattern, str) and len(pattern) > _HUGE:
            pattern = shorten(pattern)
        return real(pattern, flags)

    re.compile = compile
    try:
        yield
    finally:
        re.compile = real


def quick_lemmas(nlp: Language) -> None:
    """Let the rule lemmatiser of ``nlp``, where it has one, look words up in dictionaries."""
    if not nlp.has_pipe("lemmatizer"):
        return
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    if lookups is None or not lookups.has_table("lemma_index"):
        return
    table = lookups.get_table("lemma_index")
    for key, words in table.items():
        if isinstance(words, list):
            table[key] = dict.fromkeys(words)
