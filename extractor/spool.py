"""Results kept on disk, so that several outputs can each read all of them without the memory of all."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from extractor.model import Result


class Spool:
    """An iterable of results, as often as wanted; a context manager whose end deletes the file."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="extractor-")  # noqa: SIM115  (closed by __exit__)
        self.articles = self.transfers = 0

    def add(self, result: Result) -> None:
        """Keep one more result."""
        self._file.seek(0, 2)
        pickle.dump(result, self._file, protocol=pickle.HIGHEST_PROTOCOL)
        self.articles += 1
        self.transfers += len(result.transfers)

    def __iter__(self) -> Iterator[Result]:
        at = 0
        for _ in range(self.articles):
            self._file.seek(at)  # another iteration may be under way
            result: Result = pickle.load(self._file)
            at = self._file.tell()
            yield result

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()
