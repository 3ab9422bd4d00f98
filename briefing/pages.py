"""What is to be said -> the pages to be made.

A kind of page is one function, listed in TOPIC_PAGES, if a topic has some of its own, or in
FRONT_PAGES, if they are there once for the whole site. To add a page, write one and list it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import Struct, msgpack
from msgspec.structs import replace

from briefing.atlas import NOT_FOUND, Key, Kind, Page, Telling, folder_of
from briefing.compare import Comparison, Figures
from briefing.digests import digest
from briefing.family import families
from briefing.history import topic_came_out, topic_changed
from briefing.model import Article, Briefing, Change, Language, Missing, Summary, Topic
from briefing.pictures import Thumbnail, draw_coverage, draw_thumbnail, draw_timeline
from briefing.values import Moment

ABOUT: Key = ("about",)
PAGE = "page"
"""Stands before the number of a further page of a list."""
TOPICS_A_PAGE = 20
"""Topics on one page of the list of topics: no page grows without end."""
ENTRIES = 50
"""Topics in the feed of a language."""
CHANGES = 5
"""Changes of a topic in it."""


class Sheet(Struct, frozen=True):
    """A page to be made: the template that lays it out, and what is on it."""

    page: Page
    template: str
    data: Mapping[str, Any]
    digest: bytes = b""
    """Of its data; b"" if it has links by id, and is no topic's that would know where they lead."""


class Told(Struct, frozen=True):
    """The text that a page shows, and in which way."""

    telling: Telling
    summary: Summary | None
    stale: bool = False


class Heading(Struct, frozen=True):
    """What a topic is called."""

    language: str
    """The one it is in, which need not be that it stands for."""
    title: str
    dek: str | None
    came_out: Moment
    changed: Moment
    telling: Telling


class Headline(Struct, frozen=True, kw_only=True):
    """What a list of topics shows of one."""

    id: str
    start: Moment
    """Of the event."""
    languages: tuple[str, ...]
    """Of its articles, one for each."""
    figures: Figures
    thumbnail: Thumbnail | None
    told: Mapping[str, Heading]
    """By the languages of the site that it has a page in."""
    changes: tuple[Change, ...]
    """The newest of them."""
    digest: bytes = b""
    """Of all the rest."""


TopicPages = Callable[[Briefing, Comparison, Topic], Iterator[Sheet]]
FrontPages = Callable[[Briefing, Sequence[Headline]], Iterator[Sheet]]


def headline(briefing: Briefing, comparison: Comparison) -> Headline:
    """Give what lists of topics show of one."""
    topic = comparison.topic
    told = ((code.code, _tell_topic(briefing, topic, code)) for code in briefing.languages)
    headings = {
        code: _heading(topic, one.summary, one.telling) for code, one in told if one and one.summary
    }
    line = Headline(
        id=topic.id,
        start=topic.event.start,
        languages=tuple(article.language for article in topic.articles),
        figures=comparison.figures,
        thumbnail=draw_thumbnail(comparison) if comparison.comparable else None,
        told=headings,
        changes=topic.changes[:CHANGES],
    )
    return replace(line, digest=digest_of_shown(line))


def _heading(topic: Topic, summary: Summary, telling: Telling) -> Heading:
    return Heading(
        language=summary.language,
        title=summary.title,
        dek=summary.dek,
        came_out=topic_came_out(topic, summary),
        changed=topic_changed(topic, summary),
        telling=telling,
    )


def newest_first(line: Headline) -> tuple[float, str]:
    """Give what lists of topics are sorted by."""
    return -line.start.begins().timestamp(), line.id


def chooser(briefing: Briefing, headlines: Sequence[Headline]) -> Iterator[Sheet]:
    """The front door: the latest briefing in every language, and no forced redirect."""
    latest = {
        language.code: next((line for line in headlines if language.code in line.told), None)
        for language in briefing.languages
    }
    lines = (line.digest if line else b"" for line in latest.values())
    yield Sheet(Page(path="index.html"), "pages/chooser.html", {"latest": latest}, digest(*lines))


def not_found(_briefing: Briefing, _headlines: Sequence[Headline]) -> Iterator[Sheet]:
    """What is shown where nothing is; one for the whole site, in every language."""
    yield Sheet(Page(path=NOT_FOUND, key=("404",)), "pages/not_found.html", {}, digest())


