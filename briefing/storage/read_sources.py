"""Reads source files from the disk: paths below the root of a site -> content by path.

Only regular files are read, no link is followed, and what editors leave behind is left out.
`read_tree` is the way in; `stat_cache` tells which files need not be read.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from fnmatch import translate
from pathlib import Path
from unicodedata import normalize

from briefing.problems import Collector, Place, Problem, mistake, raise_if_any
from briefing.storage.stat_cache import ARTICLE_TEXTS, FileStat, file_stat
from briefing.storage.system.folder_handle import FolderHandle, folder_at, is_link

MAX_SOURCE_BYTES = 16_000_000
"""Bytes of one file; a larger one is a problem. A bound on what a hostile file can cost."""
FILE_ENDINGS = (".yaml", ".md")
"""Endings of source files; a folder whose name has one is a problem, for it stands for a file."""
MAX_FOLDER_DEPTH = 8
"""Folders within folders that are read; a file below more is a problem. The content has two."""
EDITOR_FILES = (
    *(".*", "*~", "#*#", "~$*", "*.bak", "*.orig", "*.rej", "*.swp", "*.tmp", "*.part"),
    *("thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx"),
)
"""Files of editors and systems, which are ignored: patterns of names in lower case."""
STATIC_FOLDER = "static"
"""The folder of files that go out as they are: those with a dot before their names are read too, so
that none is left out in silence."""
_HIDDEN_EDITOR_FILES = (
    *(".ds_store", "._*", ".#*", ".~*", ".git*", ".directory", ".localized", ".nfs*"),
    *(".fuse_hidden*", ".goutputstream-*", ".*.sw?", ".*.part"),
)
"""Those of EDITOR_FILES that begin with a dot, one by one."""
_EDITOR_FILE = re.compile("|".join(map(translate, EDITOR_FILES)))
_STATIC_EDITOR_FILE = re.compile(
    "|".join(map(translate, (*_HIDDEN_EDITOR_FILES, *EDITOR_FILES[1:])))
)
_REPLACED_ERRNOS = {errno.ENOENT, errno.ELOOP, errno.ENOTDIR, errno.ENXIO}
"""Errors of open(2) if a file was removed or replaced by a link, a file or a socket meanwhile."""
_MAX_TRIES = 5


class _ChangedError(Exception):
    """Raised where a file changes while it is read: all is read again."""


def read_tree(root: Path, *names: str) -> dict[str, bytes]:
    """Return the content of the files at or below `names` in `root`, by NFC path from `root`.

    A name that is missing has no files. Files that change while they are read are read again.
    Raises Problems for everything that cannot be read, links and special files among it.
    """
    return read_changed(root, names, {})[0]


def read_article_texts(root: Path, folder: str = "") -> dict[str, bytes]:
    """Return the full texts of articles, by `<topic>/<article>.txt`.

    folder: the id of a topic; "": of all topics. Raises Problems for what cannot be read.
    """
    texts = read_tree(root, f"{ARTICLE_TEXTS}/{folder}" if folder else ARTICLE_TEXTS)
    return {path.removeprefix(f"{ARTICLE_TEXTS}/"): texts[path] for path in texts}


def read_text_file(path: Path) -> str:
    """Return the text of a regular file, which may be outside of the site. Raises Problems."""
    with (
        _read_errors_as_problems(str(path)),
        open(path, encoding="utf-8", errors="replace", opener=_open_without_waiting) as file,
    ):
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise mistake(Place(str(path)), "is not a regular file", "name one that is")
        return file.read()


def read_outside_file(path: Path) -> bytes:
    """Return a regular file, which may be outside of the site. Raises Problems."""
    with (
        _read_errors_as_problems(str(path)),
        open(path, "rb", opener=_open_without_waiting) as file,
    ):
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise mistake(Place(str(path)), "is not a regular file", "name one that is")
        data = file.read(MAX_SOURCE_BYTES + 1)
    if len(data) > MAX_SOURCE_BYTES:
        cure = "copy the text of the article to a .txt file"
        raise mistake(Place(str(path)), f"more than {MAX_SOURCE_BYTES:,} bytes", cure)
    return data


def read_json_files(path: Path) -> dict[str, bytes]:
    """Return the JSON files in a folder, or the one that `path` is, which may be anywhere.

    A folder may have none. Raises Problems for what cannot be read.
    """
    whole = path.resolve()
    files = read_tree(whole.parent, whole.name)
    found = {name: data for name, data in files.items() if name.endswith(".json")}
    if not (found or whole.is_dir()):
        raise mistake(Place(str(path)), "is no JSON file", "name the folder `data` of a site")
    return found


def _open_without_waiting(path: str, flags: int) -> int:
    """Open a file as `open` does, but a pipe without waiting for somebody to write to it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def append_text(path: Path, text: str) -> None:
    """Append `text` to the file `path`, which is created if missing. Raises OSError."""
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(text)


def read_changed(
    root: Path, names: tuple[str, ...], known: Mapping[str, FileStat | None]
) -> tuple[dict[str, bytes], frozenset[str]]:
    """Return the content of changed files, and the paths of the unchanged ones.

    names: as for `read_tree`, in `root`. A file is unchanged if its stat is that in `known`.

    known: stats by path of files whose content the caller has; None: to be read. Raises Problems
    for what cannot be read, and if files change during five attempts.
    """
    for _ in range(_MAX_TRIES):
        with suppress(_ChangedError):
            reader = _read_once(root, names, known)
            return reader.files, frozenset(reader.unchanged)
    raise mistake(Place(str(root)), "the files change while they are read", "build again")


