"""Parses the files of one topic to a `ParsedTopic`, with the problems in them.

`points` and `topics` read topic.yaml, `texts` and `articles` the Markdown files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Literal

from msgspec.structs import replace

from briefing.content.articles import duplicates_of_duplicates, read_article
from briefing.content.classify import TopicFolder, unresolved_links
from briefing.content.outlets_voices import KnownIds, Register, without_broken
from briefing.content.points import read_points
from briefing.content.shared import Files, ParsedTopic, SharedContent
from briefing.content.source_files import open_yaml, read_markdown_files
from briefing.content.texts import read_texts
from briefing.content.topics import TopicFacts, read_facts
from briefing.model.article import Article, ArticleType
from briefing.model.prose import Link
from briefing.model.site import Point, Topic
from briefing.model.values import Choice, Period, Quantity, Value
from briefing.problems import BROKEN, AllBroken, Broken, Collector, Problem, Problems, raise_if_any
from briefing.syntax.nodes import Node

MAX_VALUES = 300
"""Different values of one point in a topic; more are a problem, for each two are compared."""


_TYPES = list(ArticleType)


def read_topic(files: Files, shared: SharedContent, folder: TopicFolder) -> ParsedTopic:
    """Return the topic of the files in `folder`, with every problem in them.

    Links to other topics are not looked up: `references` does that when all topics are read.
    """
    collector = Collector()
    root = collector.attempt(partial(open_yaml, files, collector, folder.facts))
    points: Register[Point] = AllBroken()
    if root is not BROKEN:
        points = read_points(root, shared.known_ids.languages, collector)
    known = replace(shared.known_ids, points=points)
    links: list[Link] = []
    topic = collector.attempt(partial(_topic, files, folder, root, known, links))
    ids = None if isinstance(points, AllBroken) else tuple(points)
    outside: list[Link] = []
    inside: list[Link] = []
    for link in links:
        (inside if link.resolve(folder.id)[0] == folder.id else outside).append(link)
    collector.add(unresolved_links({folder.id: folder}, {folder.id: ids}, folder.id, inside))
    return ParsedTopic(
        id=folder.id,
        topic=None if topic is BROKEN else topic,
        points=ids,
        links=tuple(outside),
        problems=collector.found,
    )


def _topic(
    files: Files,
    folder: TopicFolder,
    root: Node | Literal[Broken.BROKEN],
    known: KnownIds,
    links: list[Link],
) -> Topic:
    """Return the topic in `folder`, and add the links in its texts to `links`. Raises Problems.

    root: topic.yaml; BROKEN if it could not be parsed, which has been reported. Its points are
    in `known` already.
    """
    collector = Collector()
    facts: TopicFacts | Literal[Broken.BROKEN] = BROKEN
    if root is not BROKEN:
        facts = collector.attempt(partial(read_facts, root, known, folder.articles))
    codes = {language.code for language in known.languages}
    read = partial(read_markdown_files, files, codes, collector)
    own = read(folder.texts)
    article_files = {id: read(paths) for id, paths in folder.articles.items()}
    for file in (*own, *(file for files in article_files.values() for file in files)):
        links += file.body.links
    collector.add(duplicates_of_duplicates(article_files))
    texts = read_texts(own, known, folder.texts, collector)
    articles = [
        collector.attempt(
            partial(read_article, id, article_files[id], known, folder.articles, paths)
        )
        for id, paths in folder.articles.items()
    ]
    collector.done()
    if facts is BROKEN:
        raise Problems  # reported when the file was opened
    whole = tuple(article for article in articles if article is not BROKEN)
    raise_if_any(_too_many_values(whole))
    return Topic(
        id=folder.id,
        event=facts.event,
        missing=facts.missing,
        groups=facts.groups,
        points=facts.points,
        primary=_primary_articles(facts, known, whole),
        articles=tuple(sorted(whole, key=_by_distance)),
        texts=texts,
        changes=facts.changes,
    )


def _too_many_values(articles: tuple[Article, ...]) -> Iterator[Problem]:
    """Yield a problem for each point with more than MAX_VALUES different values."""
    values: dict[str, set[Value]] = {}
    for claim in (claim for article in articles for claim in article.claims):
        if isinstance(claim.value, Quantity | Period | Choice):
            seen = values.setdefault(claim.point, set())
            if claim.value not in seen and len(seen) == MAX_VALUES:
                message = f"more than {MAX_VALUES} different values of `{claim.point}` in the topic"
                yield Problem(claim.place, message, "make several points of it")
            seen.add(claim.value)


def _primary_articles(
    facts: TopicFacts, known: KnownIds, articles: tuple[Article, ...]
) -> Mapping[str, str]:
    """Return the article that is a voice's own text, by voice; topic.yaml overrides voices.yaml.

    For a duplicate that is its original, which has the same text.
    """
    originals = {article.id: article.duplicate_of or article.id for article in articles}
    voices = without_broken(known.voices)
    from_voices = {id: voice.primary for id, voice in voices.items() if voice.primary in originals}
    primary = from_voices | dict(facts.primary)
    return {id: originals[article] for id, article in primary.items() if article}


def _by_distance(article: Article) -> tuple[int, datetime, str]:
    """Return a sort key: the type nearest to the event first, then by time and id."""
    return _TYPES.index(article.type), article.published.ends(), article.id
