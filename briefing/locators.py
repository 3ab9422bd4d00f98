"""Locators: the link that leads to a passage, and the proof that the passage is there.

Passage links are text fragments (https://wicg.github.io/scroll-to-text-fragment/):
a browser goes to the first place where the words stand, whole, without regard to
case and accents.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from urllib.parse import quote

from msgspec import Struct

from briefing.model import Article, Briefing, Locator, UrlStatus
from briefing.problems import Place, Problem
from briefing.source import Text, refuse_heaps


def passage_link(article: Article, locator: Locator) -> str | None:
    """Give the address of a passage, or None where it cannot be linked.

    A usurped address is never linked, a dead one gives way to its archived copy, and
    words in another language than the article's (a translation printed with the copy we
    read) are not on its page.
    """
    address = readable_address(article)
    if address is None or _family(locator.language) != _family(article.language):
        return None
    page = address.partition(":~:")[0]
    return f"{page}{'' if '#' in page else '#'}:~:text={fragment(locator)}"


def _family(tag: str) -> str:
    """The language of a tag, whatever its script and country: zh of zh-Hans."""
    return tag.partition("-")[0].lower()


def readable_address(article: Article) -> str | None:
    """Give the address a reader can be sent to, or None."""
    if article.url is None or article.url_status in {UrlStatus.USURPED, UrlStatus.DEAD}:
        return article.archive.url if article.archive else None
    return article.url


@lru_cache(maxsize=1_000)
def fragment(locator: Locator) -> str:
    """Write a locator as a text directive: `[prefix-,]start[,end][,-suffix]`, percent-encoded."""
    parts = [_encode(locator.start)]
    if locator.before:
        parts.insert(0, f"{_encode(locator.before)}-")
    if locator.end:
        parts.append(_encode(locator.end))
    if locator.after:
        parts.append(f"-{_encode(locator.after)}")
    return ",".join(parts)


def _encode(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")


class Proof(Struct, frozen=True):
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


def prove(briefing: Briefing, texts: Mapping[str, bytes]) -> Proof:
    """Look for every locator in the kept texts, by path (`<topic>/<article>.txt`).

    Raises Problems for a text that nobody can have read.
    """
    total = unread = 0
    problems: list[Problem] = []
    for topic in briefing.topics:
        for article in topic.articles:
            locators = [claim.at for claim in article.claims]
            total += len(locators)
            path = f"{topic.id}/{article.id}.txt"
            text = texts.get(path)
            if text is None:
                unread += len(locators)
            else:
                problems.extend(_misses(locators, _kept(path, text)))
    return Proof(total, unread, tuple(problems))


def _kept(path: str, data: bytes) -> _Kept:
    text = data.decode(errors="replace")
    refuse_heaps(Text(f".sources/{path}", text))
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
