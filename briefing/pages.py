"""Briefing -> the pages to be made.

A kind of page is one function, from the briefing to its pages, listed in
PAGE_KINDS. To add a page, write one and list it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import Struct

from briefing.atlas import NOT_FOUND, Key, Page, Telling, folder_of
from briefing.compare import Comparison
from briefing.family import families
from briefing.model import Article, Briefing, Language, Missing, Summary, Topic, Voice
from briefing.pictures import draw_coverage, draw_timeline


class Sheet(Struct, frozen=True):
    """A page to be made: the template that lays it out, and what is on it."""

    page: Page
    template: str
    data: Mapping[str, Any]


Comparisons = Sequence[Comparison]
PageKind = Callable[[Briefing, Comparisons], Iterator[Sheet]]

ABOUT: Key = ("about",)


class Entry(Struct, frozen=True, kw_only=True):
    """A topic in a list of topics."""

    summary: Summary
    comparison: Comparison


def chooser(briefing: Briefing, comparisons: Comparisons) -> Iterator[Sheet]:
    """The front door: the latest briefing in every language, and no forced redirect."""
    latest = {
        language.code: next(_entries(briefing, comparisons, language), None)
        for language in briefing.languages
    }
    yield Sheet(Page(path="index.html"), "pages/chooser.html", {"latest": latest})


def not_found(_briefing: Briefing, _comparisons: Comparisons) -> Iterator[Sheet]:
    """What is shown where nothing is; one for the whole site, in every language."""
    yield Sheet(Page(path=NOT_FOUND), "pages/not_found.html", {})


def homes(briefing: Briefing, comparisons: Comparisons) -> Iterator[Sheet]:
    """The list of topics, newest first, with their headline figures."""
    thumbnails = {c.topic.id: draw_coverage(c, labels=0) for c in comparisons if c.comparable}
    for language in briefing.languages:
        entries = tuple(_entries(briefing, comparisons, language))
        page = Page(path=f"{language.code}/index.html", languages=(language.code,))
        yield Sheet(page, "pages/home.html", {"entries": entries, "thumbnails": thumbnails})


def _entries(briefing: Briefing, comparisons: Comparisons, language: Language) -> Iterator[Entry]:
    for comparison in comparisons:
        told = _tell_topic(briefing, comparison.topic, language)
        if told and told.summary:
            yield Entry(summary=told.summary, comparison=comparison)


def about(briefing: Briefing, _comparisons: Comparisons) -> Iterator[Sheet]:
    """How the comparison is made, in every language, with what the site says of itself."""

    def tell(language: Language) -> _Told:
        told = _tell(briefing.about, language.code, Missing.HIDE, language)
        return told or _Told(Telling.OWN, None)  # the rules are told without a text

    yield from _in_each(briefing, ABOUT, "about", tell, {})


def topics(briefing: Briefing, comparisons: Comparisons) -> Iterator[Sheet]:
    """A comparison for each topic, in each language and facing in each two."""
    for comparison in comparisons:
        topic = comparison.topic
        data = {
            "topic": topic,
            "comparison": comparison,
            "voices": _voices(briefing, topic),
            "coverage": draw_coverage(comparison) if comparison.comparable else None,
            "timeline": draw_timeline(topic, briefing.time_zone),
            "families": families(comparison),
        }
        tell = partial(_tell_topic, briefing, topic)
        yield from _in_each(briefing, (topic.id,), "topic", tell, data)


def _voices(briefing: Briefing, topic: Topic) -> tuple[Voice, ...]:
    """The voices that speak in the articles of a topic, in the order they do."""
    claims = [claim for article in topic.articles for claim in article.claims]
    ids = (id for claim in claims for id in (claim.by, *claim.via) if id)
    return tuple(briefing.voices[id] for id in dict.fromkeys(ids))


def articles(briefing: Briefing, comparisons: Comparisons) -> Iterator[Sheet]:
    """A summary for each article, in each language and facing in each two."""
    for comparison in comparisons:
        topic = comparison.topic
        for column, article in enumerate(topic.articles):
            cells = [(row, row.cells[column]) for row in comparison.rows]
            data = {
                "topic": topic,
                "article": article,
                "said": [(row, cell) for row, cell in cells if cell.claims],
                "comparison": comparison,
                "previous": topic.articles[column - 1] if column else None,
                "next": next(iter(topic.articles[column + 1 :]), None),
            }
            tell = partial(_tell_article, briefing, topic, article)
            yield from _in_each(briefing, (topic.id, article.id), "article", tell, data)


class _Told(Struct, frozen=True):
    """The text that a page shows, and in which way."""

    telling: Telling
    summary: Summary | None
    stale: bool = False


Tell = Callable[[Language], _Told | None]


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
    told: tuple[_Told, ...],
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


def _tell_topic(briefing: Briefing, topic: Topic, language: Language) -> _Told | None:
    policy = topic.missing or briefing.missing
    return _tell(topic.briefings, _original(briefing, topic.briefings), policy, language)


def _tell_article(
    briefing: Briefing, topic: Topic, article: Article, language: Language
) -> _Told | None:
    policy = topic.missing or briefing.missing
    return _tell(article.summaries, article.lead, policy, language)


def _original(briefing: Briefing, texts: Mapping[str, Summary]) -> str:
    """Give the language of the text that is no translation, or the first there is."""
    codes = [language.code for language in briefing.languages if language.code in texts]
    return min(codes, key=lambda code: texts[code].translates is not None)


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


PAGE_KINDS: tuple[PageKind, ...] = (chooser, not_found, homes, about, topics, articles)


def plan_pages(briefing: Briefing, comparisons: Comparisons) -> tuple[Sheet, ...]:
    """Every page of the site; the comparisons are those of its topics, in their order."""
    return tuple(page for kind in PAGE_KINDS for page in kind(briefing, comparisons))
