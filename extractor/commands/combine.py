"""``extractor merge``, ``convert`` and ``conflicts``: what is done with files that were written before."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from extractor import exports
from extractor.claims import Claim, iter_claims
from extractor.combine import convert, iter_results
from extractor.errors import ExtractorError, OutputError
from extractor.facts import Conflict, conflicts
from extractor.filters import Filters
from extractor.report import Terminal, counted, name_of, plain


def rewrite(
    sources: tuple[Path, ...], targets: tuple[Path, ...], view: str, labels: str, filters: Filters, terminal: Terminal
) -> None:
    """Write what ``sources`` hold, put together, to each of ``targets``."""
    for target in targets:
        try:
            if target.resolve() in {source.resolve() for source in sources}:
                raise OutputError(f"{target}: is an input, and would be overwritten")
            exports.check(target)
            convert(sources, target, view=view, labels=labels, filters=filters)
            terminal.note(f"{counted(len(sources), 'file')} → {target}")
        except ExtractorError as error:
            terminal.fail(error)


def show_conflicts(sources: tuple[Path, ...], labels: str, terminal: Terminal) -> None:
    """Show who affirms and who denies one transfer, with the sentences of both."""
    results = list(iter_results(sources))
    names = {entity.id: entity.names.get(labels, entity.id) for result in results for entity in result.entities}
    found = conflicts(iter_claims(results))
    for conflict in found:
        terminal.show("\n".join(_lines(conflict, names)))
    terminal.note(f"{counted(len(found), 'conflict')} in {counted(len(results), 'article')}")


def _lines(conflict: Conflict, names: dict[str, str]) -> Iterable[str]:
    supplier, recipient, item = (name_of(ident, names) for ident in (conflict.supplier, conflict.recipient, conflict.item))
    yield f"{supplier} → {recipient}: {item}"
    for side, claims in (("affirmed", conflict.affirming), ("denied", conflict.denying)):
        for claim in claims:
            yield f"  {side:9} {_saying(claim)}"


def _saying(claim: Claim) -> str:
    transfer = claim.transfer
    source = f", {plain(transfer.attribution.text)}" if transfer.attribution else ""
    return f"{transfer.status}{source}, {plain(transfer.evidence.article)}: « {plain(transfer.evidence.sentence.text)} »"


