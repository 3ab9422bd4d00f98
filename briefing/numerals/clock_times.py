"""Text -> the hours of the day in it: `21 giờ`, `9 p.m.`, `half past nine`, `晚上9点`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from enum import Enum

from msgspec import Struct

from briefing.numerals.numbers import numbers_in, primary_language
from briefing.numerals.tokens import Numeral
from briefing.numerals.words import words_of


class PartOfDay(Enum):
    """What tells 9 in the morning from 9 in the evening."""

    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    NIGHT = "night"


class ClockTime(Struct, frozen=True, kw_only=True):
    """An hour of the day in a text."""

    start: int
    end: int
    times: tuple[tuple[int, int], ...]
    """Hour (0 to 23) and minute: all that it can be."""


_PARTS: Mapping[str, Mapping[str, PartOfDay]] = {
    "vi": {
        "sáng": PartOfDay.MORNING, "trưa": PartOfDay.NOON, "chiều": PartOfDay.AFTERNOON,
        "tối": PartOfDay.AFTERNOON, "đêm": PartOfDay.NIGHT, "khuya": PartOfDay.NIGHT,
    },
    "zh": {
        **dict.fromkeys(("上午", "早上", "凌晨", "清晨", "早晨", "早"), PartOfDay.MORNING),
        **dict.fromkeys(("下午", "晚上", "傍晚", "晚间", "晚間", "晚"), PartOfDay.AFTERNOON),
        **dict.fromkeys(("深夜", "半夜", "夜间", "夜裡", "夜里"), PartOfDay.NIGHT),
        "中午": PartOfDay.NOON,
    },
}  # fmt: skip
_DIGITS = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})(?:[:：](?P<minute>\d{2})(?::\d{2})?|[hH](?P<after>\d{2})?(?![^\W\d_]))(?![\d:])"
    r"(?P<half>\s?(?:(?P<am>a\.?m)|p\.?m)\b\.?)?",
    re.IGNORECASE,
)
_MAY_BE_DIGITS = re.compile(r"\d[:：hH]")
"""Matches in every text with an hour in digits, in less time."""
_ENGLISH = re.compile(
    r" ?(?:(?:[:.](?P<minute>\d{2}))? ?(?P<half>(?P<am>a)|p)\.?m\b\.?|o['’]clock)", re.IGNORECASE
)
_ENGLISH_PART = re.compile(
    r" (?:(?P<am>in the (?:early )?morning)|(?P<half>in the (?:afternoon|evening)|at night))",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?P<what>half|(?:a )?quarter) (?P<way>past|to) ", re.IGNORECASE)
_NAMED = {
    "en": re.compile(r"\b(?:(?P<noon>noon|midday)|midnight)\b", re.IGNORECASE),
    "vi": re.compile(r"\b(?:(?P<noon>giữa trưa|chính ngọ)|nửa đêm)\b", re.IGNORECASE),
    "zh": re.compile("(?P<noon>正午)|午夜|半夜零[点點]"),
}
_NAMED_CLUES = frozenset(["noon", "midday", "midnight", "giữa", "chính", "đêm"])
_HOUR_VI = re.compile(r"\s?giờ\b", re.IGNORECASE)
_AFTER_VI = re.compile(r"\s?(?:phút)?\s?(?P<part>sáng|trưa|chiều|tối|đêm|khuya)?\b", re.IGNORECASE)
_HALF_VI = re.compile(r"\s(?P<to>kém\s)?(?P<half>rưỡi)?", re.IGNORECASE)
_HOUR_ZH = re.compile(r"\s?[点點时時](?![间間候])")
_HOURS = 24


def clock_times_in(text: str, language: str) -> tuple[ClockTime, ...]:
    """Return the hours of the day in a text, in digits and in the words of its `language`."""
    code = primary_language(language)
    numerals = numbers_in(text, language)
    found = [*_in_digits(text), *_named(text, code)]
    if reader := _READERS.get(code):
        found += reader(text, numerals)
    return tuple(found)


def _time(
    start: int, end: int, hour: int, minute: int, part: PartOfDay | None
) -> Iterator[ClockTime]:
    """Yield an hour, if it is one; of one up to 12 without a part of the day, both."""
    if not (hour <= _HOURS and minute < 60):  # noqa: PLR2004 — minutes of an hour
        return
    early, late = hour % 12, hour % 12 + 12
    hours: tuple[int, ...] = (hour % _HOURS,)
    if 0 < hour <= 12:  # noqa: PLR2004 — the last hour of a dial
        match part:
            case PartOfDay.MORNING:
                hours = (early,)
            case PartOfDay.NOON:
                hours = (hour,) if hour >= 10 else (late,)  # noqa: PLR2004 — 10 trưa is before noon
            case PartOfDay.AFTERNOON:
                hours = (late,)
            case PartOfDay.NIGHT:
                hours = (early,) if hour <= 5 or hour == 12 else (late,)  # noqa: PLR2004
            case None:
                hours = (hour % _HOURS, (hour + 12) % _HOURS)
    yield ClockTime(start=start, end=end, times=tuple((each, minute) for each in hours))


def _half_day(match: re.Match[str]) -> PartOfDay | None:
    if match["am"]:
        return PartOfDay.MORNING
    return PartOfDay.AFTERNOON if match["half"] else None


def _in_digits(text: str) -> Iterator[ClockTime]:
    """Yield `21:00`, `21h30` and `9:30 pm`."""
    if not _MAY_BE_DIGITS.search(text):
        return
    for match in _DIGITS.finditer(text):
        minute = int(match["minute"] or match["after"] or 0)
        yield from _time(*match.span(), int(match["hour"]), minute, _half_day(match))


def _named(text: str, code: str) -> Iterator[ClockTime]:
    if code in _NAMED and (code == "zh" or not _NAMED_CLUES.isdisjoint(words_of(text))):
        for match in _NAMED[code].finditer(text):
            yield from _time(*match.span(), 12 if match["noon"] else 24, 0, PartOfDay.NOON)


def _in_english(text: str, numerals: tuple[Numeral, ...]) -> Iterator[ClockTime]:
    if not numerals:
        return
    past = {match.end(): match for match in _PAST.finditer(text)}
    for numeral in numerals:
        hour = int(numeral.value)
        if before := past.get(numeral.start):
            minutes = 30 if before["what"].lower() == "half" else 15
            is_to = before["way"].lower() == "to"
            shown = (hour - 1, 60 - minutes) if is_to else (hour, minutes)
            yield from _time(before.start(), numeral.end, *shown, None)
        elif match := _ENGLISH.match(text, numeral.end):
            minute = int(match["minute"] or 0)
            shown = (hour, minute)
            if not match["minute"] and numeral.value % 1:  # 9.30 p.m.
                shown = (hour, int(numeral.value % 1 * 100))
            yield from _time(numeral.start, match.end(), *shown, _half_day(match))
        elif match := _ENGLISH_PART.match(text, numeral.end):
            part = PartOfDay.MORNING if match["am"] else PartOfDay.AFTERNOON
            yield from _time(numeral.start, match.end(), hour, 0, part)


def _in_vietnamese(text: str, numerals: tuple[Numeral, ...]) -> Iterator[ClockTime]:
    starts = {numeral.start: numeral for numeral in numerals}
    for numeral in numerals:
        if not (match := _HOUR_VI.match(text, numeral.end)):
            continue
        hour, minute, end = int(numeral.value), 0, match.end()
        if more := _HALF_VI.match(text, end):
            minutes = starts.get(more.end())
            if more["half"]:
                minute, end = 30, more.end()
            elif minutes and minutes.value < 60:  # noqa: PLR2004 — minutes of an hour
                minute, end = int(minutes.value), minutes.end
                hour, minute = (hour - 1, 60 - minute) if more["to"] else (hour, minute)
        part = _AFTER_VI.match(text, end)
        word = part["part"].lower() if part and part["part"] else ""
        yield from _time(numeral.start, end, hour, minute, _PARTS["vi"].get(word))


def _in_chinese(text: str, numerals: tuple[Numeral, ...]) -> Iterator[ClockTime]:
    starts = {numeral.start: numeral for numeral in numerals}
    for numeral in numerals:
        if numeral.value % 1 and "点" in text[numeral.start : numeral.end].replace("點", "点"):
            continue
        if not (match := _HOUR_ZH.match(text, numeral.end)):
            continue
        minute, end, minutes = 0, match.end(), starts.get(match.end())
        if text[end : end + 1] == "半":
            minute = 30
        elif text[end : end + 2] == "一刻":
            minute = 15
        elif minutes and minutes.value < 60:  # noqa: PLR2004 — minutes of an hour
            minute, end = int(minutes.value), minutes.end
        before = text[max(0, numeral.start - 2) : numeral.start]
        named = (part for word, part in _PARTS["zh"].items() if before.endswith(word))
        yield from _time(numeral.start, end, int(numeral.value), minute, next(named, None))


_READERS: Mapping[str, Callable[[str, tuple[Numeral, ...]], Iterator[ClockTime]]] = {
    "en": _in_english,
    "vi": _in_vietnamese,
    "zh": _in_chinese,
    "yue": _in_chinese,
    "ja": _in_chinese,
}
