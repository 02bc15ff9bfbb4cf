"""``extractor train-french``, ``train-english`` and ``fit``: what made the data that the package ships."""

from __future__ import annotations

from pathlib import Path

from extractor import language
from extractor.commands.evaluate import read_rows
from extractor.errors import ModelError
from extractor.exports import check_target
from extractor.model import Article
from extractor.pipeline import Pipeline
from extractor.report import Terminal
from extractor.training import ranker


def fit(gold: tuple[Path, ...], lang: str, target: Path, terminal: Terminal) -> None:
    """Fit the weights of ``lang`` on gold passages in that language and write them to ``target``."""
    check_target(target)
    pipeline = Pipeline(language.load(lang))
    matcher = pipeline.nlp.get_pipe("extractor_transfers").matcher  # type: ignore[attr-defined]
    passages = []
    for path in gold:
        for row in read_rows(path):
            if row.get("lang") == lang:
                passages.append(ranker.prepare(matcher, pipeline.parse(Article(row["id"], row["text"])), row))
    if not passages:
        raise ModelError(f"no passage in '{lang}' to fit on")
    ranker.save(ranker.fit(matcher, passages), target)
    terminal.note(f"{len(passages)} passages → {target}")
