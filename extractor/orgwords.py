"""The vocabulary of organisations' names (``lexicon/{fr,en}/organisations.yaml``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from extractor.errors import LexiconError
from extractor.lexicon import FOLDER

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class OrgWords:
    """The word lists of organisations.yaml in one language."""

    heads: frozenset[str]
    about_heads: frozenset[str]
    proper_heads: frozenset[str]
    keep_demonym: frozenset[str]
    institutions: frozenset[str]
    domains: frozenset[str]
    courts: frozenset[str]
    announcing: frozenset[str]
    belonging: frozenset[str]
    saying: frozenset[str]
    suffixes: frozenset[str]
    foreign: frozenset[str]
    no_acronyms: frozenset[str]
    no_acronym_heads: frozenset[str]
    units: frozenset[str]
    ordinals: frozenset[str]
    unit_words: frozenset[str]
    links: frozenset[str]
    about: frozenset[str]
    no_complement: frozenset[str]
    domain_adjectives: frozenset[str]
    court_words: frozenset[str]
    no_lead: frozenset[str]
    definite: frozenset[str]
    vessels: frozenset[str]
    agency: frozenset[str]
    citing: frozenset[str]
    events: frozenset[str]
    followers: frozenset[str]
    colonial: frozenset[str]
    stations: frozenset[str]
    columns: frozenset[str]


@lru_cache(maxsize=2)
def words(lang: str) -> OrgWords:
    """The word lists of ``lang``; raises `LexiconError` where a list is missing, unknown or holds no texts."""
    path = FOLDER / lang / "organisations.yaml"
    with path.open(encoding="utf-8") as handle:
        raw: dict[str, Any] = yaml.load(handle, Loader=_Loader)
    wrong = set(raw) ^ set(OrgWords.__dataclass_fields__)
    wrong |= {key for key, value in raw.items() if not all(isinstance(word, str) for word in value)}
    if wrong:
        raise LexiconError(f"{lang}/organisations.yaml:1: missing, unknown or faulty lists {sorted(wrong)}")
    return OrgWords(**{key: frozenset(value) for key, value in raw.items()})
