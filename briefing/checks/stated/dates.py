"""The date or the time of a claim, held to the passage that it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from msgspec import Struct

from briefing.checks.kept_text import Passage
from briefing.checks.stated.numbers import or_inferred
from briefing.model.article import Article, Claim
from briefing.model.values import Moment, Period, Precision
from briefing.numerals.clock_times import clock_times_in
from briefing.numerals.dates import DateMention, PartialDate, dates_in
from briefing.numerals.numbers import knows_words
from briefing.numerals.relative_days import RelativeDay, knows_days, relative_days_in
from briefing.problems import Problem

_NEAR, _LAST_WEEK = 1, 13
"""Days by which `today` may differ, for the time zone of the editor; and `Tuesday` at most."""
_UNIVERSAL = ("GMT", "UTC")
_MAX_TOLD = 4
"""Dates of a passage that a message tells of."""


def date_is_not_there(claim: Claim, article: Article, passage: Passage) -> Iterator[Problem]:
    """Yield a problem for each end of a period that does not stand in the passage of a claim."""
    if not isinstance(claim.value, Period):
        return
    found = _Days.of(article, passage)
    period = claim.value
    for moment in dict.fromkeys((period.first, period.last)):
        if moment.precision is Precision.MINUTE:
            problem = _wrong_hour(claim, moment, passage) or _wrong_day(claim, moment, found)
        else:
            problem = _missing_day(claim, moment, found)
        if problem:
            yield problem


class _Days(Struct, frozen=True, kw_only=True):
    """The days that a passage names."""

    passage: Passage
    mentions: tuple[DateMention, ...]
    relative: tuple[RelativeDay, ...]
    published: date | None
    """The day from which `today` counts; None where it is not known."""

    @classmethod
    def of(cls, article: Article, passage: Passage) -> _Days:
        """Return the days that a passage of an article names."""
        is_day = article.published.precision in (Precision.DAY, Precision.MINUTE)
        return cls(
            passage=passage,
            mentions=dates_in(passage.text, passage.language),
            relative=relative_days_in(passage.text, passage.language),
            published=article.published.day if is_day else None,
        )

    @property
    def with_day(self) -> tuple[DateMention, ...]:
        """The dates with a day."""
        return tuple(m for m in self.mentions if any(each.day for each in m.readings))

    @property
    def has_open_words(self) -> bool:
        """Whether it has words for a day that nobody can tell from them: `the next day`."""
        unknown = any(each.offset is None and each.weekday is None for each in self.relative)
        return unknown or bool(self.relative and self.published is None)

    def name(self, day: date, precision: Precision) -> bool:
        """Whether a day, or for other precisions its month or its year, is named."""
        dates = (each for mention in self.mentions for each in mention.readings)
        return any(_fits(each, day, precision) for each in dates) or any(
            self._is(each, day) for each in self.relative
        )

    def _is(self, relative: RelativeDay, day: date) -> bool:
        if self.published is None:
            return False
        distance = (day - self.published).days
        if relative.offset is not None:
            return abs(distance - relative.offset) <= _NEAR
        return relative.weekday == day.weekday() and abs(distance) <= _LAST_WEEK

    def words(self) -> str:
        """Return the dates of the passage in its words, for a message."""
        spans = [(each.start, each.end) for each in self.mentions]
        spans += [(each.start, each.end) for each in self.relative]
        told = dict.fromkeys(f"`{self.passage.text[a:b].strip()}`" for a, b in sorted(spans))
        return " and ".join([*told][:_MAX_TOLD]) or "no date"


def _fits(named: PartialDate, day: date, precision: Precision) -> bool:
    """Whether a date of a text is a day, as far as it is named and the claim is precise."""
    if named.year not in (None, day.year):
        return False
    if precision is Precision.DAY or precision is Precision.MINUTE:
        return named.day == day.day and named.month in (None, day.month)
    if precision is Precision.MONTH:
        return named.month == day.month
    return named.year == day.year


def _missing_day(claim: Claim, moment: Moment, found: _Days) -> Problem | None:
    """Return the problem of a day or a month that its passage does not name."""
    if found.name(moment.day, moment.precision) or found.has_open_words:
        return None
    if moment.precision is not Precision.DAY and found.relative:
        return None
    if moment.precision is Precision.YEAR:  # most texts leave it out
        years = (each.year for mention in found.mentions for each in mention.readings)
        return _problem(claim, str(moment), found) if any(years) else None
    is_told = bool(found.with_day)
    if found.passage.is_whole and knows_days(found.passage.language):
        is_told = True
    return _problem(claim, str(moment), found) if is_told else None


def _wrong_day(claim: Claim, moment: Moment, found: _Days) -> Problem | None:
    """Return the problem of a time whose day is another one than all that its passage names."""
    days = (moment.day, moment.at.astimezone(UTC).date())
    if not found.with_day or found.relative:
        return None
    if any(found.name(day, Precision.DAY) for day in days):
        return None
    return _problem(claim, str(moment.day), found)


def _problem(claim: Claim, written: str, found: _Days) -> Problem:
    return Problem(
        claim.place,
        f"says: `{written}`: the passage has {found.words()}",
        "write the date of the passage, or let `at:` show where this one stands"
        f"{or_inferred(claim)}",
    )


def _wrong_hour(claim: Claim, moment: Moment, passage: Passage) -> Problem | None:
    """Return the problem of a time whose hour is none of those in its passage."""
    times = clock_times_in(passage.text, passage.language)
    at = [moment.at]
    if any(zone in passage.text for zone in _UNIVERSAL):
        at.append(moment.at.astimezone(UTC))
    named = {one for each in times for one in each.times}
    if any((each.hour, each.minute) in named for each in at):
        return None
    if not times and not (passage.is_whole and knows_words(passage.language)):
        return None
    words = dict.fromkeys(f"`{passage.text[each.start : each.end].strip()}`" for each in times)
    has = " and ".join([*words][:_MAX_TOLD]) or "no hour"
    cure = "write the hour of the passage, in the time zone it is told in, or let `at:` show where"
    message = f"says: `{_hour(moment.at)}`: the passage has {has}"
    return Problem(claim.place, message, f"{cure} this one stands")


def _hour(at: datetime) -> str:
    return f"{at:%H:%M}"
