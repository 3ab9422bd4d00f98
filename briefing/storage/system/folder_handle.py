"""A folder that stays the same while its files are named in it.

Sources, caches and a rename open each folder of a path in the one above, so that none that is
replaced by a link meanwhile leads out of the root. Where a system has handles of folders, the
system itself sees to that (`_OpenFolder`). Elsewhere a folder is a path, and is looked at before
and after each step (`_NamedFolder`): a link that is there is never followed, and one that is put
there and taken away again within a single call of the system would be.
The module imports the standard library only.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Protocol

from briefing.storage.system.abilities import FILE_FLAGS, HAS_FOLDER_HANDLES, HAS_OWNERS

_JUNCTION = 0xA0000003
"""IO_REPARSE_TAG_MOUNT_POINT, a link of Windows between folders:
https://learn.microsoft.com/windows/win32/fileio/reparse-point-tags"""


class FolderHandle(Protocol):
    """A folder, and what can be done with the names in it. Every method raises OSError."""

    def descriptor(self) -> int | None:
        """Return the descriptor of the folder; None on a system that has none of folders."""

    def own_status(self) -> os.stat_result:
        """Return the stat result of the folder itself."""

    def status(self, name: str) -> os.stat_result:
        """Return the stat result of what has a name, a link not followed."""

    def names(self) -> list[str]:
        """Return the names of all that is in the folder, in no order."""

    def open_folder(self, name: str) -> FolderHandle:
        """Open a folder in this one; a link raises OSError."""

    def open_file(self, name: str) -> int:
        """Open a file to be read, and return its descriptor; a link raises OSError."""

    def create_file(self, name: str, mode: int) -> int:
        """Create a file, and return its descriptor; FileExistsError if the name is taken."""

    def make_folder(self, name: str, mode: int) -> None:
        """Make a folder in this one."""

    def remove_folder(self, name: str) -> None:
        """Remove an empty folder."""

    def unlink(self, name: str) -> None:
        """Remove a file."""

    def link(self, name: str, folder: FolderHandle, new: str) -> None:
        """Add to a file the name `new` in `folder`, too; FileExistsError if that is taken."""

    def replace(self, name: str, folder: FolderHandle, new: str) -> None:
        """Rename a file to `new` in `folder`, replacing what is there."""

    def set_time(self, name: str, now: int) -> None:
        """Set when a file was read and written: nanoseconds since 1970."""

    def set_mode(self, mode: int) -> None:
        """Set the permissions of the folder."""

    def set_file_mode(self, name: str, file: int, mode: int) -> None:
        """Set the permissions of a file of this folder, which is open as `file`."""

    def sync(self) -> None:
        """Wait until the names of the folder are on the disk, where the system can tell."""

    def close(self) -> None:
        """Let the folder go."""


@contextmanager
def folder_at(path: str) -> Iterator[FolderHandle]:
    """Open the folder at a path, which may be reached by links. Raises OSError."""
    folder = open_folder_at(path)
    try:
        yield folder
    finally:
        folder.close()


def open_folder_at(path: str) -> FolderHandle:
    """Open the folder at a path, which may be reached by links; to be closed. Raises OSError."""
    if HAS_FOLDER_HANDLES:
        return _OpenFolder(os.open(path, _FOLDER))
    return _NamedFolder(os.path.realpath(path))


def is_link(status: os.stat_result) -> bool:
    """Whether the stat result of a name, not followed, is that of a link of any kind."""
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == _JUNCTION


_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_SUBFOLDER = _FOLDER | getattr(os, "O_NOFOLLOW", 0)
_OLD = os.O_RDONLY | FILE_FLAGS
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | FILE_FLAGS


