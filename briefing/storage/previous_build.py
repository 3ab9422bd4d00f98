"""The disk -> what the previous build left, and which of its files are still as it wrote them.

Of the sources only those are read that have changed since. Next: `engine`, which reuses the rest.
"""

from __future__ import annotations

import marshal
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from briefing.engine.record import decode_record
from briefing.engine.session import Build
from briefing.engine.sources import SourceTree
from briefing.model.fingerprint import fingerprint
from briefing.problems import Place, mistake
from briefing.storage.cache_files import BuildCache
from briefing.storage.output_changes import FILE_MODE, has_permissions
from briefing.storage.site_sources.folders import stats_of_sources
from briefing.storage.site_sources.read import read_changed_sources, read_site_sources
from briefing.storage.stat_cache import FileStats, file_stat, file_stats, load_stats, save_stats
from briefing.storage.template_cache import TemplateCache
from briefing.storage.write_output import WriteSummary

T = TypeVar("T")
MAX_TRIES = 5
"""Times that sources are read again because they change meanwhile."""


class ChangedError(Exception):
    """A source file changed between two looks at it."""


def retry_while_changing(make: Callable[[], T]) -> T:
    """Return `make()`, called again while source files change under it, at most MAX_TRIES times.

    Raises Problems after that, and whatever else `make` raises.
    """
    for _ in range(MAX_TRIES):
        with suppress(ChangedError):
            return make()
    raise mistake(Place("site.yaml"), "the files change while they are read", "build again")


class PreviousBuild:
    """The sources of a site, read as far as they have changed, and the record of its last build."""

    def __init__(
        self,
        root: Path,
        names: tuple[str, ...],
        output: Path,
        source_stats: FileStats | None = None,
        address: str | None = None,
    ) -> None:
        """Read the sources `names` in `root` that have changed since the last build to `output`.

        `source_stats`: what the disk says of the sources now; None: it is asked. `address`: the
        URL that the build was for; None: that of site.yaml. Raises Problems, and ChangedError.
        """
        self._root, self._names, self._output = root, names, output
        self._cache = BuildCache(str(root), str(output), address)
        stats, self._output_stats, _, _ = load_stats(self._cache)
        data = self._cache.read("fingerprints")
        known: dict[str, bytes] = marshal.loads(data) if data else {}  # noqa: S302 — it is sealed
        # Before anything is read: a file that changes meanwhile has other stats at the next build.
        self._stats: FileStats = source_stats or {}
        with suppress(OSError):  # reported when they are read
            self._stats = source_stats or stats_of_sources(str(root), names, time.time_ns())
        self._contents, same = self._read_changed(stats, known)
        self.fingerprints = {path: fingerprint(data) for path, data in self._contents.items()}
        self.fingerprints |= {path: known[path] for path in same}
        """Of every source file by path, also of those that a site's templates/ hides."""
        self.sources = SourceTree.of_fingerprints(self.fingerprints, self._read_files, address)
        self._templates = TemplateCache(str(root), self.sources.shared)
        record = decode_record(self._cache.read("record") or b"")
        self._is_first = not record.templates
        self.record = (
            replace(record, templates=self._templates.read()) if self._is_first else record
        )
        self.intact = frozenset(self._find_intact())

    def _read_changed(
        self, stats: FileStats, known: Mapping[str, bytes]
    ) -> tuple[dict[str, bytes], Set[str]]:
        """Return the content of each source that may have changed, and the paths of the others.

        `stats` and `known` are stats and fingerprints of the last build, by path. Raises Problems.
        """
        changed = {p for p, now in self._stats.items() if now is None or now != stats.get(p)}
        if self._stats.keys() == stats.keys() and changed <= known.keys():
            read = read_site_sources(self._root, *sorted(changed))
            if read.keys() == changed:
                return read, known.keys() - changed
        former = {path: stats.get(path) for path in known}
        return read_changed_sources(self._root, self._names, former)

    def _read_files(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Return the content of source files, by path. Raises Problems, and ChangedError."""
        wanted = list(paths)
        if missing := [path for path in wanted if path not in self._contents]:
            found = read_site_sources(self._root, *missing)
            if found.keys() != set(missing):  # a disk may write a name in another Unicode form
                found = read_site_sources(self._root, *self._names)
            for path in missing:
                if fingerprint(found.get(path, b"")) != self.fingerprints[path]:
                    raise ChangedError(path)
                self._contents[path] = found[path]
        return {path: self._contents[path] for path in wanted}

    def _find_intact(self) -> Iterator[str]:
        """Yield the paths of the files of the site that are as the last build wrote them."""
        root = f"{self._output}/"
        for path, output in self.record.outputs:
            with suppress(OSError):
                status = os.lstat(root + path)
                if self._output_stats.get(path) == file_stat(status) or (
                    stat.S_ISREG(status.st_mode)
                    and has_permissions(status.st_mode, FILE_MODE)
                    and fingerprint((self._output / path).read_bytes()) == output
                ):
                    yield path

    def save(self, built: Build, change: WriteSummary) -> None:
        """Write to the cache what the next build can reuse of the build `built`.

        `change` is what was written of it to the output folder.
        """
        self._cache.write("fingerprints", marshal.dumps(self.fingerprints))
        self._cache.write("record", built.record.encode())
        if self._is_first:
            self._templates.write(built.record.templates)
        span = built.record.valid
        files = len(built.outputs) + len(built.kept)
        with suppress(OSError):
            if change.is_one_rewrite:  # all others have the stats they had
                paths = (path for path in built.outputs if path in self._output_stats)
                site = self._output_stats | {
                    p: file_stat(os.lstat(self._output / p)) for p in paths
                }
            else:  # in the lock, so that this process alone has written it
                site = file_stats(str(self._output), ("",), time.time_ns() + 10**9)
            save_stats(self._cache, (self._stats, site, (span.since, span.until), files))
