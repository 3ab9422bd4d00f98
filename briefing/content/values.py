"""Parses the values of claims: `>=30`, `~67`, `30..45`, `5h20`, `2025-03`, `2025-03-18T14:00Z`.

Text -> the types of `model.values`, or ValueError with the cure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from briefing.model.values import (
    MAX_DECIMALS,
    MONTHS_OF_UNIT,
    SECONDS_OF_UNIT,
    Form,
    Interval,
    Moment,
    Period,
    Precision,
    Quantity,
)
from briefing.syntax.cldr import suggest_unit, unit_id
from briefing.syntax.number_signs import plain_numbers
from briefing.syntax.spoken_durations import in_hours_and_minutes, seconds_of

_NUMBER = rf"-?\d{{1,18}}(?:\.\d{{1,{MAX_DECIMALS}}})?"
_HOURS = r"\d{1,6}h(?:[0-5]\d)?"
SIGN = r">=|<=|>|<|~|≥|≤|almost\s|over\s|about\s"
QUANTITY = re.compile(
    rf"(?P<sign>{SIGN})?\s*(?P<a>{_HOURS}|{_NUMBER})(?:\s*\.\.\s*(?P<b>{_HOURS}|{_NUMBER}))?",
    re.ASCII,
)
THOUSANDS = re.compile(r"(?<!\d)(?<!\d\.)[1-9]\d{0,2}\.\d{3}(?!\d)", re.ASCII)
"""1.000 means one in English and a thousand in Vietnamese, so it is refused."""
_UNIT_AFTER = re.compile(r"(?<=\d)(?:\s*[%‰°]|\s+[^\W\d_]|[^\W\d_]{2})\D*$")
_ENDS = re.compile(rf"(?P<sign>(?:{SIGN})?\s*)(?P<ends>\S.*)", re.DOTALL)
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


def read_quantity(
    written: str, unit: str | None = None, locales: Sequence[str] = (), *, of_time: bool = True
) -> Quantity:
    """Return a number in one of the forms of docs/content.md. Raises ValueError with the cure.

    unit: that of the point, by CLDR's name; hours and minutes (`5h20`) are counted in it. locales:
    in whose words a unit may stand that is not to be there. of_time: whether the point is of kind
    `duration`, which alone takes hours and minutes.
    """
    match = _match(written := written.strip())
    if match is None or THOUSANDS.search(written):
        raise ValueError(_quantity_cure(written, unit, locales, of_time=of_time))
    sign = match["sign"].strip() if match["sign"] else None
    form = Form.BETWEEN if match["b"] else _FORMS[sign]
    terms = [term for term in (match["a"], match["b"]) if term]
    if not is_in_hours(written):
        numbers = tuple(map(Decimal, terms))
        return Quantity(form, numbers, _interval(form, *numbers))
    unit = unit if of_time else None
    seconds = [_seconds(term, terms) for term in terms]
    interval = _interval(form, *seconds)
    low, high = (None if end is None else _in(unit, end) for end in (interval.low, interval.high))
    meant = Interval(low, high, interval.low_open, interval.high_open)
    return Quantity(form, tuple(_in(unit, each) for each in seconds), meant)


def _match(written: str) -> re.Match[str] | None:
    """Return the parts of a quantity; None for what is none, and for a range with a sign."""
    match = QUANTITY.fullmatch(written)
    return None if match and match["b"] and match["sign"] else match


def is_in_hours(written: str) -> bool:
    """Whether a quantity is written in hours and minutes."""
    return re.search(r"\dh", written) is not None


def _seconds(term: str, terms: list[str]) -> Decimal:
    """Return the seconds of hours and minutes. Raises ValueError beside an end without an `h`."""
    hours, h, minutes = term.partition("h")
    if not h:
        ends = "..".join(each if "h" in each else f"{each}h" for each in terms)
        raise ValueError(f"both ends are in hours and minutes, or none: write {ends}")
    return Decimal(int(hours) * 3600 + int(minutes or 0) * 60)


def _in(unit: str | None, seconds: Decimal) -> Decimal:
    """Return seconds in a unit of time, with at most MAX_DECIMALS. Raises ValueError."""
    if unit is None:
        raise ValueError("hours and minutes are for a point of kind `duration`: write a number")
    if unit not in SECONDS_OF_UNIT:
        name = unit.partition("-")[2]
        raise ValueError(f"hours do not always make the same part of a {name}: write a number")
    return _rounded(seconds / SECONDS_OF_UNIT[unit])


def _rounded(number: Decimal) -> Decimal:
    """Return a number with at most MAX_DECIMALS."""
    return _without_trailing_zeros(number.quantize(Decimal(1).scaleb(-MAX_DECIMALS)))


def _quantity_cure(written: str, unit: str | None, locales: Sequence[str], *, of_time: bool) -> str:
    """Return what to write for what is no quantity in one of the forms."""
    takes_hours = of_time and unit is not None
    if takes_hours and unit in SECONDS_OF_UNIT:
        assert unit is not None, "it is one of time"
        if cure := _duration_cure(written, unit, locales):
            return cure
    number = _UNIT_AFTER.sub("", written)
    whole, decimal = plain_numbers(number)
    if not (_match(whole) and _match(decimal)):
        return f"{_FORMS_CURE}, or 1h30 for hours and minutes" if takes_hours else _FORMS_CURE
    lead = "" if number == written else f"{_UNIT_ELSEWHERE}: "
    if lead and (unit := unit and unit_id(unit)):
        said, name = written.removeprefix(number).strip(), unit.partition("-")[2]
        other = _unit_meant(said, unit, locales)
        if other is None:
            lead = f"the unit of the point is `{name}`; where `{said}` means the same, "
        elif other != name:
            return _in_the_unit_of_the_point(whole, other, unit, is_open=whole != decimal)
    if whole != decimal:
        sign = "comma" if "," in number else "point"
        return f"{lead}write {whole}, or {decimal} if the {sign} is a decimal one"
    return f"{lead or _number_rule(number, whole)}write {whole}"


def _unit_meant(said: str, unit: str, locales: Sequence[str]) -> str | None:
    """Return the unit that words after a number name, without CLDR's kind; None for none known."""
    if unit.startswith(_OF_TIME) and (found := suggest_unit(said, locales, of_time=True)):
        return found
    return suggest_unit(said, locales, of_time=False)


