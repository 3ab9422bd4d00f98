"""The site in memory, made again as its sources change; a mistake leaves the last good pages."""

from __future__ import annotations

import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from unicodedata import normalize
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from briefing.checks.content import find_warnings
from briefing.checks.passages import check_passages
from briefing.commands.serve.editor_notes import EditorNotes, notes_beside
from briefing.content.publication import AS_EDITED, public_site
from briefing.engine.fork import employ
from briefing.engine.making import Edition, make
from briefing.engine.remaking import remake
from briefing.engine.sources import Sources
from briefing.model.fingerprint import fingerprint
from briefing.model.values import Moment
from briefing.problems import Problem, Problems
from briefing.rendering.page import PageKind
from briefing.storage.read_sources import is_editor_file, read_article_texts, read_tree

EMPTIED = 0.02
"""Seconds that a file which was emptied is given to be written: most editors do both."""


class Rebuild(Struct, frozen=True, kw_only=True):
    """What came of a change of the sources."""

    sources: tuple[str, ...]
    """What has changed, by path from the root."""
    problems: tuple[Problem, ...]
    """With any, the pages are those of the last good site."""
    pages: frozenset[str]
    """The pages that are new or other than they were, or no longer there, by path."""
    seconds: float


class TopicNotes(Struct, frozen=True, kw_only=True):
    """What is to be known of a topic beside its pages."""

    warnings: tuple[Problem, ...] = ()
    hidden: Mapping[str, bool] = {}
    """The pages that readers do not see so now, by path, and whether they see something there."""


