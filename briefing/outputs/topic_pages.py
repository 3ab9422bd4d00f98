"""What is to be said of a topic -> the pages to be made.

A kind of page is one function, listed in TOPIC_PAGES. To add a page, write one and list it;
those that are there once for the whole site are in `front`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from msgspec.structs import replace

from briefing.comparison.compare import Comparison
from briefing.comparison.provenance import families
from briefing.model.article import Article
from briefing.model.fingerprint import digest
from briefing.model.site import Briefing, Language, Topic
from briefing.outputs.charts import draw_coverage, draw_timeline
from briefing.outputs.planned_page import Sheet, Told, digest_of_shown, in_each, tell, tell_topic

TopicPages = Callable[[Briefing, Comparison, Topic], Iterator[Sheet]]


def topics(briefing: Briefing, comparison: Comparison, topic: Topic) -> Iterator[Sheet]:
    """The comparison of a topic, in each language and facing in each two."""
    data = {
        "topic": comparison.topic,
        "comparison": comparison,
        "coverage": draw_coverage(comparison) if comparison.comparable else None,
        "timeline": draw_timeline(comparison.topic, briefing.time_zone),
        "families": families(comparison),
    }
    tell = partial(tell_topic, briefing, topic)
    yield from in_each(briefing, (topic.id,), "topic", tell, data)


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
        yield from in_each(briefing, (topic.id, article.id), "article", tell, data)


def _tell_article(
    briefing: Briefing, topic: Topic, article: Article, language: Language
) -> Told | None:
    policy = topic.missing or briefing.missing
    return tell(article.summaries, article.lead, policy, language)


TOPIC_PAGES: tuple[TopicPages, ...] = (topics, articles)


def plan_topic(
    briefing: Briefing, comparison: Comparison, topic: Topic, compared: bytes
) -> tuple[Sheet, ...]:
    """Every page of a topic that was compared, and whose texts are told.

    What they show is what was compared, which is without the texts and whose digest is given,
    and their own text.
    """
    sheets = (sheet for kind in TOPIC_PAGES for sheet in kind(briefing, comparison, topic))
    return tuple(
        replace(sheet, digest=digest(compared, digest_of_shown(sheet.told))) for sheet in sheets
    )
