"""Exchanges two folders, or two files, in one step, on systems that can.

Linux has renameat2 with RENAME_EXCHANGE (https://man7.org/linux/man-pages/man2/rename.2.html),
macOS renameatx_np with RENAME_SWAP (its man page rename(2)).
"""

from __future__ import annotations

import errno
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

from briefing.storage.system.abilities import find_module

_AT_FDCWD = -2 if sys.platform == "darwin" else -100
"""Relative paths start at the working folder."""
_EXCHANGE_FLAG = 2
"""The value of RENAME_EXCHANGE on Linux, and of RENAME_SWAP on macOS."""


@cache
def _call() -> Any:
    """Return the call that exchanges two names, and the module `ctypes`; None where none is."""
    if (ctypes := find_module("ctypes")) is None:
        return None
    try:
        library = ctypes.CDLL(None, use_errno=True)
    except (OSError, TypeError):  # Windows has no library of that kind
        return None
    name = "renameatx_np" if sys.platform == "darwin" else "renameat2"
    call = getattr(library, name, None)
    return call and (call, ctypes)


def can_exchange() -> bool:
    """Whether the system has a call that exchanges two folders; a disk may still refuse it."""
    return _call() is not None


def exchange(one: Path, other: Path) -> None:
    """Exchange what stands at the paths `one` and `other`, so that no moment shows it half done.

    Raises OSError. Its errno is ENOSYS if the system has no such call, EINVAL if the file
    system cannot do it, EXDEV or EBUSY if one of the two is a file system of its own.
    """
    exchange_in(_AT_FDCWD, os.fsencode(one), os.fsencode(other))


def exchange_in(folder: int, one: bytes, other: bytes) -> None:
    """Exchange what has the names `one` and `other` in a folder, by its descriptor.

    Raises OSError as `exchange` does.
    """
    if (found := _call()) is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), os.fsdecode(one))
    call, ctypes = found
    if call(folder, one, folder, other, _EXCHANGE_FLAG) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), os.fsdecode(one))
