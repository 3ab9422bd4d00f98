"""The new site made beside the old one, and put in its place in one step.

The new folder is made of links to what stays and to what others put into the old one.
Killed at any moment, a build leaves the old site or the new one, whole, and beside it
what the next build clears away.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from briefing.files.exchange import exchange
from briefing.files.plan import (
    FILE_MODE,
    FOLDER_MODE,
    MANIFEST,
    Plan,
    folders_above,
    listing,
    look_into,
    read_manifest,
)
from briefing.problems import Place, mistake


def place_of_work(output: Path) -> Path:
    """Give the place beside an output folder where the new site is made, and the old one ends."""
    return output.with_name(f".{output.name}.new")


def put_in_place(plan: Plan) -> None:
    """Make the whole new site and let it change places with the old one.

    `clear_away` removes the old one then. Raises OSError, with all as it was.
    """
    beside = place_of_work(plan.output)
    try:
        _make(plan, beside)
        if plan.output.exists():
            if not plan.held.is_file(MANIFEST):  # that of a folder with strangers only
                write(plan.output / MANIFEST, listing(()))
            exchange(beside, plan.output)
        else:
            beside.rename(plan.output)
    except BaseException:
        clear_away(plan.output)
        raise


def _make(plan: Plan, beside: Path) -> None:
    make_folder(beside)
    # First of all, so that whatever happens it is known which files are the build's.
    write(beside / MANIFEST, plan.files[MANIFEST])
    for folder in sorted(plan.folders):
        make_folder(beside / folder)
    for path in sorted(plan.files.keys() - {MANIFEST}):
        if path in plan.kept:
            link(plan.output / path, beside / path)
        else:
            write(beside / path, plan.files[path])
    for path in plan.strangers:
        _take_over(plan, path, beside)
    for path in reversed(plan.strangers):
        if plan.held.is_folder(path):
            _make_alike(plan.output / path, beside / path)


def make_folder(folder: Path) -> None:
    """Make a folder that all may read."""
    folder.mkdir()
    folder.chmod(FOLDER_MODE)


def write(path: Path, data: bytes) -> None:
    """Write a new file that all may read."""
    with path.open("xb") as file:
        file.write(data)
        os.fchmod(file.fileno(), FILE_MODE)


def link(old: Path, new: Path) -> None:
    """Let a file stand in a second place too; where links cannot be had, a copy of its age."""
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        shutil.copy2(old, new, follow_symlinks=False)


def _take_over(plan: Plan, path: str, beside: Path) -> None:
    """Let what others made stand in the new folder as it does in the old one."""
    for folder in folders_above(path):
        if not (beside / folder).is_dir():
            make_folder(beside / folder)
    if plan.held.is_folder(path):
        make_folder(beside / path)
    else:
        os.link(plan.output / path, beside / path, follow_symlinks=False)


def _make_alike(old: Path, new: Path) -> None:
    """Give a folder the owner, the mode and the time of another."""
    found = old.stat()
    with suppress(PermissionError):
        os.chown(new, found.st_uid, found.st_gid)
    shutil.copystat(old, new)


def clear_away(output: Path) -> None:
    """Remove what a build left beside an output folder, and nothing that others made.

    What they put into the old site while the new one was made is not in the new one yet.
    Raises OSError, and Problems for a folder that no build left.
    """
    beside = place_of_work(output)
    if not os.path.lexists(beside):
        return
    held = look_into(beside)
    if beside.is_symlink() or not beside.is_dir() or (held.modes and not held.is_file(MANIFEST)):
        cure = "move it away"
        raise mistake(Place(str(beside)), "stands where the build makes the new site", cure)
    ours = read_manifest(beside)
    files = [path for path in held.modes if not held.is_folder(path) and path != MANIFEST]
    for path in files:
        if path not in ours:
            _rescue(beside / path, output / path)
        (beside / path).unlink(missing_ok=True)
    for path in reversed(held.modes):
        if held.is_folder(path):
            (beside / path).rmdir()
    # Last of all, so that a next try too knows which files are the build's.
    (beside / MANIFEST).unlink(missing_ok=True)
    beside.rmdir()


def _rescue(left: Path, there: Path) -> None:
    """Bring what others made to its place, unless it, or something newer, stands there."""
    if not os.path.lexists(there):
        there.parent.mkdir(parents=True, exist_ok=True)
        left.rename(there)
        return
    old, new = left.lstat(), there.lstat()
    if not os.path.samestat(old, new) and old.st_mtime_ns > new.st_mtime_ns:
        left.replace(there)
