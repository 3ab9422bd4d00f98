"""What is in the output folder, and what is to become of it.

A manifest in the folder says which files the build made. All others are strangers,
and are neither changed nor removed, nor is one of them written over.
"""

from __future__ import annotations

import json
import os
import stat
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import suppress
from pathlib import Path
from typing import cast

from msgspec import Struct

from briefing.problems import Place, Problem, raise_if_any

MANIFEST = ".manifest.json"
"""Names the files of the build, in the output folder."""
WORK = f"{MANIFEST}.new"
"""A folder in the output folder, for the time in which files are replaced one by one."""
FILE_MODE, FOLDER_MODE = 0o644, 0o755
"""What anybody may read, whatever the umask: GitHub Pages publishes nothing else."""


class Held(Struct):
    """What is in a folder."""

    modes: dict[str, int] = {}
    """What is at each path, a folder before what is in it: the mode of stat(2)."""
    closed: bool = False
    """Whether there is a folder that cannot be looked into or written into, or another disk."""

    def is_file(self, path: str) -> bool:
        """Whether there is a regular file."""
        return stat.S_ISREG(self.modes.get(path, 0))

    def is_folder(self, path: str) -> bool:
        """Whether there is a folder."""
        return stat.S_ISDIR(self.modes.get(path, 0))

    def may_be_read(self, path: str, mode: int) -> bool:
        """Whether a file or a folder has that mode."""
        return stat.S_IMODE(self.modes[path]) == mode


def look_into(folder: Path) -> Held:
    """Look at all that is in a folder; no link is followed."""
    held = Held()
    disk = folder.stat().st_dev if folder.is_dir() else 0
    root = f"{folder}/"  # a text: a path of pathlib for each of thousands takes longer than to look
    waiting = [""]
    while waiting:
        above = waiting.pop()
        try:
            with os.scandir(root + above) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except FileNotFoundError:
            continue
        except PermissionError:
            held.closed = True
            continue
        held.closed = held.closed or not os.access(root + above, os.W_OK)
        for entry in found:
            path = f"{above}{entry.name}"
            with suppress(FileNotFoundError):
                status = entry.stat(follow_symlinks=False)
                held.modes[path] = status.st_mode
                held.closed = held.closed or status.st_dev != disk
                if stat.S_ISDIR(status.st_mode):
                    waiting.append(f"{path}/")
    return held


def folders_above(path: str) -> Iterator[str]:
    """Give the folders above a file, outermost first."""
    parts = path.split("/")
    return ("/".join(parts[:end]) for end in range(1, len(parts)))


def all_folders(paths: Iterable[str]) -> set[str]:
    """Give the folders above some files."""
    found: set[str] = set()
    for path in paths:
        end = path.rfind("/")
        while end > 0 and (folder := path[:end]) not in found:
            found.add(folder)
            end = path.rfind("/", 0, end)
    return found


def listing(paths: Iterable[str]) -> bytes:
    """Write a manifest."""
    return json.dumps(sorted(paths), indent=0).encode()


def read_manifest(folder: Path) -> set[str]:
    """Read which files are the build's; one that somebody broke must not make us remove others."""
    try:
        listed = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return set()
    paths = listed if isinstance(listed, list) else []
    return {path for path in paths if isinstance(path, str) and _is_below(path)}


def _is_below(path: str) -> bool:
    return "\0" not in path and {"", ".", ".."}.isdisjoint(path.split("/"))


class Plan(Struct, frozen=True, kw_only=True):
    """How an output folder is to change."""

    output: Path
    files: Mapping[str, bytes]
    """Those of the new site that are at hand, its manifest too; all that are not kept are."""
    paths: Set[str]
    """Of every file of the new site."""
    ours: Set[str]
    """The files that are there and that the build made."""
    kept: Set[str]
    """Files of the new site that are there already as they shall be."""
    folders: Set[str]
    """Those of the new site."""
    emptied: Set[str]
    """Folders of the build's files that the new site does not have."""
    strangers: tuple[str, ...]
    """What the build did not make, a folder before what is in it."""
    held: Held

    @property
    def new(self) -> Set[str]:
        """The files to be written."""
        return self.paths - self.kept

    @property
    def stale(self) -> Set[str]:
        """Files of the build that the new site no longer has."""
        return self.ours - self.paths

    @property
    def is_of_one_file(self) -> bool:
        """Whether all that changes is what one file holds."""
        one = len(self.new) == 1 and self.new <= self.ours
        return one and not self.stale and not any(self.shut)

    @property
    def shut(self) -> Iterator[str]:
        """Folders of the site that not all may read."""
        there = (path for path in self.folders if self.held.is_folder(path))
        return (path for path in there if not self.held.may_be_read(path, FOLDER_MODE))


def plan_change(output: Path, files: Mapping[str, bytes], same: Set[str]) -> Plan:
    """Compare what is there with what shall be. Raises Problems for strangers in the way.

    `same` are the paths of further files, which are there as they shall be.
    """
    held = look_into(output)
    named = read_manifest(output) | {MANIFEST}
    ours = {path for path in named if held.is_file(path)}
    # Not in one dictionary: what is in a file is at hand only when it is asked for.
    whole = ChainMap({MANIFEST: listing([*files, *same])}, cast("dict[str, bytes]", files))
    paths = whole.keys() | same
    folders = all_folders(paths)
    kept = {path for path in whole if _is_as_it_shall_be(output, held, path, whole)} | same
    raise_if_any(_in_the_way(output, held, folders, paths - ours - kept))
    emptied = all_folders(named) - folders
    mine = ours | kept | folders | emptied
    return Plan(
        output=output,
        files=whole,
        paths=paths,
        ours=ours,
        kept=kept,
        folders=folders,
        emptied=emptied,
        strangers=tuple(path for path in held.modes if path not in mine),
        held=held,
    )


def _is_as_it_shall_be(output: Path, held: Held, path: str, files: Mapping[str, bytes]) -> bool:
    fine = held.is_file(path) and held.may_be_read(path, FILE_MODE)
    return fine and (output / path).read_bytes() == files[path]


def _in_the_way(output: Path, held: Held, folders: Set[str], wanted: Set[str]) -> Iterator[Problem]:
    """Tell of the strangers that stand where the site has a file or a folder."""
    cure = "the build did not make it: move it away, or choose another output"
    for path in sorted(folders):
        if path in held.modes and not held.is_folder(path):
            yield Problem(Place(str(output / path)), "stands where the site has a folder", cure)
    for path in sorted(wanted):
        if path in held.modes:
            yield Problem(Place(str(output / path)), "stands where the site has a file", cure)
