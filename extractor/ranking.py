"""Choosing among readings: a log-linear model over named evidence, its weights read from a file.

For each role, the candidates and "nobody" compete: the probability of one is the exponential of
the sum of its features' weights over that of all. Then the fillings of a trigger compete likewise,
by the choices for their roles and by features of the whole. A record's own probability of being a transfer
comes from a logistic model over features of the filled frame. All are plain sums, so that
``explain`` can show each part.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import exp

from extractor import frames
from extractor.errors import LexiconError


@dataclass(frozen=True)
class Weights:
    """Weights by feature name, and the probability from which a record is kept: ``unarmed`` in a text that names no weapon."""

    roles: dict[str, float]
    records: dict[str, float]
    threshold: float = 0.5
    joint: dict[str, float] = field(default_factory=dict)
    unarmed: float = 0.0

    def cut(self, armed: bool) -> float:
        """The probability from which a record is kept; a text without weapons is more often about something else."""
        return self.threshold if armed else max(self.threshold, self.unarmed)

    def role_score(self, names: Iterable[str]) -> float:
        return sum(self.roles.get(name, 0.0) for name in names)

    def joint_score(self, names: Iterable[str]) -> float:
        return sum(self.joint.get(name, 0.0) for name in names)

    def record_probability(self, names: Iterable[str]) -> float:
        score = sum(self.records.get(name, 0.0) for name in names)
        return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


def softmax(scores: Sequence[float]) -> list[float]:
    """Probabilities proportional to the exponentials of ``scores``."""
    top = max(scores)
    weights = [exp(s - top) for s in scores]
    total = sum(weights)
    return [w / total for w in weights]


@lru_cache(maxsize=4)
def load(lang: str) -> Weights:
    """The fitted weights of ``lang``."""
    path = frames.FOLDER / lang / "weights.json"
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return Weights(raw["roles"], raw["records"], raw["threshold"], raw["joint"], raw["unarmed"])
    except (OSError, ValueError, KeyError) as error:
        raise LexiconError(f"{path.name} ({lang}): {error}") from error
