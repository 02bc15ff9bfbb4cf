"""Claims rolled up, contradictions, reprints and filters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from graphdata import DENIAL, JETS, OIL, SHELLS, result, sample, transfer

from extractor.claims import iter_claims
from extractor.errors import ExtractorError
from extractor.facts import conflicts, roll_up
from extractor.filters import Filtered, Filters
from extractor.graph import build_graph
from extractor.model import Result

JUNE = ("en juin", date(2024, 6, 1), date(2024, 6, 30))


def shells(article: str, status="asserted", first=None, last=None, source=None, item="obus") -> Result:
    when = ("en juin", first, last) if first or last else None
    made = transfer(SHELLS, "Pyongyang", "Moscou", item, "fourni", status, when=when, source=source, article=article)
    return result(article, f"{SHELLS} {article}", made)


@pytest.mark.parametrize(("spans", "facts"), [
    ([(date(2024, 6, 1), date(2024, 6, 30)), (date(2024, 6, 15), date(2024, 7, 1))], [2]),      # overlap
    ([(date(2014, 1, 1), date(2014, 12, 31)), (date(2024, 1, 1), date(2024, 12, 31))], [1, 1]),  # ten years apart
    ([(None, None), (date(2024, 6, 1), date(2024, 6, 30))], [2]),                               # undated joins the one period
    ([(None, None), (None, None)], [2]),
    ([(date(2023, 10, 1), None), (date(2024, 6, 1), date(2024, 6, 30))], [2]),                  # since October, open
    ([(date(2014, 1, 1), date(2014, 1, 2)), (None, None), (date(2024, 1, 1), date(2024, 1, 2))], [1, 1, 1]),
])
def test_compatible_periods_roll_up(spans, facts):
    claims = iter_claims(shells(f"a{n}", "asserted", first, last) for n, (first, last) in enumerate(spans))
    assert [len(fact.claims) for fact in roll_up(claims)] == facts


@pytest.mark.parametrize(("affirming", "denying", "count"), [
    (("asserted", JUNE[1], JUNE[2], "obus"), ("denied", None, None, "obus"), 1),
    (("alleged", None, None, "obus"), ("denied", None, None, "obus"), 1),
    (("reported", None, None, "obus"), ("denied", None, None, None), 1),      # a denial of any item
    (("reported", None, None, "obus"), ("denied", None, None, "millions"), 0),  # of another item
    (("planned", None, None, "obus"), ("denied", None, None, "obus"), 0),     # a refused plan is none
    (("asserted", date(2014, 1, 1), date(2014, 2, 1), "obus"), ("denied", date(2024, 1, 1), date(2024, 2, 1), "obus"), 0),
])
def test_contradictions(affirming, denying, count):
    results = [shells("a1", *affirming[:3], item=affirming[3]), shells("a2", *denying[:3], item=denying[3])]
    found = conflicts(iter_claims(results))
    assert len(found) == count
    graph = build_graph(results, "actors")
    assert graph.get_edge_data("state:PRK", "state:RUS").popitem()[1]["contested"] is bool(count)


ARMS = "Selon Séoul, Pyongyang n'a livré ni armes ni munitions ni pétrole ni obus à Moscou."


@pytest.mark.parametrize(("affirmed", "kind", "denied", "recipient", "count"), [
    ("obus", "WEAPON", "armes", "Moscou", 1),       # shells are arms
    ("obus", "WEAPON", "munitions", "Moscou", 1),   # and ammunition
    ("pétrole", "GOODS", "armes", "Moscou", 0),     # oil is not
    ("obus", "WEAPON", "pétrole", "Moscou", 0),
    ("armes", "WEAPON", "armes", None, 0),          # arms in general to nobody named: of another delivery
    ("obus", "WEAPON", "obus", None, 1),            # a thing of its own: the denial is of any delivery
])
def test_denials_of_arms_in_general(affirmed, kind, denied, recipient, count):
    one = transfer(ARMS, "Pyongyang", "Moscou", affirmed, "livré", kind=kind)
    other = transfer(ARMS, "Pyongyang", recipient, denied, "livré", "denied", kind="GOODS" if denied == "pétrole" else "WEAPON")
    shell = replace(result("a", ARMS, one), transfers=(one,))
    found = [replace(shell, mentions=tuple(replace(m, category="munitions") if m.text == "obus" else m for m in shell.mentions)),
             result("b", ARMS + " Fin.", other)]
    assert len(conflicts(iter_claims(found))) == count


def test_conflict_names_both_sides():
    conflict, = conflicts(iter_claims(sample()))
    assert (conflict.supplier, conflict.recipient, conflict.item) == ("state:PRK", "state:RUS", "weapon:artillery shell")
    assert [c.article.id for c in conflict.affirming] == ["a1"]
    assert [c.article.id for c in conflict.denying] == ["a4"]


@pytest.mark.parametrize(("labels", "tally"), [
    ("fr", "rapporté par Corée du Sud; démenti par Russie"), ("en", "reported by South Korea; denied by Russia")])
def test_tally_says_who_says_so(labels, tally):
    graph = build_graph(sample(), labels=labels)
    assert graph.edges["state:PRK", "state:RUS", "supplies"]["tally"] == tally


WIRE = ("SÉOUL (Agence) - " + SHELLS + " Les autorités n'ont donné aucun détail sur les navires, ni sur les ports, ni sur les"
        " trains qui auraient servi à cette opération, la plus grande de ce genre depuis vingt ans dans la région.")


@pytest.mark.parametrize(("text", "copied"), [
    (WIRE, True),
    (WIRE.replace("SÉOUL (Agence) - ", "").replace("région", "péninsule"), True),
    (WIRE.upper(), True),
    (SHELLS + " Le ministre a quitté la salle sans répondre aux questions et les journalistes ont attendu dehors, sous la"
     " pluie, qu'un porte-parole vienne leur lire une déclaration plus longue que d'habitude.", False),
])
def test_a_reprint_counts_once(text, copied):
    one = transfer(WIRE, "Pyongyang", "Moscou", "obus", "fourni")
    other = replace(one, evidence=replace(one.evidence, article="a2"))
    edge = build_graph([result("a1", WIRE, one), result("a2", text, other)]).edges["state:PRK", "state:RUS", "supplies"]
    assert edge["weight"] == (1.0 if copied else 2.0)
    assert edge.get("reprints") == ("a2" if copied else None)


@pytest.mark.parametrize(("filters", "kept"), [
    (Filters(), [SHELLS, OIL, JETS, DENIAL]),
    (Filters(statuses=("denied", "planned")), [JETS, DENIAL]),
    (Filters(since=date(2024, 6, 20)), [SHELLS, DENIAL]),
    (Filters(until=date(2024, 6, 20)), [SHELLS]),
    (Filters(since=date(2024, 7, 3), until=date(2024, 7, 31)), [DENIAL]),
    (Filters(types=("STATE", "WEAPON")), [SHELLS, JETS, DENIAL]),
    (Filters(min_weight=2), [SHELLS, OIL, JETS, DENIAL]),
    (Filters(min_weight=2, statuses=("planned",)), []),
    (Filters(min_weight=3), []),
    (Filters(min_confidence=0.9), [SHELLS, OIL, JETS, DENIAL]),
    (Filters(min_confidence=0.91), []),
])
def test_filters(filters, kept):
    for results in (sample(), iter(sample())):
        found = list(Filtered(results, filters))
        assert [t.evidence.sentence.text for r in found for t in r.transfers] == kept


@pytest.mark.parametrize(("options", "message"), [
    ({"statuses": ("sure",)}, "'sure' is none of denied"), ({"types": ("TANK",)}, "'TANK' is none of PERSON"),
    ({"since": date(2024, 2, 1), "until": date(2024, 1, 1)}, "since 2024-02-01 is after until 2024-01-01"),
    ({"min_weight": 0}, "1 is the least"), ({"min_confidence": 1.5}, "from 0 to 1")])
def test_faulty_filters_are_refused(options, message):
    with pytest.raises(ExtractorError, match=message):
        Filters(**options)
