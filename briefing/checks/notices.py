"""What an editor must not miss of a topic, counted: for the last lines of a build.

It is kept in the record of a build, so that the next one need not read the topic again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from briefing.content.publication import (
    articles_to_come,
    local_day,
    topic_drafts,
    topic_texts_held_back,
)
from briefing.model.dates import topic_last_changed
from briefing.model.site import Site, Topic
from briefing.model.values import Moment


class TopicNotices(Struct, frozen=True, array_like=True):
    """What is to be said of one topic at a time."""

    held_back: tuple[float, ...] = ()
    """When each text appears that is held back, in seconds since 1970."""
    to_come: int = 0
    """The number of its articles that are dated in the future."""
    undated: bool = False
    """Whether a text of it that is public is in no feed, for want of a date of ours."""
    drafts: int = 0
    """The number of its texts that are drafts."""


NO_NOTICES = TopicNotices()


def notices_of_topic(topic: Topic, public: Topic | None, site: Site, as_of: Moment) -> TopicNotices:
    """Return what is to be said of a topic. public: what of it is public, if anything is."""
    held_back = (text.at for text in topic_texts_held_back(topic, site, as_of))
    texts = public.texts.values() if public else ()
    undated = public and any(topic_last_changed(public, text) is None for text in texts)
    to_come = sum(1 for _ in articles_to_come(topic, site, as_of))
    drafts = sum(1 for _ in topic_drafts(topic))
    return TopicNotices(tuple(sorted(held_back)), to_come, bool(undated), drafts)


class Notices(Struct, frozen=True, kw_only=True):
    """What is to be said of a site."""

    topics: tuple[TopicNotices, ...]
    held_back: tuple[float, ...] = ()
    """When each text of the site itself appears that is held back, in seconds since 1970."""
    unproved: int = 0
    """The number of locators that the kept texts do not prove."""
    withdrawn: Mapping[str, int] = {}
    """By id that was withdrawn: the number of published addresses that lead nowhere with it."""

    def lines(self, time_zone: str) -> tuple[str, ...]:
        """Return it in lines for the console; () for nothing."""
        topics = self.topics
        held_back = [*self.held_back, *(at for topic in topics for at in topic.held_back)]
        undated = sum(topic.undated for topic in topics)
        return (
            *_drafts(sum(topic.drafts for topic in topics)),
            *_held_back(held_back, time_zone),
            *_counted(sum(topic.to_come for topic in topics), "article", "dated in the future"),
            *_counted(self.unproved, "locator", "not proved by the kept texts"),
            *_counted(undated, "topic", "in no feed: nothing says when the text was written"),
            *(
                f"`{id}` is withdrawn, and with it {_number(count, 'address', 'addresses')}"
                " of its feeds, mail, references and data"
                for id, count in self.withdrawn.items()
            ),
        )


def _held_back(times: Iterable[float], time_zone: str) -> Iterator[str]:
    days = [local_day(at, time_zone) for at in sorted(times)]
    if days:
        first, last = days[0], days[-1]
        several = f", the first until {first}, the last until {last}"
        until = f" until {first}" if first == last else several
        yield f"{_are(len(days), 'text')} held back{until}"


def _drafts(count: int) -> Iterator[str]:
    if count:
        what = _number(count, "text is a draft, which", "texts are drafts, which")
        yield f"{what} readers do not see"


def _counted(count: int, what: str, how: str) -> Iterator[str]:
    if count:
        yield f"{_are(count, what)} {how}"


def _are(count: int, what: str) -> str:
    return f"{_number(count, what, f'{what}s')} {'is' if count == 1 else 'are'}"


def _number(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
