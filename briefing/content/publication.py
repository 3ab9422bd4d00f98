"""Leaves out of a site what is not public at a time: drafts, and what is dated later.

A `Site` or `Topic` and a time -> the same without that, and the times for which this holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from briefing.model.article import Article, Summary
from briefing.model.site import Point, Site, Topic
from briefing.model.subsets import without_articles
from briefing.model.values import Moment, Precision
from briefing.problems import Place

END_OF_TIME = Moment(Precision.MINUTE, datetime.max.replace(tzinfo=UTC))
"""A time after every release date. Drafts are left out."""
AS_EDITED = Moment(Precision.MINUTE, datetime.max.replace(microsecond=0, tzinfo=UTC))
"""A time that means: everything, drafts too, as the preview shows it to editors."""


def public_content(site: Site, as_of: Moment) -> Site:
    """Return the site as it is public at `as_of`; of a day, month or year, at its begin.

    Times without a zone are in the time zone of the site. If the lead of an article is a draft
    or not yet released, the article is left out with its claims. A topic without a public text
    is left out.
    """
    topics = (public_topic(topic, site, as_of) for topic in site.topics)
    return replace(public_site(site, as_of), topics=tuple(topic for topic in topics if topic))


def public_site(site: Site, as_of: Moment) -> Site:
    """Return the site with the texts of about.<lang>.md that are public at `as_of`."""
    return replace(site, about=_public_texts(site.about, _PublicationClock(as_of, site)))


def public_topic(topic: Topic, site: Site, as_of: Moment) -> Topic | None:
    """Return the topic as it is public at `as_of`; None if no text of it is.

    site: for its time zone.
    """
    shown = _public_parts(topic, _PublicationClock(as_of, site))
    return shown if shown.texts else None


class ValidTime(Struct, frozen=True):
    """The times at which the same things are public: from `since`, before `until`.

    In seconds since 1970; None: no limit.
    """

    since: float | None = None
    until: float | None = None

    def holds(self, at: float) -> bool:
        """Whether the time `at` is one of them."""
        begun = self.since is None or self.since <= at
        return begun and (self.until is None or at < self.until)

    def intersection(self, other: ValidTime) -> ValidTime:
        """Return the times that are in both."""
        begins = [at for at in (self.since, other.since) if at is not None]
        ends = [at for at in (self.until, other.until) if at is not None]
        return ValidTime(max(begins, default=None), min(ends, default=None))


def timestamp(as_of: Moment, site: Site) -> float:
    """Return `as_of` in seconds since 1970; of a day and longer, its begin in the site's zone."""
    return as_of.begins(ZoneInfo(site.time_zone)).timestamp()


def local_day(at: float, time_zone: str) -> str:
    """Return the day of a time in seconds since 1970, by the clock of a time zone, in ISO 8601."""
    return datetime.fromtimestamp(at, ZoneInfo(time_zone)).date().isoformat()


def valid_time_of_topic(topic: Topic, site: Site, as_of: Moment) -> ValidTime:
    """Return the times around `as_of` at which the same of a topic is public.

    site: for its time zone.
    """
    dates = [change.date for change in topic.changes]
    texts = [*topic.texts.values()]
    for article in topic.articles:
        dates.append(article.published)
        texts += article.summaries.values()
    return _valid_time([*dates, *_releases(texts)], site, as_of)


def valid_time_of_site(site: Site, as_of: Moment) -> ValidTime:
    """Return the times around `as_of` at which the same texts of about.<lang>.md are public."""
    return _valid_time(_releases(site.about.values()), site, as_of)


def _releases(texts: Iterable[Summary]) -> list[Moment]:
    """Return the release dates of texts."""
    return [text.release for text in texts if text.release]


def _valid_time(dates: Iterable[Moment], site: Site, as_of: Moment) -> ValidTime:
    """Return the times from the last of `dates` up to `as_of` to the first one after it."""
    zone, now = ZoneInfo(site.time_zone), timestamp(as_of, site)
    times = {date.begins(zone).timestamp() for date in dates}
    past, future = {at for at in times if at <= now}, {at for at in times if at > now}
    return ValidTime(max(past, default=None), min(future, default=None))


def topic_drafts(topic: Topic) -> Iterator[Summary]:
    """Yield the texts of a topic that are drafts."""
    of_articles = (text for each in topic.articles for text in each.summaries.values())
    yield from (text for text in (*topic.texts.values(), *of_articles) if text.draft)


