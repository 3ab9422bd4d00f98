"""One build at a time: a second one waits until the first is done, or dead."""

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
def build_lock(output: Path, sources: Path, say: Callable[[str], object]) -> Iterator[None]:
    """Hold the output folder for one build, from the reading of the sources on.

    What is locked is the folder it stands in, so nothing is left behind, and the lock
    dies with its holder (https://man7.org/linux/man-pages/man2/flock.2.html). `say` is
    told once if there is somebody to wait for. Raises Problems if no site can be there.
    """
    if not sources.is_dir():
        raise mistake(Place(str(sources)), "no such folder", "name the folder of site.yaml")
    with disk_errors_as_problems(output):
        refuse_unsafe_output(output, sources)
        output.parent.mkdir(parents=True, exist_ok=True)
        folder = os.open(output.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with disk_errors_as_problems(output):
            _lock(folder, output, say)
        yield
    finally:
        os.close(folder)


def _lock(folder: int, output: Path, say: Callable[[str], object]) -> None:
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say(f"{output}: waiting for another build to finish")
        fcntl.flock(folder, fcntl.LOCK_EX)
    except OSError as error:
        if error.errno not in _WITHOUT_LOCKS:
            raise
        say(f"{output}: this file system has no locks; let no two builds run at once")
