"""Streams that are closed, limits of the system, sources that change: no traceback, one whole site.

Each build is a process of its own, and what happens to it is real.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from support import faults as f
from support.disk import plant
from support.faults import Rebuild
from support.nightly import Some
from support.promises import Count
from support.sites import Sources

STREAMS = (
    *("", ">/dev/full", ">&-", "2>/dev/full", "2>&-", "<&-", ">&- 2>&-", "<&- >&- 2>&-"),
    *(">/dev/full 2>/dev/full", ">pipe", "2>pipe", ">pipe 2>pipe"),
)
"""Where the streams lead: a full disk, nowhere, or a pipe whose reader is gone."""


@pytest.mark.promise(7)
@pytest.mark.parametrize("situation", ["good", "broken", "check", "help", "usage"])
def test_streams_that_cannot_be_written_end_no_build_in_a_traceback(
    rebuild: Rebuild, count: Count, some: Some, situation: str
) -> None:
    """Full, closed, or with nobody reading: there is no traceback, and the site is whole."""
    options = {"check": ["check"], "help": ["--help"], "usage": ["--as-of", "tomorrow"]}

    def lead(streams: str) -> str:
        with rebuild.again() as project, no_reader() as pipe:
            ends = {"stdout": ">pipe", "stderr": "2>pipe"}
            lost: dict[str, Any] = {
                name: pipe for name, end in ends.items() if end in streams.split()
            }
            if situation == "broken":
                (project / "content/vote/topic.yaml").write_bytes(b"event: {start: 2025-13}\n")
            line = [*f.command(project), *options.get(situation, [])]
            if situation == "check":  # it writes nothing anywhere
                line = [*f.command(project)[:4], "check"]
            done = f.run(line if lost else f.redirected(streams, line), **lost)
            site, wrong = rebuild.whole(project)
            expected = {"broken": {1}, "usage": {2}}.get(situation, {0, 1})
            if "Traceback" in done.err or "Exception ignored" in done.err:
                wrong = done.err
            elif done.status not in expected or (done.status and not streams and not done.err):
                wrong = f"{done}"
            elif site != ("new" if situation == "good" else "old"):
                wrong = wrong or f"the site is the {site} one"
            elif situation == "good" and done.status and "2>" not in streams and not done.err:
                wrong = "no message"
            return wrong

    chosen = some(STREAMS, 4 if situation == "good" else 2)
    count(len(chosen))
    f.try_all(lead, chosen)


@contextmanager
def no_reader() -> Iterator[int]:
    """Give a pipe from which nobody reads."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        yield writer
    finally:
        os.close(writer)


def under(rebuild: Rebuild, limits: str) -> str:
    """Say what is wrong about a build that may use no more than that."""
    with rebuild.again() as project:
        done = f.run(f.limited(limits, f.command(project)))
        return rebuild.left_by(project, done) or rebuild.mended(project)


@pytest.mark.promise(7)
def test_a_limit_on_the_size_of_files_leaves_the_old_site_whole(
    rebuild: Rebuild, count: Count
) -> None:
    """A file that may not become so long is told of, and the site is as it was."""
    limits = [f"-f {blocks}" for blocks in (0, 1, 2, 3, 4, 8, 16, 64)]

    count(len(limits))
    f.try_all(lambda limit: under(rebuild, limit), limits)


def starts(limits: str) -> bool:
    """Whether Python itself starts with that, and finds its own modules.

    With too little of something it may also never end; that is no start either.
    """
    modules = "import argparse, ctypes, datetime, signal, zoneinfo"
    line = ["timeout", "--signal=KILL", "10", sys.executable, "-c", modules]
    return f.run(f.limited(limits, line)).status == 0


def loads(limits: str) -> bool:
    """Whether Python can load the libraries with that."""
    line = [sys.executable, "-c", "import babel, jinja2, markdown_it, msgspec, yaml"]
    return f.run(f.limited(limits, ["timeout", "--signal=KILL", "20", *line])).status == 0


