"""The figures: small cases worked out by hand, and the shared scorer's own verdict on random output."""

from __future__ import annotations

import importlib.util
import json
import random
from collections import Counter

import pytest
from conftest import GOLD, SHARED, needs_shared

from extractor.diagnosis import calibration, rules
from extractor.evaluate import align, figures, intervals, same, score, total


def span(start, end, ident=None, kind="STATE"):
    return {"start": start, "end": end, "text": "x" * (end - start), "type": kind, "id": ident}


def transfer(supplier=None, recipient=None, item=None, status="asserted", trigger=(50, 55), **details):
    return {
        "supplier": supplier, "recipient": recipient, "item": item, "status": status,
        "trigger": {"start": trigger[0], "end": trigger[1]}, "quantity": None, "when": None, "attribution": None, **details,
    }  # fmt: skip


RUS, PRK, SHELLS = span(0, 6, "RUS"), span(10, 18, "PRK"), span(20, 30, kind="WEAPON")


@pytest.mark.parametrize(
    ("role", "gold", "found", "expected"),
    [
        ("supplier", None, None, True),
        ("supplier", RUS, None, False),
        ("supplier", None, RUS, False),
        ("supplier", RUS, span(90, 95, "state:RUS"), True),  # the same id elsewhere in the text
        ("supplier", RUS, span(90, 95, "state:PRK"), False),
        ("supplier", span(0, 6, "Kim Jong-un"), span(90, 95, "person:Kim Jong Un"), False),
        ("supplier", span(0, 6, "Élysée"), span(90, 95, "org:elysee"), True),  # accents and case are no difference
        ("supplier", RUS, span(3, 9, "state:PRK"), True),  # half of the shorter span
        ("supplier", RUS, span(4, 10, "state:PRK"), False),
        ("item", SHELLS, span(25, 30), True),
        ("item", span(20, 30, "RUS"), span(90, 95, "RUS"), False),  # items go by their span
        ("item", span(20, 20), span(20, 20), False),
    ],
)
def test_same_filler(role, gold, found, expected):
    assert same(role, gold, found) is expected


def test_alignment_takes_the_best_pairs_first():
    gold = [transfer(RUS, None, SHELLS), transfer(RUS, PRK, SHELLS)]
    found = [transfer(RUS, PRK, SHELLS), transfer(PRK, None, None)]
    assert align(gold, found) == [(1, 0)]
    assert align(gold, [transfer(RUS, trigger=(90, 95)), transfer(RUS)]) == [(0, 1), (1, 0)]


def test_figures_worked_out_by_hand():
    passage = {
        "entities": [RUS, PRK, SHELLS, span(40, 45, kind="GOODS")],
        "transfers": [
            transfer(RUS, PRK, SHELLS, "denied", quantity="3 millions", when="en octobre"),
            transfer(PRK, RUS, None, "planned", attribution="le Pentagone"),
        ],
    }
    found = {
        "entities": [RUS, span(11, 18, "state:KOR"), SHELLS, span(60, 65, kind="ORG")],
        "transfers": [
            transfer(RUS, PRK, None, "denied", quantity={"text": "plus de 3 millions"}, when="octobre"),
            transfer(PRK, RUS, None, "alleged"),
            transfer(PRK, RUS, SHELLS),
        ],
    }
    got = figures(score(passage, found).counts)
    expected = {
        "entity.p": 2 / 4, "entity.r": 2 / 3, "entity.gold": 3, "entity.overlap.r": 1.0, "state.id": 1 / 2,
        "entity.WEAPON.f1": 1.0, "entity.ORG.f1": 0.0, "transfer.p": 1 / 3, "transfer.r": 1 / 2, "pair.p": 2 / 3,
        "pair.r": 1.0, "slot.gold": 5, "slot.r": 4 / 5, "status": 1 / 2, "quantity.f1": 1.0, "when.f1": 1.0,
        "attribution.r": 0.0,
    }  # fmt: skip
    assert {name: got[name] for name in expected} == pytest.approx(expected)


