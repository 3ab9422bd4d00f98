"""Who makes the files that no template does: each by the name that stands for a template."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from briefing.comparison.compare import Comparison, Figures
from briefing.comparison.verdict import Verdict
from briefing.outputs.cards.draw import Card
from briefing.outputs.companions import data_of
from briefing.outputs.data.table import to_csv
from briefing.outputs.data.topic import Topic as TopicData
from briefing.outputs.data.topic import topic_data
from briefing.outputs.data.writing import IndexEntry, index_json, schema_json, to_json
from briefing.outputs.email import email_html, email_text
from briefing.outputs.feeds import atom, json_feed, site_feed, topic_feed
from briefing.outputs.signposts import (
    MANIFEST,
    ROBOTS,
    SITEMAP,
    write_manifest,
    write_robots,
    write_sitemap,
    write_sitemap_index,
)
from briefing.outputs.site_pages import Headline
from briefing.rendering.context import PageContext
from briefing.rendering.i18n import Translator
from briefing.rendering.page import CARD, PLAIN_CARD

Writer = Callable[[PageContext, Mapping[str, Any]], bytes]
"""Makes a file, of a place and what is to be shown there."""


def draw_card(here: PageContext, shown: Mapping[str, Any]) -> bytes:
    """Draw the card of a topic; the plain one, where nobody can."""
    renderer = here.renderer
    drawn = renderer.draw_card(_card(here, shown["comparison"], shown["summary"].title))
    return drawn or renderer.files.get(f"templates/{PLAIN_CARD}", b"")


def _card(here: PageContext, comparison: Comparison, title: str) -> Card:
    words, topic = here.words, comparison.topic
    facts = [words.day(topic.event.start), words("n_articles", n=len(topic.articles))]
    if topic.articles:
        facts.append(words.language_names(article.language for article in topic.articles))
    counts = comparison.figures.tally.items() if comparison.comparable else ()
    return Card(
        site=words.text(here.renderer.site.title),
        title=title,
        facts=" · ".join(facts),
        figures=tuple(_figures(words, comparison.figures)),
        tally=tuple((v.value, words.of("verdict", v), count) for v, count in counts if count),
        rtl=here.language.dir == "rtl",
    )


def _figures(words: Translator, figures: Figures) -> Iterator[str]:
    """Give the first of the headline figures."""
    if not figures.comparable:
        yield words("one_source", n=figures.points) if figures.articles else words("no_articles")
        return
    yield words("figure_both_sides", n=figures.both_sides, total=figures.points)
    for verdict in (Verdict.DIFFER, Verdict.ONE_VOICE):
        if count := figures.tally[verdict]:
            yield words.of("figure", verdict, n=count)


def _data(here: PageContext, shown: Mapping[str, Any]) -> TopicData:
    """Give the data of a topic, made once for the forms it is written in."""
    comparison: Comparison = shown["comparison"]
    topic = comparison.topic
    keys = [(topic.id,), *((topic.id, article.id) for article in topic.articles)]

    def make() -> TopicData:
        pages = {key: _addresses(here, *key) for key in keys}
        site = here.renderer.site
        return topic_data(site, comparison, here.address_of(""), shown["titles"], pages)

    return here.renderer.memoize(("data", topic.id), make)


def _addresses(here: PageContext, *key: str) -> dict[str, str]:
    """Give the pages that tell what a key is about, by language."""
    return {page.languages[0]: here.address_of(page) for page in here.translations(*key)}


def write_index(here: PageContext, shown: Mapping[str, Any]) -> bytes:
    """Write the list of all topics, as data."""
    lines: Sequence[Headline] = shown["topics"]
    entries = [
        IndexEntry(
            id=line.id,
            titles={code: own.title for code, own in line.told.items() if own.language == code},
            addresses=_addresses(here, line.id),
            start=str(line.start),
            articles=line.figures.articles,
            points=line.figures.points,
            tally=line.figures.tally,
            json=here.address_of(data_of(line.id)),
            csv=here.address_of(data_of(line.id, "csv")),
        )
        for line in lines
    ]
    return index_json(here.address_of(""), entries)


WRITERS: Mapping[str, Writer] = {
    "topic feed.xml": lambda here, shown: atom(here, topic_feed(here, shown)),
    "topic feed.json": lambda here, shown: json_feed(here, topic_feed(here, shown)),
    "site feed.xml": lambda here, shown: atom(here, site_feed(here, shown)),
    "site feed.json": lambda here, shown: json_feed(here, site_feed(here, shown)),
    "email/topic.html": email_html,
    "email/topic.txt": email_text,
    CARD: draw_card,
    "topic data.json": lambda here, shown: to_json(_data(here, shown)),
    "topic data.csv": lambda here, shown: to_csv(_data(here, shown), list(here.renderer.languages)),
    "site data.json": write_index,
    "data schema.json": lambda here, _shown: schema_json(here.address_of("")),
    SITEMAP: write_sitemap,
    "sitemap index": write_sitemap_index,
    MANIFEST: write_manifest,
    ROBOTS: write_robots,
}
