"""Parses source files to a `Site` with its topics, or raises every problem in them.

docs/content.md describes the format. Each file is read on its own. A reference to something that
could not be read fails without a problem of its own, so that a mistake is reported once, and all
mistakes at once. `parse_shared` reads what all topics have in common, `parse_topic` one topic,
and `references` checks what leads from one to another.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from briefing.content.classify import split_by_topic
from briefing.content.parse_shared import classify_topics, read_shared
from briefing.content.parse_topic import read_topic
from briefing.content.references import unresolved_references
from briefing.content.shared import Files, ParsedTopic, SharedContent, TopicFolders
from briefing.model.site import Site, Topic
from briefing.problems import Problems, raise_if_any


def parse_site(files: Files, address: str | None = None) -> Site:
    """Return the site of all source files, with every topic, drafts among them.

    address: its URL; None: that of site.yaml. Raises Problems with every mistake in the files.
    """
    shared_paths, paths_by_topic = split_by_topic(files)
    shared = read_shared({path: files[path] for path in shared_paths}, address)
    topics = classify_topics(shared, {id: tuple(paths) for id, paths in paths_by_topic.items()})
    return assemble_site(
        shared, topics, [read_topic(files, shared, f) for f in topics.folders.values()]
    )


def assemble_site(
    shared: SharedContent, topics: TopicFolders, parsed: Sequence[ParsedTopic]
) -> Site:
    """Return the site of `shared` with the `parsed` topics, newest first.

    Raises Problems with every problem of `shared`, of file names in `topics`, of the topics, and
    of references between topics.
    """
    points = {topic.id: topic.points for topic in parsed}
    links = {topic.id: topic.links for topic in parsed}
    in_topics = [problem for topic in parsed for problem in topic.problems]
    unresolved = unresolved_references(shared, topics, points, links)
    raise_if_any([*shared.problems, *topics.problems, *in_topics, *unresolved])
    whole = [topic.topic for topic in parsed if topic.topic is not None]
    if shared.site is None or len(whole) < len(parsed):
        # A topic fails without a problem of its own only beside one that has some.
        raise Problems
    return replace(shared.site, topics=tuple(sorted(whole, key=newest_first)))


def newest_first(topic: Topic) -> tuple[float, str]:
    """Return the key by which topics are sorted: the newest event first, then by id."""
    return -topic.event.start.begins().timestamp(), topic.id
