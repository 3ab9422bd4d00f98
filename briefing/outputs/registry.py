"""All kinds of output files, in the order in which they are planned.

To add a kind: a module of its own, and one line here. What goes out beside the page of a topic is a
`TopicOutput`; what exists once for the site is a `SiteOutput`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from msgspec.structs import replace

from briefing.comparison.compare import Comparison
from briefing.model.fingerprint import fingerprint_of_value
from briefing.model.site import Site, Topic
from briefing.outputs.cards.card_page import cards
from briefing.outputs.citations.citation_files import citations
from briefing.outputs.data.data_files import data_of_site, data_of_topic
from briefing.outputs.email import emails
from briefing.outputs.feeds import SITE_FEEDS, site_feeds, topic_feeds, topic_news
from briefing.outputs.headlines import list_entry
from briefing.outputs.manifest import manifest
from briefing.outputs.planned_page import ComparedTopic, PlannedPage, TopicOutput
from briefing.outputs.redirects import old_addresses, withdrawn
from briefing.outputs.robots import robots
from briefing.outputs.site_output import SiteContents, SiteOutput
from briefing.outputs.site_pages import TOPIC_LISTS, about, chooser, not_found, topic_lists
from briefing.outputs.sitemap import LAST_CHANGED, last_changed, sitemaps
from briefing.outputs.topic_pages import comparison_pages, summary_pages

TOPIC_OUTPUTS: tuple[TopicOutput, ...] = (
    comparison_pages,
    summary_pages,
    topic_feeds,
    emails,
    cards,
    data_of_topic,
    citations,
    old_addresses,
)
"""Each is given the pages of those before it."""
SITE_OUTPUTS = (
    SiteOutput("chooser", chooser),
    SiteOutput("not found", not_found),
    SiteOutput(TOPIC_LISTS, topic_lists, list_entry),
    SiteOutput("about", about),
    SiteOutput(SITE_FEEDS, site_feeds, topic_news),
    SiteOutput("data", data_of_site),
    SiteOutput("withdrawn", withdrawn),
)
INDEX_OUTPUTS = (
    SiteOutput(LAST_CHANGED, sitemaps, last_changed),
    SiteOutput("robots", robots),
    SiteOutput("manifest", manifest),
)
"""These are made of the pages of all others."""


def compared_topic(comparison: Comparison, topic: Topic) -> ComparedTopic:
    """Return a topic from which pages are planned.

    comparison: made of the topic without its texts. topic: what of it is public, with its texts.
    """
    return ComparedTopic(comparison, topic, fingerprint_of_value(comparison.topic))


def plan_topic(site: Site, compared: ComparedTopic) -> tuple[PlannedPage, ...]:
    """Return every page of a topic."""
    pages: list[PlannedPage] = []
    for plan in TOPIC_OUTPUTS:
        pages.extend(list(plan(site, compared, pages)))
    return tuple(pages)


def topic_entries(site: Site, compared: ComparedTopic) -> dict[str, bytes]:
    """Return what a topic exports for outputs of the site, by the name of the output."""
    return {
        output.name: output.entry_of(site, compared)
        for output in (*SITE_OUTPUTS, *INDEX_OUTPUTS)
        if output.entry_of
    }


PlannedOutputs = Mapping[str, tuple[PlannedPage, ...]]
"""The pages of each output of the site, by its name."""


def plan_site_outputs(contents: SiteContents) -> PlannedOutputs:
    """Return every page of the site unit. `contents` has the pages of topics, and no others."""
    planned = _planned(SITE_OUTPUTS, contents)
    own = tuple(each.page for pages in planned.values() for each in pages)
    with_own = replace(contents, pages={"": own, **contents.pages})
    return {**planned, **_planned(INDEX_OUTPUTS, with_own)}


def plan_again(contents: SiteContents, names: Set[str]) -> PlannedOutputs:
    """Return the pages of some outputs of the site, planned from other entries.

    names: of the outputs. contents: with the pages of `SITE_OUTPUTS`, too.
    """
    outputs = [output for output in (*SITE_OUTPUTS, *INDEX_OUTPUTS) if output.name in names]
    return _planned(outputs, contents)


def _planned(
    outputs: Sequence[SiteOutput], contents: SiteContents
) -> dict[str, tuple[PlannedPage, ...]]:
    return {output.name: tuple(output.plan(contents)) for output in outputs}
