"""What a site has that matters for a new article: its outlets, articles, points and old ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from msgspec import Struct

from briefing.content.articles import LEAD_FIELD
from briefing.content.classify import TOPIC_STEM, split_by_topic
from briefing.content.outlets_voices import without_broken
from briefing.content.parse_shared import read_shared
from briefing.content.points import read_points
from briefing.content.shared import Files, SharedContent
from briefing.content.source_files import open_yaml
from briefing.model.article import Outlet
from briefing.model.site import Language, Point
from briefing.problems import Collector, Place, Problems, did_you_mean, mistake
from briefing.syntax.front_matter import split_front_matter
from briefing.syntax.nodes import Node, mapping
from briefing.syntax.text import decode_text
from briefing.syntax.yaml import parse_fields


class OtherArticle(Struct, frozen=True, kw_only=True):
    """An article that the site has, as far as its lead can be read."""

    topic: str
    id: str
    path: str
    """Of its lead."""
    outlet: str
    url: str
    """"" for none."""
    duplicate_of: str
    """"" for an original."""


class ArticleSources(Struct, frozen=True, kw_only=True):
    """What a site has that matters for a new article of one topic."""

    languages: tuple[Language, ...]
    outlets: Mapping[str, Outlet]
    articles: tuple[OtherArticle, ...]
    """Of all topics."""
    points: tuple[Point, ...]
    """Of the topic, in their order."""
    taken: frozenset[str]
    """Ids of articles of the topic, and of those it once had."""


def read_article_sources(files: Files, topic: str) -> ArticleSources:
    """Return what matters for a new article of `topic`. Mistakes elsewhere do not matter.

    Raises Problems if there is no such topic, or if its points or the languages cannot be read.
    """
    shared_paths, topics = split_by_topic(files)
    facts = f"content/{topic}/{TOPIC_STEM}.yaml"
    if facts not in files:
        cure = did_you_mean(topic, list(topics))
        raise mistake(Place(f"content/{topic}"), f"there is no topic `{topic}`", cure)
    shared = read_shared({path: files[path] for path in shared_paths})
    if not shared.known_ids.languages:
        raise Problems(shared.problems)
    collector = Collector()
    root = open_yaml(files, collector, facts)
    points = read_points(root, shared.known_ids.languages, collector)
    collector.done()
    articles = tuple(_leads(files, topics))
    return ArticleSources(
        languages=shared.known_ids.languages,
        outlets=without_broken(shared.known_ids.outlets),
        articles=articles,
        points=tuple(without_broken(points).values()),
        taken=frozenset(_taken(topics[topic], topic, shared)),
    )


def _taken(paths: list[str], topic: str, shared: SharedContent) -> Iterator[str]:
    for path in paths:
        yield path.rpartition("/")[2].partition(".")[0]
    for id in shared.old_ids.places:
        in_topic, _, article = id.partition("/")
        if in_topic == topic and article:
            yield article.partition(".")[0]


def _leads(files: Files, topics: Mapping[str, list[str]]) -> Iterator[OtherArticle]:
    for topic, paths in topics.items():
        for path in paths:
            fields = _front_matter(path, files[path]) if path.endswith(".md") else {}
            if LEAD_FIELD in fields:
                given: Any = partial(_text, fields)
                yield OtherArticle(
                    topic=topic,
                    id=path.rpartition("/")[2].partition(".")[0],
                    path=path,
                    outlet=given(LEAD_FIELD),
                    # An address that another has taken over is not that of the outlet.
                    url="" if given("url_status") == "usurped" else given("url"),
                    duplicate_of=given("duplicate_of"),
                )


def _front_matter(path: str, data: bytes) -> Mapping[str, Node]:
    """Return the fields of a Markdown file; none if they cannot be read, which `check` tells."""
    try:
        front_matter, _ = split_front_matter(decode_text(path, data, Collector()))
        return mapping(parse_fields(front_matter))
    except Problems:
        return {}


def _text(fields: Mapping[str, Node], name: str) -> str:
    value = fields[name].value if name in fields else ""
    return value if isinstance(value, str) else ""
