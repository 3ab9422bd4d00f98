"""Text -> the dates in it, whole and in part: `ngày 18 tháng 3`, `18/3`, `March 18`, `3月18日`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from briefing.numerals.numbers import numbers_in, primary_language
from briefing.numerals.tokens import Numeral
from briefing.numerals.words import words_of
from briefing.syntax.cldr import month_names


class PartialDate(Struct, frozen=True, kw_only=True, gc=False):
    """A date as far as a text names it; None for what it does not name."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def is_possible(self) -> bool:
        """Whether there are such a month and such a day."""
        return self.month in (None, *range(1, 13)) and self.day in (None, *range(1, 32))


class DateMention(Struct, frozen=True, kw_only=True, gc=False):
    """A date in a text."""

    start: int
    end: int
    readings: tuple[PartialDate, ...]
    """What it can mean: `3/4` is in April, and in English in March as well."""
    sure: bool
    """Whether it can be nothing else than a date: `3/4` may be a fraction."""


_YEAR = r"(?:1\d|20)\d\d"
_ISO = re.compile(rf"(?<!\d)({_YEAR})([-/.])(\d{{1,2}})\2(\d{{1,2}})(?!\d)")
_WHOLE = re.compile(rf"(?<!\d)(\d{{1,2}})([-/.])(\d{{1,2}})[-/.]({_YEAR})(?!\d)")
_SLASH = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])")
_MONTH_OF_YEAR = re.compile(rf"(?<![\d/])(\d{{1,2}})[-/]({_YEAR})(?!\d)")
_HYPHEN = re.compile(r"(?<![\d-])(\d{1,2})-(\d{1,2})(?![\d-])|(?<!\d)(\d{1,2})\.(\d{1,2})\.(?!\d)")
_SIGNS_IN_DIGITS = re.compile(r"\d[-/.]\d")
"""Matches in every text with a date in digits, in less time."""
_BARE_YEAR = re.compile(rf"(?<!\d){_YEAR}(?![\d%])")
_TO = re.compile(
    r"\s?[-–—~～至到]\s?| (?:to|and|or|và|đến|tới|hay|hoặc|et|und|y|e|i|и) |, ?|、|，|和| & "
)
"""Matches what stands between the days of a list."""
_DAY_BEFORE = re.compile(
    r"(?:\b(?:ngày|mùng|mồng|hôm|sáng|trưa|chiều|tối|đêm|khuya)\s)$", re.IGNORECASE
)
_MONTH_VI = re.compile(r"(?P<before>\s)?\b(?:tháng|thg) (?:(?P<name>giêng|chạp)\b)?", re.IGNORECASE)
_LUNAR = {"giêng": 1, "chạp": 12}
_YEAR_AFTER_VI = re.compile(rf"(?: năm |/|-|,? )({_YEAR})(?!\d)", re.IGNORECASE)
_DAY_EN = re.compile(
    r"\b(?:the|on) (\d{1,2})(?:st|nd|rd|th)\b(?!-?\s?(?:century|time|anniversary))", re.IGNORECASE
)
_SUFFIX = re.compile(r"(?:st|nd|rd|th|er|º|ª|\.)?")
_BEFORE_MONTH = re.compile(rf"{_SUFFIX.pattern}(?: of| de)?\s$")
_AFTER_MONTH = re.compile(r"\.? ?(?:the )?")
_SEPTEMBER = 9
"""The month that English has another short name for, `Sept`, than CLDR."""
_YEAR_AFTER = re.compile(rf"\.?(?:,? | de )({_YEAR})(?!\d)")
_LAST_DAY, _LAST_MONTH = 31, 12
_LONGEST_WORD = 8
_SUFFIXES = frozenset(["st", "nd", "rd", "th"])


def dates_in(text: str, language: str) -> tuple[DateMention, ...]:
    """Return the dates in a text, in the words of its `language` (BCP 47), in their order.

    A list of days, `18 and 19 March`, is one for each.
    """
    code = primary_language(language)
    found: list[DateMention] = []
    numerals = numbers_in(text, language)
    for mention in (
        *_numeric(text, code),
        *_READERS.get(code, _by_names)(text, language, numerals),
        *_bare_years(text),
    ):
        if not any(mention.start < other.end and other.start < mention.end for other in found):
            found.append(mention)
    found += [day for mention in found for day in _other_days(text, mention, numerals, found)]
    return tuple(sorted(found, key=lambda mention: mention.start))


