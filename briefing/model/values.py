"""The values of claims: quantities, periods, choices and free text; and moments in time.

`briefing.content.values` reads them, `briefing.comparison` relates them, and the translator in
`briefing.rendering.i18n` writes them.
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
    """The type of the ends of an interval: anything with an order."""

    def __lt__(self, other: Self, /) -> bool: ...


E = TypeVar("E", bound=Ordered)


class Interval(Struct, Generic[E], frozen=True):
    """All values between two ends; an end that is None is at infinity."""

    low: E | None
    high: E | None
    low_open: bool = False
    """Whether the low end itself is outside of the interval."""
    high_open: bool = False
    """Whether the high end itself is outside of the interval."""

    def meets(self, other: Interval[E]) -> bool:
        """Whether at least one value is in both intervals."""
        return not (self._is_below(other) or other._is_below(self))

    def _is_below(self, other: Interval[E]) -> bool:
        if self.high is None or other.low is None:
            return False
        touching_is_apart = self.high_open or other.low_open
        return self.high < other.low or (self.high == other.low and touching_is_apart)

    def __str__(self) -> str:
        """Return the interval in mathematical notation: `[162, 180)`; one value as itself."""
        low = "(−∞" if self.low is None else f"{'(['[not self.low_open]}{self.low}"
        high = "∞)" if self.high is None else f"{self.high}{'])'[self.high_open]}"
        return f"{low}, {high}" if low[1:] != high[:-1] else f"{self.low}"


class Quantity(Struct, frozen=True, tag=True):
    """A number or a range of numbers, as written (`almost 180`) and as meant ([162, 180))."""

    form: Form
    numbers: tuple[Decimal, ...]
    """The numbers as written: one, or two for a range."""
    interval: Interval[Decimal]
    """The numbers it allows."""

    def __str__(self) -> str:
        return str(self.interval)


class Precision(StrEnum):
    """The unit in which a moment is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"


class Moment(Struct, frozen=True):
    """A year, a month, a day or a minute, as precise as its source.

    All but a minute have no time zone: they mean that year, month or day anywhere on Earth.
    """

    precision: Precision
    at: datetime
    """The beginning, with a time zone; of all but a minute it is midnight UTC."""

    def __str__(self) -> str:
        """Return it in ISO 8601: `2025`, `2025-03`, `2025-03-18` or `2025-03-18T14:00:00Z`."""
        length = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}.get(self.precision)
        at = self.at.astimezone(UTC).isoformat(timespec="seconds")
        return at[:length] if length else at.replace("+00:00", "Z")

    @property
    def day(self) -> date:
        """The calendar day in the zone of `at`, or the first day of the month or year."""
        return self.at.date()

    @property
    def following(self) -> datetime:
        """The beginning of the next day, month or year, in the zone of `at`; of a minute, `at`."""
        match self.precision:
            case Precision.YEAR:
                return self.at.replace(year=self.at.year + 1)
            case Precision.MONTH:
                return (self.at + timedelta(days=31)).replace(day=1)
            case Precision.DAY:
                return self.at + timedelta(days=1)
            case _:
                return self.at

    def begins(self, zone: tzinfo | None = None) -> datetime:
        """Return when it begins, in UTC: in `zone`, or for None at the earliest place (UTC+14)."""
        if self.precision is Precision.MINUTE:
            return self.at.astimezone(UTC)
        return self.at.replace(tzinfo=zone or _EARLIEST).astimezone(UTC)

    def ends(self) -> datetime:
        """Return when it is over at the latest place on Earth (UTC-12), in UTC."""
        if self.precision is Precision.MINUTE:
            return self.at.astimezone(UTC)
        return self.following.replace(tzinfo=_LATEST).astimezone(UTC)


_EARLIEST = timezone(timedelta(hours=14))
_LATEST = timezone(timedelta(hours=-12))
"""The time zones in which a day begins first and ends last."""


class Period(Struct, frozen=True, tag=True):
    """The time from one moment to another; both are the same for a single moment."""

    first: Moment
    last: Moment

    @property
    def interval(self) -> Interval[datetime]:
        """The instants it covers anywhere on Earth: a day without a zone may be of any zone."""
        exact = self.last.precision is Precision.MINUTE
        return Interval(self.first.begins(), self.last.ends(), high_open=not exact)

    @property
    def days(self) -> Interval[date]:
        """The calendar days it covers, for points that ask for a date.

        They are sorted: the later of two instants can be on the earlier day, in another zone.
        """
        low, high = sorted((self.first.day, _last_day(self.last)))
        return Interval(low, high)

    def __str__(self) -> str:
        """Return instants in ISO 8601 with a slash between two, or the interval of its days."""
        if self.last.precision is Precision.MINUTE:
            return "/".join(
                dict.fromkeys(f"{m.begins():%Y-%m-%dT%H:%MZ}" for m in (self.first, self.last))
            )
        return str(self.days)


def _last_day(moment: Moment) -> date:
    """Return the last calendar day of a moment: of a month or year its last, else its own."""
    if moment.precision is Precision.MINUTE:
        return moment.day
    return moment.following.date() - timedelta(days=1)


class Choice(Struct, frozen=True, tag=True):
    """One or several options of a point."""

    options: frozenset[str]
    """Their ids."""

    def __str__(self) -> str:
        return ", ".join(sorted(self.options))


class FreeText(Struct, frozen=True, tag=True):
    """Free text, which is shown but not compared."""

    texts: Mapping[str, str]
    """By language code."""

    def __str__(self) -> str:
        """Return a dash: the text has no form that is the same in every language."""
        return "—"


Value = Quantity | Period | Choice | FreeText
MAX_DECIMALS = 9
"""Decimals of a number in a claim; a number with more is refused."""
SECONDS_OF_UNIT: Mapping[str, int] = {
    "duration-second": 1,
    "duration-minute": 60,
    "duration-hour": 3600,
    "duration-day": 86_400,
    "duration-week": 604_800,
}
"""The seconds of each unit of time, by its name in CLDR, that always has as many."""
MONTHS_OF_UNIT: Mapping[str, int] = {
    "duration-month": 1,
    "duration-quarter": 3,
    "duration-year": 12,
    "duration-decade": 120,
    "duration-century": 1200,
}
"""The months of each unit of time that has a whole number of them, by its name in CLDR."""
