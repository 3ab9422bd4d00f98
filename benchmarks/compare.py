"""Compare two revisions of this program: what builds and saves cost before and after a change.

    python -m benchmarks.compare main~10
    python -m benchmarks.compare v1.0 main --pages 100 1000 --rounds 7 --saves 30
    python -m benchmarks.compare main ../changed-copy

BEFORE and AFTER are revisions of git, or folders that have a build.py; AFTER is this working tree
if it is not given. A revision is unpacked into a temporary folder. Both run with the same Python
and build the same invented news, each with its own templates, by turns: before, after, before,
after … through the three cases of `benchmarks.cold_build`. Then each serves a site with
`build.py serve`, and summaries are saved by turns. Only the command line is used, which is the
same in all revisions. Look at the ratios: times are those of this machine at this moment.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from statistics import mean, median
from threading import Thread

from benchmarks.cold_build import CASES, MEASURES, Generator, briefing_in
from benchmarks.corpus.briefing_sources import append_sentence, edited_summary
from benchmarks.support.cost import CommandFailedError
from benchmarks.support.environment import (
    REPOSITORY,
    cards_environment,
    conditions,
    fast_folder,
    log,
    own_python,
)
from benchmarks.support.servers import TIMEOUT, NotServedError, Server, memory_of, preview

SIZES, SAVED_SIZES = (100, 1_000, 10_000), (1_000, 10_000)
ROUNDS, SAVES = 5, 20
WARM_UP = 2
"""Saves of each server that are not counted: caches are filled by the first."""
QUIET = 0.3
"""Seconds between two saves, in which a server looks through the topic that was saved."""
IDLE = 0.1
"""The share of a second of processor time below which a server is idle."""
MADE = re.compile(r"(\d+) pages? made in (\d+) ms")
"""What `build.py serve` says once new pages are served."""
PARTS = ("build.py", "briefing", "templates")
"""What is unpacked of a revision."""


@dataclass(frozen=True)
class Saves:
    """What the saves of one revision cost, one number for each save but for `cpu` and `memory`."""

    engine: list[float] = field(default_factory=list)
    """Milliseconds, whole ones, that the server says the engine took."""
    served: list[float] = field(default_factory=list)
    """Milliseconds from the end of writing until the server says that the new pages are served."""
    cpu: list[float] = field(default_factory=list)
    """Milliseconds of processor time for each save, as a mean of all: one number."""
    memory: list[float] = field(default_factory=list)
    """Megabytes after all saves: one number."""


class SavingServer:
    """A preview that runs, with what it says, and the saves that were made in its site."""

    def __init__(self, server: Server, root: Path) -> None:
        """Take a server of the site in `root`."""
        self.saves = Saves()
        self._server, self._root = server, root
        self._lines: Queue[tuple[float, str]] = Queue()
        self._cpu = 0.0
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        """Take down each line that the server says, with its time, so that none has to wait."""
        assert self._server.process.stdout is not None
        with suppress(ValueError):  # it is closed when the server is stopped
            while line := self._server.process.stdout.readline():
                self._lines.put((time.perf_counter(), line))

    def wait_until_idle(self) -> None:
        """Wait until the server has looked through all topics, as it does once it is started."""
        spent, before = _cpu_seconds(self._server.process.pid), -1.0
        while spent - before > IDLE:
            time.sleep(1)
            spent, before = _cpu_seconds(self._server.process.pid), spent

    def save(self, pages: int, number: int) -> None:
        """Save one summary, another one for each `number`. Raises NotServedError."""
        if number == WARM_UP:
            self._cpu = _cpu_seconds(self._server.process.pid)
        topic, article = edited_summary(pages, number)
        source = self._server.source
        path = self._root / "content" / topic / source.name.replace("article-0", article)
        append_sentence(path, number + 1)
        saved = time.perf_counter()
        said_at, milliseconds = self._wait_for_pages(saved)
        if number >= WARM_UP:
            self.saves.engine.append(milliseconds)
            self.saves.served.append(1000 * (said_at - saved))
        time.sleep(QUIET)

    def _wait_for_pages(self, saved: float) -> tuple[float, float]:
        """Return when the server said that pages are made, and its milliseconds."""
        said = ""
        while (left := saved + TIMEOUT - time.perf_counter()) > 0:
            try:
                said_at, line = self._lines.get(timeout=left)
            except Empty:
                break
            if made := MADE.search(line):
                return said_at, float(made[2])
            said += line
        raise NotServedError(f"{self._root}: a save made no page\n{said}")

    def finish(self) -> None:
        """Take down processor time and memory after the last save."""
        count = len(self.saves.engine)
        spent = _cpu_seconds(self._server.process.pid) - self._cpu
        self.saves.cpu.append(1000 * spent / count)
        self.saves.memory.append(memory_of(self._server))


def _cpu_seconds(pid: int) -> float:
    """Return the processor time of a process (proc(5): fields 14 and 15 of `stat`)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def unpack(revision: str, folder: Path) -> Path:
    """Return the folder of the program: `revision` itself, or `folder`, filled from git.

    Raises CalledProcessError for a revision that git does not know.
    """
    if (Path(revision) / "build.py").is_file():
        return Path(revision).resolve()
    folder.mkdir()
    command = ["git", "-C", f"{REPOSITORY}", "archive", "--format=tar", revision, *PARTS]
    packed = subprocess.run(command, capture_output=True, check=True).stdout  # noqa: S603
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def compare_builds(pages: int, rounds: int, generators: list[Generator]) -> Iterator[str]:
    """Build by turns; yield the rows of each case and measure."""
    for generator in generators:  # once uncounted: the first run of a Python compiles its modules
        generator.build("cold")
        generator.verify(generator.site, pages)
        generator.costs["cold"].clear()
    for number in range(rounds):
        for case in CASES:
            for generator in generators:
                if case == "one edit":
                    generator.edit(pages, number)
                generator.build(case)
        log(f"{pages} pages, round {number + 1} of {rounds}")
    for case in CASES:
        for name, measure, form in MEASURES:
            yield _row(
                f"{case}: {name}", [each.typical(case, measure) for each in generators], form
            )


