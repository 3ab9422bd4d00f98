"""Exchanges two folders in one step, on systems that can.

Linux has renameat2 with RENAME_EXCHANGE (https://man7.org/linux/man-pages/man2/rename.2.html),
macOS renamex_np with RENAME_SWAP (its man page rename(2)).
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
"""Relative paths start at the working folder."""
_EXCHANGE_FLAG = 2
"""The value of RENAME_EXCHANGE on Linux, and of RENAME_SWAP on macOS."""


def exchange(one: Path, other: Path) -> None:
    """Exchange what stands at the paths `one` and `other`, so that no moment shows it half done.

    Raises OSError. Its errno is ENOSYS if the system has no such call, EINVAL if the file
    system cannot do it, EXDEV or EBUSY if one of the two is a file system of its own.
    """
    library = ctypes.CDLL(None, use_errno=True)
    a, b = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        call, arguments = getattr(library, "renamex_np", None), (a, b, _EXCHANGE_FLAG)
    else:
        call, arguments = (
            getattr(library, "renameat2", None),
            (_AT_FDCWD, a, _AT_FDCWD, b, _EXCHANGE_FLAG),
        )
    if call is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(one))
    if call(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(one))
