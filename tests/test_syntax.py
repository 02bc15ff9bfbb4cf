"""Functions read off hand-built trees: voice undone, relatives, control, nominal and light-verb constructions."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from extractor import grammar
from extractor.observation import observe
from extractor.syntax import preposition

VOCAB = spacy.blank("fr").vocab


def _doc(rows: str) -> Doc:
    """A Doc from lines of: word lemma pos dep head [morph]."""
    cells = [line.split() for line in rows.strip().splitlines()]
    columns = [list(c) for c in zip(*(c[:5] for c in cells), strict=True)]
    words, lemmas, pos, deps, heads = columns
    morphs = [c[5] if len(c) > 5 else "" for c in cells]
    return Doc(VOCAB, words=words, lemmas=lemmas, pos=pos, deps=deps, heads=[int(h) for h in heads], morphs=morphs)


ACTIVE = """
Oslo Oslo PROPN nsubj 1
livre livrer VERB ROOT 1 VerbForm=Fin
des un DET det 3
chars char NOUN obj 1
à à ADP case 5
Riga Riga PROPN obl:arg 1
"""
PASSIVE = """
Les le DET det 1
chars char NOUN nsubj:pass 3
sont être AUX aux:pass 3
livrés livrer VERB ROOT 3 VerbForm=Part|Tense=Past
par par ADP case 5
Oslo Oslo PROPN obl:agent 3
"""
PARTICIPLE = """
chars char NOUN ROOT 0
livrés livrer VERB acl 0 VerbForm=Part|Tense=Past
par par ADP case 3
Oslo Oslo PROPN obl:agent 1
"""
RELATIVE = """
chars char NOUN ROOT 0
que que PRON obj 3 PronType=Rel
Oslo Oslo PROPN nsubj 3
livre livrer VERB acl:relcl 0 VerbForm=Fin
"""
CONTROL = """
Oslo Oslo PROPN nsubj 1
promet promettre VERB ROOT 1 VerbForm=Fin
de de ADP mark 3
livrer livrer VERB xcomp 1 VerbForm=Inf
"""
OBJECT_CONTROL = """
Kiev Kiev PROPN nsubj 1
accuse accuser VERB ROOT 1 VerbForm=Fin
Oslo Oslo PROPN obj 1
de de ADP mark 4
livrer livrer VERB xcomp 1 VerbForm=Inf
"""
NOUN = """
livraison livraison NOUN ROOT 0
par par ADP case 2
Oslo Oslo PROPN nmod 0
de de ADP case 4
chars char NOUN nmod 0
à à ADP case 6
Riga Riga PROPN nmod 0
"""
LIGHT = """
Riga Riga PROPN nsubj 1
signe signer VERB ROOT 1 VerbForm=Fin
une un DET det 3
commande commande NOUN obj 1
"""
REFUSAL = """
le le DET det 1
refus refus NOUN ROOT 1
norvégien norvégien ADJ amod 1
de de ADP mark 4
livrer livrer VERB acl 1 VerbForm=Inf
"""


@pytest.mark.parametrize(
    ("rows", "trigger", "pos", "expected"),
    [
        (ACTIVE, "livre", "verb", {"Oslo": ("subj", "direct"), "chars": ("obj", "direct"), "Riga": ("prep:to", "direct")}),
        (PASSIVE, "livrés", "verb", {"chars": ("obj", "direct"), "Oslo": ("subj", "direct")}),
        (PARTICIPLE, "livrés", "verb", {"chars": ("obj", "acl"), "Oslo": ("subj", "direct")}),
        (RELATIVE, "livre", "verb", {"chars": ("obj", "relative"), "Oslo": ("subj", "direct")}),
        (CONTROL, "livrer", "verb", {"Oslo": ("subj", "control")}),
        (OBJECT_CONTROL, "livrer", "verb", {"Oslo": ("subj", "objcontrol")}),
        (REFUSAL, "livrer", "verb", {"norvégien": ("subj", "control")}),
        (NOUN, "livraison", "noun", {"Oslo": ("prep:by", "direct"), "chars": ("prep:of", "direct"), "Riga": ("prep:to", "direct")}),
        (LIGHT, "commande", "noun", {"Riga": ("light", "light")}),
    ],
    ids=["active", "passive", "participle", "relative", "control", "object control", "noun control", "noun", "light verb"],
)
def test_functions(rows: str, trigger: str, pos: str, expected: dict[str, tuple[str, str]]) -> None:
    doc = _doc(rows)
    token = next(t for t in doc if t.text == trigger)
    seen = observe(token, pos, grammar.load("fr")[0])
    assert {doc[i].text: what for i, what in seen.items() if doc[i].text in expected} == expected


@pytest.mark.parametrize(
    ("lang", "words", "expected"),
    [
        ("fr", ["à", "destination", "de", "Riga"], "towards"),
        ("fr", ["au", "Caire"], "to"),
        ("fr", ["en", "provenance", "d'", "Oslo"], "from"),
        ("fr", ["livre", "Oslo"], None),
        ("en", ["out", "of", "Riga"], "from"),
        ("en", ["on", "behalf", "of", "Riga"], "for"),
        ("en", ["sold", "Riga"], None),
    ],
)
def test_the_longest_preposition_counts(lang: str, words: list[str], expected: str | None) -> None:
    doc = Doc(VOCAB, words=words, pos=["ADP"] * (len(words) - 1) + ["PROPN"])
    assert preposition(doc, len(words) - 1, grammar.load(lang)[0]) == expected
