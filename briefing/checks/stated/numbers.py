"""The number of a claim, held to the passage that it was read from.

The number as it is written must stand there, in digits or in words; in another unit of time, and
in thousands or millions, as the article has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from decimal import Decimal
from functools import cache, cached_property

from msgspec import Struct

from briefing.checks.kept_text import Passage
from briefing.checks.parity.units import UNITS as MEASURES
from briefing.checks.parity.units import unit_at
from briefing.model.article import Claim, Confidence
from briefing.model.site import Point, Unit
from briefing.model.values import MAX_DECIMALS, Form, Quantity
from briefing.numerals.dates import dates_in
from briefing.numerals.durations import UNITS, Duration, durations_in
from briefing.numerals.numbers import knows_words, numbers_in, primary_language
from briefing.numerals.tokens import Numeral
from briefing.problems import Problem

_SIGNS = {
    Form.AT_LEAST: ">=",
    Form.AT_MOST: "<=",
    Form.MORE_THAN: ">",
    Form.LESS_THAN: "<",
    Form.ALMOST: "almost ",
    Form.OVER: "over ",
    Form.ABOUT: "~",
}
"""What is written before a number."""
_METRIC = re.compile(
    re.compile(r"(?:length-|area-|volume-|mass-)?(?:milli|centi|kilo)?(?:meter|gram|liter|tonne)")
)
_HALF_AFTER = {
    "vi": re.compile(r"\s\w+\srưỡi\b", re.IGNORECASE),
    "en": re.compile(r"\s\w+\sand a half\b", re.IGNORECASE),
    "zh": re.compile(r"[^\W\d]半"),
}
"""Matches a unit, and the words for half of one more."""
_HALF, _THOUSAND, _TENTHS = Decimal("0.5"), Decimal(1000), "成"
_SMALLEST_SCALE = 10
_ROUNDED = Decimal(1).scaleb(-MAX_DECIMALS)
"""What a number may differ by that was counted in another unit: 5h20 are 5.333333333 hours."""
_BOTH = 2
"""A number that words such as `hai bên` have, which are no count."""
_SPELLED_OUT = 12
"""Numbers up to it are mostly written in words."""
_MAX_TOLD = 6
"""Numbers of a passage that a message tells of."""


class _Measure(Struct, frozen=True):
    """How a unit is counted in texts."""

    unit_of_time: str | None
    """CLDR's name of a unit of time; None for another unit."""
    scales: frozenset[Decimal]
    """What a number may be multiplied by in a text: a million for a unit of `million tonnes`."""
    is_percent: bool
    dimensions: frozenset[str] | None = None
    """Those of numbers that can be in the unit, of the units that are known; None for all."""


def number_is_not_there(claim: Claim, point: Point, passage: Passage) -> Iterator[Problem]:
    """Yield a problem for each number of a claim that does not stand in its passage."""
    value = claim.value
    if not isinstance(value, Quantity):
        return
    measure = _measure(point.unit)
    found = _Numbers(passage, measure)
    for number in value.numbers:
        if not number or found.has(value, number) or not found.can_tell(number):
            continue
        words = _Numbers(_words_of(claim), measure)
        meant = words.counts() or ([] if words.others() else found.counts())
        cure = _cure(value, number, meant, or_inferred(claim))
        yield Problem(claim.place, _message(value, number, found), cure)


def _words_of(claim: Claim) -> Passage:
    """Return the words of a locator as a passage."""
    at = claim.at
    return Passage(text=f"{at.start} … {at.end or ''}", language=at.language, is_whole=False)


def _message(value: Quantity, number: Decimal, found: _Numbers) -> str:
    words = [f"`{each}`" for each in found.others()]
    listed = ([*map(_written, found.counts())] or words)[:_MAX_TOLD]
    has = f"{', '.join(listed[:-1])} and {listed[-1]}" if listed[1:] else "".join(listed)
    sign = _SIGNS.get(value.form, "")
    return f"says: `{sign}{_written(number)}`: the passage has {has or 'no number'}"


def _cure(value: Quantity, number: Decimal, counts: list[Decimal], inferred: str) -> str:
    where = f"let `at:` show where {_written(number)} stands"
    if len(counts) == 1 and value.form is not Form.BETWEEN:
        return f"write `says: {_SIGNS.get(value.form, '')}{_written(counts[0])}`, or {where}"
    return f"write what the passage says, or {where}{inferred}"


