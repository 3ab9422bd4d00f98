"""A folder -> the paths in it that change, as soon as the system reports them, by watchfiles.

The system watches a folder itself, not its path: one that is deleted, moved or replaced is no
longer watched. So it is checked whether each path still leads to the folder that is watched; if
not, watching starts again, and then all paths are reported as changed.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread

from watchfiles import watch

QUIET_MS = 2
"""Milliseconds without a change after which a burst of changes is reported."""
MAX_BURST_MS = 40
"""Milliseconds after which a burst is reported even if it goes on."""
CHECK_MS = 100
"""Milliseconds between two checks whether to stop, and whether to start watching again."""
POLL_SECONDS = 0.3
"""Seconds between two looks at all files, where the system does not tell of saves."""
RECENT_SECONDS = 3.0
"""Seconds for which a file is reported again after a save: on some disks a time is as coarse as
two seconds, so that a second save shows in nothing else."""
RETRY_SECONDS = 1.0
"""Seconds between two tries to watch what cannot be watched."""
MANY_CHANGES = 500
"""Changes in a burst; of more than these the system may have dropped some."""
MAX_BURSTS = 25
"""Bursts without a pause after which watching starts again though there is no pause."""
FileLook = tuple[int, int, int, int, int]
"""When a file was changed, its size, number, and when these and its mode were; its mode."""
Identity = tuple[int, int]
"""The device of a folder and its number (inode) there."""


class Watcher:
    """Watches some files and folders in a folder, also those that do not exist yet.

    All of them are reported when it starts, and whenever it may have missed a change.
    """

    def __init__(self, root: Path, names: tuple[str, ...], *, polls: bool = False) -> None:
        """Watch `names` in `root`, from `start` on.

        polls: whether all files are looked at again and again, instead of asking the system.
        """
        self._root, self._names = root.resolve(), names
        self._changes: SimpleQueue[set[str]] = SimpleQueue()
        self._failures: SimpleQueue[Exception] = SimpleQueue()
        self._stop = Event()
        self._threads = [
            Thread(target=self._run_until_stopped, args=(run,), daemon=True)
            for run in ((self._poll,) if polls else (self._watch_root, self._watch_folders))
        ]

    def start(self) -> None:
        """Start to watch, in threads."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop to watch, and wait until the threads have ended."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def changes(self, timeout: float) -> set[str]:
        """Return the paths that have changed, from the root; {} if none does for `timeout` seconds.

        Raises what kept it from watching, OSError or a fault of the program; then all paths are
        reported as changed each second until it can watch again.
        """
        with suppress(Empty):
            raise self._failures.get_nowait()
        found: set[str] = set()
        with suppress(Empty):
            found |= self._changes.get(timeout=timeout)
            while True:
                found |= self._changes.get_nowait()
        return found

    def _run_until_stopped(self, run: Callable[[], None]) -> None:
        """Call `run`, which watches, until `stop`; an exception is kept for `changes` to raise."""
        while not self._stop.is_set():
            try:
                run()
            except (FileNotFoundError, NotADirectoryError):  # it was deleted after it was found
                self._stop.wait(CHECK_MS / 1000)
            except Exception as error:  # noqa: BLE001 — `changes` raises it
                self._failures.put(error)
                self._changes.put(set(self._names))
                self._stop.wait(RETRY_SECONDS)

    def _poll(self) -> None:
        """Look at all files until `stop`. watchfiles can poll, but compares times in seconds."""
        known = dict(self._look())
        self._changes.put(set(self._names))
        while not self._stop.wait(POLL_SECONDS):
            found, now = dict(self._look()), time.time_ns()
            changed = {path for path, look in found.items() if known.get(path) != look}
            changed |= {p for p, look in found.items() if 0 < now - look[0] < RECENT_SECONDS * 1e9}
            changed |= known.keys() - found.keys()
            known = found
            if changed:
                self._changes.put(changed)

    def _look(self) -> Iterator[tuple[str, FileLook]]:
        """Yield each file in and below what is watched, with what changes when it is saved."""
        for name in self._names:
            below = (
                f"{at}/{child}" for at, _, files in os.walk(self._root / name) for child in files
            )
            for path in (f"{self._root}/{name}", *below):
                with suppress(OSError):
                    at = os.lstat(path)
                    look = at.st_mtime_ns, at.st_size, at.st_ino, at.st_ctime_ns, at.st_mode
                    if not stat.S_ISDIR(at.st_mode):
                        yield self._relative(path), look

    def _watch_root(self) -> None:
        """Watch the root: a file that replaces another, a folder that is new.

        Return when the root is another folder. Raises OSError.
        """
        root = self._identity("")
        with closing(self._watch(self._root, recursive=False)) as found:
            for number, paths in enumerate(found):
                if number == 0:  # they may have come and gone before
                    paths |= {name for name in self._names if not self._identity(name)}
                is_gone = "." in paths or self._identity("") != root
                if changed := set(self._names) if is_gone else paths & set(self._names):
                    self._changes.put(changed)
                if is_gone:
                    return

    def _watch_folders(self) -> None:
        """Watch the folders in the root, and all below.

        Return when one of them is another folder, or its folders are others. Raises OSError.
        """
        if not (folders := self._folders()):
            self._stop.wait(CHECK_MS / 1000)
            return
        below = {self._relative(path) for top in folders for path, _, _ in os.walk(top)}
        bursts = 0
        with closing(self._watch(*folders, recursive=True)) as found:
            for number, paths in enumerate(found):
                changed = paths if number else {*paths, *self._names}
                if changed:
                    self._changes.put(changed)
                if bursts or self._may_be_incomplete(paths, below):
                    bursts += 1
                is_over = bursts > MAX_BURSTS or (bursts and not paths)
                if is_over or self._folders() != folders:
                    return

    def _may_be_incomplete(self, paths: set[str], known: set[str]) -> bool:
        """Whether the system may have reported a part of the changes: `paths` has folders, or many.

        A file in a new folder is not reported if it is written before the folder is watched;
        and the late end of a deleted folder can end the watching of the folder that has its
        path now. `known` are the folders when watching started.
        """
        return len(paths) > MANY_CHANGES or any(p in known or self._identity(p) for p in paths)

    def _folders(self) -> dict[Path, Identity]:
        """Return the folders that are to be watched and exist."""
        found = {self._root / name: self._identity(name) for name in self._names}
        return {path: identity for path, identity in found.items() if identity}

    def _identity(self, path: str) -> Identity | None:
        """Return what tells a folder from others of the same path; None if it is no folder."""
        with suppress(OSError, ValueError):
            status = (self._root / path).lstat()
            if stat.S_ISDIR(status.st_mode):
                return status.st_dev, status.st_ino
        return None

    def _watch(self, *paths: Path, recursive: bool) -> Generator[set[str]]:
        """Yield the paths that change, burst by burst; {} each CHECK_MS without a change.

        Raises OSError where the system cannot watch.
        """
        bursts = watch(
            *paths,
            watch_filter=None,
            debounce=MAX_BURST_MS,
            step=QUIET_MS,
            rust_timeout=CHECK_MS,
            yield_on_timeout=True,
            stop_event=self._stop,
            recursive=recursive,
            raise_interrupt=False,
        )
        try:
            for changes in bursts:
                yield {self._relative(path) for _, path in changes}
        except RuntimeError as error:  # the library raises it for a name that is no UTF-8
            raise OSError(None, f"{error}") from None

    def _relative(self, path: str) -> str:
        return Path(path).relative_to(self._root).as_posix()