def homes(briefing: Briefing, headlines: Sequence[Headline]) -> Iterator[Sheet]:
    """The list of topics, newest first, with their headline figures, some to a page."""
    for language in briefing.languages:
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
            yield Sheet(page, "pages/home.html", data, digest(*(line.digest for line in lines)))


def _numbered(number: int) -> Key:
    """Give the key of a page of the list of topics; the first is the home."""
    return (PAGE, str(number)) if number > 1 else ()


def feeds(briefing: Briefing, headlines: Sequence[Headline]) -> Iterator[Sheet]:
    """What is new, in each language that is told: the topics that were changed last."""
    for language in briefing.languages:
        code = language.code
        told = [line for line in headlines if code in line.told]
        own = [line for line in told if line.told[code].telling is Telling.OWN]
        own.sort(key=lambda line: line.told[code].changed.begins(), reverse=True)
        data = {"topics": tuple(own[:ENTRIES])}
        for form in ("xml", "json"):
            page = Page(path=f"{code}/feed.{form}", languages=(code,), kind=Kind.FEED)
            lines = (line.digest for line in own[:ENTRIES])
            yield Sheet(page, f"site feed.{form}", data, digest(*lines))


def data(_briefing: Briefing, headlines: Sequence[Headline]) -> Iterator[Sheet]:
    """The list of all topics for those who compute with it, and the shape of their data."""
    index = Page(path="data/index.json", kind=Kind.DATA)
    lines = digest(*(line.digest for line in headlines))
    yield Sheet(index, "site data.json", {"topics": tuple(headlines)}, lines)
    schema = Page(path="data/schema.json", kind=Kind.DATA)
    yield Sheet(schema, "data schema.json", {}, digest())


def withdrawn(briefing: Briefing, _headlines: Sequence[Headline]) -> Iterator[Sheet]:
    """What is said at the address of what was taken back."""
    for id in briefing.redirects.withdrawn:
        for language in briefing.languages:
            path = f"{language.code}/{id}/index.html"
            page = Page(path=path, key=(), languages=(language.code,), kind=Kind.REDIRECT)
            yield Sheet(page, "pages/withdrawn.html", {}, digest())


def about(briefing: Briefing, _headlines: Sequence[Headline]) -> Iterator[Sheet]:
    """How the comparison is made, in every language, with what the site says of itself."""

    def tell(language: Language) -> Told:
        told = _tell(briefing.about, language.code, Missing.HIDE, language)
        return told or Told(Telling.OWN, None)  # the rules are told without a text

    for sheet in _in_each(briefing, ABOUT, "about", tell, {}):
        texts = [one.summary for one in sheet.data["told"] if one.summary]
        linked = any(True for text in texts for _ in text.body.links)
        yield sheet if linked else replace(sheet, digest=digest_of_shown(sheet.data["told"]))


def topics(briefing: Briefing, comparison: Comparison, topic: Topic) -> Iterator[Sheet]:
    """The comparison of a topic, in each language and facing in each two."""
    data = {
        "topic": comparison.topic,
        "comparison": comparison,
        "coverage": draw_coverage(comparison) if comparison.comparable else None,
        "timeline": draw_timeline(comparison.topic, briefing.time_zone),
        "families": families(comparison),
    }
    tell = partial(_tell_topic, briefing, topic)
    yield from _in_each(briefing, (topic.id,), "topic", tell, data)


def articles(briefing: Briefing, comparison: Comparison, topic: Topic) -> Iterator[Sheet]:
    """A summary for each article of a topic, in each language and facing in each two."""
    compared = comparison.topic.articles
    for column, article in enumerate(topic.articles):
        cells = [(row, row.cells[column]) for row in comparison.rows]
        data = {
            "topic": comparison.topic,
            "article": compared[column],
            "said": [(row, cell) for row, cell in cells if cell.claims],
            "comparison": comparison,
            "previous": compared[column - 1] if column else None,
            "next": next(iter(compared[column + 1 :]), None),
        }
        tell = partial(_tell_article, briefing, topic, article)
        yield from _in_each(briefing, (topic.id, article.id), "article", tell, data)


