"""Replaces one source file, unless somebody has saved it meanwhile.

The new content is written beside the file, and then the two are exchanged in one step. What came
out is looked at: if it is not what was to be replaced, they are exchanged back. So no save of an
editor is lost, whether it writes the file, or renames another to it. Folders are opened without
following a link, by `storage.open_folders`.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from briefing.problems import Place, mistake
from briefing.storage.open_folders import Entry, OpenFolders, write_errors_as_problems, write_new
from briefing.storage.system.exchange_folders import exchange_in

_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}
"""Errors of a system, or of a file system, that exchanges nothing."""


def read_source(root: Path, path: str) -> bytes | None:
    """Return the content of the regular file at `path` in `root`; None if none is there.

    No link is followed. Raises Problems if the system refuses.
    """
    with write_errors_as_problems(path), OpenFolders.below(root) as folders:
        try:
            return folders.read(path)
        except OSError as error:
            if error.errno in {
                errno.ELOOP,
                errno.ENOTDIR,
            }:
                return None  # a link, or a file where a folder was
            raise


def replace_source(root: Path, path: str, before: bytes, after: bytes) -> bool:
    """Replace the content `before` of a file by `after`; return whether it was still that.

    Otherwise nothing is changed. path: from the folder `root`. Owner and mode stay.
    Raises Problems, with nothing changed, for what is no regular file, and if the system refuses.
    """
    with write_errors_as_problems(path), OpenFolders.below(root) as folders:
        folders.lock()
        if folders.read(path) != before:
            return False
        target = folders.entry(path)
        status = target.status()
        if status is None or not stat.S_ISREG(status.st_mode):
            raise mistake(Place(path), "is not a regular file", "take it away")
        name = f".{token_hex(8)}"
        new, old = target.beside(f"{name}.new"), target.beside(f"{name}.old")
        try:
            write_new(new, after, status)
            if _exchange(new, target):
                return _is_kept(target, new, before, after)
            return _replace(target, new, old, before)
        finally:
            for left in (new, old):
                with suppress(OSError):
                    left.unlink()


def remove_source(root: Path, path: str, before: bytes) -> bool:
    """Remove a file with the content `before`; return whether it was still that.

    Otherwise it stays. path: from the folder `root`. Raises Problems if the system refuses.
    """
    with write_errors_as_problems(path), OpenFolders.below(root) as folders:
        folders.lock()
        if folders.read(path) != before:
            return False
        target = folders.entry(path)
        away = target.beside(f".{token_hex(8)}.old")
        target.replace(away)
        is_same = away.read() == before
        if not is_same:
            with suppress(FileExistsError):  # it was saved once more: that is what stays
                away.move(target)
        away.unlink()
        return is_same


def _exchange(one: Entry, other: Entry) -> bool:
    """Exchange two files of one folder in one step; return False where no system call does it."""
    if (handle := one.folder.descriptor()) is None:
        return False
    try:
        exchange_in(handle, os.fsencode(one.name), os.fsencode(other.name))
    except OSError as error:
        if error.errno in _CANNOT:
            return False
        raise
    return True


def _is_kept(target: Entry, out: Entry, before: bytes, after: bytes) -> bool:
    """Return whether what was exchanged out is `before`; otherwise exchange it back.

    What is saved while it is put back comes out in place of what was put there, and goes back too.
    """
    put, found = after, out.read()
    if found == before:
        return True
    while True:
        _exchange(out, target)
        put, found, expected = found or b"", out.read(), put
        if found == expected:
            return False


def _replace(target: Entry, new: Entry, old: Entry, before: bytes) -> bool:
    """Replace a file where nothing is exchanged; a save in between is put back, if it is seen."""
    with suppress(OSError):  # a file system without hard links
        target.link(old)
    if target.read() != before:
        return False
    new.replace(target)
    if old.status() is None or old.read() == before:
        return True
    old.replace(target)
    return False
