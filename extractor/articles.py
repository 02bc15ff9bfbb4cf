"""Reading articles from text, JSON Lines, web pages, PDF, folders of these and standard input, one at a time.

A bad article or file is told to ``fail`` and left out; what follows it is still read.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, cast, get_args

from extractor import documents
from extractor.decoding import decode, mend
from extractor.documents import Document
from extractor.errors import InputError
from extractor.model import Article, Lang

TEXT_SUFFIXES = (".txt",)  # a file of another suffix is read as text only where it is named itself
LINES_SUFFIXES = (".jsonl", ".ndjson")
SUFFIXES = TEXT_SUFFIXES + LINES_SUFFIXES + documents.SUFFIXES
STDIN = "-"


def _raise(error: InputError) -> None:
    raise error


@dataclass
class Reader:
    """Reads inputs in their order; a folder's files in the order of their paths.

    ``fail`` is called with each article or file that can't be read (default: raise it), ``note``
    with remarks that the user should see, such as the encoding of a file that is not UTF-8.
    ``date`` stands in for the date of articles that have none.
    """

    fail: Callable[[InputError], None] = _raise
    note: Callable[[str], None] = lambda message: None
    date: date | None = None
    _places: dict[str, str] = field(default_factory=dict, init=False)  # article id -> where it was read
    _files: set[Path] = field(default_factory=set, init=False)

    def read(self, inputs: Iterable[str]) -> Iterator[Article]:
        """The articles of ``inputs``: paths of files and folders, or ``-`` for standard input."""
        for name in inputs:
            try:
                for path, ident in [(None, "stdin")] if name == STDIN else self._expand(Path(name)):
                    yield from self._open(path, ident)
            except InputError as error:
                self.fail(error)

    def count(self, inputs: Iterable[str]) -> int | None:
        """How many articles ``inputs`` seem to hold, for a progress bar; None where that can't be told."""
        total = 0
        for name in inputs:
            if name == STDIN or not Path(name).exists():
                return None
            for path, _ in _files(Path(name)):
                if path.suffix.lower() not in LINES_SUFFIXES:
                    total += 1
                elif path.is_file():
                    with path.open("rb") as stream:
                        total += sum(1 for line in stream if line.strip())
                else:
                    return None
        return total

    def _expand(self, path: Path) -> Iterator[tuple[Path, str]]:
        if not path.exists():
            raise InputError(f"{path}: no such file or folder")
        found = False
        for file, ident in _files(path):
            found = True
            resolved = file.resolve()
            if resolved not in self._files:
                self._files.add(resolved)
                yield file, ident
        if not found:
            accepted = ", ".join(SUFFIXES)
            raise InputError(f"{path}: no article in this folder (accepted: {accepted})")

    def _open(self, path: Path | None, ident: str) -> Iterator[Article]:
        where = str(path) if path else "standard input"
        try:
            with nullcontext(_stdin()) if path is None else path.open("rb") as stream:
                if _holds_lines(path, cast(Any, stream)):
                    yield from self._lines(stream, where)
                else:
                    yield from self._whole(stream.read(), where, ident, path.suffix.lower() if path else "")
        except OSError as error:
            self.fail(InputError(f"{where}: {error.strerror or error}"))

    def _whole(self, data: bytes, where: str, ident: str, suffix: str) -> Iterator[Article]:
        try:
            found = self._document(data, where, suffix)
            if ident in self._places:  # two files of one name in different folders
                ident = where
            day = found.date or self.date
            yield self._accept(Article(mend(ident), found.text, date=day, title=found.title), where)
        except InputError as error:
            self.fail(error)

    def _document(self, data: bytes, where: str, suffix: str) -> Document:
        if suffix not in documents.SUFFIXES or not data.strip():
            return Document(self._decode(data, where))
        try:
            return documents.read(data, suffix)
        except InputError as error:
            raise InputError(f"{where}: {error}") from None

    def _lines(self, stream: BinaryIO, where: str) -> Iterator[Article]:
        number = articles = 0
        for number, line in enumerate(_unmarked(stream), 1):
            if not line.strip():
                continue
            place = f"{where}:{number}"
            try:
                articles += 1
                yield self._accept(self._article(self._decode(line, place), place), place)
            except InputError as error:
                self.fail(error)
        if not articles:
            self.fail(InputError(f"{where}: empty, no article in it"))

    def _article(self, line: str, place: str) -> Article:
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            reason = f"{error.msg} at column {error.colno}" if isinstance(error, json.JSONDecodeError) else str(error)
            raise InputError(f"{place}: not valid JSON: {reason}") from None
        if not isinstance(row, dict):
            raise InputError(f"{place}: a JSON object with 'id' and 'text' is wanted, this is {_kind(row)}")
        lang, title, source = (_string(row, key, place) for key in ("lang", "title", "source"))
        return Article(
            id=mend(_string(row, "id", place, needed=True) or ""),
            text=_string(row, "text", place, needed=True) or "",
            lang=_language(lang, place),
            date=_date(_string(row, "date", place), place) or self.date,
            title=title and mend(title),
            source=source and mend(source),
        )

    def _decode(self, data: bytes, where: str) -> str:
        try:
            text, encoding = decode(data)
        except ValueError:
            raise InputError(f"{where}: binary data, not text") from None
        if encoding != "utf_8":
            self.note(f"{where}: not UTF-8, read as {encoding}")
        return text

    def _accept(self, article: Article, place: str) -> Article:
        if not article.text.strip():
            raise InputError(f"{place}: empty, no text in it")
        first = self._places.setdefault(article.id, place)
        if first != place:
            raise InputError(f"{place}: duplicate article id '{article.id}', first in {first}")
        text = mend(article.text)
        if text == article.text:
            return article
        self.note(f"{place}: lone surrogates in the text, read as U+FFFD")
        return Article(article.id, text, article.lang, article.date, article.title, article.source)


