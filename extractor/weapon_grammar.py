"""The vocabulary of the weapon grammar (``lexicon/{fr,en}/weapons.yaml``), compiled for matching.

A text is read as runs of letters and runs of digits, so that "155mm", "155 mm", "TB2" and "TB-2"
come apart alike; hyphens and apostrophes only join. Patterns of the YAML files: a space joins two
runs, "(x)" is optional, "(a|b)" a choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml

from extractor.errors import LexiconError

T = TypeVar("T")
LEXICON = Path(__file__).parent / "lexicon"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: SIPRI's categories of major arms, then the project's own for what SIPRI leaves out.
CATEGORIES = (
    "aircraft", "air-defence systems", "armoured vehicles", "artillery", "engines", "missiles", "sensors", "ships",
    "other", "small arms", "munitions", "uncrewed systems", "components",
)
NEEDS = frozenset({"cue", "deal", "weapon", "same", "item", "never", "named", "numbered"})

_RUN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ]+|\d+(?:[.,]\d+)*|[^\w\s'’‘\-‐‑–]|_")
_GROUP = re.compile(r"\(([^()]*)\)")


class Tokens:
    """The runs of a text: lower-case ``words``, their ``starts`` and ``ends`` (code points, found when asked for)."""

    __slots__ = ("_ends", "_starts", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        lower = text.lower()
        self.words: list[str] = _RUN.findall(lower if len(lower) == len(text) else text)
        self._starts: list[int] | None = None
        self._ends: list[int] = []

    @property
    def starts(self) -> list[int]:
        """Where each run starts."""
        if self._starts is None:
            spans = [m.span() for m in _RUN.finditer(self.text)]
            self._starts, self._ends = [a for a, _ in spans], [b for _, b in spans]
        return self._starts

    @property
    def ends(self) -> list[int]:
        """Where each run ends."""
        return self._ends if self.starts else []

    def __len__(self) -> int:
        return len(self.words)

    def raw(self, at: int) -> str:
        """The run as written."""
        return self.text[self.starts[at] : self.ends[at]]

    def joined(self, at: int) -> bool:
        """Whether run ``at`` belongs to the same phrase as the run before it."""
        return 0 < at < len(self.words) and self.starts[at] - self.ends[at - 1] <= 1

    def gap(self, at: int) -> str:
        """What stands between run ``at`` and the run before it."""
        return self.text[self.ends[at - 1] : self.starts[at]] if 0 < at < len(self.words) else "\n"

    def capital(self, at: int) -> bool:
        """Whether run ``at`` begins with a capital."""
        return self.text[self.starts[at]].isupper()


class PhraseIndex(Generic[T]):
    """Phrases by their first run (or last, where ``back``), the longest first."""

    def __init__(self, phrases: Iterable[tuple[list[str], T]], back: bool = False) -> None:
        self.by_word: dict[str, list[tuple[list[str], T]]] = {}
        for words, value in phrases:
            self.by_word.setdefault(words[-1 if back else 0], []).append((words, value))
        for entries in self.by_word.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def at(self, tokens: Tokens, start: int) -> Iterable[tuple[int, T]]:
        """(end, value) of the phrases that start at run ``start``."""
        if start >= len(tokens.words):
            return
        for words, value in self.by_word.get(tokens.words[start], ()):
            end = start + len(words)
            if tokens.words[start:end] == words and all(tokens.joined(i) for i in range(start + 1, end)):
                yield end, value

    def ending(self, tokens: Tokens, end: int) -> Iterable[tuple[int, T]]:
        """(start, value) of the phrases that end before run ``end``."""
        if end <= 0:
            return
        for words, value in self.by_word.get(tokens.words[end - 1], ()):
            start = end - len(words)
            if start >= 0 and tokens.words[start:end] == words and all(tokens.joined(i) for i in range(start + 1, end)):
                yield start, value


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
    lists = ("and", "of", "before_det", "makers", "no_names", "firms", "cues", "item_cues", "calibre_units", "calibres", "numbers", "acronyms")
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
