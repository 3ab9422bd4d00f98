"""Reads and writes the files of a cache folder, whose content may be hostile.

Links, pipes and endless files may have come into the folder with the sources. So each folder of
the path is opened in the one above without following a link, and only regular files are read.
A file that cannot be read counts as missing; one that cannot be written is not stored: no
method raises OSError. The module imports the standard library only. Next: `cache_files`, which
seals what is stored.
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
TEMPORARY_SUFFIX = r"(?:\.[0-9a-f]{1,16})?"
"""Pattern of what may follow a file name: random digits while it is being written, then nothing."""


class CacheFolder:
    """A folder of files that can be deleted at any time."""

    def __init__(self, root: str, path: str, *, private: bool = False) -> None:
        """Name the folder `path` below `root`.

        `root` alone may be reached by a link: the user named it.
        private: read only files that belong to the user and that no other user may read.
        """
        self._root, self._names = root, path.split("/")
        self._private = private

    def read(self, name: str, max_bytes: int) -> bytes | None:
        """Return the content of `name`; None if missing, unreadable or over `max_bytes`."""
        with suppress(OSError, MemoryError), self._opened() as folder:
            if stat.S_ISREG(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
                with os.fdopen(os.open(name, _FILE, dir_fd=folder), "rb") as file:
                    status = os.fstat(file.fileno())
                    if self._is_readable(status) and status.st_size <= max_bytes:
                        return file.read(status.st_size)
        return None

    def write(self, name: str, data: bytes) -> None:
        """Write `data` to the file `name` in one step, or leave all as it was. Raises nothing.

        The data goes to a new file, which then takes the name: a reader sees the old content or
        the new, never a part.
        """
        temporary = f"{name}.{os.urandom(8).hex()}"
        with suppress(OSError), self._opened(make=True) as folder:
            try:
                _write(temporary, folder, data, 0o600 if self._private else 0o666)
                os.replace(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
            except BaseException:
                with suppress(OSError):
                    os.unlink(temporary, dir_fd=folder)
                raise

    def mark_used(self, name: str) -> None:
        """Set the time of the file `name` to now, so that `delete_oldest` spares it."""
        now = time.time_ns()
        with suppress(OSError), self._opened() as folder:
            os.utime(name, ns=(now, now), dir_fd=folder, follow_symlinks=False)

    def delete_oldest(self, pattern: str, keep: int) -> None:
        """Delete the files whose names match `pattern`, but for the `keep` newest."""
        with suppress(OSError), self._opened() as folder:
            dated_names = []
            with os.scandir(folder) as entries:
                for entry in entries:
                    if re.fullmatch(pattern, entry.name):
                        status = entry.stat(follow_symlinks=False)
                        if stat.S_ISREG(status.st_mode):
                            dated_names.append((status.st_mtime_ns, entry.name))
            for _, name in sorted(dated_names, reverse=True)[keep:]:
                os.unlink(name, dir_fd=folder)

    @contextmanager
    def _opened(self, make: bool = False) -> Iterator[int]:
        """Open the folder, and with `make` create what is missing of its path. Raises OSError."""
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

    def _is_readable(self, status: os.stat_result) -> bool:
        """Whether a file is regular and, if the folder is private, the user's own."""
        own = status.st_uid == os.geteuid() and not status.st_mode & 0o077
        return stat.S_ISREG(status.st_mode) and (own or not self._private)


def _write(name: str, folder: int, data: bytes, mode: int) -> None:
    """Write a new file. Raises OSError, also if anything of that name is there."""
    with os.fdopen(os.open(name, _NEW, mode, dir_fd=folder), "wb") as file:
        file.write(data)
        file.flush()
        # Some disks keep times so coarsely that files written one after another have the same;
        # delete_oldest goes by the time, so it is set from the clock of the system.
        now = time.time_ns()
        os.utime(file.fileno(), ns=(now, now))
