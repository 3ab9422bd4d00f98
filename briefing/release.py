"""What is public at a time: drafts and what is held back are taken out, before anything is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

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
    return replace(briefing, topics=tuple(topic for topic in topics if topic.briefings))


class _Clock:
    def __init__(self, as_of: Moment, zone: ZoneInfo) -> None:
        self._as_of, self._zone = as_of.begins(zone), zone

    def has_come(self, moment: Moment | None) -> bool:
        return moment is None or moment.begins(self._zone) <= self._as_of

    def shows(self, summary: Summary) -> bool:
        return not summary.draft and self.has_come(summary.release)


def _released_topic(topic: Topic, clock: _Clock) -> Topic:
    articles = [
        replace(article, summaries=_shown(article.summaries, clock))
        for article in topic.articles
        if clock.has_come(article.published) and clock.shows(article.summaries[article.lead])
    ]
    ids = {article.id for article in articles}
    return replace(
        topic,
        briefings=_shown(topic.briefings, clock),
        articles=tuple(_without_hidden_original(article, ids) for article in articles),
        primary={voice: id for voice, id in topic.primary.items() if id in ids},
    )


def _without_hidden_original(article: Article, ids: set[str]) -> Article:
    hidden = article.duplicate_of is not None and article.duplicate_of not in ids
    return replace(article, duplicate_of=None) if hidden else article


def _shown(summaries: Mapping[str, Summary], clock: _Clock) -> Mapping[str, Summary]:
    return {code: summary for code, summary in summaries.items() if clock.shows(summary)}
