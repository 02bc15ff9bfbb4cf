"""Where a designation ends: variants, blocks and ships' names that no gazetteer lists."""

from __future__ import annotations

import unicodedata

from extractor.runs import Tokens

_TAILS = frozenset({"block", "bloc", "mk", "mark", "mod", "batch", "tranche"})
_ROMAN = frozenset({"II", "III", "IV", "V", "VI", "VII", "NG", "XLR", "ER", "LR", "SEP", "SEPV", "MSE", "GEM"})


def plain(word: str) -> str:
    """``word`` without accents."""
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word.replace("ı", "i")) if not unicodedata.combining(c))


def variant_end(tokens: Tokens, end: int) -> int:
    """Past the letters and digits of a variant: "F-16" + "C/D Block 70", "Leopard 2" + "A6s"."""
    size = len(tokens)
    first = end
    while end < size and end - first < 6:
        gap, raw = tokens.gap(end), tokens.raw(end)
        glued = gap == "" and ((raw.isalnum() and (len(raw) <= 4 or raw.isdigit())) or raw == "+")
        if glued or (gap in ("-", "‑") and len(raw) <= 3 and (raw.isdigit() or raw.isupper())):
            end += 1
        elif gap == "" and raw == "/" and end + 1 < size and tokens.gap(end + 1) == "" and len(tokens.raw(end + 1)) <= 2:
            end += 2
        else:
            break
    while end < size and tokens.gap(end) == " ":
        if tokens.raw(end).upper() in _ROMAN and tokens.capital(end):
            end += 1
            while end < size and tokens.gap(end) == "" and tokens.words[end].isdigit():
                end += 1
        elif len(tokens.raw(end)) == 1 and tokens.capital(end) and end + 1 < size and tokens.gap(end + 1) == "" and (
            tokens.words[end + 1].isdigit() and len(tokens.words[end + 1]) <= 2
        ):
            end = variant_end(tokens, end + 2)  # "Rafale F4", "Leopard 2 A6"
        elif tokens.words[end] in _TAILS and tokens.capital(end) and tokens.joined(end + 1):
            end = variant_end(tokens, end + 2)
        else:
            break
    return end


def ship_end(tokens: Tokens, at: int) -> int:
    """Past a ship's name: capitals, initials with their full stop, particles between capitals."""
    end, seen = at, 0
    while seen < 5 and end < len(tokens) and tokens.joined(end):
        raw = tokens.raw(end)
        if raw[0].isupper():
            end += 1
            if len(raw) == 1 and end + 1 < len(tokens) and tokens.gap(end) == "" and tokens.words[end] == ".":
                end += 1
        elif raw in ("de", "of", "the", "la") and tokens.joined(end + 1) and tokens.capital(end + 1):
            end += 2
        else:
            break
        seen += 1
    return end
