"""The data files: JSON and CSV of each topic, the list of all topics, the JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from briefing.comparison.compare import Comparison
from briefing.model.fingerprint import fingerprint
from briefing.model.site import Site
from briefing.outputs.data.registers import texts_of
from briefing.outputs.data.table import to_csv
from briefing.outputs.data.topic import Topic as TopicData
from briefing.outputs.data.topic import topic_data
from briefing.outputs.data.writing import IndexEntry, index_json, schema_json, to_json
from briefing.outputs.headlines import Headline
from briefing.outputs.planned_page import ComparedTopic, PlannedPage, pages_in_own_words
from briefing.outputs.site_output import SiteContents
from briefing.rendering.context import PageContext
from briefing.rendering.page import Page, PageKind, data_path


def data_of_topic(
    _site: Site, compared: ComparedTopic, pages: Sequence[PlannedPage]
) -> Iterator[PlannedPage]:
    """Yield the comparison of a topic as JSON and as CSV, in no language.

    pages: those of the topic that are planned so far.
    """
    topic = compared.topic.id
    titles = {
        code: planned.context["summary"].title for code, planned, _ in pages_in_own_words(pages)
    }
    texts = {a.id: texts_of(a.summaries) for a in compared.topic.articles}
    texts[""] = texts_of(compared.topic.texts)
    context = {"comparison": compared.comparison, "titles": titles, "texts": texts}
    for form, write in (("json", write_json), ("csv", write_csv)):
        page = Page(path=data_path(topic, form), key=(topic,), kind=PageKind.DATA)
        yield compared.fingerprinted(PlannedPage(page, write, context), titles, texts)


def data_of_site(contents: SiteContents) -> Iterator[PlannedPage]:
    """Yield the list of all topics and the JSON Schema."""
    lines = contents.headlines
    page = Page(path="data/index.json", kind=PageKind.DATA)
    shown = fingerprint(*(line.fingerprint for line in lines))
    yield PlannedPage(page, write_index, {"topics": tuple(lines)}, shown)
    page = Page(path="data/schema.json", kind=PageKind.DATA)
    yield PlannedPage(page, write_schema, {}, fingerprint())


def write_json(here: PageContext, context: Mapping[str, Any]) -> bytes:
    """Return the data of a topic as JSON."""
    return to_json(_data(here, context))


def write_csv(here: PageContext, context: Mapping[str, Any]) -> bytes:
    """Return the data of a topic as CSV."""
    return to_csv(_data(here, context), list(here.renderer.languages))


def _data(here: PageContext, context: Mapping[str, Any]) -> TopicData:
    """Return the data of a topic, made once for both forms."""
    comparison: Comparison = context["comparison"]
    topic = comparison.topic
    keys = [(topic.id,), *((topic.id, article.id) for article in topic.articles)]

    def make() -> TopicData:
        pages = {key: _addresses(here, *key) for key in keys}
        site = here.renderer.site
        address, titles = here.address_of(""), context["titles"]
        return topic_data(site, comparison, address, titles, pages=pages, texts=context["texts"])

    return here.renderer.memoize(("data", topic.id), make)


def _addresses(here: PageContext, *key: str) -> dict[str, str]:
    """Return the addresses of the pages about a key, by language code."""
    return {page.languages[0]: here.address_of(page) for page in here.translations(*key)}


def write_index(here: PageContext, context: Mapping[str, Any]) -> bytes:
    """Return the list of all topics as JSON."""
    lines: Sequence[Headline] = context["topics"]
    entries = [
        IndexEntry(
            id=line.id,
            titles={code: own.title for code, own in line.told.items() if own.language == code},
            addresses=_addresses(here, line.id),
            start=str(line.start),
            articles=line.figures.articles,
            points=line.figures.points,
            tally=line.figures.tally,
            both_sides=line.figures.both_sides,
            both_sides_on_altered=line.figures.both_sides_on_altered,
            both_sides_on_inference=line.figures.both_sides_on_inference,
            on_altered=line.figures.on_altered,
            on_inference=line.figures.on_inference,
            json=here.address_of(data_path(line.id)),
            csv=here.address_of(data_path(line.id, "csv")),
        )
        for line in lines
    ]
    return index_json(here.address_of(""), entries)


def write_schema(here: PageContext, _context: Mapping[str, Any]) -> bytes:
    """Return the JSON Schema of the data of a topic."""
    return schema_json(here.address_of(""))
