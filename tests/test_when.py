"""Dates: the days that words cover, and which event they date."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from extractor import time_words, when
from extractor.time_reckoning import reckon

THURSDAY = date(2021, 9, 16)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


# Language, text, words found, earliest, latest, precision, anchor; the dateline is Thursday 16 September 2021.
INTERVALS = [
    ("fr", "a livré mardi", "mardi", "2021-09-14", "2021-09-14", "day", "dateline"),
    ("en", "delivered on Tuesday", "on Tuesday", "2021-09-14", "2021-09-14", "day", "dateline"),
    ("fr", "jeudi", "jeudi", "2021-09-16", "2021-09-16", "day", "dateline"),
    ("fr", "hier", "hier", "2021-09-15", "2021-09-15", "day", "dateline"),
    ("en", "yesterday", "yesterday", "2021-09-15", "2021-09-15", "day", "dateline"),
    ("fr", "le 3 mars 2019", "le 3 mars 2019", "2019-03-03", "2019-03-03", "day", "text"),
    ("en", "on March 3, 2019", "on March 3, 2019", "2019-03-03", "2019-03-03", "day", "text"),
    ("fr", "le 20 décembre", "le 20 décembre", "2020-12-20", "2020-12-20", "day", "dateline"),
    ("fr", "entre le 3 et le 5 juin", "entre le 3 et le 5 juin", "2021-06-03", "2021-06-05", "day", "dateline"),
    ("en", "between June 3 and June 5", "between June 3 and June 5", "2021-06-03", "2021-06-05", "day", "dateline"),
    ("fr", "dans la nuit de lundi à mardi", "dans la nuit de lundi à mardi", "2021-09-13", "2021-09-14", "day", "dateline"),
    ("fr", "pour la première fois en mai", "en mai", "2021-05-01", "2021-05-31", "month", "dateline"),
    ("en", "for the first time in May", "in May", "2021-05-01", "2021-05-31", "month", "dateline"),
    ("fr", "en mai", "en mai", "2021-05-01", "2021-05-31", "month", "dateline"),
    ("en", "in May", "in May", "2021-05-01", "2021-05-31", "month", "dateline"),
    ("fr", "mi-octobre", "mi-octobre", "2020-10-11", "2020-10-21", "period", "dateline"),
    ("en", "in mid-October", "in mid-October", "2020-10-11", "2020-10-21", "period", "dateline"),
    ("fr", "entre mai et juillet", "entre mai et juillet", "2021-05-01", "2021-07-31", "month", "dateline"),
    ("en", "between May and July", "between May and July", "2021-05-01", "2021-07-31", "month", "dateline"),
    ("fr", "depuis juin", "depuis juin", "2021-06-01", None, "month", "dateline"),
    ("en", "since June", "since June", "2021-06-01", None, "month", "dateline"),
    ("fr", "d'ici à décembre", "d'ici à décembre", None, "2021-12-31", "month", "dateline"),
    ("en", "by December", "by December", None, "2021-12-31", "month", "dateline"),
    ("fr", "avant novembre", "avant novembre", None, "2021-10-31", "month", "dateline"),
    ("fr", "en 2017", "en 2017", "2017-01-01", "2017-12-31", "year", "text"),
    ("en", "in 2017", "in 2017", "2017-01-01", "2017-12-31", "year", "text"),
    ("fr", "fin 2023", "fin 2023", "2023-10-01", "2023-12-31", "quarter", "text"),
    ("en", "by the end of 2026", "by the end of 2026", None, "2026-12-31", "quarter", "text"),
    ("fr", "depuis 2014", "depuis 2014", "2014-01-01", None, "year", "text"),
    ("fr", "à partir de 2025", "à partir de 2025", "2025-01-01", None, "year", "text"),
    ("en", "from 2026 to 2032", "from 2026 to 2032", "2026-01-01", "2032-12-31", "year", "text"),
    ("en", "in 2011–15", "in 2011–15", "2011-01-01", "2015-12-31", "year", "text"),
    ("fr", "dans les années 1980", "dans les années 1980", "1980-01-01", "1989-12-31", "decade", "text"),
    ("en", "in the 1980s", "in the 1980s", "1980-01-01", "1989-12-31", "decade", "text"),
    ("fr", "au printemps 2018", "au printemps 2018", "2018-03-01", "2018-05-31", "season", "text"),
    ("fr", "l'hiver 2018", "l'hiver 2018", "2018-12-01", "2019-02-28", "season", "text"),
    ("fr", "au deuxième trimestre", "au deuxième trimestre", "2021-04-01", "2021-06-30", "quarter", "dateline"),
    ("en", "in the second quarter of 2020", "in the second quarter of 2020", "2020-04-01", "2020-06-30", "quarter", "text"),
    ("fr", "la semaine dernière", "la semaine dernière", "2021-09-06", "2021-09-12", "week", "dateline"),
    ("en", "last week", "last week", "2021-09-06", "2021-09-12", "week", "dateline"),
    ("fr", "l'an prochain", "l'an prochain", "2022-01-01", "2022-12-31", "year", "dateline"),
    ("en", "next year", "next year", "2022-01-01", "2022-12-31", "year", "dateline"),
    ("fr", "d'ici à la fin de l'année", "d'ici à la fin de l'année", None, "2021-12-31", "quarter", "dateline"),
    ("fr", "il y a deux semaines", "il y a deux semaines", "2021-08-30", "2021-09-05", "week", "dateline"),
    ("en", "two weeks ago", "two weeks ago", "2021-08-30", "2021-09-05", "week", "dateline"),
    ("fr", "il y a des décennies", "il y a des décennies", None, "2011-09-16", "period", "dateline"),
    ("fr", "ces derniers mois", "ces derniers mois", None, "2021-09-16", "period", "dateline"),
    ("en", "over the past three years", "over the past three years", "2018-09-16", "2021-09-16", "period", "dateline"),
    ("fr", "dans les prochains mois", "dans les prochains mois", "2021-09-16", None, "period", "dateline"),
    ("en", "within two weeks", "within two weeks", "2021-09-16", "2021-09-30", "period", "dateline"),
    ("fr", "entre 2015 et fin 2017", "entre 2015 et fin 2017", "2015-01-01", "2017-12-31", "year", "text"),
    ("en", "before the year is out", "before the year is out", None, "2021-12-31", "year", "dateline"),
    ("fr", "avant la fin de l'année", "avant la fin de l'année", None, "2021-12-31", "quarter", "dateline"),
    ("fr", "l'hiver prochain", "l'hiver prochain", "2021-12-01", "2022-02-28", "season", "dateline"),
    ("fr", "dans les années quatre-vingt-dix", "dans les années quatre-vingt-dix", "1990-01-01", "1999-12-31", "decade", "text"),
    ("fr", "05/03/2021", "05/03/2021", "2021-03-05", "2021-03-05", "day", "text"),
    ("en", "2021-03-05", "2021-03-05", "2021-03-05", "2021-03-05", "day", "text"),
    ("en", "in Q3 2024", "in Q3 2024", "2024-07-01", "2024-09-30", "quarter", "text"),
    ("fr", "le mois suivant", "le mois suivant", None, None, "period", "none"),
    ("fr", "pendant dix ans", "pendant dix ans", None, None, "period", "none"),
    ("en", "a year later", "a year later", None, None, "period", "none"),
    ("fr", "en trois semaines", "en trois semaines", None, None, "period", "none"),
    ("fr", "par mois", "par mois", None, None, "period", "none"),
    ("en", "in a single summer a month", "a month", None, None, "period", "none"),
    ("fr", "la même année", "la même année", None, None, "period", "none"),
    ("en", "that same year", "that same year", None, None, "period", "none"),
    ("en", "in the nineties", "in the nineties", "1990-01-01", "1999-12-31", "decade", "text"),
    ("en", "a fortnight ago", "a fortnight ago", "2021-08-28", "2021-09-07", "fortnight", "dateline"),
    ("fr", "dans la semaine", "dans la semaine", None, None, "week", "none"),
    ("en", "in the same six weeks", "in the same six weeks", None, None, "week", "none"),
    ("en", "in the five years to 2019", "in the five years to 2019", None, None, "period", "none"),
    ("fr", "en 1784", "en 1784", "1784-01-01", "1784-12-31", "year", "text"),
]


@pytest.mark.parametrize(("lang", "text", "words", "first", "last", "precision", "anchor"), INTERVALS)
def test_interval(lang: str, text: str, words: str, first: str | None, last: str | None, precision: str, anchor: str) -> None:
    grammar = time_words.load(lang)
    found = next(grammar.find(text))
    assert text[found.start:found.end] == words
    days = reckon(grammar, found, THURSDAY, future=False)
    assert (days.earliest, days.latest, days.precision, days.anchor) == (_day(first), _day(last), precision, anchor)


@pytest.mark.parametrize(("lang", "text", "first"), [
    ("fr", "mardi", "2021-09-21"), ("en", "on Tuesday", "2021-09-21"), ("fr", "en mai", "2022-05-01"), ("en", "in May", "2022-05-01"),
])
def test_what_is_to_come_lies_ahead(lang: str, text: str, first: str) -> None:
    grammar = time_words.load(lang)
    assert reckon(grammar, next(grammar.find(text)), THURSDAY, future=True).earliest == _day(first)


@pytest.mark.parametrize(("lang", "text"), [("fr", "mardi"), ("fr", "depuis juin"), ("en", "last year"), ("en", "in May")])
def test_relative_words_need_a_dateline(lang: str, text: str) -> None:
    grammar = time_words.load(lang)
    days = reckon(grammar, next(grammar.find(text)), None, future=False)
    assert (days.earliest, days.latest, days.anchor) == (None, None, "none")


@pytest.mark.parametrize(("lang", "text"), [
    ("fr", "a été remis"), ("fr", "la résolution 1540 (2004)"), ("en", "resolution 1970 (2011)"), ("fr", "2020 fusils"), ("fr", "par rapport à 2020"), ("fr", "une première depuis 2003"), ("en", "for the first time in 25 years"),
    ("fr", "pour la première fois en vingt-cinq ans"), ("en", "a first since 2003"), ("en", "they may fall"), ("en", "2020 rifles"),
])
def test_no_time(lang: str, text: str) -> None:
    assert list(time_words.load(lang).find(text)) == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_forms_match_their_examples(lang: str) -> None:
    time_words.load(lang).forms.check()


TIED = [  # language, sentence, trigger, expected words
    ("fr", "La Norvège a livré en mai des canons à la Lettonie.", "livré", "en mai"),
    ("en", "Norway delivered howitzers to Latvia in May.", "delivered", "in May"),
    ("fr", "Oslo a annoncé mardi que la Norvège livrera des canons à la Lettonie.", "livrera", None),
    ("en", "Oslo said on Tuesday that Norway would deliver howitzers to Latvia.", "deliver", None),
    ("fr", "La Norvège livrera des canons à Riga d'ici à 2027, a annoncé mardi le ministre.", "livrera", "d'ici à 2027"),
    ("en", "Norway will deliver howitzers to Riga by 2027, the minister said on Tuesday.", "deliver", "by 2027"),
    ("fr", "Riga attend les canons commandés en 2018 à la Norvège.", "commandés", "en 2018"),
    ("en", "Riga awaits the howitzers that it ordered from Norway in 2018.", "ordered", "in 2018"),
    ("fr", "Oslo a signé jeudi une commande de douze canons.", "commande", "jeudi"),
    ("fr", "Depuis l'invasion du pays, Oslo lui fournit des canons.", "fournit", "Depuis l'invasion du pays"),
    ("en", "Since the invasion of the country, Oslo has supplied howitzers to it.", "supplied", "Since the invasion of the country"),
    ("fr", "En mai, selon le ministre, la Norvège a livré des canons à Riga.", "livré", "En mai"),
    ("fr", "OSLO, 3 mai (NTB) – La Norvège a livré des canons à la Lettonie.", "livré", None),
    ("fr", "Oslo a promis des canons à Riga tant que durera la guerre.", "promis", "tant que durera la guerre"),
    ("fr", "La Norvège a livré des canons trois semaines après la visite du ministre.", "livré", "trois semaines après la visite du ministre"),
    ("en", "Norway has since March 2014 delivered howitzers to Riga.", "delivered", "since March 2014"),
    ("fr", "Depuis le siège de Lima, Oslo livre des canons à Quito.", "livre", "Depuis le siège de Lima"),
    ("fr", "Oslo bloque depuis mai la vente de canons à Lima.", "vente", "depuis mai"),
    ("fr", "En 2014, Oslo fit livrer des canons à Lima.", "livrer", "En 2014"),
    ("fr", "Les canons n'arriveront à Lima qu'en 2028.", "arriveront", "en 2028"),
]


@pytest.mark.parametrize(("lang", "text", "trigger", "words"), TIED)
def test_tied_to_trigger(request: pytest.FixtureRequest, lang: str, text: str, trigger: str, words: str | None) -> None:
    doc = _parsed(request.getfixturevalue(f"nlp_{lang}"), text)
    at = text.index(trigger)
    span = doc.char_span(at, at + len(trigger))
    assert span is not None
    found = when.find(doc, span, THURSDAY, lang)
    assert (found.text if found else None) == words
    if found is not None:
        assert found.text == text[found.start:found.end]


@pytest.mark.parametrize(("lang", "text", "trigger", "item", "words"), [
    ("fr", "Oslo a vendu dix canons en mai et trois radars en juin.", "vendu", "canons", "en mai"),
    ("fr", "Oslo a vendu dix canons en mai et trois radars en juin.", "vendu", "radars", "en juin"),
    ("en", "Oslo sold ten guns in May and three radars in June.", "sold", "guns", "in May"),
    ("en", "Oslo sold ten guns in May and three radars in June.", "sold", "radars", "in June"),
])
def test_each_item_has_its_date(request: pytest.FixtureRequest, lang: str, text: str, trigger: str, item: str, words: str) -> None:
    doc = _parsed(request.getfixturevalue(f"nlp_{lang}"), text)
    spans = [doc.char_span(text.index(word), text.index(word) + len(word)) for word in (trigger, item)]
    found = when.find(doc, spans[0], THURSDAY, lang, spans[1])
    assert found is not None
    assert found.text == words


def test_answers_do_not_go_stale(nlp_fr: spacy.language.Language) -> None:
    """What was reckoned is forgotten when the tokens change, and nothing is left on the Doc."""
    doc = _parsed(nlp_fr, "La Norvège a livré en mai des canons à la Lettonie.")
    before = when.find(doc, doc[3:4], THURSDAY, "fr")
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[0:2])
    assert when.find(doc, doc[2:3], THURSDAY, "fr") == before
    assert not [key for key in doc.user_data if isinstance(key, str)]


def _parsed(nlp: spacy.language.Language, text: str) -> Doc:
    return nlp(text, disable=["ner", "extractor_mentions", "extractor_entities", "extractor_transfers"])


@lru_cache(maxsize=2)
def _blank(lang: str) -> spacy.language.Language:
    return spacy.blank(lang)


_PIECES = st.sampled_from(["mardi", "depuis", "en", "31", "février", "2020", "la fin de", "l'année", "il y a", "neuf mille", "ans", "dans", "d'ici",
                           "entre", "et", "juin", "since", "the", "1990s", "last", "May", "31 February", "between", "and", "week", "ago",
                           "9999999", "décennies", "İ", "\n", "dernier", "prochain", "les années", "premier trimestre", "tant que", "before", "war"])


@settings(max_examples=200, deadline=None)
@given(lang=st.sampled_from(["fr", "en"]), text=st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=12).map(" ".join)),
       dateline=st.none() | st.dates(), place=st.integers(0, 30), future=st.booleans())
def test_never_fails(lang: str, text: str, dateline: date | None, place: int, future: bool) -> None:
    grammar = time_words.load(lang)
    for found in grammar.find(text):
        assert 0 <= found.start <= found.core < found.end <= len(text)
        days = reckon(grammar, found, dateline, future)
        assert days.earliest is None or days.latest is None or days.earliest <= days.latest
        assert (days.anchor == "none") == (days.earliest is None and days.latest is None)
    doc: Doc = _blank(lang)(text)
    if len(doc):
        at = place % len(doc)
        said = when.find(doc, doc[at:at + 1], dateline, lang)
        assert said is None or said.text == doc.text[said.start:said.end] != ""