def _mention(
    span: tuple[int, int], *dates: PartialDate, sure: bool = True
) -> Iterator[DateMention]:
    """Yield a date with the readings that are possible, if any is."""
    if possible := tuple(date for date in dates if date.is_possible):
        yield DateMention(start=span[0], end=span[1], readings=possible, sure=sure)


def _numeric(text: str, code: str) -> Iterator[DateMention]:
    """Yield the dates in digits; in Vietnamese the day stands first."""
    if not _SIGNS_IN_DIGITS.search(text):
        return
    for m in _ISO.finditer(text):
        yield from _mention(m.span(), PartialDate(year=int(m[1]), month=int(m[3]), day=int(m[4])))
    for m in _WHOLE.finditer(text):
        yield from _mention(m.span(), *_both_ways(code, m[1], m[3], int(m[4])))
    for m in _MONTH_OF_YEAR.finditer(text):
        yield from _mention(m.span(), PartialDate(year=int(m[2]), month=int(m[1])))
    for m in _SLASH.finditer(text):
        sure = code == "vi" and bool(_stands_after_day(text, m.start()))
        yield from _mention(m.span(), *_both_ways(code, m[1], m[2]), sure=sure)
    for m in _HYPHEN.finditer(text):
        first, last = (m[1], m[2]) if m[1] else (m[3], m[4])
        sure = code == "vi" and bool(_stands_after_day(text, m.start()))
        yield from _mention(m.span(), *_both_ways(code, first, last), sure=sure)


def _stands_after_day(text: str, at: int) -> bool:
    """Whether the word before a place says in Vietnamese that a day follows."""
    return bool(_DAY_BEFORE.search(text[max(0, at - _LONGEST_WORD) : at]))


def _both_ways(code: str, first: str, last: str, year: int | None = None) -> Iterator[PartialDate]:
    """Yield the dates of two numbers: day and month, and where that is written month and day."""
    yield PartialDate(year=year, month=int(last), day=int(first))
    if code != "vi" and first != last:
        yield PartialDate(year=year, month=int(first), day=int(last))


def _bare_years(text: str) -> Iterator[DateMention]:
    for match in _BARE_YEAR.finditer(text):
        yield from _mention(match.span(), PartialDate(year=int(match.group())), sure=False)


def _value(numeral: Numeral | None, most: int) -> int | None:
    """Return the number, if it is whole and from 1 to `most`; else None."""
    if numeral and numeral.value == numeral.value.to_integral() and 1 <= numeral.value <= most:
        return int(numeral.value)
    return None


def _in_vietnamese(
    text: str, _language: str, numerals: tuple[Numeral, ...]
) -> Iterator[DateMention]:
    starts, ends = {n.start: n for n in numerals}, {n.end: n for n in numerals}
    for match in _MONTH_VI.finditer(text):
        named, name = starts.get(match.end()), match["name"]
        month = _LUNAR[name.lower()] if name else _value(named, _LAST_MONTH)
        if month is None:
            continue
        end = match.end() if name or not named else named.end
        day = ends.get(match.start()) if match["before"] else None
        year = _YEAR_AFTER_VI.match(text, end)
        number = _value(day, _LAST_DAY)
        start = day.start if day and number else match.start()
        date = PartialDate(year=int(year[1]) if year else None, month=month, day=number)
        yield from _mention((start, year.end() if year else end), date)
    for numeral in numerals:
        number = _value(numeral, _LAST_DAY)
        if number and _stands_after_day(text, numeral.start):
            yield from _mention((numeral.start, numeral.end), PartialDate(day=number))


def _in_chinese(text: str, _language: str, numerals: tuple[Numeral, ...]) -> Iterator[DateMention]:
    at = 0
    while at < len(numerals):
        start, end = numerals[at].start, numerals[at].end
        parts: dict[str, int] = {}
        for name, signs, most in _CHINESE_PARTS:
            if at == len(numerals) or (parts and numerals[at].start != end):
                break
            number = _value(numerals[at], most)
            if number and text[numerals[at].end : numerals[at].end + 1] in signs:
                parts[name], end = number, numerals[at].end + 1
                at += 1
        if not parts:
            at += 1
        elif parts.get("year", 9999) >= _FIRST_YEAR:
            yield from _mention((start, end), PartialDate(**parts))


