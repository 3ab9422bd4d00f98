"""A build with nothing to do, found out before any library is loaded.

Options -> the message of such a build, and what the disk says of the sources. It needs the
standard library only. Next: `storage/stat_cache`, which compares.
"""

from __future__ import annotations

import os
import time
from argparse import Namespace
from contextlib import suppress
from pathlib import Path

from briefing.commands.arguments import SOURCES
from briefing.commands.process import as_typed
from briefing.storage.cache_files import BuildCache
from briefing.storage.site_sources.folders import stats_of_sources
from briefing.storage.stat_cache import (
    REWRITE_NOTE,
    FileStats,
    unchanged_file_count,
    unchanged_notices,
)


def up_to_date(options: Namespace) -> tuple[str | None, FileStats]:
    """Return the message of a build with nothing to do, and the stats of all source files.

    The message is None where there may be something to do, and for every command but `build`.
    The stats are {} where the sources were not looked at, or could not be.
    """
    if options.command != "build" or _is_special(options) or _was_stopped(options):
        return None, {}
    root, output, now = os.fspath(options.root), os.fspath(options.output), time.time_ns()
    stats: FileStats = {}
    with suppress(OSError):  # reported when the sources are read
        stats = stats_of_sources(root, SOURCES, now)
    cache = BuildCache(root, output, options.address)
    count = unchanged_file_count(cache, stats, output, now)
    notices = unchanged_notices(cache, root, now) if count else None
    if notices is None:
        return None, stats
    return "\n".join(
        [f"{output}: {count} files, nothing has changed", *with_details(notices)]
    ), stats


def with_details(notices: tuple[str, ...]) -> tuple[str, ...]:
    """Return the last lines of a build, the last says where more is said; () for none."""
    return (*notices, f"`{as_typed('check')}` has the details") if notices else ()


def _is_special(options: Namespace) -> bool:
    return bool(options.as_of or options.timings or options.manifest)


def _was_stopped(options: Namespace) -> bool:
    """Whether a build or a rename was stopped and left what the next command clears up."""
    output: Path = options.output
    left = (output.parent / f".{output.name}.new", options.root / REWRITE_NOTE)
    return any(map(os.path.lexists, left))  # `.` and `/` have no name, so not by `with_name`
