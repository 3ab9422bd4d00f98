"""What a claim says, as a value that can be compared with another.

There are three shapes of value, whatever the kind of the point: a `Span` of
numbers or of time, a `Choice` of options, and words, which are never compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from enum import StrEnum
from typing import Generic, Protocol, Self, TypeVar

from msgspec import Struct


class Relation(StrEnum):
    """How two values of one point stand to each other."""

    EQUAL = "equal"
    COMPATIBLE = "compatible"
    CONFLICT = "conflict"
    UNCOMPUTED = "uncomputed"


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


class Span(Struct, Generic[E], frozen=True):
    """All values between two ends; an end that is None is infinitely far."""

    low: E | None
    high: E | None
    low_open: bool = False
    """The low end itself is outside."""
    high_open: bool = False

    def meets(self, other: Span[E]) -> bool:
        """Whether some value is in both."""
        return not (self._is_below(other) or other._is_below(self))

    def _is_below(self, other: Span[E]) -> bool:
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
    span: Span[Decimal]

    def __str__(self) -> str:
        return str(self.span)


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
    def span(self) -> Span[datetime]:
        """The time it covers anywhere on Earth: a day without a zone may be any zone's."""
        exact = self.last.precision is Precision.MINUTE
        return Span(self.first.begins(), self.last.ends(), high_open=not exact)

    @property
    def days(self) -> Span[date]:
        """The calendar days it covers, for points that ask for a date.

        A later time may be on an earlier day, in another zone.
        """
        low, high = sorted((self.first.day, _last_day(self.last)))
        return Span(low, high)

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


class Words(Struct, frozen=True, tag=True):
    """Free words, by language."""

    texts: Mapping[str, str]

    def __str__(self) -> str:
        return "—"


Value = Quantity | Period | Choice | Words

MAX_DECIMALS = 9
_NUMBER = rf"-?\d{{1,18}}(?:\.\d{{1,{MAX_DECIMALS}}})?"
_QUANTITY = re.compile(
    rf"(?P<sign>>=|<=|>|<|~|≥|≤|almost\s|over\s|about\s)?\s*(?P<a>{_NUMBER})(?:\s*\.\.\s*(?P<b>{_NUMBER}))?",
    re.ASCII,
)
_THOUSANDS = re.compile(r"(?<!\d)(?<!\d\.)[1-9]\d{0,2}\.\d{3}(?!\d)", re.ASCII)
"""1.000 is one in English and a thousand in Vietnamese."""
_FORMS = {
    None: Form.EXACT,
    ">=": Form.AT_LEAST,
    "≥": Form.AT_LEAST,
    "<=": Form.AT_MOST,
    "≤": Form.AT_MOST,
    ">": Form.MORE_THAN,
    "<": Form.LESS_THAN,
    "~": Form.ABOUT,
    "about": Form.ABOUT,
    "almost": Form.ALMOST,
    "over": Form.OVER,
}


def read_quantity(written: str) -> Quantity:
    """Read a number in one of the forms of docs/content.md; raises ValueError with the cure."""
    match = _QUANTITY.fullmatch(written.strip())
    sign = match["sign"].strip() if match and match["sign"] else None
    if not match or (match["b"] and sign):
        raise ValueError('write 30, ">=30", "<=30", almost 30, over 30, "~30" or 20..30')
    if _THOUSANDS.search(written):
        raise ValueError("write 1000 for a thousand, and 1.0 for one: 1.000 can be read as both")
    if match["b"] is None:
        number = Decimal(match["a"])
        return Quantity(_FORMS[sign], (number,), _span(_FORMS[sign], number))
    low, high = Decimal(match["a"]), Decimal(match["b"])
    if low >= high:
        raise ValueError("write the smaller number first, and one number where they are the same")
    return Quantity(Form.BETWEEN, (low, high), Span(low, high))


