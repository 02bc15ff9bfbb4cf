"""How far a person's name reaches: capitals, the particles between them, initials, a nickname in quotes."""

from __future__ import annotations

from extractor.view import View

PARTICLES = frozenset(
    ["de", "d'", "du", "des", "van", "von", "der", "den", "bin", "ben", "ibn", "al", "el", "da", "dos", "di", "del", "la", "le", "ter", "ould", "abu", "abou", "al-", "el-", "y", "af", "av", "zu", "i", "e", "bint", "ag", "wa"]
)
# Particles that open a last name, and may have a capital there ("La Serna", "Le Gall", "Da Costa").
LEADS = frozenset(("de", "d'", "du", "des", "van", "von", "della", "di", "da", "dos", "del", "la", "le", "les", "el", "ten", "ter"))
_OPEN, _CLOSE = frozenset("«“\"‘"), frozenset("»”\"’")
_SPACES = (" ", "\u00a0", "\u202f", "")


def capitalised(word: str) -> bool:
    """True of a word that could be a part of a name: a capital, and not a number or a code."""
    return word[:1].isupper() and not any(char.isdigit() for char in word)


def name_end(view: View, first: int, refused: frozenset[str], taken: bytearray, lead: bool = False) -> int:
    """One past the last token of the name that begins at ``first``; ``first`` where there is none.

    ``lead``: a courtesy or rank stands before, so that the name may open with a particle ("M. de Clercq").
    """
    last, at, size = first, first, len(view.words)
    while at < size and at - first < 9:
        word = view.words[at]
        gap = view.text[view.ends[at - 1] : view.starts[at]] if at > first else ""
        if gap not in _SPACES or taken[view.starts[at]]:
            break
        bound = at > first and (_bound(word, gap) or (not gap and view.words[at - 1][-1:] == "-" and word.isalpha()))
        leads = (at > first or lead) and _leads(view, at, taken)
        if leads or bound or (capitalised(word) and (len(word) > 1 or at > first) and word not in refused):
            at += 1
            last = at if not leads else last
        elif at > first and _links(view, at, gap):
            at += 1
        elif last > first and word in _OPEN and (past := _nickname(view, at, taken)):
            at = past
        else:
            break
    if last == first + 1 and view.words[first].isupper() and len(view.words[first]) > 1:
        return first
    return last


def _links(view: View, at: int, gap: str) -> bool:
    """True of a small word, hyphen or full stop that goes on a name."""
    word = view.words[at]
    return (
        (view.lower[at] in PARTICLES and word[:1].islower())
        or (word == "-" and not gap)
        or (word == "." and len(view.words[at - 1]) == 1)
    )


def _leads(view: View, at: int, taken: bytearray) -> bool:
    """True of a particle right before the capital that it belongs to."""
    if view.lower[at] not in LEADS or at + 1 >= len(view.words):
        return False
    if view.text[view.ends[at] : view.starts[at + 1]] not in ((" ", "") if view.lower[at] == "d'" else (" ",)):
        return False
    following = view.words[at + 1]
    again = view.lower[at + 1] in LEADS and view.words[at].islower() and _leads(view, at + 1, taken)
    return again or (capitalised(following) and len(following) > 1 and not taken[view.starts[at + 1]])


def _nickname(view: View, at: int, taken: bytearray) -> int:
    """The token after a nickname in quotation marks that a last name follows; 0 where there is none."""
    for close in range(at + 2, min(at + 5, len(view.words) - 1)):
        if view.words[close] in _CLOSE:
            after = view.words[close + 1]
            free = capitalised(after) and len(after) > 1 and not taken[view.starts[close + 1]]
            return close + 1 if free and capitalised(view.words[at + 1]) else 0
        if not view.words[close][:1].isalnum():
            break
    return 0


def _bound(word: str, gap: str) -> bool:
    """True of a token that a hyphen or article binds to a name ("-un", "al-Sissi")."""
    return (not gap and word[:1] == "-" and word[1:2].isalpha()) or (
        word[:3] in ("al-", "el-", "ad-", "as-", "ez-", "ed-") and word[3:4].isupper()
    )
