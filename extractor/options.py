"""The options that several commands share, as typer reads them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from extractor.errors import ExtractorError

if TYPE_CHECKING:
    from extractor.filters import Filters


class LangChoice(StrEnum):
    """Values of ``--lang``."""

    auto = "auto"
    fr = "fr"
    en = "en"


class LabelChoice(StrEnum):
    """Values of ``--labels``."""

    fr = "fr"
    en = "en"


class ViewChoice(StrEnum):
    """Values of ``--view``."""

    entities = "entities"
    claims = "claims"
    actors = "actors"


DAY = ["%Y-%m-%d"]

Inputs = Annotated[
    list[str],
    typer.Argument(metavar="INPUT...", help="Text files, folders, JSON Lines of articles, or - for standard input."),
]
Outputs = Annotated[
    Optional[list[Path]],
    typer.Option("--output", "-o", metavar="FILE", help="Write this file; its suffix names the format. May be repeated."),
]
Lang = Annotated[LangChoice, typer.Option("--lang", help="Language of the articles; auto tells them apart.")]
Dateline = Annotated[
    Optional[datetime],
    typer.Option("--date", formats=DAY, metavar="YYYY-MM-DD", help="Date of the articles that carry none."),
]
Lexicon = Annotated[
    Optional[Path],
    typer.Option("--lexicon", metavar="FILE", help="Your own lexicon.yaml, laid over the built-in names."),
]
ModelFr = Annotated[str, typer.Option("--model-fr", metavar="NAME", help="Another spaCy model for French.")]
ModelEn = Annotated[str, typer.Option("--model-en", metavar="NAME", help="Another spaCy model for English.")]
View = Annotated[
    ViewChoice,
    typer.Option("--view", help="Which graph: entities with one edge a relation, each claim a node, or actors alone."),
]
Labels = Annotated[LabelChoice, typer.Option("--labels", help="Language of the names in tables and graphs.")]
Status = Annotated[
    Optional[list[str]],
    typer.Option("--status", metavar="STATUS", help="Only transfers of this status. May be repeated."),
]
Types = Annotated[
    Optional[list[str]],
    typer.Option("--type", metavar="TYPE", help="Only entities of this type (STATE, WEAPON…). May be repeated."),
]
Since = Annotated[
    Optional[datetime],
    typer.Option("--since", formats=DAY, metavar="YYYY-MM-DD", help="Only transfers of this day or later."),
]
Until = Annotated[
    Optional[datetime],
    typer.Option("--until", formats=DAY, metavar="YYYY-MM-DD", help="Only transfers of this day or earlier."),
]
Weight = Annotated[int, typer.Option("--min-weight", min=1, help="Only edges that so many claims stand behind.")]
Confidence = Annotated[
    float, typer.Option("--min-confidence", min=0, max=1, help="Only transfers that the ranking holds for at least so likely.")
]
Workers = Annotated[int, typer.Option("--workers", min=1, max=64, help="Processes to share the work.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]


def day(moment: datetime | None) -> date | None:
    """The date of an option; typer knows moments only."""
    return moment.date() if moment else None


def models(model_fr: str, model_en: str) -> tuple[tuple[str, str], ...]:
    """The models that were named, with their languages."""
    return tuple((lang, name) for lang, name in (("fr", model_fr), ("en", model_en)) if name)


def filters(
    status: list[str] | None, types: list[str] | None, since: datetime | None, until: datetime | None, min_weight: int, min_confidence: float
) -> Filters:
    """The filters asked for. Raises `typer.BadParameter` for an unknown value."""
    from extractor.filters import Filters

    try:
        return Filters(tuple(status or ()), day(since), day(until), min_weight, tuple(types or ()), min_confidence)
    except ExtractorError as error:
        raise typer.BadParameter(str(error)) from None
