"""Who says it: the words of the source, French beside English; the trigger stands in square brackets."""

from __future__ import annotations

import re

import pytest

from extractor import attribution, status

CASES = [
    # before, beside, after
    ("fr", "Selon le ministère, Oslo a [livré] des radars à Lima.", "ministère"),
    ("fr", "Oslo a [livré] des radars à Lima, d'après deux diplomates.", "deux diplomates"),
    ("fr", "Le général affirme qu'Oslo a [livré] des radars à Lima.", "général"),
    ("fr", "Oslo a [livré] des radars à Lima, a indiqué mardi le ministère.", "ministère"),
    ("fr", "Oslo, a révélé jeudi un diplomate, a [livré] des radars à Lima.", "diplomate"),
    ("fr", "Oslo a [livré] des radars à Lima, a-t-il ajouté.", "il"),
    ("fr", "L'institut a documenté deux [livraisons] de radars à Lima.", "institut"),
    ("en", "According to the ministry, Oslo [delivered] radars to Lima.", "ministry"),
    ("en", "Oslo [delivered] radars to Lima, according to two diplomats.", "two diplomats"),
    ("en", "The general said that Oslo had [delivered] radars to Lima.", "general"),
    ("en", "Oslo has [delivered] radars to Lima, the ministry said on Tuesday.", "ministry"),
    ("en", "The institute documented two [deliveries] of radars to Lima.", "institute"),
    # quotations, one sentence and several
    ("fr", "« Oslo a [livré] des radars à Lima », assure un officier.", "officier"),
    ("fr", "« Lima paie », assure un officier. « Oslo a [livré] dix radars. Tout est là. »", "officier"),
    ("en", "“Oslo has [delivered] radars to Lima,” said an officer.", "officer"),
    ("en", "“Lima pays,” said an officer. “Oslo has [delivered] ten radars. All is there.”", "officer"),
    # whoever denies or accuses
    ("fr", "Oslo dément avoir [livré] des radars à Lima.", "Oslo"),
    ("fr", "Quito accuse Oslo de [livrer] des radars à Lima.", "Quito"),
    ("en", "Oslo denies having [delivered] radars to Lima.", "Oslo"),
    ("en", "Quito accuses Oslo of [delivering] radars to Lima.", "Quito"),
    # an accusation somebody cites; a source in a noun
    ("fr", "Un article selon lequel Oslo [livre] des radars à Lima circule.", "article"),
    ("fr", "« Oslo [livre] des radars à Lima », ricane un courtier.", "courtier"),
    ("en", "“Oslo [delivers] radars to Lima,” joked an officer.", "officer"),
    ("fr", "Un général ne s'en cache pas : « Oslo nous [livre] des radars. »", "général"),
    ("fr", "Oslo, accusé par Quito de [livrer] des radars à Lima, se tait.", "Quito"),
    ("fr", "Quito, qui a payé, soupçonne Oslo d'avoir [livré] des radars à Lima.", "Quito"),
    ("fr", "La [livraison] de radars à Lima par la firme d'Oslo a été confirmée lundi par le ministère.", "ministère"),
    # no source
    ("fr", "Oslo a [livré] des radars à Lima.", None),
    ("fr", "Oslo aurait [livré] des radars à Lima.", None),
    ("fr", "Oslo a promis de [livrer] des radars à Lima.", None),
    ("fr", "Oslo est soupçonné d'avoir [livré] des radars à Lima.", None),
    ("fr", "Oslo [livre] des radars à Lima selon un calendrier précis.", None),
    ("en", "Oslo [delivered] radars to Lima.", None),
    ("en", "Oslo promised to [deliver] radars to Lima.", None),
    ("en", "Oslo is believed to have [delivered] radars to Lima.", None),
    ("en", "Oslo allegedly [delivered] radars to Lima.", None),
]


def _read(nlp, text, lang):
    before, trigger, after = re.split(r"[\[\]]", text)
    doc = nlp(before + trigger + after)
    return doc, doc.char_span(len(before), len(before) + len(trigger), alignment_mode="expand")


@pytest.fixture
def nlp(request, lang):
    return request.getfixturevalue(f"nlp_{lang}")


@pytest.mark.parametrize(("lang", "text", "expected"), CASES, ids=[c[1] for c in CASES])
def test_source(nlp, lang, text, expected):
    doc, trigger = _read(nlp, text, lang)
    found = status.assess(doc, trigger, lang).attribution
    assert (found.text if found else None) == expected
    if found is not None:
        assert doc.text[found.start : found.end] == found.text


def test_a_source_ends_at_the_semicolon(nlp_fr):
    doc, trigger = _read(nlp_fr, "Lima paie, a dit un officier ; Oslo [livre] des radars à Quito.", "fr")
    assert attribution.find(doc, trigger, "fr") is None


def test_the_source_with_the_shortest_reach_holds(nlp_fr):
    text = "Selon un diplomate, le ministère affirme qu'Oslo a [livré] des radars à Lima."
    doc, trigger = _read(nlp_fr, text, "fr")
    found = attribution.find(doc, trigger, "fr")
    assert found is not None
    assert found.attribution.text == "ministère"
