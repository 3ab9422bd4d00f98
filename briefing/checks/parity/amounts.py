"""The numbers of a text, with their units and what is said of them, as marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec.structs import replace

from briefing.checks.parity.limits import limit_of_number
from briefing.checks.parity.marks import Count, Kind, Mark, Measured, Named, Value, Weight
from briefing.checks.parity.units import Unit, unit_at
from briefing.checks.parity.word_numbers import weight_of
from briefing.numerals.durations import UNITS, Duration, durations_in
from briefing.numerals.numbers import numbers_in, primary_language
from briefing.numerals.tokens import Numeral
from briefing.numerals.words import words_of

_TO = re.compile(r"\s?[-–—~～至到]\s?| (?:to|or|and|đến|tới|hoặc|và|hay) |, |、|和|或")
"""Matches what stands between two numbers that have the unit of the second."""
_SCALES = tuple(Decimal(10) ** power for power in (3, 4, 6, 8, 9))
_ORDINAL_EN = re.compile(r"(?:first|second|third|\w+th|\w+-(?:first|second|third))$", re.IGNORECASE)
_A_SECOND = re.compile(r"an? second (?!ago|later|before|after|or|and|of)\w", re.IGNORECASE)
"""Matches an ordinal that would be a duration: `a second round`."""
_RANGE = re.compile(r"\s?[-–—~～至到]\s?| (?:to|đến|tới) ")
_SIGN = re.compile(r"\d[.,]\d")
_SUFFIX_EN = re.compile(r"(?:st|nd|rd|th)\b")
_ORDINAL_VI = re.compile(r"\bthứ $", re.IGNORECASE)
_ENDS: Mapping[str, Mapping[int, re.Pattern[str]]] = {
    "vi": {
        1: re.compile(r"\b(?:đầu tiên|lần đầu|trước tiên|bước đầu|trước nhất)\b", re.IGNORECASE),
        -1: re.compile(r"\b(?:cuối cùng|sau cùng|lần cuối)\b", re.IGNORECASE),
    },
    "en": {-1: re.compile(r"\b(?:last|final)(?! (?:week|month|year|night|time|summer|spring))\b")},
    "zh": {1: re.compile("首次|首先|首个|首個|最先"), -1: re.compile("最后|最後|末次")},
}
"""Words for the first and the last that have no number."""
_END_CLUES: Mapping[str, frozenset[str]] = {
    "vi": frozenset(["đầu", "trước", "cùng", "cuối"]),
    "en": frozenset(["last", "final"]),
}
"""Words of which one is in all of these."""
_MAGNITUDES: Mapping[str, Mapping[int, str]] = {
    "en": {
        5: "hundreds of thousands", 4: "tens of thousands", 3: "thousands", 2: "hundreds",
        1: "dozens|scores|tens", 9: "billions", 6: "millions",
    },
    "vi": {
        5: "(?:hàng|nhiều|vài|mấy) trăm (?:nghìn|ngàn)",
        4: "(?:hàng|nhiều|vài|mấy) (?:chục (?:nghìn|ngàn)|vạn)",
        3: "(?:hàng|nhiều|vài|mấy) (?:nghìn|ngàn)", 2: "(?:hàng|nhiều|vài|mấy) trăm",
        1: "(?:hàng|nhiều|vài|mấy) chục", 9: "(?:hàng|nhiều|vài) t[ỷỉ]",
        6: "(?:hàng|nhiều|vài) (?:chục |trăm )?triệu",
    },
    "zh": {
        5: "[数數几幾]十[万萬]", 4: "[数數几幾上][万萬]", 3: "[数數几幾上]千|成千上[万萬]",
        2: "[数數几幾上]百", 1: "[数數几幾]十",
    },
}  # fmt: skip
_MAGNITUDE = {
    code: re.compile(
        ("(?:%s)" if code == "zh" else r"\b(?:%s)\b")
        % "|".join(f"(?P<p{power}>{words})" for power, words in by_power.items()),
        re.IGNORECASE,
    )
    for code, by_power in _MAGNITUDES.items()
}
_MAY_BE_ROUGH = {
    "en": re.compile("(?:re|en|ion|and|zen|ten|Ten)s\\b"),
    "vi": re.compile("(?:àng|iều|ài|ấy) (?:ch|tr|ng|v|t)"),
    "zh": re.compile("[数數几幾上成]"),
}
"""Matches in every text with a rough number, in less time."""
_PERIODS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "day": "(?:past|last) day",
        "fortnight": "fortnight",
        "decade": "decade",
        "century": "(?<!st )(?<!th )century",
    },
    "vi": {"decade": "thập (?:kỷ|kỉ|niên)", "century": "thế (?:kỷ|kỉ)"},
}
"""Words for spans of time that say how long they are without a number."""
_PERIOD = {
    code: re.compile(
        rf"\b(?:{'|'.join(f'(?P<{name}>{words})' for name, words in by_name.items())})\b",
        re.IGNORECASE,
    )
    for code, by_name in _PERIODS.items()
}
_PERIOD_CLUES = frozenset(["day", "fortnight", "decade", "century", "thập", "thế"])
_ROMAN = re.compile(r"\b[IVX]+\b")
_BEFORE_ROMAN = re.compile(
    r"\b(?:thế kỷ|thế kỉ|quý|lần thứ|khóa|khoá|thế chiến|giai đoạn|chương|hạng|kỳ họp|đại hội"
    r"|world war|phase"
    r"|part|chapter|stage|article|type|class|quarter) (?:thứ )?$",
    re.IGNORECASE,
)
"""Matches what stands before a number in Roman digits."""
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
Span = tuple[int, int]


def number_marks(text: str, language: str, taken: Iterable[Span]) -> Iterator[Mark]:
    """Yield the numbers of a text that are not in the spans `taken`, of dates and hours."""
    rough = list(_rough(text, language))
    yield from rough
    yield from _ends(text, language)
    yield from _roman(text)
    yield from _periods(text, language)
    spans = [*taken, *((mark.start, mark.end) for mark in rough)]
    numerals = [n for n in numbers_in(text, language) if not _is_in(n.start, n.end, spans)]
    durations = [
        each
        for each in durations_in(text, language)
        if not _is_in(each.start, each.end, spans)
        and not _is_ordinal(text, each.start, _end_of_first(numerals, each), language)
        and not _A_SECOND.match(text, each.start)
    ]
    for duration in durations:
        yield _of_duration(duration, numerals, text, language)
    inside = [(each.start, each.end) for each in durations]
    yield from _plain([n for n in numerals if not _is_in(n.start, n.end, inside)], text, language)


def _is_in(start: int, end: int, spans: Iterable[Span]) -> bool:
    return any(a < end and start < b for a, b in spans)


def _end_of_first(numerals: list[Numeral], duration: Duration) -> int:
    return next((n.end for n in numerals if n.start == duration.start), duration.start)


def _of_duration(duration: Duration, numerals: list[Numeral], text: str, language: str) -> Mark:
    start, end = duration.start, duration.end
    first = next((n for n in numerals if n.start == start), None)
    dimension = "months" if duration.in_months else "seconds"
    numbers = _readings(first, text) if first else (Decimal(1),)
    sizes = duration.sizes if not first or numbers == first.readings else duration.sizes[:1]
    values = tuple(
        Measured(numbers[min(at, len(numbers) - 1)], dimension, size)
        for at, size in enumerate(sizes)
    )
    weight = weight_of(first, text, language) if first else Weight.NEVER
    if first and numbers[0] == 1 and not text[start].isdigit():
        weight = Weight.IN_PAIR
    elif weight is Weight.IN_PAIR and numbers[0] >= 2:  # noqa: PLR2004 — `two weeks` is counted
        weight = Weight.ALONE
    limit = limit_of_number(text, start, end, language)
    return Mark(start=start, end=end, kind=Kind.NUMBER, values=values, weight=weight, limit=limit)


def _plain(numerals: list[Numeral], text: str, language: str) -> Iterator[Mark]:
    """Yield numbers that are no durations; the first of a range has the unit of the second."""
    after: tuple[Mark, Unit | None] | None = None
    money = _money_of_ranges(numerals, text, language)
    for numeral in reversed(numerals):
        found = unit_at(text, numeral.start, numeral.end, language)
        if found is None and numeral.start in money:
            found = money[numeral.start], numeral.start, numeral.end
        unit, start, end = found or (None, numeral.start, numeral.end)
        is_range = after and _TO.fullmatch(text, end, after[0].start)
        if is_range and after and unit is None:
            unit = after[1]
        readings = _readings(numeral, text)
        if is_range and after:
            readings += tuple(_scaled(numeral.value, after[0]))
        read = replace(numeral, readings=readings)
        mark = _mark(read, (start, end), unit, text, language)
        yield mark
        after = mark, unit


def _money_of_ranges(numerals: Sequence[Numeral], text: str, language: str) -> dict[int, Unit]:
    """Return the currencies of numbers by where they start: `$20–30 million` has one for both."""
    found = {}
    for first, last in pairwise(numerals):
        if _RANGE.fullmatch(text, first.end, last.start):
            unit = unit_at(text, first.start, first.end, language)
            if unit and unit[0].dimension.startswith("money"):
                found[last.start] = unit[0]
    return found


def _mark(numeral: Numeral, span: Span, unit: Unit | None, text: str, language: str) -> Mark:
    """Return a number, which stands with its unit in `span`."""
    start, end = span
    readings = numeral.readings
    values: tuple[Value, ...] = tuple(map(Count, readings))
    if unit:
        values = tuple(Measured(each, unit.dimension, each * unit.size) for each in readings)
    is_ordinal = unit is None and _is_ordinal(text, numeral.start, numeral.end, language)
    weight = weight_of(numeral, text, language)
    if unit and weight is Weight.IN_PAIR:
        weight = Weight.ALONE
    kind = Kind.ORDINAL if is_ordinal else Kind.NUMBER
    limit = limit_of_number(text, start, end, language)
    return Mark(start=start, end=end, kind=kind, values=values, weight=weight, limit=limit)


def _readings(numeral: Numeral, text: str) -> tuple[Decimal, ...]:
    """Return what a number can mean; with points or commas, what it means in its language."""
    if len(numeral.readings) == 1:
        return numeral.readings
    written = text[numeral.start : numeral.end]
    return numeral.readings[:1] if _SIGN.search(written) else numeral.readings


def _scaled(number: Decimal, after: Mark) -> Iterator[Decimal]:
    """Yield what a number may mean before a larger one: 2 of `2–3 million`."""
    for value in after.values:
        if isinstance(value, Count | Measured):
            yield from (number * scale for scale in _SCALES if number < scale <= value.number)


def _is_ordinal(text: str, start: int, end: int, language: str) -> bool:
    match primary_language(language):
        case "en":
            word = _ORDINAL_EN.search(text[start:end])
            return bool(word or _SUFFIX_EN.match(text, end))
        case "vi":
            return bool(_ORDINAL_VI.search(text[max(0, start - 4) : start]))
        case _:
            return text[max(0, start - 1) : start] == "第"


def _ends(text: str, language: str) -> Iterator[Mark]:
    code = primary_language(language)
    if code in _END_CLUES and _END_CLUES[code].isdisjoint(words_of(text)):
        return
    for number, pattern in _ENDS.get(code, {}).items():
        for match in pattern.finditer(text):
            value = (Count(Decimal(number)),)
            weight = Weight.IN_PAIR if number == 1 else Weight.NEVER
            yield Mark(
                start=match.start(), end=match.end(), kind=Kind.ORDINAL, values=value, weight=weight
            )


def _rough(text: str, language: str) -> Iterator[Mark]:
    """Yield the rough numbers: `dozens`, `hàng nghìn`."""
    code = primary_language(language)
    may_be = _MAY_BE_ROUGH.get(code)
    if not may_be or not may_be.search(text):
        return
    for match in _MAGNITUDE[code].finditer(text):
        values = (Named(Kind.MAGNITUDE, int((match.lastgroup or "p0")[1:])),)
        start, end = match.span()
        yield Mark(start=start, end=end, kind=Kind.MAGNITUDE, values=values, weight=Weight.IN_PAIR)


def _roman(text: str) -> Iterator[Mark]:
    for match in _ROMAN.finditer(text):
        if not _BEFORE_ROMAN.search(text[max(0, match.start() - 16) : match.start()]):
            continue
        digits = [_ROMAN_DIGITS[sign] for sign in match.group()]
        total = sum(
            -digit if digit < max(digits[at:]) else digit for at, digit in enumerate(digits)
        )
        value = (Count(Decimal(total)),)
        yield Mark(start=match.start(), end=match.end(), kind=Kind.ORDINAL, values=value)


def _periods(text: str, language: str) -> Iterator[Mark]:
    """Yield the spans of time that only answer to a number: `the past decade`."""
    pattern = _PERIOD.get(primary_language(language))
    if pattern is None or _PERIOD_CLUES.isdisjoint(words_of(text)):
        return
    for match in pattern.finditer(text):
        unit = UNITS[match.lastgroup or ""]
        value = (Measured(Decimal(1), "months" if unit.in_months else "seconds", unit.size),)
        start, end = match.span()
        yield Mark(start=start, end=end, kind=Kind.NUMBER, values=value, weight=Weight.NEVER)
