"""Organisations by form: patterns of their names, and acronyms that the text introduces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractor.lexicon import Lexicon
from extractor.model import Mention
from extractor.view import View


def patterns(view: View, lexicon: Lexicon) -> Iterator[Mention]:
    """Names that have the form of an organisation's."""
    return iter(())


def introduced(view: View, chosen: Iterable[Mention], taken: bytearray) -> Iterator[Mention]:
    """Acronyms that stand in brackets after a name, wherever they occur."""
    return iter(())
