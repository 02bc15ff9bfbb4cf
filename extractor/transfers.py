"""Transfers: who supplies what to whom."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extractor.lexicon import Lexicon
from extractor.model import Transfer


class TransferMatcher:
    """Finds the transfers of a parsed Doc whose mentions are resolved."""

    def __init__(self, nlp: Language, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __call__(self, doc: Doc) -> list[Transfer]:
        return []
