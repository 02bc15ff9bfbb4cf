"""JSON Lines: every field of every record, one article a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, TYPE_CHECKING

from extractor.model import Result
from extractor.store import write_jsonl

if TYPE_CHECKING:
    from extractor.exports import Options


def export(results: Iterable[Result], stream: IO[str], options: Options) -> None:
    """Write ``results`` as they come; nothing is held back."""
    write_jsonl(results, stream)
