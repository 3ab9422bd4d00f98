"""Feeds: what is new, for programs that tell their readers of it.

One `Feed` is written in two forms that say the same: Atom (RFC 4287) and JSON Feed
(https://www.jsonfeed.org/version/1.1/).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct, msgpack
from msgspec.structs import replace

from briefing.comparison.compare import Figures
from briefing.model.article import Article, Summary
from briefing.model.dates import (
    changes_of,
    summary_first_published,
    summary_last_changed,
    topic_first_published,
    topic_last_changed,
)
from briefing.model.fingerprint import fingerprint
from briefing.model.site import Change, Site, Topic
from briefing.model.values import Moment
from briefing.outputs.feed_formats import Entry, Feed, atom, json_feed
from briefing.outputs.headlines import Headline
from briefing.outputs.planned_page import (
    ComparedTopic,
    PlannedPage,
    ShownText,
    beside_page,
    pages_in_own_words,
    topic_text,
)
from briefing.outputs.site_output import SiteContents
from briefing.rendering.context import PageContext
from briefing.rendering.page import ATOM, JSON_FEED, Page, PageKey, PageKind, TranslationState

ENTRY_TEMPLATE = "feeds/entries.html"
"""The template with what is shown of each text."""
SITE_FEEDS = "feeds"
"""The name of the feeds of the site, and of the entries that topics export for them."""
MAX_ENTRIES = 50
"""Topics in the feed of a language: those that were changed last."""
MAX_CHANGES = 5
"""Corrections of a topic in it: the newest."""


class TopicNews(Struct, frozen=True):
    """What the feeds of the site tell of a topic beside its headline."""

    dates: Mapping[str, tuple[Moment | None, Moment]]
    """When it came out, None where that is not noted, and was changed last; by language code.

    A text without any date of ours has no entry.
    """
    changes: tuple[Change, ...]
    """The newest of its corrections."""


class ListedTopic(Struct, frozen=True):
    """A topic as the template of an entry is given it."""

    id: str
    figures: Figures
    changes: tuple[Change, ...]


def topic_feeds(
    _site: Site, compared: ComparedTopic, pages: Sequence[PlannedPage]
) -> Iterator[PlannedPage]:
    """Yield the feeds of a topic: its text, its summaries, and what was corrected in them.

    pages: those of the topic that are planned so far.
    """
    for _, planned, articles in pages_in_own_words(pages):
        texts = (*planned.texts, *(text for each in articles for text in each.texts))
        own = tuple(each.context["article"] for each in articles)
        context = {**planned.context, "articles": own, "told": texts}
        for name, write in ((ATOM, write_topic_atom), (JSON_FEED, write_topic_json)):
            yield compared.fingerprinted(beside_page(planned, PageKind.FEED, name, write, context))


def topic_news(site: Site, compared: ComparedTopic) -> bytes:
    """Return what the feeds of the site tell of a topic beside its headline, in msgpack."""
    topic = compared.topic
    texts = {language.code: topic_text(site, topic, language) for language in site.languages}
    dates = {
        code: (topic_first_published(topic, text.summary), changed)
        for code, text in texts.items()
        if text and text.summary and (changed := topic_last_changed(topic, text.summary))
    }
    return msgpack.encode(TopicNews(dates, topic.changes[:MAX_CHANGES]))


def site_feeds(contents: SiteContents) -> Iterator[PlannedPage]:
    """Yield the feeds of each language: the topics with a text in it that were changed last.

    A topic without a date of ours is in none: see `briefing.model.dates`.
    """
    entries = contents.entries_of(SITE_FEEDS)
    decoder = msgpack.Decoder(TopicNews)
    news = {topic: decoder.decode(entry) for topic, entry in entries.items()}
    for language in contents.site.languages:
        code = language.code
        own = [
            line
            for line in contents.headlines
            if code in line.told
            and line.told[code].telling is TranslationState.OWN
            and code in news[line.id].dates
        ]
        own.sort(key=lambda line: news[line.id].dates[code][1].begins(), reverse=True)
        newest = own[:MAX_ENTRIES]
        context = {"topics": tuple((line, news[line.id]) for line in newest)}
        shown = fingerprint(*(p for line in newest for p in (line.fingerprint, entries[line.id])))
        for name, write in ((ATOM, write_site_atom), (JSON_FEED, write_site_json)):
            page = Page(path=f"{code}/{name}", languages=(code,), kind=PageKind.FEED)
            yield PlannedPage(page, write, context, shown)


def write_topic_atom(here: PageContext, context: Mapping[str, Any]) -> bytes:
    """Return the feed of a topic as Atom."""
    return atom(here, topic_feed(here, context))


def write_topic_json(here: PageContext, context: Mapping[str, Any]) -> bytes:
    """Return the feed of a topic as JSON Feed."""
    return json_feed(here, topic_feed(here, context))


def write_site_atom(here: PageContext, context: Mapping[str, Any]) -> bytes:
    """Return the feed of a language as Atom."""
    return atom(here, site_feed(here, context))


def write_site_json(here: PageContext, context: Mapping[str, Any]) -> bytes:
    """Return the feed of a language as JSON Feed."""
    return json_feed(here, site_feed(here, context))


def topic_feed(here: PageContext, shown: Mapping[str, Any]) -> Feed:
    """Return the feed of a topic, made once for the forms it is written in."""
    key = ("feed", here.page.key, here.language.code)
    return here.renderer.memoize(key, lambda: _topic_feed(here, shown))


def _topic_feed(here: PageContext, shown: Mapping[str, Any]) -> Feed:
    """Return the text of a topic first, then its summaries, newest first.

    What has no date of ours is left out: Atom wants a time of every entry.
    """
    topic, (first, *others) = shown["topic"], shown["told"]
    abroad = here.with_absolute_links()
    began = topic_first_published(topic, first.summary)
    own, texts = [], []
    if changed := topic_last_changed(topic, first.summary):
        write = abroad.macro(ENTRY_TEMPLATE, "topic_entry")
        html = write(abroad, first, topic, shown["comparison"])
        own.append(_entry(abroad, (topic.id,), first.summary, (began, changed), html))
    for article, one in zip(shown["articles"], others, strict=True):
        if changed := summary_last_changed(topic, article, one.summary) or began:
            texts.append(_article_entry(abroad, topic, article, one, changed))
    texts.sort(key=_changed, reverse=True)
    title = f"{first.summary.title} – {here.words.text(here.renderer.site.title)}"
    return _feed(here, (topic.id,), title, first.summary.dek, [*own, *texts])


def _article_entry(
    here: PageContext, topic: Topic, article: Article, told: ShownText, changed: Moment
) -> Entry:
    """Return the entry of a summary. changed: its own date, or else that of its topic."""
    summary = told.summary
    assert summary is not None, "it is told in its own words"
    html = here.macro(ENTRY_TEMPLATE, "article_entry")(
        here, told, topic, article, changes_of(topic, article)
    )
    times = (summary_first_published(article, summary), changed)
    return replace(_entry(here, (topic.id, article.id), summary, times, html), tags=article.tags)


def _entry(
    here: PageContext,
    key: PageKey,
    summary: Summary,
    times: tuple[Moment | None, Moment],
    html: str,
) -> Entry:
    """Return the entry of a text. times: when it came out, None if unknown, and was changed."""
    came_out, changed = times
    return Entry(
        id=_first_address(here, key),
        address=here.to(*key) or here.canonical,
        title=summary.title,
        came_out=here.words.rfc3339(came_out) if came_out else None,
        changed=here.words.rfc3339(changed),
        summary=summary.dek,
        html=str(html).strip(),
        tags=(),
        versions=_others(here, here.translations(*key)),
    )


def site_feed(here: PageContext, shown: Mapping[str, Any]) -> Feed:
    """Return the feed of a language: the topics that were changed last."""
    site, code = here.renderer.site, here.language.code
    abroad = here.with_absolute_links()
    entries = [_headline_entry(abroad, line, news, code) for line, news in shown["topics"]]
    title = here.words.text(site.title)
    return _feed(here, (), title, here.words.text(site.description), entries)


def _headline_entry(here: PageContext, line: Headline, news: TopicNews, code: str) -> Entry:
    heading = line.told[code]
    came_out, changed = news.dates[code]
    listed = ListedTopic(line.id, line.figures, news.changes)
    write = here.macro(ENTRY_TEMPLATE, "headline_entry")
    return Entry(
        id=_first_address(here, (line.id,)),
        address=here.to(line.id) or here.canonical,
        title=heading.title,
        came_out=here.words.rfc3339(came_out) if came_out else None,
        changed=here.words.rfc3339(changed),
        summary=heading.dek,
        html=str(write(here, heading, listed)).strip(),
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
        responsible=_responsible(here),
        home=here.with_absolute_links().to(*key) or here.canonical,
        folder=here.address_of("/".join((here.language.code, *key, "index.html"))),
        icon=here.address_of("assets/icon.svg"),
        changed=max(entries, key=_changed).changed if entries else EPOCH,
        entries=tuple(entries),
        versions=_others(here, here.translations(*key)),
    )


def _responsible(here: PageContext) -> tuple[str, str] | None:
    """Return who is responsible for the site, and where to reach them; None for nobody."""
    if (named := here.renderer.site.responsible) is None:
        return None
    return here.words.text(named.name), named.contact or ""


def _changed(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry.changed)


EPOCH = "1970-01-01T00:00:00Z"
"""When a feed was changed that has nothing in it yet: Atom must say some time."""


def _first_address(here: PageContext, key: PageKey) -> str:
    """Return the address at which something was published first: what it is known by."""
    site = here.renderer.site
    first = site.redirects.first("/".join(key)).split("/") if key else []
    if len(first) > 1:
        first[0] = site.redirects.first(first[0])
    path = "/".join((here.language.code, *first, "index.html"))
    return here.address_of(path, formerly=True)


def _others(here: PageContext, pages: Iterable[Page]) -> tuple[tuple[str, str], ...]:
    """Return the languages other than that spoken here, each with the address of its page."""
    found = ((page.languages[0], here.address_of(page)) for page in pages)
    return tuple((code, address) for code, address in found if code != here.language.code)
