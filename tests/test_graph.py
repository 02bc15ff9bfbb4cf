"""What the graph says: nodes, edges, and that no allegation reads as a fact."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from graphdata import SHELLS, result, sample, transfer

from extractor.claims import words_id
from extractor.errors import ExtractorError
from extractor.graph import build_graph
from extractor.model import STATUSES, Entity


def edges(view="entities", results=None, labels="fr"):
    graph = build_graph(sample() if results is None else results, view, labels)
    return graph, {(u, v, k): d for u, v, k, d in graph.edges(keys=True, data=True)}


def test_states_are_one_node_each_with_both_names():
    graph, found = edges()
    assert graph.nodes["state:PRK"]["name_fr"] == "Corée du Nord"
    assert graph.nodes["state:PRK"]["name_en"] == "North Korea"
    assert graph.nodes["state:PRK"]["mentions"] == 4
    assert ("state:PRK", "state:RUS", "supplies") in found
    assert ("state:RUS", "state:PRK", "supplies") in found
    assert graph.nodes["weapon:artillery shell"]["type"] == "WEAPON"


def test_an_edge_adds_up_its_claims():
    _, found = edges()
    edge = found["state:PRK", "state:RUS", "supplies"]
    assert (edge["weight"], edge["reported"], edge["denied"], edge["contested"]) == (2.0, 1, 1, True)
    assert (edge["first_date"], edge["last_date"]) == ("2024-06-01", "2024-06-30")
    assert edge["quantities"] == "plus de 3 millions obus"
    assert edge["evidence"].splitlines()[0] == f"[a1:0-{len(SHELLS)}] {SHELLS}"
    assert edge["claims"] == "claim:a1:25-62 (reported) | claim:a4:20-29 (denied)"


@pytest.mark.parametrize(("labels", "label"), [("fr", "doit fournir (prévu)"), ("en", "is to supply (planned)")])
def test_a_plan_says_so(labels, label):
    _, found = edges(labels=labels)
    edge = found["state:RUS", "weapon:chasseur", "provides_planned"]
    assert edge["label"] == label
    assert ("state:RUS", "weapon:chasseur", "provides") not in found


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("view", ["entities", "actors"])
@pytest.mark.parametrize("labels", ["fr", "en"])
def test_only_told_facts_look_like_facts(status, view, labels):
    claim = transfer(SHELLS, "Pyongyang", "Moscou", "obus", "fourni", status)
    fact = transfer(SHELLS, "Pyongyang", "Moscou", "obus", "fourni", "asserted")
    _, found = edges(view, [result("a1", SHELLS, claim)], labels)
    _, facts = edges(view, [result("a1", SHELLS, fact)], labels)
    assert found
    factual = status in ("asserted", "reported")
    for (_, _, relation), edge in found.items():
        assert relation == edge["relation"]
        assert relation.endswith(f"_{status}") is not factual
        for (_, _, plain), other in facts.items():
            assert factual or (relation != plain and edge["label"] != other["label"] and edge["color"] != other["color"])


@pytest.mark.parametrize(("supplier", "recipient", "item", "expected"), [
    ("Pyongyang", "Moscou", "obus", {"supplies", "provides", "goes_to"}),
    ("Pyongyang", "Moscou", None, {"supplies"}),
    ("Pyongyang", None, "obus", {"provides"}),
    (None, "Moscou", "obus", {"goes_to"}),
])
def test_missing_roles(supplier, recipient, item, expected):
    _, found = edges(results=[result("a1", SHELLS, transfer(SHELLS, supplier, recipient, item, "fourni"))])
    assert {relation for _, _, relation in found} == expected


def test_actors_view_has_suppliers_and_recipients_only():
    graph, found = edges("actors")
    assert set(graph) == {"state:PRK", "state:RUS"}
    assert {relation for _, _, relation in found} == {"supplies"}


def test_claims_view_keeps_each_claim_between_its_ends():
    graph, found = edges("claims")
    assert {k for u, v, k in found if "claim:a1:25-62" in (u, v)} == {"supplier", "recipient", "item", "source", "article"}
    assert ("state:KOR", "claim:a1:25-62", "source") in found
    assert graph.nodes["claim:a4:20-29"]["status"] == "denied"
    assert graph.nodes["article:a1"]["label"] == "Obus"


def test_nodes_have_all_that_a_viewer_needs():
    for view in ("entities", "claims", "actors"):
        graph, found = edges(view)
        for _, values in graph.nodes(data=True):
            assert re.fullmatch("#[0-9a-f]{6}", values["color"])
            assert values["label"]
            assert values["type"]
            assert isinstance(values["x"], float)
            assert isinstance(values["y"], float)
            assert values["size"] > 0
        for edge in found.values():
            assert isinstance(edge["weight"], float)
            assert edge["weight"] > 0
            assert None not in edge.values()
            assert edge["label"]
            assert re.fullmatch("#[0-9a-f]{6}", edge["color"])


def test_the_same_results_give_the_same_graph():
    first, second = build_graph(sample()), build_graph(sample())
    assert list(first.nodes(data=True)) == list(second.nodes(data=True))
    assert list(first.edges(keys=True, data=True)) == list(second.edges(keys=True, data=True))


@pytest.mark.parametrize(("one", "other"), [
    ("Obus d’artillerie", "obus d'artillerie"), ("armes  légères", "arme légère"), ("blé", "BLÉ")])
def test_one_id_for_one_wording(one, other):
    assert words_id("GOODS", one) == words_id("GOODS", other)


def test_an_item_with_one_name_for_both_languages_is_called_as_the_french_texts_do():
    found = result("a1", SHELLS, transfer(SHELLS, "Pyongyang", "Moscou", "obus", "fourni"))
    shell = Entity("weapon:artillery shell", "WEAPON", {"fr": "artillery shell", "en": "artillery shell"})
    graph = build_graph([replace(found, entities=(shell,))])
    assert (graph.nodes[shell.id]["name_fr"], graph.nodes[shell.id]["name_en"]) == ("obus", "artillery shell")


def test_unknown_view_is_refused():
    with pytest.raises(ExtractorError, match="'flows' is none of entities, claims, actors"):
        build_graph([], "flows")


def test_no_results_give_an_empty_graph():
    assert len(build_graph([])) == 0
