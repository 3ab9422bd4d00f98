"""How two values of a point compare."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given

from briefing.comparison.relations import (
    Relation,
    ancestors,
    relate_in_tree,
    relate_intervals,
    relate_on_scale,
    relate_sets,
)
from briefing.content.values import read_period, read_quantity
from briefing.model.values import (
    Interval,
    Period,
    Quantity,
)
from support.nightly import examples
from support.values import (
    MOMENTS,
    QUANTITIES,
    ZONED,
)

LAW = examples(50)


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
def test_a_time_meets_the_day_it_was_written_on_its_month_and_its_year(written: str) -> None:
    """A vaguer telling of the same time never conflicts with it."""
    texts = written, written[:10], written[:7], written[:4]
    told = [read_period(text).interval for text in texts]

    for exact, vague in combinations(told, 2):
        assert relate_intervals(exact, vague) is Relation.COMPATIBLE


@pytest.mark.parametrize(
    ("a", "b", "times", "days"),
    [
        ("2025-03-18", "2025-03-18", Relation.EQUAL, Relation.EQUAL),
        ("2025", "2025", Relation.EQUAL, Relation.EQUAL),
        ("2025", "2025-03", Relation.COMPATIBLE, Relation.COMPATIBLE),
        ("2025..2027", "2026-05-01", Relation.COMPATIBLE, Relation.COMPATIBLE),
        ("2025", "2026-02", Relation.CONFLICT, Relation.CONFLICT),
        ("2024", "2025", Relation.COMPATIBLE, Relation.CONFLICT),
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
