"""A lock that lets one build at a time write an output folder."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing.problems import Place, mistake
from briefing.storage.write_output import disk_errors_as_problems, refuse_unsafe_output

_WITHOUT_LOCKS = {errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS}


@contextmanager
def build_lock(output: Path, sources: Path, report: Callable[[str], object]) -> Iterator[None]:
    """Lock `output` for one build, from before the sources are read until it is written.

    The lock is on the parent folder, so that no lock file is left behind; it ends with the
    process (https://man7.org/linux/man-pages/man2/flock.2.html). `report` is called with a
    line of text if another build has the lock, before this one waits for it, or if the file
    system has no locks. Raises Problems if `sources` is no folder, or no site can be written
    to `output`.
    """
    if not sources.is_dir():
        raise mistake(Place(str(sources)), "no such folder", "name the folder of site.yaml")
    with disk_errors_as_problems(output):
        refuse_unsafe_output(output, sources)
        output.parent.mkdir(parents=True, exist_ok=True)
        folder = os.open(output.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with disk_errors_as_problems(output):
            _lock(folder, output, report)
        yield
    finally:
        os.close(folder)


def _lock(folder: int, output: Path, report: Callable[[str], object]) -> None:
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        report(f"{output}: waiting for another build to finish")
        fcntl.flock(folder, fcntl.LOCK_EX)
    except OSError as error:
        if error.errno not in _WITHOUT_LOCKS:
            raise
        report(f"{output}: this file system has no locks; let no two builds run at once")
