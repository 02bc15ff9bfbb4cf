"""The gazetteers: every row checked, the state names of both languages, the user's own file."""

from __future__ import annotations

import csv
from collections import defaultdict

import pytest

from extractor import lexicon, orgwords
from extractor.errors import LexiconError
from extractor.lexicon import FOLDER, LANGS
from extractor.states import english_forms, french_forms

CONTEXTS = lexicon.CONTEXTS - {"overlay"}


def rows(file):
    with (FOLDER / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize(
    ("kind", "least"), [("STATE", 190), ("ORG", 400), ("PERSON", 300), ("PLACE", 300)], ids=["states", "orgs", "people", "places"]
)
def test_enough_entities(kind, least):
    found = [e for e in lexicon.load("fr").entities.values() if e.type == kind]
    assert len(found) >= least


@pytest.mark.parametrize("lang", LANGS)
def test_every_entity_has_both_names(lang):
    lacking = [e.id for e in lexicon.load(lang).entities.values() if not (e.names.get("fr") and e.names.get("en"))]
    assert not lacking


@pytest.mark.parametrize("file", ["organisations.csv", "people.csv", "places.csv"])
def test_rows_are_whole_and_unique(file):
    table = rows(file)
    assert all(row["en"] and row["fr"] for row in table)
    names = [row["en"] for row in table]
    assert not {name for name in names if names.count(name) > 1}


@pytest.mark.parametrize("file", ["states.csv", "organisations.csv", "people.csv", "places.csv"])
def test_cells_are_clean(file):
    for row in rows(file):
        for column, value in row.items():
            parts = value.split("|") if value else []
            assert all(part == part.strip() and part for part in parts), (file, column, value)
            assert all(part.partition("^")[2] in CONTEXTS for part in parts), (file, column, value)


@pytest.mark.parametrize("lang", LANGS)
def test_no_alias_claims_two_ids(lang):
    lists = lexicon.words(lang)
    claims = defaultdict(set)
    for group in lexicon.distinct(lexicon._names(lang, {}, lists)).values():
        for name in group:
            if not name.context:
                claims[name.alias].add(name.entity)
    assert not {alias: ids for alias, ids in claims.items() if len(ids) > 1}


@pytest.mark.parametrize("lang", LANGS)
def test_every_alias_of_a_state_is_found(lang):
    index = lexicon.load(lang).names
    for row in lexicon.state_rows():
        names = [f"state:{row.id}" in {n.entity for n in index.get(alias)} for alias in (a.partition("^")[0] for a in row.aliases[lang])]
        assert all(names), (row.id, row.aliases[lang])


@pytest.mark.parametrize(
    ("masculine", "forms"),
    [
        ("nord-coréen", "nord-coréen nord-coréens nord-coréenne nord-coréennes"),
        ("français", "français française françaises"),
        ("russe", "russe russes"),
        ("américain", "américain américains américaine américaines"),
        ("grec/grecque", "grec grecs grecque grecques"),
        ("nigérian/nigériane", "nigérian nigérians nigériane nigérianes"),
        ("burkinabé", "burkinabé burkinabés burkinabée burkinabées"),
    ],
)
def test_french_forms(masculine, forms):
    assert sorted(set(french_forms(masculine))) == sorted(forms.split())


@pytest.mark.parametrize(
    ("demonym", "forms"),
    [("Russian", "Russian Russians"), ("German", "German Germans"), ("Frenchman", "Frenchman"), ("French", "French"), ("Chinese", "Chinese"), ("Pole", "Pole Poles"), ("Iraqi", "Iraqi Iraqis")],
)
def test_english_forms(demonym, forms):
    assert list(english_forms(demonym)) == forms.split()


@pytest.mark.parametrize(
    ("lang", "alias", "code"),
    [
        ("fr", "RPDC", "PRK"), ("en", "DPRK", "PRK"), ("fr", "EAU", "ARE"), ("en", "UAE", "ARE"), ("fr", "RDC", "COD"),
        ("fr", "É.-U.", "USA"), ("en", "U.S.", "USA"), ("fr", "URSS", "SUN"), ("en", "Yugoslavia", "YUG"), ("fr", "Kosovo", "XKX"),
        ("fr", "République de Corée", "KOR"), ("fr", "Centrafrique", "CAF"), ("en", "Burma", "MMR"), ("fr", "Palestine", "PSE"),
        ("fr", "sud-soudanaises", "SSD"), ("fr", "burkinabés", "BFA"), ("en", "Emiratis", "ARE"), ("fr", "Côte d’Ivoire", "CIV"),
        ("en", "Timor-Leste", "TLS"), ("fr", "Pretoria", "ZAF"), ("en", "Pyongyang", "PRK"), ("fr", "Tchécoslovaquie", "CSK"),
    ],
)  # fmt: skip
def test_state_aliases(lang, alias, code):
    assert {name.entity for name in lexicon.load(lang).names.get(alias)} == {f"state:{code}"}


@pytest.mark.parametrize("lang", LANGS)
def test_word_lists_load(lang):
    assert lexicon.words(lang).titles
    assert orgwords.words(lang).heads


OVERLAY = """\
add:
  - {id: "org:Acme Arms", names: {fr: Acme Armes, en: Acme Arms}, aliases: [Acme, ACM]}
  - {id: "person:Jane Roe", aliases: [Calamity Jane]}
rename:
  - {id: "state:MMR", names: {en: Burma}}
split:
  - {alias: Azov, id: "org:Third Assault Brigade"}
silence: [Pentagone]
"""


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "lexicon.yaml"
    path.write_text(OVERLAY, encoding="utf-8")
    return lexicon.load("fr", str(path))


def test_overlay_adds(own):
    assert own.entities["org:Acme Arms"].names == {"fr": "Acme Armes", "en": "Acme Arms"}
    assert {name.entity for name in own.names.get("ACM")} == {"org:Acme Arms"}
    assert own.entities["person:Jane Roe"].names == {"fr": "Jane Roe", "en": "Jane Roe"}


def test_overlay_renames_in_one_language_only(own):
    assert own.entities["state:MMR"].names == {"fr": "Birmanie", "en": "Burma"}


def test_overlay_splits(own):
    assert {name.entity for name in own.names.get("Azov")} == {"org:Third Assault Brigade"}
    assert {name.entity for name in own.names.get("brigade Azov")} == {"org:Azov Brigade"}


def test_overlay_silences(own):
    assert {name.context for name in own.names.get("Pentagone")} == {"silent"}


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("add: [", 1, "not valid YAML"),
        ("- add", 1, "expected sections"),
        ("ajouter: []", 1, "unknown section 'ajouter'"),
        ("add: {}", 1, "must be a list"),
        ("add:\n  - {names: {fr: A}}", 2, "needs id"),
        ("add:\n  - {id: Acme}", 2, "must be one of"),
        ("add:\n  - id: org:A\n    alias: [B]", 3, "unknown field 'alias'"),
        ("add:\n  - id: org:A\n    aliases: B", 3, "must be a list"),
        ("add:\n  - id: org:A\n    names: {de: B}", 3, "must map fr and en"),
        ("rename:\n  - {id: 'org:Nobody at all', names: {fr: X}}", 2, "no entity has the id"),
        ("split:\n  - {alias: Xyzzy, id: 'org:A'}", 2, "no entry has the alias"),
        ("split:\n  - {id: 'org:A'}", 2, "needs alias and id"),
        ("silence: [[a]]", 1, "expected a text"),
    ],
)
def test_faulty_overlay_is_refused(tmp_path, content, line, reason):
    path = tmp_path / "faulty.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        lexicon.load("fr", str(path))
    assert f"{path}:{line}: " in str(caught.value)
    assert reason in str(caught.value)


def test_missing_overlay_is_refused(tmp_path):
    with pytest.raises(LexiconError, match="can't be read"):
        lexicon.load("fr", str(tmp_path / "nowhere.yaml"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [("en,fr,alias\n", "columns are"), ("en,fr,alias,kind\nA,B\n", "2 cells, expected 4"), ("en,fr,alias,kind\n,B,,\n", "cells")],
)
def test_faulty_gazetteer_is_refused(tmp_path, content, reason):
    path = tmp_path / "places.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError, match=reason):
        list(lexicon.read_csv(path, ("en", "fr", "alias", "kind")))
