"""Checks references between topics: links, redirects and own texts of voices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from briefing.content.classify import TopicFolder, unresolved_links
from briefing.content.redirects import redirect_problems
from briefing.content.shared import SharedContent, TopicFolders
from briefing.model.prose import Link
from briefing.problems import Place, Problem, did_you_mean


def unresolved_references(
    shared: SharedContent,
    topics: TopicFolders,
    points: Mapping[str, tuple[str, ...] | None],
    links: Mapping[str, tuple[Link, ...]],
) -> Iterator[Problem]:
    """Yield a problem for each reference to a topic, article or point that does not exist.

    points: the ids of the points of each topic, by topic id; None: unknown. links: those that
    lead to other topics, by topic id. References of `shared` are checked too.
    """
    folders = {folder.id: folder for folder in topics.folders.values()}
    for topic, outside in (*links.items(), ("", shared.links)):
        if outside:
            yield from unresolved_links(folders, points, topic, outside)
    yield from redirect_problems(shared.old_ids, folders)
    if shared.primaries:
        yield from _unresolved_primaries(shared.primaries, folders.values())


def _unresolved_primaries(
    primaries: Iterable[tuple[str, Place]], folders: Iterable[TopicFolder]
) -> Iterator[Problem]:
    """Yield a problem for each `primary:` of voices.yaml that is an article of no topic."""
    articles = dict.fromkeys(id for folder in folders for id in folder.articles)
    for primary, place in primaries:
        if primary not in articles:
            message = f"primary: no article `{primary}` in any topic"
            yield Problem(place, message, did_you_mean(primary, articles))
