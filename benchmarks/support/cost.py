"""Measure wall time, processor time and peak memory of a command and all its children."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SAMPLE_EVERY = 0.015
"""Seconds between two looks at memory."""
SHARE_OF_LOOKING = 0.1
"""The most of the time that is spent looking: a process waits while its pages are counted."""
FEWEST_SAMPLES = 3
"""With fewer samples the peak may have been missed, and that of the kernel is taken."""


NO_VARIABLES: Mapping[str, str] = {}


class CommandFailedError(Exception):
    """A command ended with another status than 0."""


@dataclass(frozen=True)
class Cost:
    """The cost of one run: `wall` and `cpu` in seconds, `memory` in bytes."""

    wall: float
    cpu: float
    memory: float


def run(command: tuple[str, ...], log: Path, variables: Mapping[str, str] = NO_VARIABLES) -> Cost:
    """Run a command, its output into `log`; return its cost. Raises CommandFailedError.

    `variables` are added to the environment. The processor time is that of the whole tree, as far
    as parents wait for their children.
    """
    started = time.perf_counter()
    pid = _start(command, log, variables)
    with _MemoryWatch(pid) as watch:
        _, status, usage = os.wait4(pid, 0)
        wall = time.perf_counter() - started
    if code := os.waitstatus_to_exitcode(status):
        said = log.read_text(encoding="utf-8", errors="replace")
        raise CommandFailedError(f"{' '.join(command)}: status {code}\n{said}")
    memory = watch.peak if watch.samples >= FEWEST_SAMPLES else usage.ru_maxrss * 1024
    return Cost(wall, usage.ru_utime + usage.ru_stime, memory)


def _start(command: tuple[str, ...], log: Path, variables: Mapping[str, str]) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [
        (os.POSIX_SPAWN_OPEN, 1, os.fspath(log), flags, 0o644),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    environment = usual_environment(variables)
    return os.posix_spawnp(command[0], command, environment, file_actions=actions)


def usual_environment(variables: Mapping[str, str]) -> dict[str, str]:
    """Return the environment with which Python usually runs: it keeps the bytecode of modules."""
    usual = {name: os.environ[name] for name in os.environ if name != "PYTHONDONTWRITEBYTECODE"}
    return usual | dict(variables)


class _MemoryWatch:
    """Samples the memory of a tree of processes from a thread."""

    def __init__(self, pid: int) -> None:
        self.peak = 0.0
        self.samples = 0
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> _MemoryWatch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        pause = 0.0
        while not self._over.wait(pause):
            looked = time.perf_counter()
            if held := sum(map(_proportional_memory, _tree(self._pid))):
                self.samples += 1
                self.peak = max(self.peak, held)
            took = time.perf_counter() - looked
            pause = max(SAMPLE_EVERY, took / SHARE_OF_LOOKING)


def _tree(pid: int) -> Iterator[int]:
    """Yield a process and all below it; any of them may end meanwhile."""
    yield pid
    for thread in _threads(pid):
        try:
            children = Path(f"/proc/{pid}/task/{thread}/children").read_text(encoding="ascii")
        except OSError:
            continue
        for child in children.split():
            yield from _tree(int(child))


def _threads(pid: int) -> list[str]:
    try:
        return os.listdir(f"/proc/{pid}/task")  # noqa: PTH208  names are wanted, not paths
    except OSError:
        return []


def _proportional_memory(pid: int) -> int:
    """Return the bytes of a process; what it shares is divided by the number that share it."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
