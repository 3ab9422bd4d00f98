"""How a build is getting on: told to who waits at a terminal, and how long each stage took."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from briefing.commands.process import print_safely

SHOW_AFTER = 1.0
"""Seconds that nobody minds."""
PAUSE = 0.1
"""Seconds between two tellings."""
STAGES = {
    "read": "reading",
    "begin": "reading what all topics share",
    "study": "comparing topics",
    "print": "making pages",
    "check": "checking links",
    "write": "writing",
    "keep": "remembering",
}


class Progress:
    """Is told of each step; says so in one line that it writes over, where it is read at once."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._began = self._said = clock()
        self._stage, self._since = "", self._began
        self._took: dict[str, float] = {}
        self._is_shown = sys.stderr is not None and sys.stderr.isatty()
        self._written = False

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take note of a step: `done` of `total` things of a stage are done."""
        now = self._clock()
        if stage != self._stage:
            self._end(now)
            self._stage, self._since = stage, now
        if self._is_shown and now - self._began > SHOW_AFTER and now - self._said > PAUSE:
            self._said = now
            self._written = True
            print_safely(f"\r\033[K{self._line(now, done, total)}", sys.stderr, end="")

    def _line(self, now: float, done: int, total: int) -> str:
        line = STAGES.get(self._stage, self._stage)
        if done and total > 1:
            left = (now - self._since) * (total - done) / done
            line += f", {done} of {total}, {left:.0f} s left"
        return line

    def _end(self, now: float) -> None:
        if self._stage:
            self._took[self._stage] = self._took.get(self._stage, 0.0) + now - self._since

    def close(self) -> None:
        """Leave the line as it was found."""
        self._end(self._clock())
        self._stage = ""
        if self._written:
            print_safely("\r\033[K", sys.stderr, end="")

    def timings(self) -> str:
        """Give how long each stage took, a line for each, in milliseconds."""
        whole = sum(self._took.values())
        lines = [*self._took.items(), ("all", whole)]
        return "\n".join(f"{1000 * took:8.1f} ms  {STAGES.get(s, s)}" for s, took in lines)
