"""What a claim says: the forms of docs/content.md, what they mean, and how two of them compare."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.comparison.relations import (
    Relation,
    ancestors,
    relate_in_tree,
    relate_intervals,
    relate_on_scale,
    relate_sets,
)
from briefing.content.values import read_moment, read_period, read_quantity
from briefing.model.values import (
    Choice,
    Form,
    FreeText,
    Interval,
    Moment,
    Period,
    Precision,
    Quantity,
)
from support.nightly import examples

LAW = examples(50)

NUMBERS = st.decimals(-(10**9), 10**9, places=2).map(lambda number: f"{number:f}")
SIGNS = st.sampled_from(["", ">=", "<=", ">", "<", "≥", "≤", "~", "about ", "almost ", "over "])


def is_readable(written: str) -> bool:
    """Whether a text is a quantity; `almost 0` and `over 0` are none."""
    return not (written.startswith(("almost", "over")) and not Decimal(written.split()[1]))


def joined(ends: tuple[Decimal, Decimal]) -> str:
    """Write a range."""
    return f"{min(ends):f}..{max(ends):f}"


RANGES = st.tuples(st.decimals(-999, 999, places=1), st.decimals(1000, 9999, places=1)).map(joined)
WRITTEN = st.one_of(st.tuples(SIGNS, NUMBERS).map("".join).filter(is_readable), RANGES)
QUANTITIES = WRITTEN.map(read_quantity)

DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
ZONED = st.builds(
    lambda day, minute, hours: f"{day}T{minute // 60:02}:{minute % 60:02}{hours:+03}:00",
    DAYS,
    st.integers(0, 1439),
    st.integers(-12, 14),
)
MOMENTS = st.one_of(DAYS.map(lambda d: f"{d:%Y-%m}"), DAYS.map(str), ZONED).map(read_moment)


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
    ["", "3O", "1,5", "30 days", ">= ", "..", "1..", "..2", "~1..2", "1e3", ".5", "5.", "+5"],
)
def test_what_is_no_number_is_refused_with_the_forms_there_are(written: str) -> None:
    """A number in no form of ours is not guessed at."""
    with pytest.raises(ValueError, match=r"write 30, "):
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


@LAW
@given(QUANTITIES, QUANTITIES)
def test_it_is_all_the_same_which_of_two_numbers_comes_first(a: Quantity, b: Quantity) -> None:
    """The relation of two spans is symmetric."""
    assert relate_intervals(a.interval, b.interval) is relate_intervals(b.interval, a.interval)


@LAW
@given(QUANTITIES)
def test_a_number_equals_itself_and_meets_itself(quantity: Quantity) -> None:
    """The relation is reflexive, and what is equal meets."""
    assert relate_intervals(quantity.interval, quantity.interval) is Relation.EQUAL
    assert quantity.interval.meets(quantity.interval)


@LAW
@given(QUANTITIES, QUANTITIES)
def test_numbers_conflict_exactly_when_no_value_is_in_both(a: Quantity, b: Quantity) -> None:
    """Intervals meet when the greater of the lows is in both, or just above it is."""
    lows = [span.low for span in (a.interval, b.interval) if span.low is not None]
    highs = [span.high for span in (a.interval, b.interval) if span.high is not None]
    candidates = [*lows, *highs]
    candidates += [(one + other) / 2 for one in candidates for other in candidates]
    candidates += [max(candidates) + 1, min(candidates) - 1]

    in_both = any(holds(a.interval, value) and holds(b.interval, value) for value in candidates)

    assert (relate_intervals(a.interval, b.interval) is not Relation.CONFLICT) is in_both


def holds(span: Interval[Decimal], value: Decimal) -> bool:
    """Whether a value is in a span."""
    above = span.low is None or span.low < value or (span.low == value and not span.low_open)
    below = span.high is None or value < span.high or (span.high == value and not span.high_open)
    return above and below


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("30", "30.0", Relation.EQUAL),
        ("almost 180", "162..179", Relation.COMPATIBLE),
        ("almost 180", "180", Relation.CONFLICT),
        ("over 90", "90", Relation.CONFLICT),
        ("over 90", "112.5", Relation.COMPATIBLE),
        (">=90", "<=90", Relation.COMPATIBLE),
        (">90", "<=90", Relation.CONFLICT),
        (">90", "<100", Relation.COMPATIBLE),
        ("~150", "135", Relation.COMPATIBLE),
        ("~150", "134.9", Relation.CONFLICT),
        (">=90", ">=100", Relation.COMPATIBLE),
    ],
)
def test_numbers_compare_by_their_intervals(a: str, b: str, relation: Relation) -> None:
    """The same interval is equal, intervals that meet are compatible, others conflict."""
    assert relate_intervals(read_quantity(a).interval, read_quantity(b).interval) is relation


@pytest.mark.parametrize(
    ("written", "precision", "at"),
    [
        ("2025-03", Precision.MONTH, "2025-03-01T00:00Z"),
        ("2025-03-18", Precision.DAY, "2025-03-18T00:00Z"),
        ("2025-03-18T21:00+07:00", Precision.MINUTE, "2025-03-18T14:00Z"),
        ("2025-03-18 14:00:30Z", Precision.MINUTE, "2025-03-18T14:00:30Z"),
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
    ],
)
def test_what_is_no_date_is_refused_with_the_cure(written: str, said: str) -> None:
    """A date that is not in the calendar, or not written as ISO 8601 does, is told of."""
    with pytest.raises(ValueError, match=said):
        read_moment(written)


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


def test_a_minute_is_the_same_in_every_zone() -> None:
    """A time that has a zone does not look at another."""
    minute = read_moment("2025-03-18T21:00+07:00")

    assert minute.begins() == minute.begins(ZoneInfo("America/New_York")) == minute.ends()


@LAW
@given(MOMENTS.map(lambda m: Period(m, m)), MOMENTS.map(lambda m: Period(m, m)))
def test_two_times_relate_alike_both_ways(a: Period, b: Period) -> None:
    """The relation of times, and of days, is symmetric and reflexive; ends are in order."""
    for one, other in ((a.interval, b.interval), (b.interval, a.interval)):
        assert relate_intervals(one, other) is relate_intervals(other, one)
        assert relate_intervals(one, one) is Relation.EQUAL
        assert one.low is not None
        assert one.high is not None
        assert one.low <= one.high
    assert relate_intervals(a.days, b.days) is relate_intervals(b.days, a.days)


@LAW
@given(ZONED)
def test_a_time_meets_the_day_it_was_written_on_and_its_month(written: str) -> None:
    """A vaguer telling of the same time never conflicts with it."""
    texts = written, written[:10], written[:7]
    exact, day, month = (read_period(text).interval for text in texts)

    assert relate_intervals(exact, day) is Relation.COMPATIBLE
    assert relate_intervals(exact, month) is Relation.COMPATIBLE
    assert relate_intervals(day, month) is Relation.COMPATIBLE


@pytest.mark.parametrize(
    ("a", "b", "times", "days"),
    [
        ("2025-03-18", "2025-03-18", Relation.EQUAL, Relation.EQUAL),
        ("2025-03-18..2025-03-18", "2025-03-18", Relation.EQUAL, Relation.EQUAL),
        ("2025-03", "2025-03-01..2025-03-31", Relation.EQUAL, Relation.EQUAL),
        ("2025-03", "2025-03-18", Relation.COMPATIBLE, Relation.COMPATIBLE),
        ("2025-03", "2025-04", Relation.COMPATIBLE, Relation.CONFLICT),
        ("2025-03-18", "2025-03-19", Relation.COMPATIBLE, Relation.CONFLICT),
        ("2025-03-18", "2025-03-21", Relation.CONFLICT, Relation.CONFLICT),
        ("2025-03-18..2025-03-20", "2025-03-20", Relation.COMPATIBLE, Relation.COMPATIBLE),
        ("2025-03-18T21:00+07:00", "2025-03-18T14:00Z", Relation.EQUAL, Relation.EQUAL),
        ("2025-03-19T01:00+07:00", "2025-03-18T18:00Z", Relation.EQUAL, Relation.CONFLICT),
        ("2025-03-18T14:00Z", "2025-03-18T14:01Z", Relation.CONFLICT, Relation.EQUAL),
        ("2025-03-18T11:00-12:00", "2025-03-18", Relation.COMPATIBLE, Relation.EQUAL),
    ],
)
def test_dates_and_times_compare_by_what_they_cover(
    a: str, b: str, times: Relation, days: Relation
) -> None:
    """Times compare as instants, dates by the calendar day they are written on."""
    one, other = read_period(a), read_period(b)

    assert relate_intervals(one.interval, other.interval) is times
    assert relate_intervals(one.days, other.days) is days


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


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2025-03-18", "2025-03-18"),
        ("2025-03", "[2025-03-01, 2025-03-31]"),
        ("2025-12", "[2025-12-01, 2025-12-31]"),
        ("2025-03-18T21:00+07:00", "2025-03-18T14:00Z"),
        ("2025-03-18T21:00+07:00..2025-03-18T23:00+07:00", "2025-03-18T14:00Z/2025-03-18T16:00Z"),
    ],
)
def test_a_normalised_date_is_written_as_iso_8601_does(written: str, shown: str) -> None:
    """A reader who opens a verdict sees the value that was compared."""
    assert str(read_period(written)) == shown


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


@pytest.mark.parametrize(
    ("a", "b", "core", "relation"),
    [
        ("xy", "yx", None, Relation.EQUAL),
        ("x", "xy", None, Relation.COMPATIBLE),
        ("xy", "yz", None, Relation.CONFLICT),
        ("xy", "yz", "y", Relation.COMPATIBLE),
        ("xy", "xz", "y", Relation.CONFLICT),
        ("x", "z", "y", Relation.CONFLICT),
    ],
)
def test_sets_compare_by_what_they_share(
    a: str, b: str, core: str | None, relation: Relation
) -> None:
    """One set within the other, or the core in both, is compatible."""
    one, other = frozenset(a), frozenset(b)

    assert relate_sets(one, other, core) is relate_sets(other, one, core) is relation


WITHIN = {"hue": "vietnam", "vietnam": "asia", "oslo": "norway", "a": "b", "b": "a"}


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("hue", "hue", Relation.EQUAL),
        ("hue", "asia", Relation.COMPATIBLE),
        ("hue", "oslo", Relation.CONFLICT),
        ("norway", "vietnam", Relation.CONFLICT),
    ],
)
def test_places_compare_by_what_they_are_within(a: str, b: str, relation: Relation) -> None:
    """One place within the other is compatible, at any distance."""
    assert relate_in_tree(a, b, WITHIN) is relate_in_tree(b, a, WITHIN) is relation


def test_what_stands_above_is_given_nearest_first_and_a_circle_is_left() -> None:
    """A circle, which the reader of options tells of, does not hang the build."""
    assert list(ancestors("hue", WITHIN)) == ["vietnam", "asia"]
    assert list(ancestors("a", WITHIN)) == ["b"]


@pytest.mark.parametrize(
    ("b", "tolerance", "relation"),
    [
        ("cold", 0, Relation.EQUAL),
        ("cool", 0, Relation.CONFLICT),
        ("cool", 1, Relation.COMPATIBLE),
        ("warm", 1, Relation.CONFLICT),
    ],
)
def test_stances_compare_by_their_steps_on_the_scale(
    b: str, tolerance: int, relation: Relation
) -> None:
    """Neighbours are compatible where the point tolerates one step."""
    scale = ("cold", "cool", "warm")

    assert relate_on_scale("cold", b, scale, tolerance) is relation
    assert relate_on_scale(b, "cold", scale, tolerance) is relation


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
