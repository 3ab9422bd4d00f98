"""Stats of source and output files: whether they are as the last build left them, unread.

As in the index of git (https://git-scm.com/docs/racy-git), a file counts as unchanged if its
mode, times, size and inode are. A file that was written just before its stat was taken could be
written again within the same tick of the clock: its stat is None, which equals nothing.

The module imports the standard library only: a build with nothing to do ends before any other
library is loaded.
"""

from __future__ import annotations

import marshal
import os
import stat
from contextlib import suppress

from briefing.storage.cache_files import BuildCache
from briefing.storage.system.folder_handle import entry_status

ARTICLE_TEXTS = ".sources"
"""Folder for the full texts of the articles, `<topic>/<article>.txt`; git ignores it."""
KEPT_ORIGINALS = ".translated"
"""Folder beside texts for what their translations were made from."""
FileStat = tuple[int, int, int, int, int]
"""Mode, mtime and ctime in nanoseconds since 1970, size in bytes, inode of a file."""
FileStats = dict[str, FileStat | None]
"""Stat of each file, by path from a folder; None: the file was changed too recently."""
REWRITE_NOTE = ".rename.json"
"""File beside site.yaml while sources are rewritten, `rewrite_note`. Where it is, sources are not
as the last build left them, whatever their stats are."""
CLOCK_TICK = 50_000_000
"""Nanoseconds between two ticks of the clock of a file system, at most."""


def file_stats(root: str, names: tuple[str, ...], now: int) -> FileStats:
    """Return the stats of all files and folders at or below `names` in `root`.

    names: paths from `root`; "" is `root` itself. now: nanoseconds since 1970. A name that is
    missing has no entry. Links are not followed.
    Of a folder only the mode counts, for the files in it have stats of their own. Raises OSError.
    """
    stats: FileStats = {}
    above = f"{root}/"
    waiting = [name for name in names if os.path.lexists(above + name)]
    settled_before = now - CLOCK_TICK
    while waiting:
        name = waiting.pop()
        status = os.lstat(above + name)
        if not stat.S_ISDIR(status.st_mode):
            stats[name] = _stat_if_settled(status, settled_before)
            continue
        stats[name] = (status.st_mode, 0, 0, 0, 0)
        within = f"{name}/" if name else ""
        with os.scandir(above + name) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(within + entry.name)
                else:
                    status = entry_status(entry)
                    stats[within + entry.name] = _stat_if_settled(status, settled_before)
    return stats


def file_stat(status: os.stat_result) -> FileStat:
    """Return the stat of a file from what the system says of it."""
    times = status.st_mtime_ns, status.st_ctime_ns
    return (status.st_mode, *times, status.st_size, status.st_ino)


def _stat_if_settled(status: os.stat_result, before: int) -> FileStat | None:
    """Return the stat of a file; None if it was changed at or after `before` (nanoseconds)."""
    # file_stat is written out here: a build with nothing to do does this for every file.
    written, changed = status.st_mtime_ns, status.st_ctime_ns
    if written >= before or changed >= before:
        return None
    return status.st_mode, written, changed, status.st_size, status.st_ino


TimeSpan = tuple[float | None, float | None]
"""Begin (included) and end (excluded), in seconds since 1970; None: no limit."""
StatCache = tuple[FileStats, FileStats, TimeSpan, int]
"""Stats of the sources, stats of the output, when the output is valid, its number of files."""


def save_stats(cache: BuildCache, entry: StatCache) -> None:
    """Store the stats of a build, `entry`, in `cache`."""
    cache.write("stats", marshal.dumps(entry))


def load_stats(cache: BuildCache) -> StatCache:
    """Return what `save_stats` stored in `cache`, or an entry that no build matches."""
    data = cache.read("stats")
    return marshal.loads(data) if data else ({}, {}, (None, None), 0)


def unchanged_file_count(
    cache: BuildCache, source_stats: FileStats, output: str, now: int
) -> int | None:
    """Return the number of files of the site in `output` if nothing is to be built, else None.

    Nothing is to be built if sources and output have the stats that `cache` holds, and `now`
    (nanoseconds since 1970) is within the times for which the output is valid. `source_stats`
    are the stats that the sources have now.
    """
    sources, site, (since, until), files = load_stats(cache)
    if not site or None in sources.values():
        return None
    if (since is not None and now < since * 1e9) or (until is not None and now >= until * 1e9):
        return None
    with suppress(OSError):
        if source_stats == sources and file_stats(output, ("",), now) == site:
            return files
    return None


Proofs = dict[str, tuple[bytes, int]]
"""By folder of a topic: of what its proof was made, and how many locators were not proved."""
NoticesCache = tuple[FileStats, Proofs, tuple[str, ...]]
"""Stats of the kept texts, what they proved, and the lines that a build ended with."""


def save_notices(cache: BuildCache, entry: NoticesCache) -> None:
    """Store what a build had to say at its end, `entry`, in `cache`."""
    cache.write("notices", marshal.dumps(entry))


def load_notices(cache: BuildCache) -> NoticesCache | None:
    """Return what `save_notices` stored in `cache`; None if it is not there."""
    data = cache.read("notices")
    return marshal.loads(data) if data else None


def unchanged_notices(cache: BuildCache, root: str, now: int) -> tuple[str, ...] | None:
    """Return the lines that the last build ended with; None if the kept texts have changed.

    now: nanoseconds since 1970.
    """
    with suppress(OSError):
        known = load_notices(cache)
        kept = file_stats(root, (ARTICLE_TEXTS,), now)
        if known is not None and known[0] == kept and None not in kept.values():
            return known[2]
    return None