def _read_once(root: Path, names: tuple[str, ...], known: Mapping[str, FileStat | None]) -> _Reader:
    reader = _Reader(known)
    with (
        reader.collector.collect(),
        _read_errors_as_problems(str(root)),
        folder_at(str(root)) as folder,
    ):
        for name in names:
            with suppress(FileNotFoundError):
                folder.status(name)
                reader.read(name, "", folder, MAX_FOLDER_DEPTH)
    reader.collector.done()
    return reader


@contextmanager
def _read_errors_as_problems(path: str) -> Iterator[None]:
    """Turn an OSError of the block into a problem at `path`. Raises Problems."""
    try:
        yield
    except OSError as error:
        is_gone = isinstance(error, FileNotFoundError)
        cure = "write its path as it is" if is_gone else "allow it to be read, or take it away"
        raise mistake(Place(path), f"cannot be read: {error.strerror}", cure) from None


class _Reader:
    """Reads files into a mapping, each by its name in an open folder.

    So a folder that is replaced by a link meanwhile cannot lead out of the tree.
    """

    def __init__(self, known: Mapping[str, FileStat | None]) -> None:
        self._known = known
        self.files: dict[str, bytes] = {}
        self.unchanged: set[str] = set()
        self.collector = Collector()

    def read(self, name: str, above: str, folder: FolderHandle, depth: int) -> None:
        """Read the file `name` in the open folder `folder`, or all in the folder of that name.

        above: the path of `folder`, with a slash at the end. depth: how many levels of folders
        may follow. What cannot be read is added to the collector.
        """
        with self.collector.collect():
            path = normalize("NFC", f"{above}{_decoded_name(name, above)}")
            with _read_errors_as_problems(path):
                self._read(name, path, folder, depth)

    def _read(self, name: str, path: str, folder: FolderHandle, depth: int) -> None:
        try:
            status = folder.status(name)
            if (known := self._known.get(path)) and known == file_stat(status):
                self.unchanged.add(path)
                return
            raise_if_any(_refusals(path, status, depth))
            if stat.S_ISDIR(status.st_mode):
                self._read_folder(path, folder.open_folder(name), depth)
            elif path in self.files:
                message = "the name is there twice, in two Unicode forms"
                raise mistake(Place(path), message, "take one of the two away")
            else:
                self.files[path] = _read_stable(folder.open_file(name), path)
        except OSError as error:
            if error.errno in _REPLACED_ERRNOS:
                raise _ChangedError from None
            raise

    def _read_folder(self, path: str, folder: FolderHandle, depth: int) -> None:
        """Read all in an open folder, and close it."""
        with closing(folder):
            for child in sorted(folder.names()):
                if not is_left_out(child, path):
                    self.read(child, f"{path}/", folder, depth - 1)


def _decoded_name(name: str, above: str) -> str:
    """Return a file name as text, decoded as UTF-8 whatever the locale is. Raises Problems."""
    try:
        return os.fsencode(name).decode()
    except UnicodeDecodeError:
        raise mistake(Place(f"{above}{name}"), "the name is not UTF-8", "rename it") from None


def _refusals(path: str, status: os.stat_result, depth: int) -> Iterator[Problem]:
    mode = status.st_mode
    if stat.S_ISDIR(mode) and path.endswith(FILE_ENDINGS):
        message = "is a folder, where a file of that name would be read"
        yield Problem(Place(path), message, "take it away, or give it another name")
    if is_link(status):
        yield Problem(Place(path), "is a link; no link is followed", "put what it leads to here")
    elif not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        yield Problem(Place(path), "is not a regular file", "take it away")
    elif not depth:
        cure = "take it away, or put it higher"
        yield Problem(Place(path), f"is below {MAX_FOLDER_DEPTH} folders", cure)


def is_left_out(path: str, folder: str = "") -> bool:
    """Whether a file or folder below a folder of sources is one of an editor or a system.

    path: from `folder`; "": from the root of the site.
    """
    whole = f"{folder}/{path}" if folder else path
    is_static = whole.startswith(f"{STATIC_FOLDER}/")
    pattern = _STATIC_EDITOR_FILE if is_static else _EDITOR_FILE
    return any(pattern.match(name.lower()) for name in path.split("/"))


def is_editor_file(name: str) -> bool:
    """Whether `name` is that of a file of an editor or a system, which is no source."""
    return _EDITOR_FILE.match(name.lower()) is not None


def _read_stable(handle: int, path: str) -> bytes:
    """Return the content of an open file, which is closed, if it did not change meanwhile.

    Raises Problems if it is too large.
    """
    try:
        before = os.fstat(handle)
        if not stat.S_ISREG(before.st_mode):
            raise _ChangedError
        data, size = b"", min(before.st_size, MAX_SOURCE_BYTES) + 1
        while len(data) <= MAX_SOURCE_BYTES and (more := os.read(handle, size)):
            data = data + more if data else more
        after = os.fstat(handle)
    finally:
        os.close(handle)
    if len(data) > MAX_SOURCE_BYTES:
        raise mistake(
            Place(path), f"more than {MAX_SOURCE_BYTES:,} bytes", "split it, or take it away"
        )
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, len(data)):
        raise _ChangedError
    return data
