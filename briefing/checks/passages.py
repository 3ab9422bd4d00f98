"""The proof that locators are in the kept texts, whole and in one place only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from msgspec import Struct

from briefing.model.article import Locator
from briefing.model.site import Site
from briefing.problems import Place, Problem
from briefing.syntax.text import Text, refuse_stacked_marks


class PassageReport(Struct, frozen=True):
    """How many locators the kept texts prove, and what is wrong with the others."""

    locators: int
    """All there are in the content."""
    unread: int
    """Those of articles whose text is not kept."""
    problems: tuple[Problem, ...]

    @property
    def proved(self) -> int:
        """How many were found, on whole words and in one place only."""
        return self.locators - self.unread - len(self.problems)

    def __str__(self) -> str:
        unread = f"; the text is not kept of {self.unread}" if self.unread else ""
        return f"{self.proved} of {self.locators} proved{unread}"


def check_passages(site: Site, texts: Mapping[str, bytes]) -> PassageReport:
    """Look for every locator in the kept texts, by path (`<topic>/<article>.txt`).

    Raises Problems for a text that nobody can have read.
    """
    total = unread = 0
    problems: list[Problem] = []
    for topic in site.topics:
        for article in topic.articles:
            locators = [claim.at for claim in article.claims]
            total += len(locators)
            path = f"{topic.id}/{article.id}.txt"
            text = texts.get(path)
            if text is None:
                unread += len(locators)
            else:
                problems.extend(_misses(locators, _kept(path, text)))
    return PassageReport(total, unread, tuple(problems))


def _kept(path: str, data: bytes) -> _Kept:
    text = data.decode(errors="replace")
    refuse_stacked_marks(Text(f".sources/{path}", text))
    return _Kept(text)


def _misses(locators: list[Locator], kept: _Kept) -> Iterator[Problem]:
    for locator in locators:
        if not kept.count(locator, exact=True):
            cure = "copy the words from the article as they stand, whole"
            yield _problem(locator.place, f"`{locator.start}` is not in the kept text", cure)
        elif (count := kept.count(locator, exact=False)) > 1:
            cure = "add `before:` or `after:`, the words around it"
            yield _problem(locator.place, f"`{locator.start}` stands {count} times in it", cure)


def _problem(place: Place, message: str, cure: str) -> Problem:
    return Problem(place, f"at: {message}", cure)


class _Kept:
    """A kept text, as it stands and as a browser compares it."""

    def __init__(self, text: str) -> None:
        self._exact = _one_space(text)
        self._folded = fold(self._exact)

    def count(self, locator: Locator, *, exact: bool) -> int:
        """Count the places where a passage that a locator fits begins.

        It begins wherever an end comes later, so one look for the last end does for all.
        """
        text, spell = (self._exact, str) if exact else (self._folded, fold)
        before, start, end, after = (
            _whole(spell(_one_space(words or "")))
            for words in (locator.before, locator.start, locator.end, locator.after)
        )
        if not end:
            return len(_places(text, before, start, after))
        last = max((first for first, _ in _places(text, end, after)), default=-1)
        return sum(over <= last for _, over in _places(text, before, start))


def _places(text: str, *patterns: str) -> list[tuple[int, int]]:
    """Where patterns follow each other with nothing but spaces between: from and to.

    No word is taken, so that places which overlap are all found.
    """
    pattern = r"\s*".join(pattern for pattern in patterns if pattern)
    return [match.span(1) for match in re.finditer(f"(?=({pattern}))", text)]


def _whole(words: str) -> str:
    """Words with their bounds, if any; so in Chinese and Japanese a clause, from mark to mark."""
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    return f"{before}{re.escape(words)}{after}"


def _one_space(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """Drop case and accents, and make đ a d, which Unicode does not decompose."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
