"""The disk. No other module of the engine reads or writes it."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from briefing.problems import Place, mistake

MANIFEST = ".manifest.json"
"""Says which files of the output folder are the build's; all others are left alone."""
LITTER = {"thumbs.db", "desktop.ini"}
SOURCES = ("content", "templates", "briefing", "tests", ".git", ".sources")
"""Folders of the project in which no site is written."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a write did to the output folder."""

    added: int
    changed: int
    removed: int

    def __str__(self) -> str:
        return f"{self.added} added, {self.changed} changed, {self.removed} removed"


def read_tree(root: Path, *names: str) -> dict[str, bytes]:
    """Read the regular files at or below some names, by path from the root.

    Links are not followed, special files not opened; dot files and what editors leave
    behind are not read. Raises Problems for what cannot be read.
    """
    try:
        paths = [path for name in names for path in sorted(_walk(root / name))]
        return {normalize("NFC", path.relative_to(root).as_posix()): _read(path) for path in paths}
    except OSError as error:
        place = Place(str(error.filename or root))
        raise mistake(place, f"cannot be read: {error.strerror}") from None


def _walk(path: Path) -> Iterator[Path]:
    if path.is_symlink():
        return
    if path.is_dir():
        for child in path.iterdir():
            if not _is_litter(child.name):
                yield from _walk(child)
    elif path.is_file():
        yield path


def _is_litter(name: str) -> bool:
    backup = name.endswith("~") or (name.startswith("#") and name.endswith("#"))
    return name.startswith(".") or backup or name.lower() in LITTER


def _read(path: Path) -> bytes:
    """Read a file, which may have become a link or a pipe since it was listed."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise mistake(Place(str(path)), "not a regular file", "remove it")
        return file.read()


def write_tree(output: Path, files: Mapping[str, bytes], sources: Path) -> Change:
    """Make the output folder hold these files; strangers in it are neither changed nor removed.

    All new files are written beside the old ones before the first takes its place, and one
    that is the same keeps its time. Raises Problems if the folder holds the sources or
    cannot be written.
    """
    _refuse_mad(output, sources)
    try:
        return _write(output, files)
    except OSError as error:
        place = Place(str(error.filename or output))
        raise mistake(
            place, f"cannot be written: {error.strerror}", "cure that, and build again"
        ) from None


def _refuse_mad(output: Path, sources: Path) -> None:
    cure = "choose a folder of its own, like output/"
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise mistake(Place(str(output)), "the output is not a folder", cure)
    here, there = output.resolve(), sources.resolve()
    kept = [there / name for name in SOURCES]
    inside = any(here == folder or folder in here.parents for folder in kept)
    if inside or here == there or here in there.parents or here == Path.home():
        raise mistake(Place(str(output)), "the output folder would hold the sources", cure)


def _write(output: Path, files: Mapping[str, bytes]) -> Change:
    output.mkdir(parents=True, exist_ok=True)
    ours = _manifest(output)
    for path in ours | files.keys():
        _refuse_links(output, path)
    old = {path: _held(output / path) for path in files}
    new = {output / path: data for path, data in files.items() if data != old[path]}
    added = sum(data is None for data in old.values())
    stale = sorted(ours - files.keys())
    # Until it is gone, a stale file is ours: a build that is cut off leaves it to the next one.
    _replace_all({output / MANIFEST: _listing(ours | files.keys())} | new)
    for path in stale:
        _remove(output, path)
    _replace_all({output / MANIFEST: _listing(files)})
    return Change(added, len(new) - added, len(stale))


def _refuse_links(output: Path, path: str) -> None:
    """A folder that is a link would lead out of the output."""
    for folder in list((output / path).parents)[: path.count("/")]:
        if folder.is_symlink():
            raise mistake(Place(str(folder)), "a folder of the output is a link", "remove it")


def _listing(paths: Iterable[str]) -> bytes:
    return json.dumps(sorted(paths), indent=0).encode()


def _manifest(output: Path) -> set[str]:
    """Read which files are ours; a manifest that somebody broke must not make us remove others."""
    try:
        listed = json.loads((output / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return set()
    paths = listed if isinstance(listed, list) else []
    return {path for path in paths if isinstance(path, str) and _is_below(path)}


def _is_below(path: str) -> bool:
    return not {"", ".", ".."} & set(path.split("/"))


def _held(target: Path) -> bytes | None:
    """Give what is in a file, or None where there is no regular one."""
    return target.read_bytes() if target.is_file() and not target.is_symlink() else None


def _replace_all(files: Mapping[Path, bytes]) -> None:
    beside = {target: target.with_name(f".{target.name}.new") for target in files}
    try:
        for target, data in files.items():
            _write_new(target, beside[target], data)
        for target, new in beside.items():
            new.replace(target)
    finally:
        for new in beside.values():
            new.unlink(missing_ok=True)


def _write_new(target: Path, new: Path, data: bytes) -> None:
    if target.is_dir() and not target.is_symlink():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    new.write_bytes(data)
    new.chmod(0o644)


def _remove(output: Path, path: str) -> None:
    """Remove a file, and the folders that are empty then."""
    (output / path).unlink(missing_ok=True)
    folder = (output / path).parent
    while folder != output and not (folder.exists() and any(folder.iterdir())):
        with suppress(FileNotFoundError):
            folder.rmdir()
        folder = folder.parent
