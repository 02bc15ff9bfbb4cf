"""The extractor over several processes: the same batches, the same order, so the same results."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context

from extractor.model import Article, Result
from extractor.pipeline import BATCH, Fail, Options, Outcome, Pipelines, batches, sift

_pipelines: Pipelines | None = None  # one per worker process


def _start(options: Options) -> None:
    global _pipelines
    _pipelines = Pipelines(options)


def _run(batch: list[Article]) -> list[Outcome]:
    assert _pipelines is not None
    return _pipelines.run(batch)


def extract(
    articles: Iterable[Article], options: Options, workers: int, fail: Fail
) -> Iterator[Result]:
    """Results in the order of ``articles``, at most two batches per worker under way; errors go to ``fail``."""
    if workers == 1:
        yield from Pipelines(options).extract(articles, fail)
        return
    # Fresh processes: a fork of one that runs threads (the progress bar's) can hang.
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(options,)) as pool:
        running: deque[Future[list[Outcome]]] = deque()
        for batch in batches(articles, BATCH):
            running.append(pool.submit(_run, batch))
            if len(running) > 2 * workers:
                yield from sift(running.popleft().result(), fail)
        while running:
            yield from sift(running.popleft().result(), fail)