class _OpenFolder:
    """A folder by its descriptor."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def descriptor(self) -> int | None:
        return self._handle

    def own_status(self) -> os.stat_result:
        return os.fstat(self._handle)

    def status(self, name: str) -> os.stat_result:
        return os.stat(name, dir_fd=self._handle, follow_symlinks=False)

    def names(self) -> list[str]:
        return os.listdir(self._handle)

    def open_folder(self, name: str) -> FolderHandle:
        return _OpenFolder(os.open(name, _SUBFOLDER, dir_fd=self._handle))

    def open_file(self, name: str) -> int:
        return os.open(name, _OLD, dir_fd=self._handle)

    def create_file(self, name: str, mode: int) -> int:
        return os.open(name, _NEW, mode, dir_fd=self._handle)

    def make_folder(self, name: str, mode: int) -> None:
        os.mkdir(name, mode, dir_fd=self._handle)

    def remove_folder(self, name: str) -> None:
        os.rmdir(name, dir_fd=self._handle)

    def unlink(self, name: str) -> None:
        os.unlink(name, dir_fd=self._handle)

    def link(self, name: str, folder: FolderHandle, new: str) -> None:
        handle = _handle_of(folder)
        os.link(name, new, src_dir_fd=self._handle, dst_dir_fd=handle, follow_symlinks=False)

    def replace(self, name: str, folder: FolderHandle, new: str) -> None:
        os.replace(name, new, src_dir_fd=self._handle, dst_dir_fd=_handle_of(folder))

    def set_time(self, name: str, now: int) -> None:
        os.utime(name, ns=(now, now), dir_fd=self._handle, follow_symlinks=False)

    def set_mode(self, mode: int) -> None:
        os.fchmod(self._handle, mode)

    def set_file_mode(self, name: str, file: int, mode: int) -> None:
        os.fchmod(file, mode)

    def sync(self) -> None:
        os.fsync(self._handle)

    def close(self) -> None:
        os.close(self._handle)


def _handle_of(folder: FolderHandle) -> int:
    assert isinstance(folder, _OpenFolder)
    return folder._handle


class _NamedFolder:
    """A folder by its path, looked at before and after each step."""

    def __init__(self, path: str) -> None:
        """Open the folder at a path without links. Raises OSError for what is none."""
        self._path = path
        self._opened = os.lstat(path)
        if is_link(self._opened):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)
        if not stat.S_ISDIR(self._opened.st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)

    def _at(self, name: str) -> str:
        """Return the path of a name, if the folder is still the one that was opened."""
        self._look()
        return os.path.join(self._path, name)

    def _look(self) -> None:
        """Raise OSError if another folder, or a link, has taken the place of this one."""
        now = os.lstat(self._path)
        if is_link(now) or not os.path.samestat(now, self._opened):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), self._path)

    def descriptor(self) -> int | None:
        return None

    def own_status(self) -> os.stat_result:
        self._look()
        return os.lstat(self._path)

    def status(self, name: str) -> os.stat_result:
        return os.lstat(self._at(name))

    def names(self) -> list[str]:
        names = os.listdir(self._at(""))
        self._look()
        return names

    def open_folder(self, name: str) -> FolderHandle:
        folder = _NamedFolder(self._at(name))
        self._look()
        return folder

    def open_file(self, name: str) -> int:
        path = self._at(name)
        before = os.lstat(path)
        if is_link(before):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)
        if not stat.S_ISREG(before.st_mode):  # a pipe would be waited for
            raise OSError(errno.ENXIO, os.strerror(errno.ENXIO), path)
        file = os.open(path, _OLD)
        try:
            self._look()
            if not os.path.samestat(before, os.fstat(file)):
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)
        except BaseException:
            os.close(file)
            raise
        return file

    def create_file(self, name: str, mode: int) -> int:
        return os.open(self._at(name), _NEW, mode)

    def make_folder(self, name: str, mode: int) -> None:
        os.mkdir(self._at(name), mode)

    def remove_folder(self, name: str) -> None:
        os.rmdir(self._at(name))

    def unlink(self, name: str) -> None:
        os.unlink(self._at(name))

    def link(self, name: str, folder: FolderHandle, new: str) -> None:
        os.link(self._at(name), _path_in(folder, new), follow_symlinks=False)

    def replace(self, name: str, folder: FolderHandle, new: str) -> None:
        os.replace(self._at(name), _path_in(folder, new))

    def set_time(self, name: str, now: int) -> None:
        path = self._at(name)
        if not is_link(os.lstat(path)):
            os.utime(path, ns=(now, now))

    def set_mode(self, mode: int) -> None:
        os.chmod(self._at(""), mode)

    def set_file_mode(self, name: str, file: int, mode: int) -> None:
        os.chmod(self._at(name), mode)

    def sync(self) -> None:
        """Do nothing: only an open folder can be synced."""

    def close(self) -> None:
        """Do nothing: nothing is open."""


def _path_in(folder: FolderHandle, name: str) -> str:
    assert isinstance(folder, _NamedFolder)
    return folder._at(name)


def entry_status(entry: os.DirEntry[str]) -> os.stat_result:
    """Return the stat result of an entry of `os.scandir`, a link not followed. Raises OSError.

    What Windows says while it lists a folder has no inode: it is asked again.
    """
    return entry.stat(follow_symlinks=False) if HAS_OWNERS else os.lstat(entry.path)


def copy_owner(file: int, like: os.stat_result) -> None:
    """Set the owner of an open file to that of `like`, where there are owners and it is allowed."""
    if HAS_OWNERS:
        with suppress(PermissionError):
            os.fchown(file, like.st_uid, like.st_gid)
