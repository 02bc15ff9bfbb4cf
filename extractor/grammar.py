"""The closed-class words and noun and verb classes of one language, read from ``grammar.yaml``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractor import frames, time_words
from extractor.errors import LexiconError
from extractor.syntax import Grammar
from extractor.weapon_grammar import expand

# Lists of grammar.yaml that stand under their own names.
_GRAMMAR = ("object_control", "accusing", "accused_relatives", "adjunct_marks", "purpose_marks", "light_verbs", "reflexives", "causatives", "dative_passives", "subject_relatives", "object_relatives",
            "genitive_relatives", "oblique_relatives", "dative_relatives", "articles", "particles", "be", "orders", "gerund_hosts")
_WORDS = ("actor_nouns", "quantity_nouns", "partitives", "speech_verbs", "possessives", "coordinators", "definites", "distributors", "mutual",
          "latters", "formers", "pointers", "pairs", "place_prepositions", "means", "selves", "complementizers", "reached", "curbs", "humans", "indefinite_determiners",
          "onward_verbs", "afterwards", "firsts", "seconds", "war_nouns", "world_bodies", "bans", "reception",
          "makes", "private_nouns", "allegations", "harms", "favours", "assembly_lines", "neighbours", "subsidiaries", "witnesses", "kinds", "abroad", "variants", "materiel", "interceptors", "stoppers", "endures",
          "general_things", "presenters", "naming", "members", "onwards")


@dataclass(frozen=True)
class Words:
    """Word classes by lemma (nouns, verbs) or by form (pronouns)."""

    actor_nouns: frozenset[str]
    quantity_nouns: frozenset[str]
    partitives: frozenset[str]
    speech_verbs: frozenset[str]
    actor_pronouns: frozenset[str]
    item_pronouns: frozenset[str]
    plural_pronouns: frozenset[str]
    first_persons: frozenset[str]
    possessives: frozenset[str]
    coordinators: frozenset[str]
    linkers: tuple[tuple[str, ...], ...]
    definites: frozenset[str]
    distributors: frozenset[str]
    contrastives: frozenset[str]
    excluders: frozenset[str]
    mere: frozenset[str]
    exchanges: tuple[tuple[str, ...], ...]
    mutual: frozenset[str]
    place_prepositions: frozenset[str]
    own_forces: frozenset[str]
    stationing: frozenset[str]
    grounds: frozenset[str]
    means: frozenset[str]
    selves: frozenset[str]
    reached: frozenset[str]
    curbs: frozenset[str]
    complementizers: frozenset[str]
    makes: frozenset[str]
    private_nouns: frozenset[str]
    members: frozenset[str]
    onwards: frozenset[str]
    allegations: frozenset[str]
    harms: frozenset[str]
    favours: frozenset[str]
    assembly_lines: frozenset[str]
    neighbours: frozenset[str]
    subsidiaries: frozenset[str]
    witnesses: frozenset[str]
    kinds: frozenset[str]
    abroad: frozenset[str]
    variants: frozenset[str]
    materiel: frozenset[str]
    interceptors: frozenset[str]
    stoppers: frozenset[str]
    endures: frozenset[str]
    general_things: frozenset[str]
    presenters: frozenset[str]
    naming: frozenset[str]
    free_relatives: frozenset[tuple[str, ...]]
    inclusives: tuple[tuple[str, ...], ...]
    companions: tuple[tuple[str, ...], ...]
    lacking: tuple[tuple[str, ...], ...]
    strike_nouns: frozenset[str]
    latters: frozenset[str]
    formers: frozenset[str]
    pointers: frozenset[str]
    pairs: frozenset[str]
    person_pronouns: frozenset[str]
    thing_pronouns: frozenset[str]
    strike_words: frozenset[str]
    strike_prepositions: frozenset[str]
    feminine_ending: str
    masculine_states: frozenset[str]
    calendar: frozenset[str]
    humans: frozenset[str]
    indefinites: tuple[tuple[str, ...], ...]
    indefinite_determiners: frozenset[str]
    onward_verbs: frozenset[str]
    dittos: tuple[tuple[str, ...], ...]
    firsts: frozenset[str]
    war_nouns: frozenset[str]
    world_bodies: frozenset[str]
    bans: frozenset[str]
    reception: frozenset[str]
    seconds: frozenset[str]
    likewise: tuple[tuple[str, ...], ...]
    afterwards: frozenset[str]


@lru_cache(maxsize=4)
def load(lang: str) -> tuple[Grammar, Words]:
    """The grammar and the word classes of ``lang``; `LexiconError` where a list is missing."""
    path = frames.FOLDER / lang / "grammar.yaml"
    raw: dict[str, Any] = frames.read_yaml(path)
    try:
        prepositions = frames.load(lang).prepositions
        grammar = Grammar(prepositions=prepositions, last_words=frozenset(words[-1] for words in prepositions),
                          approximators=frozenset(_phrases(raw["approximators"])),
                          **{key: frozenset(raw[key]) for key in _GRAMMAR})
        lists: dict[str, Any] = {key: frozenset(raw[key]) for key in _WORDS}
        lists |= {f"{kind}_pronouns": frozenset(raw["pronouns"][kind]) for kind in ("actor", "item", "plural")}
        lists |= {f"{kind}_pronouns": frozenset(raw["pronouns"][f"{kind}s"]) for kind in ("person", "thing")}
        lists |= {key: _phrases(raw[key]) for key in ("linkers", "exchanges", "indefinites", "dittos", "likewise", "inclusives", "lacking")}
        lists["companions"] = _phrases(phrase for pattern in raw["companions"] for phrase in expand(pattern))
        words = Words(
            **lists, free_relatives=frozenset(_phrases(raw["free_relatives"])), first_persons=frozenset(raw["pronouns"]["first"]),
            contrastives=frozenset(raw["contrast"]["in"]), excluders=frozenset(raw["contrast"]["out"]), mere=frozenset(raw["contrast"]["mere"]),
            strike_words=frozenset(raw["strikes"]["words"]), strike_prepositions=frozenset(raw["strikes"]["prepositions"]),
            strike_nouns=frozenset(raw["strikes"]["nouns"]), own_forces=frozenset(raw["stationing"]["forces"]),
            stationing=frozenset(raw["stationing"]["words"]), grounds=frozenset(raw["stationing"]["grounds"]),
            feminine_ending=raw["state_genders"]["feminine_ending"], masculine_states=frozenset(raw["state_genders"]["masculine"]),
            calendar=_calendar(lang),
        )
    except KeyError as error:
        raise LexiconError(f"{path.name}: list {error} is missing") from error
    return grammar, words


def _phrases(raw: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Phrases as the tokens that they are made of; an elided word ends in its apostrophe."""
    return tuple(tuple(phrase.replace("'", "' ").split()) for phrase in raw)


def _calendar(lang: str) -> frozenset[str]:
    """The names of months, weekdays, seasons and units of time, small letters."""
    times = time_words.load(lang).words
    return frozenset({*times.months, *times.weekdays, *times.seasons, *times.units})
