"""Goods: spans, strengths and what is none. Brackets mark the span, the first word after them the noun asked about."""

from __future__ import annotations

import re

import pytest

from extractor import goods
from extractor.errors import LexiconError

# (sentence with the expected span in brackets, noun asked about or "" for the span's own head, strength)
FRENCH = [
    ("Moscou livre du [pétrole] à Pyongyang.", "pétrole", "listed"),
    ("Elle vend du [pétrole brut] russe à la Chine.", "pétrole", "listed"),
    ("Ils envoient des [denrées alimentaires] au pays.", "denrées", "listed"),
    ("Berlin accorde une [aide militaire] importante à Kiev.", "aide", "listed"),
    ("Rome fournit une [assistance technique] à Tunis.", "assistance", "listed"),
    ("L'usine exporte des [composants électroniques] chinois.", "composants", "listed"),
    ("Ils transfèrent des [technologies nucléaires et spatiales] à Téhéran.", "technologies", "listed"),
    ("La Malaisie exporte de l'[huile de palme] vers l'Inde.", "huile", "listed"),
    ("Paris a vendu deux [satellites d'observation] au Maroc.", "satellites", "listed"),
    ("Wagner envoie des [instructeurs] à Bangui.", "instructeurs", "listed"),
    ("Le pays exporte des [travailleurs] nord-coréens.", "travailleurs", "listed"),
    ("Il a livré dix mille tonnes de [blé] à la Syrie.", "tonnes", "listed"),
    ("Une cargaison de [charbon] est partie pour la Chine.", "cargaison", "listed"),
    ("La banque octroie un [prêt] de trois milliards de dollars.", "prêt", "listed"),
    ("Ils livrent des [véhicules] neufs à la police.", "véhicules", "listed"),
    ("L'entreprise a livré des [échafaudages] à la Libye.", "échafaudages", "open"),
    ("Ils ont livré une fournée de [tracteurs] à la Libye.", "fournée", "listed"),
    ("Le Caire envoie dix camions de [farine] à Gaza.", "camions", "listed"),
]
FRENCH_NONE = [
    ("Le ministre a prononcé un discours.", "discours"),
    ("L'armée livre bataille aux rebelles.", "bataille"),
    ("Il a donné une réponse à la presse.", "réponse"),
    ("L'éditeur a vendu mille livres.", "livres"),
    ("La hausse du prix du gaz inquiète la Pologne.", "gaz"),
    ("Le pays livre du blé à crédit.", "crédit"),
    ("Paris livre des chars Leclerc à Kiev.", "chars"),
]
ENGLISH = [
    ("Moscow supplies [oil] to Pyongyang.", "oil", "listed"),
    ("Berlin grants [military aid] to Kyiv.", "aid", "listed"),
    pytest.param(
        "Russia exports [refined petroleum] to China.",
        "petroleum",
        "listed",
        marks=pytest.mark.xfail(reason="the English parser does not hang the participle on its noun"),
    ),
    ("London sent [raw materials] to Cairo.", "materials", "listed"),
    ("They shipped [dual-use goods] to Tehran.", "goods", "listed"),
    ("Rome sent [night-vision goggles] to the army.", "goggles", "listed"),
    ("Ten thousand tons of [wheat] went to Syria.", "tons", "listed"),
    ("Moscow offered new [satellite technology] to Pyongyang.", "technology", "listed"),
    ("Wagner sends [instructors] to Bangui.", "instructors", "listed"),
    ("The firm delivered [plywood] to Libya.", "plywood", "open"),
    ("The firm sold a pair of [simulators] to Libya.", "pair", "listed"),
    ("Canberra gave the Burmese officers [language training] in May.", "training", "listed"),
]
ENGLISH_NONE = [
    ("The minister delivered a speech.", "speech"),
    ("The army gave battle to the rebels.", "battle"),
    ("The shop sold a thousand books.", "books"),
    ("The rise of the price of gas worries Poland.", "gas"),
    ("Russia ships the wheat free of charge.", "charge"),
]


def _asked(doc, word: str):
    return next(token for token in doc if token.lower_ == word or token.lower_.startswith(word + " "))


def _check(nlp, marked: str, word: str, strength: str) -> None:
    text = re.sub(r"[\[\]]", "", marked)
    doc = nlp(text)
    found = goods.noun_group(doc, _asked(doc, word), doc._.mentions)
    assert found is not None
    mention, told = found
    assert f"{text[: mention.start]}[{mention.text}]{text[mention.end :]}" == marked
    assert (told, mention.type, mention.text) == (strength, "GOODS", text[mention.start : mention.end])
    listed = [m for m in goods.find_listed(doc, doc._.mentions) if m.start == mention.start]
    assert bool(listed) == (strength == "listed")


@pytest.mark.parametrize(("marked", "word", "strength"), FRENCH)
def test_french_spans(nlp_fr, marked: str, word: str, strength: str) -> None:
    _check(nlp_fr, marked, word, strength)


@pytest.mark.parametrize(("marked", "word", "strength"), ENGLISH)
def test_english_spans(nlp_en, marked: str, word: str, strength: str) -> None:
    _check(nlp_en, marked, word, strength)


@pytest.mark.parametrize(("text", "word"), FRENCH_NONE)
def test_no_goods_in_french(nlp_fr, text: str, word: str) -> None:
    doc = nlp_fr(text)
    assert goods.noun_group(doc, _asked(doc, word), doc._.mentions) is None


@pytest.mark.parametrize(("text", "word"), ENGLISH_NONE)
def test_no_goods_in_english(nlp_en, text: str, word: str) -> None:
    doc = nlp_en(text)
    assert goods.noun_group(doc, _asked(doc, word), doc._.mentions) is None


def test_listed_goods_overlap_no_mention(nlp_fr) -> None:
    doc = nlp_fr("Moscou a livré du pétrole, des chars Leclerc et des matières premières à Pyongyang.")
    found = goods.find_listed(doc, doc._.mentions)
    assert [m.text for m in found] == ["pétrole", "matières premières"]
    assert [m.entity for m in found] == ["goods:oil", "goods:raw material"]
    assert not any(m.start < other.end and other.start < m.end for m in found for other in doc._.mentions)


def test_both_languages_list_the_same_goods() -> None:
    french, english = ({key for readings in goods.load(lang).listed.values() for _, key, _ in readings} for lang in ("fr", "en"))
    assert french - english <= {"protection"}
    assert english - french <= {"services", "factory", "device"}


@pytest.mark.parametrize(
    ("ident", "english", "french"),
    [
        ("goods:oil", "oil", "pétrole"),
        ("goods:raw material", "raw material", "matière première"),
        ("goods:training", "training", "formation"),
        ("goods:scaffolding", "scaffolding", "scaffolding"),
    ],
)
def test_display_names(ident: str, english: str, french: str) -> None:
    assert goods.names(ident) == (english, french)


def test_no_word_is_listed_and_immaterial() -> None:
    for lang in ("fr", "en"):
        lexicon = goods.load(lang)
        single = {words[0] for readings in lexicon.listed.values() for words, _, _ in readings if len(words) == 1}
        assert not single & lexicon.immaterial, lang


def test_unknown_language_is_an_error() -> None:
    with pytest.raises(LexiconError, match=r"goods\.yaml"):
        goods.load("xx")
