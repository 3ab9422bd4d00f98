"""What one topic refers to in another, by links, redirects and voices' own texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from briefing.content.classify import TopicFolder, unresolved_links
from briefing.content.redirects import wrong_redirects
from briefing.content.shared import SharedContent, TopicFolders
from briefing.model.prose import Link
from briefing.problems import Place, Problem, did_you_mean


def unresolved_references(
    shared: SharedContent,
    topics: TopicFolders,
    points: Mapping[str, tuple[str, ...] | None],
    links: Mapping[str, tuple[Link, ...]],
) -> Iterator[Problem]:
    """Tell of what one topic, the site's own text or voices.yaml refers to in a topic in vain.

    The points and the links to other topics are given by topic.
    """
    folders = {folder.id: folder for folder in topics.folders.values()}
    for topic, far in (*links.items(), ("", shared.links)):
        if far:
            yield from unresolved_links(folders, points, topic, far)
    yield from wrong_redirects(shared.old, folders)
    if shared.primaries:
        yield from _lost_primaries(shared.primaries, folders.values())


def _lost_primaries(
    primaries: Iterable[tuple[str, Place]], folders: Iterable[TopicFolder]
) -> Iterator[Problem]:
    """A voice's own text must be an article of some topic."""
    articles = dict.fromkeys(id for folder in folders for id in folder.articles)
    for primary, place in primaries:
        if primary not in articles:
            message = f"primary: no article `{primary}` in any topic"
            yield Problem(place, message, did_you_mean(primary, articles))
