"""The text of web pages and PDF files, by libraries of the optional groups ``html`` and ``pdf``.

Offsets of what is found later count in the text that comes out here.
"""

from __future__ import annotations

import io
import logging
import re
from dataclasses import dataclass
from datetime import date

from extractor.errors import InputError

SUFFIXES = (".html", ".htm", ".pdf")

_HYPHEN = re.compile(r"(?<=\w)-\n(?=[a-zà-ÿ])")
_WRAP = re.compile(r"(?<=[^\s.!?:;»”\"])[ \t]*\n(?=\S)")


@dataclass(frozen=True)
class Document:
    """What a file says of itself, and its text."""

    text: str
    title: str | None = None
    date: date | None = None


def read(data: bytes, suffix: str) -> Document:
    """The article in a file of one of the `SUFFIXES`. Raises `InputError` without the place, which the caller adds."""
    try:
        return _pdf(data) if suffix == ".pdf" else _html(data)
    except ImportError as error:
        group = "pdf" if suffix == ".pdf" else "html"
        raise InputError(f"{suffix} needs '{error.name}': pip install 'extractor[{group}]'") from None


def _html(data: bytes) -> Document:
    """The main text of a page, without menus, advertisements and comments."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # says on its own what is told here anyway
    found = bare_extraction(data, include_comments=False, include_tables=False, with_metadata=True)
    if found is None or isinstance(found, dict) or not found.text:
        raise InputError("no article found in this page")
    try:
        day = date.fromisoformat(found.date or "")
    except ValueError:
        day = None
    return Document(found.text, found.title, day)


def _pdf(data: bytes) -> Document:
    """The text layer, lines that only the page's width broke joined again."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        pages = [page.extract_text().strip() for page in reader.pages]
        title = reader.metadata.title if reader.metadata else None
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"no readable PDF: {error}") from None
    text = "\n\n".join(page for page in pages if page)
    if not text:
        raise InputError("no text in this PDF (a scan needs character recognition first)")
    return Document(_WRAP.sub(" ", _HYPHEN.sub("", text)), title or None)
