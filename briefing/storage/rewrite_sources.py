"""Sources moved and rewritten where they are: all of them, or none.

Folders are opened one in the other, so that no link is followed, and files get a second name
before they lose the first, so that at every moment each is there. New files are written
beside those they replace, under names that nobody reads.
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


def rewrite(root: Path, moved: Mapping[str, str], written: Mapping[str, bytes]) -> None:
    """Move files in a folder, and write what some are to hold, those that moved by the new path.

    Paths are from the root. What is not there yet is made; folders that nothing is left in
    are removed. Raises Problems, with all as it was, if a file is not there, if something
    stands where one is to go, or if the system does not let us.
    """
    with _told(str(root)), _Folders.below(root) as folders:
        raise_if_any(_in_the_way(folders, moved, written))
        changes = _Changes(folders)
        try:
            for old, new in moved.items():
                changes.move(old, new)
            for path, data in written.items():
                changes.write(path, data)
        except BaseException:
            changes.undo()
            raise
        changes.settle()


@contextmanager
def _told(path: str) -> Iterator[None]:
    """Tell of what the system does not let us do."""
    try:
        yield
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise mistake(Place(path), message, "cure that, and rename again") from None


def _in_the_way(
    folders: _Folders, moved: Mapping[str, str], written: Mapping[str, bytes]
) -> Iterator[Problem]:
    """Tell of files that are not there, that are none, and of what stands where one is to go."""
    collector = Collector()
    changed = [path for path in written if path not in moved.values()]
    for path in sorted({*moved, *changed}):
        with collector.collect(), _told(path):
            mode = folders.mode(path)
            if mode is None and path in moved:
                cure = "rename again: the files have changed meanwhile"
                raise mistake(Place(path), "is no longer there", cure)
            if mode is not None and not stat.S_ISREG(mode):
                raise mistake(Place(path), "is not a regular file", "take it away")
    for path in sorted(moved.values()):
        with collector.collect(), _told(path):
            if folders.mode(path) is not None:
                raise mistake(Place(path), "is there already", "move it away, and rename again")
    yield from collector.found


class _Spot(Struct, frozen=True):
    """A name in an open folder, of a file that is there or not."""

    folder: int
    name: str

    def beside(self, name: str) -> _Spot:
        """Give another name in the same folder."""
        return _Spot(self.folder, name)

    def status(self) -> os.stat_result | None:
        """Give what the system says of the file, or None if none is there."""
        with suppress(FileNotFoundError):
            return os.stat(self.name, dir_fd=self.folder, follow_symlinks=False)
        return None

    def is_same(self, other: _Spot) -> bool:
        """Whether both are names of one file."""
        one, two = self.status(), other.status()
        return bool(one and two and os.path.samestat(one, two))

    def unlink(self) -> None:
        """Remove the file, if it is there."""
        with suppress(FileNotFoundError):
            os.unlink(self.name, dir_fd=self.folder)

    def link(self, other: _Spot) -> None:
        """Give the file a second name, which nothing has yet."""
        os.link(
            self.name,
            other.name,
            src_dir_fd=self.folder,
            dst_dir_fd=other.folder,
            follow_symlinks=False,
        )

    def replace(self, other: _Spot) -> None:
        """Give the file another name, and let what had that be gone."""
        os.replace(self.name, other.name, src_dir_fd=self.folder, dst_dir_fd=other.folder)

    def move(self, other: _Spot) -> None:
        """Give the file another name, which nothing has yet."""
        try:
            self.link(other)
        except FileExistsError:
            raise
        except OSError:  # perhaps a disk on which no file has two names
            if other.status():
                raise
            self.replace(other)
        else:
            self.unlink()


class _Folders:
    """The folders below a root, opened as they are wanted."""

    def __init__(self, root: int) -> None:
        self._open = {"": root}
        self._names: dict[str, dict[str, str]] = {}

    @classmethod
    @contextmanager
    def below(cls, root: Path) -> Iterator[_Folders]:
        """Open a folder, which may be reached by a link: who runs the program named it."""
        folders = cls(os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC))
        try:
            yield folders
        finally:
            for handle in folders._open.values():
                os.close(handle)

    def spot(self, path: str) -> _Spot:
        """Give where a file is, or would be, by its composed path.

        Raises OSError if the folder is not there, or is none.
        """
        above, _, name = path.rpartition("/")
        folder = self.open(above)
        return _Spot(folder, self._names[above].get(name, name))

    def open(self, path: str) -> int:
        """Open a folder. Raises OSError if it is not there, or is none."""
        if path not in self._open:
            at = self.spot(path)
            self._open[path] = os.open(at.name, _FOLDER, dir_fd=at.folder)
        handle: int = self._open[path]
        if path not in self._names:
            # A Mac may have taken the accents of a name apart.
            self._names[path] = {normalize("NFC", name): name for name in os.listdir(handle)}
        return handle

    def mode(self, path: str) -> int | None:
        """Give what kind of file there is, or None if none is there."""
        with suppress(FileNotFoundError):
            status = self.spot(path).status()
            return status.st_mode if status else None
        return None


Undo = Callable[[], object]
"""Lets a step be undone, whether it was done or not, or done in part."""


class _Changes:
    """What was done, so that it can be undone."""

    def __init__(self, folders: _Folders) -> None:
        self._folders = folders
        self._undo: list[Undo] = []
        self._saved: list[_Spot] = []
        self._left: dict[str, None] = {}
        """Folders that files were moved out of."""

    def move(self, old: str, new: str) -> None:
        """Move a file."""
        with _told(new):
            self._make(new.rpartition("/")[0], old.rpartition("/")[0])
        with _told(old):
            source, target = self._folders.spot(old), self._folders.spot(new)
            self._undo.append(partial(_move_back, source, target))
            source.move(target)
        self._left[old.rpartition("/")[0]] = None

    def write(self, path: str, data: bytes) -> None:
        """Write a file, or another in its place, of the same mode."""
        with _told(path):
            target = self._folders.spot(path)
            token, there = token_hex(8), target.status()
            new, old = target.beside(f".{token}.new"), target.beside(f".{token}.old")
            self._undo.append(new.unlink)
            _write(new, data, there)
            if there is None:
                self._undo.append(partial(_take_away, target, new.status()))
                new.move(target)
                return
            self._undo.append(partial(_put_back, old, target))
            self._saved.append(old)
            _save(target, old)
            new.replace(target)

    def _make(self, path: str, like: str) -> None:
        """Make a folder, and those above it, of the mode of another, if it is not there."""
        if not path or self._folders.mode(path) is not None:
            return
        self._make(path.rpartition("/")[0], like)
        at = self._folders.spot(path)
        mode = stat.S_IMODE(os.fstat(self._folders.open(like)).st_mode)
        self._undo.append(partial(_remove, at))
        os.mkdir(at.name, 0o700, dir_fd=at.folder)
        os.fchmod(self._folders.open(path), mode)

    def undo(self) -> None:
        """Let everything be as it was."""
        while self._undo:
            with suppress(OSError):
                self._undo.pop()()

    def settle(self) -> None:
        """Clear away what is no longer wanted: saved files, folders that nothing is left in."""
        for saved in self._saved:
            with suppress(OSError):
                saved.unlink()
        for folder in self._left:
            with suppress(OSError):
                _remove(self._folders.spot(folder))


def _move_back(source: _Spot, target: _Spot) -> None:
    if source.is_same(target):
        target.unlink()
    elif source.status() is None:
        target.move(source)


def _write(new: _Spot, data: bytes, like: os.stat_result | None) -> None:
    """Write a new file, with the mode, and if that may be the owner, of another."""
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


def _save(target: _Spot, saved: _Spot) -> None:
    """Give a file a second name, or another one where it cannot have two."""
    try:
        target.link(saved)
    except OSError:
        target.replace(saved)


def _put_back(saved: _Spot, target: _Spot) -> None:
    if saved.status():
        saved.replace(target)
        saved.unlink()  # it is still there if both are names of one file


def _take_away(target: _Spot, new: os.stat_result | None) -> None:
    """Remove a new file, if it is the one that was put there."""
    there = target.status()
    if there and new and os.path.samestat(there, new):
        target.unlink()


def _remove(folder: _Spot) -> None:
    os.rmdir(folder.name, dir_fd=folder.folder)
