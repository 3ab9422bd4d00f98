"""What is public at a time: drafts and what is held back are taken out, before anything is made."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from briefing.model import Article, Briefing, Summary, Topic
from briefing.values import Moment, Precision

END_OF_TIME = Moment(Precision.MINUTE, datetime.max.replace(tzinfo=UTC))
"""A time at which nothing is held back any more."""


def released(briefing: Briefing, as_of: Moment) -> Briefing:
    """Give what readers may see at a time, or when a day begins, by the clock of the site.

    A draft lead, or one held back, takes the whole article with it, its claims too; a
    topic without a released text is left out whole.
    """
    clock = _Clock(as_of, ZoneInfo(briefing.time_zone))
    topics = (_released_topic(topic, clock) for topic in briefing.topics)
    return replace(
        briefing,
        about=_shown(briefing.about, clock),
        topics=tuple(topic for topic in topics if topic.briefings),
    )


class _Clock:
    def __init__(self, as_of: Moment, zone: ZoneInfo) -> None:
        self._as_of, self._zone = as_of.begins(zone), zone

    def has_come(self, moment: Moment | None) -> bool:
        return moment is None or moment.begins(self._zone) <= self._as_of

    def shows(self, summary: Summary) -> bool:
        return not summary.draft and self.has_come(summary.release)


def _released_topic(topic: Topic, clock: _Clock) -> Topic:
    hidden = {
        article.id
        for article in topic.articles
        if not (clock.has_come(article.published) and clock.shows(article.summaries[article.lead]))
    }
    rest = without(topic, hidden)
    shown = [replace(a, summaries=_shown(a.summaries, clock)) for a in rest.articles]
    changes = tuple(change for change in topic.changes if clock.has_come(change.date))
    briefings = _shown(topic.briefings, clock)
    return replace(rest, briefings=briefings, articles=tuple(shown), changes=changes)


def without(topic: Topic, hidden: Set[str]) -> Topic:
    """Give a topic as if some of its articles, by id, had never been read.

    Of the duplicates of a hidden article the first takes its place as the original.
    """
    if not hidden:
        return topic
    rest = [article for article in topic.articles if article.id not in hidden]
    originals: dict[str, str] = {}
    for article in rest:
        if article.duplicate_of in hidden:
            originals.setdefault(article.duplicate_of or "", article.id)
    articles = (replace(article, duplicate_of=_original(article, originals)) for article in rest)
    primary = {voice: id for voice, id in topic.primary.items() if id not in hidden}
    return replace(topic, articles=tuple(articles), primary=primary)


def _original(article: Article, originals: Mapping[str, str]) -> str | None:
    original = originals.get(article.duplicate_of or "", article.duplicate_of)
    return None if original == article.id else original


def _shown(summaries: Mapping[str, Summary], clock: _Clock) -> Mapping[str, Summary]:
    return {code: summary for code, summary in summaries.items() if clock.shows(summary)}
