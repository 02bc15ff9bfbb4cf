"""Quantities: what the words are worth, and which item they are said of."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from extractor import quantity, quantity_grammar
from extractor.errors import LexiconError
from extractor.forms import read
from extractor.quantity_grammar import Grammar, Words

M = 1_000_000.0

AMOUNTS = [  # language, text, words found, value, minimum, maximum, comparator, unit
    ("fr", "douze hélicoptères", "douze", 12, 12, 12, "=", None),
    ("en", "twelve helicopters", "twelve", 12, 12, 12, "=", None),
    ("fr", "quatre-vingt-dix blindés", "quatre-vingt-dix", 90, 90, 90, "=", None),
    ("en", "one hundred and ninety mortars", "one hundred and ninety", 190, 190, 190, "=", None),
    ("fr", "14\u202f500 grenades", "14\u202f500", 14500, 14500, 14500, "=", None),
    ("en", "14,500 grenades", "14,500", 14500, 14500, 14500, "=", None),
    ("fr", "plus de 2,5 millions de cartouches", "plus de 2,5 millions", 2.5 * M, 2.5 * M, None, ">", None),
    ("en", "more than 2.5 million rounds", "more than 2.5 million", 2.5 * M, 2.5 * M, None, ">", None),
    ("fr", "au moins huit drones", "au moins huit", 8, 8, None, ">=", None),
    ("en", "at least eight drones", "at least eight", 8, 8, None, ">=", None),
    ("fr", "jusqu'à 90 blindés", "jusqu'à 90", 90, None, 90, "<=", None),
    ("en", "up to 90 carriers", "up to 90", 90, None, 90, "<=", None),
    ("fr", "près de 60 fusils", "près de 60", 60, None, None, "~", None),
    ("en", "some 60 rifles", "some 60", 60, None, None, "~", None),
    ("fr", "une quinzaine de camions", "une quinzaine", 15, None, None, "~", None),
    ("en", "a dozen trucks", "a dozen", 12, None, None, "~", None),
    ("fr", "des dizaines de radars", "des dizaines", None, 20, None, ">=", None),
    ("en", "dozens of radars", "dozens", None, 24, None, ">=", None),
    ("fr", "des centaines de milliers de mines", "des centaines de milliers", None, 200_000, None, ">=", None),
    ("en", "tens of thousands of mines", "tens of thousands", None, 20_000, None, ">=", None),
    ("fr", "entre vingt et trente canons", "entre vingt et trente", None, 20, 30, "=", None),
    ("en", "between twenty and thirty guns", "between twenty and thirty", None, 20, 30, "=", None),
    ("fr", "de 200 à 300 mines", "de 200 à 300", None, 200, 300, "=", None),
    ("en", "200 to 300 mines", "200 to 300", None, 200, 300, "=", None),
    ("fr", "45 % du gaz", "45 %", 45, 45, 45, "=", "%"),
    ("en", "45 per cent of the gas", "45 per cent", 45, 45, 45, "=", "%"),
    ("fr", "30 millions d'euros de munitions", "30 millions d'euros", 30 * M, 30 * M, 30 * M, "=", "EUR"),
    ("en", "€30 million in ammunition", "€30 million", 30 * M, 30 * M, 30 * M, "=", "EUR"),
    ("fr", "près de 70 millions de dollars", "près de 70 millions de dollars", 70 * M, None, None, "~", "USD"),
    ("en", "nearly $70m", "nearly $70m", 70 * M, None, None, "~", "USD"),
    ("fr", "un demi-milliard de cartouches", "un demi-milliard", 500 * M, 500 * M, 500 * M, "=", None),
    ("en", "half a billion rounds", "half a billion", 500 * M, 500 * M, 500 * M, "=", None),
    ("fr", "plusieurs lots", "plusieurs", None, 2, None, ">=", None),
    ("en", "several lots", "several", None, 2, None, ">=", None),
    ("en", "NT$90 billion", "NT$90 billion", 90_000 * M, 90_000 * M, 90_000 * M, "=", "TWD"),
]


@pytest.mark.parametrize(("lang", "text", "words", "value", "low", "high", "comparator", "unit"), AMOUNTS)
def test_amount(lang: str, text: str, words: str, value: float | None, low: float | None, high: float | None,
                comparator: str, unit: str | None) -> None:
    found = next(quantity_grammar.load(lang).find(text))
    assert text[found.start:found.end] == words
    assert (found.value, found.minimum, found.maximum, found.comparator, found.unit) == (value, low, high, comparator, unit)


@pytest.mark.parametrize(("lang", "text"), [
    ("fr", "des obus de 105 mm"), ("fr", "le F-35 et le T-72"), ("fr", "pendant 12 mois"), ("fr", "le 4 juin"),
    ("en", "105mm shells"), ("en", "an F-35 and a T-72"), ("en", "a six-month loan"), ("en", "on 4 June"),
])
def test_no_amount(lang: str, text: str) -> None:
    """Calibres, designations, dates and durations count nothing."""
    assert not [a for a in quantity_grammar.load(lang).find(text) if a.kind == "number"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_forms_match_their_examples(lang: str) -> None:
    quantity_grammar.load(lang).forms.check()


@pytest.mark.parametrize(("old", "new", "message"), [
    ("kind: several", "kind: heaps", "forms"),
    ("{approx}?{number} ?%", "{approx}?{nombre} ?%", "unknown placeholder {nombre}"),
    ("lang: fr", "lang: fr\ncolour: red", "colour"),
])
def test_faulty_file_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    source = (quantity_grammar.LEXICON / "fr" / "quantity.yaml").read_text(encoding="utf-8")
    path = tmp_path / "quantity.yaml"
    path.write_text(source.replace(old, new), encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        Grammar(read(path, Words), str(path)).forms.check()
    assert str(path) in str(caught.value)
    assert message in str(caught.value)


TIED = [  # language, sentence, item, trigger, expected words of the quantity, unit
    ("fr", "Riga a vu les canons, dont quatre livrés par Oslo.", "canons", "livrés", "quatre", None),
    ("en", "Riga has howitzers, four of which Oslo sold to it.", "howitzers", "sold", "four", None),
    ("en", "The exports of rifles to Riga came to 30 million euros.", "rifles", "exports", "30 million euros", "EUR"),
    ("fr", "Lima veut des canons. Oslo en a livré huit à Quito.", "canons", "livré", "huit", None),
    ("fr", "La Suède a livré douze canons à l'Ukraine.", "canons", "livré", "douze", None),
    ("en", "Sweden delivered twelve howitzers to Ukraine.", "howitzers", "delivered", "twelve", None),
    ("fr", "La Suède a livré plus de deux mille vieux fusils à la Lettonie.", "fusils", "livré", "plus de deux mille", None),
    ("en", "Sweden delivered more than two thousand old rifles to Latvia.", "rifles", "delivered", "more than two thousand", None),
    ("fr", "Oslo a expédié trente conteneurs de munitions à Kiev.", "munitions", "expédié", "trente conteneurs", "conteneurs"),
    ("en", "Oslo shipped thirty containers of ammunition to Kyiv.", "ammunition", "shipped", "thirty containers", "containers"),
    ("fr", "Oslo a expédié neuf tonnes de poudre et d'explosifs à Kiev.", "explosifs", "expédié", "neuf tonnes", "tonnes"),
    ("en", "Oslo shipped nine tons of powder and explosives to Kyiv.", "explosives", "shipped", "nine tons", "tons"),
    ("fr", "Oslo a expédié neuf tonnes de poudre et des mortiers à Kiev.", "mortiers", "expédié", None, None),
    ("fr", "La Suède a livré des canons à l'Ukraine.", "canons", "livré", None, None),
    ("fr", "Les mortiers ont été cédés par centaines à la milice.", "mortiers", "cédés", "par centaines", None),
    ("en", "Mortars were sold to the militia in large quantities.", "Mortars", "sold", "in large quantities", None),
    ("fr", "Berlin a vendu pour 30 millions d'euros de munitions à Oman.", "munitions", "vendu", "30 millions d'euros", "EUR"),
    ("en", "Berlin sold €30 million of ammunition to Oman.", "ammunition", "sold", "€30 million", "EUR"),
    ("en", "Berlin sold ammunition worth €30 million to Oman.", "ammunition", "sold", "€30 million", "EUR"),
    ("fr", "Berlin a vendu le moindre fusil à Oman.", "fusil", "vendu", "le moindre", None),
    ("fr", "Paris a remis à Athènes le premier des six avions commandés en mars.", "avions", "remis", "premier", None),
    ("fr", "Paris a remis à Athènes le premier des six avions commandés en mars.", "avions", "commandés", "six", None),
    ("en", "Paris has built ten radars, four of which it sold to Oslo.", "radars", "sold", "four", None),
    ("fr", "Paris a livré à Oslo un Mirage.", "Mirage", "livré", "un", None),
    ("fr", "Paris a livré à Oslo un avion.", "avion", "livré", None, None),
    ("en", "Vilnius and Riga want radars. Riga got four last spring.", "radars", "got", "four", None),
    ("fr", "Riga veut des canons. Oslo lui en a livré un second l'an dernier.", "canons", "livré", "un second", None),
    ("fr", "Oslo fournira à Riga quatre corvettes, dont la première doit être remise en 2028.", "corvettes", "remise", "première", None),
    ("en", "Berlin will sell fourteen tanks to Riga, and Oslo should do the same.", "tanks", "do", None, None),
    ("fr", "Berlin cédera quatorze chars à Riga, et Oslo veut en faire autant.", "chars", "faire", None, None),
    ("en", "Russia raised by half the price of the gas it sold.", "gas", "sold", None, None),
    ("en", "Oslo handed over two dozen guns to Riga.", "guns", "handed", "two dozen", None),
    ("en", "Of the six tanks in the yard, Oslo will sell Riga four.", "tanks", "sell", "four", None),
    ("en", "Of the 120 tanks that Oslo promised Riga, eighty had been delivered by October.", "tanks", "delivered", "eighty", None),
    ("fr", "Des vingt chars qu'Oslo avait promis à Riga, douze ont été livrés au printemps.", "chars", "livrés", "douze", None),
    ("en", "Riga bought more tanks from Oslo than from Bern.", "tanks", "bought", None, None),
]


@pytest.mark.parametrize(("lang", "text", "item", "trigger", "words", "unit"), TIED)
def test_tied_to_item(request: pytest.FixtureRequest, lang: str, text: str, item: str, trigger: str, words: str | None,
                      unit: str | None) -> None:
    doc = _parsed(request.getfixturevalue(f"nlp_{lang}"), text)
    found = quantity.find(doc, _span(doc, item), _span(doc, trigger), lang)
    assert (found.text if found else None) == words
    if found is not None:
        assert found.text == text[found.start:found.end]
        assert found.unit == unit
        assert found.money == (unit == "EUR")


def test_item_left_out(nlp_fr: spacy.language.Language) -> None:
    doc = _parsed(nlp_fr, "Nous leur en avons vendu quinze.")
    found = quantity.find(doc, None, _span(doc, "vendu"), "fr")
    assert found is not None
    assert (found.text, found.value) == ("quinze", 15)


def _parsed(nlp: spacy.language.Language, text: str) -> Doc:
    return nlp(text, disable=["ner", "extractor_mentions", "extractor_entities", "extractor_transfers"])


@lru_cache(maxsize=2)
def _blank(lang: str) -> spacy.language.Language:
    return spacy.blank(lang)


def _span(doc: Doc, words: str) -> spacy.tokens.Span:
    at = doc.text.index(words)
    span = doc.char_span(at, at + len(words), alignment_mode="expand")
    assert span is not None
    return span


_PIECES = st.sampled_from(["trois", "plus de", "entre 20 et 10", "3 000", "millions", "d’", "$", "€", "un", "half a", "dozens of", "de",
                           "%", "F-16", "\u202f", "12,5", "1.5bn", "premier", "more", "9" * 40, "İ", "ß", "par tonnes entières", "\n", "«"])


@settings(max_examples=150, deadline=None)
@given(lang=st.sampled_from(["fr", "en"]), text=st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=12).map(" ".join)),
       place=st.integers(0, 30), other=st.integers(0, 30))
def test_never_fails(lang: str, text: str, place: int, other: int) -> None:
    doc = _blank(lang)(text)
    if not len(doc):
        return
    for amount in quantity_grammar.load(lang).find(text):
        assert 0 <= amount.start < amount.end <= len(text)
        assert amount.minimum is None or amount.maximum is None or amount.minimum <= amount.maximum
    trigger, item = doc[place % len(doc):place % len(doc) + 1], doc[other % len(doc):other % len(doc) + 1]
    for asked in (item, None):
        found = quantity.find(doc, asked, trigger, lang)
        assert found is None or found.text == doc.text[found.start:found.end] != ""
