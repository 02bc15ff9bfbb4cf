"""Mentions found by form, before the parser: gazetteers, weapon grammar and model entities, reconciled."""

from __future__ import annotations

from spacy.tokens import Doc

from extractor.lexicon import Lexicon
from extractor.model import EntityType, Mention

_MODEL_TYPES: dict[str, EntityType] = {"PER": "PERSON", "LOC": "PLACE", "ORG": "ORG"}


def find(doc: Doc, lexicon: Lexicon) -> list[Mention]:
    """Mentions of ``doc`` in the order of the text; none overlaps another."""
    return [
        Mention(e.start_char, e.end_char, e.text, _MODEL_TYPES[e.label_], f"model:{e.label_}")
        for e in doc.ents
        if e.label_ in _MODEL_TYPES
    ]
