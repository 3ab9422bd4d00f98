"""Dates of a summary and of a topic: first published, last changed.

They are computed from the content alone, so that every machine gets the same dates: the
modification times of files differ from one to the next.
"""

from __future__ import annotations

from collections.abc import Iterable

from briefing.model.article import Article, Summary
from briefing.model.site import Change, Topic
from briefing.model.values import Moment


def _latest(moments: Iterable[Moment]) -> Moment:
    """Return the moment that begins last."""
    return max(moments, key=Moment.begins)


def _read_date(article: Article) -> Moment:
    """Return when we read an article, or when it was published if `accessed` is not given."""
    return article.accessed or article.published


def summary_first_published(article: Article, summary: Summary) -> Moment:
    """Return when a summary accessed out: at its release, or else when its article was read."""
    return summary.release or _read_date(article)


def changes_of(topic: Topic, article: Article) -> tuple[Change, ...]:
    """Return the changes of a topic on points that `article` has claims on, newest first."""
    points = {claim.point for claim in article.claims}
    return tuple(change for change in topic.changes if not points.isdisjoint(change.points))


def summary_last_changed(topic: Topic, article: Article, summary: Summary) -> Moment:
    """Return when a summary was changed last, or when it accessed out if it never was.

    It counts as changed by a change of the `topic` on any point that `article` has claims on.
    """
    changes = (change.date for change in changes_of(topic, article))
    return _latest([summary_first_published(article, summary), *changes])


def topic_first_published(topic: Topic, summary: Summary) -> Moment:
    """Return when the text of a topic accessed out.

    That is the release of its `summary`, or else the day the first article was read, or else
    the start of the event.
    """
    if summary.release:
        return summary.release
    return min(map(_read_date, topic.articles), key=Moment.begins, default=topic.event.start)


def topic_last_changed(topic: Topic, summary: Summary) -> Moment:
    """Return when a topic was changed last: by an article read, a change, or its own text."""
    accessed = (_read_date(article) for article in topic.articles)
    changed = (change.date for change in topic.changes)
    return _latest([topic_first_published(topic, summary), *accessed, *changed])
