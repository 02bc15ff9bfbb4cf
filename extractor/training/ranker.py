"""Fitting the ranking's weights on gold passages: a plain log-linear model with an L2 penalty.

For every gold transfer the features of the candidates are read off as at run time; the weights
maximise the likelihood of the right candidate among its rivals. Then a logistic model over the
filled frames learns which triggers are transfers; its threshold is the one of best F1 on held-out
passages. Cross-validation goes by passage.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from extractor import frames, ranking
from extractor.candidates import Candidate, Told
from extractor.evidence import absence, evidence
from extractor.filling import Filling, joint_features
from extractor.frames import Trigger
from extractor.gating import record_features
from extractor.model import ROLES, Mention, Role
from extractor.reading import Reading
from extractor.rivals import Bag, bags, candidates_for
from extractor.training.loglinear import Choice, fit_choices, fit_logistic
from extractor.transfers import TransferMatcher

Gold = dict[str, Any]
PENALTY = 1.5
JOINT_PENALTY = 4.0
RECORD_PENALTY = 12.0
SURE = 0.75  # the share of right records that is asked for where a text names no weapon
NEAR = 0.02  # how far below the best F1 a lower cut may stay


@dataclass
class Passage:
    """A gold passage with its parsed Doc's scene and triggers."""

    gold: Gold
    scene: Any
    triggers: list[Trigger]
    records: dict[int, list[Gold]]
    choices: list[Choice] = field(default_factory=list)
    read: list[_Read] = field(default_factory=list)


def prepare(matcher: TransferMatcher, doc: Any, gold: Gold) -> Passage:
    """Pair the triggers of a parsed passage with its gold records, by overlap of the trigger's words."""
    scene = matcher.scene(doc)
    triggers = matcher.triggers(scene)
    for record in gold["transfers"]:
        _identify(record, scene.mentions)
    records: dict[int, list[Gold]] = defaultdict(list)
    for record in gold["transfers"]:
        for n, trigger in enumerate(triggers):
            start, end = trigger.token.idx, trigger.token.idx + len(trigger.token)
            if start < record["trigger"]["end"] and record["trigger"]["start"] < end:
                records[n].append(record)
                break
    passage = Passage(gold, scene, triggers, records)
    passage.choices = list(_choices(matcher, passage))
    passage.read = list(_read(matcher, passage))
    return passage


def _identify(record: Gold, mentions: Iterable[Mention]) -> None:
    """Give fillers without an id that of the mention that stands in their place."""
    for role in ("supplier", "recipient"):
        filler = record[role]
        if filler is not None and not filler.get("id"):
            found = next((m for m in mentions if m.start < filler["end"] and filler["start"] < m.end), None)
            filler["id"] = found.entity.split(":", 1)[-1] if found and found.entity else None


def same(role: Role, record: Gold, candidate: Candidate | None) -> bool:
    """True where the candidate (or one of its coordinated members) is the record's filler of ``role``."""
    filler = record[role]
    if filler is None or candidate is None:
        return filler is None and candidate is None
    for mention in candidate.members:
        shared = min(mention.end, filler["end"]) - max(mention.start, filler["start"])
        if 2 * shared >= min(mention.end - mention.start, filler["end"] - filler["start"]) > 0:
            return True
        if role != "item" and filler.get("id") and mention.entity and mention.entity.split(":", 1)[-1].lower() == filler["id"].lower():
            return True
    return False


def _choices(matcher: TransferMatcher, passage: Passage) -> Iterable[Choice]:
    """The ranking problems of a passage's gold triggers, by every frame that the trigger may evoke."""
    passage.scene.history.clear()
    for n, records in sorted(passage.records.items()):
        for reading in matcher.readings(passage.triggers[n], passage.scene):
            for role in ROLES:
                choice = _choice(reading, role, records)
                if any(choice.right):
                    yield choice
        passage.scene.history.append(_told(passage, n, records))
    passage.scene.history.clear()


