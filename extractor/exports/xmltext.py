"""Text as XML 1.0 can hold it."""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROLS = bytes({*range(32)} - {9, 10, 13})
_NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())


def clean(text: str) -> str:
    """``text`` with U+FFFD for each character that XML 1.0 forbids."""
    return text if _is_clean(text) else _ILLEGAL.sub(REPLACEMENT, text)


def escape(text: str) -> str:
    """``text`` cleaned and ready to stand between two tags."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if "\r" in text:
        text = text.replace("\r", "&#13;")
    return clean(text)


def quote(text: str) -> str:
    """``text`` cleaned and as a quoted attribute value; line breaks survive the reader's normalising."""
    text = escape(text)
    for char, code in (('"', "&quot;"), ("\n", "&#10;"), ("\t", "&#9;")):
        if char in text:
            text = text.replace(char, code)
    return f'"{text}"'


def _is_clean(text: str) -> bool:
    """Whether XML may hold ``text``: searching bytes is several times faster than a pattern."""
    if text.isascii() and text.isprintable():
        return True
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return False
    return len(data.translate(None, _CONTROLS)) == len(data) and not any(n in data for n in _NONCHARACTERS)


def escape_json(text: str) -> str:
    """JSON with what XML 1.0 forbids as ``\\uXXXX``: it comes out of an XML file as it went in."""
    return text if _is_clean(text) else _ILLEGAL.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def unique(name: str, taken: set[str], mark: str = "~") -> str:
    """``name``, or the first of ``name~2``, ``name~3``… that is not ``taken``; it is from now on."""
    found, number = name, 2
    while found in taken:
        found, number = f"{name}{mark}{number}", number + 1
    taken.add(found)
    return found
