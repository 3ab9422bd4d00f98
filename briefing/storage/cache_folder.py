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

from briefing.storage.system.abilities import HAS_OWNERS
from briefing.storage.system.folder_handle import FolderHandle, open_folder_at

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
            if stat.S_ISREG(folder.status(name).st_mode):
                with os.fdopen(folder.open_file(name), "rb") as file:
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
                folder.replace(temporary, folder, name)
            except BaseException:
                with suppress(OSError):
                    folder.unlink(temporary)
                raise

    def mark_used(self, name: str) -> None:
        """Set the time of the file `name` to now, so that `delete_oldest` spares it."""
        now = time.time_ns()
        with suppress(OSError), self._opened() as folder:
            folder.set_time(name, now)

    def delete_oldest(self, pattern: str, keep: int) -> None:
        """Delete the files whose names match `pattern`, but for the `keep` newest."""
        with suppress(OSError), self._opened() as folder:
            dated_names = []
            for name in folder.names():
                if re.fullmatch(pattern, name):
                    status = folder.status(name)
                    if stat.S_ISREG(status.st_mode):
                        dated_names.append((status.st_mtime_ns, name))
            for _, name in sorted(dated_names, reverse=True)[keep:]:
                folder.unlink(name)

    @contextmanager
    def _opened(self, make: bool = False) -> Iterator[FolderHandle]:
        """Open the folder, and with `make` create what is missing of its path. Raises OSError."""
        folder = open_folder_at(self._root)
        try:
            for name in self._names:
                if make:
                    with suppress(FileExistsError):
                        folder.make_folder(name, 0o700 if self._private else 0o777)
                above, folder = folder, folder.open_folder(name)
                above.close()
            yield folder
        finally:
            folder.close()

    def _is_readable(self, status: os.stat_result) -> bool:
        """Whether a file is regular and, if the folder is private, the user's own."""
        if not stat.S_ISREG(status.st_mode):
            return False
        # Without owners, who may read a file is up to the folder of the user.
        if not (self._private and HAS_OWNERS):
            return True
        return status.st_uid == os.geteuid() and not status.st_mode & 0o077


def _write(name: str, folder: FolderHandle, data: bytes, mode: int) -> None:
    """Write a new file. Raises OSError, also if anything of that name is there."""
    with os.fdopen(folder.create_file(name, mode), "wb") as file:
        file.write(data)
    # Some disks keep times so coarsely that files written one after another have the same;
    # delete_oldest goes by the time, so it is set from the clock of the system.
    folder.set_time(name, time.time_ns())
