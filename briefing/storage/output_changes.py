"""Compares the output folder with the files of the new site: what to write, keep and remove.

A manifest in the folder lists the files that the build wrote. All other files and folders in it
are foreign: they are neither changed nor removed nor overwritten. `write_output` carries the
changes out.
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
from briefing.storage.system.abilities import HAS_OWNERS

BUILD_MANIFEST = ".manifest.json"
"""File in the output folder that lists the files of the build."""
WORK_FOLDER = f"{BUILD_MANIFEST}.new"
"""Folder in the output folder that is there while files are replaced one by one."""
FILE_MODE, FOLDER_MODE = 0o644, 0o755
"""Modes of all files and folders of a site, whatever the umask.

GitHub Pages publishes only what everybody may read.
"""


class FolderContents(Struct):
    """What `scan_folder` finds in a folder."""

    modes: dict[str, int] = {}
    """Mode of stat(2) by path from the folder; each folder comes before what is in it."""
    restricted: bool = False
    """Whether some folder in it cannot be read or written, or is on another file system."""

    def is_file(self, path: str) -> bool:
        """Whether a regular file stands at `path`."""
        return stat.S_ISREG(self.modes.get(path, 0))

    def is_folder(self, path: str) -> bool:
        """Whether a folder stands at `path`."""
        return stat.S_ISDIR(self.modes.get(path, 0))

    def has_mode(self, path: str, mode: int) -> bool:
        """Whether the file or folder at `path`, which must be there, has the permissions `mode`."""
        return has_permissions(self.modes[path], mode)


def has_permissions(found: int, mode: int) -> bool:
    """Whether a mode of stat(2), `found`, has the permissions `mode`, where there are such."""
    return not HAS_OWNERS or stat.S_IMODE(found) == mode


def scan_folder(folder: Path) -> FolderContents:
    """Return all that is in `folder`, at any depth; a link is listed and not followed."""
    contents = FolderContents()
    device = folder.stat().st_dev if folder.is_dir() else 0
    root = f"{folder}/"  # text: making a pathlib.Path for each of thousands takes longer than stat
    waiting = [""]
    while waiting:
        above = waiting.pop()
        try:
            with os.scandir(root + above) as entries:
                children = sorted(entries, key=lambda entry: entry.name)
        except FileNotFoundError:
            continue
        except PermissionError:
            contents.restricted = True
            continue
        contents.restricted = contents.restricted or not os.access(root + above, os.W_OK)
        for entry in children:
            path = f"{above}{entry.name}"
            with suppress(FileNotFoundError):
                status = entry.stat(follow_symlinks=False)
                contents.modes[path] = status.st_mode
                contents.restricted = contents.restricted or (
                    HAS_OWNERS and status.st_dev != device
                )
                if stat.S_ISDIR(status.st_mode):
                    waiting.append(f"{path}/")
    return contents


def parent_folders(path: str) -> Iterator[str]:
    """Return the folders above the file `path`, outermost first."""
    parts = path.split("/")
    return ("/".join(parts[:end]) for end in range(1, len(parts)))


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return all folders above the files `paths`."""
    folders: set[str] = set()
    for path in paths:
        end = path.rfind("/")
        while end > 0 and (folder := path[:end]) not in folders:
            folders.add(folder)
            end = path.rfind("/", 0, end)
    return folders


def encode_manifest(paths: Iterable[str]) -> bytes:
    """Return the content of a manifest that lists `paths`."""
    return json.dumps(sorted(paths), indent=0).encode()


