"""The records that pass between the stages.

Every offset is a count of Unicode code points into ``Article.text``, from 0, ``end`` exclusive.
Records are frozen: a stage returns new ones and never changes those it was given.
This module imports nothing but the standard library.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Lang = Literal["fr", "en"]
EntityType = Literal["PERSON", "STATE", "ORG", "WEAPON", "GOODS", "PLACE"]
Status = Literal["denied", "planned", "alleged", "reported", "asserted"]
Role = Literal["supplier", "recipient", "item"]

ENTITY_TYPES: tuple[EntityType, ...] = ("PERSON", "STATE", "ORG", "WEAPON", "GOODS", "PLACE")
STATUSES: tuple[Status, ...] = ("denied", "planned", "alleged", "reported", "asserted")
ROLES: tuple[Role, ...] = ("supplier", "recipient", "item")


@dataclass(frozen=True, slots=True)
class Article:
    """A text as it was read. ``lang`` is None until it has been detected."""

    id: str
    text: str
    lang: Lang | None = None
    date: date | None = None
    title: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Extent:
    """A stretch of the article's text: ``text == article.text[start:end]``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names an entity.

    ``rule`` says what found it (``gazetteer:state.demonym``, ``grammar:weapon``, ``model:PER``…).
    ``entity`` is the canonical id (``state:PRK``, ``person:Kim Jong Un``, ``org:NATO``,
    ``place:Beja``, ``weapon:artillery shell``), None until resolved.
    ``form`` tells how it names the thing: name, demonym, capital, seat, acronym, description.
    ``category`` is a weapon's category (`extractor.lexicon`), None for other types.
    ``link`` says which alias or rule tied the mention to the entity, for ``explain``.
    """

    start: int
    end: int
    text: str
    type: EntityType
    rule: str
    entity: str | None = None
    form: str = "name"
    category: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing in the world. ``names`` maps a language to its display name (both present)."""

    id: str
    type: EntityType
    names: dict[str, str]
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role of a transfer. ``via`` is the pronoun or description it was reached by."""

    start: int
    end: int
    text: str
    type: EntityType
    id: str | None
    via: Extent | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """``text`` as written; bounds are None where the words leave them open.

    ``comparator``: ``=``, ``~`` (about), ``>=`` (at least), ``>``, ``<=``, ``<``.
    ``unit`` is what is counted ("conteneurs", "tonnes") or the ISO 4217 code where ``money``.
    """

    text: str
    start: int
    end: int
    value: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    comparator: str = "="
    unit: str | None = None
    money: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """``text`` as written, and the interval of whole days that it covers, both ends included.

    An open end is None. ``precision``: day, week, fortnight, month, season, quarter, half, year, decade, period.
    ``anchor``: ``text`` (the words suffice), ``dateline`` (reckoned from the article's date),
    ``none`` (not reckoned; both ends are None).
    """

    text: str
    start: int
    end: int
    earliest: date | None = None
    latest: date | None = None
    precision: str = "period"
    anchor: str = "none"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it. ``entity`` is the id of the source where it is a known actor."""

    text: str
    start: int
    end: int
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the fact stands: the article, the sentence, and the cues that set the status."""

    article: str
    sentence: Extent
    cues: tuple[Extent, ...] = ()


@dataclass(frozen=True, slots=True)
class Transfer:
    """One supplier × recipient × item, actual or not, as one sentence tells it.

    ``rule`` is the id of the frame that matched; ``repairs`` names what was not read straight off
    the parse (``order``, ``backfill``, ``pronoun``…); ``confidence`` lies in 0..1.
    """

    supplier: Filler | None
    recipient: Filler | None
    item: Filler | None
    trigger: Extent
    status: Status
    evidence: Evidence
    rule: str
    quantity: Quantity | None = None
    when: When | None = None
    attribution: Attribution | None = None
    confidence: float = 1.0
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """All that was found in one article, in the order of the text."""

    article: Article
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    transfers: tuple[Transfer, ...] = field(default=())