def _files(path: Path) -> Iterator[tuple[Path, str]]:
    """The files at or under ``path`` with the article id that each would give, hidden ones left out."""
    if not path.is_dir():
        yield path, path.stem
        return
    for file in sorted(path.rglob("*")):
        inside = file.relative_to(path)
        hidden = any(part.startswith(".") for part in inside.parts)
        if file.suffix.lower() in SUFFIXES and not hidden and not file.is_dir():
            yield file, inside.with_suffix("").as_posix()


def _stdin() -> BinaryIO:
    stream = sys.stdin.buffer
    return stream if hasattr(stream, "peek") else cast(BinaryIO, io.BufferedReader(cast(Any, stream)))


def _holds_lines(path: Path | None, stream: Any) -> bool:
    suffix = path.suffix.lower() if path else ""
    if suffix in SUFFIXES:
        return suffix in LINES_SUFFIXES
    return bool(stream.peek(1).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"))


def _unmarked(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of ``stream``; UTF-16 has newlines of two bytes, so such a file is decoded whole."""
    first = stream.readline()
    if first.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield from ((first + stream.read()).decode("utf-16", errors="replace").encode("utf-8")).split(b"\n")
        return
    yield first.removeprefix(b"\xef\xbb\xbf")
    yield from stream


def _string(row: dict[str, Any], key: str, place: str, needed: bool = False) -> str | None:
    value = row.get(key)
    if value is None and not needed:
        return None
    if value is None:
        raise InputError(f"{place}: '{key}' is missing (an article has 'id' and 'text')")
    if not isinstance(value, str):
        raise InputError(f"{place}: '{key}' must be a string, this is {_kind(value)}")
    if needed and not value.strip():
        raise InputError(f"{place}: '{key}' is empty")
    return value


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "a boolean", type(None): "null"}
    return names.get(type(value), "a number")


def _language(value: str | None, place: str) -> Lang | None:
    if not value:
        return None
    code = value.replace("_", "-").split("-")[0].lower()
    if code not in get_args(Lang):
        raise InputError(f"{place}: language '{value}' is not covered (accepted: {', '.join(get_args(Lang))})")
    return cast(Lang, code)


def _date(value: str | None, place: str) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        raise InputError(f"{place}: '{value}' is no ISO 8601 date (yyyy-mm-dd)") from None
