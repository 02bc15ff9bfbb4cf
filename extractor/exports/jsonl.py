"""JSON Lines: every field of every record, one article a line.

Beside the records each transfer has its claim's ``claim`` id, ``stage`` of the deal, ``event`` codes
(PLOVER, CAMEO) and, in a reprint, ``copy_of``: the id of the article that said it first.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, TYPE_CHECKING

from extractor.claims import ClaimReader
from extractor.coding import code_of, stage_of
from extractor.model import Result
from extractor.store import dumps, result_to_json

if TYPE_CHECKING:
    from extractor.exports import Options


def export(results: Iterable[Result], stream: IO[str], options: Options) -> None:
    """Write ``results`` as they come; nothing is held back."""
    reader = ClaimReader()
    for result in results:
        row = result_to_json(result)
        for claim, transfer in zip(reader.read(result), row["transfers"], strict=True):
            code = code_of(claim)
            transfer |= {"claim": claim.id, "stage": stage_of(claim),
                         "event": {"plover": code.plover, "mode": code.mode, "cameo": code.cameo}}
            if claim.copy_of is not None:
                transfer["copy_of"] = claim.copy_of
        stream.write(dumps(row) + "\n")
