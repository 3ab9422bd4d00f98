"""Steps of a build -> a progress line at a terminal, and the time that each stage took."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from briefing.commands.process import print_safely

SHOW_AFTER = 1.0
"""Seconds after which the progress line appears; a shorter build shows none."""
PAUSE = 0.1
"""Seconds between two writes of the line."""
STAGES = {
    "read": "reading",
    "shared": "reading what all topics share",
    "analyze": "comparing topics",
    "render": "making pages",
    "check": "checking links",
    "write": "writing",
    "keep": "remembering",
}
"""What is shown of each stage; a stage that is not listed is shown by its own name."""


class Progress:
    """Called at each step of a build; writes one line over and over if stderr is a terminal."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        """Start at the first stage; `clock` returns seconds."""
        self._clock = clock
        self._began = self._written_at = clock()
        self._stage, self._since = "", self._began
        self._seconds: dict[str, float] = {}
        self._is_shown = sys.stderr is not None and sys.stderr.isatty()
        self._is_written = False

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Record a step: `done` of `total` things of `stage` are done. It may write the line."""
        now = self._clock()
        if stage != self._stage:
            self._end(now)
            self._stage, self._since = stage, now
        if self._is_shown and now - self._began > SHOW_AFTER and now - self._written_at > PAUSE:
            self._written_at = now
            self._is_written = True
            print_safely(f"\r\033[K{self._line(now, done, total)}", sys.stderr, end="")

    def _line(self, now: float, done: int, total: int) -> str:
        """Return the stage, how much of it is done, and about how many seconds are left."""
        line = STAGES.get(self._stage, self._stage)
        if done and total > 1:
            left = (now - self._since) * (total - done) / done
            line += f", {done} of {total}, {left:.0f} s left"
        return line

    def _end(self, now: float) -> None:
        """Add the time since the stage began to its sum."""
        if self._stage:
            self._seconds[self._stage] = self._seconds.get(self._stage, 0.0) + now - self._since

    def close(self) -> None:
        """End the last stage, and erase the line."""
        self._end(self._clock())
        self._stage = ""
        if self._is_written:
            print_safely("\r\033[K", sys.stderr, end="")

    def timings(self) -> str:
        """Return how many milliseconds each stage took, a line for each, and their sum."""
        total = sum(self._seconds.values())
        lines = [*self._seconds.items(), ("all", total)]
        return "\n".join(f"{1000 * seconds:8.1f} ms  {STAGES.get(s, s)}" for s, seconds in lines)
