"""One topic: from its source files to the pages it adds to the site.

A topic is analysed on its own: read, compared, its pages planned. What anything outside it may
depend on is its `TopicExports`. When the exports of all topics are there, the site can be planned
(`engine.plan`) and pages can be rendered (`engine.render`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from briefing.checks.notices import NO_NOTICES, TopicNotices, notices_of_topic
from briefing.comparison.compare import compare_topic
from briefing.content.classify import TopicFolder
from briefing.content.parse_topic import read_topic
from briefing.content.publication import ValidTime, public_topic, valid_time_of_topic
from briefing.content.references import unresolved_references
from briefing.content.shared import Files, SharedContent, TopicFolders
from briefing.model.fingerprint import fingerprint_of_value
from briefing.model.prose import Link
from briefing.model.site import Site, Topic
from briefing.model.subsets import without_texts
from briefing.model.values import Moment
from briefing.outputs.headlines import Headline, headline
from briefing.outputs.planned_page import PlannedPage
from briefing.outputs.registry import compared_topic, plan_topic, topic_entries
from briefing.problems import Problem, Problems, raise_if_any
from briefing.rendering.page import Page


class TopicExports(Struct, frozen=True, kw_only=True, tag=True):
    """All of a topic that anything outside it may depend on, but for what a page shows of it."""

    id: str
    point_ids: tuple[str, ...]
    links: tuple[Link, ...]
    """Those of its texts that lead to other topics."""
    pages: tuple[Page, ...] = ()
    """Every page of it; none where nothing of it is public."""
    pages_fingerprint: bytes = b""
    """Links to the topic are the same as long as this is."""
    headline: Headline | None = None
    """None where nothing of it is public."""
    entries: Mapping[str, bytes] = {}
    """What outputs of the site are made of beside the headline, by their names in the registry."""
    valid: ValidTime = ValidTime()
    """The times at which the same of it is public."""
    notices: TopicNotices = NO_NOTICES
    """What a build says of it in its last lines."""


class WrongTopic(Struct, frozen=True, kw_only=True, tag=True):
    """A topic that could not be read, and what is needed to check the links to it and from it."""

    id: str
    point_ids: tuple[str, ...] | None
    """None where they cannot be known."""
    links: tuple[Link, ...]
    """Those of its texts that lead to other topics."""
    problems: tuple[Problem, ...]


class TopicUnit(Struct, frozen=True, kw_only=True):
    """A topic that was read, compared and planned."""

    topic: Topic
    """All of it, public or not."""
    exports: TopicExports
    pages: tuple[PlannedPage, ...]


def analyze_topic(
    files: Files, shared: SharedContent, folder: TopicFolder, as_of: Moment
) -> TopicUnit | WrongTopic:
    """Return a topic with its pages planned, or what is wrong in it.

    files: at least those of the topic, by path. shared: where something of it is wrong, no page
    is planned, and the topic counts as wrong without a problem of its own.
    """
    parsed = read_topic(files, shared, folder)
    site, topic = shared.site, parsed.topic
    if site is None or topic is None or parsed.problems:
        return WrongTopic(
            id=parsed.id, point_ids=parsed.points, links=parsed.links, problems=parsed.problems
        )
    ids = tuple(point.id for point in topic.points)
    valid = valid_time_of_topic(topic, site, as_of)
    public = public_topic(topic, site, as_of)
    notices = notices_of_topic(topic, public, site, as_of)
    if public is None:
        hidden = TopicExports(
            id=parsed.id, point_ids=ids, links=parsed.links, valid=valid, notices=notices
        )
        return TopicUnit(topic=topic, exports=hidden, pages=())
    comparison = compare_topic(without_texts(public), site.voices)
    compared = compared_topic(comparison, public)
    planned = plan_topic(site, compared)
    pages = tuple(one.page for one in planned)
    exports = TopicExports(
        id=parsed.id,
        point_ids=ids,
        links=parsed.links,
        pages=pages,
        pages_fingerprint=fingerprint_of_value(pages),
        headline=headline(site, comparison),
        entries=topic_entries(site, compared),
        valid=valid,
        notices=notices,
    )
    return TopicUnit(topic=topic, exports=exports, pages=planned)


def exports_of(topic: TopicUnit | WrongTopic) -> TopicExports | WrongTopic:
    """Return what a topic exports; a topic that is wrong, as it is."""
    return topic if isinstance(topic, WrongTopic) else topic.exports


def exports_of_all(
    shared: SharedContent,
    folders: TopicFolders,
    found: Mapping[str, TopicExports | WrongTopic],
    problems: Iterable[Problem] = (),
    *,
    is_checked: bool = False,
) -> tuple[Site, Mapping[str, TopicExports]]:
    """Return the site and what each of its topics exports, by folder and in the order of folders.

    Raises Problems with everything that is wrong in the content, links between topics included, and
    with `problems`. found: of every folder. is_checked: nothing has changed that could be wrong.
    """
    if not is_checked:
        raise_if_any([*_wrong_in_content(shared, folders, found.values()), *problems])
    exports = {
        folder: each
        for folder in folders.folders
        if isinstance(each := found[folder], TopicExports)
    }
    if shared.site is None or len(exports) < len(folders.folders):
        raise Problems  # each was raised above
    return shared.site, exports


def _wrong_in_content(
    shared: SharedContent, folders: TopicFolders, found: Iterable[TopicExports | WrongTopic]
) -> Iterator[Problem]:
    yield from shared.problems
    yield from folders.problems
    points, links = {}, {}
    for each in found:
        if isinstance(each, WrongTopic):
            yield from each.problems
        points[each.id], links[each.id] = each.point_ids, each.links
    yield from unresolved_references(shared, folders, points, links)
