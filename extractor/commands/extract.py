"""``extractor extract``: articles to files or to a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

from extractor import exports
from extractor.articles import Reader
from extractor.errors import ExtractorError, OutputError
from extractor.model import Result
from extractor.parallel import extract
from extractor.pipeline import Options
from extractor.report import Terminal, TransferTable, counted


@dataclass(frozen=True)
class Job:
    """What one run has been asked for."""

    inputs: tuple[str, ...]
    outputs: tuple[Path, ...] = ()
    lang: str = "auto"
    models: tuple[tuple[str, str], ...] = ()
    date: date | None = None
    view: str = "entities"
    lexicon: str | None = None
    workers: int = 1
    table: bool = True


class _Tally:
    """Counts what passes, and keeps the rows of the table where one is wanted."""

    def __init__(self, table: bool) -> None:
        self.articles = self.transfers = 0
        self.table = TransferTable() if table else None

    def watch(self, results: Iterable[Result]) -> Iterator[Result]:
        for result in results:
            self.articles += 1
            self.transfers += len(result.transfers)
            if self.table:
                self.table.add(result)
            yield result


def run(job: Job, terminal: Terminal) -> None:
    """Read, extract and write; what goes wrong with one input or output is told to ``terminal``."""
    outputs = _writable(job, terminal)
    if job.outputs and not outputs:
        return
    reader = Reader(terminal.fail, terminal.note, job.date)
    total = reader.count(job.inputs) if terminal.shows_progress else None
    options = Options(job.lang, job.models, job.lexicon)
    found = extract(reader.read(job.inputs), options, job.workers, terminal.fail)
    tally = _Tally(job.table)
    results = tally.watch(terminal.progress(found, total))
    first = next(results, None)
    if first is None:
        terminal.note("no article could be read, nothing written" if outputs else "no article could be read")
        return
    results = chain([first], results)
    if outputs:
        exports.write_all(results, outputs, view=job.view)
    else:
        for _ in results:
            pass
    if tally.table:
        terminal.show(tally.table.table)
    written = f" → {', '.join(map(str, outputs))}" if outputs else ""
    terminal.note(f"{counted(tally.articles, 'article')}, {counted(tally.transfers, 'transfer')}{written}")


def _writable(job: Job, terminal: Terminal) -> list[Path]:
    """The outputs that can be written; the others are told now, not after an hour's work."""
    sources = {Path(name).resolve() for name in job.inputs}
    good: list[Path] = []
    for path in job.outputs:
        try:
            if path.resolve() in sources:
                raise OutputError(f"{path}: is an input, and would be overwritten")
            if path.resolve() in [other.resolve() for other in good]:
                raise OutputError(f"{path}: given twice as output")
            exports.check([path])
            good.append(path)
        except ExtractorError as error:
            terminal.fail(error)
    return good
