"""The recipes on tiny corpora: what is read, how it is reshaped, and that a training run gives a model that loads."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import spacy
from spacy.pipeline._parser_internals.nonproj import is_nonproj_tree

from extractor import language
from extractor.errors import InputError, LexiconError
from extractor.training import conllu, corpora, english, french, loop, templates, vectors

ONE = loop.Plan(1)

FRENCH = """\
# text = Le port du Havre ferme.
1\tLe\tle\tDET\t_\tDefinite=Def\t2\tdet\t_\t_
2\tport\tport\tNOUN\t_\tGender=Masc\t6\tnsubj\t_\t_
3-4\tdu\t_\t_\t_\t_\t_\t_\t_\t_
3\tde\tde\tADP\t_\t_\t5\tcase\t_\t_
4\tle\tle\tDET\t_\tDefinite=Def\t5\tdet\t_\t_
5\tHavre\tHavre\tPROPN\t_\t_\t2\tnmod\t_\t_
6\tferme\tfermer\tVERB\t_\tMood=Ind\t0\troot\t_\tSpaceAfter=No
7\t.\t.\tPUNCT\t_\t_\t6\tpunct\t_\t_

# text = Anne Weil part.
1\tAnne\tAnne\tPROPN\t_\t_\t3\tnsubj\t_\t_
2\tWeil\tWeil\tPROPN\t_\t_\t1\tflat:name\t_\t_
3\tpart\tpartir\tVERB\t_\tMood=Ind\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_

"""
ENGLISH = """\
# text = Ann Lee can't pay "us".
1\tAnn\tAnn\tPROPN\tNNP\tNumber=Sing\t5\tnsubj\t_\t_
2\tLee\tLee\tPROPN\tNNP\tNumber=Sing\t1\tflat\t_\t_
3-4\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
3\tca\tcan\tAUX\tMD\tVerbForm=Fin\t5\taux\t_\t_
4\tn't\tnot\tPART\tRB\t_\t5\tadvmod\t_\t_
5\tpay\tpay\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\t_
6\t"\t"\tPUNCT\t``\t_\t7\tpunct\t_\tSpaceAfter=No
7\tus\twe\tPRON\tPRP\t_\t5\tobj\t_\tSpaceAfter=No
8\t"\t"\tPUNCT\t''\t_\t7\tpunct\t_\tSpaceAfter=No
9\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_