def _in_the_unit_of_the_point(number: str, said: str, unit: str, *, is_open: bool) -> str:
    """Return what to write for a number in another unit: the same in `unit` where that is exact.

    is_open: whether the number has two readings.
    """
    name, match = unit.partition("-")[2], _match(number)
    sizes = next(
        (sizes for sizes in (SECONDS_OF_UNIT, MONTHS_OF_UNIT) if f"{_OF_TIME}{said}" in sizes), {}
    )
    if match and not is_open and unit in sizes:
        size, own = sizes[f"{_OF_TIME}{said}"], sizes[unit]
        terms = [Decimal(term) for term in (match["a"], match["b"]) if term]
        counted = [_rounded(term * size / own) for term in terms]
        if all(count * own == term * size for count, term in zip(counted, terms, strict=True)):
            sign = number[: match.start("a")]
            return f"the unit of the point is `{name}`: write {sign}{'..'.join(map(str, counted))}"
    return (
        f"the unit of the point is `{name}`, and the one written is `{said}`: "
        f"count in `{name}`, or give the point the unit `{said}`"
    )


_OF_TIME = "duration-"
"""The prefix of CLDR's units of time."""
_UNIT_ELSEWHERE = "the unit is in topic.yaml"
_FORMS_CURE = 'write 30, ">=30", "<=30", almost 30, over 30, "~30" or 20..30'


def _number_rule(written: str, plain: str) -> str:
    """Return the rule that a number breaks, of which `plain` is the right form."""
    if sum(map(str.isdecimal, written)) == len(written) == len(plain):
        return "a number has the digits 0 to 9: "
    signs, points = (len(re.findall(r"\d[^\d<>=~-](?=\d)", each)) for each in (written, plain))
    if not points:
        return "a number has no sign between its thousands: "
    more = ", and no sign between its thousands" if signs > points else ""
    return f"a number has a decimal point{more}: "