def _told(passage: Passage, n: int, records: Sequence[Gold]) -> Told:
    """The gold records of a trigger as the matcher would remember them."""
    fillers: dict[Role, set[str]] = {role: set() for role in ROLES}
    for record in records:
        for role in ROLES:
            filler = record[role]
            if filler is None:
                continue
            mention = next((m for m in passage.scene.mentions if m.start < filler["end"] and filler["start"] < m.end), None)
            fillers[role].add(Told.name(mention) if mention else f"@{filler['start']}" if role == "item" else f"state:{filler.get('id')}")
    items = {i["start"]: Mention(i["start"], i["end"], i["text"], i.get("type") or "GOODS", "gold") for r in records if (i := r["item"]) is not None}
    return Told(passage.triggers[n].token.i, {role: frozenset(names) for role, names in fillers.items()}, tuple(items.values()))


def _choice(reading: Reading, role: Role, records: Sequence[Gold]) -> Choice:
    """The rivals of a role. The right filler may stand in several ways, as a name and as a pronoun: all of them are right, as the matcher sums their chances."""
    rivals = candidates_for(reading, role)
    names = [evidence(reading, role, c) for c in rivals] + [absence(reading, role, rivals)]
    return Choice(names, [any(same(role, r, c) for r in records) for c in [*rivals, None]])


def priors() -> dict[str, float]:
    """The expected weights of the core evidence (``lexicon/priors.yaml``), one per role."""
    raw = frames.read_yaml(frames.FOLDER / "priors.yaml")
    return {name.replace("*", role): float(w) for name, w in raw.items() for role in (ROLES if name.startswith("*") else ("",))}


def fit_roles(found: Sequence[Choice]) -> dict[str, float]:
    """Weights of the candidates' evidence."""
    return fit_choices(found, priors(), PENALTY)


def fit_records(bags: Sequence[Sequence[str]], labels: Sequence[float]) -> dict[str, float]:
    """Weights of the gate: is this filled frame a transfer?"""
    return fit_logistic(bags, labels, RECORD_PENALTY)


def correctness(filling: Filling, records: Sequence[Gold]) -> float:
    """The share of the gold records of a trigger's filling that are right in all three roles; 0 where none is gold."""
    if not records:
        return 0.0
    right = sum(all(same(role, r, filling.candidate(role)) for role in ROLES) for r in records)
    return right / len(records)


def fit(matcher: TransferMatcher, passages: Sequence[Passage], folds: int = 5, seed: int = 0) -> ranking.Weights:
    """The three models. Each is fitted on what those before it give for passages that they never saw."""
    parts = _parts(len(passages), folds, seed)
    read = [p.read for p in passages]
    rivals: dict[int, list[tuple[list[Filling], _Read]]] = {}
    for part in parts:
        matcher.weights = ranking.Weights(fit_roles([c for n, p in enumerate(passages) if n not in part for c in p.choices]), {})
        rivals.update((n, [(found, one) for one in read[n] if (found := one.rivals(matcher))]) for n in sorted(part))
    wholes = {n: [c for found, one in pairs if (c := _whole(found, one.records))] for n, pairs in rivals.items()}
    bags: list[Sequence[str]] = []
    labels: list[float] = []
    outcomes: list[tuple[int, int, int]] = []
    for part in parts:
        joint = fit_choices([c for n in sorted(wholes) if n not in part for c in wholes[n]], {}, JOINT_PENALTY)
        matcher.weights = ranking.Weights({}, {}, 0.5, joint)
        for n, (found, one) in ((k, pair) for k in sorted(part) for pair in rivals[k]):
            best, share = matcher.choose(found)
            bags.append(one.judged(best, share))
            labels.append(correctness(best, one.records))
            outcomes.append((n, best.size(), len(one.records)))
    records_weights = fit_records(bags, labels)
    joint = fit_choices([c for n in sorted(wholes) for c in wholes[n]], {}, JOINT_PENALTY)
    weights = ranking.Weights(fit_roles([c for p in passages for c in p.choices]), records_weights, 0.5, joint)
    judges = {n for n, p in enumerate(passages) if p.gold["entities"]} or set(range(len(passages)))
    total = sum(len(passages[n].gold["transfers"]) for n in judges)
    judged = [(n, (weights.record_probability(bag), label * gold, size)) for bag, label, (n, size, gold) in zip(bags, labels, outcomes, strict=True)]
    unarmed = [outcome for n, outcome in judged if not passages[n].scene.is_armed()]
    return replace(weights, threshold=_threshold([outcome for n, outcome in judged if n in judges], total), unarmed=_sure(unarmed))


