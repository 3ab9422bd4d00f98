"""Who analyses and renders topics: one process after another, or two that share the work.

A topic is analysed and rendered by the same process, since its planned pages are much to send.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from briefing.content.classify import TopicFolder
from briefing.content.shared import Files, SharedContent
from briefing.engine.plan import SitePlan
from briefing.engine.record import TopicRecord
from briefing.engine.render import RenderedPages, render_pages
from briefing.engine.topic import TopicExports, TopicUnit, WrongTopic, analyze_topic
from briefing.model.values import Moment
from briefing.problems import Problem
from briefing.rendering.page_index import PageIndex
from briefing.rendering.renderer import DrawCard, Renderer
from briefing.rendering.templates import Compiled, compile_or_problems

OnProgress = Callable[[str, int, int], None]
"""Is called with a stage, how many of its steps are done, and how many there are."""


def ignore_progress(_stage: str, _done: int, _all: int) -> None:
    """Do nothing with a stage, `_done` of whose `_all` steps are done."""


class TopicJob(Struct, frozen=True, kw_only=True):
    """What topics are analysed and rendered from."""

    files: Files
    """The shared files and those of the topics, by path."""
    shared: SharedContent
    folders: Mapping[str, TopicFolder]
    """Of every topic, by name."""
    as_of: Moment
    recorded: Mapping[str, TopicRecord] = {}
    """By folder: topics of which only their own files changed since they were recorded."""
    dumped_templates: bytes = b""
    """Compiled templates, perhaps of other sources."""
    templates: Compiled | None = None
    """The templates of `files`, compiled; None: they are to be compiled."""
    draw_card: DrawCard | None = None
    """None: cards are plain."""
    progress: OnProgress = ignore_progress


class Analysis(Struct, frozen=True, kw_only=True):
    """What is known of some topics before a page is rendered."""

    topics: Mapping[str, TopicExports | WrongTopic]
    """By folder."""
    templates: Compiled
    template_problems: tuple[Problem, ...] = ()


class Executor(Protocol):
    """Does the work on topics, in one process or in two."""

    def analyze(self, folders: Sequence[str]) -> Analysis:
        """Return what some topics export, by folder, and the templates, compiled."""

    def start_rendering(self, plan: SitePlan, renderer: Renderer) -> None:
        """Let another process render its share while this one does something else."""

    def render(self, plan: SitePlan, renderer: Renderer) -> Iterator[tuple[str, RenderedPages]]:
        """Yield the stale pages of each topic that was analysed, with its folder."""

    def close(self) -> None:
        """End the work, whether all of it was done or not."""


ChooseExecutor = Callable[[TopicJob], Executor]
"""Returns what runs a job: in this process, or shared with a forked one."""


class SerialExecutor:
    """Analyses and renders topics one after another, in this process."""

    def __init__(self, job: TopicJob) -> None:
        self._job = job
        self.units: dict[str, TopicUnit] = {}
        """The topics that were analysed and not wrong, by folder, with their stale pages."""

    def analyze(self, folders: Sequence[str]) -> Analysis:
        """Return what some topics export, by folder, and the templates, compiled."""
        job = self._job
        found: dict[str, TopicExports | WrongTopic] = {}
        for number, folder in enumerate(folders):
            job.progress("analyze", number, len(folders))
            unit = analyze_topic(job.files, job.shared, job.folders[folder], job.as_of)
            if isinstance(unit, WrongTopic):
                found[folder] = unit
            else:
                found[folder] = unit.exports
                self.units[folder] = _with_stale_pages(unit, job.recorded.get(folder))
        if job.templates is not None:
            return Analysis(topics=found, templates=job.templates)
        templates, problems = compile_or_problems(job.files, job.dumped_templates)
        return Analysis(topics=found, templates=templates, template_problems=problems)

    def start_rendering(self, plan: SitePlan, renderer: Renderer) -> None:
        """Do nothing: pages are rendered when `render` is iterated."""

    def render(self, plan: SitePlan, renderer: Renderer) -> Iterator[tuple[str, RenderedPages]]:
        """Yield the stale pages of each topic that was analysed, with its folder."""
        yield from self.render_with(plan.index, plan.site.address, renderer)

    def render_with(
        self, index: PageIndex, address: str, renderer: Renderer
    ) -> Iterator[tuple[str, RenderedPages]]:
        """Yield the stale pages of each topic, with their links looked up in an index."""
        for number, (folder, unit) in enumerate(list(self.units.items())):
            self._job.progress("render", number, len(self.units))
            yield folder, render_pages(unit.pages, renderer, index, address)
            self.units[folder] = replace(unit, pages=())  # they are much to hold

    def close(self) -> None:
        """Do nothing: no other process works."""


def _with_stale_pages(unit: TopicUnit, record: TopicRecord | None) -> TopicUnit:
    """Return a topic with those of its pages that must be rendered.

    Where all it exports is as recorded, links to it and from it are the same, and the pages that
    show what they showed stay as they are.
    """
    if record is None or not has_same_pages(unit.exports, record.exports):
        return unit
    stale = (p for p in unit.pages if p.fingerprint != record.pages[p.page.path].inputs)
    return replace(unit, pages=tuple(stale))


def has_same_pages(exports: TopicExports, recorded: TopicExports) -> bool:
    """Whether a topic exports what it exported, but for entries of single outputs, and its time.

    Its notices may be others, too: no page is made of them.
    """
    same = {"entries": exports.entries, "valid": exports.valid, "notices": exports.notices}
    return exports == replace(recorded, **same)
