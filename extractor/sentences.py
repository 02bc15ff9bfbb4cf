"""Sentences by their stops, where those of the parser can't be relied on."""

from __future__ import annotations

from spacy.tokens import Doc, Span

_STOPS = frozenset({".", "!", "?", "…", "...", "?!", "!?", ". .", "●", "•"})
_OPENERS = frozenset({"«", "“", "–", "—", "-", "("})
_CLOSERS = frozenset({"»", '"', "”", "’", "'", ")", "]"})


def whole_sentences(doc: Doc) -> list[Span]:
    """Sentences by their stops and line breaks: the parser breaks some at semicolons and misses others.

    A full stop ends one where what follows begins like a sentence; abbreviations are tokens of their own.
    """
    out: list[Span] = []
    start, stopped = 0, False
    for token in doc:
        if token.is_space:
            stopped = stopped or "\n" in token.text
        elif stopped and token.text not in _CLOSERS and (token.text in _OPENERS or not token.text[0].islower()):
            out.append(doc[start : token.i])
            start, stopped = token.i, token.text in _STOPS
        elif token.text in _STOPS:
            stopped = True
        elif token.text not in _CLOSERS:
            stopped = False
    if len(doc):
        out.append(doc[start:])
    return out
