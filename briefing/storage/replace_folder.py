"""The new site made beside the old one, and put in its place in one step.

The new folder is made of links to what stays and to what others put into the old one.
Killed at any moment, a build leaves the old site or the new one, whole, and beside it
what the next build clears away.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from briefing.problems import Place, mistake
from briefing.storage.exchange_folders import exchange
from briefing.storage.output_changes import (
    FILE_MODE,
    FOLDER_MODE,
    MANIFEST,
    Plan,
    folders_above,
    look_into,
    read_manifest,
)

_SITE, _MARK, _PAGE = "site", "inodes", "page"
"""What is in the place of work: a site, or one page; a file that tells which of the two it is."""


def place_of_work(output: Path) -> Path:
    """Give the folder beside an output folder where the new site is made, and the old one ends."""
    return output.with_name(f".{output.name}.new")


def put_in_place(plan: Plan) -> None:
    """Make the whole new site and let it change places with the old one.

    `clear_away` removes the old one then. Raises OSError, with all as it was.
    """
    work = place_of_work(plan.output)
    with _as_it_was(plan):
        _make(plan, work)
        if plan.output.exists():
            exchange(work / _SITE, plan.output)
        else:
            (work / _SITE).rename(plan.output)


def put_one_in_place(plan: Plan) -> None:
    """Put a new version of one file, which is all that changes, in the place of the old one.

    Raises OSError, with all as it was.
    """
    (path,) = plan.new
    with _as_it_was(plan):
        site = _begin(plan, place_of_work(plan.output))
        write(site / _PAGE, plan.files[path])
        (site / _PAGE).replace(plan.output / path)


@contextmanager
def _as_it_was(plan: Plan) -> Iterator[None]:
    """Clear away what was made if something goes wrong."""
    try:
        yield
    except BaseException:
        with suppress(OSError):
            clear_away(plan.output)
        raise


def _begin(plan: Plan, work: Path) -> Path:
    """Make the place of work, and in it the folder for a site."""
    site = work / _SITE
    make_folder(work)
    make_folder(site)
    # First of all, so that whatever happens it is known what has changed places.
    write(work / _MARK, _Mark.of(plan, site).written())
    return site


def _make(plan: Plan, work: Path) -> None:
    site = _begin(plan, work)
    old, new = f"{plan.output}/", f"{site}/"
    for folder in sorted(plan.folders):
        make_folder(new + folder)
    for path in sorted(plan.paths):
        if path in plan.kept:
            link(old + path, new + path)
        else:
            write(new + path, plan.files[path])
    for path in plan.strangers:
        _take_over(plan, path, site)
    for path in reversed(plan.strangers):
        if plan.held.is_folder(path):
            _make_alike(plan.output / path, site / path)


class _Mark(Struct, frozen=True):
    """The inodes of the folder a new site is made in, and of what others had put into the old."""

    site: int
    strangers: Mapping[str, int]

    @classmethod
    def of(cls, plan: Plan, site: Path) -> _Mark:
        inodes = {path: _inode(plan.output / path) for path in plan.strangers}
        return cls(_inode(site), inodes)

    def written(self) -> bytes:
        return json.dumps([self.site, dict(self.strangers)]).encode()

    @classmethod
    def read(cls, work: Path) -> _Mark | None:
        """Read the mark of a place of work; None where a build was killed before it was written."""
        try:
            site, strangers = json.loads((work / _MARK).read_bytes())
        except (FileNotFoundError, ValueError):
            return None
        return cls(site, strangers)


def _inode(path: Path) -> int:
    return path.lstat().st_ino if os.path.lexists(path) else 0


def make_folder(folder: Path | str) -> None:
    """Make a folder that all may read."""
    os.mkdir(folder)
    os.chmod(folder, FOLDER_MODE)


def write(path: Path | str, data: bytes) -> None:
    """Write a new file that all may read."""
    with open(path, "xb", buffering=0) as file:
        left = memoryview(data)
        while left:
            left = left[file.write(left) :]
        os.fchmod(file.fileno(), FILE_MODE)


def link(old: Path | str, new: Path | str) -> None:
    """Let a file stand in a second place too; where links cannot be had, a copy of its age."""
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        shutil.copy2(old, new, follow_symlinks=False)


def _take_over(plan: Plan, path: str, site: Path) -> None:
    """Let what others made stand in the new folder as it does in the old one."""
    for folder in folders_above(path):
        if not (site / folder).is_dir():
            make_folder(site / folder)
    if plan.held.is_folder(path):
        make_folder(site / path)
    else:
        os.link(plan.output / path, site / path, follow_symlinks=False)


def _make_alike(old: Path, new: Path) -> None:
    """Give a folder the owner, the mode and the time of another."""
    found, made = old.stat(), new.stat()
    if (found.st_uid, found.st_gid) != (made.st_uid, made.st_gid):
        os.chown(new, found.st_uid, found.st_gid)
    shutil.copystat(old, new)


def clear_away(output: Path) -> None:
    """Remove what a build left beside an output folder, and nothing that others made.

    Raises OSError, and Problems for a folder that no build left.
    """
    work = place_of_work(output)
    if not os.path.lexists(work):
        return
    if not _is_place_of_work(work):
        message = "stands where the build makes the new site"
        raise mistake(Place(str(work)), message, "move it away")
    if (site := work / _SITE).is_dir():
        mark = _Mark.read(work)
        # The two have changed places if it is another folder than that which was made here.
        over = mark if mark and mark.site != _inode(site) else None
        _remove_site(site, output, over)
    # Last of all, so that a next try too knows what the site is.
    (work / _MARK).unlink(missing_ok=True)
    work.rmdir()


def _is_place_of_work(work: Path) -> bool:
    if work.is_symlink() or not work.is_dir():
        return False
    found = {path.name for path in work.iterdir()}
    return found <= {_SITE, _MARK} and (_MARK in found or not any((work / _SITE).glob("*")))


def _remove_site(site: Path, output: Path, over: _Mark | None) -> None:
    """Remove a site; what others put into one that is over is brought to the one that is not.

    What they have in one that was never finished are links to what is, or was, in the other.
    """
    held = look_into(site)
    ours, root = read_manifest(site) | {MANIFEST}, f"{site}/"
    for path in held.modes:
        if not held.is_folder(path) and path != MANIFEST:
            if over and path not in ours:
                _rescue(site / path, output / path, over.strangers.get(path, 0))
            with suppress(FileNotFoundError):
                os.unlink(root + path)
    for path in reversed(held.modes):
        if held.is_folder(path):
            os.rmdir(root + path)
    # After all it names, so that a next try too knows which files are the build's.
    (site / MANIFEST).unlink(missing_ok=True)
    site.rmdir()


def _rescue(left: Path, there: Path, known: int) -> None:
    """Bring to its place what others put into a site while the one that replaced it was made.

    What is known was linked into that: if something else, or nothing, is there now, they did it.
    """
    if _inode(left) in {known, _inode(there)}:
        return
    if _inode(there) in {0, known} or left.lstat().st_ctime_ns > there.lstat().st_ctime_ns:
        there.parent.mkdir(parents=True, exist_ok=True)
        left.replace(there)
