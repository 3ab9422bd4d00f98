"""Feeds: what is new, for programs that tell their readers of it.

One `Feed` is written in two forms that say the same: Atom (RFC 4287) and JSON Feed
(https://www.jsonfeed.org/version/1.1/).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct, json
from msgspec.structs import replace

from briefing.model.article import Article
from briefing.model.dates import (
    changes_of,
    summary_first_published,
    summary_last_changed,
    topic_first_published,
    topic_last_changed,
)
from briefing.model.site import Topic
from briefing.model.values import Moment
from briefing.outputs.planned_page import ShownText
from briefing.outputs.site_pages import Headline
from briefing.rendering.context import PageContext
from briefing.rendering.page import ATOM, JSON_FEED, Page, PageKey

ENTRY_TEMPLATE = "feeds/entries.html"
"""The template with what is shown of each text."""
VERSION = "https://jsonfeed.org/version/1.1"


class Entry(Struct, frozen=True, kw_only=True):
    """One text that is new, or was changed."""

    id: str
    """Its first address, which a rename does not change."""
    address: str
    title: str
    came_out: str
    """In the form of RFC 3339, as all times here."""
    changed: str
    summary: str | None
    html: str
    tags: tuple[str, ...]
    versions: tuple[tuple[str, str], ...]
    """The other languages it is told in, each with its address."""


class Feed(Struct, frozen=True, kw_only=True):
    """What is new."""

    id: str
    title: str
    subtitle: str
    language: str
    author: str
    home: str
    """The address of the page it goes with."""
    folder: str
    """The address below which its files are."""
    icon: str
    changed: str
    entries: tuple[Entry, ...]
    versions: tuple[tuple[str, str], ...]
    """The other languages it is there in, each with the address of its folder."""

    @property
    def atom(self) -> str:
        """Where it is, as Atom."""
        return self.folder + ATOM

    @property
    def json(self) -> str:
        """Where it is, as JSON Feed."""
        return self.folder + JSON_FEED


def topic_feed(here: PageContext, shown: Mapping[str, Any]) -> Feed:
    """Give the feed of a topic, made once for the forms it is written in."""
    key = ("feed", here.page.key, here.language.code)
    return here.renderer.memoize(key, lambda: _topic_feed(here, shown))


def _topic_feed(here: PageContext, shown: Mapping[str, Any]) -> Feed:
    """Give the text of a topic first, then its summaries, newest first."""
    topic, told = shown["topic"], shown["told"]
    first, *others = told
    comparison = shown["comparison"]
    abroad = here.with_absolute_links()
    write = abroad.macro(ENTRY_TEMPLATE, "topic_entry")
    own = _entry(
        abroad,
        (topic.id,),
        first,
        (topic_first_published(topic, first.summary), topic_last_changed(topic, first.summary)),
        write(abroad, first, topic, comparison),
    )
    texts = [
        _article_entry(abroad, topic, article, one)
        for article, one in zip(shown["articles"], others, strict=True)
    ]
    texts.sort(key=_changed, reverse=True)
    title = f"{own.title} – {here.words.text(here.renderer.site.title)}"
    return _feed(here, (topic.id,), title, first.summary.dek, [own, *texts])


def _article_entry(here: PageContext, topic: Topic, article: Article, told: ShownText) -> Entry:
    summary = told.summary
    assert summary is not None, "it is told in its own words"
    write = here.macro(ENTRY_TEMPLATE, "article_entry")
    entry = _entry(
        here,
        (topic.id, article.id),
        told,
        (summary_first_published(article, summary), summary_last_changed(topic, article, summary)),
        write(here, told, topic, article, changes_of(topic, article)),
    )
    return replace(entry, tags=article.tags)


def _entry(
    here: PageContext, key: PageKey, told: ShownText, times: tuple[Moment, Moment], html: str
) -> Entry:
    summary = told.summary
    assert summary is not None, "it is told in its own words"
    came_out, changed = map(here.words.rfc3339, times)
    return Entry(
        id=_first_address(here, key),
        address=here.to(*key) or here.canonical,
        title=summary.title,
        came_out=came_out,
        changed=changed,
        summary=summary.dek,
        html=str(html).strip(),
        tags=(),
        versions=_others(here, here.translations(*key)),
    )


def site_feed(here: PageContext, shown: Mapping[str, Any]) -> Feed:
    """Give the feed of a language: the topics that were changed last."""
    site, code = here.renderer.site, here.language.code
    abroad = here.with_absolute_links()
    entries = [_headline_entry(abroad, line, code) for line in shown["topics"]]
    title = here.words.text(site.title)
    return _feed(here, (), title, here.words.text(site.description), entries)


def _headline_entry(here: PageContext, line: Headline, code: str) -> Entry:
    heading = line.told[code]
    write = here.macro(ENTRY_TEMPLATE, "headline_entry")
    return Entry(
        id=_first_address(here, (line.id,)),
        address=here.to(line.id) or here.canonical,
        title=heading.title,
        came_out=here.words.rfc3339(heading.first_published),
        changed=here.words.rfc3339(heading.last_changed),
        summary=heading.dek,
        html=str(write(here, heading, line)).strip(),
        tags=(),
        versions=_others(here, here.translations(line.id)),
    )


def _feed(
    here: PageContext, key: PageKey, title: str, subtitle: str | None, entries: Sequence[Entry]
) -> Feed:
    site, words = here.renderer.site, here.words
    return Feed(
        id=_first_address(here, key) + ATOM,
        title=title,
        subtitle=subtitle or words.text(site.description),
        language=here.language.code,
        author=words.text(site.title),
        home=here.with_absolute_links().to(*key) or here.canonical,
        folder=here.address_of("/".join((here.language.code, *key, "index.html"))),
        icon=here.address_of("assets/icon.svg"),
        changed=max(entries, key=_changed).changed if entries else EPOCH,
        entries=tuple(entries),
        versions=_others(here, here.translations(*key)),
    )


def _changed(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry.changed)


EPOCH = "1970-01-01T00:00:00Z"
"""When a feed was changed that has nothing in it yet: Atom must say some time."""


def _first_address(here: PageContext, key: PageKey) -> str:
    """Give the address at which something was published first: what it is known by."""
    site = here.renderer.site
    first = site.redirects.first("/".join(key)).split("/") if key else []
    if len(first) > 1:
        first[0] = site.redirects.first(first[0])
    path = "/".join((here.language.code, *first, "index.html"))
    return here.address_of(path, formerly=True)


def _others(here: PageContext, pages: Iterable[Page]) -> tuple[tuple[str, str], ...]:
    """Give the languages other than that spoken here, each with the address of its page."""
    found = ((page.languages[0], here.address_of(page)) for page in pages)
    return tuple((code, address) for code, address in found if code != here.language.code)


def atom(here: PageContext, feed: Feed) -> bytes:
    """Write a feed as Atom."""
    return here.renderer.for_language(here.language).render("feeds/atom.xml", {"feed": feed})


def json_feed(here: PageContext, feed: Feed) -> bytes:
    """Write a feed as JSON Feed; the languages it is there in stand in an extension of ours."""
    author = {"name": feed.author, "url": feed.home}
    written = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.json,
        "description": feed.subtitle,
        "icon": feed.icon,
        "authors": [author],
        "language": feed.language,
        "_briefing": {"about": here.address_of(f"{feed.language}/about/index.html")}
        | _versions([(code, folder + JSON_FEED) for code, folder in feed.versions]),
        "items": [_item(entry, feed) for entry in feed.entries],
    }
    return json.format(json.encode(written), indent=1) + b"\n"


def _item(entry: Entry, feed: Feed) -> dict[str, Any]:
    told = {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "content_html": entry.html,
        "date_published": entry.came_out,
        "date_modified": entry.changed,
        "language": feed.language,
        "tags": entry.tags,
        "_briefing": _versions(entry.versions),
    }
    return told | ({"summary": entry.summary} if entry.summary else {})


def _versions(versions: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {"versions": [{"language": code, "url": address} for code, address in versions]}
