"""Text -> the durations in it: `ba tiếng rưỡi`, `1h30`, `an hour and a half`, `两个半小时`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from briefing.numerals.numbers import knows_words, numbers_in, primary_language
from briefing.numerals.tokens import Numeral
from briefing.numerals.words import words_of
from briefing.syntax.cldr import unit_of_time_names


class Unit(Struct, frozen=True):
    """A unit of time: so many seconds, or so many months, which have no fixed length."""

    in_months: bool
    size: Decimal


def _seconds(size: int) -> Unit:
    return Unit(in_months=False, size=Decimal(size))


def _months(size: int) -> Unit:
    return Unit(in_months=True, size=Decimal(size))


UNITS: Mapping[str, Unit] = {
    "second": _seconds(1),
    "minute": _seconds(60),
    "hour": _seconds(3600),
    "day": _seconds(86_400),
    "week": _seconds(7 * 86_400),
    "fortnight": _seconds(14 * 86_400),
    "month": _months(1),
    "quarter": _months(3),
    "year": _months(12),
    "decade": _months(120),
    "century": _months(1200),
}
"""Units of time by CLDR's name."""
_NAMES: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "second": "giây",
        "minute": "phút",
        "hour": "giờ|tiếng(?: đồng hồ)?|h",
        "day": "ngày|hôm|đêm",
        "week": "tuần(?: lễ)?",
        "month": "tháng",
        "quarter": "quý",
        "year": "năm",
        "decade": "thập (?:kỷ|kỉ|niên)",
        "century": "thế (?:kỷ|kỉ)",
    },
    "en": {
        "second": "seconds?|secs?",
        "minute": "minutes?|mins?",
        "hour": "hours?|hrs?|h",
        "day": "days?|nights?",
        "week": "weeks?|wks?",
        "fortnight": "fortnights?",
        "month": "months?",
        "quarter": "quarters?",
        "year": "years?|yrs?",
        "decade": "decades?",
        "century": "centur(?:y|ies)",
    },
    "zh": {
        "second": "秒[钟鐘]?",
        "minute": "分[钟鐘]?(?!之)",
        "hour": "小[时時]|[钟鐘][头頭]",
        "day": "[天日]",
        "week": "[周週]|星期|礼拜|禮拜",
        "month": "(?<=[个個半])月",
        "quarter": "季度?",
        "year": "年",
        "century": "世[纪紀]",
    },
}
_BEFORE_UNIT: Mapping[str, str] = {
    "vi": " ?",
    "en": "(?:[ -]|(?: of)? an? )?",
    "zh": "[多余餘来來]?[个個]?多?(?P<half>半)?",
}
_HALF_AFTER: Mapping[str, str] = {
    "vi": " rưỡi(?![^\\W\\d_])",
    "en": " and a half\\b",
    "zh": "[多]?半",
}
_AND: Mapping[str, str] = {"vi": r",? (?:và )?|", "en": r",? (?:and )?|", "zh": "[零又]?"}
_TO = re.compile(r"\s?[-–—~～至到或]\s?| (?:to|or|and|đến|tới|hoặc|và|hay|bis|à|oder) |, |、")
"""Matches what stands between two numbers that have the unit of the second."""
_IMPLICIT = {
    "en": re.compile(
        r"\ban?(?= (?:second|minute|hour|day|week|fortnight|month|year|decade|century)\b)"
        r"|\b(?=(?:hour|day|week|month|year|decade)-long)",
        re.IGNORECASE,
    )
}
"""Matches what stands for one before a unit."""
_IMPLICIT_CLUES = frozenset(
    ["second", "minute", "hour", "day", "week", "fortnight", "month", "year", "decade", "century"]
)
_MINUTES = Decimal(60)


class Duration(Struct, frozen=True, kw_only=True):
    """A duration in a text."""

    start: int
    end: int
    in_months: bool
    sizes: tuple[Decimal, ...]
    """In seconds, or in months: all that it can mean, the likeliest first."""

    def counts(self, unit: Unit) -> tuple[Decimal, ...]:
        """Return how many of a unit it is; () for units of another kind."""
        if unit.in_months is not self.in_months:
            return ()
        return tuple(size / unit.size for size in self.sizes)

    def spans(self, unit: Unit) -> tuple[tuple[Decimal, Decimal], ...]:
        """Return the least and the most that it can be of a unit of the other kind.

        Months against days: a month has 28 to 31, a year 365 or 366. () for units of its kind.
        """
        if unit.in_months is self.in_months:
            return ()
        day = UNITS["day"].size
        if self.in_months:
            spans = (_days_of_months(size) for size in self.sizes)
            return tuple((low * day / unit.size, high * day / unit.size) for low, high in spans)
        return tuple(_months_of_days(size / day, unit) for size in self.sizes)


def _days_of_months(months: Decimal) -> tuple[Decimal, Decimal]:
    """Return the fewest and the most days that months can have."""
    years = int(months) // 12
    rest = months - years * 12
    return years * 365 + rest * 28, years * 366 + rest * 31


