"""The files that results are written to, one module a format, chosen by the target's suffix.

    from extractor import exports
    exports.write(results, "graph.graphml", view="claims")

`write_all` writes several targets from one pass over the results.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.errors import OutputError
from extractor.exports.files import check_target, replacing
from extractor.model import Result

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["FORMATS", "Format", "check", "check_target", "format_of", "replacing", "write", "write_all", "write_graph"]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its suffix, what it is for, and the ``module:function`` of `extractor.exports` that writes it.

    ``takes`` is what that function is given beside the stream: ``results`` (an iterator),
    or ``graph`` (the networkx graph of the chosen view).
    """

    suffix: str
    title: str
    writer: str
    takes: str = "graph"
    binary: bool = False

    def load(self) -> Callable[..., None]:
        """The writing function; its imports are paid for here."""
        module, _, function = self.writer.partition(":")
        found: Callable[..., None] = getattr(import_module(module), function)
        return found


FORMATS: dict[str, Format] = {f.suffix: f for f in (
    Format(".graphml", "GraphML for Gephi, Cytoscape, igraph, networkx", "extractor.exports.graphml:write_graphml"),
    Format(".jsonl", "JSON Lines with every field of every record", "extractor.store:write_jsonl", takes="results"),
)}


def format_of(path: str | Path) -> Format:
    """The format that ``path`` ends in, the longest suffix first. Raises `OutputError` for an unknown one."""
    name = Path(path).name.lower()
    for suffix in sorted(FORMATS, key=len, reverse=True):
        if name.endswith(suffix) and name != suffix:
            return FORMATS[suffix]
    known = ", ".join(sorted(FORMATS))
    raise OutputError(f"{path}: unknown suffix '{Path(path).suffix}'; accepted are {known}")


def check(paths: Iterable[str | Path]) -> None:
    """Raise `OutputError` for the first of ``paths`` that `write_all` could not write: to be asked before a long run."""
    for path in paths:
        format_of(path)
        check_target(path)


def write(results: Iterable[Result], path: str | Path, **options: Any) -> None:
    """Write ``results`` to ``path``; see `write_all`."""
    write_all(results, [path], **options)


def write_all(results: Iterable[Result], paths: Sequence[str | Path], *, view: str = "entities",
              labels: str = "fr") -> None:
    """Write ``results`` to every one of ``paths``, in one pass.

    ``view`` and ``labels`` are those of `extractor.graph.build_graph`. A target appears whole or not
    at all. Raises `OutputError` for an unknown suffix or a target that can't be written.
    """
    from extractor.graph import GraphBuilder

    formats = [format_of(path) for path in paths]
    check(paths)
    builder = GraphBuilder(view, labels) if any(f.takes == "graph" for f in formats) else None  # type: ignore[arg-type]
    with ExitStack() as stack:
        streams = [stack.enter_context(replacing(path, "wb" if f.binary else "w"))
                   for path, f in zip(paths, formats, strict=True)]
        opened = list(zip(formats, streams, strict=True))
        lines = [(f.load(), stream) for f, stream in opened if f.takes == "results"]
        for result in results:
            if builder is not None:
                builder.add(result)
            for writer, stream in lines:
                writer([result], stream)
        if builder is not None:
            graph = builder.build()
            for f, stream in opened:
                if f.takes == "graph":
                    f.load()(graph, stream)


def write_graph(graph: nx.MultiDiGraph[str], path: str | Path) -> None:
    """Write a graph that is already built; only graph formats can hold one."""
    found = format_of(path)
    if found.takes != "graph":
        known = ", ".join(sorted(s for s, f in FORMATS.items() if f.takes == "graph"))
        raise OutputError(f"{path}: a graph can't be written as {found.suffix}; accepted are {known}")
    with replacing(path, "wb" if found.binary else "w") as stream:
        found.load()(graph, stream)

