#!/usr/bin/env python3
"""Say what a save costs a process that stays up, as the preview does, at several sizes.

    python benchmarks/after_a_save.py
    python benchmarks/after_a_save.py --pages 1000 10000 --saves 50
    python benchmarks/after_a_save.py --write docs/performance.md

A sentence is added to one summary after another, each in another topic, and the site is made
again. What is told is the time of the engine: from the bytes of the file to the bytes of the
pages that changed. It is to be at most 30 ms, however many pages there are.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from against_hugo import write_between_marks
from corpus import ADDITION, write_briefing

sys.path.insert(0, f"{Path(__file__).resolve().parent.parent}")

from briefing.engine.fork import employ
from briefing.engine.making import Edition, make
from briefing.engine.remaking import remake
from briefing.engine.sources import Sources
from briefing.model.fingerprint import fingerprint
from briefing.model.values import Moment, Precision
from briefing.storage.read_sources import read_tree

SIZES = (1_000, 10_000)
SAVES = 50
MARKS = ("<!-- after-a-save -->", "<!-- /after-a-save -->")


class NotMadeAgainError(Exception):
    """A save changed something else than the page of its text."""


def saves(pages: int, count: int) -> Iterator[float]:
    """Make a site of so many summary pages, save so many times; give the seconds of each."""
    with tempfile.TemporaryDirectory(prefix="after-a-save-") as name:
        write_briefing(Path(name), pages)
        files = read_tree(Path(name), "site.yaml", "content", "templates")
    as_of = Moment(Precision.MINUTE, datetime.now(UTC))
    edition = make(Sources.of(files), as_of, employ=employ)
    leads = sorted(path for path in files if path.endswith("-0.vi.md"))
    gc.collect()
    gc.freeze()  # as who stays up does with what stays
    for number in range(count):
        path = leads[number % len(leads)]
        files[path] += ADDITION.format(number).encode()
        started = time.perf_counter()
        edition = _after(edition, path, files, as_of)
        yield time.perf_counter() - started
        if len(edition.made) != MADE:
            raise NotMadeAgainError(f"{path}: {len(edition.made)} pages were made again")


MADE = 3
"""Files that a save of a summary makes again: its page, and the two feeds of its topic."""


def _after(edition: Edition, path: str, files: dict[str, bytes], as_of: Moment) -> Edition:
    """Give the site after a save of a file."""

    def read(paths: Iterable[str]) -> dict[str, bytes]:
        return {path: files[path] for path in paths}

    sources = edition.ready.sources.changed({path: fingerprint(files[path])}, read)
    if (again := remake(edition, sources, as_of)) is None:
        raise NotMadeAgainError(f"{path}: the whole site would have to be made again")
    return again


def table(sizes: Iterable[int], count: int) -> Iterator[str]:
    """Measure each size; give the lines of a Markdown table."""
    yield f"| summary pages | median of {count} saves, ms | worst, ms |"
    yield "|---|---:|---:|"
    for pages in sizes:
        took = [1000 * seconds for seconds in saves(pages, count)]
        yield f"| {pages:,} | {median(took):.1f} | {max(took):.1f} |"


def main() -> int:
    """Run the command line; return the exit status."""
    parser = argparse.ArgumentParser(description="Say what a save costs a process that stays up.")
    parser.add_argument("--pages", type=int, nargs="+", default=SIZES, help="multiples of 20")
    parser.add_argument("--saves", type=int, default=SAVES, help=f"default: {SAVES}")
    parser.add_argument("--write", type=Path, help="a document that takes the report")
    options = parser.parse_args()
    report = "\n".join(table(options.pages, options.saves))
    if options.write:
        write_between_marks(options.write, report, MARKS)
    sys.stdout.write(f"{report}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