class LiveSite:
    """Holds the sources and the pages of a site."""

    def __init__(
        self,
        root: Path,
        names: tuple[str, ...],
        now: Callable[[], Moment],
        as_of: Moment | None = AS_EDITED,
    ) -> None:
        """The site is shown as of a time, or with None as of `now`."""
        self.root, self.names, self._now = root.resolve(), names, now
        self._as_of: Callable[[], Moment] = (lambda: as_of) if as_of else now
        self._files: Mapping[str, bytes] = {}
        """What was read, by path. It is replaced and not changed: what was made of it, and is
        looked through later or by another thread, goes on reading what it was made of."""
        self._edition: Edition | None = None
        self._afresh = True
        """Whether to make all from nothing: of what is half done, nothing can be told."""
        self._pending: set[str] = set()
        """What is other than it was when the site was made last, by path."""
        self._unread: dict[str, tuple[Problem, ...]] = {}
        """What could not be read, and why, by path."""
        self.pages: Mapping[str, bytes] = {}
        """What is in each file of the site, by path. It is replaced and not changed, too."""

    def open(self) -> Rebuild:
        """Read everything, and make the site."""
        return self.change(self.names)

    def source(self, path: str) -> str:
        """Give the text of a source, as far as there is one."""
        return self._files.get(path, b"").decode(errors="replace")

    def change(self, paths: Iterable[str]) -> Rebuild:
        """Take in that files or folders, by path from the root, have changed.

        If something else than Problems is raised, the pages stay, and the next change is taken
        in from nothing.
        """
        try:
            return self._change([*self.names, *paths] if self._afresh else paths)
        except BaseException:
            self._afresh = True
            raise

    def _change(self, paths: Iterable[str]) -> Rebuild:
        began = time.perf_counter()
        changed = self._read([*paths, *self._unread])
        self._pending |= changed
        problems = list(dict.fromkeys(p for found in self._unread.values() for p in found))
        pages: frozenset[str] = frozenset()
        if not problems and (self._pending or self._afresh):
            try:
                pages = self._take(self._make())
            except Problems as found:
                problems += found
        return Rebuild(
            sources=tuple(sorted(changed)),
            problems=tuple(problems),
            pages=pages,
            seconds=time.perf_counter() - began,
        )

    def _read(self, paths: Iterable[str]) -> set[str]:
        """Read what is at or below some paths; give the paths of the files that are other now."""
        changed: set[str] = set()
        files = dict(self._files)
        for path in dict.fromkeys(map(self._as_far_as_folders_go, paths)):
            if any(map(is_editor_file, path.split("/"))):
                continue
            old = set(_below(files, normalize("NFC", path)))
            try:
                new = read_tree(self.root, path)
                if any(not data and files.get(found) for found, data in new.items()):
                    time.sleep(EMPTIED)
                    new = read_tree(self.root, path)
                self._unread.pop(path, None)
            except Problems as problems:
                self._unread[path] = tuple(problems)
                continue
            changed |= {known for known in old if known not in new}
            changed |= {found for found in new if files.get(found) != new[found]}
            for known in old - new.keys():
                del files[known]
            files |= new
        if changed:
            self._files = files
        return changed

    def _as_far_as_folders_go(self, path: str) -> str:
        """Cut a path off at a link, which is told of and not followed, or at a file."""
        parts = path.split("/")
        above = ("/".join(parts[:end]) for end in range(1, len(parts)))
        return next((folder for folder in above if _is_no_folder(self.root / folder)), path)

    def _make(self) -> Edition:
        as_of, files, last = self._as_of(), self._files, self._edition
        if last is None or self._afresh:
            return make(Sources.of(files), as_of, employ=employ)
        digests = {path: fingerprint(files[path]) for path in self._pending if path in files}
        if len(digests) < len(self._pending) or not last.ready.sources.knows(digests):
            return _make_all(last, Sources.of(files), as_of)
        read = partial(_taken, files)
        sources = last.ready.sources.changed(digests, read)
        return remake(last, sources, as_of) or _make_all(last, sources, as_of)

    def _take(self, edition: Edition) -> frozenset[str]:
        """Take the pages of a site; give the paths of those that are other than they were."""
        new = {path: edition.made[path] for path in edition.made}
        changed = {path for path, data in new.items() if self.pages.get(path) != data}
        gone = self.pages.keys() - edition.paths
        pages = {**self.pages, **new}
        for path in gone:
            del pages[path]
        self.pages, self._edition, self._afresh = pages, edition, False
        self._pending.clear()
        return frozenset(changed | gone)

    def notes_on(self, folder: str) -> TopicNotes:
        """Look through a topic, by its folder, for what is to be known of it beside its pages."""
        if (edition := self._edition) is None or folder not in edition.ready.topics.folders:
            return TopicNotes()
        ready = edition.ready
        public, shown = ready.study(folder, self._now()), ready.study(folder, self._as_of())
        if public.topic is None or ready.ground.site is None:
            return TopicNotes()
        site = replace(public_site(ready.ground.site, AS_EDITED), topics=(public.topic,))
        told = {planned.page.path: planned.told for planned in public.sheets}
        return TopicNotes(
            warnings=(
                *find_warnings(site),
                *check_passages(site, read_article_texts(self.root, folder)).problems,
            ),
            hidden={
                planned.page.path: planned.page.path in told
                for planned in shown.sheets
                if told.get(planned.page.path) != planned.told
            },
        )

    def notes_beside(self, page: str) -> EditorNotes:
        """Give what stands beside a page, by its path."""
        edition, folder = self._edition, page.partition("/")[2].partition("/")[0]
        if edition is None or folder not in edition.ready.topics.folders:
            return EditorNotes()
        found, site = edition.ready.study(folder, self._as_of()), edition.ready.ground.site
        read = (planned for planned in found.sheets if planned.page.kind is PageKind.READING)
        planned = next((planned for planned in read if planned.page.path == page), None)
        if planned is None or found.topic is None or site is None:
            return EditorNotes()
        return notes_beside(planned, found.topic, site, read_article_texts(self.root, folder))

    @property
    def base(self) -> str:
        """The path of the address of the site, under which it is served too."""
        site = self._edition.ready.ground.site if self._edition else None
        return urlsplit(site.address).path if site else "/"

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders of the topics."""
        return tuple(self._edition.ready.topics.folders) if self._edition else ()


def _below(files: Mapping[str, bytes], path: str) -> Iterator[str]:
    """Give the files that are at or below a path."""
    if path in files:
        yield path
    else:
        yield from (known for known in files if known.startswith(f"{path}/"))


def _is_no_folder(path: Path) -> bool:
    """Whether there is something else than a folder; what cannot be looked at is told elsewhere."""
    with suppress(OSError):
        return not stat.S_ISDIR(path.lstat().st_mode)
    return False


def _make_all(last: Edition, sources: Sources, as_of: Moment) -> Edition:
    return make(sources, as_of, last.memory, last.paths, ready=last.ready)


def _taken(files: Mapping[str, bytes], paths: Iterable[str]) -> dict[str, bytes]:
    return {path: files[path] for path in paths}
