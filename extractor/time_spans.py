"""Stretches of whole days: their parts, and the week, month or year around a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

STEP: dict[str, relativedelta] = {
    "day": relativedelta(days=1), "week": relativedelta(weeks=1), "fortnight": relativedelta(weeks=2), "month": relativedelta(months=1),
    "season": relativedelta(months=3), "quarter": relativedelta(months=3), "half": relativedelta(months=6),
    "year": relativedelta(years=1), "decade": relativedelta(years=10),
}


@dataclass(frozen=True, slots=True)
class Interval:
    """Whole days, both ends included; an open end is None. ``precision`` and ``anchor`` as in `model.When`."""

    earliest: date | None = None
    latest: date | None = None
    precision: str = "period"
    anchor: str = "none"


def part_of(first: date, last: date, part: str, precision: str, anchor: str) -> Interval:
    """The beginning, the middle or the end of a stretch: a third of it, and never finer than that."""
    if part == "whole":
        return Interval(first, last, precision, anchor)
    days = (last - first).days + 1
    third = days // 3
    finer = "period"
    if precision == "year":
        third, finer = (date(first.year, 4, 1) - first).days if part == "first" else 92 if part == "last" else days // 3, "quarter"
    if part == "first":
        return Interval(first, first + timedelta(days=third - 1), finer, anchor)
    if part == "last":
        return Interval(last - timedelta(days=third - 1), last, finer, anchor)
    return Interval(first + timedelta(days=third), last - timedelta(days=third), "period", anchor)


def around(here: date | None, unit: str) -> tuple[date, date] | None:
    """The unit of time in which the dateline lies."""
    if here is None:
        return None
    if unit == "week":
        first = here - timedelta(days=here.weekday())
    elif unit == "month":
        first = here.replace(day=1)
    elif unit in ("quarter", "season"):
        first = date(here.year, (here.month - 1) // 3 * 3 + 1, 1)
    elif unit == "half":
        first = date(here.year, 1 if here.month < 7 else 7, 1)
    elif unit == "year":
        first = date(here.year, 1, 1)
    elif unit == "decade":
        first = date(here.year // 10 * 10, 1, 1)
    else:
        first = here
    return first, first + STEP[unit] - timedelta(days=1)


def ordered(first: date | None, last: date | None, precision: str, anchor: str) -> Interval:
    if first is None or last is None:
        return Interval(first, last, precision, anchor)
    return Interval(min(first, last), max(first, last), precision, anchor)
