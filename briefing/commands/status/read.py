"""Source files and kept texts -> the status of the site, as far as the files can be read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from briefing.commands.status.statuses import (
    SiteStatus,
    TopicStatus,
    status_of_about,
    status_of_topic,
    title_of_site,
)
from briefing.content.classify import split_by_topic
from briefing.content.outlets_voices import OUTLETS, VOICES
from briefing.content.parse import assemble_site, newest_first
from briefing.content.parse_shared import classify_topics, read_shared
from briefing.content.parse_topic import read_topic
from briefing.content.redirects import REDIRECTS
from briefing.content.shared import Files, ParsedTopic, SharedContent, TopicFolders
from briefing.model.site import Site, Topic
from briefing.model.values import Moment
from briefing.problems import BROKEN, Collector, Problems

_NOTHING = {OUTLETS: b"{}", VOICES: b"{sides: {}, voices: {}}"}
"""Registers without an entry."""


def read_status(files: Files, kept: Files, as_of: Moment) -> SiteStatus:
    """Return the status of the site of all source files at a time.

    kept: texts of articles, by `<topic>/<article>.txt`. Mistakes in the files are counted in it,
    and a topic with one is not shown. Raises Problems, all there are, if site.yaml or the words
    of a language cannot be read.
    """
    shared_paths, paths = split_by_topic(files)
    shared = read_shared({path: files[path] for path in shared_paths})
    folders = classify_topics(shared, {id: tuple(each) for id, each in paths.items()})
    parsed = [read_topic(files, shared, folder) for folder in folders.folders.values()]
    collector = Collector()
    whole = collector.attempt(lambda: assemble_site(shared, folders, parsed))
    site = _site_alone(files, shared, collector) if whole is BROKEN else whole
    topics = _topics(parsed) if whole is BROKEN else whole.topics
    statuses = []
    for topic in topics:
        status = collector.attempt(partial(status_of_topic, topic, site, as_of, kept, files))
        if status is not BROKEN:
            statuses.append(status)
    return SiteStatus(
        title=title_of_site(site),
        as_of=as_of,
        languages=tuple(language.code for language in site.languages),
        topics=tuple(statuses),
        about=status_of_about(site, as_of),
        problems=Problems(collector.found).problems,
        unread=tuple(_unread(folders, statuses)),
    )


def _site_alone(files: Files, shared: SharedContent, collector: Collector) -> Site:
    """Return the site without its topics, though there are mistakes.

    If some are in what all topics share, it is read of site.yaml and the words alone. Raises
    Problems, all that were collected, if these are wrong.
    """
    if shared.site is not None:
        return shared.site
    other = {
        path for path in files if path == REDIRECTS or path.startswith(("content/", "static/"))
    }
    alone = {path: data for path, data in files.items() if path not in other} | _NOTHING
    if (site := read_shared(alone).site) is None:
        raise Problems(collector.found)
    return site


def _topics(parsed: list[ParsedTopic]) -> list[Topic]:
    """Return the topics that could be read, the newest event first."""
    whole = [each.topic for each in parsed if each.topic is not None]
    return sorted(whole, key=newest_first)


def _unread(folders: TopicFolders, statuses: list[TopicStatus]) -> Iterator[str]:
    """Yield the ids of the topics of which there is no status."""
    known = {status.id for status in statuses}
    yield from (folder.id for folder in folders.folders.values() if folder.id not in known)
