"""Named weapon systems: the bilingual gazetteer, series such as "Su-35" or "KN-23", ships by prefix.

``lexicon/weapons.csv`` has a row for each system: names in both languages, category, maker's country
(ISO 3166 alpha-3), ``need`` and aliases ("alias@need"). ``need`` says when the name counts: empty:
always; ``c``: with military words or weapons near it; ``d``: that, and a determiner, number or weapon
noun before it; ``w``: as ``d``, but only with a weapon near it; ``h``: only beside a weapon noun. ``lexicon/weapon_series.csv`` has letters that open
designations of a kind, with the same needs, and the prefixes of ships' names (``name``).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractor.errors import LexiconError
from extractor.runs import Tokens
from extractor.variants import plain, ship_end, variant_end
from extractor.weapon_grammar import CATEGORIES, LEXICON

_RISKY = frozenset({"an", "a", "il", "y", "d", "m", "l", "s", "c", "as", "at", "ar", "r"})
_KIN = {"missiles": "air-defence systems", "aircraft": "uncrewed systems", "artillery": "missiles"}
_NEEDS = frozenset({"", "c", "d", "w", "h"})


@dataclass(frozen=True, slots=True)
class System:
    """A named system. ``id`` is the canonical id without its prefix."""

    id: str
    category: str
    maker: str
    en: str
    fr: str


@dataclass(frozen=True, slots=True)
class Alias:
    """One name of a system; ``gaps`` tells what stood before each run."""

    system: System
    need: str
    raws: tuple[str, ...]
    gaps: tuple[str, ...]
    strict: bool

    def fits(self, tokens: Tokens, start: int) -> bool:
        """Whether case and separators of the text agree with the alias."""
        for i, (raw, gap) in enumerate(zip(self.raws, self.gaps, strict=True)):
            at = start + i
            if raw[0].isupper() and not tokens.capital(at):
                return False
            if self.strict and tokens.raw(at) != raw and not (raw.isupper() and tokens.raw(at).rstrip("s").isupper()):
                return False
            if i and not tokens.joined(at):
                return False
            if i == 1 and gap == "-" and tokens.gap(at) == "" and len(self.raws[0]) == 1 and len(raw) < 2:
                return False
            if i and tokens.gap(at) in (" ", "\n") and (not gap or (gap == "-" and tokens.words[start] in _RISKY)):
                return False
        return True


@dataclass(frozen=True, slots=True)
class Designation:
    """A name found: runs ``start`` to ``end``, and the rows that it may stand for."""

    start: int
    end: int
    aliases: tuple[Alias, ...]
    rule: str

    def choose(self, category: str | None) -> Alias:
        """The row that fits a head noun of ``category``, or, without a head, one that needs none."""
        for wanted in (category, _KIN.get(category or "")):
            for alias in self.aliases:
                if wanted is not None and alias.system.category == wanted:
                    return alias
        return min(self.aliases, key=lambda alias: (alias.need == "h", len(alias.need)))


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """All designations: ``trie`` over lower-case runs without accents, ``series`` and ship prefixes."""

    trie: dict[str, Any]
    series: dict[str, tuple[str, str, str]]
    rows: tuple[System, ...]
    nicknames: dict[str, list[list[str]]]
    openers: frozenset[str]
    lone: frozenset[str]
    by_id: dict[str, System]

    def at(self, tokens: Tokens, start: int) -> Designation | None:
        """The longest designation that starts at run ``start``."""
        if start + 1 < len(tokens.words) and not self._opens(tokens.words[start], tokens.words[start + 1]):
            return None
        found: tuple[int, list[Alias]] | None = None
        node: dict[str, Any] | None = self.trie
        at, words = start, tokens.words
        while node is not None and at < len(words):
            word = plain(words[at])
            following = node.get(word)
            last = following if following is not None and "" in following else None
            if last is None and len(word) > 1 and word[-1] == "s":
                last = node.get(word[:-1])
            if last is not None:
                fitting = [alias for alias in last.get("", ()) if alias.fits(tokens, start)]
                if fitting:
                    found = (at + 1, fitting)
            node, at = following, at + 1
        if found is None:
            return self._series(tokens, start)
        return self._with_nickname(tokens, Designation(start, variant_end(tokens, found[0]), tuple(found[1]), "gazetteer:weapon"))

    def _opens(self, word: str, following: str) -> bool:
        """Whether two runs can begin a name: most openers ("d", "l", "type") need a certain second run."""
        if following[0].isdigit() or word in self.lone:
            return True
        following = plain(following)
        nodes = (self.trie.get(plain(word), ()), self.trie.get(plain(word)[:-1], ()))
        return "" in nodes[0] or "" in nodes[1] or following in nodes[0] or following.rstrip("s") in nodes[0]

    def _with_nickname(self, tokens: Tokens, found: Designation) -> Designation:
        """"C-130H" + "Hercules": a second name of the same system right after the first."""
        if not tokens.joined(found.end) or tokens.gap(found.end) != " ":
            return found
        following = self.at(tokens, found.end)
        systems = {alias.system.id for alias in found.aliases}
        for system in sorted(systems):
            for words in self.nicknames.get(system, ()):
                end = found.end + len(words)
                if tokens.words[found.end : end] == words and tokens.capital(found.end):
                    return Designation(found.start, variant_end(tokens, end), found.aliases, found.rule)
        if following is None or not systems & {alias.system.id for alias in following.aliases}:
            return found
        return Designation(found.start, following.end, found.aliases, found.rule)

    def _series(self, tokens: Tokens, start: int) -> Designation | None:
        row = self.series.get(tokens.raw(start))
        if row is None or not tokens.joined(start + 1):
            return None
        category, maker, need = row
        if need == "name":
            end = ship_end(tokens, start + 1)
            need = ""
        elif tokens.words[start + 1].isdigit() and len(tokens.words[start + 1]) < 5 and tokens.gap(start + 1) in ("-", "–", "‑"):
            end = variant_end(tokens, start + 2)
        else:
            return None
        if end <= start + 1:
            return None
        name = tokens.text[tokens.starts[start] : tokens.ends[end - 1]]
        if name[-1] == "s" and name[-2:-1].isdigit():
            name = name[:-1]
        system = System(name.lower(), category, maker, name, name)
        return Designation(start, end, (Alias(system, need, (), (), False),), "pattern:designation")


def aliases_of(row: dict[str, str]) -> list[tuple[str, str]]:
    """(alias, need) of a row of the gazetteer, its names first; names with brackets are for display only."""
    found = [(name, row["need"]) for name in dict.fromkeys((row["en"], row["fr"])) if "(" not in name]
    for alias in filter(None, row["aliases"].split("|")):
        name, _, need = alias.partition("@")
        found.append((name, need))
    return found


def _insert(trie: dict[str, Any], name: str, need: str, system: System) -> None:
    tokens = Tokens(name)
    raws = tuple(tokens.raw(i) for i in range(len(tokens)))
    gaps = tuple(tokens.gap(i) for i in range(len(tokens)))
    strict = name.isalpha() and len(name) <= 6 and name[1:] != name[1:].lower()
    node = trie
    for word in tokens.words:
        node = node.setdefault(plain(word), {})
    node.setdefault("", []).append(Alias(system, need, raws, gaps, strict))


@lru_cache(maxsize=1)
def load() -> Gazetteer:
    """The gazetteer of both languages. Raises `LexiconError` with file, line and reason."""
    trie: dict[str, Any] = {}
    systems: list[System] = []
    accented: set[str] = set()
    nicknames: dict[str, list[list[str]]] = {}
    for line, row in _rows(LEXICON / "weapons.csv"):
        needs = {need for _, need in aliases_of(row)}
        if row["category"] not in CATEGORIES or not row["en"] or not row["fr"] or not needs <= _NEEDS:
            raise LexiconError(f"lexicon/weapons.csv:{line}: both names, a known category and need are wanted")
        system = System(row["en"].lower(), row["category"], row["maker"], row["en"], row["fr"])
        systems.append(system)
        for name, need in aliases_of(row):
            _insert(trie, name, need, system)
            words = Tokens(name).words
            accented.add(words[0])
            if len(words) > 2 and words[1].isdigit() and words[2].isalpha() and len(words[2]) > 3:
                nicknames.setdefault(system.id, []).append(words[2:])
    series = {
        row["prefix"]: (row["category"], row["maker"], row["need"])
        for _, row in _rows(LEXICON / "weapon_series.csv")
    }
    lone = frozenset(prefix.lower() for prefix, row in series.items() if row[2] == "name")
    openers = {prefix.lower() for prefix in series} | set(trie) | {word + "s" for word in trie} | accented
    return Gazetteer(trie, series, tuple(systems), nicknames, frozenset(openers), lone, {system.id: system for system in systems})


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return [(number, {k: v or "" for k, v in row.items()}) for number, row in enumerate(csv.DictReader(file), 2)]
    except OSError as error:
        raise LexiconError(f"{path}: {error}") from error
