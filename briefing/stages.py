"""One topic at a time: from its files to what it adds to the site.

A topic is studied first: read, compared, its pages planned. What the others must know of it
is its `Outline`; when those of all topics are there, links can be made, and it is printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, msgpack
from msgspec.structs import replace

from briefing.atlas import Atlas, Page
from briefing.checks.output import Survey, survey
from briefing.companions import plan_companions
from briefing.compare import compare
from briefing.content import Files, Ground, read_topic
from briefing.content.tree import Folder
from briefing.digests import digest
from briefing.front import Headline, headline
from briefing.model import Topic
from briefing.pages import Sheet, digest_of_shown, plan_topic
from briefing.press import Press
from briefing.problems import Problem, Problems
from briefing.prose import Link
from briefing.release import Span, released_topic, span_of_topic, without_texts
from briefing.render import render
from briefing.values import Moment


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
    span: Span = Span()


class Study(Struct, frozen=True, kw_only=True):
    """A topic that was studied."""

    outline: Outline
    topic: Topic | None
    """All of it, public or not; None where something of it is wrong."""
    sheets: tuple[Sheet, ...] = ()
    whole: bool = True
    """Whether these are all pages of the topic."""


class Print(Struct, frozen=True, kw_only=True):
    """Pages as they go out."""

    id: str
    """Of the topic; "" for those that are no topic's."""
    outputs: Mapping[str, bytes]
    digests: Mapping[str, bytes]
    """Of the outputs, by path."""
    shown: Mapping[str, bytes]
    """The digest of what each shows, by path."""
    faults: tuple[Problem, ...]
    """What the templates have wrong; with any, there is no more."""
    survey: Survey
    whole: bool = True
    """Whether these are all pages of the topic."""


def study(files: Files, ground: Ground, folder: Folder, as_of: Moment) -> Study:
    """Read the topic of a folder, compare its articles and plan its pages."""
    reading = read_topic(files, ground, folder)
    outline = Outline(
        id=reading.id, points=reading.points, links=reading.links, problems=reading.problems
    )
    site, topic = ground.briefing, reading.topic
    if site is None or topic is None:
        return Study(outline=outline, topic=topic)
    span = span_of_topic(topic, site, as_of)
    public = released_topic(topic, site, as_of)
    if public is None:
        return Study(outline=_public(outline, (), None, span), topic=topic)
    comparison = compare(without_texts(public), site.voices)
    compared = digest_of_shown(comparison.topic)
    pages = plan_topic(site, comparison, public, compared)
    sheets = (*pages, *plan_companions(site.redirects, comparison, pages, compared))
    line = headline(site, comparison)
    outline = _public(outline, sheets, line, span)
    return Study(outline=outline, topic=topic, sheets=sheets)


def _public(
    outline: Outline, sheets: Sequence[Sheet], line: Headline | None, span: Span
) -> Outline:
    pages = tuple(sheet.page for sheet in sheets)
    shape = digest(msgpack.encode(pages, order="deterministic"))
    return replace(outline, pages=pages, shape=shape, headline=line, span=span)


def print_sheets(
    id: str, sheets: Sequence[Sheet], press: Press, atlas: Atlas, address: str
) -> Print:
    """Make pages of a site that will stand at an address, and look through them."""
    try:
        outputs = render(press, sheets, atlas)
    except Problems as problems:
        faults, nothing = tuple(problems), Survey(problems=(), ids={}, outgoing=())
        return Print(id=id, outputs={}, digests={}, shown={}, faults=faults, survey=nothing)
    return Print(
        id=id,
        outputs=outputs,
        digests={path: digest(data) for path, data in outputs.items()},
        shown={sheet.page.path: sheet.digest for sheet in sheets},
        faults=(),
        survey=survey(outputs, address),
    )
