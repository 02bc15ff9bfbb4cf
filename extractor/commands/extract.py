"""``extractor extract``: articles to files or to a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from extractor import exports
from extractor.articles import Reader
from extractor.errors import ExtractorError, OutputError
from extractor.filters import Filtered, Filters
from extractor.parallel import extract
from extractor.pipeline import Options
from extractor.report import Terminal, TransferTable, counted
from extractor.spool import Spool


@dataclass(frozen=True)
class Job:
    """What one run has been asked for."""

    inputs: tuple[str, ...]
    outputs: tuple[Path, ...] = ()
    options: Options = field(default_factory=Options)
    day: date | None = None
    view: str = "entities"
    labels: str = "fr"
    filters: Filters = field(default_factory=Filters)
    workers: int = 1
    table: bool = True


def run(job: Job, terminal: Terminal) -> None:
    """Read, extract and write; what goes wrong with one input or output is told to ``terminal``."""
    outputs = _writable(job, terminal)
    if job.outputs and not outputs:
        return
    reader = Reader(terminal.fail, terminal.note, job.day)
    total = reader.count(job.inputs) if terminal.shows_progress else None
    with Spool() as spool:
        found = extract(reader.read(job.inputs), job.options, job.workers, terminal.fail)
        for result in terminal.progress(found, total):
            spool.add(result)
        if not spool.articles:
            terminal.note("no article could be read" + (", nothing written" if outputs else ""))
            return
        if outputs:
            exports.write_all(spool, outputs, view=job.view, labels=job.labels, filters=job.filters)
        if job.table:
            table = TransferTable(job.labels)
            for result in Filtered(spool, job.filters) if job.filters else spool:
                table.add(result)
            terminal.show(table.table)
        written = f" → {', '.join(map(str, outputs))}" if outputs else ""
        terminal.note(f"{counted(spool.articles, 'article')}, {counted(spool.transfers, 'transfer')}{written}")


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
            exports.check(path)
            good.append(path)
        except ExtractorError as error:
            terminal.fail(error)
    return good
