"""The training loop both recipes share: Adam with linear decay, growing batches, averaged weights."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.training import Example
from thinc.api import Adam, Optimizer, fix_random_seed


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast. ``rate`` falls linearly to ``final``; batches grow from ``batch[0]`` to ``batch[1]`` words."""

    epochs: int
    rate: float = 0.0015
    final: float = 0.0001
    dropout: float = 0.1
    batch: tuple[int, int] = (100, 1000)
    growth: float = 1.001
    seed: int = 0


def batches(examples: Sequence[Example], size: float) -> Iterator[list[Example]]:
    """Neighbouring examples of about ``size`` words together."""
    batch: list[Example] = []
    words = 0
    for item in examples:
        batch.append(item)
        words += len(item.predicted)
        if words >= size:
            yield batch
            batch, words = [], 0
    if batch:
        yield batch


def train(
    nlp: Language,
    epoch_examples: Callable[[int], Sequence[Example]],
    plan: Plan,
    only: Sequence[str],
    say: Callable[[str], None],
    save: Callable[[int], None] | None = None,
) -> None:
    """Update the pipes ``only`` of an initialised ``nlp``; weights end as the average over the steps.

    ``epoch_examples`` gives the examples of an epoch (they may differ, by merging), in any order.
    ``save`` is called after each epoch with the averages in place.
    """
    rng = random.Random(plan.seed)
    fix_random_seed(plan.seed)
    optimizer = Adam(plan.rate, L2=0.01, grad_clip=1.0, use_averages=True, L2_is_weight_decay=True)
    size = float(plan.batch[0])
    for epoch in range(plan.epochs):
        examples = list(epoch_examples(epoch))
        rng.shuffle(examples)
        losses: dict[str, float] = {}
        done = 0
        for batch in batches(examples, size):
            share = (epoch + done / len(examples)) / plan.epochs
            optimizer.learn_rate = plan.rate + (plan.final - plan.rate) * share
            _step(nlp, batch, only, plan.dropout, optimizer, losses)
            done += len(batch)
            size = min(size * plan.growth, plan.batch[1])
        say(f"epoch {epoch + 1}/{plan.epochs}: " + ", ".join(f"{k} {v:.0f}" for k, v in sorted(losses.items())))
        if save is not None:
            with nlp.use_params(optimizer.averages):
                save(epoch)
    _keep_averages(nlp, optimizer, only)


def _step(
    nlp: Language, batch: list[Example], only: Sequence[str], dropout: float, optimizer: Optimizer, losses: dict[str, float]
) -> None:
    """`Language.update` without its copy of the examples, which costs as much as a layer."""
    pipes: list[Any] = [nlp.get_pipe(name) for name in only]
    for pipe in pipes:
        pipe.update(batch, drop=dropout, sgd=None, losses=losses)
    for pipe in pipes:
        pipe.finish_update(optimizer)


def _keep_averages(nlp: Language, optimizer: Optimizer, only: Sequence[str]) -> None:
    averages: Any = optimizer.averages
    for name in only:
        pipe: Any = nlp.get_pipe(name)
        for node in pipe.model.walk():
            for param in node.param_names:
                if node.has_param(param) and (node.id, param) in averages:
                    node.set_param(param, averages[(node.id, param)])
