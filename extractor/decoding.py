"""Bytes to text, when nobody says which encoding they are in."""

from __future__ import annotations

import codecs

# What French and English are written in; a free guess takes short French for Icelandic or Polish code pages.
_ENCODINGS = ["utf_16_le", "utf_16_be", "cp1252", "iso8859_15", "mac_roman", "cp850"]
_MARKS = [
    (codecs.BOM_UTF8, "utf_8_sig"),
    (codecs.BOM_UTF32_LE, "utf_32"),
    (codecs.BOM_UTF32_BE, "utf_32"),
    (codecs.BOM_UTF16_LE, "utf_16"),
    (codecs.BOM_UTF16_BE, "utf_16"),
]
_SAMPLE = 200_000  # bytes shown to the detector: it reads whole candidates, so its cost grows with them


def decode(data: bytes) -> tuple[str, str]:
    """The text of ``data`` without byte order mark, and the name of its encoding.

    UTF-8 is tried first, then byte order marks, then charset-normalizer's guess among the
    encodings of western Europe. Raises `ValueError` where it is no text in any of them.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding), "utf_8" if encoding == "utf_8_sig" else encoding
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data)
    if "\0" in text:
        return _guess(data)
    return text, "utf_8"


def _guess(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes, is_binary

    sample = data[:_SAMPLE]
    best = None if is_binary(sample) and b"\0\0" in sample else from_bytes(sample, cp_isolation=_ENCODINGS).best()
    if best is None:
        raise ValueError("binary data")
    text = data.decode(best.encoding)
    if "\0" in text:
        raise ValueError("binary data")
    return text, best.encoding


def mend(text: str) -> str:
    """``text`` with each lone surrogate (JSON can hold one, UTF-8 can't) as U+FFFD; same length."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("�" if "\ud800" <= char <= "\udfff" else char for char in text)
    return text
