"""What the disk says of files, to tell without reading them that they are as they were.

As the index of git does it (https://git-scm.com/docs/racy-git): a file is as it was if its
type, times, size and number are. One that was changed just before it was looked at may be
changed again within the same tick of the clock, and has no stamp.

It needs no library, so that a build of what has not changed can end before they are loaded.
"""

from __future__ import annotations

import marshal
import os
import stat
from contextlib import suppress

from briefing.storage.cache_files import Shelf

FileStat = tuple[int, int, int, int, int]
"""Of a file: mode, times of change in nanoseconds (of its content, of all), bytes, number."""
FileStats = dict[str, FileStat | None]
"""By path from a folder. None for a file that has none."""
TICK = 50_000_000
"""Nanoseconds in which the clock of a disk may stand still."""


def file_stats(root: str, names: tuple[str, ...], now: int) -> FileStats:
    """Give the stamp of all at or below some names in a folder; "" is the folder itself.

    `now` is in nanoseconds since 1970. Links are not followed. Of a folder only its mode
    counts: what else matters is what is in it. Raises OSError.
    """
    found: FileStats = {}
    above = f"{root}/"
    waiting = [name for name in names if os.path.lexists(above + name)]
    settled = now - TICK
    while waiting:
        name = waiting.pop()
        status = os.lstat(above + name)
        if not stat.S_ISDIR(status.st_mode):
            found[name] = _settled(status, settled)
            continue
        found[name] = (status.st_mode, 0, 0, 0, 0)
        within = f"{name}/" if name else ""
        with os.scandir(above + name) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(within + entry.name)
                else:
                    status = entry.stat(follow_symlinks=False)
                    found[within + entry.name] = _settled(status, settled)
    return found


def file_stat(status: os.stat_result) -> FileStat:
    """Give the stamp of a file."""
    times = status.st_mtime_ns, status.st_ctime_ns
    return (status.st_mode, *times, status.st_size, status.st_ino)


def _settled(status: os.stat_result, settled: int) -> FileStat | None:
    """Give the stamp of a file, or None if it was not changed before a time."""
    written, changed = status.st_mtime_ns, status.st_ctime_ns
    if written >= settled or changed >= settled:
        return None
    return status.st_mode, written, changed, status.st_size, status.st_ino


Span = tuple[float | None, float | None]
"""From a time, in seconds since 1970, to before another; None has no end."""
StatCache = tuple[FileStats, FileStats, Span, int]
"""What a site was made from, the site, the times at which it is so, its number of files."""


def save(shelf: Shelf, what: StatCache) -> None:
    """Keep the stamps of a build."""
    shelf.write("stamps", marshal.dumps(what))


def load(shelf: Shelf) -> StatCache:
    """Give what was kept."""
    data = shelf.read("stamps")
    return marshal.loads(data) if data else ({}, {}, (None, None), 0)


def is_unchanged(shelf: Shelf, look: FileStats, output: str, now: int) -> int | None:
    """Give how many files a site has that is as it was made, as are its sources, or None.

    `look` are the stamps the sources have, and `now` is in nanoseconds since 1970.
    """
    sources, site, (since, until), files = load(shelf)
    if not site or None in sources.values():
        return None
    if (since is not None and now < since * 1e9) or (until is not None and now >= until * 1e9):
        return None
    with suppress(OSError):
        if look == sources and file_stats(output, ("",), now) == site:
            return files
    return None
