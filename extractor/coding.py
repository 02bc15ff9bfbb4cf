"""What kind of event a claim tells: act, stage of the deal, PLOVER and CAMEO codes, SIPRI's scope.

The tables are `extractor/lexicon/events.yaml`; this module only looks things up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from extractor.aliases import fold
from extractor.claims import Claim
from extractor.model import Filler

STAGES = ("announced", "agreed", "ordered", "shipped", "delivered")
_WORD = re.compile(r"[\w-]+")
_CALIBRE = re.compile(r"(\d{2,3}) ?(?:mm|millim)")


@dataclass(frozen=True, slots=True)
class EventCode:
    """A row of the code table: PLOVER event and mode, CAMEO code, and what the CAMEO code means."""

    id: str
    plover: str
    mode: str
    cameo: str
    means: str


@lru_cache(maxsize=1)
def tables() -> dict[str, Any]:
    """The tables of events.yaml."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = files("extractor").joinpath("lexicon", "events.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=loader)
    return loaded


def act_of(claim: Claim) -> str:
    """The kind of act that the claim's trigger names: ``delivery`` where it names no other."""
    return str(_act(claim.transfer.trigger.text, claim.article.lang or "fr")["id"])


def stage_of(claim: Claim) -> str | None:
    """How far the deal has come, one of `STAGES`; None for what is denied or no deal."""
    act = _act(claim.transfer.trigger.text, claim.article.lang or "fr")
    if claim.status == "denied" or act["id"] in ("embargo", "seizure"):
        return None
    return str(act.get("planned", "announced")) if claim.status == "planned" else str(act["stage"])


def code_of(claim: Claim) -> EventCode:
    """The PLOVER and CAMEO codes of a claim."""
    lang, transfer = claim.article.lang or "fr", claim.transfer
    cues = " ".join(cue.text for cue in transfer.evidence.cues) + f" {transfer.trigger.text}"
    return _code(act_of(claim), claim.status, item_kind(transfer.item, lang), fold(cues))


def item_kind(item: Filler | None, lang: str = "fr") -> str:
    """``military``, ``personnel``, ``food``, ``money`` or ``other``."""
    if item is None or item.type == "WEAPON":
        return "military"
    words = _WORD.findall(fold(item.text))
    for kind, stems in tables()["items"].items():
        if _begins(words, stems[lang]):
            return str(kind)
    return "other"


def in_scope(category: str | None, text: str) -> bool | None:
    """Whether SIPRI's data on major arms would hold a weapon of ``category``; None where it can't be told."""
    scope = tables()["scope"]
    calibre = _CALIBRE.search(text)
    if category in scope["calibre"]:
        return int(calibre[1]) >= 100 if calibre else True
    if category in scope["yes"]:
        return True
    return False if category in scope["no"] else None


def is_used(item: Filler | None, lang: str) -> bool:
    """True where the item's own words say that it has been in use before."""
    return item is not None and _begins(_WORD.findall(fold(item.text)), tables()["used"][lang])


@lru_cache(maxsize=4096)
def _act(trigger: str, lang: str) -> dict[str, Any]:
    words = _WORD.findall(fold(trigger)) or [""]
    return next(act for act in tables()["acts"] if _begins(words, act[lang]))


@lru_cache(maxsize=4096)
def _code(act: str, status: str, kind: str, cues: str) -> EventCode:
    words = _WORD.findall(cues)
    for row in tables()["codes"]:
        if (act in row.get("act", (act,)) and status in row.get("status", (status,))
                and kind in row.get("items", (kind,)) and ("cues" not in row or _begins(words, row["cues"]))):
            return EventCode(row["id"], row["plover"], row["mode"], row["cameo"], row["means"])
    raise LookupError(f"no code for {act}, {status}, {kind}")


def _begins(words: Iterable[str], stems: Iterable[str]) -> bool:
    stems = tuple(stems)
    return any(word.startswith(stems) for word in words)
