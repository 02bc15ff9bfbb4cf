"""Loading and checking the gazetteers of `extractor/lexicon/`, with the user's own rows over them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from extractor.aliases import AliasIndex, fold
from extractor.errors import LexiconError
from extractor.model import Entity, EntityType, Mention
from extractor.states import StateRow, english_forms, french_forms, territory_names

FOLDER = Path(__file__).parent / "lexicon"
LANGS = ("fr", "en")
# Conditions an alias may carry in a CSV cell ("Salvador^det"); `extractor.gazetteer` applies them.
CONTEXTS = frozenset({"", "det", "bare", "org", "social", "person", "prefix", "korea", "silent", "city", "overlay"})
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Name:
    """What one alias stands for. ``place`` is the id of the place that a capital or seat also is."""

    entity: str
    type: EntityType
    form: str
    alias: str
    context: str = ""
    place: str | None = None


@dataclass(frozen=True)
class ActorWords:
    """The word lists of actors.yaml in one language."""

    seats: dict[str, str]
    city_orgs: dict[str, str]
    titles: frozenset[str]
    title_modifiers: frozenset[str]
    courtesies: frozenset[str]
    functions: frozenset[str]
    of_person: frozenset[str]
    place_prepositions: frozenset[str]
    place_nouns: frozenset[str]
    place_at_nouns: frozenset[str]
    giving: tuple[str, ...]
    moving: tuple[str, ...]
    place_verbs: tuple[str, ...]
    living: tuple[str, ...]
    bound: frozenset[str]
    given_states: frozenset[str]
    not_names: frozenset[str]
    silent: tuple[str, ...]
    speech: frozenset[str]
    says: frozenset[str]
    before_place: frozenset[str]
    before_thing: frozenset[str]
    before_firm: frozenset[str]
    descriptions: dict[str, frozenset[str] | None]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All gazetteers of one language; ``entities`` maps every known id to its record."""

    lang: str
    names: AliasIndex[Name]
    entities: dict[str, Entity]
    words: ActorWords
    people: dict[str, str] = field(default_factory=dict)
    family_first: frozenset[str] = frozenset()
    given_names: frozenset[str] = frozenset()
    overlay: str | None = None

    def entity(self, mention: Mention) -> Entity:
        """The record of a mention's entity; one that no gazetteer knows is named as it is written."""
        ident = mention.entity or f"{mention.type.lower()}:{mention.text}"
        known = self.entities.get(ident)
        if known is not None:
            return known
        label = ident.split(":", 1)[-1]
        return Entity(ident, mention.type, dict.fromkeys(LANGS, label), mention.category)


