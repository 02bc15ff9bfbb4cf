"""Who says it: the source whose word covers a trigger.

Of the sources that reach a trigger the one with the shortest reach holds.
"""

from __future__ import annotations

from spacy.tokens import Doc, Span

from extractor import cues
from extractor.clauses import view
from extractor.sources import Finder
from extractor.telling import Source


def find(doc: Doc, trigger: Span, lang: str) -> Source | None:
    """The source whose word covers ``trigger``, or None. Raises `LexiconError` on a faulty cue file."""
    best: Source | None = None
    for source in sources(doc, lang):
        start, end = source.scope
        if not start <= trigger.start < end or trigger.start <= source.cue[0] < trigger.end:
            continue
        if best is None or _rank(source, trigger.start) < _rank(best, trigger.start):
            best = source
    return best


def _rank(source: Source, at: int) -> tuple[bool, int, int]:
    return source.attribution is None, source.scope[1] - source.scope[0], abs(source.cue[0] - at)


def sources(doc: Doc, lang: str) -> list[Source]:
    """All sources of ``doc`` in the order of their cues."""
    lexicon = cues.load(lang, "attribution")
    seen = view(doc, lexicon, "attribution")
    key = "extractor.sources"
    cached = doc.user_data.get(key)
    if cached is not None and cached[0] is seen:
        return list(cached[1])
    found = Finder(seen).run()
    doc.user_data[key] = (seen, found)
    return found
