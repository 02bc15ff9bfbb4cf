"""Which language a text is in, by the py3langid library: offline, 5 MB, 140 languages.

The library knows all its languages here, so that a German article is named German and not taken
for bad English; only where it is unsure does the better one of French and English decide.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, get_args

from extractor.model import Lang

_SURE = 0.5  # share of all languages' probability that a third language needs
_TIMES = 4.0  # and how many times likelier than French and English it has to be
_SAMPLE = 20_000  # code points looked at


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect(text: str) -> str:
    """The language of ``text`` as ISO 639 code: "fr", "en", or a third one where that is plain.

    A text with too few words to tell ("OTAN") counts as French or English, whichever is likelier.
    """
    ranked: list[tuple[str, float]] = _identifier().rank(text[:_SAMPLE])
    shares = dict(ranked)
    best = max(get_args(Lang), key=lambda lang: (shares.get(lang, 0.0), lang))
    other, share = ranked[0]
    if other not in get_args(Lang) and share >= _SURE and share > _TIMES * max(shares.get(best, 0.0), math.ulp(0.0)):
        return other
    return str(best)