def or_inferred(claim: Claim) -> str:
    """Return the rest of a cure for a claim that is not marked as inferred; "" for one that is."""
    stated = claim.confidence is Confidence.STATED
    return "; what we infer has `confidence: inferred`" if stated else ""


def as_written(form: Form, numbers: tuple[Decimal, ...]) -> str:
    """Return a quantity as it is written in a claim: `over 60`, `20..30`."""
    return f"{_SIGNS.get(form, '')}{'..'.join(map(_written, numbers))}"


def _written(number: Decimal) -> str:
    """Return a number as it is written in a claim, with at most four decimals."""
    return f"{number:.4f}".rstrip("0").rstrip(".")


class _Numbers:
    """The numbers of a passage, as a unit counts them."""

    def __init__(self, passage: Passage, measure: _Measure) -> None:
        self._passage, self._measure = passage, measure
        text, language = passage.text, passage.language
        self._durations: tuple[Duration, ...] = ()
        if measure.unit_of_time:
            self._durations = durations_in(text, language)
        taken = [(each.start, each.end) for each in self._durations]
        taken += [(each.start, each.end) for each in dates_in(text, language) if each.sure]
        self._numerals = [
            numeral
            for numeral in numbers_in(text, language)
            if not any(start <= numeral.start < end for start, end in taken)
        ]

    def has(self, value: Quantity, number: Decimal) -> bool:
        """Whether a number of a claim stands in the passage; one near it for `~`."""
        low, high = abs(number) - _ROUNDED, abs(number) + _ROUNDED
        if value.form is Form.ABOUT:
            ends = sorted(abs(end) for end in (value.interval.low, value.interval.high) if end)
            low, high = ends[0], ends[-1]
        counted = (count for numeral in self._numerals for count in self._meanings(numeral))
        if any(low <= count <= high for count in (*self._lengths(), *counted)):
            return True
        return any(least <= high and low <= most for least, most in self._spans())

    def _spans(self) -> Iterator[tuple[Decimal, Decimal]]:
        """Yield the least and the most of durations in months where the unit is of days, or back.

        To whole days and weeks, as people count.
        """
        if self._measure.unit_of_time is None:
            return
        unit = UNITS[self._measure.unit_of_time]
        for duration in self._durations:
            for least, most in duration.spans(unit):
                whole = (Decimal(round(least)), Decimal(round(most)))
                yield (
                    (least, most) if unit.in_months else (min(least, whole[0]), max(most, whole[1]))
                )

    def _lengths(self) -> Iterator[Decimal]:
        """Yield the durations of the passage, in the unit."""
        for duration in self._durations:
            yield from self._counts_of(duration)

    def _meanings(self, numeral: Numeral) -> Iterator[Decimal]:
        """Yield all that a number of the passage can be, in the unit."""
        text, end = self._passage.text, numeral.end
        half = _HALF_AFTER.get(primary_language(self._passage.language))
        more = _HALF if half and half.match(text, end) else Decimal(0)
        for reading in numeral.readings:
            for scale in self._measure.scales:
                yield reading / scale
                yield (reading + more) / scale
            if self._measure.is_percent and text.startswith(_TENTHS, end):
                yield reading * 10

    def can_tell(self, number: Decimal) -> bool:
        """Whether it is known that a number does not stand there, which the words hide at times.

        A thing alone has no number in most languages. Of a language whose words are not known,
        only digits are, and small numbers are mostly written in words.
        """
        passage = self._passage
        if number == 1 and not self._measure.unit_of_time:
            return False
        if not passage.is_whole:
            return any(n.sure and n.value > _BOTH for n in self._numerals) or bool(self._durations)
        if knows_words(passage.language):
            return True
        has_digits = any(character.isdecimal() for character in passage.text)
        return has_digits and min(self._other_units(abs(number))) > _SPELLED_OUT

    def _other_units(self, number: Decimal) -> Iterator[Decimal]:
        """Yield a number, and what it is in the units of time in which it is whole."""
        yield number
        if self._measure.unit_of_time:
            unit = UNITS[self._measure.unit_of_time]
            for other in UNITS.values():
                count = number * unit.size / other.size
                if other.in_months is unit.in_months and count >= _HALF:
                    yield count

    def counts(self) -> list[Decimal]:
        """Return the numbers of the passage in the unit, each once: what a claim could say."""
        lengths = [next(self._counts_of(duration), None) for duration in self._durations]
        counted: list[Decimal] = []
        if not self._measure.unit_of_time:
            scale = max(self._measure.scales)
            alone = (n.value for n in self._numerals if n.sure and self._other_unit(n) is None)
            counted = [n / scale if n >= min(scale, _THOUSAND) else n for n in alone]
        return list(dict.fromkeys(each for each in (*lengths, *counted) if each is not None))

    def others(self) -> list[str]:
        """Return the numbers of the passage that are in another unit, each once, in its words."""
        spans = [
            (each.start, each.end) for each in self._durations if not any(self._counts_of(each))
        ]
        for numeral in self._numerals:
            if not numeral.sure:
                continue
            if found := self._other_unit(numeral):
                spans.append(found)
            elif self._measure.unit_of_time:
                spans.append((numeral.start, numeral.end))
        return list(dict.fromkeys(self._passage.text[a:b].strip() for a, b in sorted(spans)))

    def _other_unit(self, numeral: Numeral) -> tuple[int, int] | None:
        """Return where a number stands with a unit of another dimension; None for others."""
        text, language = self._passage.text, self._passage.language
        if self._measure.dimensions is None:
            return None
        for each in self._other_durations:
            if each.start <= numeral.start < each.end:
                return each.start, each.end
        found = unit_at(text, numeral.start, numeral.end, language)
        return found[1:] if found and found[0].dimension not in self._measure.dimensions else None

    @cached_property
    def _other_durations(self) -> tuple[Duration, ...]:
        return durations_in(self._passage.text, self._passage.language)

    def _counts_of(self, duration: Duration) -> Iterator[Decimal]:
        assert self._measure.unit_of_time is not None, "there are durations"
        yield from duration.counts(UNITS[self._measure.unit_of_time])


