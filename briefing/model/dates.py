"""Dates of a summary and of a topic: first published, last changed.

They are computed from the content alone, so that every machine gets the same dates: the
modification times of files differ from one to the next. A text of ours never has the date of
somebody else's: where no date of ours is noted, there is none.
"""

from __future__ import annotations

from collections.abc import Iterable

from briefing.model.article import Article, Summary
from briefing.model.site import Change, Topic
from briefing.model.values import Moment


def _latest(moments: Iterable[Moment | None]) -> Moment | None:
    """Return the moment that begins last; None if there is none."""
    return max((at for at in moments if at), key=Moment.begins, default=None)


def summary_first_published(article: Article, summary: Summary) -> Moment | None:
    """Return when a summary came out: at its release, or else when its article was read.

    None where neither is noted: the day on which somebody else published the article is no date
    of ours.
    """
    return summary.release or article.accessed


def changes_of(topic: Topic, article: Article) -> tuple[Change, ...]:
    """Return the changes of a topic on points that `article` has claims on, newest first."""
    points = {claim.point for claim in article.claims}
    return tuple(change for change in topic.changes if not points.isdisjoint(change.points))


def summary_last_changed(topic: Topic, article: Article, summary: Summary) -> Moment | None:
    """Return when a summary was changed last, or when it came out if it never was.

    It counts as changed by a change of the `topic` on any point that `article` has claims on.
    None where neither is known.
    """
    changes = (change.date for change in changes_of(topic, article))
    return _latest([summary_first_published(article, summary), *changes])


def topic_first_published(topic: Topic, summary: Summary) -> Moment | None:
    """Return when the text of a topic came out.

    That is the release of its `summary`, or else the day the first article was read. None where
    neither is noted: the event and the articles have dates, but not of ours.
    """
    if summary.release:
        return summary.release
    read = (article.accessed for article in topic.articles if article.accessed)
    return min(read, key=Moment.begins, default=None)


def topic_last_changed(topic: Topic, summary: Summary) -> Moment | None:
    """Return when a topic was changed last: by an article read, a change, or its own text.

    None where none of these has a date.
    """
    read = (article.accessed for article in topic.articles)
    changed = (change.date for change in topic.changes)
    return _latest([topic_first_published(topic, summary), *read, *changed])
