"""What is public at a time: drafts and what is held back are taken out, before anything is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from briefing.model.article import Summary
from briefing.model.site import Site, Topic
from briefing.model.subsets import without_articles
from briefing.model.values import Moment, Precision

END_OF_TIME = Moment(Precision.MINUTE, datetime.max.replace(tzinfo=UTC))
"""A time at which nothing is held back any more."""
AS_EDITED = Moment(Precision.MINUTE, datetime.max.replace(microsecond=0, tzinfo=UTC))
"""A time of its own: nothing is held back, and drafts are shown, as to those who write them."""


def public_content(site: Site, as_of: Moment) -> Site:
    """Give what readers may see at a time, or when a day begins, by the clock of the site.

    A draft lead, or one held back, takes the whole article with it, its claims too; a
    topic without a released text is left out whole.
    """
    topics = (public_topic(topic, site, as_of) for topic in site.topics)
    return replace(public_site(site, as_of), topics=tuple(topic for topic in topics if topic))


def public_site(site: Site, as_of: Moment) -> Site:
    """Give what of the site's own text readers may see."""
    return replace(site, about=_shown(site.about, _Clock(as_of, site)))


def public_topic(topic: Topic, site: Site, as_of: Moment) -> Topic | None:
    """Give what readers may see of a topic of a briefing, or None."""
    shown = _released_topic(topic, _Clock(as_of, site))
    return shown if shown.texts else None


class ValidTime(Struct, frozen=True):
    """The times as of which the same is public: from one on, before another.

    In seconds since 1970; None has no end.
    """

    since: float | None = None
    until: float | None = None

    def holds(self, at: float) -> bool:
        """Whether it is the same at a time."""
        begun = self.since is None or self.since <= at
        return begun and (self.until is None or at < self.until)

    def within(self, other: ValidTime) -> ValidTime:
        """Give the times that are in another span too."""
        begins = [at for at in (self.since, other.since) if at is not None]
        ends = [at for at in (self.until, other.until) if at is not None]
        return ValidTime(max(begins, default=None), min(ends, default=None))


def timestamp(as_of: Moment, site: Site) -> float:
    """Give a time, or when a day begins by the clock of the site, in seconds since 1970."""
    return as_of.begins(ZoneInfo(site.time_zone)).timestamp()


def valid_time_of_topic(topic: Topic, site: Site, as_of: Moment) -> ValidTime:
    """Give the times around one at which the same is public of a topic."""
    dates = [change.date for change in topic.changes]
    texts = [*topic.texts.values()]
    for article in topic.articles:
        dates.append(article.published)
        texts += article.summaries.values()
    return _span([*dates, *_releases(texts)], site, as_of)


def valid_time_of_site(site: Site, as_of: Moment) -> ValidTime:
    """Give the times around one at which the same is public of the site's own text."""
    return _span(_releases(site.about.values()), site, as_of)


def _releases(texts: Iterable[Summary]) -> list[Moment]:
    return [text.release for text in texts if text.release]


def _span(dates: Iterable[Moment], site: Site, as_of: Moment) -> ValidTime:
    zone, now = ZoneInfo(site.time_zone), timestamp(as_of, site)
    times = {date.begins(zone).timestamp() for date in dates}
    past, to_come = {at for at in times if at <= now}, {at for at in times if at > now}
    return ValidTime(max(past, default=None), min(to_come, default=None))


class _Clock:
    def __init__(self, as_of: Moment, site: Site) -> None:
        self._zone = ZoneInfo(site.time_zone)
        self._as_of = as_of.begins(self._zone)
        self._with_drafts = as_of == AS_EDITED

    def has_come(self, moment: Moment | None) -> bool:
        return moment is None or moment.begins(self._zone) <= self._as_of

    def shows(self, summary: Summary) -> bool:
        return (self._with_drafts or not summary.draft) and self.has_come(summary.release)


def _released_topic(topic: Topic, clock: _Clock) -> Topic:
    hidden = {
        article.id
        for article in topic.articles
        if not (clock.has_come(article.published) and clock.shows(article.summaries[article.lead]))
    }
    rest = without_articles(topic, hidden)
    shown = [replace(a, summaries=_shown(a.summaries, clock)) for a in rest.articles]
    changes = tuple(change for change in topic.changes if clock.has_come(change.date))
    briefings = _shown(topic.texts, clock)
    return replace(rest, texts=briefings, articles=tuple(shown), changes=changes)


def _shown(summaries: Mapping[str, Summary], clock: _Clock) -> Mapping[str, Summary]:
    return {code: summary for code, summary in summaries.items() if clock.shows(summary)}
