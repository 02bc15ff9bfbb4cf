"""Names of states in one language: the country libraries' names, and our own demonyms and capitals.

Babel's CLDR territories give the everyday names, pycountry the ISO codes and official names;
`lexicon/states.csv` adds what neither has.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pycountry
from babel import Locale

# What CLDR and ISO call differently from what newspapers print.
_DISPLAY = {
    "PSE": {"fr": "Palestine", "en": "Palestine"},
    "MMR": {"fr": "Birmanie", "en": "Myanmar"},
    "COD": {"fr": "République démocratique du Congo", "en": "Democratic Republic of the Congo"},
    "COG": {"fr": "Congo-Brazzaville", "en": "Republic of the Congo"},
    "TUR": {"fr": "Turquie", "en": "Turkey"},
    "VAT": {"fr": "Saint-Siège", "en": "Holy See"},
    "CIV": {"fr": "Côte d'Ivoire", "en": "Côte d'Ivoire"},
    "CZE": {"fr": "Tchéquie", "en": "Czech Republic"},
    "ESH": {"fr": "République arabe sahraouie démocratique", "en": "Sahrawi Arab Democratic Republic"},
}


@dataclass(frozen=True, slots=True)
class StateRow:
    """One row of states.csv, the cells of several values split."""

    id: str
    demonyms: dict[str, tuple[str, ...]]
    capitals: dict[str, tuple[str, ...]]
    aliases: dict[str, tuple[str, ...]]
    prefixes: dict[str, tuple[str, ...]]


def territory_names(ids: Iterable[str], langs: Iterable[str] = ("fr", "en")) -> dict[str, dict[str, list[str]]]:
    """Library names of each ISO alpha-3 id by language, the display name first; unknown ids are left out."""
    found: dict[str, dict[str, list[str]]] = {}
    locales = {lang: Locale.parse(lang).territories for lang in langs}
    french = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["fr"], fallback=True)
    for code in ids:
        country = pycountry.countries.get(alpha_3=code)
        short = country.alpha_2 if country else {"XKX": "XK"}.get(code)
        if short is None:
            continue
        names: dict[str, list[str]] = {}
        for lang, territories in locales.items():
            own = [_DISPLAY[code][lang]] if code in _DISPLAY else []
            cldr = [part.strip(" )") for part in str(territories[short]).replace(" - ", "-").split("(")]
            if lang == "en":
                cldr = [cldr[0].replace(" & ", " and ").replace("St. ", "Saint "), *cldr]
            official = getattr(country, "official_name", None) if country and code != "ESH" else None
            if official:
                own_name = french.gettext(official) if lang == "fr" else official
                cldr.append(own_name.removeprefix("the ").removeprefix("l'"))
            names[lang] = list(dict.fromkeys(own + cldr if code != "ESH" else own))
        found[code] = names
    return found


def french_forms(masculine: str) -> Iterator[str]:
    """All forms of a French demonym from its masculine singular, or "masculine/feminine" where it is irregular."""
    base, _, feminine = masculine.partition("/")
    feminine = feminine or _feminine(base)
    for form in (base, feminine):
        yield form
        if form[-1] not in "sxz":
            yield form + "s"


def _feminine(masculine: str) -> str:
    if masculine.endswith("en"):
        return masculine + "ne"
    if masculine.endswith("e"):
        return masculine
    return masculine + "e"


def english_forms(demonym: str) -> Iterator[str]:
    """An English demonym and, where the noun takes one, its plural."""
    yield demonym
    if demonym.endswith("y"):
        yield demonym[:-1] + "ies"
    elif not demonym.endswith(("s", "sh", "ch", "ese", "men", "shman", "chman", "ois", "z")):
        yield demonym + "s"
