"""How nodes and edges look and read: colours, sizes and the words of the relations.

One colour a type and one a status, told apart by the colour-blind too (Okabe and Ito's palette
for the edges). The tables are the legend that the README prints.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

NODE_COLORS: dict[str, str] = {
    "STATE": "#1f77b4", "ORG": "#2ca02c", "PERSON": "#9467bd", "WEAPON": "#d62728", "GOODS": "#bcbd22",
    "PLACE": "#8c564b", "CLAIM": "#7f7f7f", "ARTICLE": "#17becf", "SOURCE": "#e377c2",
}
OTHER_COLOR = "#999999"

STATUS_COLORS: dict[str, str] = {
    "asserted": "#1a1a1a", "reported": "#4d4d4d", "alleged": "#e69f00", "planned": "#56b4e9", "denied": "#d55e00",
}
CONTESTED_COLOR = "#cc79a7"

# relation without its status -> status class -> words, by language
WORDS: dict[str, dict[str, dict[str, str]]] = {
    "fr": {
        "supplies": {"": "fournit", "alleged": "fournirait (allégué)", "planned": "doit fournir (prévu)",
                     "denied": "ne fournit pas (démenti)"},
        "provides": {"": "fournit", "alleged": "fournirait (allégué)", "planned": "doit fournir (prévu)",
                     "denied": "ne fournit pas (démenti)"},
        "goes_to": {"": "va à", "alleged": "irait à (allégué)", "planned": "doit aller à (prévu)",
                    "denied": "ne va pas à (démenti)"},
    },
    "en": {
        "supplies": {"": "supplies", "alleged": "allegedly supplies", "planned": "is to supply (planned)",
                     "denied": "does not supply (denied)"},
        "provides": {"": "supplies", "alleged": "allegedly supplies", "planned": "is to supply (planned)",
                     "denied": "does not supply (denied)"},
        "goes_to": {"": "goes to", "alleged": "allegedly goes to", "planned": "is to go to (planned)",
                    "denied": "does not go to (denied)"},
    },
}
CONTESTED_WORD = {"fr": "contesté", "en": "contested"}
COLON = {"fr": "\u00a0: ", "en": ": "}
STATUS_WORDS: dict[str, dict[str, str]] = {
    "fr": {"asserted": "affirmé", "reported": "rapporté", "alleged": "allégué", "planned": "prévu", "denied": "démenti"},
    "en": {"asserted": "asserted", "reported": "reported", "alleged": "alleged", "planned": "planned",
           "denied": "denied"},
}
ROLE_WORDS: dict[str, dict[str, str]] = {
    "fr": {"supplier": "fournisseur", "recipient": "destinataire", "item": "objet", "source": "source",
           "article": "article", "mentions": "mentionne"},
    "en": {"supplier": "supplier", "recipient": "recipient", "item": "item", "source": "source",
           "article": "article", "mentions": "mentions"},
}

TALLY: dict[str, dict[str, Any]] = {
    "fr": {"asserted": "affirmé par", "reported": "rapporté par", "alleged": "allégué par", "planned": "prévu selon",
           "denied": "démenti par", "articles": lambda n: f"{n} article{'s' if n > 1 else ''}"},
    "en": {"asserted": "asserted by", "reported": "reported by", "alleged": "alleged by", "planned": "planned according to",
           "denied": "denied by", "articles": lambda n: f"{n} article{'s' if n != 1 else ''}"},
}


def node_size(mentions: int) -> float:
    """Diameter of a node, from 10 (one mention) to 60, growing with the logarithm."""
    return round(min(60.0, 10.0 + 7.0 * math.log2(max(1, mentions))), 2)


def node_color(kind: str) -> str:
    """Colour of a node type, as ``#rrggbb``."""
    return NODE_COLORS.get(kind, OTHER_COLOR)


def edge_color(status: str, contested: bool = False) -> str:
    """Colour of an edge by its strongest status, as ``#rrggbb``."""
    return CONTESTED_COLOR if contested else STATUS_COLORS.get(status, OTHER_COLOR)


def edge_label(relation: str, factuality: str, contested: bool, lang: str, items: Sequence[str] = ()) -> str:
    """What an edge says, so that nobody takes an allegation for a fact; two ``items`` at most are named."""
    words = WORDS[lang][relation][factuality]
    if contested:
        words = f"{words} ({CONTESTED_WORD[lang]})"
    if items and relation == "supplies":
        more = [f"+{len(items) - 2}"] if len(items) > 2 else []
        words += COLON[lang] + ", ".join([*items[:2], *more])
    return words


def pick_name(names: Mapping[str, str], lang: str, fallback: str) -> str:
    """The name in ``lang``, else in the other language, else ``fallback``."""
    return names.get(lang) or next((n for n in names.values() if n), "") or fallback