def _months_of_days(days: Decimal, unit: Unit) -> tuple[Decimal, Decimal]:
    """Return the fewest and the most months that days can be, in a unit of months."""
    at_least, at_most = int(days) // 366, int(days) // 365
    low = at_least * 12 + min((days - at_least * 366) / 31, Decimal(12))
    high = at_most * 12 + min((days - at_most * 365) / 28, Decimal(12))
    return low / unit.size, high / unit.size


def durations_in(text: str, language: str) -> tuple[Duration, ...]:
    """Return the durations in a text, in the words of its `language` (BCP 47).

    Of a language whose words are not known, CLDR has the names of the units.
    """
    return tuple(_added_up(text, language, tuple(_single(text, language))))


def _single(text: str, language: str) -> Iterator[Duration]:
    """Yield each number with a unit after it; `2 to 3 hours` are two of them."""
    numerals = sorted(
        [*numbers_in(text, language), *_implicit(text, language)], key=lambda n: n.start
    )
    waiting: list[Numeral] = []
    end = 0
    for numeral in numerals:
        if numeral.start < end:
            continue
        if waiting and not _TO.fullmatch(text, waiting[-1].end, numeral.start):
            waiting.clear()
        if found := _with_unit(text, language, numeral):
            duration, unit = found
            for before in waiting:
                sizes = tuple(reading * unit.size for reading in before.readings)
                yield replace(duration, start=before.start, end=before.end, sizes=sizes)
            waiting.clear()
            yield duration
            end = duration.end
        else:
            waiting.append(numeral)


def _implicit(text: str, language: str) -> Iterator[Numeral]:
    pattern = _IMPLICIT.get(primary_language(language))
    if pattern and not _IMPLICIT_CLUES.isdisjoint(words_of(text)):
        for match in pattern.finditer(text):
            one = (Decimal(1),)
            yield Numeral(start=match.start(), end=match.end(), readings=one, sure=False)


def _with_unit(text: str, language: str, numeral: Numeral) -> tuple[Duration, Unit] | None:
    """Return the duration that a number and the unit after it make; None without a unit."""
    units = _unit_pattern(language if not knows_words(language) else primary_language(language))
    match = units.match(text, numeral.end)
    if not match:
        return None
    name = next(name for name in UNITS if match.groupdict().get(name))
    unit, end = UNITS[name], match.end()
    half = Decimal("0.5") if match.groupdict().get("half") or match["more"] else 0
    sizes = [(reading + half) * unit.size for reading in numeral.readings]
    found = Duration(start=numeral.start, end=end, in_months=unit.in_months, sizes=tuple(sizes))
    return found, unit


@cache
def _unit_pattern(language: str) -> re.Pattern[str]:
    """Return what matches a unit after a number, in a group of its name."""
    names = _NAMES.get(language) or {
        unit: "|".join(map(re.escape, sorted(unit_of_time_names(language, unit), reverse=True)))
        for unit in UNITS
    }
    units = "|".join(f"(?P<{unit}>{words})" for unit, words in names.items() if words) or "(?!)"
    after = "" if language in ("zh", "ja") else r"(?![^\W\d_])"
    before, half = _BEFORE_UNIT.get(language, "[ -]?"), _HALF_AFTER.get(language, "(?!)")
    return re.compile(rf"{before}(?:{units}){after}(?P<more>{half})?", re.IGNORECASE)


def _added_up(text: str, language: str, found: tuple[Duration, ...]) -> Iterator[Duration]:
    """Yield durations, those that follow each other as their sum too: `1 giờ 30 phút`."""
    if not found:
        return
    between = re.compile(_AND.get(primary_language(language), ",? ?"))
    numerals = {numeral.start: numeral for numeral in numbers_in(text, language)}
    at = 0
    while at < len(found):
        whole = last = found[at]
        at += 1
        while at < len(found) and _continues(text, between, last, found[at]):
            last = found[at]
            sums = tuple(a + b for a, b in product(whole.sizes, last.sizes))
            whole = replace(whole, end=last.end, sizes=sums)
            at += 1
        minutes = numerals.get(whole.end) or numerals.get(whole.end + 1)
        hours = whole.sizes[0] % UNITS["hour"].size == 0 and not whole.in_months
        if minutes and hours and minutes.value < _MINUTES and text[whole.end - 1].lower() in "hờ":
            sums = tuple(size + minutes.value * 60 for size in whole.sizes)
            whole = replace(whole, end=minutes.end, sizes=(*sums, *whole.sizes))
        yield whole


def _continues(text: str, between: re.Pattern[str], before: Duration, after: Duration) -> bool:
    """Whether two durations are one: the second has a smaller unit, and stands right after it."""
    if before.in_months is not after.in_months or not before.sizes[0] > after.sizes[0]:
        return False
    return bool(between.fullmatch(text, before.end, after.start)) and before.end < after.start + 1
