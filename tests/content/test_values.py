"""What a claim says: the forms of docs/content.md, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.content.values import read_moment, read_period, read_quantity
from briefing.model.values import (
    MAX_DECIMALS,
    SECONDS_OF_UNIT,
    Form,
    Interval,
    Precision,
    Quantity,
)
from support.nightly import examples
from support.values import (
    HOURS,
    WRITTEN,
)

LAW = examples(50)
MINUTE = "duration-minute"


@pytest.mark.parametrize(
    ("written", "form", "meant"),
    [
        ("30", Form.EXACT, "30"),
        ("-4.5", Form.EXACT, "-4.5"),
        (">=90", Form.AT_LEAST, "[90, ∞)"),
        ("≥ 90", Form.AT_LEAST, "[90, ∞)"),
        ("<=5", Form.AT_MOST, "(−∞, 5]"),
        ("≤5", Form.AT_MOST, "(−∞, 5]"),
        (">90", Form.MORE_THAN, "(90, ∞)"),
        ("<5", Form.LESS_THAN, "(−∞, 5)"),
        ("almost 180", Form.ALMOST, "[162, 180)"),
        ("over 90", Form.OVER, "(90, 112.5]"),
        ("~150", Form.ABOUT, "[135, 165]"),
        ("about 150", Form.ABOUT, "[135, 165]"),
        ("~0", Form.ABOUT, "0"),
        ("~-10", Form.ABOUT, "[-11, -9]"),
        ("90..120", Form.BETWEEN, "[90, 120]"),
        (" 90 .. 120 ", Form.BETWEEN, "[90, 120]"),
        ("-2..-1", Form.BETWEEN, "[-2, -1]"),
    ],
)
def test_a_number_means_what_the_format_says(written: str, form: Form, meant: str) -> None:
    """Each form of docs/content.md is the interval that stands beside it there."""
    quantity = read_quantity(written)

    assert quantity.form is form
    assert str(quantity) == meant


@pytest.mark.parametrize(
    "written",
    ["", "3O", ">= ", "..", "1..", "..2", "~1..2", "1e3", ".5", "5.", "+5"],
)
def test_what_is_no_number_is_refused_with_the_forms_there_are(written: str) -> None:
    """A number in no form of ours is not guessed at."""
    with pytest.raises(ValueError, match=r"write 30, "):
        read_quantity(written)


@pytest.mark.parametrize(
    ("written", "cure"),
    [
        ("30 days", "the unit is in topic.yaml: write 30"),
        ("over 30 km/h", "the unit is in topic.yaml: write over 30"),
        ("60%", "the unit is in topic.yaml: write 60"),
        ("~1,000,000", "a number has no sign between its thousands: write ~1000000"),
        ("1 000..2'000", "a number has no sign between its thousands: write 1000..2000"),
        ("1 541", "a number has no sign between its thousands: write 1541"),
        ("1’541", "a number has no sign between its thousands: write 1541"),
        ("12,34,567", "a number has no sign between its thousands: write 1234567"),
        ("1,5", "a number has a decimal point: write 1.5"),
        ("~67,34", "a number has a decimal point: write ~67.34"),
        ("1,5..2,5", "a number has a decimal point: write 1.5..2.5"),
        ("0,125", "a number has a decimal point: write 0.125"),
        (
            "1.541,5",
            "a number has a decimal point, and no sign between its thousands: write 1541.5",
        ),
        (
            "1,541.5",
            "a number has a decimal point, and no sign between its thousands: write 1541.5",
        ),
        ("١٥٤١", "a number has the digits 0 to 9: write 1541"),
        ("67,34 %", "the unit is in topic.yaml: write 67.34"),
        ("5h20", "hours and minutes are for a point of kind `duration`: write a number"),
    ],
)
def test_what_is_meant_is_told_where_it_is_plain(written: str, cure: str) -> None:
    """A unit, a sign between thousands and a decimal comma are taken out or put right."""
    with pytest.raises(ValueError, match=re.escape(cure)):
        read_quantity(written)


@pytest.mark.parametrize(
    ("written", "cure"),
    [
        ("1.000", "write 1000, or 1.0 if the point is a decimal one"),
        ("~12.500", "write ~12500, or ~12.5 if the point is a decimal one"),
        ("2..3.751", "write 2..3751, or 2..3.7510 if the point is a decimal one"),
        ("-1.000", "write -1000, or -1.0 if the point is a decimal one"),
        ("1,541", "write 1541, or 1.5410 if the comma is a decimal one"),
        ("over 1,060", "write over 1060, or over 1.06 if the comma is a decimal one"),
        ("1,541 km", "the unit is in topic.yaml: write 1541, or 1.5410 if the comma is"),
    ],
)
def test_a_number_that_may_be_a_thousand_is_told_with_both_readings(
    written: str, cure: str
) -> None:
    """1.000 is one in English and a thousand in Vietnamese; nobody guesses which was meant."""
    with pytest.raises(ValueError, match=re.escape(cure)):
        read_quantity(written)


@LAW
@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from([".", ","]))
def test_both_readings_of_a_number_can_be_read(before: int, after: int, sign: str) -> None:
    """What is proposed is not refused in its turn."""
    said = refusal(read_quantity, f"{before}{sign}{after:03}") or ""
    many, few = re.findall(r"\d[\d.]*", said)

    assert read_quantity(many).numbers == (Decimal(1000 * before + after),)
    assert read_quantity(few).numbers == (before + Decimal(after) / 1000,)


@pytest.mark.parametrize(
    ("written", "form", "meant"),
    [
        ("5h20", Form.EXACT, "320"),
        ("5h", Form.EXACT, "300"),
        ("5h05", Form.EXACT, "305"),
        ("0h45", Form.EXACT, "45"),
        (">=1h30", Form.AT_LEAST, "[90, ∞)"),
        ("almost 5h20", Form.ALMOST, "[288, 320)"),
        ("~1h35", Form.ABOUT, "[85.5, 104.5]"),
        ("1h30..2h", Form.BETWEEN, "[90, 120]"),
    ],
)
def test_hours_and_minutes_are_counted_in_the_unit_of_the_point(
    written: str, form: Form, meant: str
) -> None:
    """So they are compared with plain numbers: 5h20 is 320 minutes."""
    quantity = read_quantity(written, MINUTE)

    assert quantity.form is form
    assert str(quantity) == meant


@LAW
@given(HOURS, st.sampled_from(sorted(SECONDS_OF_UNIT)))
@example("5h20", "duration-hour")
def test_hours_and_minutes_are_one_value_with_the_same_plain_number(
    written: str, unit: str
) -> None:
    """However it is written, a value is in one position; its decimals are bounded as all are."""
    value = read_quantity(written, unit)

    assert value == read_quantity(str(value.numbers[0]), unit) or value.form is not Form.EXACT
    assert hash(value) == hash(read_quantity(written, unit))
    assert all(round(number, MAX_DECIMALS) == number for number in value.numbers)


@pytest.mark.parametrize(
    "written",
    [
        *("5:20", "5 h 20", "5h 20", "5H20", "5h20m", "5h20'", "5h20′", "5 hours 20", "4h80"),
        *("5 hours and 20 minutes", "5 giờ 20 phút", "5 giờ 20", "5g20"),
    ],
)
def test_hours_and_minutes_in_another_form_are_told_in_the_right_one(written: str) -> None:
    """In the words of any language of the site, or by the signs that people use."""
    said = refusal(lambda text: read_quantity(text, MINUTE, ["vi", "en_GB"]), written)

    assert said == "hours and minutes are written as in 1h05: write 5h20"


@pytest.mark.parametrize(
    ("written", "unit", "cure"),
    [
        ("320 min", MINUTE, "the unit is in topic.yaml: write 320"),
        ("almost 320 phút", MINUTE, "the unit is in topic.yaml: write almost 320"),
        ("5h75", MINUTE, "hours and minutes are written as in 1h05: write 6h15"),
        ("5h5", MINUTE, "hours and minutes are written as in 1h05: write 5h05"),
        ("almost 3 hours", MINUTE, "hours and minutes are written as in 1h05: write almost 3h"),
        ("1,5 hours", MINUTE, "hours and minutes are written as in 1h05: write 1h30"),
        ("1:30..2:00", MINUTE, "hours and minutes are written as in 1h05: write 1h30..2h"),
        ("20 minutes", "duration-hour", "hours and minutes are written as in 1h05: write 0h20"),
        ("45 seconds", MINUTE, "the unit of the point is `minute`: write 0.75"),
        ("1..2h", MINUTE, "both ends are in hours and minutes, or none: write 1h..2h"),
        ("2h..1h", MINUTE, "write the smaller number first"),
        ("5h20", "duration-month", "hours do not always make the same part of a month"),
    ],
)
def test_a_duration_in_another_unit_is_told_in_one_that_counts(
    written: str, unit: str, cure: str
) -> None:
    """3 hours are not 3 minutes: the cure says the same time."""
    said = refusal(lambda text: read_quantity(text, unit, ["vi", "en_GB"]), written)

    assert said is not None
    assert said.startswith(cure)


@pytest.mark.parametrize(
    ("written", "unit", "cure"),
    [
        ("42 days", "duration-week", "the unit of the point is `week`: write 6"),
        (">=6 tuần", "duration-day", "the unit of the point is `day`: write >=42"),
        ("2..3 years", "duration-month", "the unit of the point is `month`: write 24..36"),
        ("18 months", "year", "the unit of the point is `year`: write 1.5"),
        ("6 weeks", "day", "the unit of the point is `day`: write 42"),
        ("90 %", "percent", "the unit is in topic.yaml: write 90"),
        (
            ">=3 months",
            "duration-week",
            (
                "the unit of the point is `week`, and the one written is `month`: "
                "count in `week`, or give the point the unit `month`"
            ),
        ),
        (
            "1 tháng",
            "duration-year",
            (
                "the unit of the point is `year`, and the one written is `month`: "
                "count in `year`, or give the point the unit `month`"
            ),
        ),
        (
            "3 miles",
            "length-kilometer",
            (
                "the unit of the point is `kilometer`, and the one written is `mile`: "
                "count in `kilometer`, or give the point the unit `mile`"
            ),
        ),
        (
            "30 people",
            "duration-week",
            "the unit of the point is `week`; where `people` means the same, write 30",
        ),
    ],
)
def test_a_number_in_another_unit_is_counted_in_that_of_the_point_only_where_that_is_exact(
    written: str, unit: str, cure: str
) -> None:
    """Three months are no whole number of weeks, and never three of them."""
    of_time = unit.startswith("duration-")

    assert refusal(lambda text: read_quantity(text, unit, ["vi"], of_time=of_time), written) == cure


@pytest.mark.parametrize("written", ["0.125", "1000", "1000.125", "1.0", "12.5"])
def test_a_number_that_can_be_read_in_one_way_is_read(written: str) -> None:
    """A point is a decimal point wherever no thousand can be meant."""
    assert read_quantity(written).numbers == (Decimal(written),)


@pytest.mark.parametrize("written", ["5..5", "6..5", "-1..-2"])
def test_a_range_goes_from_the_smaller_to_the_larger_number(written: str) -> None:
    """A range that is empty, or turned round, is a slip of the pen."""
    with pytest.raises(ValueError, match="smaller number first"):
        read_quantity(written)


@pytest.mark.parametrize("written", ["almost 0", "over 0", "over 0.00"])
def test_almost_nothing_is_no_number(written: str) -> None:
    """A part of 0 is 0, so these would be intervals with nothing in them."""
    with pytest.raises(ValueError, match="no almost 0"):
        read_quantity(written)


@LAW
@given(WRITTEN)
@example("almost 999999999999999999.999999999")
def test_the_ends_of_an_interval_stand_in_their_order(written: str) -> None:
    """No value means an interval that is turned round or has nothing in it."""
    span = read_quantity(written).interval

    assert span.low is not None or span.high is not None
    if span.low is not None and span.high is not None:
        assert span.low <= span.high
        assert span.low < span.high or not (span.low_open or span.high_open)


@LAW
@given(st.decimals(1, 10**9, places=2))
def test_the_parts_of_a_rough_number_are_those_of_the_format(number: Decimal) -> None:
    """`almost` reaches a tenth down, `over` a quarter up, `~` a tenth to both sides."""
    almost, over, about = (
        read_quantity(f"{sign}{number}").interval for sign in ("almost ", "over ", "~")
    )

    assert almost == Interval(number * 9 / 10, number, high_open=True)
    assert over == Interval(number, number * 5 / 4, low_open=True)
    assert about == Interval(number * 9 / 10, number * 11 / 10)


@pytest.mark.parametrize(
    ("written", "precision", "at"),
    [
        ("2027", Precision.YEAR, "2027-01-01T00:00Z"),
        ("2025-03", Precision.MONTH, "2025-03-01T00:00Z"),
        ("2025-03-18", Precision.DAY, "2025-03-18T00:00Z"),
        ("2025-03-18T21:00+07:00", Precision.MINUTE, "2025-03-18T14:00Z"),
        ("2025-03-18 14:00:30Z", Precision.MINUTE, "2025-03-18T14:00:30Z"),
        ("2025-03-18T14:00:30.000Z", Precision.MINUTE, "2025-03-18T14:00:30Z"),
        ("2025-03-18T21:00:30.123456789+0700", Precision.MINUTE, "2025-03-18T14:00:30Z"),
        ("2025-03-18t14:00:30,5+00", Precision.MINUTE, "2025-03-18T14:00:30Z"),
    ],
)
def test_a_moment_is_a_year_a_month_a_day_or_a_minute(
    written: str, precision: Precision, at: str
) -> None:
    """What is left out is not known, and not made up."""
    moment = read_moment(written)

    assert moment.precision is precision
    assert moment.at == datetime.fromisoformat(at)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("18/3/2025", "write 2025-03-18"),
        ("20255", "write 2025-03-18"),
        ("0000", "no such date"),
        ("9999", "a year from"),
        ("2025-3-1", "write 2025-03-18"),
        ("2025-03-18T21:00", "with a zone"),
        ("２０２５-03-18", "write 2025-03-18"),
        ("2025-02-30", "no such date"),
        ("2025-13", "no such date"),
        ("0000-01-01", "no such date"),
        ("0001-01-01", "a year from"),
        ("9999-12-31", "a year from"),
        ("9999-12", "a year from"),
        ("2025-03-18T25:00Z", "no such date"),
        ("2025-03-18T14:00.5Z", "write 2025-03-18"),
        ("2025-03-18T14:00:30.Z", "write 2025-03-18"),
    ],
)
def test_what_is_no_date_is_refused_with_the_cure(written: str, said: str) -> None:
    """A date that is not in the calendar, or not written as ISO 8601 does, is told of."""
    with pytest.raises(ValueError, match=said):
        read_moment(written)


@pytest.mark.parametrize(
    "written", ["2025-03-19..2025-03-18", "2025-04..2025-03-18", "2027..2025", "2025..2024-12"]
)
def test_a_period_goes_from_the_earlier_to_the_later_date(written: str) -> None:
    """A period that is turned round is told of."""
    with pytest.raises(ValueError, match="earlier date first"):
        read_period(written)


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("2025..2027", "[2025-01-01, 2027-12-31]"),
        ("2025-03..2027", "[2025-03-01, 2027-12-31]"),
        ("2025-03..2025", "[2025-03-01, 2025-12-31]"),
        ("2025..2025-03", "[2025-01-01, 2025-03-31]"),
    ],
)
def test_a_year_may_begin_or_end_a_period(written: str, days: str) -> None:
    """It begins with its first day and ends with its last."""
    assert str(read_period(written)) == days


@pytest.mark.parametrize("written", ["2025-03-18..", "..2025-03-18", "..", "2025-03-18...."])
def test_a_period_with_an_open_end_is_no_period(written: str) -> None:
    """Half a range is not taken for one day."""
    with pytest.raises(ValueError, match="write 2025-03-18"):
        read_period(written)


@LAW
@given(st.text())
def test_any_text_is_a_value_or_refused_with_the_cure(written: str) -> None:
    """The readers raise ValueError and nothing else."""
    for read in (read_quantity, read_duration, read_moment, read_period):
        said = refusal(read, written)
        assert said is None or "write" in said


def test_no_number_of_hours_is_too_large_to_be_refused() -> None:
    """A cure is told in numbers of any length, or the general one."""
    said = refusal(read_duration, "999999999 weeks " * 20_000)

    assert said is not None
    assert said.startswith("write 30, ")


def read_duration(written: str) -> Quantity:
    """Read a number of minutes."""
    return read_quantity(written, MINUTE, ["vi"])


def refusal(read: Callable[[str], object], written: str) -> str | None:
    """Give what is said when a text is refused, or None."""
    try:
        read(written)
    except ValueError as error:
        return str(error)
    return None
