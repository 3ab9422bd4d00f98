"""What is to be said of a topic -> the pages to be made.

A kind of page is one function, listed in TOPIC_PAGES. To add a page, write one and list it;
those that are there once for the whole site are in `front`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from msgspec.structs import replace

from briefing.comparison.compare import Comparison
from briefing.comparison.provenance import voice_trees
from briefing.model.article import Article
from briefing.model.fingerprint import fingerprint
from briefing.model.site import Language, Site, Topic
from briefing.outputs.charts import coverage_chart, timeline_chart
from briefing.outputs.planned_page import (
    PlannedPage,
    ShownText,
    fingerprint_of_value,
    in_every_language,
    shown_text,
    topic_text,
)

TopicPages = Callable[[Site, Comparison, Topic], Iterator[PlannedPage]]


def topics(site: Site, comparison: Comparison, topic: Topic) -> Iterator[PlannedPage]:
    """The comparison of a topic, in each language and facing in each two."""
    data = {
        "topic": comparison.topic,
        "comparison": comparison,
        "coverage": coverage_chart(comparison) if comparison.comparable else None,
        "timeline": timeline_chart(comparison.topic, site.time_zone),
        "families": voice_trees(comparison),
    }
    tell = partial(topic_text, site, topic)
    yield from in_every_language(site, (topic.id,), "topic", tell, data)


def articles(site: Site, comparison: Comparison, topic: Topic) -> Iterator[PlannedPage]:
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
        tell = partial(_tell_article, site, topic, article)
        yield from in_every_language(site, (topic.id, article.id), "article", tell, data)


def _tell_article(
    site: Site, topic: Topic, article: Article, language: Language
) -> ShownText | None:
    policy = topic.missing or site.missing
    return shown_text(article.summaries, article.lead, policy, language)


TOPIC_PAGES: tuple[TopicPages, ...] = (topics, articles)


def plan_topic(
    site: Site, comparison: Comparison, topic: Topic, compared: bytes
) -> tuple[PlannedPage, ...]:
    """Every page of a topic that was compared, and whose texts are told.

    What they show is what was compared, which is without the texts and whose digest is given,
    and their own text.
    """
    pages = (planned for kind in TOPIC_PAGES for planned in kind(site, comparison, topic))
    return tuple(
        replace(planned, fingerprint=fingerprint(compared, fingerprint_of_value(planned.told)))
        for planned in pages
    )
