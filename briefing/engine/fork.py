"""Two processes for the topics of a site, where there is enough to do for two.

The second is forked when the sources are read, so that it has them, and does its share of each
stage; its results come back in msgpack (https://msgpack.org). Where there can be no second process,
or it ends before its work is done, the first does all.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from weakref import finalize

from msgspec import Struct, msgpack
from msgspec.structs import replace

from briefing.content.publication import public_site
from briefing.content.shared import Files
from briefing.engine.executor import (
    Analysis,
    Executor,
    SerialExecutor,
    TopicJob,
    ignore_progress,
)
from briefing.engine.plan import SitePlan
from briefing.engine.render import RenderedPages
from briefing.engine.second_process import Pipe, can_be_two, start_second_process
from briefing.engine.topic import TopicExports, WrongTopic
from briefing.problems import Problem
from briefing.rendering.page import Page
from briefing.rendering.page_index import ListedTopic, PageIndex
from briefing.rendering.renderer import Renderer
from briefing.rendering.template_files import is_template
from briefing.rendering.templates import dump_templates, load_templates

MIN_FILES_TO_FORK = 15
"""Files of stale topics from which on a second process is worth its start: some milliseconds."""


def choose_executor(job: TopicJob) -> Executor:
    """Return an executor of one process, or of two where there are two cores and enough files."""
    counts = [sum(path in job.files for path in topic.paths) for topic in job.folders.values()]
    enough = sum(counts) >= MIN_FILES_TO_FORK and sum(map(bool, counts)) > 1
    return ForkExecutor(job) if can_be_two() and enough else SerialExecutor(job)


class _Analyzed(Struct, frozen=True, kw_only=True):
    """What the second process sends when it has analysed its share."""

    topics: dict[str, TopicExports | WrongTopic]
    templates: bytes
    """Its share of them, dumped."""
    problems: tuple[Problem, ...]


class _ToRender(Struct, frozen=True, kw_only=True):
    """What it is sent before it renders."""

    pages: Mapping[str, Sequence[Page]]
    topics: tuple[ListedTopic, ...]
    templates: bytes
    """All of them, dumped."""


class _Rendered(Struct, frozen=True):
    """What it sends of each topic that it has rendered."""

    folder: str
    pages: RenderedPages
    """Without their bytes."""
    at: dict[str, tuple[int, int]]
    """Where the bytes of each begin in the spool, and how many they are, by output path."""


class _Spool:
    """A nameless file into which one process writes, and from which the other reads."""

    def __init__(self) -> None:
        """Raises OSError where there is no place for one."""
        from tempfile import TemporaryFile  # noqa: PLC0415 — it loads much, and few builds want it

        with TemporaryFile(buffering=0) as file:
            self.handle = os.dup(file.fileno())
        finalize(self, os.close, self.handle)
        self._end = 0

    def put(self, data: bytes) -> tuple[int, int]:
        """Write something; give where it begins and how long it is."""
        start, self._end = self._end, self._end + len(data)
        left = memoryview(data)
        while left:
            left = left[os.write(self.handle, left) :]
        return start, len(data)

    def get(self, start: int, length: int) -> bytes:
        """Read something back."""
        return os.pread(self.handle, length, start)


class _Spooled(Mapping[str, bytes]):
    """Files in a spool, read when they are asked for."""

    def __init__(self, spool: _Spool, at: Mapping[str, tuple[int, int]]) -> None:
        self._spool, self._at = spool, at

    def __getitem__(self, path: str) -> bytes:
        return self._spool.get(*self._at[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)


class ForkExecutor:
    """Two processes, each with a share of the topics and of the templates."""

    def __init__(self, job: TopicJob) -> None:
        self._job = job
        self._serial = SerialExecutor(job)
        """Does the share of this process."""
        self._share: list[str] = []
        """The folders of the second process."""
        self._pipe: Pipe | None = None
        self._spool: _Spool | None = None

    def analyze(self, folders: Sequence[str]) -> Analysis:
        """Return what some topics export, by folder, and the templates, compiled."""
        try:
            self._spool = _Spool()
        except OSError:
            return self._serial.analyze(folders)
        first, self._share = self._dealt(folders)
        templates = [] if self._job.templates else sorted(filter(is_template, self._job.files))
        rest = {path: data for path, data in self._job.files.items() if not is_template(path)}
        halves = [rest | {p: self._job.files[p] for p in templates[n::2]} for n in (0, 1)]
        self._pipe = start_second_process(
            lambda pipe: self._second(pipe, halves[1]), self._spool.handle
        )
        self._serial = SerialExecutor(replace(self._job, files=halves[0]))
        own = self._serial.analyze(first)
        if (other := self._pipe.receive(_Analyzed)) is None:
            self.close()
            self._serial = SerialExecutor(self._job)
            return self._serial.analyze(folders)
        topics = {**own.topics, **other.topics}
        return Analysis(
            topics={folder: topics[folder] for folder in folders},
            templates={**own.templates, **load_templates(other.templates)},
            template_problems=own.template_problems + other.problems,
        )

    def _dealt(self, folders: Sequence[str]) -> tuple[list[str], list[str]]:
        """Deal topics to two processes, so that each has about as many bytes to read.

        The largest is for the first process, which needs not be sent what comes of it.
        """
        known, files = self._job.folders, self._job.files
        sizes = {f: sum(len(files.get(path, b"")) for path in known[f].paths) for f in folders}
        shares: tuple[list[str], list[str]] = ([], [])
        dealt = [0, 0]
        for folder in sorted(folders, key=lambda folder: -sizes[folder]):
            least = dealt.index(min(dealt))
            shares[least].append(folder)
            dealt[least] += sizes[folder]
        return shares

    def _second(self, pipe: Pipe, files: Files) -> None:
        """Be the second process, with its share of the templates among the files."""
        job = replace(self._job, files=files, templates=None, progress=ignore_progress)
        serial = SerialExecutor(job)
        own = serial.analyze(self._share)
        pipe.send(
            _Analyzed(
                topics=dict(own.topics),
                templates=dump_templates(files, own.templates),
                problems=own.template_problems,
            )
        )
        wanted = pipe.receive(_ToRender)
        if wanted is None or job.shared.site is None or self._spool is None:
            return
        site = public_site(job.shared.site, job.as_of)
        index = PageIndex(site, wanted.pages, wanted.topics)
        templates = load_templates(wanted.templates)
        renderer = Renderer(site, templates, self._job.files, job.draw_card)
        messages = []
        for folder, pages in serial.render_with(index, site.address, renderer):
            at = {path: self._spool.put(data) for path, data in pages.outputs.items()}
            messages.append(msgpack.encode(_Rendered(folder, replace(pages, outputs={}), at)))
        for message in messages:  # all last: while it waited to be read, it could not work
            pipe.write(message)

    def start_rendering(self, plan: SitePlan, renderer: Renderer) -> None:
        """Let the second process render its share."""
        if self._pipe is not None:
            templates = dump_templates(self._job.files, renderer.templates)
            self._pipe.send(
                _ToRender(pages=plan.pages, topics=plan.listed_topics, templates=templates)
            )

    def render(self, plan: SitePlan, renderer: Renderer) -> Iterator[tuple[str, RenderedPages]]:
        """Yield the stale pages of each topic that was analysed, with its folder."""
        yield from self._serial.render(plan, renderer)
        if self._pipe is None or self._spool is None:
            return
        for number in range(len(self._share)):
            message = self._pipe.receive(_Rendered)
            if message is None:
                yield from self._alone(self._share[number:], plan, renderer)
                return
            outputs = _Spooled(self._spool, message.at)
            yield message.folder, replace(message.pages, outputs=outputs)

    def _alone(
        self, folders: Sequence[str], plan: SitePlan, renderer: Renderer
    ) -> Iterator[tuple[str, RenderedPages]]:
        """Analyse and render in this process what the second process did not."""
        serial = SerialExecutor(self._job)
        serial.analyze(folders)
        yield from serial.render(plan, renderer)

    def close(self) -> None:
        """Let the second process end."""
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