def read_csv(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Rows of a gazetteer; raises `LexiconError` where the header or a row has other cells than ``columns``."""
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.reader(handle)
        header = tuple(next(reader, ()))
        if header != columns:
            raise LexiconError(f"{path.name}:1: columns are {','.join(header)}; expected {','.join(columns)}")
        for row in reader:
            if len(row) != len(columns) or not row[0]:
                raise LexiconError(f"{path.name}:{reader.line_num}: {len(row)} cells, expected {len(columns)}")
            yield dict(zip(columns, row, strict=True))


def cells(value: str) -> tuple[str, ...]:
    """The values of one cell."""
    return tuple(part for part in value.split("|") if part)


@lru_cache(maxsize=1)
def state_rows() -> tuple[StateRow, ...]:
    """All rows of states.csv."""
    columns = (
        "id",
        "fr_demonym",
        "en_demonym",
        "fr_capital",
        "en_capital",
        "fr_alias",
        "en_alias",
        "fr_prefix",
        "en_prefix",
    )
    rows = []
    for row in read_csv(FOLDER / "states.csv", columns):
        parts = [
            {lang: cells(row[f"{lang}_{kind}"]) for lang in LANGS} for kind in ("demonym", "capital", "alias", "prefix")
        ]
        rows.append(StateRow(row["id"], *parts))
    return tuple(rows)


@lru_cache(maxsize=1)
def _library_names() -> dict[str, dict[str, list[str]]]:
    return territory_names(row.id for row in state_rows())


@lru_cache(maxsize=2)
def words(lang: str) -> ActorWords:
    """The word lists of ``lang``; raises `LexiconError` where a list is missing or unknown."""
    path = FOLDER / lang / "actors.yaml"
    with path.open(encoding="utf-8") as handle:
        raw: dict[str, Any] = yaml.load(handle, Loader=_Loader)
    unknown = set(raw) ^ set(ActorWords.__dataclass_fields__)
    if unknown:
        raise LexiconError(f"{lang}/actors.yaml:1: missing or unknown lists {sorted(unknown)}")
    plain = {"seats", "city_orgs", "descriptions", "giving", "moving", "place_verbs", "living", "silent"}
    lists: dict[str, Any] = {key: frozenset(value or ()) for key, value in raw.items() if key not in plain}
    return ActorWords(
        seats=raw["seats"],
        city_orgs=raw["city_orgs"],
        descriptions={k: None if v == "state" else frozenset([v] if isinstance(v, str) else v) for k, v in raw["descriptions"].items()},
        giving=tuple(raw["giving"]),
        moving=tuple(raw["moving"]),
        place_verbs=tuple(raw["place_verbs"]),
        living=tuple(raw["living"]),
        silent=tuple(raw["silent"]),
        **lists,
    )


def _states(lang: str, entities: dict[str, Entity], lists: ActorWords) -> Iterator[Name]:
    library = _library_names()
    inflect = french_forms if lang == "fr" else english_forms
    claimed = {fold(alias): row.id for row in state_rows() for alias in row.aliases[lang]}
    for row in state_rows():
        ident = f"state:{row.id}"
        known = library.get(row.id, {key: list(row.aliases[key][:1]) for key in LANGS})
        entities[ident] = Entity(ident, "STATE", {key: known[key][0].replace("’", "'") for key in LANGS})
        for name in known[lang]:
            if claimed.setdefault(fold(name), row.id) == row.id and f"{name}^det" not in row.aliases[lang]:
                yield Name(ident, "STATE", "name", name)
        for alias in row.aliases[lang]:
            yield _name(ident, "STATE", alias, "name")
        for demonym in dict.fromkeys(form for base in row.demonyms[lang] for form in inflect(base)):
            yield Name(ident, "STATE", "demonym", demonym)
        for prefix in row.prefixes[lang]:
            yield Name(ident, "STATE", "demonym", prefix, "prefix")
        for capital in row.capitals[lang]:
            place = _capital(row, lang, capital, entities)
            yield Name(ident, "STATE", "capital", capital, "", place)
            if capital.startswith("Le "):
                yield Name(ident, "STATE", "capital", capital[3:], "det", place)
    for seat, state in lists.seats.items():
        yield Name(f"state:{state}", "STATE", "seat", seat, "", f"place:{seat}")
    north, south = ("Nord", "Sud") if lang == "fr" else ("North", "South")
    yield Name("state:PRK", "STATE", "name", north, "korea")
    yield Name("state:KOR", "STATE", "name", south, "korea")


def _capital(row: StateRow, lang: str, capital: str, entities: dict[str, Entity]) -> str:
    """The place id of a capital: its first English name where it is the first one of its language."""
    english, french = row.capitals["en"], row.capitals["fr"]
    same = capital in row.capitals[lang][:1] or len(english) == 1
    label = english[0] if same and english else capital
    ident = f"place:{label}"
    entities.setdefault(ident, Entity(ident, "PLACE", {"fr": french[0] if same else capital, "en": label}))
    return ident


def _name(ident: str, kind: EntityType, cell: str, form: str) -> Name:
    alias, _, context = cell.partition("^")
    if context not in CONTEXTS:
        raise LexiconError(f"{ident}: alias '{alias}' has the unknown context '{context}'; known: {sorted(CONTEXTS)}")
    return Name(ident, kind, form, alias, context)


def _form(alias: str) -> str:
    return "acronym" if len(alias) <= 6 and alias.isupper() else "name"


def _rows(
    file: str, kind: EntityType, columns: tuple[str, ...], lang: str, entities: dict[str, Entity]
) -> Iterator[Name]:
    prefix = kind.lower()
    for row in read_csv(FOLDER / file, columns):
        french, _, _ = row["fr"].partition("^")
        ident = f"{prefix}:{row['en']}"
        entities[ident] = Entity(ident, kind, {"fr": french, "en": row["en"]}, row.get("kind"))
        own = [*cells(row["alias"]), *cells(row.get(f"{lang}_alias", ""))]
        given = {cell.partition("^")[0] for cell in own}
        extra = [name for name in (french, row["en"]) if name not in given and "(" not in name]
        extra = [name for name in extra if not (name.startswith("The ") and name[4:] in given)]
        for cell in dict.fromkeys([*extra, *own]):
            yield _name(ident, kind, cell, _form(cell))


def _names(lang: str, entities: dict[str, Entity], lists: ActorWords) -> Iterator[Name]:
    yield from _states(lang, entities, lists)
    columns = ("en", "fr", "alias", "fr_alias", "en_alias", "kind")
    yield from _rows("organisations.csv", "ORG", columns, lang, entities)
    yield from _rows("people.csv", "PERSON", ("en", "fr", "alias", "state"), lang, entities)
    yield from _rows("places.csv", "PLACE", ("en", "fr", "alias", "kind"), lang, entities)
    for city, org in lists.city_orgs.items():
        yield Name(f"org:{org}", "ORG", "capital", city, "", f"place:{_english_city(city)}")
    for phrase in lists.silent:
        yield Name("", "PLACE", "silent", phrase, "silent")


def _english_city(city: str) -> str:
    return {"Bruxelles": "Brussels"}.get(city, city)


def distinct(names: Iterable[Name]) -> dict[tuple[str, str], list[Name]]:
    """Names by folded alias and context, each id once: more than one in a list is a clash."""
    table: dict[tuple[str, str], list[Name]] = {}
    for name in names:
        group = table.setdefault((fold(name.alias), name.context), [])
        if all(other.entity != name.entity or other.alias != name.alias for other in group):
            group.append(name)
    return table


@lru_cache(maxsize=2)
def _shipped(lang: str) -> tuple[tuple[Name, ...], dict[str, Entity]]:
    """The gazetteers' own names and entities, before any of the user's."""
    entities: dict[str, Entity] = {}
    groups = distinct(_names(lang, entities, words(lang))).values()
    return tuple(name for group in groups for name in group), entities


@lru_cache(maxsize=8)
def load(lang: str, overlay: str | None = None) -> Lexicon:
    """The lexicon of ``lang``; ``overlay`` is the path of a user's lexicon.yaml.

    Raises `LexiconError` naming file, line and reason where a file is faulty.
    """
    shipped, known = _shipped(lang)
    names, entities = list(shipped), dict(known)
    if overlay is not None:
        from extractor.overlay import apply

        names = apply(Path(overlay), names, entities)
    people, family_first = _people(names)
    index = AliasIndex((name.alias, name) for name in names)
    given = frozenset((FOLDER / "given_names.txt").read_text(encoding="utf-8").split())
    return Lexicon(lang, index, entities, words(lang), people, family_first, given, overlay)


def _people(names: Iterable[Name]) -> tuple[dict[str, str], frozenset[str]]:
    """Full names of the known persons by id, and the ids whose family name stands first."""
    people = {fold(name.alias): name.entity for name in names if name.type == "PERSON" and " " in name.alias}
    first = {
        f"person:{row['en']}"
        for row in read_csv(FOLDER / "people.csv", ("en", "fr", "alias", "state"))
        if row["state"] in {"PRK", "KOR", "CHN", "TWN", "VNM", "KHM"} and row["en"].count(" ")
    }
    return people, frozenset(first)
