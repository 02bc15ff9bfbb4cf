"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from extractor.errors import OutputError


@contextmanager
def replacing(path: str | Path, mode: str = "w", encoding: str | None = "utf-8", newline: str | None = "\n") -> Iterator[IO[Any]]:
    """A stream beside ``path`` that is moved into its place when the block ends well, and removed otherwise.

    A device or pipe is written to directly. Raises `OutputError` where the target can't be written.
    """
    target = Path(path)
    binary = {} if "b" in mode else {"encoding": encoding, "newline": newline}
    try:
        if target.exists() and not target.is_file() and not target.is_dir():
            with target.open(mode, **binary) as stream:  # type: ignore[call-overload]
                yield stream
            return
        check_target(target)
        final = target.resolve()
        beside = final.with_name(f".{final.name[:200]}.{secrets.token_hex(4)}.tmp")
        try:
            with beside.open(mode, **binary) as stream:  # type: ignore[call-overload]
                yield stream
            beside.replace(final)
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise
    except OSError as error:
        raise OutputError(f"{target}: can't be written: {error.strerror or error}") from error


def check_target(path: str | Path) -> None:
    """Raise `OutputError` where ``path`` is a folder or stands in a folder that can't be written to."""
    target = Path(path)
    parent = target.resolve().parent
    if target.is_dir():
        raise OutputError(f"{target}: can't be written: it is a folder")
    if not parent.is_dir():
        raise OutputError(f"{target}: can't be written: there is no folder {parent}")
    if not os.access(parent, os.W_OK) or (target.exists() and not os.access(target, os.W_OK)):
        raise OutputError(f"{target}: can't be written: permission denied")
