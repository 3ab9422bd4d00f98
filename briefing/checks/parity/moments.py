"""The dates, days of the week and hours of a text, as marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from briefing.checks.parity.limits import limit_of_day
from briefing.checks.parity.marks import (
    Clock,
    Count,
    Kind,
    Mark,
    Measured,
    Named,
    Value,
    Weight,
)
from briefing.numerals.clock_times import clock_times_in
from briefing.numerals.dates import DateMention, PartialDate, dates_in
from briefing.numerals.durations import UNITS
from briefing.numerals.numbers import primary_language
from briefing.numerals.relative_days import relative_days_in

_FRACTION = re.compile(r"(\d+)/(\d+)")
_RANGE = re.compile(r"\d{1,2}-\d{1,2}")
_ALWAYS = "24/7"
_AMBIGUOUS = ("May", "March", "Mar")
"""Months that are other words at the start of a sentence."""
_WEEKDAY_VI = re.compile(
    r"(?:hôm|ngày|vào|sáng|chiều|tối|trưa|đêm|từ|đến|tới|trước|sau) $", re.IGNORECASE
)
_AFTER_WEEKDAY_VI = re.compile(r" (?:tuần|này|tới|vừa|ngày|qua|sau|trước)|,? ?\(|, ngày")
_UNKNOWN_DAY = 99


def date_marks(text: str, language: str) -> Iterator[Mark]:
    """Yield the dates of a text; a year alone is left to the numbers."""
    for mention in dates_in(text, language):
        is_weekday = text[max(0, mention.start - 4) : mention.start].lower() == "thứ "
        if not is_weekday and (values := _values(mention, text, language)):
            start, end = mention.start, mention.end
            limit = limit_of_day(text, start, end, language)
            weight = _weight(mention, text)
            yield Mark(
                start=start, end=end, kind=Kind.DATE, values=values, weight=weight, limit=limit
            )


def _values(mention: DateMention, text: str, language: str) -> tuple[Value, ...]:
    """Return what a date can mean; () for a year alone."""
    days = [day for day in mention.readings if day.month or day.day]
    values: list[Value] = [*days]
    if not days:
        return ()
    if match := _FRACTION.fullmatch(text, mention.start, mention.end):
        values.append(Count(Decimal(match[1]) / Decimal(match[2])))
    for day in days:
        if day == PartialDate(day=day.day) and day.day:
            number = Decimal(day.day)
            values.append(Count(number))
            if primary_language(language) not in ("vi", "en"):
                values.append(Measured(number, "seconds", number * UNITS["day"].size))
    return tuple(values)


def _weight(mention: DateMention, text: str) -> Weight:
    written = text[mention.start : mention.end]
    if _RANGE.fullmatch(written) and not mention.sure:
        return Weight.NEVER  # its numbers are told
    is_alone = mention.readings[0].day is None and mention.readings[0].year is None
    if written == _ALWAYS or (is_alone and written in _AMBIGUOUS and _starts(text, mention.start)):
        return Weight.NEVER
    return Weight.ALONE


def _starts(text: str, at: int) -> bool:
    return not text[:at].strip() or text[:at].rstrip()[-1] in ".!?:;“"


def day_marks(text: str, language: str) -> Iterator[Mark]:
    """Yield the days of the week, and the words for days that depend on the day of the text."""
    for each in relative_days_in(text, language):
        start, end = each.start, each.end
        if each.weekday is not None:
            if mark := _weekday(text, start, end, each.weekday, language):
                yield mark
        else:
            is_known = each.offset is not None
            number = each.offset if each.offset is not None else _UNKNOWN_DAY
            weight = Weight.IN_PAIR if is_known else Weight.NEVER
            values = (Named(Kind.DAY, number),)
            yield Mark(start=start, end=end, kind=Kind.DAY, values=values, weight=weight)


def _weekday(text: str, start: int, end: int, weekday: int, language: str) -> Mark | None:
    """Return a day of the week; in Vietnamese `thứ ba` may be the third as well."""
    values: tuple[Value, ...] = (Named(Kind.WEEKDAY, weekday),)
    if primary_language(language) == "vi" and text[start].lower() == "t":
        is_named = text[start:end].rsplit(maxsplit=1)[-1][0].isupper()
        before = _WEEKDAY_VI.search(text[max(0, start - 7) : start])
        if not (is_named or before or _AFTER_WEEKDAY_VI.match(text, end)):
            return None
        if not is_named:
            values += (Count(Decimal(weekday + 2)),)
    return Mark(start=start, end=end, kind=Kind.WEEKDAY, values=values, weight=Weight.IN_PAIR)


def time_marks(text: str, language: str) -> Iterator[Mark]:
    """Yield the hours of a text."""
    for each in clock_times_in(text, language):
        values = tuple(Clock(*shown) for shown in dict.fromkeys(each.times))
        is_word = not any(character.isdigit() for character in text[each.start : each.end])
        weight = Weight.IN_PAIR if is_word else Weight.ALONE
        limit = limit_of_day(text, each.start, each.end, language)
        yield Mark(
            start=each.start,
            end=each.end,
            kind=Kind.TIME,
            values=values,
            weight=weight,
            limit=limit,
        )
