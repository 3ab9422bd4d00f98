"""Pictures: where each mark stands."""

from __future__ import annotations

from datetime import UTC
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from briefing.comparison.compare import Comparison, compare_topic
from briefing.content.parse import parse_site
from briefing.content.values import read_moment
from briefing.model.site import Topic
from briefing.model.values import Moment, Precision
from briefing.outputs.charts import AXIS, COLUMN, EDGE, LINE, coverage_chart, timeline_chart
from briefing.rendering.truncate import truncate

HANOI = "Asia/Ho_Chi_Minh"


@pytest.fixture(scope="module")
def comparison(small: dict[str, bytes]) -> Comparison:
    briefing = parse_site(small)
    topic = next(topic for topic in briefing.topics if topic.id == "river-talks")
    return compare_topic(topic, briefing.voices)


def test_a_picture_has_a_cell_for_each_point_and_article(comparison: Comparison) -> None:
    """Rows stand in the order of the page, and no cell is missing."""
    picture = coverage_chart(comparison)

    rows = [row for _, rows in comparison.sections for row in rows]
    assert [line.row for line in picture.lines] == rows
    for line in picture.lines:
        assert tuple(mark.cell for mark in line.marks) == line.row.cells


def test_no_two_marks_of_a_picture_overlap(comparison: Comparison) -> None:
    """Lines are at least a line apart and columns a column, all inside the box."""
    picture = coverage_chart(comparison)

    heights = [line.y for line in picture.lines]
    assert all(b - a >= LINE for a, b in pairwise(heights))
    middles = [x for x, _ in picture.columns]
    assert all(b - a == COLUMN for a, b in pairwise(middles))
    assert middles[-1] + COLUMN // 2 == picture.width
    assert heights[-1] + LINE // 2 == picture.height


def test_a_thumbnail_leaves_no_room_for_labels(comparison: Comparison) -> None:
    """Without labels the picture is as wide as its columns."""
    picture = coverage_chart(comparison, labels=0)

    assert picture.width == COLUMN * len(comparison.topic.articles)
    assert picture.lines[0].y == LINE // 2


def at(topic: Topic, event: str, *published: str) -> Topic:
    """Give a topic with other times, as many as it has articles."""
    articles = zip(topic.articles, published, strict=True)
    return replace(
        topic,
        event=replace(topic.event, start=read_moment(event)),
        articles=tuple(replace(a, published=read_moment(when)) for a, when in articles),
    )


def test_a_timeline_is_from_the_first_day_to_the_last(comparison: Comparison) -> None:
    """By the clock of the site: late in the evening in London is the next day in Hanoi."""
    days = ["2025-06-02", "2025-06-03", "2025-06-02", "2025-06-04"]
    topic = at(comparison.topic, "2025-06-01T20:00Z", *days)
    picture = timeline_chart(topic, HANOI)

    assert (str(picture.first.day), str(picture.last.day)) == ("2025-06-02", "2025-06-04")
    assert min(mark.x for mark in picture.marks) == EDGE
    assert {mark.article.id if mark.article else "event" for mark in picture.marks} == {
        "event",
        *(article.id for article in topic.articles),
    }
    assert max(mark.x + mark.width for mark in picture.marks) == AXIS - EDGE


def test_a_month_beside_days_goes_beyond_the_axis(comparison: Comparison) -> None:
    """It is not what the axis is made for: days stay apart, and its bar takes the whole axis."""
    topic = at(comparison.topic, "2025-06-02", "2025-06", "2025-06-03", "2025-06-02", "2025-06-02")
    picture = timeline_chart(topic, HANOI)

    assert (str(picture.first.day), str(picture.last.day)) == ("2025-06-02", "2025-06-03")
    month = next(mark for mark in picture.marks if mark.moment.precision is Precision.MONTH)
    assert (month.x, month.width, month.is_wide) == (EDGE, AXIS - 2 * EDGE, True)


def test_a_day_among_months_stands_in_its_month(comparison: Comparison) -> None:
    """With nothing to be told apart from, a day is shown where in its month it is."""
    topic = at(comparison.topic, "2025-06", "2025-06", "2025-06-16", "2025-06", "2025-06")
    picture = timeline_chart(topic, HANOI)

    day = next(mark for mark in picture.marks if mark.moment.precision is Precision.DAY)
    assert (str(picture.first.day), str(picture.last.day)) == ("2025-06-01", "2025-06-30")
    assert day.x == AXIS / 2
    assert not day.is_wide


