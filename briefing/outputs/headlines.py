"""What lists of topics show of a topic: title, figures, thumbnail.

A change of a headline is a change of the plan of the site. What only some outputs of the site are
made of is no part of it: see `SiteOutput.entry_of`.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from briefing.comparison.compare import Comparison, Figures
from briefing.model.fingerprint import fingerprint_of_value
from briefing.model.site import Site
from briefing.model.values import Moment
from briefing.outputs.charts import Thumbnail, thumbnail_chart
from briefing.outputs.planned_page import topic_text
from briefing.rendering.page import TranslationState


class LocalizedHeadline(Struct, frozen=True):
    """The title of a topic, as it stands in lists in one language of the site."""

    language: str
    """The language it is in, which need not be that of the list."""
    title: str
    dek: str | None
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
    """None where nothing is compared."""
    told: Mapping[str, LocalizedHeadline]
    """By the languages of the site that it has a page in."""
    fingerprint: bytes = b""
    """Of all the rest."""


def headline(site: Site, comparison: Comparison) -> Headline:
    """Return what lists of topics show of a topic that was compared."""
    topic = comparison.topic
    found = Headline(
        id=topic.id,
        start=topic.event.start,
        languages=tuple(article.language for article in topic.articles),
        figures=comparison.figures,
        thumbnail=thumbnail_chart(comparison) if comparison.comparable else None,
        told={
            language.code: LocalizedHeadline(
                language=text.summary.language,
                title=text.summary.title,
                dek=text.summary.dek,
                telling=text.telling,
            )
            for language in site.languages
            if (text := topic_text(site, topic, language)) and text.summary
        },
    )
    return replace(found, fingerprint=fingerprint_of_value(found))


def newest_first(headline: Headline) -> tuple[float, str]:
    """Return what lists of topics are sorted by."""
    return -headline.start.begins().timestamp(), headline.id