Tell = Callable[[Language], Told | None]


def _in_each(
    briefing: Briefing, key: Key, template: str, tell: Tell, data: Mapping[str, Any]
) -> Iterator[Sheet]:
    """Give the pages of a text: one in each language, one for each two it is told in."""
    told = {language.code: tell(language) for language in briefing.languages}
    for language in briefing.languages:
        if one := told[language.code]:
            yield _sheet(key, (language.code,), (one,), f"pages/{template}.html", data)
    for pair in briefing.facing:
        both = [one for language in pair if (one := told[language.code])]
        if [one.telling for one in both if one.summary] == [Telling.OWN, Telling.OWN]:
            codes = tuple(language.code for language in pair)
            yield _sheet(key, codes, tuple(both), f"pages/facing_{template}.html", data)


def _sheet(
    key: Key,
    languages: tuple[str, ...],
    told: tuple[Told, ...],
    template: str,
    data: Mapping[str, Any],
) -> Sheet:
    """Give a page; a facing one stands in for that in the first of its languages."""
    below = "/".join((*key, "index.html"))
    first = told[0]
    shown = first.summary.language if first.summary else languages[0]
    path = f"{folder_of(*languages)}/{below}"
    rows = data["comparison"].rows if len(key) == 1 and data.get("topic") else ()
    has_rows = bool(rows and data["topic"].articles)
    page = Page(
        path=path,
        key=key,
        languages=languages,
        telling=first.telling,
        anchors=frozenset(row.point.id for row in rows) if has_rows else frozenset(),
        canonical=None if path == f"{shown}/{below}" else f"{shown}/{below}",
    )
    return Sheet(page, template, {**data, "told": told, "summary": first.summary})


def is_stale(original: Summary, translation: Summary) -> bool:
    """Whether an original has changed since it was translated."""
    return translation.of is not None and translation.of != original.digest


def _tell_topic(briefing: Briefing, topic: Topic, language: Language) -> Told | None:
    policy = topic.missing or briefing.missing
    return _tell(topic.briefings, _original(briefing, topic.briefings), policy, language)


def _tell_article(
    briefing: Briefing, topic: Topic, article: Article, language: Language
) -> Told | None:
    policy = topic.missing or briefing.missing
    return _tell(article.summaries, article.lead, policy, language)


def _original(briefing: Briefing, texts: Mapping[str, Summary]) -> str:
    """Give the language of the text that is no translation, or the first there is."""
    codes = [language.code for language in briefing.languages if language.code in texts]
    return min(codes, key=lambda code: texts[code].translates is not None)


def _tell(
    summaries: Mapping[str, Summary], original: str, policy: Missing, language: Language
) -> Told | None:
    """Give the text to show in a language and in which way, or None for no page."""
    if own := summaries.get(language.code):
        translated = summaries.get(own.translates or "")
        return Told(Telling.OWN, own, stale=bool(translated and is_stale(translated, own)))
    if policy is Missing.HIDE:
        return None
    return Told(Telling(policy.value), summaries[original])


TOPIC_PAGES: tuple[TopicPages, ...] = (topics, articles)
FRONT_PAGES: tuple[FrontPages, ...] = (chooser, not_found, homes, about, feeds, data, withdrawn)


def plan_topic(briefing: Briefing, comparison: Comparison, topic: Topic) -> tuple[Sheet, ...]:
    """Every page of a topic that was compared, and whose texts are told.

    What they show is what was compared, which is without the texts, and their own text.
    """
    compared = digest_of_shown(comparison.topic)
    sheets = (sheet for kind in TOPIC_PAGES for sheet in kind(briefing, comparison, topic))
    return tuple(
        replace(sheet, digest=digest(compared, digest_of_shown(sheet.data["told"])))
        for sheet in sheets
    )


def digest_of_shown(shown: object) -> bytes:
    """Give the digest of what a sheet shows."""
    return digest(msgpack.encode(shown, order="deterministic"))


def plan_front(briefing: Briefing, headlines: Sequence[Headline]) -> tuple[Sheet, ...]:
    """Every page that is no topic's; the headlines are those of all topics, newest first."""
    return tuple(sheet for kind in FRONT_PAGES for sheet in kind(briefing, headlines))
