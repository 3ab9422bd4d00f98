"""Moves and rewrites source files: all of them, or none.

Each folder of a path is opened in the one above without following a link. A file gets its new
name before it loses the old one, so it is there at every moment. New content is written to a
file beside the old one, under a name that `read_sources` ignores. `commands.rename` is what
needs this.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from secrets import token_hex
from unicodedata import normalize

from msgspec import Struct

from briefing.problems import Collector, Place, Problem, mistake, raise_if_any

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def rewrite_sources(root: Path, moved: Mapping[str, str], written: Mapping[str, bytes]) -> None:
    """Move and rewrite files in the folder `root`; all paths start there.

    moved: new path by old path. written: new content by path, of a moved file by its new path.
    Files and folders that are missing are created; folders that become empty are removed.
    Raises Problems, with all undone, if a file is missing, if something stands at a new path, or
    if the system refuses.
    """
    with _write_errors_as_problems(str(root)), _OpenFolders.below(root) as folders:
        raise_if_any(_conflicts(folders, moved, written))
        changes = _Transaction(folders)
        try:
            for old, new in moved.items():
                changes.move(old, new)
            for path, data in written.items():
                changes.write(path, data)
        except BaseException:
            changes.roll_back()
            raise
        changes.commit()


@contextmanager
def _write_errors_as_problems(path: str) -> Iterator[None]:
    """Turn an OSError of the block into a problem at `path`. Raises Problems."""
    try:
        yield
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise mistake(Place(path), message, "cure that, and rename again") from None


def _conflicts(
    folders: _OpenFolders, moved: Mapping[str, str], written: Mapping[str, bytes]
) -> Iterator[Problem]:
    """Yield a problem for each file that is missing or not regular, and each path taken."""
    collector = Collector()
    changed = [path for path in written if path not in moved.values()]
    for path in sorted({*moved, *changed}):
        with collector.collect(), _write_errors_as_problems(path):
            mode = folders.mode(path)
            if mode is None and path in moved:
                cure = "rename again: the files have changed meanwhile"
                raise mistake(Place(path), "is no longer there", cure)
            if mode is not None and not stat.S_ISREG(mode):
                raise mistake(Place(path), "is not a regular file", "take it away")
    for path in sorted(moved.values()):
        with collector.collect(), _write_errors_as_problems(path):
            if folders.mode(path) is not None:
                raise mistake(Place(path), "is there already", "move it away, and rename again")
    yield from collector.found


class _Entry(Struct, frozen=True):
    """A name in an open folder; a file of that name may be there or not."""

    folder: int
    name: str

    def beside(self, name: str) -> _Entry:
        """Return the entry `name` in the same folder."""
        return _Entry(self.folder, name)

    def status(self) -> os.stat_result | None:
        """Return the stat result of the file; None if none is there."""
        with suppress(FileNotFoundError):
            return os.stat(self.name, dir_fd=self.folder, follow_symlinks=False)
        return None

    def is_same(self, other: _Entry) -> bool:
        """Whether both are names of one file that is there."""
        one, two = self.status(), other.status()
        return bool(one and two and os.path.samestat(one, two))

    def unlink(self) -> None:
        """Remove the file, if it is there."""
        with suppress(FileNotFoundError):
            os.unlink(self.name, dir_fd=self.folder)

    def link(self, other: _Entry) -> None:
        """Link the file at `other`. Raises FileExistsError if that is taken."""
        os.link(
            self.name,
            other.name,
            src_dir_fd=self.folder,
            dst_dir_fd=other.folder,
            follow_symlinks=False,
        )

    def replace(self, other: _Entry) -> None:
        """Rename the file to `other`, replacing what is there."""
        os.replace(self.name, other.name, src_dir_fd=self.folder, dst_dir_fd=other.folder)

    def move(self, other: _Entry) -> None:
        """Rename the file to `other`. Raises FileExistsError if that is taken."""
        try:
            self.link(other)
        except FileExistsError:
            raise
        except OSError:  # perhaps a file system without hard links
            if other.status():
                raise
            self.replace(other)
        else:
            self.unlink()


class _OpenFolders:
    """The open folders below a root, each opened when it is first asked for."""

    def __init__(self, root: int) -> None:
        self._open = {"": root}
        self._names: dict[str, dict[str, str]] = {}

    @classmethod
    @contextmanager
    def below(cls, root: Path) -> Iterator[_OpenFolders]:
        """Open `root`, which alone may be reached by a link: the user named it. Raises OSError."""
        folders = cls(os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC))
        try:
            yield folders
        finally:
            for handle in folders._open.values():
                os.close(handle)

    def entry(self, path: str) -> _Entry:
        """Return the entry of a file by its NFC path, whether it is there or not.

        Raises OSError if its folder is missing or is no folder.
        """
        above, _, name = path.rpartition("/")
        folder = self.open(above)
        return _Entry(folder, self._names[above].get(name, name))

    def open(self, path: str) -> int:
        """Return the handle of a folder by its NFC path.

        Raises OSError if it is missing or is no folder.
        """
        if path not in self._open:
            at = self.entry(path)
            self._open[path] = os.open(at.name, _FOLDER, dir_fd=at.folder)
        handle: int = self._open[path]
        if path not in self._names:
            # macOS may store a name decomposed (NFD).
            self._names[path] = {normalize("NFC", name): name for name in os.listdir(handle)}
        return handle

    def mode(self, path: str) -> int | None:
        """Return the mode of stat(2) of the file at `path`; None if none is there.

        Raises OSError.
        """
        with suppress(FileNotFoundError):
            status = self.entry(path).status()
            return status.st_mode if status else None
        return None


UndoStep = Callable[[], object]
"""Undoes one step, whether that was done, done in part or not at all."""


class _Transaction:
    """Moves and writes files, and remembers how to undo that."""

    def __init__(self, folders: _OpenFolders) -> None:
        self._folders = folders
        self._undo: list[UndoStep] = []
        self._backups: list[_Entry] = []
        self._emptied: dict[str, None] = {}
        """Folders that files were moved out of, in order: an ordered set."""

    def move(self, old: str, new: str) -> None:
        """Move the file at `old` to the path `new`."""
        with _write_errors_as_problems(new):
            self._make(new.rpartition("/")[0], old.rpartition("/")[0])
        with _write_errors_as_problems(old):
            source, target = self._folders.entry(old), self._folders.entry(new)
            self._undo.append(partial(_move_back, source, target))
            source.move(target)
        self._emptied[old.rpartition("/")[0]] = None

    def write(self, path: str, data: bytes) -> None:
        """Write `data` to the file at `path`, which keeps its owner and mode if it is there."""
        with _write_errors_as_problems(path):
            target = self._folders.entry(path)
            token, status = token_hex(8), target.status()
            new, old = target.beside(f".{token}.new"), target.beside(f".{token}.old")
            self._undo.append(new.unlink)
            _write(new, data, status)
            if status is None:
                self._undo.append(partial(_remove_new, target, new.status()))
                new.move(target)
                return
            self._undo.append(partial(_restore, old, target))
            self._backups.append(old)
            _back_up(target, old)
            new.replace(target)

    def _make(self, path: str, like: str) -> None:
        """Make the folder `path` and those above it, if missing, with the mode of `like`."""
        if not path or self._folders.mode(path) is not None:
            return
        self._make(path.rpartition("/")[0], like)
        at = self._folders.entry(path)
        mode = stat.S_IMODE(os.fstat(self._folders.open(like)).st_mode)
        self._undo.append(partial(_remove, at))
        os.mkdir(at.name, 0o700, dir_fd=at.folder)
        os.fchmod(self._folders.open(path), mode)

    def roll_back(self) -> None:
        """Undo all steps, the last first. What cannot be undone is left."""
        while self._undo:
            with suppress(OSError):
                self._undo.pop()()

    def commit(self) -> None:
        """Remove the backups, and the folders that became empty."""
        for backup in self._backups:
            with suppress(OSError):
                backup.unlink()
        for folder in self._emptied:
            with suppress(OSError):
                _remove(self._folders.entry(folder))


def _move_back(source: _Entry, target: _Entry) -> None:
    if source.is_same(target):
        target.unlink()
    elif source.status() is None:
        target.move(source)


def _write(new: _Entry, data: bytes, like: os.stat_result | None) -> None:
    """Write a new file, with the mode and, if allowed, the owner of `like`; None: the defaults."""
    handle = os.open(new.name, _NEW, 0o666, dir_fd=new.folder)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
        if like:
            with suppress(PermissionError):
                os.fchown(handle, like.st_uid, like.st_gid)
            os.fchmod(handle, stat.S_IMODE(like.st_mode))
    finally:
        os.close(handle)


def _back_up(target: _Entry, saved: _Entry) -> None:
    """Link the file `target` at `saved`; rename it, where there are no hard links."""
    try:
        target.link(saved)
    except OSError:
        target.replace(saved)


def _restore(saved: _Entry, target: _Entry) -> None:
    if saved.status():
        saved.replace(target)
        saved.unlink()  # it is still there if both are names of one file


def _remove_new(target: _Entry, new: os.stat_result | None) -> None:
    """Remove the file `target`, if it is the one with the status `new`."""
    status = target.status()
    if status and new and os.path.samestat(status, new):
        target.unlink()


def _remove(folder: _Entry) -> None:
    os.rmdir(folder.name, dir_fd=folder.folder)
