"""The display names of weapons: both languages' names of an entity id that the grammar or gazetteer made."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from extractor import designations, weapon_grammar
from extractor.weapon_grammar import Grammar, Head

PREFIX = "weapon:"


@lru_cache(maxsize=4096)
def names(entity: str) -> tuple[str, str]:
    """(English, French) name of a weapon's entity id; an unknown designation is its own name."""
    ident = entity.removeprefix(PREFIX)
    system = designations.load().by_id.get(ident)
    if system is not None:
        return system.en, system.fr
    grammar = weapon_grammar.load("fr")
    parsed = min(_splits(ident, grammar), key=lambda split: len(split[1]), default=None)
    if parsed is None:
        name = " ".join(_written(word) for word in ident.split())
        return name, name
    words, rest, head = parsed
    described = [_french(word, head, grammar) for word in reversed(words)]
    inner = names(rest) if rest else ("", "")
    french = " ".join([head.lemma, *described, *(["de " + inner[1]] if rest else [])])
    return " ".join([*([inner[0]] if rest else []), *words, head.id]).replace("  ", " "), _elide(french)


def _splits(ident: str, grammar: Grammar) -> Iterator[tuple[list[str], str, Head]]:
    """Each reading as modifiers, what is no modifier (a system's id) and head noun."""
    parts = ident.split()
    for size in range(min(4, len(parts)), 0, -1):
        head = grammar.by_id.get(" ".join(parts[-size:]))
        if head is None:
            continue
        left, words = parts[:-size], list[str]()
        while left:
            width = next((w for w in (2, 1) if w <= len(left) and _modifies(" ".join(left[-w:]), grammar)), 0)
            if not width:
                break
            words.insert(0, " ".join(left[-width:]))
            left = left[:-width]
        yield words, " ".join(left), head


def _modifies(key: str, grammar: Grammar) -> bool:
    return key in grammar.modifier_by_id or key in grammar.by_id


def _written(word: str) -> str:
    """A word of an unknown designation as it is usually written: codes and ship prefixes in capitals."""
    if any(c.isdigit() for c in word) or word.upper() in designations.load().series:
        return word.upper()
    return word[:1].upper() + word[1:]


def _french(key: str, head: Head, grammar: Grammar) -> str:
    modifier = grammar.modifier_by_id.get(key)
    if modifier is not None:
        return modifier.feminine if head.gender == "f" else modifier.lemma
    return "de " + grammar.by_id[key].lemma


def _elide(text: str) -> str:
    for vowel in "aeiouhéèêâîôûAEIOUÉ":
        text = text.replace(f" de {vowel}", f" d'{vowel}")
    return text
