"""What the last build left, and what of it still holds: the memory of a site, on the disk."""

from __future__ import annotations

import marshal
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from briefing.engine.making import Edition
from briefing.engine.record import decode
from briefing.engine.sources import Sources
from briefing.model.fingerprint import fingerprint
from briefing.problems import Place, mistake
from briefing.storage.cache_files import BuildCache
from briefing.storage.output_changes import FILE_MODE
from briefing.storage.read_sources import read_changed, read_tree
from briefing.storage.stat_cache import FileStats, file_stat, file_stats, load_stats, save_stats
from briefing.storage.write_output import WriteSummary

T = TypeVar("T")
TRIES = 5
"""How often sources are read that change meanwhile."""


class ChangedError(Exception):
    """A file was changed after it was looked at."""


def retry_while_changing(make: Callable[[], T]) -> T:
    """Give what is made of sources that hold still for it. Raises Problems if they never do."""
    for _ in range(TRIES):
        with suppress(ChangedError):
            return make()
    raise mistake(Place("site.yaml"), "the files change while they are read", "build again")


class PreviousBuild:
    """The sources of a site, of which only what has changed is read, and what is remembered."""

    def __init__(
        self,
        root: Path,
        names: tuple[str, ...],
        output: Path,
        look: FileStats | None = None,
        address: str | None = None,
    ) -> None:
        """Read what has changed since the last build for an address, if it is not the site's own.

        `look` are the stamps the sources have now. Raises Problems.
        """
        self._root, self._names, self._output = root, names, output
        self._shelf = BuildCache(str(root), str(output), address)
        marks, self._site, _, _ = load_stats(self._shelf)
        data = self._shelf.read("digests")
        known: dict[str, bytes] = marshal.loads(data) if data else {}  # noqa: S302 — it is whole
        # Before anything is read: what changes meanwhile has another stamp then.
        self._marks: FileStats = look or {}
        with suppress(OSError):  # which is told of when they are read
            self._marks = look or file_stats(str(root), names, time.time_ns())
        self._read, same = self._read_changed(marks, known)
        self._digests = {path: fingerprint(data) for path, data in self._read.items()}
        self._digests |= {path: known[path] for path in same}
        self.sources = Sources.told(self._digests, self._files, address)
        self.memory = decode(self._shelf.read("memory") or b"")
        self.intact = frozenset(self._intact())

    def _read_changed(
        self, marks: FileStats, known: Mapping[str, bytes]
    ) -> tuple[dict[str, bytes], Set[str]]:
        """Read what is not as its mark says; give the paths of the rest, which is known."""
        changed = {p for p, mark in self._marks.items() if mark is None or mark != marks.get(p)}
        if self._marks.keys() == marks.keys() and changed <= known.keys():
            read = read_tree(self._root, *sorted(changed))
            if read.keys() == changed:
                return read, known.keys() - changed
        return read_changed(self._root, self._names, {path: marks.get(path) for path in known})

    def _files(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Give what is in some files. Raises Problems, and ChangedError."""
        wanted = list(paths)
        if missing := [path for path in wanted if path not in self._read]:
            found = read_tree(self._root, *missing)
            if found.keys() != set(missing):  # a disk may write a name in another Unicode form
                found = read_tree(self._root, *self._names)
            for path in missing:
                if fingerprint(found.get(path, b"")) != self._digests[path]:
                    raise ChangedError(path)
                self._read[path] = found[path]
        return {path: self._read[path] for path in wanted}

    def _intact(self) -> Iterator[str]:
        """Give the files of the site that are as they were made."""
        root = f"{self._output}/"
        for path, made in self.memory.outputs:
            with suppress(OSError):
                status = os.lstat(root + path)
                if self._site.get(path) == file_stat(status) or (
                    status.st_mode == FILE_MODE | 0o100000
                    and fingerprint((self._output / path).read_bytes()) == made
                ):
                    yield path

    def keep(self, edition: Edition, change: WriteSummary) -> None:
        """Leave what the next build can use, of a site that was written with a change."""
        self._shelf.write("digests", marshal.dumps(self._digests))
        self._shelf.write("memory", edition.memory.encode())
        span = edition.memory.span
        files = len(edition.made) + len(edition.kept)
        with suppress(OSError):
            if change.is_one_rewrite:  # and all others are what they were
                paths = (path for path in edition.made if path in self._site)
                site = self._site | {p: file_stat(os.lstat(self._output / p)) for p in paths}
            else:  # it was written by us just now, and by nobody else
                site = file_stats(str(self._output), ("",), time.time_ns() + 10**9)
            save_stats(self._shelf, (self._marks, site, (span.since, span.until), files))