def test_months_alone_make_an_axis_of_months(comparison: Comparison) -> None:
    """Where nothing is known more exactly, the axis runs over the months."""
    topic = at(comparison.topic, "2025-06", "2025-06", "2025-07", "2025-06", "2025-12")
    picture = timeline_chart(topic, HANOI)

    assert (str(picture.first.day), str(picture.last.day)) == ("2025-06-01", "2025-12-31")


def test_a_year_beside_months_goes_beyond_the_axis(comparison: Comparison) -> None:
    """As a month beside days does."""
    topic = at(comparison.topic, "2025", "2025-06", "2025-06-16", "2025-07", "2025")
    picture = timeline_chart(topic, HANOI)

    years = [mark for mark in picture.marks if mark.moment.precision is Precision.YEAR]
    assert (str(picture.first.day), str(picture.last.day)) == ("2025-06-01", "2025-07-31")
    assert [mark.is_wide for mark in years] == [True, True]


EVENT = "the event"


@pytest.mark.parametrize(
    ("event", "published", "order"),
    [
        # By the clock of London it was the evening of the first, in Hanoi the morning after.
        (
            "2025-06-01T20:00Z",
            ["2025-06", "2025-06-02", "2025-06-01", "2025-05-31"],
            ["2025-05-31", EVENT, "2025-06-01", "2025-06-02", "2025-06"],
        ),
        (
            "2025-06-01T20:00Z",
            ["2025-06-02", "2025-06-02T22:00Z", "2025-06-02T05:00Z", "2025-06-01T19:00Z"],
            [
                "2025-06-01T19:00:00Z",
                EVENT,
                "2025-06-02T05:00:00Z",
                "2025-06-02",
                "2025-06-02T22:00:00Z",
            ],
        ),
        (
            "2025-06-02",
            ["2025-06-02", "2025-06-02T01:00Z", "2025-06-01", "2025-06"],
            ["2025-06-01", EVENT, "2025-06-02T01:00:00Z", "2025-06-02", "2025-06"],
        ),
        (
            "2025-06",
            ["2025-06-30", "2025-06", "2025-05", "2025-06-02"],
            ["2025-05", EVENT, "2025-06-02", "2025-06-30", "2025-06"],
        ),
    ],
)
def test_no_report_stands_before_what_it_reports(
    comparison: Comparison, event: str, published: list[str], order: list[str]
) -> None:
    """The event is the first thing of its day, by any of its clocks; a month is after its days."""
    picture = timeline_chart(at(comparison.topic, event, *published), HANOI)

    assert [str(m.moment) if m.article else EVENT for m in picture.marks] == order
    heights = [mark.y for mark in picture.marks]
    assert heights == sorted(heights)


MOMENTS = st.builds(
    Moment,
    st.sampled_from(list(Precision)),
    st.datetimes(timezones=st.just(UTC)).map(
        lambda at: at.replace(year=2000 + at.year % 50, day=1, second=0, microsecond=0)
    ),
)


@given(st.lists(MOMENTS, min_size=5, max_size=5))
def test_every_mark_of_a_timeline_is_on_its_axis(
    small: dict[str, bytes], moments: list[Moment]
) -> None:
    """Whatever the times, marks stand inside the box, each in a lane of its own, in order."""
    briefing = parse_site(small)
    topic = next(topic for topic in briefing.topics if topic.id == "river-talks")
    first, *rest = moments
    articles = [replace(a, published=when) for a, when in zip(topic.articles, rest, strict=False)]
    moved = replace(topic, event=replace(topic.event, start=first), articles=tuple(articles))
    picture = timeline_chart(moved, HANOI)

    for mark in picture.marks:
        assert EDGE <= mark.x <= mark.x + mark.width <= AXIS - EDGE + 0.1
        assert 0 < mark.y < picture.height
    assert len({mark.y for mark in picture.marks}) == len(picture.marks)


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("short", 5, "short"),
        ("Ngừng đánh mục tiêu nào", 12, "Ngừng đánh…"),
        ("能源基础设施", 12, "能源基础设施"),
        ("能源基础设施停火", 8, "能源基…"),
    ],
)
def test_a_label_is_cut_to_a_width(text: str, width: int, expected: str) -> None:
    """Letters of East Asia take two; what is cut ends in dots and is not wider."""
    assert truncate(text, width) == expected