def test_no_output_is_zero_not_an_error():
    passage = {"entities": [RUS], "transfers": [transfer(RUS, PRK)]}
    got = figures(score(passage, {}).counts)
    assert (got["entity.f1"], got["transfer.f1"], got["status"]) == (0.0, 0.0, 0.0)
    assert figures(score({"entities": [], "transfers": []}, {}).counts)["transfer.f1"] == 0.0


def test_interval_holds_the_figure_and_repeats():
    passages = [json.loads(line) for line in (GOLD / "dev-news-fr.jsonl").read_text("utf-8").splitlines()[:30]]
    draw = random.Random(1)
    parts = [score(p, disturbed(p, draw)).counts for p in passages]
    found = intervals(parts, ["transfer.f1", "status"], 100)
    for name, (low, high) in found.items():
        assert 0 < low <= figures(total(parts))[name] <= high <= 1
    assert found == intervals(parts, ["transfer.f1", "status"], 100)


def disturbed(passage, draw):
    """An output that is wrong here and there in every way the scorer looks at."""
    entities = [dict(e) for e in passage["entities"] if draw.random() < 0.9]
    for e in entities:
        if draw.random() < 0.2:
            e["start"] = max(0, e["start"] + draw.randint(-3, 2))
        if draw.random() < 0.1:
            e["type"] = draw.choice(["PERSON", "STATE", "ORG", "WEAPON", "GOODS", "PLACE"])
        if e["type"] == "STATE":
            e["id"] = draw.choice([None, "RUS", f"state:{e['id']}"])
    transfers = [json.loads(json.dumps(t)) for t in passage["transfers"] for _ in range(draw.randint(0, 2))]
    for t in transfers:
        for role in ("supplier", "recipient", "item"):
            if draw.random() < 0.3:
                t[role] = draw.choice([None, *entities]) if entities else None
        t["status"] = draw.choice([t["status"], "asserted"])
        t["quantity"] = draw.choice([t["quantity"], None, {"text": "12"}])
        t["when"] = t["when"] and draw.choice([{"text": t["when"]}, t["when"][3:], "hier"])
        if draw.random() < 0.1:
            t["trigger"] = draw.choice([None, {"start": 0, "end": 1}])
    draw.shuffle(transfers)
    return {"id": passage["id"], "entities": entities, "transfers": transfers}


@needs_shared
@pytest.mark.parametrize("name", ["dev-articles", "dev-news-fr", "dev-news-en"])
def test_equals_the_shared_scorer(name):
    spec = importlib.util.spec_from_file_location("shared_score", SHARED / "gold" / "score.py")
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    passages = [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()]
    for seed in range(5):
        draw = random.Random(seed)
        ours, reference = [], Counter()
        for passage in passages:
            found = disturbed(passage, draw) if draw.random() < 0.95 else {}
            ours.append(score(passage, found).counts)
            reference.update(theirs.count(passage, found)[0])
        assert figures(total(ours)) == pytest.approx(theirs.figures(reference), abs=1e-12)


def test_rules_and_calibration():
    passage = {"entities": [RUS], "transfers": [transfer(RUS, PRK, SHELLS)]}
    found = {
        "entities": [{**RUS, "rule": "gazetteer"}, {**PRK, "rule": "gazetteer"}],
        "transfers": [
            {**transfer(RUS, PRK, SHELLS), "rule": "give", "confidence": 0.9},
            {**transfer(PRK, RUS, SHELLS), "rule": "give", "confidence": 0.85},
            {**transfer(None, RUS, SHELLS), "rule": "get", "confidence": 0.1},
        ],
    }
    scored = [score(passage, found)]
    table = {(r.kind, r.name): (r.hits, r.right) for r in rules([passage], [found], scored, ["give", "lend"])}
    assert table == {
        ("entity", "gazetteer"): (2, 1), ("transfer", "give"): (2, 1), ("transfer", "get"): (1, 0),
        ("transfer", "lend"): (0, 0),
    }  # fmt: skip
    bins, error = calibration([found], scored)
    assert [(b.number, b.confidence, b.right) for b in bins] == [(1, 0.1, 0.0), (2, 0.875, 0.5)]
    assert error == pytest.approx((0.1 + 2 * 0.375) / 3)
