"""Loading spaCy's French in a fifth of its time.

Its tokenizer compiles an expression of 1.4 million characters, twice: two thousand exceptions, each
spelling out every letter of every script anew. The same exceptions with the letters given as
ranges compile at once and match the same words; for a script other than Latin the two differ only
in words that mix it with a French prefix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_HUGE = 500_000
# Latin letters of both cases: French exceptions match without regard to case anyway.
_LETTERS = r"a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u024F\u1E00-\u1EFF"


@contextmanager
def quick_patterns() -> Iterator[None]:
    """While this lasts, ``re.compile`` shortens the alphabets that spaCy spells out in huge expressions."""
    from spacy.lang.char_classes import ALPHA, ALPHA_LOWER

    real = re.compile

    def compile(pattern: Any, flags: Any = 0) -> Any:
        if isinstance(pattern, str) and len(pattern) > _HUGE:
            pattern = pattern.replace(ALPHA, _LETTERS).replace(ALPHA_LOWER, _LETTERS)
        return real(pattern, flags)

    re.compile = compile
    try:
        yield
    finally:
        re.compile = real
