"""Log-linear models with an L2 penalty: one that chooses among rivals, one that says yes or no.

Both maximise the likelihood by L-BFGS; weights seen rarely, and those called fine, stay near what was expected of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

FINE = 2.0  # how much harder fine features are held to zero


@dataclass
class Choice:
    """Rivals (candidates of a role, or whole fillings): the features of each, which are right, and the scores they bring along."""

    rivals: Sequence[Sequence[str]]
    right: list[bool]
    offsets: list[float] | None = None


class Features:
    """Numbers for feature names seen at least ``least`` times."""

    def __init__(self, bags: Iterable[Sequence[str]], least: int) -> None:
        counts = Counter(name for bag in bags for name in bag)
        self.names = sorted(n for n, c in counts.items() if c >= least)
        self.index = {n: i for i, n in enumerate(self.names)}

    def row(self, names: Sequence[str]) -> list[int]:
        return [self.index[n] for n in names if n in self.index]


def fit_choices(found: Sequence[Choice], expected: Mapping[str, float], penalty: float, least: int = 3) -> dict[str, float]:
    """Weights of the conditional log-linear model: the right rivals of each choice against all. ``expected``: where weights start from."""
    features = Features((bag for c in found for bag in c.rivals), least)
    rows = [features.row(bag) for c in found for bag in c.rivals]
    lengths = np.array([len(r) for r in rows])
    columns = np.concatenate([np.array(r, dtype=int) for r in rows])
    owner = np.repeat(np.arange(len(rows)), lengths)
    groups = np.repeat(np.arange(len(found)), [len(c.rivals) for c in found])
    right = np.array([flag for c in found for flag in c.right], dtype=float)
    offsets = np.concatenate([np.array(c.offsets or [0.0] * len(c.rivals)) for c in found])
    start = np.array([expected.get(name, 0.0) for name in features.names])
    pull = np.array([penalty * (FINE if "~" in name else 1.0) for name in features.names])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = np.bincount(owner, weights=weights[columns], minlength=len(rows)) + offsets
        tops = np.full(len(found), -np.inf)
        np.maximum.at(tops, groups, scores)
        powers = np.exp(scores - tops[groups])
        total = np.bincount(groups, weights=powers, minlength=len(found))
        good = np.bincount(groups, weights=powers * right, minlength=len(found))
        value = float(np.sum(np.log(total) - np.log(good))) + float(pull @ (weights - start) ** 2) / 2
        slope = powers / total[groups] - powers * right / good[groups]
        gradient = np.bincount(columns, weights=slope[owner], minlength=len(weights)) + pull * (weights - start)
        return value, gradient

    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    unseen = {n: w for n, w in expected.items() if n not in features.index}
    return unseen | {n: round(float(w), 3) for n, w in zip(features.names, best.x, strict=True) if abs(w) >= 0.0005}


def fit_logistic(bags: Sequence[Sequence[str]], labels: Sequence[float], penalty: float, least: int = 3) -> dict[str, float]:
    """Weights of a logistic model: the probability that a bag of features is of the kind that ``labels`` (0 to 1) tells."""
    features = Features(bags, least)
    rows = [features.row(bag) for bag in bags]
    owner = np.repeat(np.arange(len(rows)), [len(r) for r in rows])
    columns = np.concatenate([np.array(r, dtype=int) for r in rows])
    target = np.array(labels)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = np.bincount(owner, weights=weights[columns], minlength=len(rows))
        value = float(np.sum(np.logaddexp(0, scores) - target * scores)) + penalty / 2 * float(weights @ weights)
        slope = 1 / (1 + np.exp(-scores)) - target
        return value, np.bincount(columns, weights=slope[owner], minlength=len(weights)) + penalty * weights

    best = minimize(loss, np.zeros(len(features.names)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return {n: round(float(w), 3) for n, w in zip(features.names, best.x, strict=True) if abs(w) >= 0.0005}
