"""What may stand in the place of a file of the cache."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from briefing.storage.cache_files import BuildCache


def looked_at(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Give what is in a folder: of each its number, its time and its bytes."""
    found = {path: path.lstat() for path in folder.rglob("*")}
    return {
        path.relative_to(folder).as_posix(): (
            status.st_ino,
            status.st_mtime_ns,
            path.read_bytes() if stat.S_ISREG(status.st_mode) else b"",
        )
        for path, status in found.items()
    }


def cache_of(project: Path) -> BuildCache:
    return BuildCache(str(project), str(project / "output"))


def fifo(path: Path, private: Path) -> None:
    os.mkfifo(path)


def endless_link(path: Path, private: Path) -> None:
    path.symlink_to("/dev/zero")


def link(path: Path, private: Path) -> None:
    path.symlink_to(private)


def nothing_in_it(path: Path, private: Path) -> None:
    path.touch()
