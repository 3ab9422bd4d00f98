"""What is to be said of all topics -> the pages that are there once for the whole site.

A kind of page is one function, listed in FRONT_PAGES.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from briefing.comparison.compare import Comparison, Figures
from briefing.model.article import Summary
from briefing.model.dates import topic_first_published, topic_last_changed
from briefing.model.fingerprint import fingerprint
from briefing.model.site import Change, Language, Missing, Site, Topic
from briefing.model.values import Moment
from briefing.outputs.charts import Thumbnail, thumbnail_chart
from briefing.outputs.planned_page import (
    PlannedPage,
    ShownText,
    fingerprint_of_value,
    in_every_language,
    shown_text,
    topic_text,
)
from briefing.rendering.page import (
    ATOM,
    JSON_FEED,
    NOT_FOUND,
    Page,
    PageKey,
    PageKind,
    TranslationState,
    folder_of,
)

ABOUT: PageKey = ("about",)
PAGE = "page"
"""Stands before the number of a further page of a list."""
TOPICS_A_PAGE = 20
"""Topics on one page of the list of topics: no page grows without end."""
ENTRIES = 50
"""Topics in the feed of a language."""
CHANGES = 5
"""Changes of a topic in it."""


class LocalizedHeadline(Struct, frozen=True):
    """What a topic is called."""

    language: str
    """The one it is in, which need not be that it stands for."""
    title: str
    dek: str | None
    first_published: Moment
    last_changed: Moment
    telling: TranslationState


class Headline(Struct, frozen=True, kw_only=True):
    """What a list of topics shows of one."""

    id: str
    start: Moment
    """Of the event."""
    languages: tuple[str, ...]
    """Of its articles, one for each."""
    figures: Figures
    thumbnail: Thumbnail | None
    told: Mapping[str, LocalizedHeadline]
    """By the languages of the site that it has a page in."""
    changes: tuple[Change, ...]
    """The newest of them."""
    digest: bytes = b""
    """Of all the rest."""


FrontPages = Callable[[Site, Sequence[Headline]], Iterator[PlannedPage]]


def headline(site: Site, comparison: Comparison) -> Headline:
    """Give what lists of topics show of one."""
    topic = comparison.topic
    told = ((code.code, topic_text(site, topic, code)) for code in site.languages)
    headings = {
        code: _heading(topic, one.summary, one.telling) for code, one in told if one and one.summary
    }
    line = Headline(
        id=topic.id,
        start=topic.event.start,
        languages=tuple(article.language for article in topic.articles),
        figures=comparison.figures,
        thumbnail=thumbnail_chart(comparison) if comparison.comparable else None,
        told=headings,
        changes=topic.changes[:CHANGES],
    )
    return replace(line, digest=fingerprint_of_value(line))


def _heading(topic: Topic, summary: Summary, telling: TranslationState) -> LocalizedHeadline:
    return LocalizedHeadline(
        language=summary.language,
        title=summary.title,
        dek=summary.dek,
        first_published=topic_first_published(topic, summary),
        last_changed=topic_last_changed(topic, summary),
        telling=telling,
    )


def newest_first(line: Headline) -> tuple[float, str]:
    """Give what lists of topics are sorted by."""
    return -line.start.begins().timestamp(), line.id


def chooser(site: Site, headlines: Sequence[Headline]) -> Iterator[PlannedPage]:
    """The front door: the latest briefing in every language, and no forced redirect."""
    latest = {
        language.code: next((line for line in headlines if language.code in line.told), None)
        for language in site.languages
    }
    lines = (line.digest if line else b"" for line in latest.values())
    yield PlannedPage(
        Page(path="index.html"), "pages/chooser.html", {"latest": latest}, fingerprint(*lines)
    )


def not_found(_briefing: Site, _headlines: Sequence[Headline]) -> Iterator[PlannedPage]:
    """What is shown where nothing is; one for the whole site, in every language."""
    yield PlannedPage(Page(path=NOT_FOUND, key=("404",)), "pages/not_found.html", {}, fingerprint())


def homes(site: Site, headlines: Sequence[Headline]) -> Iterator[PlannedPage]:
    """The list of topics, newest first, with their headline figures, some to a page."""
    for language in site.languages:
        told = [line for line in headlines if language.code in line.told]
        last = max(1, -(-len(told) // TOPICS_A_PAGE))
        for number in range(1, last + 1):
            key = _numbered(number)
            path = "/".join((language.code, *key, "index.html"))
            page = Page(path=path, key=key, languages=(language.code,))
            lines = told[(number - 1) * TOPICS_A_PAGE : number * TOPICS_A_PAGE]
            data = {
                "topics": tuple(lines),
                "number": number,
                "newer": _numbered(number - 1) if number > 1 else None,
                "older": _numbered(number + 1) if number < last else None,
            }
            # Which page it is, and whether there are others, the pages that there are tell.
            yield PlannedPage(
                page, "pages/home.html", data, fingerprint(*(line.digest for line in lines))
            )


def _numbered(number: int) -> PageKey:
    """Give the key of a page of the list of topics; the first is the home."""
    return (PAGE, str(number)) if number > 1 else ()


def feeds(site: Site, headlines: Sequence[Headline]) -> Iterator[PlannedPage]:
    """What is new, in each language that is told: the topics that were changed last."""
    for language in site.languages:
        code = language.code
        told = [line for line in headlines if code in line.told]
        own = [line for line in told if line.told[code].telling is TranslationState.OWN]
        own.sort(key=lambda line: line.told[code].last_changed.begins(), reverse=True)
        data = {"topics": tuple(own[:ENTRIES])}
        lines = fingerprint(*(line.digest for line in own[:ENTRIES]))
        for name in (ATOM, JSON_FEED):
            page = Page(path=f"{code}/{name}", languages=(code,), kind=PageKind.FEED)
            yield PlannedPage(page, f"site {name}", data, lines)


def data(_briefing: Site, headlines: Sequence[Headline]) -> Iterator[PlannedPage]:
    """The list of all topics for those who compute with it, and the shape of their data."""
    index = Page(path="data/index.json", kind=PageKind.DATA)
    lines = fingerprint(*(line.digest for line in headlines))
    yield PlannedPage(index, "site data.json", {"topics": tuple(headlines)}, lines)
    schema = Page(path="data/schema.json", kind=PageKind.DATA)
    yield PlannedPage(schema, "data schema.json", {}, fingerprint())


def withdrawn(site: Site, _headlines: Sequence[Headline]) -> Iterator[PlannedPage]:
    """What is said at the address of what was taken back."""
    singles = [(language.code,) for language in site.languages]
    pairs = [(one.code, other.code) for one, other in site.facing]
    for id in site.redirects.gone:
        if "." in id:  # in one language only; the others are still there
            continue
        for codes in (*singles, *pairs):
            path = f"{folder_of(*codes)}/{id}/index.html"
            page = Page(path=path, languages=codes[:1], kind=PageKind.REDIRECT)
            yield PlannedPage(page, "pages/withdrawn.html", {}, fingerprint())


def about(site: Site, _headlines: Sequence[Headline]) -> Iterator[PlannedPage]:
    """How the comparison is made, in every language, with what the site says of itself."""

    def told(language: Language) -> ShownText:
        own = shown_text(site.about, language.code, Missing.HIDE, language)
        return own or ShownText(TranslationState.OWN, None)  # the rules are told without a text

    for planned in in_every_language(site, ABOUT, "about", told, {}):
        texts = [one.summary for one in planned.told if one.summary]
        linked = any(True for text in texts for _ in text.body.links)
        yield (
            planned if linked else replace(planned, fingerprint=fingerprint_of_value(planned.told))
        )


FRONT_PAGES: tuple[FrontPages, ...] = (chooser, not_found, homes, about, feeds, data, withdrawn)


def plan_front(site: Site, headlines: Sequence[Headline]) -> tuple[PlannedPage, ...]:
    """Every page that is no topic's; the headlines are those of all topics, newest first."""
    return tuple(planned for kind in FRONT_PAGES for planned in kind(site, headlines))
