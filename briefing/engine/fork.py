"""Two processes for the topics, where there is enough to do for two.

The second is forked when the sources are read, so that it has them, and does its share of
each stage; what it finds comes back in msgpack (https://msgpack.org). Where there can be no
second process, or it ends before its work is done, the first does all.
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
from briefing.engine.executor import Alone, Hands, Job, Plan, Studied, silent
from briefing.engine.print import Print
from briefing.engine.topic import Outline
from briefing.problems import Problem
from briefing.rendering.page import Page
from briefing.rendering.template_files import is_template
from briefing.rendering.templates import dump_templates, load_templates

T = TypeVar("T")
WORTH = 60
"""Files of topics from which on a second process is worth its start: some milliseconds."""
_LENGTH = struct.Struct("!Q")


def employ(job: Job) -> Hands:
    """Give who does the work."""
    can = hasattr(os, "fork") and _cores() > 1
    enough = sum(path.count("/") > 1 and not is_template(path) for path in job.files) >= WORTH
    return Pair(job) if can and enough else Alone(job)


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # on systems that cannot say which a process may use
        return os.cpu_count() or 1


class _Found(Struct, frozen=True, kw_only=True):
    """What the second process tells when it has studied its share."""

    outlines: dict[str, Outline]
    packed: bytes
    problems: tuple[Problem, ...]


class _Wanted(Struct, frozen=True, kw_only=True):
    """What it is told before it prints."""

    pages: Mapping[str, Sequence[Page]]
    packed: bytes


class _Sent(Struct, frozen=True):
    """What it tells when it has printed a topic."""

    folder: str
    made: Print
    """Without its outputs."""
    at: dict[str, tuple[int, int]]
    """Where each of those begins in the spool, and how long it is, by path."""


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


class Pair:
    """Two processes, each with a share of the topics and of the templates."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._share: list[str] = []
        """The folders of the second process."""
        self._pipe: _Pipe | None = None

    def study(self, folders: Sequence[str]) -> Studied:
        """Study topics, and compile the templates."""
        try:
            spool = _Spool()
        except OSError:
            return self._without_second(folders)
        first, self._share = self._dealt(folders)
        templates = [] if self._job.compiled else sorted(filter(is_template, self._job.files))
        rest = {path: data for path, data in self._job.files.items() if not is_template(path)}
        halves = [rest | {p: self._job.files[p] for p in templates[n::2]} for n in (0, 1)]
        self._spool = spool
        self._pipe = _fork(lambda pipe: self._second(pipe, halves[1]), self._spool.handle)
        self._mine = Alone(replace(self._job, files=halves[0]))
        own = self._mine.study(first)
        if (found := self._pipe.receive(_Found)) is None:
            self.close()
            return self._without_second(folders)
        outlines = {**own.outlines, **found.outlines}
        return Studied(
            outlines={folder: outlines[folder] for folder in folders},
            compiled={**own.compiled, **load_templates(found.packed)},
            problems=own.problems + found.problems,
        )

    def _without_second(self, folders: Sequence[str]) -> Studied:
        self._mine = Alone(self._job)
        return self._mine.study(folders)

    def _dealt(self, folders: Sequence[str]) -> tuple[list[str], list[str]]:
        """Deal topics to two, so that each has about as much to read."""
        known, files = self._job.folders, self._job.files
        sizes = {f: sum(len(files.get(path, b"")) for path in known[f].paths) for f in folders}
        hands: tuple[list[str], list[str]] = ([], [])
        done = [0, 0]
        for folder in sorted(folders, key=lambda folder: -sizes[folder]):
            least = done.index(min(done))
            hands[least].append(folder)
            done[least] += sizes[folder]
        return hands

    def _second(self, pipe: _Pipe, files: Files) -> None:
        """Be the second process."""
        mine = Alone(replace(self._job, files=files, compiled=None, tell=silent))
        found = mine.study(self._share)
        packed = dump_templates(files, found.compiled)
        pipe.send(_Found(outlines=dict(found.outlines), packed=packed, problems=found.problems))
        wanted = pipe.receive(_Wanted)
        if wanted is None or self._job.ground.site is None:
            return
        site = public_site(self._job.ground.site, self._job.as_of)
        plan = Plan(
            site, load_templates(wanted.packed), wanted.pages, files, artist=self._job.artist
        )
        sent = []
        for folder, made in mine.print(plan):
            at = {path: self._spool.put(data) for path, data in made.outputs.items()}
            sent.append(msgpack.encode(_Sent(folder, replace(made, outputs={}), at)))
        for message in sent:  # all last: while it waited to be read, it could not work
            pipe.write(message)

    def begin(self, plan: Plan) -> None:
        """Let the second process print its share."""
        if self._pipe is not None:
            packed = dump_templates(self._job.files, plan.compiled)
            self._pipe.send(_Wanted(pages=plan.pages, packed=packed))

    def print(self, plan: Plan) -> Iterator[tuple[str, Print]]:
        """Print the topics that were studied."""
        yield from self._mine.print(plan)
        if self._pipe is None:
            return
        for number in range(len(self._share)):
            sent = self._pipe.receive(_Sent)
            if sent is None:
                yield from self._alone(self._share[number:], plan)
                return
            yield sent.folder, replace(sent.made, outputs=_Spooled(self._spool, sent.at))

    def _alone(self, folders: Sequence[str], plan: Plan) -> Iterator[tuple[str, Print]]:
        """Do what the second process did not do."""
        mine = Alone(self._job)
        mine.study(folders)
        yield from mine.print(plan)

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
