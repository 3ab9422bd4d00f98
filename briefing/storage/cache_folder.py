"""A folder of the cache: opened folder by folder without following a link, regular files only.

Whoever has put something beside the sources may have put links, pipes and endless files here.
What cannot be read is not there, and what cannot be written is not kept. It needs no library.
"""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_ROOT = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_FOLDER = _ROOT | os.O_NOFOLLOW
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
UNFINISHED = r"(?:\.[0-9a-f]{1,16})?"
"""A pattern of what follows the name of a file that is being written, and of one that is not."""


class CacheFolder:
    """A folder below another, in which files are kept that can be deleted at any time."""

    def __init__(self, root: str, path: str, *, private: bool = False) -> None:
        """Only the root may be reached by a link: who runs the program named it.

        Of a private folder only what the user owns and nobody else may read is taken.
        """
        self._root, self._names = root, path.split("/")
        self._private = private

    def read(self, name: str, largest: int) -> bytes | None:
        """Give what is in a file of at most so many bytes, or None where there is none."""
        with suppress(OSError, MemoryError), self._opened() as folder:
            if stat.S_ISREG(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
                with os.fdopen(os.open(name, _FILE, dir_fd=folder), "rb") as file:
                    status = os.fstat(file.fileno())
                    if self._is_taken(status) and status.st_size <= largest:
                        return file.read(status.st_size)
        return None

    def write(self, name: str, data: bytes) -> None:
        """Keep a file, if the disk lets us; what is there is whole at any time."""
        new = f"{name}.{os.urandom(8).hex()}"
        with suppress(OSError), self._opened(make=True) as folder:
            try:
                _write(new, folder, data, 0o600 if self._private else 0o666)
                os.replace(new, name, src_dir_fd=folder, dst_dir_fd=folder)
            except BaseException:
                with suppress(OSError):
                    os.unlink(new, dir_fd=folder)
                raise

    def touch(self, name: str) -> None:
        """Note that a file was wanted now."""
        now = time.time_ns()
        with suppress(OSError), self._opened() as folder:
            os.utime(name, ns=(now, now), dir_fd=folder, follow_symlinks=False)

    def tidy(self, pattern: str, most: int) -> None:
        """Delete of the files whose names have a pattern all but those wanted last."""
        with suppress(OSError), self._opened() as folder:
            found = []
            with os.scandir(folder) as entries:
                for entry in entries:
                    if re.fullmatch(pattern, entry.name):
                        status = entry.stat(follow_symlinks=False)
                        if stat.S_ISREG(status.st_mode):
                            found.append((status.st_mtime_ns, entry.name))
            for _, name in sorted(found, reverse=True)[most:]:
                os.unlink(name, dir_fd=folder)

    @contextmanager
    def _opened(self, make: bool = False) -> Iterator[int]:
        """Open the folder, and make it if that is wanted. Raises OSError."""
        handle = os.open(self._root, _ROOT)
        try:
            for name in self._names:
                if make:
                    with suppress(FileExistsError):
                        os.mkdir(name, 0o700 if self._private else 0o777, dir_fd=handle)
                above, handle = handle, os.open(name, _FOLDER, dir_fd=handle)
                os.close(above)
            yield handle
        finally:
            os.close(handle)

    def _is_taken(self, status: os.stat_result) -> bool:
        """Whether a file that was opened is one that is read."""
        own = status.st_uid == os.geteuid() and not status.st_mode & 0o077
        return stat.S_ISREG(status.st_mode) and (own or not self._private)


def _write(name: str, folder: int, data: bytes, mode: int) -> None:
    """Write a new file. Raises OSError, also where anything has its name."""
    with os.fdopen(os.open(name, _NEW, mode, dir_fd=folder), "wb") as file:
        file.write(data)
        file.flush()
        # The clock of a disk may stand still for longer than it takes to write some files.
        now = time.time_ns()
        os.utime(file.fileno(), ns=(now, now))
