"""A second process, and the messages between it and the first.

It is forked, so that it has all that the first has read. Results come back in msgpack
(https://msgpack.org).
"""

from __future__ import annotations

import gc
import os
import signal
import struct
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn, TypeVar

from msgspec import Struct, msgpack

T = TypeVar("T")
U = TypeVar("U")

_LENGTH = struct.Struct("!Q")


def can_be_two() -> bool:
    """Whether this system can fork, and this process has two cores and its three streams.

    Without them a pipe would have the number of one, which the second process puts aside.
    """
    return hasattr(os, "fork") and _cores() > 1 and _has_streams()


def _has_streams() -> bool:
    try:
        return all(os.fstat(number) for number in (0, 1, 2))
    except OSError:
        return False


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # on systems that cannot say which a process may use
        return os.cpu_count() or 1


def side_by_side(first: Callable[[], T], second: Callable[[], U], kind: type[U]) -> tuple[T, U]:
    """Return what two functions return; the second is called in a second process if there can be.

    kind: the type of what the second returns, for msgspec. Where the second process fails, its
    function is called in this one. Raises what either raises; the first ends both by it.
    """
    if not can_be_two():
        return first(), second()
    pipe = start_second_process(lambda pipe: pipe.write(msgpack.encode(second())))
    try:
        one = first()
        other = pipe.receive(kind)
    except BaseException:
        pipe.kill()
        raise
    finally:
        pipe.close()
    return one, second() if other is None else other


class Pipe:
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

    def kill(self) -> None:
        """End the other at once."""
        if self._process:
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)

    def close(self) -> None:
        """Hang up, and wait until the other has ended."""
        os.close(self._write)
        self._stream.close()
        if self._process:
            with suppress(ChildProcessError):
                os.waitpid(self._process, 0)


def start_second_process(second: Callable[[Pipe], None], *kept: int) -> Pipe:
    """Start a second process that calls `second`, and return the pipe to it.

    kept: handles that it keeps open. Raises nothing: a process that could not be started is like
    one that has ended.
    """
    (to_one, from_two), (to_two, from_one) = os.pipe(), os.pipe()
    gc.freeze()  # so that the memory of both stays one as long as it can
    try:
        process = os.fork()
    except OSError:
        process = -1
    if process == 0:
        _be_second(lambda: second(Pipe(0, to_two, from_two)), {to_two, from_two, *kept})
    os.close(from_two)
    os.close(to_two)
    return Pipe(max(process, 0), to_one, from_one)


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
