"""CSV that a spreadsheet opens as it is and never runs."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from typing import IO, Any

BOM = "\ufeff"
# A cell that starts so is a formula to a spreadsheet; a plain number is not.
_FORMULA = re.compile(r"\s*[=+\-@\t\r|%＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?\Z")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def cell(value: Any) -> str:
    """A value as a cell: nothing for None, an apostrophe before what would run as a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    text = _CONTROL.sub("\ufffd", str(value)).replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


def write_rows(stream: IO[str], header: Sequence[str], rows: Iterable[Sequence[Any]], bom: bool = False) -> None:
    """Write a table; ``bom`` lets spreadsheets know that it is UTF-8."""
    if bom:
        stream.write(BOM)
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([cell(value) for value in row])