def under_memory(rebuild: Rebuild, limits: str) -> str:
    """Say what is wrong about a build that may use no more memory than that.

    Where the libraries cannot be loaded, Python may never end: while it handles a MemoryError it
    needs an int, and if it has no memory for that it handles a MemoryError (`exception_unwind` of
    Python/ceval.c, seen with 3.11.2). Then the build is killed, and the old site is whole.
    """
    with rebuild.again() as project:
        line = ["timeout", "--signal=KILL", "20", *f.command(project)]
        done = f.run(f.limited(limits, line))
        if done.status in {-9, 137} and not loads(limits):
            site, wrong = rebuild.whole(project)
            wrong = wrong or ("" if site == "old" else f"the site is the {site} one")
            return wrong or rebuild.mended(project)
        return rebuild.left_by(project, done) or rebuild.mended(project)


@pytest.mark.promise(7)
def test_a_limit_on_open_files_leaves_the_old_site_whole(rebuild: Rebuild, count: Count) -> None:
    """With as few as Python itself can start with, it is told, and the site is as it was."""
    fewest = next(number for number in range(3, 64) if starts(f"-n {number}"))
    limits = [f"-n {number}" for number in range(fewest, fewest + 6)]

    count(len(limits))
    f.try_all(lambda limit: under(rebuild, limit), limits)


@pytest.mark.promise(7)
def test_a_limit_on_memory_leaves_the_old_site_whole(
    rebuild: Rebuild, count: Count, some: Some
) -> None:
    """With as little as Python itself can start with, it is told, and the site is as it was."""
    step = 1024
    least = next(size for size in range(8 * step, 200 * step, step) if starts(f"-v {size}"))
    more = some((0, 2, 4, 6, 8, 10, 12, 14, 16, 20, 24, 32, 64, 128), 5)
    limits = [f"-v {least + step * each}" for each in more]

    count(len(limits))
    f.try_all(lambda limit: under_memory(rebuild, limit), limits)


@pytest.mark.promise(7, 9)
def test_sources_that_change_while_they_are_read_give_a_whole_site_or_none(
    small: Sources, tmp_path: Path, count: Count
) -> None:
    """Removed, renamed, cut off and written again meanwhile: a site that could be, or a message."""
    gazette = "content/river-talks/gazette.en.md"
    other = small[gazette].replace(b"the dams stay shut", b"the dams stay closed")
    mirror = small[f.MIRROR]
    possible = [
        {path: data for path, data in {**small, **texts, gazette: words}.items() if data}
        for texts in ({}, {f.ECHO: mirror}, {f.MIRROR: b""}, {f.MIRROR: b"", f.ECHO: mirror})
        for words in (small[gazette], other)
    ]
    sites = {
        f"{n}": site for n, site in enumerate(f.in_pairs(lambda s: f.made(tmp_path, s), possible))
    }

    project = tmp_path / "project"
    plant(project, small)
    f.must(f.build(project))
    text, renamed, topic = project / f.MIRROR, project / f.ECHO, project / "content/vote"
    steps: list[Callable[[], object]] = [
        text.unlink,
        lambda: text.write_bytes(mirror),
        lambda: text.rename(renamed),
        lambda: renamed.rename(text),
        lambda: (project / gazette).write_bytes(other),
        lambda: topic.rename(project / "content/.vote"),
        lambda: (project / "content/.vote").rename(topic),
        lambda: (project / gazette).write_bytes(small[gazette]),
    ]

    def step(number: int) -> None:
        steps[number % len(steps)]()
        time.sleep(random.Random(number).uniform(0, 0.02))

    ends: list[tuple[int, str]] = []
    while len(ends) < 10 or ((0, "") not in ends and len(ends) < 100):
        before = f.snapshot(project / "output")
        with f.meanwhile(step):
            done = f.build(project)
        f.replant(project, small)
        wanted = {"before": before} if done.status else sites
        ends.append(
            (done.status, done.wrong or f.nearest(f.snapshot(project / "output"), wanted)[1])
        )

    count(len(ends))
    f.none_of(wrong for _, wrong in ends)
    assert (0, "") in ends
    f.must(f.build(project))
    left = {f.CACHE, "site.yaml", "content", "templates", "output"}
    assert {path.name for path in project.iterdir()} == left
