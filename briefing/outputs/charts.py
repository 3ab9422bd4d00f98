"""Comparison -> the pictures of a page: which shape stands where. Templates draw them.

Lengths are pixels of CSS: no picture is shown at another size. Nothing here knows a language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cached_property
from itertools import chain
from zoneinfo import ZoneInfo

from msgspec import Struct

from briefing.comparison.compare import Comparison
from briefing.comparison.provenance import VoiceTree, voice_trees
from briefing.comparison.rows import Cell, CellState, Row
from briefing.comparison.verdict import Verdict
from briefing.model.article import Article
from briefing.model.site import Topic
from briefing.model.values import FreeText, Moment, Precision

CELL = 24
"""The width of an article and the height of a row, in pixels of CSS: what can be pressed is never
less (https://www.w3.org/TR/WCAG22/#target-size-minimum)."""
MAX_LINES, MAX_COLUMNS = 24, 8
"""Points up to which every one is drawn; articles up to which the picture fits a phone."""
WORDS, ASIDE = "words", "aside"
"""The shapes of a text that is compared with nothing, and of what is said and not counted."""
FOLDED = (Verdict.ONLY_ONE,)
"""Verdicts whose rows are left out of a long picture: one article alone, it compares nothing."""


class CoverageLine(Struct, frozen=True, kw_only=True):
    """A row of the comparison."""

    row: Row
    cells: tuple[tuple[str, ...], ...]
    """Of each article its shapes: of one that speaks, the numbers of its positions, from 1; else
    its state. Equal numbers in a row are equal values; nearly all articles have one shape."""


class Coverage(Struct, frozen=True, kw_only=True):
    """Points down, articles across, in the order of the comparison."""

    columns: tuple[Article, ...]
    lines: tuple[CoverageLine, ...]
    left_out: int
    """The number of rows that are not drawn: each is in one article only."""

    @property
    def width(self) -> int:
        """The width of the cells of a row, in pixels of CSS."""
        return CELL * len(self.columns)

    @property
    def is_wide(self) -> bool:
        """Whether it does not fit a phone."""
        return len(self.columns) > MAX_COLUMNS

    @property
    def shapes(self) -> frozenset[str]:
        """The shapes that stand in it."""
        return frozenset(s for line in self.lines for cell in line.cells for s in cell)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts that stand in it, in their order."""
        return tuple(dict.fromkeys(line.row.judgement.verdict for line in self.lines))


def coverage_chart(comparison: Comparison) -> Coverage:
    """Draw who speaks of what, and who says the same."""
    rows = [row for _, rows in comparison.sections for row in rows]
    drawn = rows
    if len(rows) > MAX_LINES:
        drawn = [row for row in rows if row.judgement.verdict not in FOLDED]
    return Coverage(
        columns=comparison.topic.articles,
        lines=tuple(CoverageLine(row=row, cells=tuple(_cells(row))) for row in drawn),
        left_out=len(rows) - len(drawn),
    )


def _cells(row: Row) -> Iterator[tuple[str, ...]]:
    """Yield the shapes of each article in a row."""
    held: dict[str, dict[str, None]] = {}
    """By the id of the article the numbers of the positions that it holds, or reports."""
    for number, by_voice in enumerate(row.held.values(), 1):
        for piece in chain.from_iterable(by_voice.values()):
            held.setdefault(piece.article.id, {})[f"{number}"] = None
    for cell in row.cells:
        yield tuple(held.get(cell.article.id, ())) or (_state(cell),)


def _state(cell: Cell) -> str:
    """Return the shape of an article that holds no position."""
    if cell.state is not CellState.STATES:
        return cell.state.value
    in_words = any(isinstance(claim.value, FreeText) for claim in cell.claims)
    return WORDS if in_words else ASIDE


AXIS, LANE, MARK, LABEL = 280, 20, 10, 24
"""The length of a time line, the height of a lane, the width of a mark and of the number at it."""
MIN_MOMENTS = 3
"""Moments known to the minute, or different days, from which on a time line tells something."""


class Telling(Struct, frozen=True, kw_only=True):
    """The event, or the publication of an article."""

    article: Article | None
    """None for the event."""
    moment: Moment
    since: timedelta | None = None
    """The time since the event; less than nothing before it. None where either has no hour."""
    days: int | None = None
    """The days since the event, where one has no hour. None where it depends on the clock, and
    where a day is not known."""

    @property
    def is_vague(self) -> bool:
        """Whether no day is known."""
        return self.moment.precision in _VAGUE


class TimelineMark(Struct, frozen=True, kw_only=True):
    """The event, or the publication of an article, on an axis."""

    telling: Telling
    x: float
    """Where its middle is, or the begin of its day."""
    width: float
    """Of a day; 0 for a minute."""
    y: int
    """Where the middle of its lane is: what would overlap stands in several."""


class Timeline(Struct, frozen=True, kw_only=True):
    """When it happened and when it was told."""

    tellings: tuple[Telling, ...]
    """In the order of time; what could report on the event stands after it, what is known to no
    day after all else."""
    marks: tuple[TimelineMark, ...]
    """The moments that are known to a day or better; none where they tell nothing more."""
    height: int

    @property
    def first(self) -> Moment:
        """The day that the axis begins with."""
        return min((mark.telling.moment for mark in self.marks), key=Moment.begins)

    @property
    def last(self) -> Moment:
        """The day that the axis ends with."""
        return max((mark.telling.moment for mark in self.marks), key=Moment.begins)


_VAGUE = (Precision.MONTH, Precision.YEAR)


def timeline_chart(topic: Topic, time_zone: str) -> Timeline:
    """Return when it happened and when it was told, by the clock of a zone."""
    zone = ZoneInfo(time_zone)
    tellings = tuple(_telling(topic, *item) for item in _in_order(topic, zone))
    known = [each for each in tellings if not each.is_vague]
    minutes = sum(each.moment.precision is Precision.MINUTE for each in known)
    days = {_first_day(each.moment, zone) for each in known}
    tells = minutes >= MIN_MOMENTS or len(days) >= MIN_MOMENTS
    marks = tuple(_marks(known, zone)) if tells else ()
    height = max((mark.y for mark in marks), default=0) + LANE // 2
    return Timeline(tellings=tellings, marks=marks, height=height)


class Pictures(Struct, frozen=True, dict=True):
    """The pictures of the page of a topic, each drawn when a page shows it."""

    comparison: Comparison
    time_zone: str
    """The IANA name of that of the site."""

    @cached_property
    def coverage(self) -> Coverage | None:
        """Who speaks of what; None where nothing is compared."""
        return coverage_chart(self.comparison) if self.comparison.comparable else None

    @cached_property
    def timeline(self) -> Timeline:
        """When it happened, and when it was told."""
        return timeline_chart(self.comparison.topic, self.time_zone)

    @cached_property
    def families(self) -> tuple[VoiceTree, ...]:
        """Who speaks in which articles."""
        return voice_trees(self.comparison)


def _telling(topic: Topic, moment: Moment, article: Article | None) -> Telling:
    """Return a publication with the time since the event, as far as it is known."""
    event = topic.event.start
    since, days = None, None
    if article and event.precision is moment.precision is Precision.MINUTE:
        since = moment.at - event.at
    elif article and not {event.precision, moment.precision} & set(_VAGUE):
        clocks: Sequence[tzinfo] = [ZoneInfo(name) for name in topic.event.zones] or [UTC]
        apart = {(_first_day(moment, clock) - _first_day(event, clock)).days for clock in clocks}
        days = apart.pop() if len(apart) == 1 else None
    return Telling(article=article, moment=moment, since=since, days=days)


def _marks(known: Sequence[Telling], zone: tzinfo) -> Iterator[TimelineMark]:
    """Yield the moments on an axis, each in the first lane in which it has room."""
    start = min(each.moment.begins(zone) for each in known)
    whole = max(_over(each.moment, zone) for each in known) - start
    lanes: list[float] = []
    for each in known:
        begin, end = (
            round(MARK + (AXIS - 2 * MARK - LABEL) * ((at - start) / whole), 1)
            for at in (each.moment.begins(zone), _over(each.moment, zone))
        )
        lane = next((n for n, free in enumerate(lanes) if begin - MARK >= free), len(lanes))
        lanes[lane : lane + 1] = [end + MARK + LABEL]
        width = 0.0 if each.moment.precision is Precision.MINUTE else round(end - begin, 1)
        yield TimelineMark(telling=each, x=begin, width=width, y=LANE * lane + LANE // 2)


def _in_order(topic: Topic, zone: tzinfo) -> list[tuple[Moment, Article | None]]:
    """Return the event (None) and the publications as they are listed.

    A day stands after the times in it; what is known to no day is last. The event is before
    whatever is of its day, by any clock it is told by: no report is older than what it reports.
    """
    event = topic.event.start
    clocks = (zone, *map(ZoneInfo, topic.event.zones))
    day = min(_first_day(event, clock) for clock in clocks)

    def is_before(published: Moment) -> bool:
        if event.precision is published.precision is Precision.MINUTE:
            return published.at < event.at
        return _last_day(published, zone) < day

    def rank(item: tuple[Moment, Article | None]) -> tuple[bool, date, timedelta, datetime]:
        moment = item[0]
        begins = moment.begins(zone)
        length = _over(moment, zone) - begins
        return moment.precision in _VAGUE, _last_day(moment, zone), length, begins

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


_INSTANT = timedelta(microseconds=1)


def _over(moment: Moment, zone: tzinfo) -> datetime:
    """When a moment is over: at once for a minute, else at a midnight."""
    if moment.precision is Precision.MINUTE:
        return moment.begins(zone) + _INSTANT
    return moment.following.replace(tzinfo=zone).astimezone(UTC)