def compare_saves(
    pages: int, count: int, generators: list[Generator], python: str
) -> Iterator[str]:
    """Serve both sites and save by turns; yield the rows. Raises NotServedError."""
    with ExitStack() as stack:
        servers = []
        for each in generators:
            checkout = Path(each.command[1]).parent
            served = preview(each.root, python, variables=each.variables, checkout=checkout)
            servers.append(SavingServer(stack.enter_context(served), each.root))
        for server in servers:
            server.wait_until_idle()
        for number in range(WARM_UP + count):
            for server in servers:
                server.save(pages, number)
        for server in servers:
            server.finish()
        saves = [server.saves for server in servers]
    log(f"{pages} pages, {count} saves")
    yield _row("save: engine, mean of the faster half, ms", list(map(_faster_half, saves)), ".1f")
    yield _row("save: until served, median ms", [median(each.served) for each in saves], ".1f")
    yield _row("save: CPU of the server, mean ms", [each.cpu[0] for each in saves], ".1f")
    yield _row("save: memory of the server, MB", [each.memory[0] for each in saves], ".0f")


def _faster_half(saves: Saves) -> float:
    """Return the mean of the faster half, which other work on the machine disturbs least.

    The server says whole milliseconds, so that a median could not tell half a one.
    """
    return mean(sorted(saves.engine)[: (len(saves.engine) + 1) // 2])


def _row(name: str, values: list[float], form: str) -> str:
    before, after = values
    ratio = f"{after / before:.2f}" if before else ""
    return f"| {name} | {before:{form}} | {after:{form}} | {ratio} |"


def compare(options: argparse.Namespace) -> Iterator[str]:
    """Measure every size that was asked for; yield the lines of a report in Markdown."""
    with fast_folder("compare-") as folder:
        places = [folder / "before", folder / "after"]
        checkouts = [
            unpack(revision, place)
            for place, revision in zip(places, (options.before, options.after), strict=True)
        ]
        (folder / "python").mkdir()
        variables = cards_environment(folder / "python", options.python, cards=options.cards)
        yield conditions(options.python, cards=options.cards)
        for pages in sorted({*options.pages, *options.save_pages}):
            yield f"\n| {pages:,} pages, median of {options.rounds} | before | after | ratio |"
            yield "|---|---:|---:|---:|"
            with fast_folder("compare-") as sites:
                generators = [
                    briefing_in(
                        sites / place.name, pages, options.python, variables, checkout=checkout
                    )
                    for place, checkout in zip(places, checkouts, strict=True)
                ]
                yield from _compare_size(pages, options, generators)


def _compare_size(
    pages: int, options: argparse.Namespace, generators: list[Generator]
) -> Iterator[str]:
    """Compare builds, saves or both, whichever the size was asked for; yield the rows."""
    if pages in options.pages:
        yield from compare_builds(pages, options.rounds, generators)
    if pages in options.save_pages:
        yield from compare_saves(pages, options.saves, generators, options.python)


def main() -> int:
    """Run the command line; return the exit status."""
    parser = argparse.ArgumentParser(description="Compare two revisions of this program.")
    parser.add_argument("before", help="a revision, or a folder with a build.py")
    parser.add_argument("after", nargs="?", default=f"{REPOSITORY}", help="default: this folder")
    parser.add_argument("--pages", type=int, nargs="*", default=SIZES, help="of builds")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"default: {ROUNDS}")
    parser.add_argument("--save-pages", type=int, nargs="*", default=SAVED_SIZES, help="of saves")
    parser.add_argument("--saves", type=int, default=SAVES, help=f"default: {SAVES}")
    parser.add_argument("--python", default=own_python(), help="default: that of .venv")
    parser.add_argument("--cards", action="store_true", help="draw share cards, which takes Pillow")
    options = parser.parse_args()
    try:
        for line in compare(options):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace") if isinstance(error.stderr, bytes) else error
        log(f"{said}")
        return 1
    except (CommandFailedError, NotServedError, OSError, ValueError) as error:
        log(f"{error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
