"""The pages of a topic: the comparison, and a summary of each article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from briefing.content.terms.renderings import key_terms
from briefing.model.article import Article
from briefing.model.dates import summary_last_changed, topic_last_changed
from briefing.model.site import Language, Site, Topic
from briefing.model.values import Moment
from briefing.outputs.charts import Pictures
from briefing.outputs.planned_page import (
    ComparedTopic,
    PlannedPage,
    ShownText,
    in_every_language,
    shown_text,
    topic_text,
)


def comparison_pages(
    site: Site, compared: ComparedTopic, _pages: Sequence[PlannedPage]
) -> Iterator[PlannedPage]:
    """Yield the comparison of a topic, in each language of `site` and facing in each pair."""
    comparison = compared.comparison
    context = {
        "topic": comparison.topic,
        "comparison": comparison,
        "pictures": Pictures(comparison, site.time_zone),
    }
    topic = compared.topic
    text_in = partial(topic_text, site, topic)
    for planned in in_every_language(site, (topic.id,), "topic", text_in, context):
        summary = planned.context["summary"]
        changed = topic_last_changed(topic, summary) if summary else None
        yield compared.fingerprinted(_with_date(planned, changed))


def _with_date(planned: PlannedPage, changed: Moment | None) -> PlannedPage:
    """Return a page with the date of the last change of it, which its inputs determine."""
    return replace(planned, context={**planned.context, "changed": changed})


def summary_pages(
    site: Site, compared: ComparedTopic, _pages: Sequence[PlannedPage]
) -> Iterator[PlannedPage]:
    """Yield a summary of each article of a topic, in each language of `site` and each pair."""
    comparison, topic = compared.comparison, compared.topic
    articles = comparison.topic.articles
    for column, article in enumerate(topic.articles):
        cells = [(row, row.cells[column]) for row in comparison.rows]
        context = {
            "topic": comparison.topic,
            "article": articles[column],
            "said": [(row, cell) for row, cell in cells if cell.claims],
            "comparison": comparison,
            "key_terms": key_terms(topic, article, site.terms),
            "previous": articles[column - 1] if column else None,
            "next": next(iter(articles[column + 1 :]), None),
        }
        text_in = partial(_article_text, site, topic, article)
        pages = in_every_language(site, (topic.id, article.id), "article", text_in, context)
        for planned in pages:
            summary = planned.context["summary"]
            changed = summary_last_changed(topic, article, summary) if summary else None
            yield compared.fingerprinted(_with_date(planned, changed))


def _article_text(
    site: Site, topic: Topic, article: Article, language: Language
) -> ShownText | None:
    policy = topic.missing or site.missing
    return shown_text(article.summaries, article.lead, policy, language)
