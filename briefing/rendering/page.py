"""A page of a site: what it is about, in which languages, at which path."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from urllib.parse import quote

from msgspec import Struct

PageKey = tuple[str, ...]
"""What a page is about, in any language: () is home, then topic, then article."""
NOT_FOUND = "404.html"
ATOM, JSON_FEED = "feed.xml", "feed.json"
CARD, PLAIN_CARD = "card.png", "assets/card.png"
"""The picture that is shown where a topic is shared, beside its page; and where there is none."""


class TranslationState(StrEnum):
    """In which way a page tells its text in the language of its readers."""

    OWN = "own"
    FALLBACK = "fallback"
    """In another language, marked as such."""
    NOTICE = "notice"
    """Not at all: it says where it is told."""


class PageKind(StrEnum):
    """What a page is for."""

    READING = "reading"
    EMAIL = "email"
    """To be mailed: it stands alone, with all its links in full."""
    FEED = "feed"
    DATA = "data"
    CARD = "card"
    """The picture that is shown where a page is shared."""
    REDIRECT = "redirect"
    """It leads from an old address to the one that is right now."""


class Page(Struct, frozen=True, kw_only=True):
    """One output page: where it goes, what it is about, in which languages."""

    path: str
    kind: PageKind = PageKind.READING
    key: PageKey = ()
    languages: tuple[str, ...] = ()
    """The code of one; of two for a facing page; none for a page in every language."""
    telling: TranslationState = TranslationState.OWN
    anchors: frozenset[str] = frozenset()
    """The points it has a row for."""
    canonical: str | None = None
    """The path of the page it stands in for."""

    @property
    def url(self) -> str:
        """How it is linked to, below the address of the site, percent-encoded."""
        return url_of(self.path)

    @property
    def is_facing(self) -> bool:
        """Whether it is for reading in two languages."""
        return len(self.languages) > 1


@lru_cache(maxsize=100_000)
def url_of(path: str) -> str:
    """Give how the file at a path is linked to: a folder stands for its index.html."""
    return quote(path.removesuffix("index.html"))


def folder_of(*languages: str) -> str:
    """Give the folder of the pages in a language (`vi`), or facing in two (`vi-en`), by code."""
    return "-".join(languages)