def _span(form: Form, number: Decimal) -> Span[Decimal]:
    """The interval that is meant: `almost` reaches 10 % down, `over` 25 % up, `about` 10 % both."""
    if form in (Form.ALMOST, Form.OVER) and not number:
        raise ValueError("there is no almost 0 and no over 0; write <0, >0 or ~0")
    tenth_below = _plain(number - abs(number) / 10)
    tenth_above = _plain(number + abs(number) / 10)
    quarter_above = _plain(number + abs(number) / 4)
    spans: dict[Form, Span[Decimal]] = {
        Form.EXACT: Span(number, number),
        Form.AT_LEAST: Span(number, None),
        Form.AT_MOST: Span(None, number),
        Form.MORE_THAN: Span(number, None, low_open=True),
        Form.LESS_THAN: Span(None, number, high_open=True),
        Form.ALMOST: Span(tenth_below, number, high_open=True),
        Form.OVER: Span(number, quarter_above, low_open=True),
        Form.ABOUT: Span(tenth_below, tenth_above),
    }
    return spans[form]


def _plain(number: Decimal) -> Decimal:
    """Drop the zeros at the end: 162.0 is 162."""
    return number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()


YEARS = range(1000, 9000)
"""Years of dates; beyond, there may be no such day in another time zone."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
_MINUTE = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})", re.ASCII)


def read_moment(written: str) -> Moment:
    """Read a month, a day, or a day and time with its zone, as ISO 8601 writes them.

    Raises ValueError with the cure.
    """
    cure = "write 2025-03-18, 2025-03, or with a zone 2025-03-18T21:00+07:00"
    if _MONTH.fullmatch(written):
        precision, iso = Precision.MONTH, f"{written}-01T00:00Z"
    elif _DAY.fullmatch(written):
        precision, iso = Precision.DAY, f"{written}T00:00Z"
    elif _MINUTE.fullmatch(written):
        precision, iso = Precision.MINUTE, written
    else:
        raise ValueError(cure)
    try:
        moment = Moment(precision, datetime.fromisoformat(iso))
    except ValueError:
        raise ValueError(f"there is no such date; {cure}") from None
    if moment.at.year not in YEARS:
        raise ValueError(f"write a year from {YEARS.start} to {YEARS.stop - 1}")
    return moment


def read_period(written: str) -> Period:
    """Read a moment or `moment..moment`; raises ValueError with the cure."""
    first, dots, last = written.partition("..")
    period = Period(read_moment(first.strip()), read_moment((last if dots else first).strip()))
    if period.last.begins() < period.first.begins():
        raise ValueError("write the earlier date first")
    return period


def relate_spans(a: Span[E], b: Span[E]) -> Relation:
    """Compare two spans: the same, meeting, or apart."""
    if a == b:
        return Relation.EQUAL
    return Relation.COMPATIBLE if a.meets(b) else Relation.CONFLICT


def relate_sets(a: frozenset[str], b: frozenset[str], core: str | None) -> Relation:
    """Compare two sets: the same, one in the other or with the core in both, or apart."""
    if a == b:
        return Relation.EQUAL
    compatible = a <= b or b <= a or core in a & b
    return Relation.COMPATIBLE if compatible else Relation.CONFLICT


def relate_in_tree(a: str, b: str, parents: Mapping[str, str]) -> Relation:
    """Compare two nodes of a tree: the same, one above the other, or on two branches."""
    if a == b:
        return Relation.EQUAL
    related = a in ancestors(b, parents) or b in ancestors(a, parents)
    return Relation.COMPATIBLE if related else Relation.CONFLICT


def ancestors(node: str, parents: Mapping[str, str]) -> Iterator[str]:
    """Give what stands above a node, nearest first; stops where a circle closes."""
    seen = {node}
    while (node := parents.get(node, "")) and node not in seen:
        seen.add(node)
        yield node


def relate_on_scale(a: str, b: str, scale: tuple[str, ...], tolerance: int) -> Relation:
    """Compare two places on an ordered scale: the same, within `tolerance` steps, or further."""
    if a == b:
        return Relation.EQUAL
    near = abs(scale.index(a) - scale.index(b)) <= tolerance
    return Relation.COMPATIBLE if near else Relation.CONFLICT
