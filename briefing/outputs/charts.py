"""Comparison -> the pictures of a page: where each mark stands. Templates draw them.

Lengths are in units of the picture's own box, which are pixels of CSS where it is shown
at its full size. What is here knows nothing of languages.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from msgspec import Struct

from briefing.comparison.compare import Comparison
from briefing.comparison.rows import Cell, CellState, Row
from briefing.comparison.verdict import Verdict
from briefing.model.article import Article
from briefing.model.site import Topic
from briefing.model.values import Moment, Precision

LABELS = 236
"""The width that the labels of the points have."""
LINE, COLUMN, GAP = 18, 26, 12
"""The height of a row, the width of an article, the space between two verdicts."""


class CoverageMark(Struct, frozen=True, kw_only=True):
    """The cell of a point and an article."""

    cell: Cell
    x: int
    """Where its middle is."""


class CoverageLine(Struct, frozen=True, kw_only=True):
    """A row of the comparison."""

    row: Row
    y: int
    """Where its middle is."""
    marks: tuple[CoverageMark, ...]


class Coverage(Struct, frozen=True, kw_only=True):
    """Points down, articles across, in the order of the comparison."""

    width: int
    height: int
    columns: tuple[tuple[int, Article], ...]
    """The middle of each article's column."""
    lines: tuple[CoverageLine, ...]


class ThumbnailLine(Struct, frozen=True):
    """A row of the comparison, without its words."""

    verdict: Verdict
    y: int
    """Where its middle is."""
    marks: tuple[tuple[CellState, int], ...]
    """Of each article what it does, and where its middle is."""


class Thumbnail(Struct, frozen=True):
    """A coverage without words, for a list of topics."""

    width: int
    height: int
    lines: tuple[ThumbnailLine, ...]


def thumbnail_chart(comparison: Comparison) -> Thumbnail:
    """Draw who speaks of what, without words."""
    picture = coverage_chart(comparison, labels=0)
    lines = (
        ThumbnailLine(
            line.row.judgement.verdict,
            line.y,
            tuple((mark.cell.state, mark.x) for mark in line.marks),
        )
        for line in picture.lines
    )
    return Thumbnail(picture.width, picture.height, tuple(lines))


def coverage_chart(comparison: Comparison, *, labels: int = LABELS) -> Coverage:
    """Draw who speaks of what; `labels` is the width that is left free for those of the points."""
    middles = [labels + COLUMN // 2 + COLUMN * n for n in range(len(comparison.topic.articles))]
    lines = []
    y = LINE if labels else 0
    for _, rows in comparison.sections:
        for row in rows:
            marks = (CoverageMark(cell=c, x=x) for c, x in zip(row.cells, middles, strict=True))
            lines.append(CoverageLine(row=row, y=y + LINE // 2, marks=tuple(marks)))
            y += LINE
        y += GAP
    return Coverage(
        width=labels + COLUMN * len(middles),
        height=y - GAP,
        columns=tuple(zip(middles, comparison.topic.articles, strict=True)),
        lines=tuple(lines),
    )


AXIS, LANE, EDGE = 320, 24, 6
"""The width of a timeline, the height of a lane, the space at both ends."""


class TimelineMark(Struct, frozen=True, kw_only=True):
    """The event, or the publication of an article, in a lane of its own."""

    article: Article | None
    """None for the event."""
    moment: Moment
    x: float
    width: float
    """Of a day, a month or a year; 0 for a minute."""
    y: int
    """Where the middle of its lane is."""

    @property
    def is_wide(self) -> bool:
        """Whether nothing can be written beside it."""
        return self.width > AXIS / 3

    @property
    def is_late(self) -> bool:
        """Whether what is written beside it must stand on its left."""
        return not self.is_wide and self.x + self.width > AXIS / 2


class Timeline(Struct, frozen=True, kw_only=True):
    """The event and the publications on one axis."""

    height: int
    marks: tuple[TimelineMark, ...]
    """In the order of time; what could report on the event stands after it."""
    first: Moment
    last: Moment
    """The days it begins and ends with."""


def timeline_chart(topic: Topic, time_zone: str) -> Timeline:
    """Draw when it happened and when it was told, by the clock of a zone."""
    zone = ZoneInfo(time_zone)
    items = _in_order(topic, zone)
    first, last = _first_and_last([moment for moment, _ in items], zone)
    start, end = first.begins(zone), _over(last, zone)

    def x_of(at: datetime) -> float:
        within = min(max(at, start), end)
        return round(EDGE + (AXIS - 2 * EDGE) * ((within - start) / (end - start)), 1)

    marks = tuple(
        TimelineMark(
            article=article,
            moment=moment,
            x=x_of(moment.begins(zone)),
            width=round(x_of(_over(moment, zone)) - x_of(moment.begins(zone)), 1),
            y=LANE * n + LANE // 2,
        )
        for n, (moment, article) in enumerate(items)
    )
    return Timeline(height=LANE * len(marks), marks=marks, first=first, last=last)


def _in_order(topic: Topic, zone: tzinfo) -> list[tuple[Moment, Article | None]]:
    """Return the event (None) and the publications as they are listed.

    A day stands after the times in it, a month after its days. The event is before whatever is of
    its day, by any clock it is told by: no report is older than what it reports.
    """
    event = topic.event.start
    clocks = (zone, *map(ZoneInfo, topic.event.zones))
    day = min(_first_day(event, clock) for clock in clocks)

    def is_before(published: Moment) -> bool:
        if event.precision is published.precision is Precision.MINUTE:
            return published.at < event.at
        return _last_day(published, zone) < day

    def rank(item: tuple[Moment, Article | None]) -> tuple[date, timedelta, datetime]:
        moment = item[0]
        begins = moment.begins(zone)
        return _last_day(moment, zone), _over(moment, zone) - begins, begins

    told = sorted(((article.published, article) for article in topic.articles), key=rank)
    before = [item for item in told if is_before(item[0])]
    after = [item for item in told if not is_before(item[0])]
    return [*before, (event, None), *after]


def _first_day(moment: Moment, zone: tzinfo) -> date:
    """Return the first day of a moment, by the clock of a zone."""
    return moment.begins(zone).astimezone(zone).date()


def _last_day(moment: Moment, zone: tzinfo) -> date:
    """Return the last day of a moment, by the clock of a zone."""
    return (_over(moment, zone) - _INSTANT).astimezone(zone).date()


def _first_and_last(moments: list[Moment], zone: tzinfo) -> tuple[Moment, Moment]:
    """Return the first and the last day of an axis.

    A month would leave no room to tell days apart, so one beside several goes beyond the axis;
    likewise a year beside several that are known better.
    """
    fine = [[m for m in moments if m.precision not in coarse] for coarse in _COARSE]
    on_axis = next((known for known in fine if len(known) > 1), moments)
    first = min(moment.begins(zone) for moment in on_axis)
    last = max(_over(moment, zone) for moment in on_axis)
    return _day(first, zone), _day(last - _INSTANT, zone)


_COARSE = ((Precision.MONTH, Precision.YEAR), (Precision.YEAR,))
_INSTANT = timedelta(microseconds=1)


def _day(at: datetime, zone: tzinfo) -> Moment:
    """Return the day that a time is in, by the clock of a zone."""
    midnight = at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return Moment(Precision.DAY, midnight.replace(tzinfo=UTC))


def _over(moment: Moment, zone: tzinfo) -> datetime:
    """When a moment is over: at once for a minute, else at a midnight."""
    if moment.precision is Precision.MINUTE:
        return moment.begins(zone) + _INSTANT
    return moment.following.replace(tzinfo=zone).astimezone(UTC)
