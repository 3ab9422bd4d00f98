"""Takes away from Python what Windows does not have: on PYTHONPATH, it runs before the program.

`sys.platform` and `os.name` stay, so that the standard library works on. Locks of files are there,
as `msvcrt` has them.
"""

from __future__ import annotations

import asyncio.unix_events
import fcntl
import os
import signal
import subprocess  # noqa: F401 — it takes a system with `msvcrt` for Windows
import sys
import types

OF_OS = (
    *("O_CLOEXEC", "O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK", "chown", "fchmod", "fchown"),
    *("fork", "forkpty", "geteuid", "getuid", "lchown", "pread", "pwrite", "sched_getaffinity"),
)
OF_SIGNAL = ("SIGHUP", "SIGKILL", "SIGQUIT", "SIGUSR1")
MODULES = ("fcntl", "resource", "pwd", "grp", "ctypes")


def locking(file: int, mode: int, length: int) -> None:
    """Lock a range of a file: https://docs.python.org/3/library/msvcrt.html#msvcrt.locking."""
    assert mode == msvcrt.LK_NBLCK
    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, length)


msvcrt = types.ModuleType("msvcrt")
msvcrt.LK_NBLCK, msvcrt.locking = 2, locking  # type: ignore[attr-defined]
sys.modules["msvcrt"] = msvcrt
for name in MODULES:
    sys.modules[name] = None  # type: ignore[assignment]
for name in OF_OS:
    delattr(os, name)
for name in OF_SIGNAL:
    delattr(signal, name)
os.supports_dir_fd.clear()
os.supports_fd.clear()
del asyncio.unix_events._UnixSelectorEventLoop.add_signal_handler
