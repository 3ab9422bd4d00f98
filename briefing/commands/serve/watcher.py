"""What changes in a folder, told as soon as the system tells it. watchfiles has its home here.

The system watches what is there, not what is called so: a folder that is deleted, moved or
replaced is no longer watched. So it is looked whether what is watched is still what is there; if
not, it is watched anew, and then all of it is told of as changed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Generator
from contextlib import closing, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread

from watchfiles import watch

QUIET = 2
"""Milliseconds without a change after which a burst of changes is over."""
LONGEST = 40
"""Milliseconds after which a burst is told even if it goes on."""
LOOK = 100
"""Milliseconds after which it is looked whether to stop, and whether to watch anew."""
AGAIN = 1.0
"""Seconds until it is tried again to watch what cannot be watched."""
MANY = 500
"""Changes in a burst of which the system may have dropped some."""
BURSTS = 25
"""Bursts without a pause after which it is watched anew though there is no pause."""
Identity = tuple[int, int]
"""The device and the number of a folder on it."""


class Watcher:
    """Watches files and folders in a folder, those too that are not there yet.

    All are told of when it begins, and whenever it may have missed something.
    """

    def __init__(self, root: Path, names: tuple[str, ...]) -> None:
        self._root, self._names = root.resolve(), names
        self._changes: SimpleQueue[set[str]] = SimpleQueue()
        self._failures: SimpleQueue[Exception] = SimpleQueue()
        self._stop = Event()
        self._threads = [
            Thread(target=self._keep, args=(run,), daemon=True) for run in (self._top, self._inside)
        ]

    def start(self) -> None:
        """Begin to watch."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Watch no longer."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def changes(self, patience: float) -> set[str]:
        """Give what has changed, by path; nothing if nothing does for some seconds.

        Raises what kept it from watching, OSError or a fault of the program; all is told of as
        changed each second until it can watch again.
        """
        with suppress(Empty):
            raise self._failures.get_nowait()
        found: set[str] = set()
        with suppress(Empty):
            found |= self._changes.get(timeout=patience)
            while True:
                found |= self._changes.get_nowait()
        return found

    def _keep(self, run: Callable[[], None]) -> None:
        """Watch until told to stop, whatever happens."""
        while not self._stop.is_set():
            try:
                run()
            except (FileNotFoundError, NotADirectoryError):  # it went after it was looked for
                self._stop.wait(LOOK / 1000)
            except Exception as error:  # noqa: BLE001 — it is raised where it can be told
                self._failures.put(error)
                self._changes.put(set(self._names))
                self._stop.wait(AGAIN)

    def _top(self) -> None:
        """Watch the folder itself: a file that takes the place of another, a folder that comes."""
        root = self._identity("")
        with closing(self._watch(self._root, recursive=False)) as found:
            for number, paths in enumerate(found):
                if number == 0:  # what came and went before it was watched
                    paths |= {name for name in self._names if not self._identity(name)}
                is_gone = "." in paths or self._identity("") != root
                if told := set(self._names) if is_gone else paths & set(self._names):
                    self._changes.put(told)
                if is_gone:
                    return

    def _inside(self) -> None:
        """Watch the folders in it, as long as they are the same and have the same folders."""
        if not (folders := self._folders()):
            self._stop.wait(LOOK / 1000)
            return
        below = {self._relative(path) for top in folders for path, _, _ in os.walk(top)}
        bursts = 0
        with closing(self._watch(*folders, recursive=True)) as found:
            for number, paths in enumerate(found):
                told = paths if number else {*paths, *self._names}
                if told:
                    self._changes.put(told)
                if bursts or self._is_of_folders(paths, below):
                    bursts += 1
                is_over = bursts > BURSTS or (bursts and not paths)
                if is_over or self._folders() != folders:
                    return

    def _is_of_folders(self, paths: set[str], known: set[str]) -> bool:
        """Whether some changes are of folders, or perhaps not all that there were.

        What is put into a new folder before that is watched is not told; and the late end of
        one that was deleted can end the watching of that which has its name now.
        """
        return len(paths) > MANY or any(p in known or self._identity(p) for p in paths)

    def _folders(self) -> dict[Path, Identity]:
        """Give the folders that are to be watched and are there."""
        found = {self._root / name: self._identity(name) for name in self._names}
        return {path: identity for path, identity in found.items() if identity}

    def _identity(self, path: str) -> Identity | None:
        """Tell a folder from others that had or will have its name; None if it is none."""
        with suppress(OSError, ValueError):
            status = (self._root / path).lstat()
            if stat.S_ISDIR(status.st_mode):
                return status.st_dev, status.st_ino
        return None

    def _watch(self, *paths: Path, recursive: bool) -> Generator[set[str]]:
        """Give what changes, by path, as it does; nothing where nothing does for a while."""
        found = watch(
            *paths,
            watch_filter=None,
            debounce=LONGEST,
            step=QUIET,
            rust_timeout=LOOK,
            yield_on_timeout=True,
            stop_event=self._stop,
            recursive=recursive,
            raise_interrupt=False,
        )
        try:
            for changes in found:
                yield {self._relative(path) for _, path in changes}
        except RuntimeError as error:  # the library raises it for a name that is no UTF-8
            raise OSError(None, f"{error}") from None

    def _relative(self, path: str) -> str:
        return Path(path).relative_to(self._root).as_posix()
