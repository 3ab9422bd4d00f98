"""Names in open folders: source files are moved and written without following a link.

Each folder of a path is opened in the one above, so that none that is replaced by a link meanwhile
leads out of the root, as far as the system can: `folder_handle`. `rewrite_sources` needs this.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from unicodedata import normalize

from msgspec import Struct

from briefing.problems import Place, mistake
from briefing.storage.system.folder_handle import FolderHandle, copy_owner, open_folder_at
from briefing.storage.system.folder_lock import NoLocksError, folder_lock


@contextmanager
def write_errors_as_problems(path: str) -> Iterator[None]:
    """Turn an OSError of the block into a problem at `path`. Raises Problems."""
    try:
        yield
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise mistake(Place(path), message, "cure that, and rename again") from None


class Entry(Struct, frozen=True):
    """A name in an open folder; a file of that name may be there or not."""

    folder: FolderHandle
    name: str

    def beside(self, name: str) -> Entry:
        """Return the entry `name` in the same folder."""
        return Entry(self.folder, name)

    def status(self) -> os.stat_result | None:
        """Return the stat result of the file; None if none is there."""
        with suppress(FileNotFoundError):
            return self.folder.status(self.name)
        return None

    def read(self) -> bytes | None:
        """Return the content of the regular file; None if none is there. No pipe is waited for."""
        try:
            handle = self.folder.open_file(self.name)
        except FileNotFoundError:
            return None
        with os.fdopen(handle, "rb") as file:
            return file.read() if stat.S_ISREG(os.fstat(handle).st_mode) else None

    def is_same(self, other: Entry) -> bool:
        """Whether both are names of one file that is there."""
        one, two = self.status(), other.status()
        return bool(one and two and os.path.samestat(one, two))

    def unlink(self) -> None:
        """Remove the file, if it is there."""
        with suppress(FileNotFoundError):
            self.folder.unlink(self.name)

    def link(self, other: Entry) -> None:
        """Link the file at `other`. Raises FileExistsError if that is taken."""
        self.folder.link(self.name, other.folder, other.name)

    def replace(self, other: Entry) -> None:
        """Rename the file to `other`, replacing what is there."""
        self.folder.replace(self.name, other.folder, other.name)

    def move(self, other: Entry) -> None:
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


class OpenFolders:
    """The open folders below a root, each opened when it is first asked for."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._open = {"": open_folder_at(str(root))}
        self._names: dict[str, dict[str, str]] = {}
        self._held = ExitStack()

    @classmethod
    @contextmanager
    def below(cls, root: Path) -> Iterator[OpenFolders]:
        """Open `root`, which alone may be reached by a link: the user named it. Raises OSError."""
        folders = cls(root)
        try:
            yield folders
        finally:
            folders._held.close()
            for folder in folders._open.values():
                folder.close()

    def entry(self, path: str) -> Entry:
        """Return the entry of a file by its NFC path, whether it is there or not.

        Raises OSError if its folder is missing or is no folder.
        """
        above, _, name = path.rpartition("/")
        folder = self.open(above)
        return Entry(folder, self._names[above].get(name, name))

    def open(self, path: str) -> FolderHandle:
        """Return a folder by its NFC path.

        Raises OSError if it is missing or is no folder.
        """
        if path not in self._open:
            at = self.entry(path)
            self._open[path] = at.folder.open_folder(at.name)
        folder: FolderHandle = self._open[path]
        if path not in self._names:
            # macOS may store a name decomposed (NFD).
            self._names[path] = {normalize("NFC", name): name for name in folder.names()}
        return folder

    def has_folder_of(self, path: str) -> bool:
        """Whether the folder of the file at `path` is there."""
        above = path.rpartition("/")[0]
        return not above or self.mode(above) is not None

    def read(self, path: str) -> bytes | None:
        """Return the content of the regular file at `path`; None if none is there.

        No pipe is waited for. Raises OSError.
        """
        try:
            return self.entry(path).read()
        except FileNotFoundError:
            return None

    def lock(self) -> None:
        """Wait until no other process builds from the root or rewrites it, and keep others out.

        It is the lock of `build_lock`, where the output folder stands beside the sources. A file
        system may have no locks: then nothing is waited for.
        """
        with suppress(OSError, NoLocksError):
            self._held.enter_context(folder_lock(self._root, lambda: None))

    def mode(self, path: str) -> int | None:
        """Return the mode of stat(2) of the file at `path`; None if none is there.

        Raises OSError.
        """
        with suppress(FileNotFoundError):
            status = self.entry(path).status()
            return status.st_mode if status else None
        return None


def write_new(new: Entry, data: bytes, like: os.stat_result | None) -> None:
    """Write a new file, with the mode and, if allowed, the owner of `like`; None: the defaults."""
    handle = new.folder.create_file(new.name, 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
        if like:
            copy_owner(handle, like)
            new.folder.set_file_mode(new.name, handle, stat.S_IMODE(like.st_mode))
    finally:
        os.close(handle)
