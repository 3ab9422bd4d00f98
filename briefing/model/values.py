"""What a claim can say: quantities, periods, choices, free text; and moments in time.

Moments are as precise as a source gives them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from enum import StrEnum
from typing import Generic, Protocol, Self, TypeVar

from msgspec import Struct


class Form(StrEnum):
    """How a span is written, which is how it is shown."""

    EXACT = "exact"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    MORE_THAN = "more-than"
    LESS_THAN = "less-than"
    ALMOST = "almost"
    OVER = "over"
    ABOUT = "about"
    BETWEEN = "between"


class Ordered(Protocol):
    """What the ends of a span are made of."""

    def __lt__(self, other: Self, /) -> bool: ...


E = TypeVar("E", bound=Ordered)


class Interval(Struct, Generic[E], frozen=True):
    """All values between two ends; an end that is None is infinitely far."""

    low: E | None
    high: E | None
    low_open: bool = False
    """The low end itself is outside."""
    high_open: bool = False

    def meets(self, other: Interval[E]) -> bool:
        """Whether some value is in both."""
        return not (self._is_below(other) or other._is_below(self))

    def _is_below(self, other: Interval[E]) -> bool:
        if self.high is None or other.low is None:
            return False
        touching_is_apart = self.high_open or other.low_open
        return self.high < other.low or (self.high == other.low and touching_is_apart)

    def __str__(self) -> str:
        """Write the interval as mathematics does: `[162, 180)`."""
        low = "(−∞" if self.low is None else f"{'(['[not self.low_open]}{self.low}"
        high = "∞)" if self.high is None else f"{self.high}{'])'[self.high_open]}"
        return f"{low}, {high}" if low[1:] != high[:-1] else f"{self.low}"


class Quantity(Struct, frozen=True, tag=True):
    """A number or a range of numbers, as written (`almost 180`) and as meant ([162, 180))."""

    form: Form
    numbers: tuple[Decimal, ...]
    """The numbers as written: one, or two for a range."""
    interval: Interval[Decimal]

    def __str__(self) -> str:
        return str(self.interval)


class Precision(StrEnum):
    """How exactly a time is known."""

    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"


class Moment(Struct, frozen=True):
    """A month, a day or a minute; a month and a day have no zone, they are that day anywhere."""

    precision: Precision
    at: datetime
    """When it begins; for a month and a day, in UTC."""

    def __str__(self) -> str:
        """Write it as ISO 8601 does, as far as it is known."""
        length = {Precision.MONTH: 7, Precision.DAY: 10}.get(self.precision)
        at = self.at.astimezone(UTC).isoformat(timespec="seconds")
        return at[:length] if length else at.replace("+00:00", "Z")

    @property
    def day(self) -> date:
        """The day it is in, or the first of the month."""
        return self.at.date()

    def begins(self, zone: tzinfo | None = None) -> datetime:
        """When it begins, at the earliest place on Earth, or in a zone."""
        if self.precision is Precision.MINUTE:
            return self.at.astimezone(UTC)
        return self.at.replace(tzinfo=zone or _EARLIEST).astimezone(UTC)

    def ends(self) -> datetime:
        """When it is over at the latest place on Earth (UTC-12)."""
        if self.precision is Precision.MINUTE:
            return self.at.astimezone(UTC)
        last = self.at + timedelta(days=1)
        if self.precision is Precision.MONTH:
            last = (self.at + timedelta(days=31)).replace(day=1)
        return last.replace(tzinfo=_LATEST).astimezone(UTC)


_EARLIEST = timezone(timedelta(hours=14))
_LATEST = timezone(timedelta(hours=-12))


class Period(Struct, frozen=True, tag=True):
    """A moment, or from one moment to another."""

    first: Moment
    last: Moment

    @property
    def interval(self) -> Interval[datetime]:
        """The time it covers anywhere on Earth: a day without a zone may be any zone's."""
        exact = self.last.precision is Precision.MINUTE
        return Interval(self.first.begins(), self.last.ends(), high_open=not exact)

    @property
    def days(self) -> Interval[date]:
        """The calendar days it covers, for points that ask for a date.

        A later time may be on an earlier day, in another zone.
        """
        low, high = sorted((self.first.day, _last_day(self.last)))
        return Interval(low, high)

    def __str__(self) -> str:
        if self.last.precision is Precision.MINUTE:
            return "/".join(
                dict.fromkeys(f"{m.begins():%Y-%m-%dT%H:%MZ}" for m in (self.first, self.last))
            )
        return str(self.days)


def _last_day(moment: Moment) -> date:
    if moment.precision is Precision.MONTH:
        return (moment.day + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return moment.day


class Choice(Struct, frozen=True, tag=True):
    """One or several of a point's options, by id."""

    options: frozenset[str]

    def __str__(self) -> str:
        return ", ".join(sorted(self.options))


class FreeText(Struct, frozen=True, tag=True):
    """Free words, by language."""

    texts: Mapping[str, str]

    def __str__(self) -> str:
        return "—"


Value = Quantity | Period | Choice | FreeText
MAX_DECIMALS = 9