_FIRST_YEAR = 1000
_CHINESE_PARTS = (
    ("year", ("年", "년"), 9999),
    ("month", ("月", "월"), _LAST_MONTH),
    ("day", ("日", "号", "號", "일"), _LAST_DAY),
)
"""The parts of a date, the signs after each, and the largest number."""


def _by_names(text: str, language: str, numerals: tuple[Numeral, ...]) -> Iterator[DateMention]:
    """Yield the dates with the name of a month, as CLDR has it."""
    pattern = _names_pattern(language)
    if pattern is None or not _may_name_month(text, language):
        return
    names = {name.casefold(): number for name, number in month_names(language).items()}
    starts, ends = {n.start: n for n in numerals}, {n.end: n for n in numerals}
    for match in pattern.finditer(text):
        month = names.get(match["name"].casefold(), _SEPTEMBER)
        before = _BEFORE_MONTH.search(text[max(0, match.start() - _LONGEST_WORD) : match.start()])
        day = ends.get(match.start() - len(before.group())) if before else None
        after = starts.get(_end_of(_AFTER_MONTH, text, match.end()))
        number, start, end = _value(day, _LAST_DAY), match.start(), match.end()
        if number and day:
            start = day.start
        elif (number := _value(after, _LAST_DAY)) and after:
            end = _end_of(_SUFFIX, text, after.end)
        year = _YEAR_AFTER.match(text, end)
        date = PartialDate(year=int(year[1]) if year else None, month=month, day=number)
        yield from _mention((start, year.end() if year else end), date)
    if primary_language(language) == "en":
        for match in _DAY_EN.finditer(text):
            yield from _mention(match.span(1), PartialDate(day=int(match[1])))


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Return where what a pattern matches at a place ends; the place if it matches nothing."""
    match = pattern.match(text, at)
    return match.end() if match else at


def _may_name_month(text: str, language: str) -> bool:
    """Whether a text has the name of a month, or a day in English with a suffix: `the 18th`."""
    if primary_language(language) != "en":
        return True
    words = words_of(text)
    return not (_words_of_months(language).isdisjoint(words) and _SUFFIXES.isdisjoint(words))


@cache
def _words_of_months(language: str) -> frozenset[str]:
    return frozenset().union(*map(words_of, month_names(language)), ["sept"])


@cache
def _names_pattern(language: str) -> re.Pattern[str] | None:
    """Return what matches the name of a month; None for a language without.

    Where names have capitals, so have those in texts: `May`, and not `may`.
    """
    names = sorted(map(re.escape, month_names(language)), key=len, reverse=True)
    if not names:
        return None
    words = "|".join([*names, *(name.upper() for name in names)])
    if primary_language(language) == "en":
        words = f"{words}|Sept"
    return re.compile(rf"(?<![^\W\d_])(?P<name>{words})(?![^\W\d_])")


_READERS: Mapping[str, Callable[[str, str, tuple[Numeral, ...]], Iterator[DateMention]]] = {
    "vi": _in_vietnamese,
    "zh": _in_chinese,
    "yue": _in_chinese,
    "ja": _in_chinese,
    "ko": _in_chinese,
}


def _other_days(
    text: str, mention: DateMention, numerals: tuple[Numeral, ...], found: list[DateMention]
) -> Iterator[DateMention]:
    """Yield the days that stand beside one in a list, before it or after it."""
    if not any(date.day for date in mention.readings):
        return
    taken = [(each.start, each.end) for each in found]
    free = [n for n in numerals if not any(a < n.end and n.start < b for a, b in taken)]
    for ordered, is_before in ((reversed(free), True), (iter(free), False)):
        edge = mention.start if is_before else mention.end
        for numeral in ordered:
            day = _value(numeral, _LAST_DAY)
            gap = (numeral.end, edge) if is_before else (edge, numeral.start)
            if gap[0] > gap[1] or not day or not _TO.fullmatch(text, *gap):
                continue
            dates = tuple(replace(date, day=day) for date in mention.readings)
            yield from _mention((numeral.start, numeral.end), *dates, sure=False)
            edge = numeral.start if is_before else numeral.end
