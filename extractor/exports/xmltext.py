"""Text as XML 1.0 can hold it."""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile("[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
_SPECIAL_ATTRIBUTE = re.compile('[&<>"\r\n\t\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]')


def clean(text: str) -> str:
    """``text`` with U+FFFD for each character that XML 1.0 forbids."""
    return _ILLEGAL.sub(REPLACEMENT, text)


def escape(text: str) -> str:
    """``text`` cleaned and ready to stand between two tags."""
    return _SPECIAL.sub(_replace, text)


def quote(text: str) -> str:
    """``text`` cleaned and as a quoted attribute value; line breaks survive the reader's normalising."""
    return f'"{_SPECIAL_ATTRIBUTE.sub(_replace, text)}"'


def escape_json(text: str) -> str:
    """JSON with what XML 1.0 forbids as ``\\uXXXX``: it comes out of an XML file as it went in."""
    return _ILLEGAL.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def unique(name: str, taken: set[str], mark: str = "~") -> str:
    """``name``, or the first of ``name~2``, ``name~3``… that is not ``taken``; it is from now on."""
    found, number = name, 2
    while found in taken:
        found, number = f"{name}{mark}{number}", number + 1
    taken.add(found)
    return found


def _replace(match: re.Match[str]) -> str:
    return _ESCAPES.get(match.group(), REPLACEMENT)
