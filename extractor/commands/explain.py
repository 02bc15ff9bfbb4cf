"""``extractor explain``: the account of every trigger, as text and as a page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_args

from extractor.articles import STDIN, Reader
from extractor.errors import InputError
from extractor.explain import Explanation, explain, html, lines
from extractor.exports import check_target, replacing
from extractor.model import Article, Lang
from extractor.pipeline import Options, Pipelines
from extractor.report import Terminal


def run(inputs: tuple[str, ...], options: Options, day: date | None, page: Path | None, terminal: Terminal) -> None:
    """Explain each input; one that is no path and has a space in it is the text itself."""
    if page:
        check_target(page)
    pipelines = Pipelines(options)
    drawn: list[Explanation] = []
    for article in _articles(inputs, day, terminal):
        for _, part in pipelines.stretches(article):
            if part.lang not in get_args(Lang):
                terminal.fail(InputError(f"article '{part.id}': in language '{part.lang}', not covered"))
                continue
            explanation = explain(part, pipelines.load(str(part.lang)))
            terminal.show("\n".join(lines(explanation)))
            drawn.append(explanation)
    if page:
        with replacing(page) as stream:
            stream.write(html(drawn))


def _articles(inputs: tuple[str, ...], day: date | None, terminal: Terminal) -> Iterator[Article]:
    reader = Reader(terminal.fail, terminal.note, day)
    for name in inputs:
        if name != STDIN and " " in name.strip() and not Path(name[:200]).exists():
            yield Article("text", name, date=day)
        else:
            yield from reader.read([name])
