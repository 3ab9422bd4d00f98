"""What numbers, times and options mean, and how they are written to machines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from briefing.content.values import read_moment, read_period, read_quantity
from briefing.model.values import (
    Choice,
    FreeText,
    Moment,
    Period,
)
from support.nightly import examples
from support.values import (
    MOMENTS,
)

LAW = examples(50)


def test_a_day_begins_first_where_the_sun_rises_first_and_ends_last_on_the_other_side() -> None:
    """A day without a zone may be the day of any zone."""
    day = read_moment("2025-03-18")

    assert day.begins() == datetime(2025, 3, 17, 10, tzinfo=UTC)
    assert day.ends() == datetime(2025, 3, 19, 12, tzinfo=UTC)
    assert day.begins(ZoneInfo("Asia/Ho_Chi_Minh")) == datetime(2025, 3, 17, 17, tzinfo=UTC)


def test_a_month_ends_with_its_last_day() -> None:
    """December ends with the year, and February where the calendar says."""
    assert read_moment("2025-12").ends() == read_moment("2025-12-31").ends()
    assert read_moment("2024-02").ends() == read_moment("2024-02-29").ends()


def test_a_year_ends_with_its_last_day() -> None:
    """It is that year anywhere on Earth, as a day is."""
    year = read_moment("2027")

    assert str(year) == "2027"
    assert year.begins() == read_moment("2027-01-01").begins()
    assert year.ends() == read_moment("2027-12-31").ends()


def test_a_minute_is_the_same_in_every_zone() -> None:
    """A time that has a zone does not look at another."""
    minute = read_moment("2025-03-18T21:00+07:00")

    assert minute.begins() == minute.begins(ZoneInfo("America/New_York")) == minute.ends()


@LAW
@given(MOMENTS, MOMENTS)
def test_the_days_of_a_period_stand_in_their_order(a: Moment, b: Moment) -> None:
    """Whatever zones its ends are written in, a period does not end before it begins."""
    period = Period(a, b)

    assert period.days.low is not None
    assert period.days.high is not None
    assert period.days.low <= period.days.high


def test_a_period_may_end_on_an_earlier_day_in_another_zone() -> None:
    """Morning in Kiritimati is the evening before in Honolulu, and earlier all the same."""
    period = read_period("2025-03-19T01:00+14:00..2025-03-18T23:00-10:00")

    assert str(period.days) == "[2025-03-18, 2025-03-19]"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2025-03-18", "2025-03-18"),
        ("2025-03", "[2025-03-01, 2025-03-31]"),
        ("2025-12", "[2025-12-01, 2025-12-31]"),
        ("2024", "[2024-01-01, 2024-12-31]"),
        ("2025-03-18T21:00+07:00", "2025-03-18T14:00Z"),
        ("2025-03-18T21:00+07:00..2025-03-18T23:00+07:00", "2025-03-18T14:00Z/2025-03-18T16:00Z"),
    ],
)
def test_a_normalised_date_is_written_as_iso_8601_does(written: str, shown: str) -> None:
    """A reader who opens a verdict sees the value that was compared."""
    assert str(read_period(written)) == shown


def test_options_are_written_by_id_and_words_are_not_written() -> None:
    """What is compared of a choice is its ids; words are never compared."""
    assert str(Choice(frozenset(["water", "boats"]))) == "boats, water"
    assert str(FreeText({"en": "One river."})) == "—"


def test_the_longest_number_keeps_its_digits() -> None:
    """18 digits and 9 decimals are more than any claim needs, and none is lost."""
    written = "999999999999999999.999999999"

    assert str(read_quantity(written)) == written
    assert (
        read_moment("2025-03-18").begins() + timedelta(hours=50) == read_moment("2025-03-18").ends()
    )
