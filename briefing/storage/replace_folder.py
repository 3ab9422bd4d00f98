"""Makes the new site in a folder beside the old one, and exchanges the two in one step.

The new folder has hard links to the files that stay and to the foreign files of the old folder.
A build that is killed at any moment leaves the old site or the new one, whole; the next build
removes what is left in the work folder beside it. `exchange_folders` has the system call,
`output_changes` says what to write.
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
from briefing.storage.output_changes import (
    BUILD_MANIFEST,
    FILE_MODE,
    FOLDER_MODE,
    OutputChanges,
    parent_folders,
    read_manifest,
    scan_folder,
)
from briefing.storage.system.abilities import HAS_OWNERS
from briefing.storage.system.exchange_folders import exchange

_SITE, _MARK, _PAGE = "site", "inodes", "page"
"""In the work folder: the new site, or the old one after the exchange; a file by which the two are
told apart, `_WorkMark`. In the new site: a single file on its way."""


def work_folder(output: Path) -> Path:
    """Return the folder beside `output` where the new site is made, and the old one is removed."""
    return output.with_name(f".{output.name}.new")


def replace_output(plan: OutputChanges) -> None:
    """Make the whole new site, and exchange it with the old one.

    The old one is then in the work folder; `remove_leftovers` removes it. Raises OSError, with
    the output folder as it was.
    """
    work = work_folder(plan.output)
    with _undone_on_error(plan):
        _make_new_site(plan, work)
        if plan.output.exists():
            exchange(work / _SITE, plan.output)
        else:
            (work / _SITE).rename(plan.output)


def replace_one_file(plan: OutputChanges) -> None:
    """Replace the one file that changes, `plan.new`.

    Links for all the other files of a large site take longer than many builds. Raises OSError,
    with the output folder as it was.
    """
    (path,) = plan.new
    with _undone_on_error(plan):
        site = _make_work_folder(plan, work_folder(plan.output))
        write_new_file(site / _PAGE, plan.files[path])
        (site / _PAGE).replace(plan.output / path)


@contextmanager
def _undone_on_error(plan: OutputChanges) -> Iterator[None]:
    """Remove the work folder if the block raises anything."""
    try:
        yield
    except BaseException:
        with suppress(OSError):
            remove_leftovers(plan.output)
        raise


def _make_work_folder(plan: OutputChanges, work: Path) -> Path:
    """Make the work folder, and in it the folder of the new site, which is returned."""
    site = work / _SITE
    make_folder(work)
    make_folder(site)
    # Before anything else, so that a later build knows whether the two were exchanged.
    write_new_file(work / _MARK, _WorkMark.of(plan, site).encoded())
    return site


def _make_new_site(plan: OutputChanges, work: Path) -> None:
    site = _make_work_folder(plan, work)
    old, new = f"{plan.output}/", f"{site}/"
    for folder in sorted(plan.folders):
        make_folder(new + folder)
    for path in sorted(plan.paths):
        if path in plan.unchanged:
            link_or_copy(old + path, new + path)
        else:
            write_new_file(new + path, plan.files[path])
    for path in plan.foreign:
        _link_foreign(plan, path, site)
    for path in reversed(plan.foreign):
        if plan.contents.is_folder(path):
            _copy_attributes(plan.output / path, site / path)


class _WorkMark(Struct, frozen=True):
    """Inodes of the folder of the new site, and of the foreign files by path from the old one."""

    site: int
    foreign: Mapping[str, int]

    @classmethod
    def of(cls, plan: OutputChanges, site: Path) -> _WorkMark:
        """Return the mark of a new site in the folder `site`."""
        inodes = {path: _inode(plan.output / path) for path in plan.foreign}
        return cls(_inode(site), inodes)

    def encoded(self) -> bytes:
        """Return the mark as JSON."""
        return json.dumps([self.site, dict(self.foreign)]).encode()

    @classmethod
    def read(cls, work: Path) -> _WorkMark | None:
        """Read the mark of a work folder; None if a build was killed before it was written."""
        try:
            site, strangers = json.loads((work / _MARK).read_bytes())
        except (FileNotFoundError, ValueError):
            return None
        return cls(site, strangers)


def _inode(path: Path) -> int:
    return path.lstat().st_ino if os.path.lexists(path) else 0


def make_folder(folder: Path | str) -> None:
    """Make a folder that everybody may read. Raises OSError."""
    os.mkdir(folder)
    os.chmod(folder, FOLDER_MODE)


def write_new_file(path: Path | str, data: bytes) -> None:
    """Write a new file that everybody may read. Raises OSError, also if the path is taken."""
    with open(path, "xb", buffering=0) as file:
        left = memoryview(data)
        while left:
            left = left[file.write(left) :]
        if HAS_OWNERS:
            os.fchmod(file.fileno(), FILE_MODE)


def link_or_copy(old: Path | str, new: Path | str) -> None:
    """Link the file `old` at `new`; copy it, with its times, where there are no hard links.

    Raises OSError.
    """
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        shutil.copy2(old, new, follow_symlinks=False)


def _link_foreign(plan: OutputChanges, path: str, site: Path) -> None:
    """Link a foreign file into the new site `site`, or make a foreign folder there."""
    for folder in parent_folders(path):
        if not (site / folder).is_dir():
            make_folder(site / folder)
    if plan.contents.is_folder(path):
        make_folder(site / path)
    else:
        os.link(plan.output / path, site / path, follow_symlinks=False)


def _copy_attributes(old: Path, new: Path) -> None:
    """Copy owner, mode and times of the folder `old` to the folder `new`."""
    before, now = old.stat(), new.stat()
    if (before.st_uid, before.st_gid) != (now.st_uid, now.st_gid):
        os.chown(new, before.st_uid, before.st_gid)
    shutil.copystat(old, new)


def remove_leftovers(output: Path) -> None:
    """Remove the work folder of an earlier build beside `output`, and no foreign file.

    Raises OSError, and Problems for something of that name that no build left.
    """
    work = work_folder(output)
    if not os.path.lexists(work):
        return
    if not _is_work_folder(work):
        message = "stands where the build makes the new site"
        raise mistake(Place(str(work)), message, "move it away")
    if (site := work / _SITE).is_dir():
        mark = _WorkMark.read(work)
        # The two were exchanged if the folder is another one than the mark says.
        exchanged = mark if mark and mark.site != _inode(site) else None
        _remove_site(site, output, exchanged)
    # Last, so that another attempt after an error can still tell which site is which.
    (work / _MARK).unlink(missing_ok=True)
    work.rmdir()


def _is_work_folder(work: Path) -> bool:
    if work.is_symlink() or not work.is_dir():
        return False
    names = {path.name for path in work.iterdir()}
    return names <= {_SITE, _MARK} and (_MARK in names or not any((work / _SITE).glob("*")))


def _remove_site(site: Path, output: Path, replaced: _WorkMark | None) -> None:
    """Remove the site in the work folder.

    replaced: the mark, if it is the old site after an exchange; foreign files that were written
    to it after the new one was made are then moved to `output`. None: it is a new site that was
    never finished; its foreign files are links to those in `output`.
    """
    contents = scan_folder(site)
    built, root = read_manifest(site) | {BUILD_MANIFEST}, f"{site}/"
    for path in contents.modes:
        if not contents.is_folder(path) and path != BUILD_MANIFEST:
            if replaced and path not in built:
                _rescue(site / path, output / path, replaced.foreign.get(path, 0))
            with suppress(FileNotFoundError):
                os.unlink(root + path)
    for path in reversed(contents.modes):
        if contents.is_folder(path):
            os.rmdir(root + path)
    # After all that it lists, so that another attempt still knows the files of the build.
    (site / BUILD_MANIFEST).unlink(missing_ok=True)
    site.rmdir()


def _rescue(old: Path, new: Path, linked_inode: int) -> None:
    """Move a foreign file from the replaced site to the output folder if it is newer there.

    linked_inode: the inode that was linked into the new site; 0: none. If `old` has that inode,
    it is in the new site, or was removed there by another program.
    """
    if _inode(old) in {linked_inode, _inode(new)}:
        return
    if _inode(new) in {0, linked_inode} or old.lstat().st_ctime_ns > new.lstat().st_ctime_ns:
        new.parent.mkdir(parents=True, exist_ok=True)
        old.replace(new)
