"""The work on topics: what there is to work with, who does it, and what they give."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import cached_property, partial
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from briefing.content.classify import TopicFolder
from briefing.content.shared import Files, SharedContent
from briefing.engine.print import Print, print_sheets
from briefing.engine.record import Record
from briefing.engine.topic import Outline, Study, study
from briefing.model.site import Site
from briefing.model.values import Moment
from briefing.outputs.planned_page import PlannedPage
from briefing.problems import BROKEN, Collector, Problem
from briefing.rendering.page import Page
from briefing.rendering.page_index import PageIndex
from briefing.rendering.renderer import DrawCard, Renderer
from briefing.rendering.templates import Compiled, compile_templates


class Studied(Struct, frozen=True, kw_only=True):
    """What is known before anything is printed."""

    outlines: Mapping[str, Outline]
    """By folder."""
    compiled: Compiled
    problems: tuple[Problem, ...]
    """Those of the templates."""


class Plan:
    """What is needed to print: a site without its topics, its templates, its pages."""

    def __init__(
        self,
        site: Site,
        compiled: Compiled,
        pages: Mapping[str, Sequence[Page]],
        files: Files,
        *,
        artist: DrawCard | None = None,
        renderer: Renderer | None = None,
    ) -> None:
        """The pages come by topic; those of none under "". The press, too, if there is one.

        The files are those that are no topic's.
        """
        self.site, self.compiled, self.pages = site, compiled, pages
        self._files, self._artist = files, artist
        self._given = renderer

    @cached_property
    def press(self) -> Renderer:
        """The templates, ready to print."""
        return self._given or Renderer(self.site, self.compiled, self._files, self._artist)

    @cached_property
    def atlas(self) -> PageIndex:
        """The pages, to be looked up."""
        return PageIndex(self.site, self.pages)

    def anchors(self, path: str) -> Set[str] | None:
        """Give the points that a page of a topic has rows for; None if it is none."""
        _, _, below = path.partition("/")
        pages = self.pages.get(below.partition("/")[0], ())
        return next((page.anchors for page in pages if page.path == path), None)

    def print(self, id: str, pages: Sequence[PlannedPage]) -> Print:
        """Make pages of a topic, or of none."""
        return print_sheets(id, pages, self.press, self.atlas, self.site.address)


class Hands(Protocol):
    """Who does the work on topics: one process, or two."""

    def study(self, folders: Sequence[str]) -> Studied:
        """Study topics, by folder, and compile the templates."""

    def begin(self, plan: Plan) -> None:
        """Begin to print, if there is somebody who can while others do something else."""

    def print(self, plan: Plan) -> Iterator[tuple[str, Print]]:
        """Print the topics that were studied; each comes with its folder."""

    def close(self) -> None:
        """Be done with the work, whether all of it was done or not."""


Tell = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and how much there is."""


def silent(_stage: str, _done: int, _all: int) -> None:
    """Tell nobody."""


class Job(Struct, frozen=True, kw_only=True):
    """What there is to work with."""

    files: Files
    ground: SharedContent
    folders: Mapping[str, TopicFolder]
    """Of the topics, by name."""
    as_of: Moment
    past: Mapping[str, Record] = {}
    """What is remembered of topics that stood on the same, by folder."""
    packed: bytes = b""
    """Templates that were compiled before, perhaps others."""
    compiled: Compiled | None = None
    """These very templates, compiled."""
    tell: Tell = silent
    artist: DrawCard | None = None
    """Who draws cards; without one they are plain."""


class Alone:
    """One process for all."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self.studies: dict[str, Study] = {}
        """By folder."""

    def study(self, folders: Sequence[str]) -> Studied:
        """Study topics, and compile the templates."""
        job = self._job
        for number, folder in enumerate(folders):
            job.tell("study", number, len(folders))
            found = study(job.files, job.ground, job.folders[folder], job.as_of)
            self.studies[folder] = without_old(found, job.past.get(folder))
        outlines = {folder: self.studies[folder].outline for folder in folders}
        collector = Collector()
        compiled = job.compiled
        if compiled is None:
            made = collector.attempt(partial(compile_templates, job.files, job.packed))
            compiled = {} if made is BROKEN else made
        return Studied(
            outlines=outlines,
            compiled=compiled,
            problems=collector.found,
        )

    def begin(self, plan: Plan) -> None:
        """There is nobody else."""

    def print(self, plan: Plan) -> Iterator[tuple[str, Print]]:
        """Print the topics that were studied."""
        for number, (folder, made) in enumerate(list(self.studies.items())):
            self._job.tell("print", number, len(self.studies))
            yield folder, replace(plan.print(made.outline.id, made.sheets), whole=made.whole)
            self.studies[folder] = replace(made, sheets=())  # they are much to hold

    def close(self) -> None:
        """There is nothing to end."""

    @property
    def briefing(self) -> Site:
        """The briefing that the topics which were studied make, public or not."""
        shared = self._job.ground.site
        topics = [study.topic for study in self.studies.values()]
        assert shared is not None, "nobody asks where something is wrong"
        return replace(shared, topics=tuple(topic for topic in topics if topic is not None))


def without_old(found: Study, record: Record | None) -> Study:
    """Leave out the pages that show what they showed, if all that others see of a topic is same."""
    if record is None or found.outline != record.outline:
        return found
    new = tuple(s for s in found.sheets if s.fingerprint != record.shown[s.page.path])
    return replace(found, sheets=new, whole=False)


Employ = Callable[[Job], Hands]
"""Gives who does the work."""
