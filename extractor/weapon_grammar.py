"""The vocabulary of the weapon grammar (``lexicon/{fr,en}/weapons.yaml``), compiled for matching.

Patterns of the YAML files: words in the order of the text, "(x)" is optional, "(a|b)" a choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from extractor.errors import LexiconError
from extractor.runs import PhraseIndex, Tokens

LEXICON = Path(__file__).parent / "lexicon"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: SIPRI's categories of major arms, then the project's own for what SIPRI leaves out.
CATEGORIES = (
    "aircraft", "air-defence systems", "armoured vehicles", "artillery", "engines", "missiles", "sensors", "ships",
    "other", "small arms", "munitions", "uncrewed systems", "components",
)
NEEDS = frozenset({"cue", "deal", "weapon", "same", "item", "never", "named", "numbered"})

_GROUP = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A noun that names a weapon. ``needs`` says when the bare noun counts (see the YAML files)."""

    id: str
    category: str
    lemma: str
    gender: str = "m"
    needs: frozenset[str] = frozenset()
    det: str = ""
    name: str = ""
    with_for: bool = False
    nest: bool = True
    unless_next: frozenset[str] = frozenset()
    only: frozenset[str] | None = None
    blocks: tuple[tuple[list[str], list[str]], ...] = ()
    near: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Modifier:
    """A word that belongs to the noun group; ``arms`` ones make any head a weapon."""

    id: str
    arms: bool
    lemma: str = ""
    feminine: str = ""
    heads: frozenset[str] | None = None
    cased: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """All of one language's vocabulary, ready to match."""

    lang: str
    heads: PhraseIndex[Head]
    heads_back: PhraseIndex[Head]
    modifiers: PhraseIndex[Modifier]
    post: PhraseIndex[Modifier]
    by_id: dict[str, Head]
    modifier_by_id: dict[str, Modifier]
    rank: dict[str, int]
    naming: PhraseIndex[bool]
    calibre: PhraseIndex[bool]
    words: dict[str, frozenset[str]] = field(default_factory=dict)


def expand(pattern: str) -> list[str]:
    """All readings of a pattern of the YAML files."""
    match = _GROUP.search(pattern)
    if match is None:
        return [" ".join(pattern.split())]
    options = match[1].split("|") if "|" in match[1] else ["", match[1]]
    found: dict[str, None] = {}
    for option in options:
        found.update(dict.fromkeys(expand(pattern[: match.start()] + option + pattern[match.end() :])))
    return list(found)


def phrases(patterns: Iterable[str]) -> list[list[str]]:
    """The readings of ``patterns`` as lists of runs."""
    return [Tokens(reading).words for pattern in patterns for reading in expand(str(pattern)) if reading]


def _head(key: str, row: dict[str, Any], where: str) -> Head:
    needs = row.get("need") or []
    needs = frozenset([needs] if isinstance(needs, str) else needs)
    plain = {need.split("-")[0] for need in needs}
    if row["category"] not in CATEGORIES or not plain <= NEEDS:
        raise LexiconError(f"{where}: head '{key}': unknown category '{row['category']}' or need {sorted(needs)}")
    blocks = []
    for pattern in row.get("not", ()):
        for reading in expand(pattern):
            left, _, right = reading.partition("_")
            blocks.append((Tokens(left).words, Tokens(right).words))
    words = row["words"]
    return Head(
        id=row.get("id", key), category=row["category"], lemma=_lemma(words[0]) if words else key,
        gender=row.get("g", "m"), needs=needs, det=str(row.get("det", "")).lower(),
        name={True: "any", None: ""}.get(row.get("name"), str(row.get("name", ""))), with_for=bool(row.get("for")), nest=row.get("nest", True), unless_next=frozenset(row.get("unless_next", ())),
        only=frozenset(row["only"]) if "only" in row else None, blocks=tuple(blocks), near=frozenset(row.get("near", ())),
    )  # fmt: skip


def _lemma(pattern: str) -> str:
    return min(expand(pattern), key=len)


def _feminine(patterns: Iterable[str], lemma: str) -> str:
    """The feminine singular among an adjective's readings."""
    readings = [reading for pattern in patterns for reading in expand(str(pattern))]
    return next((r for r in readings if r[-1] == "e" and r != lemma and " " not in r), lemma)


def _modifiers(data: dict[str, Any]) -> Iterable[tuple[list[str], Modifier, bool]]:
    for section in ("arms", "plain"):
        for key, row in data["modifiers"][section].items():
            row = {"words": row} if isinstance(row, list) else row
            heads = frozenset(row["heads"]) if "heads" in row else None
            patterns = [str(p) for p in (*row.get("words", ()), *row.get("a", ()), *row.get("c", ()))]
            lemma = key if not patterns else expand(str(row["c"][0]))[0] if "c" in row else _lemma(patterns[0])
            cased = any(pattern != pattern.lower() for pattern in patterns)
            shared = Modifier(key, section == "arms", lemma, _feminine(row.get("a", ()), lemma), heads, cased)
            for words in phrases(patterns):
                # "own": a list of words that have only their use in common; each is its own id.
                yield words, replace(shared, id="-".join(words), lemma=" ".join(words)) if row.get("own") else shared, False
            for words in phrases(row.get("post", ())):
                yield words, shared, True


@lru_cache(maxsize=4)
def _read(lang: str) -> dict[str, Any]:
    path = LEXICON / lang / "weapons.yaml"
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, yaml.YAMLError) as error:
        raise LexiconError(f"{path}: {error}") from error
    if not isinstance(data, dict) or not {"heads", "modifiers"} <= set(data):
        raise LexiconError(f"{path}: 'heads' and 'modifiers' are needed")
    return data


@lru_cache(maxsize=4)
def load(lang: str) -> Grammar:
    """The grammar of ``lang`` ("fr" or "en"). Raises `LexiconError` where its file is faulty."""
    data, where = _read(lang), f"lexicon/{lang}/weapons.yaml"
    heads = [(key, _head(key, row, where), row["words"]) for key, row in data["heads"].items()]
    nouns = [(words, head) for _, head, patterns in heads for words in phrases(patterns)]
    back = lang == "en"
    modifiers = list(_modifiers(data))
    english = _read("en")["modifiers"]
    order = [*english["plain"], *english["arms"]]
    lists = ("and", "of", "before_det", "makers", "marks", "no_names", "firms", "cues", "item_cues", "calibre_units", "calibres", "numbers", "acronyms")
    units = [Tokens(unit).words for unit in data["calibre_units"]]
    prepositions = [Tokens(p).words for p in data["calibre_prepositions"]]
    return Grammar(
        lang=lang, heads=PhraseIndex(nouns), heads_back=PhraseIndex(nouns, back=True),
        modifiers=PhraseIndex([(w, m) for w, m, post in modifiers if not post], back=back),
        post=PhraseIndex([(w, m) for w, m, post in modifiers if post]),
        by_id={head.id: head for _, head, _ in reversed(heads)},
        modifier_by_id={m.id: m for _, m, _ in reversed(modifiers)}, rank={key: n for n, key in enumerate(order)},
        naming=PhraseIndex([(words, True) for words in phrases(data["naming"])]),
        calibre=PhraseIndex([(words, True) for words in prepositions]),
        words={name: frozenset(data[name]) for name in lists} | {"unit_starts": frozenset(u[0] for u in units)},
    )  # fmt: skip
