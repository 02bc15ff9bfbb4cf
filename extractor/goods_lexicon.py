"""The vocabulary of goods (``lexicon/{fr,en}/goods.yaml``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml
from spacy.strings import get_string_id

from extractor.errors import LexiconError
from extractor.weapon_grammar import LEXICON, expand

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
CATEGORIES = ("energy", "food", "money", "technology", "assistance", "personnel", "medicine", "equipment", "materials")


@dataclass(frozen=True, slots=True, eq=False)
class GoodsLexicon:
    """One language's goods: ``listed`` maps a word to the readings (its words, id, category), the longest first."""

    listed: dict[str, list[tuple[tuple[str, ...], str, str]]]
    keys: frozenset[int]
    immaterial: frozenset[str]
    adverbial: frozenset[str]
    endings: tuple[str, ...]
    homographs: frozenset[str]
    idioms: dict[str, list[tuple[str, ...]]]
    beside: frozenset[str]
    speech: frozenset[str]
    priced: frozenset[str]
    addressing: frozenset[str]
    numerals: frozenset[str]
    plurals: frozenset[str]
    qualities: frozenset[str]
    measures: frozenset[str]
    of_things: frozenset[str]
    of_stop: frozenset[str]
    origins: frozenset[str]
    series: frozenset[str]
    bare: dict[str, frozenset[str]]
    with_words: frozenset[str]
    with_prepositions: frozenset[str]
    lemmas: dict[str, str]


def _words(patterns: Sequence[str]) -> frozenset[str]:
    return frozenset(reading for pattern in patterns for reading in expand(str(pattern)))


def _idioms(phrases: Sequence[str]) -> dict[str, list[tuple[str, ...]]]:
    """Expressions by their first word, apostrophes parted as the tokenizer parts them."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(_words(phrases)):
        words = tuple(phrase.replace("'", "' ").split())
        found.setdefault(words[0], []).append(words)
    return found


@lru_cache(maxsize=4)
def load(lang: str) -> GoodsLexicon:
    """The goods lexicon of ``lang``. Raises `LexiconError` where its file is faulty."""
    path = LEXICON / lang / "goods.yaml"
    try:
        data: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, yaml.YAMLError) as error:
        raise LexiconError(f"{path}: {error}") from error
    listed: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    lemmas: dict[str, str] = {}
    for category, rows in data["listed"].items():
        if category not in CATEGORIES:
            raise LexiconError(f"lexicon/{lang}/goods.yaml: unknown category '{category}'")
        for key, patterns in rows.items():
            lemmas[key] = min(expand(str(patterns[0])), key=len)
            for reading in dict.fromkeys(r for pattern in patterns for r in expand(str(pattern))):
                words = tuple(reading.split())
                # English phrases end in their head, French ones begin with it.
                listed.setdefault(words[0] if lang == "fr" else words[-1], []).append((words, key, category))
                if len(words) > 1:
                    for whole in ("-".join(words), " ".join(words)):  # merged in one token where they make a name
                        listed.setdefault(whole, []).append(((whole,), key, category))
    for readings in listed.values():
        readings.sort(key=lambda reading: -len(reading[0]))
    beside = data["with"]
    return GoodsLexicon(
        listed, frozenset(get_string_id(word) for word in listed), _words(data["immaterial"]), frozenset(data["adverbial"]),
        tuple(data["endings"]), _words(data["homographs"]), _idioms(data["idioms"]), _words(data["beside"]), frozenset(data["speech"]),
        frozenset(data["priced"]), frozenset(data["addressing"]),
        frozenset(data["numerals"]), frozenset(data["plurals"]), frozenset(map(str, data["qualities"])), _words(data["measures"]),
        frozenset(data["of_things"]), frozenset(data["of_stop"]),
        frozenset(data["origins"]), frozenset(data["series"]),
        {key: frozenset(words) for key, words in data["bare"].items()},
        _words(beside.get("words", ())), frozenset(beside.get("prepositions", ())), lemmas,
    )  # fmt: skip
