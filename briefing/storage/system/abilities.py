"""What this system can do: the one place that asks.

Linux and macOS can do all of it. Windows names no file in an open folder, has neither owners nor
the modes of POSIX, and locks ranges of files instead of folders.
The module imports the standard library only.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any


def find_module(name: str) -> Any:
    """Return a module of the standard library; None on a system that does not have it."""
    try:
        return import_module(name)
    except ImportError:
        return None


_HANDLE_CALLS = {os.open, os.stat, os.mkdir, os.rmdir, os.unlink, os.rename, os.link, os.utime}
HAS_FOLDER_HANDLES = (
    os.supports_dir_fd >= _HANDLE_CALLS
    and os.listdir in os.supports_fd
    and all(hasattr(os, flag) for flag in ("O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK"))
)
"""Whether a file can be named in an open folder, and opened without following a link."""
HAS_OWNERS = hasattr(os, "geteuid")
"""Whether files have an owner and the modes of POSIX, and `os.scandir` tells their inodes."""
FILE_FLAGS = (
    getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)
"""Flags with which each file is opened: as bytes, for this process alone, without following a link
or waiting for a pipe, as far as the system has them."""
