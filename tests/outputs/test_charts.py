"""Pictures: where each mark stands."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from briefing.comparison.compare import Comparison, compare_topic
from briefing.comparison.verdict import Verdict
from briefing.content.parse import parse_site
from briefing.content.values import read_moment
from briefing.model.site import Topic
from briefing.model.values import Moment, Precision
from briefing.outputs.charts import (
    AXIS,
    LABEL,
    MAX_LINES,
    Telling,
    Timeline,
    coverage_chart,
    timeline_chart,
)
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
    assert picture.columns == comparison.topic.articles
    for line in picture.lines:
        assert len(line.cells) == len(picture.columns)
        assert all(line.cells)
    assert picture.left_out == 0


def test_equal_shapes_in_a_row_are_equal_positions(real: dict[str, bytes]) -> None:
    """Who holds the first position has its number, and nobody else; so with every other one."""
    briefing = parse_site(real)
    topics = [compare_topic(topic, briefing.voices) for topic in briefing.topics]
    lines = [line for topic in topics for line in coverage_chart(topic).lines]

    assert {len(line.row.positions) for line in lines} >= {1, 2, 3}
    for line in lines:
        for number, position in enumerate(line.row.positions, 1):
            holders = {a.id for speaker in position.speakers for a in speaker.articles}
            cells = zip(line.row.cells, line.cells, strict=True)
            drawn = {cell.article.id for cell, shapes in cells if f"{number}" in shapes}
            assert drawn == holders


def test_a_long_picture_leaves_out_what_is_in_one_article_only(real: dict[str, bytes]) -> None:
    """It says how many points these are; a short one has every point."""
    briefing = parse_site(real)
    for topic in briefing.topics:
        comparison = compare_topic(topic, briefing.voices)
        picture = coverage_chart(comparison)
        alone = comparison.figures.tally[Verdict.ONLY_ONE]
        is_long = len(comparison.rows) > MAX_LINES

        assert picture.left_out == (alone if is_long else 0)
        assert len(picture.lines) + picture.left_out == len(comparison.rows)


def at(topic: Topic, event: str, *published: str) -> Topic:
    """Give a topic with other times, as many as it has articles."""
    articles = zip(topic.articles, published, strict=True)
    return replace(
        topic,
        event=replace(topic.event, start=read_moment(event)),
        articles=tuple(replace(a, published=read_moment(when)) for a, when in articles),
    )


def told(timeline: Timeline, article: str) -> Telling:
    """Give how an article is told of."""
    return next(t for t in timeline.tellings if t.article and t.article.id == article)


def test_the_time_since_the_event_is_as_exact_as_both(comparison: Comparison) -> None:
    """To the minute, in days where the clock does not matter, and else not at all."""
    published = ["2025-06-01T21:05Z", "2025-06-03", "2025-06", "2025-05-31T23:00Z"]
    topic = at(comparison.topic, "2025-06-01T20:00Z", *published)
    here = replace(topic, event=replace(topic.event, zones=("Europe/London",)))
    found = timeline_chart(here, HANOI)
    first, day, month, before = (told(found, article.id) for article in topic.articles)

    assert (first.since, first.days) == (timedelta(minutes=65), None)
    assert (before.since, before.days) == (timedelta(hours=-21), None)
    assert (day.since, day.days) == (None, 2)
    assert (month.since, month.days, month.is_vague) == (None, None, True)


def test_days_that_depend_on_the_clock_are_not_counted(comparison: Comparison) -> None:
    """Where the event was on the first here and on the second there, nobody knows how many."""
    days = ["2025-06-03", "2025-06-02", "2025-06-04", "2025-06-01"]
    topic = at(comparison.topic, "2025-06-01T20:00Z", *days)
    zones = replace(topic.event, zones=("Europe/London", HANOI))
    found = timeline_chart(replace(topic, event=zones), HANOI)

    assert {telling.days for telling in found.tellings} == {None}


@pytest.mark.parametrize(
    ("event", "published", "has_picture"),
    [
        ("2025-06-01T20:00Z", ["2025-06", "2025-06-02", "2025-06-02", "2025-06"], False),
        ("2025-06-01T20:00Z", ["2025-06-02T05:00Z", "2025-06", "2025-06", "2025"], False),
        ("2025-06-01T20:00Z", ["2025-06-02T05:00Z", "2025-06-01T22:00Z", "2025", "2025"], True),
        ("2025-06-01", ["2025-06-02", "2025-06-03", "2025-06", "2025-06"], True),
        ("2025-06", ["2025-06-02", "2025-06-03", "2025-06", "2025-06"], False),
    ],
)
def test_a_time_line_is_drawn_where_it_tells_something(
    comparison: Comparison, event: str, published: list[str], *, has_picture: bool
) -> None:
    """Three moments to the minute, or three days; what is known to no day is not on it."""
    found = timeline_chart(at(comparison.topic, event, *published), HANOI)

    assert bool(found.marks) == has_picture
    assert not any(mark.telling.is_vague for mark in found.marks)


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
    """The event is the first thing of its day, by any of its clocks; a month is after all days."""
    found = timeline_chart(at(comparison.topic, event, *published), HANOI)

    assert [str(t.moment) if t.article else EVENT for t in found.tellings] == order


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
    """Whatever the times, marks stand inside the box, and none over another or its number."""
    briefing = parse_site(small)
    topic = next(topic for topic in briefing.topics if topic.id == "river-talks")
    first, *rest = moments
    articles = [replace(a, published=when) for a, when in zip(topic.articles, rest, strict=False)]
    moved = replace(topic, event=replace(topic.event, start=first), articles=tuple(articles))
    picture = timeline_chart(moved, HANOI)

    for mark in picture.marks:
        assert 0 <= mark.x <= mark.x + mark.width + LABEL <= AXIS
        assert 0 < mark.y < picture.height
    lanes: dict[int, float] = {}
    for mark in picture.marks:
        assert mark.x > lanes.get(mark.y, -1)
        lanes[mark.y] = mark.x + mark.width + LABEL
    assert len(picture.tellings) == len(moved.articles) + 1


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