def _measure(unit: Unit | None) -> _Measure:
    """Return how a unit is counted in texts."""
    if unit is None:
        return _Measure(None, frozenset([Decimal(1)]), is_percent=False)
    if unit.cldr is None:
        words = unit.texts or {}
        texts = tuple((code, text) for code, forms in words.items() for text in forms.values())
        dimensions = _dimensions_of_words(texts)
        return _Measure(None, _scales_of_words(texts), "%" in str(texts), dimensions)
    name = unit.cldr.removeprefix("duration-")
    is_percent = name.removeprefix("concentr-") == "percent"
    scales: Set[Decimal] = {Decimal(1)}
    if is_percent:
        scales = {Decimal(1), Decimal(1) / 100}
    elif _METRIC.fullmatch(name):
        scales = {Decimal(1), _THOUSAND, 1 / _THOUSAND}
    if name in UNITS:
        return _Measure(name, frozenset(scales), is_percent, frozenset())
    ways = (each.replace("-", "_") for each in (name, name.partition("-")[2]))
    known = frozenset(MEASURES[each].dimension for each in ways if each in MEASURES)
    return _Measure(None, frozenset(scales), is_percent, known or None)


@cache
def _scales_of_words(texts: tuple[tuple[str, str], ...]) -> frozenset[Decimal]:
    """Return what a number is multiplied by in the words of a unit: `{n} triệu tấn`."""
    scales = {Decimal(1)}
    for language, text in texts:
        for numeral in numbers_in(text.replace("{n}", "1", 1), language)[:1]:
            if numeral.value >= _SMALLEST_SCALE:
                scales.add(numeral.value)
    return frozenset(scales)


@cache
def _dimensions_of_words(texts: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """Return the dimensions of the words of a unit: `mass` of `{n} million tonnes`."""
    dimensions = set()
    for language, text in texts:
        one = text.replace("{n}", "1", 1)
        for numeral in numbers_in(one, language)[:1]:
            if found := unit_at(one, numeral.start, numeral.end, language):
                dimensions.add(found[0].dimension)
    return frozenset(dimensions)
