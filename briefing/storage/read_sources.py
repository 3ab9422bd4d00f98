"""The disk, read: regular files only, no link followed, what editors leave behind left out."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from fnmatch import translate
from pathlib import Path
from unicodedata import normalize

from briefing.problems import Collector, Place, Problem, mistake, raise_if_any
from briefing.storage.stat_cache import FileStat, file_stat

ARTICLE_TEXTS = ".sources"
"""Where the texts that were read can be kept, out of git."""
MAX_FILE = 16_000_000
"""Bytes of one file: a bound on what a hostile file can cost."""
MAX_FOLDER_DEPTH = 8
"""Folders within folders; the content has two."""
LITTER = (
    *(".*", "*~", "#*#", "~$*", "*.bak", "*.orig", "*.rej", "*.swp", "*.tmp", "*.part"),
    *("thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx"),
)
"""What editors and systems leave behind, as patterns of names in small letters."""
_LITTER = re.compile("|".join(map(translate, LITTER)))
_OPEN = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_REPLACED = {errno.ENOENT, errno.ELOOP, errno.ENOTDIR, errno.ENXIO}
"""What opening says where nothing, a link, a file or a socket has come in the place of a file."""
_TRIES = 5


class _ChangedError(Exception):
    """What is read was changed meanwhile, and must be read again."""


def read_tree(root: Path, *names: str) -> dict[str, bytes]:
    """Read the regular files at or below some names, by NFC path from the root.

    A name that is not there has no files. Links are not followed and special files not
    opened, but told of. What changes while it is read is read again. Raises Problems for
    everything that cannot be read.
    """
    return read_changed(root, names, {})[0]


def read_article_texts(root: Path, folder: str = "") -> dict[str, bytes]:
    """Read the texts that are kept of all topics, or of one, by `<topic>/<article>.txt`.

    Raises Problems.
    """
    found = read_tree(root, f"{ARTICLE_TEXTS}/{folder}" if folder else ARTICLE_TEXTS)
    return {path.removeprefix(f"{ARTICLE_TEXTS}/"): found[path] for path in found}


def read_list(path: Path) -> str:
    """Read a list that was kept somewhere: one entry a line. Raises Problems."""
    with _told(str(path)):
        return path.read_text(encoding="utf-8", errors="replace")


def append_to(path: Path, text: str) -> None:
    """Add to what is in a file, or make one. Raises OSError."""
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def read_changed(
    root: Path, names: tuple[str, ...], known: Mapping[str, FileStat | None]
) -> tuple[dict[str, bytes], frozenset[str]]:
    """Read as `read_tree` does, but for files that are as they were when they had these stamps.

    Gives the paths of those too.
    """
    for _ in range(_TRIES):
        with suppress(_ChangedError):
            reader = _read_once(root, names, known)
            return reader.files, frozenset(reader.same)
    raise mistake(Place(str(root)), "the files change while they are read", "build again")


def _read_once(root: Path, names: tuple[str, ...], known: Mapping[str, FileStat | None]) -> _Reader:
    reader = _Reader(known)
    with reader.collector.collect(), _told(str(root)), _opened(root, None) as folder:
        for name in names:
            with suppress(FileNotFoundError):
                os.stat(name, dir_fd=folder, follow_symlinks=False)
                reader.read(name, "", folder, MAX_FOLDER_DEPTH)
    reader.collector.done()
    return reader


@contextmanager
def _told(path: str) -> Iterator[None]:
    """Tell of a file or folder that the system does not let us read."""
    try:
        yield
    except OSError as error:
        cure = "allow it to be read, or take it away"
        raise mistake(Place(path), f"cannot be read: {error.strerror}", cure) from None


@contextmanager
def _opened(name: str | Path, folder: int | None) -> Iterator[int]:
    """Open a file or a folder in a folder, whatever has been put in its place meanwhile."""
    # The root itself may be reached by a link: who runs the program named it.
    handle = os.open(name, _OPEN if folder is not None else os.O_RDONLY, dir_fd=folder)
    try:
        yield handle
    finally:
        os.close(handle)


class _Reader:
    """Reads files into a mapping, by way of open folders, so that no path is followed twice."""

    def __init__(self, known: Mapping[str, FileStat | None]) -> None:
        self._known = known
        self.files: dict[str, bytes] = {}
        self.same: set[str] = set()
        self.collector = Collector()

    def read(self, name: str, above: str, folder: int, depth: int) -> None:
        """Read a file, or all in a folder; what is wrong is told to the collector."""
        with self.collector.collect():
            path = normalize("NFC", f"{above}{_decoded(name, above)}")
            with _told(path):
                self._read(name, path, folder, depth)

    def _read(self, name: str, path: str, folder: int, depth: int) -> None:
        try:
            status = os.stat(name, dir_fd=folder, follow_symlinks=False)
            kind = status.st_mode
            if (known := self._known.get(path)) and known == file_stat(status):
                self.same.add(path)
                return
            raise_if_any(_not_taken(path, kind, depth))
            with _opened(name, folder) as handle:
                if stat.S_ISDIR(kind):
                    self._read_folder(path, handle, depth)
                elif path in self.files:
                    raise mistake(Place(path), "the name is there twice, in two Unicode forms")
                else:
                    self.files[path] = _content(handle, path)
        except OSError as error:
            if error.errno in _REPLACED:
                raise _ChangedError from None
            raise

    def _read_folder(self, path: str, handle: int, depth: int) -> None:
        for child in sorted(os.listdir(handle)):
            if not is_editor_file(child):
                self.read(child, f"{path}/", handle, depth - 1)


def _decoded(name: str, above: str) -> str:
    """Give a file name as text: UTF-8, whatever the locale takes it for."""
    try:
        return os.fsencode(name).decode()
    except UnicodeDecodeError:
        raise mistake(Place(f"{above}{name}"), "the name is not UTF-8", "rename it") from None


def _not_taken(path: str, kind: int, depth: int) -> Iterator[Problem]:
    if stat.S_ISLNK(kind):
        yield Problem(Place(path), "is a link; no link is followed", "put what it leads to here")
    elif not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):
        yield Problem(Place(path), "is not a regular file", "take it away")
    elif not depth:
        cure = "take it away, or put it higher"
        yield Problem(Place(path), f"is below {MAX_FOLDER_DEPTH} folders", cure)


def is_editor_file(name: str) -> bool:
    """Whether a file of that name is what editors and systems leave behind."""
    return _LITTER.match(name.lower()) is not None


def _content(handle: int, path: str) -> bytes:
    """Give what is in a file, once it has held still."""
    before = os.fstat(handle)
    if not stat.S_ISREG(before.st_mode):
        raise _ChangedError
    data, size = b"", min(before.st_size, MAX_FILE) + 1
    while len(data) <= MAX_FILE and (more := os.read(handle, size)):
        data = data + more if data else more
    if len(data) > MAX_FILE:
        raise mistake(Place(path), f"more than {MAX_FILE:,} bytes", "split it, or take it away")
    after = os.fstat(handle)
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, len(data)):
        raise _ChangedError
    return data
