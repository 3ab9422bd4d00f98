"""When a text of ours came out, and when it was changed last, as far as the content tells.

A date of the disk would be another one on each machine.
"""

from __future__ import annotations

from collections.abc import Iterable

from briefing.model.article import Article, Summary
from briefing.model.site import Change, Topic
from briefing.model.values import Moment


def _latest(moments: Iterable[Moment]) -> Moment:
    return max(moments, key=Moment.begins)


def _read_date(article: Article) -> Moment:
    """When we read an article, or the first time at which we can have."""
    return article.accessed or article.published


def summary_first_published(article: Article, summary: Summary) -> Moment:
    """Give when a summary of an article came out: when it was to, or when we read the article."""
    return summary.release or _read_date(article)


def changes_of(topic: Topic, article: Article) -> tuple[Change, ...]:
    """Give the changes of a topic that are about points on which an article speaks."""
    points = {claim.point for claim in article.claims}
    return tuple(change for change in topic.changes if not points.isdisjoint(change.points))


def summary_last_changed(topic: Topic, article: Article, summary: Summary) -> Moment:
    """Give when a summary was changed last: by a change of a point on which its article speaks."""
    changes = (change.date for change in changes_of(topic, article))
    return _latest([summary_first_published(article, summary), *changes])


def topic_first_published(topic: Topic, summary: Summary) -> Moment:
    """Give when the text of a topic came out: when it was to, or with the first article we read."""
    if summary.release:
        return summary.release
    return min(map(_read_date, topic.articles), key=Moment.begins, default=topic.event.start)


def topic_last_changed(topic: Topic, summary: Summary) -> Moment:
    """Give when a topic was changed last: by an article that came, by a change, by its text."""
    came = (_read_date(article) for article in topic.articles)
    changed = (change.date for change in topic.changes)
    return _latest([topic_first_published(topic, summary), *came, *changed])