class HeldBack(Struct, frozen=True, kw_only=True):
    """A text that readers do not see before some time, and that is no draft."""

    place: Place
    """Where its file begins."""
    until: Moment
    """When it appears, as it is written."""
    at: float
    """The same in seconds since 1970."""


def topic_texts_held_back(topic: Topic, site: Site, as_of: Moment) -> Iterator[HeldBack]:
    """Yield the texts of a topic that are held back at `as_of`. site: for its time zone.

    Nothing is said of drafts, nor of what is behind one: no date makes these appear.
    """
    clock = _PublicationClock(as_of, site)
    texts = [text for text in topic.texts.values() if not text.draft]
    yield from _held_back(((text, [text.release]) for text in texts), clock)
    if not texts:
        return
    opening = min((text.release for text in texts), key=clock.time_of)
    for article in topic.articles:
        lead = article.summaries[article.lead]
        if not lead.draft:
            dates = [opening, article.published, lead.release]
            own = (text for text in article.summaries.values() if not text.draft)
            yield from _held_back(((text, [*dates, text.release]) for text in own), clock)


def site_texts_held_back(site: Site, as_of: Moment) -> Iterator[HeldBack]:
    """Yield the texts of about.<lang>.md that are held back at `as_of`."""
    texts = (text for text in site.about.values() if not text.draft)
    yield from _held_back(((t, [t.release]) for t in texts), _PublicationClock(as_of, site))


def articles_to_come(topic: Topic, site: Site, as_of: Moment) -> Iterator[Article]:
    """Yield the articles of a topic that are dated after `as_of`. site: for its time zone."""
    clock = _PublicationClock(as_of, site)
    yield from (each for each in topic.articles if not clock.has_come(each.published))


def _held_back(
    texts: Iterable[tuple[Summary, list[Moment | None]]], clock: _PublicationClock
) -> Iterator[HeldBack]:
    """Yield each text that waits for the last of its dates; None has always been."""
    for text, dates in texts:
        last = max(dates, key=clock.time_of)
        if last is not None and not clock.has_come(last):
            yield HeldBack(place=text.place, until=last, at=clock.time_of(last))


class _PublicationClock:
    """What has come and what is shown at a time."""

    def __init__(self, as_of: Moment, site: Site) -> None:
        self._zone = ZoneInfo(site.time_zone)
        self._as_of = as_of.begins(self._zone)
        self._with_drafts = as_of == AS_EDITED

    def has_come(self, moment: Moment | None) -> bool:
        """Whether a moment is over; None has always been."""
        return moment is None or moment.begins(self._zone) <= self._as_of

    def time_of(self, moment: Moment | None) -> float:
        """Return when a moment begins, in seconds since 1970; None began before all others."""
        return moment.begins(self._zone).timestamp() if moment else float("-inf")

    def shows(self, summary: Summary) -> bool:
        """Whether a text is public."""
        return (self._with_drafts or not summary.draft) and self.has_come(summary.release)


def _public_parts(topic: Topic, clock: _PublicationClock) -> Topic:
    """Return a topic without what is not public, perhaps without any text."""
    hidden = {
        article.id
        for article in topic.articles
        if not (clock.has_come(article.published) and clock.shows(article.summaries[article.lead]))
    }
    rest = without_articles(topic, hidden)
    shown = [replace(a, summaries=_public_texts(a.summaries, clock)) for a in rest.articles]
    changes = tuple(change for change in topic.changes if clock.has_come(change.date))
    texts = _public_texts(topic.texts, clock)
    points = tuple(_points_as_shown(rest.points, shown))
    return replace(rest, texts=texts, articles=tuple(shown), changes=changes, points=points)


def _points_as_shown(points: Iterable[Point], articles: Iterable[Article]) -> Iterator[Point]:
    """Yield points; those of which a claim is in hours and minutes have all numbers shown so."""
    in_hours = {claim.point for each in articles for claim in each.claims if claim.in_hours}
    for point in points:
        yield replace(point, in_hours=True) if point.id in in_hours else point


def _public_texts(
    summaries: Mapping[str, Summary], clock: _PublicationClock
) -> Mapping[str, Summary]:
    return {code: summary for code, summary in summaries.items() if clock.shows(summary)}
