"""A page of a site: its path, kind, key and languages. `page_index` looks pages up by these."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from urllib.parse import quote

from msgspec import Struct

PageKey = tuple[str, ...]
"""What a page is about, the same in every language: () for home, (topic,) or (topic, article)."""
NOT_FOUND = "404.html"
ATOM, JSON_FEED = "feed.xml", "feed.json"
CSL_JSON, BIBTEX = "references.json", "references.bib"
"""The references of a topic for those who cite it, in its folder."""
CARD, PLAIN_CARD = "card.png", "assets/card.png"
"""The preview picture that social networks show: of a topic, in its folder, and of other pages."""
MANIFEST, ROBOTS, SITEMAP = "manifest.txt", "robots.txt", "sitemap.xml"
NUMBERED = "page"
"""In the key and the path of a further page of a list, before its number."""


class TranslationState(StrEnum):
    """Whether a page has its text in its own language, and what it shows if not."""

    OWN = "own"
    """The text in the language of the page."""
    FALLBACK = "fallback"
    """The text in another language, marked as such."""
    NOTICE = "notice"
    """A notice, with links to the pages that have the text."""


class PageKind(StrEnum):
    """What a page is for."""

    READING = "reading"
    EMAIL = "email"
    """The topic as a mail: it needs no other file, and its links are absolute."""
    FEED = "feed"
    DATA = "data"
    CITATION = "citation"
    """The references of a topic."""
    CARD = "card"
    """The preview picture of a topic."""
    REDIRECT = "redirect"
    """A page at a former URL that leads to the current one."""


class Page(Struct, frozen=True, kw_only=True):
    """One output file that is rendered: its path, what it is about, and its languages."""

    path: str
    """Below the output folder, with `/`."""
    kind: PageKind = PageKind.READING
    key: PageKey = ()
    languages: tuple[str, ...] = ()
    """The code of its language, of both for a facing page, or none for a page in all languages."""
    translation: TranslationState = TranslationState.OWN
    """Of a facing page: the state of its first language."""
    anchors: frozenset[str] = frozenset()
    """The ids of the points that have a row on the page; links to them can have an anchor."""
    canonical: str | None = None
    """The path of the page whose text this one shows; None for a page with a text of its own."""

    @property
    def url(self) -> str:
        """The URL below the address of the site, percent-encoded."""
        return url_of(self.path)

    @property
    def is_facing(self) -> bool:
        """Whether the page has two languages beside each other."""
        return len(self.languages) > 1


@lru_cache(maxsize=100_000)
def url_of(path: str) -> str:
    """Return the URL of an output path, percent-encoded: that of an index.html is its folder."""
    return quote(path.removesuffix("index.html"))


def folder_of(*languages: str) -> str:
    """Return the folder of pages in one language (`vi`) or of facing pages (`vi-en`), by code."""
    return "-".join(languages)


def data_path(topic: str, form: str = "json") -> str:
    """Return the path of the data of a topic, in the form `json` or `csv`."""
    return f"data/{topic}.{form}"
