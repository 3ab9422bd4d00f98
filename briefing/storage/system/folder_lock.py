"""A lock on a folder, which ends with the process.

Linux and macOS lock the folder itself, so that no lock file is left behind
(https://man7.org/linux/man-pages/man2/flock.2.html). Windows locks a byte of a file
(https://docs.python.org/3/library/msvcrt.html#msvcrt.locking); it lies in the cache of the user
and is named after the folder.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from briefing.storage.seal_key import user_folder
from briefing.storage.system.abilities import FILE_FLAGS, find_module

_WITHOUT_LOCKS = {errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS}
_FCNTL, _MSVCRT = find_module("fcntl"), find_module("msvcrt")
_LOCKS_FOLDER = "briefing/locks"
"""The folder of the files that are locked, in the cache of the user."""
_SECONDS = 0.05
"""Seconds between two tries to lock a file: Windows itself tries each second, ten times."""


class NoLocksError(Exception):
    """Raised where the system or the file system has no locks."""


@contextmanager
def folder_lock(folder: Path, on_wait: Callable[[], object]) -> Iterator[None]:
    """Hold the lock on `folder`; call `on_wait` before another holder is waited for.

    Raises OSError, and NoLocksError.
    """
    handle = _open(folder)
    try:
        _lock(handle, on_wait)
        yield
    finally:
        os.close(handle)


def _open(folder: Path) -> int:
    if _FCNTL:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    base = user_folder("cache")
    if not (_MSVCRT and base):
        raise NoLocksError
    locks = Path(base, _LOCKS_FOLDER)
    locks.mkdir(parents=True, exist_ok=True)
    whole = os.path.normcase(os.path.realpath(folder))
    name = f"{blake2b(os.fsencode(whole), digest_size=16).hexdigest()}.lock"
    return os.open(locks / name, os.O_RDWR | os.O_CREAT | FILE_FLAGS, 0o600)


def _lock(handle: int, on_wait: Callable[[], object]) -> None:
    if not _FCNTL:
        _lock_byte(handle, on_wait)
        return
    try:
        _FCNTL.flock(handle, _FCNTL.LOCK_EX | _FCNTL.LOCK_NB)
    except BlockingIOError:
        on_wait()
        _FCNTL.flock(handle, _FCNTL.LOCK_EX)
    except OSError as error:
        if error.errno not in _WITHOUT_LOCKS:
            raise
        raise NoLocksError from None


def _lock_byte(handle: int, on_wait: Callable[[], object]) -> None:
    is_told = False
    while True:
        try:
            _MSVCRT.locking(handle, _MSVCRT.LK_NBLCK, 1)
        except OSError as error:
            if error.errno not in {errno.EACCES, errno.EDEADLK, errno.EAGAIN}:
                raise
        else:
            return
        if not is_told:
            on_wait()
        is_told = True
        time.sleep(_SECONDS)
