"""The short cuts of loading French change no token and no lemma."""

from __future__ import annotations

import re

import pytest

from extractor.quickstart import quick_patterns, shorten

WORDS = """aujourd'hui arc-en-ciel entr'ouvrir grand'mère contre-attaque Contre-Attaquer anti-aérienne post-guerre
presqu'île sud-coréen États-Unis vice-président peut-être porte-avions lance-roquettes œil-de-bœuf ex-12 ex-
pied-à-terre sous-marin(s) Aix-en-Provence saut-de-ski c'est-à-dire non-agression auto-école auto-École AUTO-ÉCOLE
prud'homme zig-zags TU-95 F-16 Saint-Pétersbourg Jean-Noël N'Djamena mi-octobre demi-tour re-été rick-rolls x-y"""


def test_shortened_exceptions_match_the_same_words(nlp_fr):
    from spacy.lang.fr.tokenizer_exceptions import _regular_exp

    matched = 0
    for exception in _regular_exp[::40] + _regular_exp[-20:]:  # all of them take ten seconds to compile, hence the short cut
        long, short = re.compile(f"(?iu){exception}"), re.compile(f"(?iu){shorten(exception)}")
        for word in WORDS.split():
            assert bool(long.match(word)) == bool(short.match(word)), (word, exception[:40])
            matched += bool(short.match(word))
    assert matched
    assert all(nlp_fr.tokenizer.token_match(word) for word in ("arc-en-ciel", "contre-attaque", "saut-de-ski"))


def test_compile_is_itself_again():
    real = re.compile
    with pytest.raises(re.error), quick_patterns():
        re.compile("(")
    assert re.compile is real


def test_lemmas_are_looked_up_in_dictionaries(nlp_fr):
    table = nlp_fr.get_pipe("lemmatizer").lookups.get_table("lemma_index")
    assert all(isinstance(words, dict) for words in table.values())
    assert [t.lemma_ for t in nlp_fr("Les livraisons ont été suspendues.")][1] == "livraison"
