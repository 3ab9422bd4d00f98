"""Measure what a save costs a process that stays up, as the preview does, at several sizes.

    python -m benchmarks.save
    python -m benchmarks.save --pages 1000 10000 --saves 50
    python -m benchmarks.save --write docs/performance.md

A sentence is added to one summary after another, each in another topic, and the site is built
again. Measured is the engine alone: from the bytes of the file to the bytes of the pages that
changed. It is to take at most 30 ms, however many pages there are.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.corpus.briefing_sources import ADDITION, write_briefing
from benchmarks.support.environment import fast_folder
from benchmarks.support.report import write_between_marks
from briefing.engine.build import build
from briefing.engine.fork import choose_executor
from briefing.engine.session import Build
from briefing.engine.sources import SourceTree
from briefing.model.fingerprint import fingerprint
from briefing.model.values import Moment, Precision
from briefing.storage.read_sources import read_tree

SIZES = (1_000, 10_000)
SAVES = 50
PAGES_OF_SAVE = 3
"""Files that a save of a summary makes again: its page, and the two feeds of its topic."""


class UnexpectedPagesError(Exception):
    """A save made other files again than the page of its text and the feeds of its topic."""


def save_seconds(pages: int, count: int) -> Iterator[float]:
    """Build a site of `pages` summary pages and yield the seconds of each of `count` saves.

    Raises UnexpectedPagesError.
    """
    with fast_folder("save-") as folder:
        write_briefing(folder / "site", pages)
        files = read_tree(folder / "site", "site.yaml", "content", "templates")
    as_of = Moment(Precision.MINUTE, datetime.now(UTC))
    built = build(SourceTree.of(files), as_of, choose_executor=choose_executor)
    leads = sorted(path for path in files if path.endswith("-0.vi.md"))
    gc.collect()
    gc.freeze()  # as the preview does after its first build
    for number in range(count):
        path = leads[number % len(leads)]
        files[path] += ADDITION.format(number).encode()
        started = time.perf_counter()
        built = _rebuild(built, path, files, as_of)
        yield time.perf_counter() - started
        if len(built.outputs) != PAGES_OF_SAVE:
            raise UnexpectedPagesError(f"{path}: {len(built.outputs)} files were made again")


def _rebuild(built: Build, path: str, files: dict[str, bytes], as_of: Moment) -> Build:
    """Return the site after a save of the file `path`."""

    def read(paths: Iterable[str]) -> dict[str, bytes]:
        return {path: files[path] for path in paths}

    sources = built.sources.changed({path: fingerprint(files[path])}, read)
    return build(sources, as_of, built)


def table(sizes: Iterable[int], count: int) -> Iterator[str]:
    """Measure each size; yield the lines of a Markdown table."""
    yield f"| summary pages | median of {count} saves, ms | worst, ms |"
    yield "|---|---:|---:|"
    for pages in sizes:
        milliseconds = [1000 * seconds for seconds in save_seconds(pages, count)]
        yield f"| {pages:,} | {median(milliseconds):.1f} | {max(milliseconds):.1f} |"


def main() -> int:
    """Run the command line; return the exit status."""
    parser = argparse.ArgumentParser(description="Measure what a save costs.")
    parser.add_argument("--pages", type=int, nargs="+", default=SIZES, help="multiples of 20")
    parser.add_argument("--saves", type=int, default=SAVES, help=f"default: {SAVES}")
    parser.add_argument("--write", type=Path, help="a document that takes the report")
    options = parser.parse_args()
    report = "\n".join(table(options.pages, options.saves))
    if options.write:
        write_between_marks(options.write, report, "save")
    sys.stdout.write(f"{report}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
