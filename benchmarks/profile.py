"""Print where the time of a build goes, function by function and module by module.

    python -m benchmarks.profile
    python -m benchmarks.profile --pages 200 --lines 60
    python -m benchmarks.profile --root .

One process builds all, so that all is profiled; that takes about three times as long as usual.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.corpus.briefing_sources import write_briefing
from benchmarks.support.environment import fast_folder
from briefing.engine.build import build
from briefing.engine.sources import SourceTree
from briefing.model.values import Moment, Precision
from briefing.storage.read_sources import read_tree

MODULES = 25
"""Modules that are listed."""


def profile_build(root: Path) -> pstats.Stats:
    """Return the profile of a first build of the site in a folder, in memory."""
    files = read_tree(root, "site.yaml", "content", "templates")
    as_of = Moment(Precision.MINUTE, datetime.now(UTC))
    profile = cProfile.Profile()
    profile.runcall(build, SourceTree.of(files), as_of)
    return pstats.Stats(profile, stream=sys.stdout)


def by_module(stats: pstats.Stats) -> Iterator[str]:
    """Yield a line for each of the modules that took most: its share of the time, in percent."""
    seconds: Counter[str] = Counter()
    for (file, _line, _name), (_, _, own, _, _) in stats.stats.items():  # type: ignore[attr-defined]
        seconds["/".join(Path(file).parts[-2:])] += own
    whole = sum(seconds.values())
    for file, own in seconds.most_common(MODULES):
        yield f"{100 * own / whole:6.1f} %  {file}"


def main() -> int:
    """Run the command line; return the exit status."""
    parser = argparse.ArgumentParser(description="Print where the time of a build goes.")
    parser.add_argument("--root", type=Path, help="the folder of a site.yaml")
    parser.add_argument("--pages", type=int, default=1_000, help="of an invented site otherwise")
    parser.add_argument("--lines", type=int, default=30, help="functions that are listed")
    options = parser.parse_args()
    with fast_folder("profile-") as folder:
        if options.root is None:
            write_briefing(folder / "site", options.pages)
        stats = profile_build(options.root or folder / "site")
    stats.sort_stats("tottime").print_stats(options.lines)
    sys.stdout.write("\n".join(by_module(stats)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
