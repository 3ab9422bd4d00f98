#!/usr/bin/env python3
"""Say where the time of a build goes, function by function and module by module.

    python benchmarks/where_time_goes.py
    python benchmarks/where_time_goes.py --pages 200 --lines 60
    python benchmarks/where_time_goes.py --root .

One process does all, so that all is seen; being watched it takes about three times as long.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from corpus import write_briefing

sys.path.insert(0, f"{Path(__file__).resolve().parent.parent}")

from briefing.engine.making import make
from briefing.engine.sources import Sources
from briefing.model.values import Moment, Precision
from briefing.storage.read_sources import read_tree


def watched(root: Path) -> pstats.Stats:
    """Make the site of a folder, in memory, and watch it."""
    files = read_tree(root, "site.yaml", "content", "templates")
    as_of = Moment(Precision.MINUTE, datetime.now(UTC))
    profile = cProfile.Profile()
    profile.runcall(make, Sources.of(files), as_of)
    return pstats.Stats(profile, stream=sys.stdout)


def by_module(stats: pstats.Stats) -> Iterator[str]:
    """Give the share of each file in the time, those with the most first."""
    shares: Counter[str] = Counter()
    for (file, _line, _name), (_, _, own, _, _) in stats.stats.items():  # type: ignore[attr-defined]
        shares["/".join(Path(file).parts[-2:])] += own
    whole = sum(shares.values())
    for file, own in shares.most_common(25):
        yield f"{100 * own / whole:6.1f} %  {file}"


def main() -> int:
    """Run the command line; return the exit status."""
    parser = argparse.ArgumentParser(description="Say where the time of a build goes.")
    parser.add_argument("--root", type=Path, help="the folder of a site.yaml")
    parser.add_argument("--pages", type=int, default=1_000, help="of an invented site otherwise")
    parser.add_argument("--lines", type=int, default=30, help="functions that are listed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="where-time-goes-") as name:
        if options.root is None:
            write_briefing(Path(name), options.pages)
        stats = watched(options.root or Path(name))
    stats.sort_stats("tottime").print_stats(options.lines)
    sys.stdout.write("\n".join(by_module(stats)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
