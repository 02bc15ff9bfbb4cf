"""What days an expression of time covers, no more precisely than the words and the dateline allow."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from extractor.forms import plain
from extractor.time_spans import STEP, Interval, around, ordered, part_of
from extractor.time_words import Sense, TimeExpression, TimeGrammar, Unit


def reckon(grammar: TimeGrammar, found: TimeExpression, dateline: date | None, future: bool) -> Interval:
    """The days that ``found`` covers. ``future`` says on which side of the dateline an open "in May" lies.

    Where the words need a dateline and there is none, both ends are None and the anchor is ``none``.
    """
    ahead = future or found.sense in ("by", "before", "until", "from")
    if "last" in found.groups or ("rel_last" in found.groups and found.groups["rel_last"] == "last"):
        ahead = False
    elif "next" in found.groups:
        ahead = True
    try:
        core = _CORES[found.kind](_Reckoner(grammar, dateline, ahead), found.groups)
        ended = "out" in found.groups or _Reckoner(grammar, None, False).part(found.groups) == "last"
        return _turn(core, "by" if found.sense == "before" and ended else found.sense)
    except (OverflowError, ValueError):
        return Interval()


def _turn(core: Interval, sense: Sense) -> Interval:
    """Open or move the ends as the preposition says."""
    first, last = core.earliest, core.latest
    if sense in ("since", "from"):
        first, last = first, None
    elif sense in ("until", "by"):
        first, last = None, last
    elif sense == "before":
        first, last = None, first - timedelta(days=1) if first else None
    elif sense == "after":
        first, last = last + timedelta(days=1) if last else None, None
    if first is None and last is None:
        return Interval(precision=core.precision)
    return Interval(first, last, core.precision, core.anchor)


class _Reckoner:
    """The arithmetic of one expression."""

    def __init__(self, grammar: TimeGrammar, dateline: date | None, ahead: bool) -> None:
        self.grammar, self.words, self.dateline, self.ahead = grammar, grammar.words, dateline, ahead

    # -- pieces ------------------------------------------------------------------------------------------------

    def number(self, text: str | None) -> float | None:
        if text is None:
            return None
        key = plain(text)
        if key in self.words.vague_numbers:
            return self.words.vague_numbers[key]
        return self.grammar.numbers.number(key)

    def unit(self, groups: dict[str, str], key: str = "unit") -> Unit:
        return self.words.units[plain(groups[key])]

    def part(self, groups: dict[str, str], key: str = "part") -> str:
        text = plain(groups.get(key, groups.get("part_word", "")))
        return self.words.parts.get(text) or self.words.part_words.get(text) or "whole"

    def year(self, groups: dict[str, str], key: str = "year") -> int | None:
        return int(groups[key]) if key in groups else None

    def month_of(self, month: int, groups: dict[str, str], last_month: int | None = None) -> tuple[date, date, str] | None:
        """First and last day of a month, or of a run of months, and how the year was known."""
        year, anchor = self.year(groups), "text"
        if year is None:
            anchor = "dateline"
            if self.dateline is None:
                return None
            relative = plain(groups.get("rel_last", ""))
            if "rel_this" in groups:
                year = self.dateline.year
            elif "rel_year" in groups or relative:
                shift = 1 if "next" in groups or relative == "next" else 0 if relative == "this" else -1
                year = self.dateline.year + shift
            else:
                year = self._nearest(month, last_month or month, "last" in groups)
        first = date(year, month, 1)
        end_year = year + 1 if last_month is not None and last_month < month else year
        end_month = last_month or month
        return first, date(end_year, end_month, monthrange(end_year, end_month)[1]), anchor

    def _nearest(self, month: int, last_month: int, strictly_past: bool) -> int:
        """The year that puts a month without one on the right side of the dateline."""
        assert self.dateline is not None
        here, year = self.dateline, self.dateline.year
        if last_month < month:  # a winter, named after the year that it begins in
            running = here.month <= last_month
            if self.ahead:
                return year
            return year if here.month >= month else year - 2 if running and strictly_past else year - 1
        if self.ahead:
            return year + 1 if last_month < here.month else year
        return year - 1 if month > here.month or (strictly_past and month == here.month) else year

    # -- one method a kind ---------------------------------------------------------------------------------------

    def none(self, groups: dict[str, str]) -> Interval:
        return Interval()

    def day(self, groups: dict[str, str]) -> Interval:
        month = self.month_of(self.words.months[plain(groups["month"])], groups)
        if month is None:
            return Interval(precision="day")
        day = month[0].replace(day=int(groups["num"]))
        return Interval(day, day, "day", month[2])

    def days(self, groups: dict[str, str]) -> Interval:
        if "month2" not in groups:
            if "month" not in groups:
                return Interval(precision="day")
            groups = {**groups, "month2": groups["month"]}
        if "year2" not in groups and "year" in groups:
            groups = {**groups, "year2": groups["year"]}
        back = {k[:-1]: v for k, v in groups.items() if k.endswith("2")}
        last = self.day(back)
        front = {"month": groups.get("month", groups["month2"]), "num": groups["num"]}
        if last.latest is None:
            return Interval(precision="day")
        first = self.day({**front, "year": groups.get("year", str(last.latest.year))})
        return ordered(first.earliest, last.latest, "day", last.anchor)

    def months(self, groups: dict[str, str]) -> Interval:
        back = {k[:-1]: v for k, v in groups.items() if k.endswith("2")}
        last = self.month(back)
        if last.latest is None:
            return Interval(precision="month")
        month = self.words.months[plain(groups["month"])]
        guess = last.latest.year - (1 if month > last.latest.month else 0)
        first = self.month({"year": str(guess), **{k: v for k, v in groups.items() if k in ("month", "year", "part")}})
        return ordered(first.earliest, last.latest, "month", last.anchor)

    def years(self, groups: dict[str, str]) -> Interval:
        first, end = groups["year"], groups["year2"]
        last = int(first[:2] + end if len(end) == 2 else end)
        begin = part_of(date(int(first), 1, 1), date(int(first), 12, 31), self.part(groups), "year", "text")
        close = part_of(date(last, 1, 1), date(last, 12, 31), self.part({"part": groups.get("part2", "")}), "year", "text")
        return ordered(begin.earliest, close.latest, "year", "text")

    def numeric(self, groups: dict[str, str]) -> Interval:
        day = date(int(groups["iso_year"]), int(groups["iso_month"]), int(groups["iso_day"]))
        return Interval(day, day, "day", "text")

    def month(self, groups: dict[str, str]) -> Interval:
        found = self.month_of(self.words.months[plain(groups["month"])], groups)
        return part_of(found[0], found[1], self.part(groups), "month", found[2]) if found else Interval(precision="month")

    def season(self, groups: dict[str, str]) -> Interval:
        first, last = self.words.seasons[plain(groups["season"])]
        found = self.month_of(first, groups, last)
        return Interval(found[0], found[1], "season", found[2]) if found else Interval(precision="season")

    def quarter(self, groups: dict[str, str]) -> Interval:
        number = self.words.ordinals[plain(groups["ordinal"])]
        size = 3 if plain(groups.get("division", "quarter")) in ("trimestre", "quarter") else 6
        precision = "quarter" if size == 3 else "half"
        number = min(number, 12 // size)
        found = self.month_of((number - 1) * size + 1, groups, number * size)
        return Interval(found[0], found[1], precision, found[2]) if found else Interval(precision=precision)

    def year_(self, groups: dict[str, str]) -> Interval:
        year = int(groups["year"])
        return part_of(date(year, 1, 1), date(year, 12, 31), self.part(groups), "year", "text")

    def decade(self, groups: dict[str, str]) -> Interval:
        year = self.year(groups) or _TENS.get(groups.get("tens", "")) or 1900 + int(self.number(groups.get("number")) or 0)
        if not 1800 <= year <= 2100:
            return Interval(precision="decade")
        first = date(year // 10 * 10, 1, 1)
        return part_of(first, date(first.year + 9, 12, 31), self.part(groups), "decade", "text")

    def weekday(self, groups: dict[str, str]) -> Interval:
        if self.dateline is None:
            return Interval(precision="day")
        ahead = (self.words.weekdays[plain(groups["weekday"])] - self.dateline.weekday()) % 7
        if not self.ahead:
            ahead = ahead - 7 if ahead or "last" in groups else 0
        elif not ahead:
            ahead = 7
        day = self.dateline + timedelta(days=ahead)
        return Interval(day, day, "day", "dateline")

    def night(self, groups: dict[str, str]) -> Interval:
        last = self.weekday({"weekday": groups["weekday2"]})
        return Interval(last.latest - timedelta(days=1), last.latest, "day", last.anchor) if last.latest else last

    def relative(self, groups: dict[str, str]) -> Interval:
        """"last week", "the end of the year", "this month"."""
        unit = self.unit(groups, "unit2" if "unit2" in groups else "unit")
        span = around(self.dateline, unit)
        if span is None:
            return Interval(precision=unit)
        steps = 1 if "next" in groups else -1 if "last" in groups else 0
        first = span[0] + STEP[unit] * steps
        last = first + STEP[unit] - timedelta(days=1)
        if "unit2" in groups:
            return self._opening(first, last, groups)
        return part_of(first, last, self.part(groups), unit, "dateline")

    def _opening(self, first: date, last: date, groups: dict[str, str]) -> Interval:
        count = self.number(groups.get("number") or groups.get("num"))
        end = first + STEP[self.unit(groups)] * int(count) - timedelta(days=1) if count and count <= 366 else None
        return Interval(first, min(end, last) if end else last, "period", "dateline")

    def ago(self, groups: dict[str, str]) -> Interval:
        """A point in the past, blurred by half the unit that it is counted in."""
        unit, count = self.unit(groups), self.number(groups.get("count"))
        if self.dateline is None:
            return Interval(precision=unit)
        if count is None or count > 5000:
            return Interval(None, self.dateline - STEP[unit], "period", "dateline")
        middle = self.dateline - STEP[unit] * int(count)
        blur = {"day": 0, "week": 3, "fortnight": 5, "month": 15, "quarter": 45, "half": 91, "year": 182, "decade": 1826}[unit]
        latest = min(middle + timedelta(days=blur), self.dateline)
        return Interval(middle - timedelta(days=blur), latest, unit, "dateline")

    def since(self, groups: dict[str, str]) -> Interval:
        found = self.ago(groups)
        return Interval(found.earliest, None, found.precision, found.anchor) if found.earliest else Interval(precision=found.precision)

    def ahead_(self, groups: dict[str, str]) -> Interval:
        """"within three weeks": from the dateline until then, not a day."""
        unit, count = self.unit(groups), self.number(groups.get("count"))
        if self.dateline is None or (not self.ahead and count is None):
            return Interval(precision=unit)
        end = self.dateline + STEP[unit] * int(count) if count and count <= 5000 else None
        return Interval(self.dateline, end, "period", "dateline")

    def recent(self, groups: dict[str, str]) -> Interval:
        """"the past three years", "the coming months"."""
        unit, count = self.unit(groups), self.number(groups.get("number") or groups.get("num"))
        if self.dateline is None:
            return Interval(precision="period")
        known = count is not None and count <= 5000
        reach = STEP[unit] * int(count or 0)
        if "next" in groups:
            return Interval(self.dateline, self.dateline + reach if known else None, "period", "dateline")
        return Interval(self.dateline - reach if known else None, self.dateline, "period", "dateline")

    def adverb(self, groups: dict[str, str]) -> Interval:
        word = self.grammar.adverbs[plain(groups["adverb"])]
        if self.dateline is None:
            return Interval(precision="day" if word.shift is not None else "period")
        if word.shift is not None:
            day = self.dateline + timedelta(days=word.shift)
            return Interval(day, day, "day", "dateline")
        if word.span == "past":
            return Interval(None, self.dateline, "period", "dateline")
        return Interval(self.dateline, None, "period", "dateline") if word.span == "future" else Interval()


# "The twenties" are those of either century: not reckoned.
_TENS = {"thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970, "eighties": 1980, "nineties": 1990}
_CORES: dict[str, Callable[[_Reckoner, dict[str, str]], Interval]] = {
    "days": _Reckoner.days, "months": _Reckoner.months, "years": _Reckoner.years, "night": _Reckoner.night,
    "date": _Reckoner.day, "month": _Reckoner.month, "decade": _Reckoner.decade, "year": _Reckoner.year_,
    "relative": _Reckoner.relative, "season": _Reckoner.season, "quarter": _Reckoner.quarter, "ago": _Reckoner.ago,
    "later": _Reckoner.none, "rate": _Reckoner.none, "units_of": _Reckoner.none, "since": _Reckoner.since, "duration": _Reckoner.none, "ahead": _Reckoner.ahead_,
    "ahead_by": _Reckoner.ahead_, "recent": _Reckoner.recent, "none": _Reckoner.none, "weekday": _Reckoner.weekday,
    "adverb": _Reckoner.adverb, "numeric": _Reckoner.numeric,
}
