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
    Form,
    Interval,
    Precision,
)
from support.nightly import examples
from support.values import (
    WRITTEN,
)

LAW = examples(50)


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
        ("1,000", "a number has no sign between its thousands: write 1000"),
        ("~1,000,000", "a number has no sign between its thousands: write ~1000000"),
        ("1 000..2'000", "a number has no sign between its thousands: write 1000..2000"),
        ("1,5", "a number has a decimal point: write 1.5"),
    ],
)
def test_what_is_meant_is_told_where_it_is_plain(written: str, cure: str) -> None:
    """A unit, a sign between thousands and a decimal comma are taken out or put right."""
    with pytest.raises(ValueError, match=re.escape(cure)):
        read_quantity(written)


@pytest.mark.parametrize("written", ["1.000", "~12.500", "2..3.750", "-1.000"])
def test_a_number_that_may_be_a_thousand_is_refused(written: str) -> None:
    """1.000 is one in English and a thousand in Vietnamese; nobody guesses which was meant."""
    with pytest.raises(ValueError, match="write 1000 for a thousand"):
        read_quantity(written)


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
        ("2025-03", Precision.MONTH, "2025-03-01T00:00Z"),
        ("2025-03-18", Precision.DAY, "2025-03-18T00:00Z"),
        ("2025-03-18T21:00+07:00", Precision.MINUTE, "2025-03-18T14:00Z"),
        ("2025-03-18 14:00:30Z", Precision.MINUTE, "2025-03-18T14:00:30Z"),
        ("2025-03-18T14:00:30.000Z", Precision.MINUTE, "2025-03-18T14:00:30Z"),
        ("2025-03-18T21:00:30.123456789+0700", Precision.MINUTE, "2025-03-18T14:00:30Z"),
        ("2025-03-18t14:00:30,5+00", Precision.MINUTE, "2025-03-18T14:00:30Z"),
    ],
)
def test_a_moment_is_a_month_a_day_or_a_minute(written: str, precision: Precision, at: str) -> None:
    """What is left out is not known, and not made up."""
    moment = read_moment(written)

    assert moment.precision is precision
    assert moment.at == datetime.fromisoformat(at)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("18/3/2025", "write 2025-03-18"),
        ("2025", "write 2025-03-18"),
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


@pytest.mark.parametrize("written", ["2025-03-19..2025-03-18", "2025-04..2025-03-18"])
def test_a_period_goes_from_the_earlier_to_the_later_date(written: str) -> None:
    """A period that is turned round is told of."""
    with pytest.raises(ValueError, match="earlier date first"):
        read_period(written)


@pytest.mark.parametrize("written", ["2025-03-18..", "..2025-03-18", "..", "2025-03-18...."])
def test_a_period_with_an_open_end_is_no_period(written: str) -> None:
    """Half a range is not taken for one day."""
    with pytest.raises(ValueError, match="write 2025-03-18"):
        read_period(written)


@LAW
@given(st.text())
def test_any_text_is_a_value_or_refused_with_the_cure(written: str) -> None:
    """The readers raise ValueError and nothing else."""
    for read in (read_quantity, read_moment, read_period):
        said = refusal(read, written)
        assert said is None or "write" in said


def refusal(read: Callable[[str], object], written: str) -> str | None:
    """Give what is said when a text is refused, or None."""
    try:
        read(written)
    except ValueError as error:
        return str(error)
    return None
