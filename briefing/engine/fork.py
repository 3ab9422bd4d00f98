"""Two processes for the topics of a site, where there is enough to do for two.

The second is forked when the sources are read, so that it has them, and does its share of each
stage; its results come back in msgpack (https://msgpack.org). Where there can be no second process,
or it ends before its work is done, the first does all.
"""

from __future__ import annotations

import gc
import os
import signal
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NoReturn, TypeVar
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
from briefing.engine.topic import TopicExports, WrongTopic
from briefing.problems import Problem
from briefing.rendering.page import Page
from briefing.rendering.page_index import ListedTopic, PageIndex
from briefing.rendering.renderer import Renderer
from briefing.rendering.template_files import is_template
from briefing.rendering.templates import dump_templates, load_templates

T = TypeVar("T")

MIN_FILES_TO_FORK = 12
"""Files of stale topics from which on a second process is worth its start: some milliseconds."""
_LENGTH = struct.Struct("!Q")


def choose_executor(job: TopicJob) -> Executor:
    """Return an executor of one process, or of two where there are two cores and enough files."""
    can = hasattr(os, "fork") and _cores() > 1
    counts = [sum(path in job.files for path in topic.paths) for topic in job.folders.values()]
    enough = sum(counts) >= MIN_FILES_TO_FORK and sum(map(bool, counts)) > 1
    return ForkExecutor(job) if can and enough else SerialExecutor(job)


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # on systems that cannot say which a process may use
        return os.cpu_count() or 1


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
        self._pipe: _Pipe | None = None
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
        self._pipe = _fork(lambda pipe: self._second(pipe, halves[1]), self._spool.handle)
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

        The largest is for the second process: the first renders the pages of the site unit too.
        """
        known, files = self._job.folders, self._job.files
        sizes = {f: sum(len(files.get(path, b"")) for path in known[f].paths) for f in folders}
        shares: tuple[list[str], list[str]] = ([], [])
        dealt = [0, 0]
        for folder in sorted(folders, key=lambda folder: -sizes[folder]):
            least = 0 if dealt[0] < dealt[1] else 1
            shares[least].append(folder)
            dealt[least] += sizes[folder]
        return shares

    def _second(self, pipe: _Pipe, files: Files) -> None:
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
        renderer = Renderer(site, load_templates(wanted.templates), files, job.draw_card)
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


class _Pipe:
    """Messages to another process and from it; each has its length before it."""

    def __init__(self, process: int, read: int, write: int) -> None:
        self._process, self._write = process, write
        self._stream = os.fdopen(read, "rb")

    def send(self, message: Struct) -> None:
        """Send a message, if the other is still there."""
        self.write(msgpack.encode(message))

    def write(self, data: bytes) -> None:
        """Send what was encoded."""
        with suppress(BrokenPipeError):
            for part in (_LENGTH.pack(len(data)), data):
                left = memoryview(part)
                while left:
                    left = left[os.write(self._write, left) :]

    def receive(self, kind: type[T]) -> T | None:
        """Wait for a message; None if the other has ended."""
        head = self._stream.read(_LENGTH.size)
        if len(head) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack(head)
        data = self._stream.read(length)
        return msgpack.decode(data, type=kind) if len(data) == length else None

    def close(self) -> None:
        """Hang up, and wait until the other has ended."""
        os.close(self._write)
        self._stream.close()
        if self._process:
            with suppress(ChildProcessError):
                os.waitpid(self._process, 0)


def _fork(second: Callable[[_Pipe], None], spool: int) -> _Pipe:
    """Start a second process that does something; raises nothing: who ends at once is not there."""
    (to_one, from_two), (to_two, from_one) = os.pipe(), os.pipe()
    gc.freeze()  # so that the memory of both stays one as long as it can
    try:
        process = os.fork()
    except OSError:
        process = -1
    if process == 0:
        _be_second(lambda: second(_Pipe(0, to_two, from_two)), {to_two, from_two, spool})
    os.close(from_two)
    os.close(to_two)
    return _Pipe(max(process, 0), to_one, from_one)


def _be_second(work: Callable[[], None], kept: set[int]) -> NoReturn:
    """Work and end. It says nothing: what goes wrong here is done, and told of, by the first."""
    status = 1
    try:
        for number in signal.valid_signals():
            if callable(signal.getsignal(number)):  # one of ours
                signal.signal(number, signal.SIG_DFL)
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        # A lock that was inherited would outlive its holder.
        for handle in set(range(3, 256)) - kept:
            with suppress(OSError):
                os.close(handle)
        work()
        status = 0
    finally:
        os._exit(status)
