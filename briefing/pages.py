"""Briefing -> the pages to be made, and where each leads.

A kind of page is one function, from the briefing to its pages, listed in
PAGE_KINDS. To add a page, write one and list it. What can be linked is what is
in the `Atlas`: the toggle is a look-up of pages that exist.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlsplit

from briefing.compare import Comparison
from briefing.markdown import Link
from briefing.model import Article, Briefing, Language, Missing, Summary, Topic, Voice

Comparisons = Sequence[Comparison]

Key = tuple[str, ...]
"""What a page is about, in any language: () is home, then topic, then article."""


PageKind = Callable[["Briefing", Comparisons], Iterator["Page"]]


class Telling(StrEnum):
    """In which way a page tells its text in the language of its readers."""

    OWN = "own"
    FALLBACK = "fallback"
    """In another language, marked as such."""
    NOTICE = "notice"
    """Not at all: it says where it is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One output file: where it goes, what it shows, how it looks."""

    path: str
    template: str
    key: Key = ()
    language: Language | None = None
    """None for a page in every language."""
    telling: Telling = Telling.OWN
    anchors: frozenset[str] = frozenset()
    """The points it has a row for."""
    canonical: str | None = None
    """The path of the page it stands in for."""
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """How it is linked to, below the address of the site, percent-encoded."""
        return url_of(self.path)


@lru_cache(maxsize=100_000)
def url_of(path: str) -> str:
    """Give how the file at a path is linked to: a folder stands for its index.html."""
    return quote(path.removesuffix("index.html"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """What the toggle offers for one language."""

    language: Language
    page: Page
    """The page of the same key, or the nearest there is."""
    exact: bool
    """Whether it is that page, told in that language."""


class Atlas:
    """The pages that exist, to be looked up by what they are about and in which language."""

    def __init__(self, briefing: Briefing, pages: Iterable[Page]) -> None:
        self._briefing = briefing
        self._base = urlsplit(briefing.address).path
        self._pages = {(page.key, page.language.code): page for page in pages if page.language}
        self._keys = {key for key, _ in self._pages}

    def page(self, key: Key, language: Language) -> Page | None:
        """Give a page in a language, or None where there is none."""
        return self._pages.get((key, language.code))

    def nearest(self, key: Key, language: Language) -> Page:
        """Give a page in a language, or the nearest above it; there is always a home."""
        while (page := self.page(key, language)) is None:
            key = key[:-1]
        return page

    def alternates(self, page: Page) -> tuple[Alternate, ...]:
        """What the toggle of a page offers: one alternate for each language, its own too."""
        found = []
        for language in self._briefing.languages:
            other = self.nearest(page.key, language)
            exact = other.key == page.key and other.telling is Telling.OWN
            found.append(Alternate(language=language, page=other, exact=exact))
        return tuple(found)

    def versions(self, page: Page) -> tuple[Page, ...]:
        """The pages that tell what a page is about in their own language."""
        return tuple(other.page for other in self.alternates(page) if other.exact)

    def follow(self, link: Link, topic: str, language: Language) -> tuple[Page, str] | None:
        """Give the page and the anchor a link by id leads to, or None where nothing is public."""
        in_topic, id = link.resolve(topic)
        key: Key = (in_topic, id) if link.kind == "article" else (in_topic,)
        if key not in self._keys:
            return None
        page = self.nearest(key, language)
        return page, id if link.kind == "point" and id in page.anchors else ""

    def href(self, page: Page, to: Page | str, anchor: str = "") -> str:
        """Write the link from a page to another, or to a file: relative, and so at home anywhere.

        The 404 page is served at any depth, so its links start at the root of the host.
        """
        url = quote(to) if isinstance(to, str) else to.url
        if page.path == NOT_FOUND:
            address = self._base + url
        elif isinstance(to, Page) and to.path == page.path:
            address = "" if anchor else "./"
        else:
            address = _relative(url, posixpath.dirname(quote(page.path)))
        return f"{address}#{quote(anchor)}" if anchor else address


@lru_cache(maxsize=100_000)
def _relative(url: str, folder: str) -> str:
    """Write an address as it is from a folder, both below the address of the site."""
    address = posixpath.relpath(url or ".", folder or ".")
    return f"{address}/" if url.endswith("/") or not url else address


NOT_FOUND = "404.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A topic in a list of topics."""

    summary: Summary
    comparison: Comparison


def chooser(briefing: Briefing, comparisons: Comparisons) -> Iterator[Page]:
    """The front door: the latest briefing in every language, and no forced redirect."""
    latest = {
        language.code: next(_entries(briefing, comparisons, language), None)
        for language in briefing.languages
    }
    yield Page(path="index.html", template="pages/chooser.html", data={"latest": latest})