def read_manifest(folder: Path) -> set[str]:
    """Return the files that the manifest in `folder` lists; none if it is missing or damaged.

    Paths that lead out of the folder are left out, so that an edited manifest cannot make a
    build remove other files.
    """
    try:
        listed = json.loads((folder / BUILD_MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return set()
    paths = listed if isinstance(listed, list) else []
    return {path for path in paths if isinstance(path, str) and _is_below(path)}


def _is_below(path: str) -> bool:
    return "\0" not in path and {"", ".", ".."}.isdisjoint(path.split("/"))


class OutputChanges(Struct, frozen=True, kw_only=True):
    """What a new site changes in the output folder. All paths start at that folder."""

    output: Path
    files: Mapping[str, bytes]
    """Content of the files of the new site and of its manifest.

    Some files of `unchanged` may be missing.
    """
    paths: Set[str]
    """Every file of the new site, and its manifest."""
    built: Set[str]
    """Files in the folder that an earlier build wrote."""
    unchanged: Set[str]
    """Files of the new site that are in the folder with the same content and mode."""
    folders: Set[str]
    """Folders of the new site."""
    former_folders: Set[str]
    """Folders of files of an earlier build that the new site does not have."""
    foreign: tuple[str, ...]
    """Files and folders that no build made; each folder comes before what is in it."""
    contents: FolderContents

    @property
    def new(self) -> Set[str]:
        """Files to be written."""
        return self.paths - self.unchanged

    @property
    def stale(self) -> Set[str]:
        """Files of an earlier build that the new site does not have."""
        return self.built - self.paths

    @property
    def is_one_rewrite(self) -> bool:
        """Whether the content of one file is all that changes.

        A build that was killed may have left folders that are to be removed.
        """
        one = len(self.new) == 1 and self.new <= self.built
        left = any(map(self.contents.is_folder, self.former_folders))
        return one and not (self.stale or left or any(self.unreadable_folders))

    @property
    def unreadable_folders(self) -> Iterator[str]:
        """Folders of the new site that are there and have another mode than FOLDER_MODE."""
        existing = (path for path in self.folders if self.contents.is_folder(path))
        return (path for path in existing if not self.contents.has_mode(path, FOLDER_MODE))


def plan_output_changes(
    output: Path, files: Mapping[str, bytes], unchanged: Set[str]
) -> OutputChanges:
    """Compare the folder `output` with the files of the new site, by path.

    unchanged: paths of further files of the site, which are in the folder as they should be.
    Raises Problems for foreign files where the site has a file or a folder.
    """
    contents = scan_folder(output)
    listed = read_manifest(output) | {BUILD_MANIFEST}
    built = {path for path in listed if contents.is_file(path)}
    # A ChainMap and not a dict: `files` may load the content of a file when it is asked for.
    all_files = ChainMap(
        {BUILD_MANIFEST: encode_manifest([*files, *unchanged])}, cast("dict[str, bytes]", files)
    )
    paths = all_files.keys() | unchanged
    folders = folders_of(paths)
    current = {path for path in all_files if _is_current(output, contents, path, all_files)}
    current |= unchanged
    raise_if_any(_conflicts(output, contents, folders, paths - built - current))
    former_folders = folders_of(listed) - folders
    own = built | current | folders | former_folders
    return OutputChanges(
        output=output,
        files=all_files,
        paths=paths,
        built=built,
        unchanged=current,
        folders=folders,
        former_folders=former_folders,
        foreign=tuple(path for path in contents.modes if path not in own),
        contents=contents,
    )


def _is_current(
    output: Path, contents: FolderContents, path: str, files: Mapping[str, bytes]
) -> bool:
    readable = contents.is_file(path) and contents.has_mode(path, FILE_MODE)
    return readable and (output / path).read_bytes() == files[path]


def _conflicts(
    output: Path, contents: FolderContents, folders: Set[str], new_files: Set[str]
) -> Iterator[Problem]:
    """Yield a problem for each foreign file that stands where the site has a file or a folder."""
    cure = "the build did not make it: move it away, or choose another output"
    for path in sorted(folders):
        if path in contents.modes and not contents.is_folder(path):
            yield Problem(Place(str(output / path)), "stands where the site has a folder", cure)
    for path in sorted(new_files):
        if path in contents.modes:
            yield Problem(Place(str(output / path)), "stands where the site has a file", cure)
