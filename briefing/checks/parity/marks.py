"""What is compared between two versions of a paragraph: marks, and when two of them are the same.

A mark is a number, a date, a name … in a text: its kind, what it can mean, and where it stands.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum, IntEnum, StrEnum

from msgspec import Struct

from briefing.numerals.dates import PartialDate


class Kind(StrEnum):
    """What a mark is, in the words of a message."""

    NUMBER = "number"
    ORDINAL = "ordinal"
    MAGNITUDE = "rough number"
    DATE = "date"
    WEEKDAY = "day of the week"
    DAY = "day"
    TIME = "hour"


class Weight(IntEnum):
    """When a mark is told that the other version does not have."""

    NEVER = 0
    """It only answers to a mark of the other version: `một` is an article too."""
    IN_PAIR = 1
    """Where the other version has another of its kind instead: `the two` may be `they`."""
    ALONE = 2
    """Always."""


class Limit(Enum):
    """What is said of a number: `at least 30`; and of a day: `before 18 March`."""

    AT_LEAST = "at least"
    AT_MOST = "at most"
    UP_TO = "up to"
    """Says little beside a number: `tới 30 ngày`."""
    NONE = "nothing"
    """Words that say nothing of a number after them: `hand over 175 prisoners`."""
    ON = "on"
    """Vietnamese `trên` is `more than` and `on`; `dưới` likewise."""
    UNDER = "under"
    MORE = "more than"
    MORE_OR_AT_LEAST = "or more"
    """Chinese 以上 has both meanings."""
    LESS = "less than"
    ALMOST = "almost"
    ABOUT = "about"
    ESTIMATED = "estimated"
    BEFORE = "before"
    AFTER = "after"


class Count(Struct, frozen=True, gc=False):
    """A number without a unit that is known."""

    number: Decimal


class Measured(Struct, frozen=True, gc=False):
    """A number with a unit."""

    number: Decimal
    """As written."""
    dimension: str
    """`length`, `seconds`, `money USD`, `percent` …"""
    amount: Decimal
    """In the unit of the dimension."""


class Clock(Struct, frozen=True, gc=False):
    """An hour and a minute."""

    hour: int
    minute: int


class Named(Struct, frozen=True, gc=False):
    """A day of the week (0 for Monday), days from today, a power of ten: by kind of the mark."""

    kind: Kind
    number: int


Value = Count | Measured | Clock | Named | PartialDate


class Mark(Struct, frozen=True, kw_only=True, gc=False):
    """A value in a text."""

    start: int
    end: int
    kind: Kind
    values: tuple[Value, ...]
    """All that it can mean."""
    weight: Weight = Weight.ALONE
    limit: Limit | None = None

    def is_same(self, other: Mark) -> bool:
        """Whether two marks of two texts can mean the same."""
        if self.kind is not other.kind and not self._may_be_ordinal(other):
            return False
        if self.values == other.values:  # most are
            return bool(self.values)
        return any(_are_same(a, b) for a in self.values for b in other.values)

    def _may_be_ordinal(self, other: Mark) -> bool:
        """Whether two marks are not an ordinal and a number of which one only answers."""
        kinds = (self.kind, other.kind)
        is_one = Kind.NUMBER in kinds and Kind.ORDINAL in kinds
        return not is_one or bool(min(self.weight, other.weight))

    def may_be_same(self, other: Mark) -> bool:
        """Whether two marks can mean the same where words of one of the texts are not known.

        `3 millions` is 3 then, and `500 dollars` has no unit.
        """
        pairs = ((a, b) for a in self.values for b in other.values)
        return self.is_same(other) or any(_may_be_same(a, b) for a, b in pairs)


_CLOSE = Decimal("0.000001")
_CONVERTED = Decimal("0.03")
"""What a number may differ by that was converted to another unit, and rounded."""
_PER_CENT = Decimal(100)
_SCALES = tuple(Decimal(10) ** power for power in (0, *range(3, 13)))
"""What a number may be counted in by a word that is not known: million, lakh, trillion."""
_HALF_DAY = 12
_STRICT = ("percent", "money")
"""Dimensions whose sign no version leaves out."""


def are_near(one: Decimal, other: Decimal, by: Decimal = _CLOSE) -> bool:
    """Whether two numbers differ by no more than a share of the larger."""
    return one == other or abs(one - other) <= by * max(abs(one), abs(other))


def _are_same(one: Value, other: Value) -> bool:
    match one, other:
        case Count(), Count():
            return are_near(one.number, other.number)
        case Measured(), Measured():
            return _are_same_amounts(one, other)
        case PartialDate(), PartialDate():
            return _are_same_days(one, other)
        case (Count() as count, value) | (value, Count() as count):
            return _is_counted(count, value)
    return one == other


def _is_counted(count: Count, value: Value) -> bool:
    """Whether a number without a unit can be another value: half is 50 %, 2025 a year."""
    if isinstance(value, PartialDate):
        return count.number == value.year
    if not isinstance(value, Measured):
        return False
    if value.dimension == "percent":
        return count.number < 1 and are_near(count.number * _PER_CENT, value.number)
    return not value.dimension.startswith(_STRICT) and are_near(count.number, value.number)


def _are_same_amounts(one: Measured, other: Measured) -> bool:
    if one.dimension != other.dimension:
        return False
    if are_near(one.amount, other.amount):
        return True
    is_converted = not are_near(one.number * other.amount, other.number * one.amount)
    exact = ("seconds", "months", "percent", "money")
    return (
        is_converted
        and not one.dimension.startswith(exact)
        and are_near(one.amount, other.amount, _CONVERTED)
    )


def _are_same_days(one: PartialDate, other: PartialDate) -> bool:
    """Whether two dates can be the same day, as far as both name it."""
    pairs = (one.year, other.year), (one.month, other.month), (one.day, other.day)
    named = [(a, b) for a, b in pairs if a is not None and b is not None]
    return bool(named) and all(a == b for a, b in named)


def _may_be_same(one: Value, other: Value) -> bool:
    """Whether two values have a number in common, up to a scale, if not both have a known unit."""
    match one, other:
        case (Measured(), Measured()) | (PartialDate(), PartialDate()):
            return False
        case (Named(), _) | (_, Named()):
            return False
        case Clock(), Clock():
            halves = one.hour % _HALF_DAY, other.hour % _HALF_DAY
            return halves[0] == halves[1] and one.minute == other.minute
    return any(
        are_near(a * scale, b) or are_near(a, b * scale)
        for a in _numbers(one)
        for b in _numbers(other)
        for scale in _SCALES
    )


def _numbers(value: Value) -> tuple[Decimal, ...]:
    """Return the numbers that a value is written with, as far as it tells."""
    match value:
        case Count() | Measured():
            return (value.number,)
        case Clock():
            return tuple(map(Decimal, (value.hour, value.hour % _HALF_DAY)))
        case PartialDate():
            return (Decimal(value.day or value.year or 0),)
    return ()
