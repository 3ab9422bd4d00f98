"""One topic: from its files to what it adds to the site."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, msgpack
from msgspec.structs import replace

from briefing.comparison.compare import compare_topic
from briefing.content.classify import TopicFolder
from briefing.content.parse_topic import read_topic
from briefing.content.publication import ValidTime, public_topic, valid_time_of_topic
from briefing.content.shared import Files, SharedContent
from briefing.model.fingerprint import fingerprint
from briefing.model.prose import Link
from briefing.model.site import Topic
from briefing.model.subsets import without_texts
from briefing.model.values import Moment
from briefing.outputs.companions import plan_companions
from briefing.outputs.planned_page import PlannedPage, fingerprint_of_value
from briefing.outputs.site_pages import Headline, headline
from briefing.outputs.topic_pages import plan_topic
from briefing.problems import Problem
from briefing.rendering.page import Page


class Outline(Struct, frozen=True, kw_only=True):
    """What the rest of the site must know of a topic."""

    id: str
    points: tuple[str, ...] | None
    """The ids of its points; None where they cannot be told."""
    links: tuple[Link, ...]
    """Those that lead to other topics."""
    problems: tuple[Problem, ...]
    pages: tuple[Page, ...] = ()
    shape: bytes = b""
    """The digest of its pages: links to it are the same as long as this is."""
    headline: Headline | None = None
    """None where nothing of it is public."""
    span: ValidTime = ValidTime()


class Study(Struct, frozen=True, kw_only=True):
    """A topic that was studied."""

    outline: Outline
    topic: Topic | None
    """All of it, public or not; None where something of it is wrong."""
    sheets: tuple[PlannedPage, ...] = ()
    whole: bool = True
    """Whether these are all pages of the topic."""


def study(files: Files, shared: SharedContent, folder: TopicFolder, as_of: Moment) -> Study:
    """Read the topic of a folder, compare its articles and plan its pages."""
    reading = read_topic(files, shared, folder)
    outline = Outline(
        id=reading.id, points=reading.points, links=reading.links, problems=reading.problems
    )
    site, topic = shared.site, reading.topic
    if site is None or topic is None:
        return Study(outline=outline, topic=topic)
    span = valid_time_of_topic(topic, site, as_of)
    public = public_topic(topic, site, as_of)
    if public is None:
        return Study(outline=_public(outline, (), None, span), topic=topic)
    comparison = compare_topic(without_texts(public), site.voices)
    compared = fingerprint_of_value(comparison.topic)
    pages = plan_topic(site, comparison, public, compared)
    sheets = (*pages, *plan_companions(site.redirects, comparison, pages, compared))
    line = headline(site, comparison)
    outline = _public(outline, sheets, line, span)
    return Study(outline=outline, topic=topic, sheets=sheets)


def _public(
    outline: Outline, sheets: Sequence[PlannedPage], line: Headline | None, span: ValidTime
) -> Outline:
    pages = tuple(planned.page for planned in sheets)
    shape = fingerprint(msgpack.encode(pages, order="deterministic"))
    return replace(outline, pages=pages, shape=shape, headline=line, span=span)