def _duration_cure(written: str, unit: str, locales: Sequence[str]) -> str | None:
    """Return what to write for a duration in another form or unit; None for what is none."""
    plain, other = plain_numbers(written)
    parts = _ENDS.fullmatch(plain) if plain == other else None
    ends = [end.strip() for end in parts["ends"].split("..")] if parts else []
    seconds = [each for end in ends if (each := seconds_of(end, locales)) is not None]
    if not parts or parts["ends"].count("..") > 1 or len(seconds) < len(ends):
        return None
    counted = [str(_in(unit, each)) for each in seconds]
    number = parts["sign"] + "..".join(counted)
    if all(re.match(rf"{re.escape(n)}(?!\d)", end) for n, end in zip(counted, ends, strict=True)):
        return f"{_UNIT_ELSEWHERE}: write {number}"
    hours = [text for each in seconds if (text := in_hours_and_minutes(each))]
    in_days = not any(each % SECONDS_OF_UNIT["duration-day"] for each in seconds)
    size = SECONDS_OF_UNIT[unit]
    is_exact = all(Decimal(n) * size == each for n, each in zip(counted, seconds, strict=True))
    if len(hours) < len(ends) or (in_days and is_exact):
        return f"the unit of the point is `{unit.partition('-')[2]}`: write {number}"
    return f"hours and minutes are written as in 1h05: write {parts['sign']}{'..'.join(hours)}"


def _interval(form: Form, number: Decimal, high: Decimal | None = None) -> Interval[Decimal]:
    """Return the interval that is meant (docs/content.md); `high` ends a range.

    `almost` reaches 10 % down, `over` 25 % up, `about` 10 % both ways. Raises ValueError.
    """
    if high is not None:
        if number >= high:
            cure = "write the smaller number first, and one number where they are the same"
            raise ValueError(cure)
        return Interval(number, high)
    if form in (Form.ALMOST, Form.OVER) and not number:
        raise ValueError("there is no almost 0 and no over 0; write <0, >0 or ~0")
    tenth_below = _without_trailing_zeros(number - abs(number) / 10)
    tenth_above = _without_trailing_zeros(number + abs(number) / 10)
    quarter_above = _without_trailing_zeros(number + abs(number) / 4)
    spans: dict[Form, Interval[Decimal]] = {
        Form.EXACT: Interval(number, number),
        Form.AT_LEAST: Interval(number, None),
        Form.AT_MOST: Interval(None, number),
        Form.MORE_THAN: Interval(number, None, low_open=True),
        Form.LESS_THAN: Interval(None, number, high_open=True),
        Form.ALMOST: Interval(tenth_below, number, high_open=True),
        Form.OVER: Interval(number, quarter_above, low_open=True),
        Form.ABOUT: Interval(tenth_below, tenth_above),
    }
    return spans[form]


def _without_trailing_zeros(number: Decimal) -> Decimal:
    """Return the number without zeros at the end: 162 for 162.0."""
    return number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()


YEARS = range(1000, 9000)
"""Years of dates; beyond, a date may not exist for `datetime` in another time zone."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
YEAR = re.compile(r"\d{4}", re.ASCII)
MINUTE = re.compile(
    r"(?P<time>\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2})?)(?:(?<=:\d\d:\d\d)[.,]\d{1,9})?"
    r"(?P<zone>[Zz]|[+-]\d{2}(?::?\d{2})?)",
    re.ASCII,
)
"""A time as ISO 8601 and RFC 3339 have it, with a zone; of a second no fraction is kept."""


def read_moment(written: str) -> Moment:
    """Return a year, a month, a day, or a time with its zone, written as in ISO 8601.

    Raises ValueError with the cure.
    """
    cure = "write 2025-03-18, 2025-03, 2025, or with a zone 2025-03-18T21:00+07:00"
    if YEAR.fullmatch(written):
        precision, iso = Precision.YEAR, f"{written}-01-01T00:00Z"
    elif MONTH.fullmatch(written):
        precision, iso = Precision.MONTH, f"{written}-01T00:00Z"
    elif DAY.fullmatch(written):
        precision, iso = Precision.DAY, f"{written}T00:00Z"
    elif match := MINUTE.fullmatch(written):
        precision, iso = Precision.MINUTE, f"{match['time']}{match['zone']}".upper()
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
    """Return the period of a moment or of `moment..moment`. Raises ValueError with the cure."""
    first, dots, last = written.partition("..")
    period = Period(read_moment(first.strip()), read_moment((last if dots else first).strip()))
    # A month that is not over may end in its year: 2025-03..2025.
    begins_before = period.last.begins() < period.first.begins()
    if begins_before and period.last.ends() <= period.first.ends():
        raise ValueError("write the earlier date first")
    return period
