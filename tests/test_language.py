"""The pipelines as they are loaded: which layers, in which order, with which labels."""

from __future__ import annotations

import json

import pytest
import spacy

from extractor import language
from extractor.errors import ModelError


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_names_come_first_and_what_needs_the_tree_last(lang, request):
    names = request.getfixturevalue(f"nlp_{lang}").pipe_names
    order = ["ner", "extractor_mentions", "tok2vec", "morphologizer", "parser", "extractor_entities", "extractor_transfers"]
    assert [name for name in names if name in order] == [name for name in order if name in names]
    assert set(order) - {"ner"} <= set(names)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_parser_has_the_labels_that_the_rules_use(lang, request):
    language.check(request.getfixturevalue(f"nlp_{lang}"), lang)


def test_the_tuned_parser_keeps_the_labels_of_the_plain_one(nlp_fr):
    plain = language.load("fr", parser="plain")
    assert set(nlp_fr.get_pipe("parser").labels) == set(plain.get_pipe("parser").labels)
    assert "senter" not in nlp_fr.pipe_names


@pytest.mark.parametrize(
    ("labels", "message"),
    [(("dobj", "nsubjpass", "pobj", "prep"), "Universal Dependencies"), ((), "lacks the labels")],
)
def test_a_parser_of_another_scheme_is_refused(tmp_path, labels, message):
    nlp = spacy.blank("en")
    parser = nlp.add_pipe("parser")
    for label in labels:
        parser.add_label(label)
    with pytest.raises(ModelError, match=message):
        language.check(nlp, "other")


def test_a_missing_model_is_named():
    with pytest.raises(ModelError, match="no_such_model"):
        language.load("en", "no_such_model")


def test_a_model_without_parser_is_refused(tmp_path):
    spacy.blank("en").to_disk(tmp_path / "m")
    with pytest.raises(ModelError, match="no parser"):
        language.load("en", str(tmp_path / "m"))


@pytest.mark.parametrize("folder", ["fr_parser", "en"])
def test_the_card_tells_data_licences_and_scores(folder):
    path = language.FOLDER / folder
    if not path.is_dir():
        pytest.skip(f"{folder} is not there yet")
    card = json.loads((path / "card.json").read_text(encoding="utf-8"))
    assert all(row["licence"] for row in card["sources"])
    assert card["scores"]
    assert card["date"]


# Word, label, governor that the parser must find; sentences that no treebank and no gold file holds.
TREES = [
    ("fr", "Oslo livre à la Lettonie des canons.", [("canons", "obj", "livre"), ("Lettonie", "obl:arg", "livre")]),
    ("fr", "La Suède a fourni du carburant aux garde-côtes.", [("carburant", "obj", "fourni"), ("garde-côtes", "obl:arg", "fourni")]),
    ("fr", "Les canons vendus par la Suède à Riga sont arrivés.", [("Suède", "obl:agent", "vendus"), ("Riga", "obl:arg", "vendus")]),
    ("fr", "La livraison de canons à Riga inquiète Oslo.", [("canons", "nmod", "livraison"), ("Riga", "nmod", "livraison")]),
    ("fr", "Oslo lui a cédé trois vedettes.", [("lui", "iobj", "cédé"), ("vedettes", "obj", "cédé")]),
    ("en", "Oslo sent Riga four guns last year.", [("Riga", "iobj", "sent"), ("guns", "obj", "sent")]),
    ("en", "Sweden sold Latvia three cannons.", [("Latvia", "iobj", "sold"), ("cannons", "obj", "sold")]),
    ("en", "France supplies missiles to Kuwait.", [("missiles", "obj", "supplies"), ("Kuwait", "obl", "supplies")]),
    ("en", "The cannons sold by Sweden to Latvia arrived.", [("Sweden", "obl:agent", "sold"), ("Latvia", "obl", "sold")]),
    ("en", "Norwegian cannon sales to Latvia rose.", [("sales", "nsubj", "rose"), ("Latvia", "nmod", "sales")]),
]


# Known faults, one a language: the rules repair them by type and order.
FAULTS = [
    ("fr", "La livraison par Oslo de canons à Riga tarde.", ("canons", "nmod", "livraison")),
    ("en", "Sweden supplies cannons to Latvia.", ("Latvia", "obl", "supplies")),
]


@pytest.mark.xfail(reason="the parser errs here; a better model should lift this", strict=False)
@pytest.mark.parametrize(("lang", "text", "arc"), FAULTS, ids=[row[1] for row in FAULTS])
def test_known_faults(lang, text, arc, request):
    doc = request.getfixturevalue(f"nlp_{lang}")(text)
    assert arc in {(t.text, t.dep_, t.head.text) for t in doc}


@pytest.mark.parametrize(("lang", "text", "arcs"), TREES, ids=[row[1] for row in TREES])
def test_sentences_of_supply_are_parsed(lang, text, arcs, request):
    doc = request.getfixturevalue(f"nlp_{lang}")(text)
    found = {(t.text, t.dep_, t.head.text) for t in doc}
    assert set(arcs) <= found