"""
NAMES = [{"text": "Ann Lee left Oslo.", "entities": [[0, 7, "PER"], [13, 17, "LOC"]]}]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("corpora")
    for name in ("ud-french", "ud-english", "ner-english"):
        (folder / name).mkdir()
    for part in (*french.TRAIN, *french.TESTS):
        (folder / "ud-french" / f"{part}.conllu").write_text(FRENCH * 5, encoding="utf-8")
    for part in (*english.TREE_PARTS, *english.TREE_TESTS):
        (folder / "ud-english" / f"{part}.conllu").write_text(ENGLISH * 40, encoding="utf-8")
    for part in {*english.NAME_PARTS, *english.NAME_TESTS}:
        text = "\n".join(json.dumps(row) for row in NAMES)
        (folder / "ner-english" / f"{part}.jsonl").write_text(text, encoding="utf-8")
    for own in (english.RULED, english.WRITTEN):
        (folder / own).write_text(json.dumps(NAMES[0]), encoding="utf-8")
    (folder / "europarl-en.txt").write_text("The ships left the port .\nThey left Oslo .\n" * 30, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("source", "merge", "texts", "tokens"),
    [
        (FRENCH, True, ["Le port du Havre ferme. ", "Anne Weil part. "], [("du", "case", "de le", "ADP_DET")]),
        (FRENCH, False, ["Le port dele Havre ferme. ", "Anne Weil part. "], [("de", "case", "de", "ADP"), ("le", "det", "le", "DET")]),
        (ENGLISH, False, ['Ann Lee can\'t pay "us". '], [("ca", "aux", "can", "MD"), ("n't", "advmod", "not", "RB")]),
    ],
)
def test_conllu_is_read_as_raw_text_shows_it(source, merge, texts, tokens):
    docs = list(conllu.docs(source, spacy.blank("en").vocab, merge))
    assert [doc.text_with_ws for doc in docs] == texts
    got = [(t.text, t.dep_, t.lemma_, t.tag_) for doc in docs for t in doc]
    assert [row for row in got if row in tokens] == tokens
    assert [[t.dep_ for t in doc].count("ROOT") for doc in docs] == [1] * len(docs)


def test_names_are_merged_in_gold_and_input_alike():
    nlp = spacy.blank("fr")
    gold = list(conllu.docs(FRENCH, nlp.vocab, merge=True))[1]
    mentions = corpora.name_mentions(gold, random.Random(0))
    assert [m.text for m in mentions] == ["Anne Weil"]
    made = corpora.example(nlp, gold, mentions)
    assert [t.text for t in made.predicted] == [t.text for t in made.reference] == ["Anne Weil", "part", "."]
    assert made.get_aligned_parse()[1] == ["nsubj", "ROOT", "punct"]


def test_curly_typography_keeps_the_tree():
    doc = next(conllu.docs(ENGLISH, spacy.blank("en").vocab))
    curled = corpora.curl(doc)
    assert curled.text.strip() == "Ann Lee can’t pay “us”."
    assert [(t.dep_, t.head.i, t.lemma_) for t in curled] == [(t.dep_, t.head.i, t.lemma_) for t in doc]


def test_labels_are_mapped_to_what_the_model_knows():
    doc = next(conllu.docs(FRENCH.replace("nmod", "nmod:odd").replace("nsubj", "csubj"), spacy.blank("fr").vocab, merge=True))
    corpora.relabel(doc, {}, frozenset({"ROOT", "det", "case", "nmod", "punct"}))
    assert [t.dep_ for t in doc] == ["det", "dep", "case", "nmod", "ROOT", "punct"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_template_is_a_tree(lang):
    nlp = spacy.blank(lang)
    grammar = templates.Grammar(templates.FOLDER / f"{lang}.yaml")
    rng = random.Random(0)
    for template in grammar.sentences:
        doc = templates.to_doc(nlp, grammar.make(template, rng), {})
        heads = [t.head.i for t in doc]
        assert len(list(doc.sents)) == 1, template
        assert not is_nonproj_tree(heads), template
        assert all(t.dep_ for t in doc), template


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_template_labels_are_those_of_the_model(lang, request):
    grammar = templates.Grammar(templates.FOLDER / f"{lang}.yaml")
    used = {node.dep for template in grammar.sentences for node in grammar.make(template, random.Random(0))}
    assert used <= set(request.getfixturevalue(f"nlp_{lang}").get_pipe("parser").labels)


@pytest.mark.parametrize(
    ("template", "message"),
    [("$who/nsubj goes/VERB/ROOT", "no class 'who'"), ("he/PRON/nsubj", "no ROOT"), ("he/PRON/nsubj/x goes/VERB/ROOT", "'x'")],
)
def test_a_faulty_template_is_refused(tmp_path, template, message):
    path = tmp_path / "en.yaml"
    path.write_text(json.dumps({"classes": {}, "sentences": [template]}), encoding="utf-8")
    with pytest.raises(LexiconError, match=message):
        templates.Grammar(path).make(template, random.Random(0))


def test_a_missing_corpus_is_named(tmp_path):
    with pytest.raises(InputError, match=r"seq-train\.conllu"):
        french.train(tmp_path, tmp_path / "out", ONE, say=lambda _: None)


def test_french_recipe(tiny, tmp_path):
    said: list[str] = []
    figures = french.train(tiny, tmp_path / "fr", ONE, each=1, say=said.append)
    assert set(figures) == set(french.TESTS)
    assert said[0].startswith("epoch 1/1")
    assert json.loads((tmp_path / "fr" / "card.json").read_text(encoding="utf-8"))["sources"]
    nlp = spacy.load(french.BASE, exclude=[*language.TUNED_PIPES, "ner"])
    language.add_layers(nlp, tmp_path / "fr")
    assert set(language.TUNED_PIPES) <= set(nlp.pipe_names)
    tuned = nlp.get_pipe("parser")
    assert "obl:arg" in tuned.labels


def test_english_recipe(tiny, tmp_path):
    pytest.importorskip("floret")
    said: list[str] = []
    figures = english.train(tiny, tiny, tmp_path / "en", (ONE, ONE), (ONE, ONE), each=1, say=said.append)
    assert {"ewt-test", "ner pud-test"} <= set(figures)
    nlp = spacy.load(tmp_path / "en")
    assert {"tok2vec", "tagger", "morphologizer", "parser", "trainable_lemmatizer", "ner"} == set(nlp.pipe_names)
    assert nlp.vocab.vectors.shape == (10000, 64)
    assert len(nlp("Ann Lee left Oslo.")) == 5


def test_vectors_read_words_as_the_tokenizer_does(tiny):
    assert "the ships left the port ." in list(vectors.lines(tiny))
