"""Parses the values of claims: `>=30`, `~67`, `30..45`, `2025-03`, `2025-03-18T14:00Z`.

Text -> the types of `model.values`, or ValueError with the cure.
"""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

from briefing.model.values import (
    MAX_DECIMALS,
    Form,
    Interval,
    Moment,
    Period,
    Precision,
    Quantity,
)

_NUMBER = rf"-?\d{{1,18}}(?:\.\d{{1,{MAX_DECIMALS}}})?"
_QUANTITY = re.compile(
    rf"(?P<sign>>=|<=|>|<|~|≥|≤|almost\s|over\s|about\s)?\s*(?P<a>{_NUMBER})(?:\s*\.\.\s*(?P<b>{_NUMBER}))?",
    re.ASCII,
)
_THOUSANDS = re.compile(r"(?<!\d)(?<!\d\.)[1-9]\d{0,2}\.\d{3}(?!\d)", re.ASCII)
"""1.000 means one in English and a thousand in Vietnamese, so it is refused."""
_GROUPED = re.compile(
    r"(?<![\d,])(?<!\d\.)\d{1,3}(?:(?:,\d{3})+|(?:[ _'’\xa0\u2009\u202f]\d{3})+)(?!\d)",
    re.ASCII,
)
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))", re.ASCII)
_WITH_A_UNIT = re.compile(
    rf"(?P<number>{_QUANTITY.pattern})(?:\s*[%‰°]|\s+[^\W\d_]|[^\W\d_]{{2}})\D*"
)
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
    """Return a number in one of the forms of docs/content.md. Raises ValueError with the cure."""
    match = _QUANTITY.fullmatch(written.strip())
    sign = match["sign"].strip() if match and match["sign"] else None
    if not match or (match["b"] and sign):
        raise ValueError(_quantity_cure(written.strip()))
    if _THOUSANDS.search(written):
        raise ValueError("write 1000 for a thousand, and 1.0 for one: 1.000 can be read as both")
    if match["b"] is None:
        number = Decimal(match["a"])
        return Quantity(_FORMS[sign], (number,), _interval(_FORMS[sign], number))
    low, high = Decimal(match["a"]), Decimal(match["b"])
    if low >= high:
        raise ValueError("write the smaller number first, and one number where they are the same")
    return Quantity(Form.BETWEEN, (low, high), Interval(low, high))


def _quantity_cure(written: str) -> str:
    """Return what to write for what is no number in one of the forms."""
    plain = _GROUPED.sub(lambda match: re.sub(r"\D", "", match.group()), written)
    if plain != written and _QUANTITY.fullmatch(plain):
        return f"a number has no sign between its thousands: write {plain}"
    pointed = _DECIMAL_COMMA.sub(".", written)
    if pointed != written and _QUANTITY.fullmatch(pointed):
        return f"a number has a decimal point: write {pointed}"
    if match := _WITH_A_UNIT.fullmatch(written):
        return f"the unit is in topic.yaml: write {match['number']}"
    return 'write 30, ">=30", "<=30", almost 30, over 30, "~30" or 20..30'


def _interval(form: Form, number: Decimal) -> Interval[Decimal]:
    """Return the interval that is meant (docs/content.md).

    `almost` reaches 10 % down, `over` 25 % up, `about` 10 % both ways. Raises ValueError.
    """
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
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
_MINUTE = re.compile(
    r"(?P<time>\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2})?)(?:(?<=:\d\d:\d\d)[.,]\d{1,9})?"
    r"(?P<zone>[Zz]|[+-]\d{2}(?::?\d{2})?)",
    re.ASCII,
)
"""A time as ISO 8601 and RFC 3339 have it, with a zone; of a second no fraction is kept."""


def read_moment(written: str) -> Moment:
    """Return a month, a day, or a time with its zone, written as in ISO 8601.

    Raises ValueError with the cure.
    """
    cure = "write 2025-03-18, 2025-03, or with a zone 2025-03-18T21:00+07:00"
    if _MONTH.fullmatch(written):
        precision, iso = Precision.MONTH, f"{written}-01T00:00Z"
    elif _DAY.fullmatch(written):
        precision, iso = Precision.DAY, f"{written}T00:00Z"
    elif match := _MINUTE.fullmatch(written):
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
    if period.last.begins() < period.first.begins():
        raise ValueError("write the earlier date first")
    return period
