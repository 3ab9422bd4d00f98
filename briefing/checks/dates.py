"""Dates of articles and of our texts -> what cannot be, or what readers will not be told of.

A warning here depends on the time at which the site is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from briefing.content.publication import (
    articles_to_come,
    site_texts_held_back,
    timestamp,
    topic_drafts,
    topic_texts_held_back,
)
from briefing.model.dates import topic_last_changed
from briefing.model.site import Site
from briefing.model.values import Moment, Precision
from briefing.problems import Problem

DatedCheck = Callable[[Site, Moment], Iterator[Problem]]
"""Yields a problem for each place of a site that breaks a rule at a time."""
LASTS = {
    Precision.MINUTE: 60,
    Precision.DAY: 86_400,
    Precision.MONTH: 31 * 86_400,
    Precision.YEAR: 366 * 86_400,
}
"""Seconds of a moment, at most."""
FAR = timedelta(days=366)
"""A date further in the future is nothing that anybody waits for."""


def articles_are_not_of_the_future(site: Site, as_of: Moment) -> Iterator[Problem]:
    """Yield the articles that are published after `as_of`: they are held back until then."""
    for topic in site.topics:
        for article in articles_to_come(topic, site, as_of):
            when = article.published
            how = (
                "more than a year away" if when.begins() - as_of.begins() > FAR else "still to come"
            )
            held = (
                f"published: {when} is {how}; the article and its claims are held back until then"
            )
            cure = (
                "write the day on which it came out; for a text to be held back there is `release:`"
            )
            yield Problem(article.published_place, held, cure)


def articles_are_read_after_they_are_published(site: Site, _as_of: Moment) -> Iterator[Problem]:
    """Yield the articles that were read before they were published, by the clock of the site."""
    for topic in site.topics:
        for article in topic.articles:
            read, published = article.accessed, article.published
            if read and timestamp(published, site) >= timestamp(read, site) + LASTS[read.precision]:
                message = f"published: {published} is after `accessed: {read}`"
                cure = (
                    "nobody reads an article before it is out: write the right day in one of them"
                )
                yield Problem(article.published_place, message, cure)


def texts_have_a_date_of_ours(site: Site, as_of: Moment) -> Iterator[Problem]:
    """Yield the texts of topics that no feed has: nothing says when they were written."""
    for topic in site.topics:
        for text in topic.texts.values():
            if not text.draft and topic_last_changed(topic, text) is None:
                message = "it is in no feed: nothing says when it was written"
                cure = f"add the line `release: {as_of.day}`, or `accessed:` to its articles"
                yield Problem(text.place, message, cure)


def texts_held_back(site: Site, as_of: Moment) -> Iterator[Problem]:
    """Yield the texts that are held back at `as_of`, and until when; nothing is wrong with them."""
    held = [text for topic in site.topics for text in topic_texts_held_back(topic, site, as_of)]
    for text in (*site_texts_held_back(site, as_of), *held):
        cure = "readers see it with the first build after that"
        yield Problem(text.place, f"held back until {text.until}", cure)


def texts_that_are_drafts(site: Site) -> Iterator[Problem]:
    """Yield the texts of topics that are drafts; nothing is wrong with them."""
    for topic in site.topics:
        for text in topic_drafts(topic):
            cure = f"`show {text.place.path}` when they may"
            yield Problem(text.draft_place or text.place, "a draft, which readers do not see", cure)
