"""What changes in a folder, told as soon as the system tells it. watchfiles has its home here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread

from watchfiles import watch

QUIET = 2
"""Milliseconds without a change after which a burst of changes is over."""
LONGEST = 40
"""Milliseconds after which a burst is told even if it goes on."""
LOOK = 200
"""Milliseconds after which it is looked whether to stop."""


class Watcher:
    """Watches files and folders in a folder, those too that are not there yet."""

    def __init__(self, root: Path, names: tuple[str, ...]) -> None:
        self._root, self._names = root.resolve(), names
        self._changes: SimpleQueue[set[str]] = SimpleQueue()
        self._stop, self._again = Event(), Event()
        self._threads = [Thread(target=run, daemon=True) for run in (self._top, self._inside)]

    def start(self) -> None:
        """Begin to watch."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Watch no longer."""
        self._stop.set()
        self._again.set()
        for thread in self._threads:
            thread.join()

    def changes(self, patience: float) -> set[str]:
        """Give what has changed, by path; nothing if nothing does for some seconds."""
        found: set[str] = set()
        with suppress(Empty):
            found |= self._changes.get(timeout=patience)
            while True:
                found |= self._changes.get_nowait()
        return found

    def _top(self) -> None:
        """Watch the folder itself: a file that takes the place of another, a folder that comes."""
        for paths in self._watch(self._root, recursive=False, stop=self._stop):
            if found := {path for path in paths if path in self._names}:
                self._changes.put(found)
                self._again.set()

    def _inside(self) -> None:
        """Watch the folders in it, and anew when one of them comes or goes."""
        while not self._stop.is_set():
            self._again.clear()
            folders = [self._root / name for name in self._names if (self._root / name).is_dir()]
            if not folders:
                self._again.wait(LOOK / 1000)
                continue
            for paths in self._watch(*folders, recursive=True, stop=self._again):
                self._changes.put(paths)
            self._changes.put(set(self._names))  # what happened meanwhile was not seen

    def _watch(self, *paths: Path, recursive: bool, stop: Event) -> Iterator[set[str]]:
        found = watch(
            *paths,
            watch_filter=None,
            debounce=LONGEST,
            step=QUIET,
            rust_timeout=LOOK,
            stop_event=stop,
            recursive=recursive,
            raise_interrupt=False,
        )
        for changes in found:
            yield {Path(path).relative_to(self._root).as_posix() for _, path in changes}
