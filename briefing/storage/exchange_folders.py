"""Two folders change places in one step, where the system can do that.

Linux has renameat2 with RENAME_EXCHANGE (https://man7.org/linux/man-pages/man2/rename.2.html),
macOS renamex_np with RENAME_SWAP (its man page rename(2)).
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

_HERE = -100
"""AT_FDCWD: paths are from the working folder."""
_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux, and RENAME_SWAP of macOS."""


def exchange(one: Path, other: Path) -> None:
    """Let two paths change places, both seen before or both after. Raises OSError.

    Its errno is ENOSYS where the system has no such call, EINVAL where the file system
    cannot do it, EXDEV and EBUSY where one of the two is a file system of its own.
    """
    library = ctypes.CDLL(None, use_errno=True)
    a, b = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        call, arguments = getattr(library, "renamex_np", None), (a, b, _EXCHANGE)
    else:
        call, arguments = getattr(library, "renameat2", None), (_HERE, a, _HERE, b, _EXCHANGE)
    if call is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(one))
    if call(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(one))
