"""What the command line shows: the table of transfers, remarks, errors and progress."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from extractor.model import Filler, Result, Status, Transfer

T = TypeVar("T")

STYLES: dict[Status, str] = {
    "asserted": "green",
    "reported": "cyan",
    "alleged": "yellow",
    "planned": "blue",
    "denied": "red",
}
PIPE_WIDTH = 144  # columns where the output is no terminal


def console(stderr: bool = False) -> Console:
    """A console as wide as the terminal, or wide enough for the table where there is none."""
    made = Console(stderr=stderr, highlight=False, emoji=False, markup=False)
    return made if made.is_terminal else Console(stderr=stderr, highlight=False, emoji=False, markup=False, width=PIPE_WIDTH)


class TransferTable:
    """The transfers of the results added so far, one row each: supplier → recipient, item, and what is said of it."""

    def __init__(self, labels: str = "fr") -> None:
        self.labels = labels
        self.table = Table(box=None, header_style="bold", pad_edge=False)
        for name, width in (("supplier → recipient", 30), ("item", 28), ("quantity", 20), ("when", 16), ("status", 8), ("source", 28)):
            self.table.add_column(name, overflow="fold", max_width=width, no_wrap=name == "status")
        self.table.add_column("article", overflow="ellipsis", no_wrap=True, max_width=14)

    def add(self, result: Result) -> None:
        """Add the transfers of one article, actors by their names in the language of the labels."""
        names = {entity.id: entity.names.get(self.labels, entity.id) for entity in result.entities}
        for transfer in result.transfers:
            self.table.add_row(*_cells(transfer, names), plain(result.article.id))


def counted(number: int, noun: str) -> str:
    """``1 article``, ``2 articles``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _cells(transfer: Transfer, names: dict[str, str]) -> list[str | Text]:
    arrow = f"{_actor(transfer.supplier, names)} → {_actor(transfer.recipient, names)}"
    details = (transfer.quantity, transfer.when)
    return [
        arrow,
        plain(transfer.item.text) if transfer.item else "?",
        *(plain(detail.text) if detail else "" for detail in details),
        Text(transfer.status, style=STYLES[transfer.status]),
        plain(transfer.attribution.text) if transfer.attribution else "",
    ]


def _actor(filler: Filler | None, names: dict[str, str]) -> str:
    return name_of(filler.id or f":{filler.text}" if filler else None, names)


def name_of(ident: str | None, names: dict[str, str]) -> str:
    """The name of an id, or the id without its kind; ``?`` for nobody."""
    return plain(names.get(ident, ident.partition(":")[2])) if ident else "?"


def plain(text: str) -> str:
    """``text`` on one line, without the control characters by which an article could steer the terminal."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


class Terminal:
    """Where a run speaks: results on standard output, all else on standard error."""

    def __init__(self, quiet: bool = False) -> None:
        self.quiet = quiet
        self.failures = 0
        self._out, self._err = console(), console(stderr=True)

    def note(self, message: str) -> None:
        """A remark, left out when quiet."""
        if not self.quiet:
            self._line(message)

    def fail(self, error: Exception) -> None:
        """An error, as one line; counted in ``failures``."""
        self.failures += 1
        self._line(f"error: {error}")

    def _line(self, message: str) -> None:
        self._err.print(f"extractor: {plain(message)}", soft_wrap=True)

    def show(self, thing: RenderableType) -> None:
        """A result; text is not broken to the width of the terminal."""
        self._out.print(thing, soft_wrap=isinstance(thing, str))

    @property
    def shows_progress(self) -> bool:
        """Whether somebody is watching standard error."""
        return self._err.is_terminal and not self.quiet

    def progress(self, items: Iterable[T], total: int | None) -> Iterator[T]:
        """``items`` with a bar on standard error where that is a terminal; ``total`` None where unknown."""
        if not self.shows_progress:
            yield from items
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("articles"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self._err, transient=True) as bar:
            task = bar.add_task("articles", total=total)
            for item in items:
                yield item
                bar.advance(task)
