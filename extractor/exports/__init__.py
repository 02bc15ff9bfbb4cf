"""The files that results are written to, one module a format, chosen by the target's suffix.

    from extractor import exports
    exports.write(results, "graph.graphml", view="claims")

`write_all` writes several targets and builds their graph once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.errors import ExtractorError, OutputError
from extractor.exports.files import check_target, replacing
from extractor.filters import Filtered, Filters
from extractor.model import Result

if TYPE_CHECKING:
    import networkx as nx

    from extractor.claimview import ClaimView

__all__ = ["FORMATS", "Filters", "Format", "Options", "check", "check_target", "format_of", "replacing", "write",
           "write_all", "write_graph"]


@dataclass(frozen=True, slots=True)
class Options:
    """What is written, whatever the format: ``view`` and ``labels`` as in `extractor.graph.build_graph`."""

    view: str = "entities"
    labels: str = "fr"
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: how its files' names end, what it is for, the ``module:function`` that writes it.

    That function is given what the format ``takes``, a stream and the `Options`. ``takes`` is
    ``results`` (an iterable of results) or ``graph`` (the networkx graph of the chosen view).
    ``extra`` is the optional dependency group that it needs.
    """

    suffix: str
    title: str
    writer: str
    takes: str = "graph"
    binary: bool = False
    extra: str = ""

    def load(self) -> Callable[[Any, Any, Options], None]:
        """The writing function; its imports are paid for here. Raises `OutputError` where a library is missing."""
        module, _, function = self.writer.partition(":")
        try:
            found: Callable[[Any, Any, Options], None] = getattr(import_module(f"extractor.exports.{module}"), function)
        except ImportError as error:
            if not self.extra:
                raise
            raise OutputError(f"{self.suffix} needs '{error.name}': pip install 'extractor[{self.extra}]'") from error
        return found


FORMATS: dict[str, Format] = {f.suffix: f for f in (
    Format(".graphml", "GraphML for Gephi, Cytoscape, igraph, networkx", "graphml:export"),
    Format(".jsonl", "JSON Lines with every field of every record", "jsonl:export", takes="results"),
    Format(".gexf", "GEXF 1.3 for Gephi's timeline", "gexf:export"),
    Format(".csv", "register of transfers in the shape of SIPRI's", "register:export", takes="results"),
    Format(".html", "report that opens offline: graph, tables, timeline, articles", "html:export", takes="results"),
    Format(".ftm.json", "FollowTheMoney entities for Aleph and OpenSanctions", "ftm:export", takes="results", extra="ftm"),
    Format(".svg", "picture of the graph", "picture:export_svg"),
    Format(".png", "picture of the graph", "picture:export_png", binary=True, extra="png"),
    Format("nodes.csv", "nodes for Gephi's spreadsheet import, Cytoscape, i2", "tables:export_nodes"),
    Format("edges.csv", "edges for the same", "tables:export_edges"),
)}


def format_of(path: str | Path) -> Format:
    """The format that ``path`` ends in, the longest suffix first. Raises `OutputError` for an unknown one."""
    name = Path(path).name.lower()
    for suffix in sorted(FORMATS, key=len, reverse=True):
        if name.endswith(suffix) and name != f".{suffix.lstrip('.')}":
            return FORMATS[suffix]
    known = ", ".join(sorted(FORMATS))
    raise OutputError(f"{path}: unknown suffix '{Path(path).suffix}'; accepted are {known}")


def check(*paths: str | Path) -> None:
    """Raise `OutputError` for the first of ``paths`` that can't be written: to be asked before a long run."""
    for path in paths:
        format_of(path).load()
        check_target(path)


def write(results: Iterable[Result], path: str | Path, **options: Any) -> None:
    """Write ``results`` to ``path``; see `write_all`."""
    write_all(results, [path], **options)


def write_all(results: Iterable[Result], paths: Sequence[str | Path], *, view: str = "entities",
              labels: str = "fr", filters: Filters | None = None) -> None:
    """Write ``results`` to every one of ``paths``.

    ``view`` and ``labels`` are those of `extractor.graph.build_graph`; ``filters`` leave out claims
    in every format alike. ``results`` that can be iterated once only are held in memory where more
    than one pass is needed. A target appears whole or not at all. Raises `OutputError` for an unknown
    suffix, a missing library or a target that can't be written, before anything is written.
    """
    options = Options(view, labels, filters or Filters())
    formats = [format_of(path) for path in paths]
    check(*paths)
    graphic = any(f.takes == "graph" for f in formats)
    if len(formats) > 1 and graphic + sum(f.takes == "results" for f in formats) > 1 and iter(results) is results:
        results = list(results)
    if options.filters:
        results = Filtered(results, options.filters)
    graph = _graph(results, options) if graphic else None
    for path, f in zip(paths, formats, strict=True):
        with replacing(path, "wb" if f.binary else "w") as stream:
            f.load()(graph if f.takes == "graph" else results, stream, options)


def _graph(results: Iterable[Result], options: Options) -> nx.MultiDiGraph[str] | ClaimView:
    from extractor.graph import GraphBuilder

    builder = GraphBuilder(options.view, options.labels, options.filters.min_weight, lone=not options.filters)
    for result in results:
        builder.add(result)
    return builder.to_write()


def write_graph(graph: nx.MultiDiGraph[str], path: str | Path, labels: str = "fr") -> None:
    """Write a graph that is already built; only graph formats can hold one."""
    if labels not in ("fr", "en"):
        raise ExtractorError(f"'{labels}' is none of fr, en")
    found = format_of(path)
    if found.takes != "graph":
        known = ", ".join(sorted(s for s, f in FORMATS.items() if f.takes == "graph"))
        raise OutputError(f"{path}: a graph can't be written as {found.suffix}; accepted are {known}")
    writer = found.load()
    with replacing(path, "wb" if found.binary else "w") as stream:
        writer(graph, stream, Options(labels=labels))
