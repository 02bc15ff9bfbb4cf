"""Mentions by form, without a model: gazetteers, patterns and rules on a bare tokenizer."""

from __future__ import annotations

from itertools import pairwise

import pytest
import spacy

from extractor import lexicon, mentions
from extractor.components import MentionFinder  # noqa: F401  (sets the Doc's extensions)
from extractor.gazetteer import names as gazetteer_names
from extractor.view import View

BLANK = {lang: spacy.blank(lang) for lang in ("fr", "en")}


def found(lang, text, overlay=None):
    doc = BLANK[lang](text)
    return mentions.find(doc, lexicon.load(lang, overlay))


def shown(lang, text, *types):
    return [f"{m.text}|{m.type}" for m in found(lang, text) if not types or m.type in types]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        # names, official names, abbreviations
        ("fr", "La République de Corée et la RPDC", ["République de Corée|KOR", "RPDC|PRK"]),
        ("en", "The Republic of Korea and the DPRK", ["Republic of Korea|KOR", "DPRK|PRK"]),
        ("fr", "Les EAU, la RDC et les É.-U.", ["EAU|ARE", "RDC|COD", "É.-U.|USA"]),
        ("en", "The UAE, the DRC and the U.S.", ["UAE|ARE", "DRC|COD", "U.S.|USA"]),
        ("fr", "l’URSS puis l’ex-Yougoslavie", ["URSS|SUN", "ex-Yougoslavie|YUG"]),
        ("fr", "Guinée-Bissau, Guinée équatoriale et Guinée", ["Guinée-Bissau|GNB", "Guinée équatoriale|GNQ", "Guinée|GIN"]),
        # demonyms in all forms
        ("fr", "des drones sud-soudanais et une garnison centrafricaine", ["sud-soudanais|SSD", "centrafricaine|CAF"]),
        ("fr", "Nord-Coréennes et Saoudiens", ["Nord-Coréennes|PRK", "Saoudiens|SAU"]),
        ("en", "Spaniards, Dutch crews and a South Sudanese barge", ["Spaniards|ESP", "Dutch|NLD", "South Sudanese|SSD"]),
        # a compound gives one mention for each part
        ("fr", "l'axe russo-nord-coréen", ["russo|RUS", "nord-coréen|PRK"]),
        ("en", "Sino-Russian talks", ["Sino|CHN", "Russian|RUS"]),
        ("fr", "la frontière irako-syrienne", ["irako|IRQ", "syrienne|SYR"]),
        ("fr", "la stratégie indo-pacifique", []),
        # no state: languages, larger regions, fixed phrases
        ("fr", "Le texte est rédigé en russe.", []),
        ("en", "He answered in Spanish.", []),
        ("fr", "un diplomate sud-américain et des élus latino-américains", []),
        ("en", "Latin American officials ate French fries", []),
        ("fr", "le col de Salvador", []),
        ("fr", "le Salvador a signé", ["Salvador|SLV"]),
        # the two Koreas by their compass points, only where Korea is spoken of
        ("fr", "La Corée du Sud proteste ; la menace du Nord grandit.", ["Corée du Sud|KOR", "Nord|PRK"]),
        ("fr", "Le Nord de la France est sous la pluie.", ["France|FRA"]),
        # money
        ("en", "It cost US$40 million.", []),
    ],
)
def test_states(lang, text, expected):
    assert [f"{m.text}|{m.entity[6:]}" for m in found(lang, text) if m.type == "STATE"] == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        # gazetteer
        ("fr", "L’Otan et l’ONU se taisent", ["Otan", "ONU"]),
        ("en", "Nato and the UN keep quiet", ["Nato", "UN"]),
        ("fr", "selon Yonhap, les houthis et les peshmergas", ["Yonhap", "houthis", "peshmergas"]),
        # ministries, with the demonym inside and without the one behind
        ("fr", "le ministère ghanéen de l'Intérieur", ["ministère ghanéen de l'Intérieur"]),
        ("fr", "le ministère de la Défense ougandais", ["ministère de la Défense"]),
        ("fr", "le ministère de la transition", []),
        ("en", "its defence ministry and the Kenyan Ministry of Defence", ["defence ministry", "Kenyan Ministry of Defence"]),
        # institutions by their heads
        ("fr", "le Front populaire de libération du Bas-Pays a pris le port", ["Front populaire de libération du Bas-Pays"]),
        ("fr", "l'Institut finlandais des affaires internationales assure", ["Institut finlandais des affaires internationales"]),
        ("en", "the Royal Tongan Navy and the Zambian Air Force", ["Royal Tongan Navy", "Zambian Air Force"]),
        ("en", "the Institute for Studies of the Sea", ["Institute for Studies of the Sea"]),
        # firms
        ("fr", "chez Kallio Defence Systems et Orfeo Aerospace", ["Kallio Defence Systems", "Orfeo Aerospace"]),
        ("en", "a deal with Kallio Defence Systems", ["Kallio Defence Systems"]),
        ("fr", "l'armurier slovène Varnik et le quotidien Dnevna", ["Varnik", "Dnevna"]),
        ("fr", "croit savoir le Morgenposten", ["Morgenposten"]),
        # units
        ("fr", "la 12e brigade mécanisée a reçu les chars", ["12e brigade mécanisée"]),
        ("en", "the 42nd Mechanized Brigade", ["42nd Mechanized Brigade"]),
        # acronyms: after an article, introduced by the text, and what is none
        ("fr", "a annoncé la DKSA", ["DKSA"]),
        ("fr", "la Haute Autorité des ports libres (HAPL). La HAPL se tait.", ["Haute Autorité des ports libres", "HAPL", "HAPL"]),
        ("fr", "le Traité de non-prolifération (TNP) et la TVA", []),
        ("en", "the Treaty on Open Skies and the GDP", []),
        # courts and parties
        ("fr", "la cour d'appel de Rouen", ["cour d'appel de Rouen"]),
        ("fr", "le parti conservateur et un parti de chasse", ["parti conservateur"]),
        # aliases with a condition
        ("fr", "La Commission a dit non.", ["Commission"]),
        ("fr", "Une commission d'enquête a dit non.", []),
        # datelines, bare capitals, pairs, sources, appositions
        ("fr", "BRNO, 3 mai (CTK) – Rien à signaler.", ["CTK"]),
        ("fr", "remis à ZKDF par bateau", ["ZKDF"]),
        ("fr", "Harrow & Quill a livré", ["Harrow & Quill"]),
        ("fr", "Selon Vechernik, tout va bien.", ["Vechernik"]),
        ("fr", "Vardik, le fabricant serbe, se tait.", ["Vardik"]),
        ("en", "Vardik, the Serbian manufacturer, is silent.", ["Vardik"]),
        ("en", "It was built by Vardik, in May.", ["Vardik"]),
        ("en", "It was built by Monday.", []),
        ("fr", "l'Agence togolaise de la mer", ["Agence togolaise de la mer"]),
        ("fr", "Sur X, il a protesté ; le plan X est mort.", ["X"]),
    ],
)
def test_organisations(lang, text, expected):
    assert [m.text for m in found(lang, text) if m.type == "ORG"] == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        # spelling variants are one person
        ("fr", "Poutine, Vladimir Poutine et Vladimir Putin", ["person:Vladimir Putin"] * 3),
        ("en", "Zelensky, Volodymyr Zelenskyy and Volodimir Zelensky", ["person:Volodymyr Zelensky"] * 3),
        ("fr", "Mohamed Hamdane Dagalo", ["person:Mohamed Hamdan Dagalo"]),
        # the title stays outside
        ("fr", "le colonel Durand-Lacaze", ["person:Durand-Lacaze"]),
        ("en", "Prime Minister Halvorsen", ["person:Halvorsen"]),
        ("en", "the Foreign Ministry", []),
        # given names, particles
        ("fr", "avec Iñaki, Jean-Baptiste de la Tour et Abdel Fattah al-Zubi", ["person:Jean-Baptiste de la Tour", "person:Abdel Fattah al-Zubi"]),
        ("en", "with Nikos van der Berg", ["person:Nikos van der Berg"]),
        # apposition and speech
        ("en", "Tuomo Ylikangas, the spokesman, agreed", ["person:Tuomo Ylikangas"]),
        ("fr", "la ministre de la Défense, Bronwyn Treharne, a signé", ["person:Bronwyn Treharne"]),
        ("en", "said Bronwyn Treharne", ["person:Bronwyn Treharne"]),
        ("en", "It works, Ylikangas said.", ["person:Ylikangas"]),
        # a last name alone is the person named in full, also before; another first name is another person
        ("fr", "Kim a reçu Xi. Kim Jong-un a parlé. Duyeon Kim doute.", ["person:Kim Jong Un", "person:Kim Jong Un", "person:Duyeon Kim"]),
        ("en", "Pavel Novak came. Novak left.", ["person:Pavel Novak", "person:Pavel Novak"]),
        ("fr", "Novak est une ville.", []),
    ],
)  # fmt: skip
def test_persons(lang, text, expected):
    assert [m.entity for m in found(lang, text) if m.type == "PERSON"] == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "le golfe de Tadjoura et la place Al-Nahda", ["golfe de Tadjoura", "place Al-Nahda"]),
        ("en", "Tiananmen Square and the Gulf of Tadjoura", ["Tiananmen Square", "Gulf of Tadjoura"]),
        ("fr", "en Sibérie, en mer Noire et à Paris-Saclay", ["Sibérie", "mer Noire"]),
    ],
)
def test_places(lang, text, expected):
    assert [m.text for m in found(lang, text) if m.type == "PLACE"] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Le ministère russe de la Défense (MRD) et la 3e brigade d'infanterie ont livré des obus de 152 mm à Bamako.",
        "Kim Jong-un, Vladimir Poutine, l'Institut Kiel, Airbus Defence and Space et l'oblast de Koursk",
    ],
)
def test_mentions_are_sorted_and_apart(text):
    result = found("fr", text)
    assert all(a.end <= b.start for a, b in pairwise(result))
    assert all(text[m.start : m.end] == m.text for m in result)
    assert all(m.rule and m.entity for m in result)


def test_every_gazetteer_mention_says_what_tied_it(tmp_path):
    (mention,) = found("fr", "les talibans")
    assert (mention.rule, mention.entity, mention.link) == ("gazetteer:org.name", "org:Taliban", "talibans")


def test_the_users_entries_come_first(tmp_path):
    path = tmp_path / "lexicon.yaml"
    path.write_text("add:\n  - {id: 'org:Rafale Club', aliases: [Rafale]}\nsilence: [Londres]\n", encoding="utf-8")
    result = found("fr", "Le Rafale joue à Londres.", str(path))
    assert [(m.text, m.entity) for m in result] == [("Rafale", "org:Rafale Club")]


def test_view_finds_neighbours():
    view = View(BLANK["fr"]("La France, elle"))
    assert (view.before(3), view.after(9), view.before(0), view.at(3)) == ("la", ",", "", 1)


def test_gazetteer_keeps_overlapping_names():
    texts = {m.text for m in gazetteer_names(View(BLANK["fr"]("la Corée du Nord")), lexicon.load("fr"))}
    assert {"Corée du Nord", "Corée"} <= texts
