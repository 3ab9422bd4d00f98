"""The disk. No other module of the engine reads or writes it."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from briefing.problems import Place, mistake

MANIFEST = ".manifest.json"
"""Says which files of the output folder are the build's; all others are left alone."""
LITTER = {"thumbs.db", "desktop.ini"}


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
    return {
        normalize("NFC", path.relative_to(root).as_posix()): _read(path)
        for name in names
        for path in sorted(_walk(root / name))
    }


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
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with open(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise mistake(Place(str(path)), "not a regular file", "remove it")
            return file.read()
    except OSError as error:
        raise mistake(Place(str(path)), f"cannot be read: {error.strerror}") from None


def write_tree(output: Path, files: Mapping[str, bytes], sources: Path) -> Change:
    """Make the output folder hold these files; strangers in it are neither changed nor removed.

    Each file is replaced whole, and one that is the same keeps its time. Raises Problems
    if the folder holds the sources or cannot be written.
    """
    _refuse_mad(output, sources)
    try:
        return _write(output, files)
    except OSError as error:
        place = Place(str(error.filename or output))
        raise mistake(
            place, f"cannot be written: {error.strerror}", "the site is as it was"
        ) from None


def _refuse_mad(output: Path, sources: Path) -> None:
    cure = "choose a folder of its own, like output/"
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise mistake(Place(str(output)), "the output is not a folder", cure)
    here, there = output.resolve(), sources.resolve()
    kept = [there / name for name in ("content", "templates", "briefing", "tests", ".git")]
    inside = any(here == folder or folder in here.parents for folder in kept)
    if inside or here == there or here in there.parents or here == Path.home():
        raise mistake(Place(str(output)), "the output folder would hold the sources", cure)


def _write(output: Path, files: Mapping[str, bytes]) -> Change:
    output.mkdir(parents=True, exist_ok=True)
    ours = _manifest(output)
    added = changed = 0
    for path, data in files.items():
        target = output / path
        if target.is_file() and not target.is_symlink():
            if target.read_bytes() == data:
                continue
            changed += 1
        else:
            added += 1
        _replace(target, data)
    stale = sorted(ours - files.keys())
    _replace(output / MANIFEST, json.dumps(sorted(files), indent=0).encode())
    for path in stale:
        _remove(output, path)
    return Change(added, changed, len(stale))


def _manifest(output: Path) -> set[str]:
    try:
        listed = json.loads((output / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return set()
    return {path for path in listed if isinstance(path, str) and ".." not in path.split("/")}


def _replace(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.new")
    beside.write_bytes(data)
    beside.chmod(0o644)
    beside.replace(target)


def _remove(output: Path, path: str) -> None:
    (output / path).unlink(missing_ok=True)
    for folder in (output / path).parents:
        if folder == output or any(folder.iterdir()):
            return
        folder.rmdir()
