"""The log-linear model: probabilities, fitting on a toy problem, and the refusal of a broken file."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import ranking
from extractor.training import ranker
from extractor.training.loglinear import Choice


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=8))
def test_softmax_is_a_distribution(scores: list[float]) -> None:
    chances = ranking.softmax(scores)
    assert math.isclose(sum(chances), 1, abs_tol=1e-9)
    assert all(a <= b for (a, x), (b, y) in pairwise(sorted(zip(chances, scores, strict=True), key=lambda p: p[1])) if x < y)


def test_record_probability_is_logistic() -> None:
    weights = ranking.Weights({}, {"a": 2.0, "b": -2.0})
    assert weights.record_probability(["a", "b", "unknown"]) == 0.5
    assert weights.record_probability(["a"]) == pytest.approx(1 / (1 + math.exp(-2)))


def test_fitting_learns_which_rival_is_right() -> None:
    choices = [Choice([["item good"], ["item bad"]], [True, False]) for _ in range(20)]
    weights = ranker.fit_roles(choices)
    assert weights["item good"] > 0 > weights["item bad"]


def test_fitting_keeps_what_gold_never_shows() -> None:
    weights = ranker.fit_roles([Choice([["item good"], ["item bad"]], [True, False])] * 5)
    assert weights["supplier fits direct"] == ranker.priors()["supplier fits direct"]


def test_record_fitting_separates() -> None:
    weights = ranker.fit_records([["yes"], ["no"]] * 20, [1.0, 0.0] * 20)
    assert weights["yes"] > 0 > weights["no"]