def not_found(_briefing: Briefing, _comparisons: Comparisons) -> Iterator[Page]:
    """What is shown where nothing is; one for the whole site, in every language."""
    yield Page(path=NOT_FOUND, template="pages/not_found.html")


def homes(briefing: Briefing, comparisons: Comparisons) -> Iterator[Page]:
    """The list of topics, newest first, with their headline figures."""
    for language in briefing.languages:
        yield Page(
            path=f"{language.code}/index.html",
            template="pages/home.html",
            language=language,
            data={"entries": tuple(_entries(briefing, comparisons, language))},
        )


def _entries(briefing: Briefing, comparisons: Comparisons, language: Language) -> Iterator[Entry]:
    for comparison in comparisons:
        if told := _tell_topic(briefing, comparison.topic, language):
            yield Entry(summary=told.summary, comparison=comparison)


def topics(briefing: Briefing, comparisons: Comparisons) -> Iterator[Page]:
    """A comparison for each topic."""
    for comparison in comparisons:
        topic = comparison.topic
        data = {"topic": topic, "comparison": comparison, "voices": _voices(briefing, topic)}
        for language in briefing.languages:
            if told := _tell_topic(briefing, topic, language):
                yield _told_page((topic.id,), language, told, "pages/topic.html", data)


def _voices(briefing: Briefing, topic: Topic) -> tuple[Voice, ...]:
    """The voices that speak in the articles of a topic, in the order they do."""
    claims = [claim for article in topic.articles for claim in article.claims]
    ids = (id for claim in claims for id in (claim.by, *claim.via) if id)
    return tuple(briefing.voices[id] for id in dict.fromkeys(ids))


def articles(briefing: Briefing, comparisons: Comparisons) -> Iterator[Page]:
    """A summary for each article."""
    for comparison in comparisons:
        topic = comparison.topic
        for column, article in enumerate(topic.articles):
            cells = [(row, row.cells[column]) for row in comparison.rows]
            said = [(row, cell) for row, cell in cells if cell.claims]
            data = {"topic": topic, "article": article, "said": said, "comparison": comparison}
            for language in briefing.languages:
                if told := _tell_article(briefing, topic, article, language):
                    key = (topic.id, article.id)
                    yield _told_page(key, language, told, "pages/article.html", data)


@dataclass(frozen=True, slots=True)
class _Told:
    """The text that a page shows, and in which way."""

    telling: Telling
    summary: Summary
    stale: bool = False


def _told_page(
    key: Key, language: Language, told: _Told, template: str, data: Mapping[str, Any]
) -> Page:
    below = "/".join((*key, "index.html"))
    own = told.telling is Telling.OWN
    rows = data["comparison"].rows if len(key) == 1 and data["topic"].articles else ()
    return Page(
        path=f"{language.code}/{below}",
        template=template,
        key=key,
        language=language,
        telling=told.telling,
        anchors=frozenset(row.point.id for row in rows),
        canonical=None if own else f"{told.summary.language}/{below}",
        data={**data, "summary": told.summary, "stale": told.stale},
    )


def is_stale(original: Summary, translation: Summary) -> bool:
    """Whether an original has changed since it was translated."""
    return translation.of is not None and translation.of != original.digest


def _tell_topic(briefing: Briefing, topic: Topic, language: Language) -> _Told | None:
    codes = [language.code for language in briefing.languages if language.code in topic.briefings]
    original = min(codes, key=lambda code: topic.briefings[code].translates is not None)
    return _tell(topic.briefings, original, topic.missing or briefing.missing, language)


def _tell_article(
    briefing: Briefing, topic: Topic, article: Article, language: Language
) -> _Told | None:
    policy = topic.missing or briefing.missing
    return _tell(article.summaries, article.lead, policy, language)


def _tell(
    summaries: Mapping[str, Summary], original: str, policy: Missing, language: Language
) -> _Told | None:
    """Give the text to show in a language and in which way, or None for no page."""
    if own := summaries.get(language.code):
        translated = summaries.get(own.translates or "")
        return _Told(Telling.OWN, own, stale=bool(translated and is_stale(translated, own)))
    if policy is Missing.HIDE:
        return None
    return _Told(Telling(policy.value), summaries[original])


PAGE_KINDS: tuple[PageKind, ...] = (chooser, not_found, homes, topics, articles)


def plan_pages(briefing: Briefing, comparisons: Comparisons) -> tuple[Page, ...]:
    """Every page of the site; the comparisons are those of its topics, in their order."""
    return tuple(page for kind in PAGE_KINDS for page in kind(briefing, comparisons))
