"""Measure what it costs to build a site, alone or side by side with Hugo, which builds the same.

    python -m benchmarks.cold_build
    python -m benchmarks.cold_build --pages 100 1000 --rounds 2 --with-hugo
    python -m benchmarks.cold_build --with-hugo /opt/hugo/bin/hugo --write docs/performance.md

Both build the same invented news (corpus/) into pages that say the same, with the same feeds,
emails, data and sitemaps. A size is the number of summary pages, articles times languages;
comparisons, lists and the files beside them come on top. Three cases are run in turn, and the
generators by turns in each:

    cold        no site is there and nothing is remembered
    no change   the same again
    one edit    a sentence was added to one summary

Hugo remembers nothing between two runs of its command line, so its last two cases are its
build once more over the site that is there. The first site of each is verified (verify/).
No cards are drawn unless `--cards` is given, since Hugo draws none.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.corpus.briefing_sources import (
    LEAD,
    append_sentence,
    edited_summary,
    write_briefing,
)
from benchmarks.corpus.hugo_sources import write_hugo
from benchmarks.support.cost import NO_VARIABLES, CommandFailedError, Cost, run
from benchmarks.support.environment import (
    REPOSITORY,
    cards_environment,
    conditions,
    fast_folder,
    find_hugo,
    log,
    own_python,
)
from benchmarks.support.report import write_between_marks
from benchmarks.verify.site import (
    IncompleteSiteError,
    page_sizes,
    site_size,
    verify_briefing,
    verify_hugo,
)

SIZES = (100, 1_000, 10_000)
ROUNDS, ROUNDS_OF_LARGE, LARGE = 5, 3, 10_000
CASES = ("cold", "no change", "one edit")
Measure = Callable[[Cost], float]
MEASURES: tuple[tuple[str, Measure, str], ...] = (
    ("wall, s", lambda cost: cost.wall, ".3f"),
    ("CPU, s", lambda cost: cost.cpu, ".3f"),
    ("memory, MB", lambda cost: cost.memory / 1e6, ".0f"),
)
"""Name and unit, number, and format of each column."""


@dataclass(frozen=True, kw_only=True)
class Generator:
    """A generator that builds one site again and again, and what its runs cost in each case."""

    name: str
    root: Path
    command: tuple[str, ...]
    cold_arguments: tuple[str, ...] = ()
    """Arguments that a cold build has in addition."""
    leavings: tuple[str, ...]
    """Folders below `root` that a cold build must not find."""
    site: Path
    summary: str
    """Path of a summary below `root`, with `{topic}` and `{article}` for their ids."""
    verify: Callable[[Path, int], None]
    variables: Mapping[str, str] = field(default_factory=lambda: NO_VARIABLES)
    """Variables that are added to the environment."""
    costs: dict[str, list[Cost]] = field(default_factory=lambda: {case: [] for case in CASES})

    def build(self, case: str) -> None:
        """Build once and add its cost to those of `case`. Raises CommandFailedError."""
        command = self.command
        if case == "cold":
            command += self.cold_arguments
            for name in self.leavings:
                shutil.rmtree(self.root / name, ignore_errors=True)
        self.costs[case].append(run(command, self.root.with_suffix(".log"), self.variables))

    def edit(self, pages: int, number: int) -> None:
        """Append a sentence to a summary, to another one for each `number`."""
        topic, article = edited_summary(pages, number)
        append_sentence(self.root / self.summary.format(topic=topic, article=article), number + 1)

    def typical(self, case: str, measure: Measure) -> float:
        """Return the median of what a case cost."""
        return median(map(measure, self.costs[case]))


def briefing_in(
    root: Path,
    pages: int,
    python: str,
    variables: Mapping[str, str] = NO_VARIABLES,
    *,
    checkout: Path = REPOSITORY,
    name: str = "briefing",
) -> Generator:
    """Write a corpus into `root`; return the generator of `checkout` that builds it."""
    write_briefing(root, pages, checkout / "templates")
    site = root / "output"
    return Generator(
        name=name,
        root=root,
        command=(python, f"{checkout}/build.py", "--root", f"{root}", "--output", f"{site}"),
        leavings=("output", ".cache"),
        site=site,
        summary=f"content/{{topic}}/{{article}}.{LEAD}.md",
        verify=verify_briefing,
        variables=variables,
    )


def hugo_in(root: Path, pages: int, hugo: str) -> Generator:
    """Write a corpus for Hugo into `root`; return the generator that builds it."""
    write_hugo(root, pages)
    return Generator(
        name="Hugo",
        root=root,
        command=(hugo, "--source", f"{root}", "--quiet"),
        cold_arguments=("--ignoreCache",),
        leavings=("public", "resources"),
        site=root / "public",
        summary=f"content/{LEAD}/{{topic}}/{{article}}.md",
        verify=verify_hugo,
    )


def measure(
    pages: int, rounds: int, python: str, hugo: str | None, *, cards: bool
) -> list[Generator]:
    """Build a corpus of a size again and again; return each generator with its costs."""
    with fast_folder("cold-build-") as folder:
        variables = cards_environment(folder, python, cards=cards)
        generators = [briefing_in(folder / "briefing", pages, python, variables)]
        if hugo:
            generators.append(hugo_in(folder / "hugo", pages, hugo))
        for number in range(rounds):
            _one_round(generators, pages, number)
        _log_sizes(generators)
    return generators


def _one_round(generators: list[Generator], pages: int, number: int) -> None:
    """Build each case with all generators in turn, and verify the first cold builds."""
    for case in CASES:
        for generator in generators:
            if case == "one edit":
                generator.edit(pages, number)
            generator.build(case)
            if number == 0 and case == "cold":
                generator.verify(generator.site, pages)
        walls = ", ".join(f"{each.name} {each.costs[case][-1].wall:.3f} s" for each in generators)
        log(f"{pages} pages, round {number + 1}, {case}: {walls}")


def _log_sizes(generators: list[Generator]) -> None:
    for generator in generators:
        article, comparison = page_sizes(generator.site)
        files, whole = site_size(generator.site)
        log(
            f"{generator.name}: {article:,.0f} bytes an article, {comparison:,.0f} a comparison; "
            f"{files:,} files, {whole / 1e6:,.1f} MB"
        )


def table_of(pages: int, generators: list[Generator]) -> Iterator[str]:
    """Yield the lines of a Markdown table: the medians of a size and, of two, their ratios."""
    rounds, names = len(generators[0].costs["cold"]), [each.name for each in generators]
    columns = [*names, "ratio"] if len(names) > 1 else names
    yield f"| {pages:,} pages, median of {rounds} | {' | '.join(columns)} |"
    yield f"|---|{'---:|' * len(columns)}"
    for case in CASES:
        for name, measure_of, form in MEASURES:
            values = [each.typical(case, measure_of) for each in generators]
            cells = [f"{value:{form}}" for value in values]
            cells += [f"{values[0] / other:.2f}" for other in values[1:]]
            yield f"| {case}: {name} | {' | '.join(cells)} |"


def read_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Measure what it costs to build a site.")
    parser.add_argument("--pages", type=int, nargs="+", default=SIZES, help="multiples of 20")
    parser.add_argument("--rounds", type=int, help=f"default: {ROUNDS}, {ROUNDS_OF_LARGE} if large")
    parser.add_argument("--python", default=own_python(), help="default: that of .venv")
    parser.add_argument(
        "--with-hugo",
        nargs="?",
        const="hugo",
        metavar="PROGRAM",
        help="measure Hugo too: the one on the PATH, or PROGRAM",
    )
    parser.add_argument("--cards", action="store_true", help="draw share cards, which takes Pillow")
    parser.add_argument("--write", type=Path, help="a document that takes the report")
    return parser.parse_args()


def report_on(options: argparse.Namespace) -> str:
    """Measure every size that was asked for; return the report in Markdown."""
    hugo = find_hugo(options.with_hugo) if options.with_hugo else None
    parts = [conditions(options.python, cards=options.cards, hugo=hugo)]
    for pages in options.pages:
        rounds = options.rounds or (ROUNDS_OF_LARGE if pages >= LARGE else ROUNDS)
        generators = measure(pages, rounds, options.python, hugo, cards=options.cards)
        parts.append("\n".join(table_of(pages, generators)))
    return "\n\n".join(parts)


def main() -> int:
    """Run the command line; return the exit status."""
    options = read_arguments()
    try:
        report = report_on(options)
        if options.write:
            write_between_marks(options.write, report, "cold-build")
    except (
        CommandFailedError,
        IncompleteSiteError,
        OSError,
        ValueError,
        subprocess.CalledProcessError,
    ) as error:
        log(f"{error}")
        return 1
    sys.stdout.write(f"{report}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
