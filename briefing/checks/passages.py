"""The texts of articles, where we keep them -> which locators they prove, and which are wrong.

A locator must find whole words, and one place only, because a text fragment leads a browser to
the first place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from briefing.checks.kept_text import KeptText, kept_text_path, read_kept_text
from briefing.model.article import Locator
from briefing.model.site import Site
from briefing.problems import Place, Problem


class PassageReport(Struct, frozen=True):
    """The number of locators that the kept texts prove, and the problems of the others."""

    locators: int
    """The number of locators in the content."""
    unread: int
    """The number of locators in articles whose text is not kept."""
    problems: tuple[Problem, ...]

    @property
    def proved(self) -> int:
        """The number of locators that were found, on whole words and in one place only."""
        return self.locators - self.unread - len(self.problems)

    def __str__(self) -> str:
        """Return the numbers as a line for the console."""
        unread = f"; the text is not kept of {self.unread}" if self.unread else ""
        return f"{self.proved} of {self.locators} proved{unread}"


def check_passages(site: Site, texts: Mapping[str, bytes]) -> PassageReport:
    """Look for every locator of the content in the kept texts.

    texts: by path (`<topic>/<article>.txt`).
    Raises Problems for a text with too many marks on one letter.
    """
    total = unread = 0
    problems: list[Problem] = []
    for topic in site.topics:
        for article in topic.articles:
            locators = [claim.at for claim in article.claims]
            total += len(locators)
            path = kept_text_path(topic, article)
            text = texts.get(path)
            if text is None:
                unread += len(locators)
            else:
                problems.extend(_problems_of(locators, read_kept_text(path, text)))
    return PassageReport(total, unread, tuple(problems))


def _problems_of(locators: list[Locator], article: KeptText) -> Iterator[Problem]:
    """Yield the locators that are not in the text of their article, or in several places."""
    for locator in locators:
        if not article.count(locator, exact=True):
            cure = "copy the words from the article as they stand, whole"
            yield _problem(locator.place, f"`{locator.start}` is not in the kept text", cure)
        elif (count := article.count(locator, exact=False)) > 1:
            cure = _cure_by_words_before(article.words_before(locator))
            yield _problem(locator.place, f"`{locator.start}` stands {count} times in it", cure)


def _cure_by_words_before(words: tuple[str, ...]) -> str:
    """Return the cure for a passage in several places, by the words before each; () for none."""
    if not words:
        return "add `before:` or `after:`, the words around it"
    quoted = (f"`before: {write_scalar(each)}`" for each in words)
    return f"add the words before the one that is meant: {' or '.join(quoted)}"


def _problem(place: Place, message: str, cure: str) -> Problem:
    return Problem(place, f"at: {message}", cure)