def _parts(size: int, folds: int, seed: int) -> list[set[int]]:
    order = list(range(size))
    random.Random(seed).shuffle(order)
    return [{n for i, n in enumerate(order) if i % folds == fold} for fold in range(folds)]


def _read(matcher: TransferMatcher, passage: Passage) -> Iterable[_Read]:
    """Each trigger that may tell a transfer, read by its frames, with the features that no weights change."""
    passage.scene.history.clear()
    for n, trigger in enumerate(passage.triggers):
        if passage.records.get(n - 1):
            passage.scene.history.append(_told(passage, n - 1, passage.records[n - 1]))
        readings = [(reading, {role: bags(reading, role) for role in ROLES}) for reading in matcher.readings(trigger, passage.scene)]
        if readings:
            yield _Read(readings, passage.records.get(n, []), tuple(passage.scene.history))
    passage.scene.history.clear()


@dataclass
class _Read:
    """A trigger's readings with their candidates, its gold records, and what was told before it."""

    readings: list[tuple[Reading, dict[Role, list[Bag]]]]
    records: list[Gold]
    history: tuple[Told, ...]
    known: dict[tuple[int, ...], list[str]] = field(default_factory=dict)

    def rivals(self, matcher: TransferMatcher) -> list[Filling]:
        """The fillings under the matcher's present weights."""
        found: list[Filling] = []
        for number, (reading, named) in enumerate(self.readings):
            reading.scene.history[:] = self.history
            for filling in matcher.weigh(reading, named):
                key = (number, *(id(filling.options[role].names) for role in ROLES))
                if key not in self.known:
                    self.known[key] = joint_features(filling)
                found.append(replace(filling, features=tuple(self.known[key])))
            reading.scene.history.clear()
        return found

    def judged(self, best: Filling, share: float) -> list[str]:
        """The gate's features of the chosen filling, with what was told before it."""
        history = best.reading.scene.history
        history[:] = self.history
        names = record_features(best, share)
        history.clear()
        return names


def _whole(found: Sequence[Filling], records: Sequence[Gold]) -> Choice | None:
    """The choice among whole fillings, None where no filling is right or all are."""
    right = [correctness(f, records) > 0 for f in found]
    if not any(right) or all(right):
        return None
    return Choice([f.features for f in found], right, [f.likelihood for f in found])


def _threshold(judged: Sequence[tuple[float, float, int]], total: int) -> float:
    """The lowest probability cut whose F1 over records comes near the best; ``total`` records are gold.

    The lowest, as a reader sees the confidence of what is shown but never what is held back.
    Judged on the passages annotated in full: those written for fitting hold more transfers than texts do.
    ``judged``: probability, right records and records of each filling.
    """

    def f1(cut: float) -> float:
        kept = [(right, size) for chance, right, size in judged if chance >= cut]
        return 2 * sum(right for right, _ in kept) / (sum(size for _, size in kept) + total)

    cuts = [i / 100 for i in range(6, 61, 2)]
    best = max(map(f1, cuts))
    return next(cut for cut in cuts if f1(cut) >= best - NEAR)


def _sure(judged: Sequence[tuple[float, float, int]]) -> float:
    """The lowest probability cut from which `SURE` of the records are right; ``judged`` as for `_threshold`, of texts that name no weapon."""
    for cut in (i / 100 for i in range(6, 61, 2)):
        kept = [(right, size) for chance, right, size in judged if chance >= cut]
        if sum(right for right, _ in kept) >= SURE * sum(size for _, size in kept):
            return cut
    return 0.6


def save(weights: ranking.Weights, path: Path) -> None:
    """Write the weights as JSON with sorted keys."""
    body = {"joint": weights.joint, "records": weights.records, "roles": weights.roles, "threshold": weights.threshold, "unarmed": weights.unarmed}
    path.write_text(json.dumps(body, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
