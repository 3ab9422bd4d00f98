"""Source files -> the pages of a site in memory, built again as sources change.

A problem leaves the last good pages. Next: `state`, which the browser asks, and `engine`, which
builds.
"""

from __future__ import annotations

import stat
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from unicodedata import normalize
from urllib.parse import urlsplit

from msgspec import Struct

from briefing.checks.content import Kind
from briefing.commands.serve.build_again import build_again
from briefing.commands.serve.editor_notes import EditorNotes, notes_beside
from briefing.commands.serve.topic_warnings import topic_warnings
from briefing.commands.status.read import read_status
from briefing.commands.status.statuses import SiteStatus
from briefing.content.classify import stray_files
from briefing.content.publication import AS_EDITED, timestamp
from briefing.content.shared import Files
from briefing.engine.session import Build
from briefing.engine.topic import TopicUnit
from briefing.model.site import Site, Topic, Voice
from briefing.model.values import Moment
from briefing.problems import Problem, Problems
from briefing.rendering.page import PageKind
from briefing.storage.read_sources import is_left_out, read_article_texts
from briefing.storage.site_sources.read import read_site_sources

EMPTY_FILE_WAIT = 0.02
"""Seconds until an emptied file is read again: most editors empty a file, then write it."""


class Rebuild(Struct, frozen=True, kw_only=True):
    """What came of a change of the sources."""

    sources: tuple[str, ...]
    """The paths of the source files that have changed, from the root."""
    problems: tuple[Problem, ...]
    """What is wrong with the sources; if anything is, the pages are those of the last good site."""
    pages: frozenset[str]
    """The paths of the files of the site that are new, changed or gone."""
    seconds: float
    """How long it took."""


class TopicNotes(Struct, frozen=True, kw_only=True):
    """What the preview shows of a topic beside its pages."""

    warnings: tuple[tuple[Kind, Problem], ...] = ()
    """Each with what it is about."""
    hidden: Mapping[str, bool] = {}
    """Paths of the pages that readers do not see so now; True: they see another text there."""


class LiveSite:
    """The sources and the pages of a site; several threads may read it while one rebuilds it."""

    def __init__(
        self,
        root: Path,
        names: tuple[str, ...],
        now: Callable[[], Moment],
        as_of: Moment | None = AS_EDITED,
    ) -> None:
        """Hold the site whose sources are `names` in `root`; nothing is read yet.

        The site is shown as readers see it at `as_of`; None: at the time that `now` returns.
        """
        self.root, self.names, self._now = root.resolve(), names, now
        self._as_of: Callable[[], Moment] = (lambda: as_of) if as_of else now
        # Both mappings are replaced and never changed: another thread may read them.
        self._files: Mapping[str, bytes] = {}
        """The content of each source file, by path from the root."""
        self.pages: Mapping[str, bytes] = {}
        """The content of each file of the site, by path."""
        self._built: Build | None = None
        """The last good build."""
        self._from_nothing = True
        """Whether nothing is reused: after an exception the files and the build may not agree."""
        self._pending: set[str] = set()
        """The paths of the source files that have changed since the last good build."""
        self._unreadable: dict[str, tuple[Problem, ...]] = {}
        """Why a file or folder cannot be read, by path."""
        self._building = Lock()
        self._problems: tuple[Problem, ...] = ()
        """What was wrong when the site was built last."""

    def open(self) -> Rebuild:
        """Read all sources, and build the site."""
        return self.rebuild(self.names)

    @property
    def sources(self) -> Files:
        """The content of each source file as it was last read, by path from the root."""
        return self._files

    def source_text(self, path: str) -> str:
        """Return the text of a source file as it was last read; "" if it was not."""
        return self._files.get(path, b"").decode(errors="replace")

    def rebuild(self, paths: Iterable[str]) -> Rebuild:
        """Read the files and folders at `paths`, from the root, and build what has changed.

        Raises whatever is no Problems: OSError, or a fault of the program. Then the pages stay,
        and the next call reads and builds all of the site.
        """
        try:
            with self._building:
                return self._rebuild([*self.names, *paths] if self._from_nothing else paths)
        except BaseException:
            self._from_nothing = True
            raise

    def _rebuild(self, paths: Iterable[str]) -> Rebuild:
        began = time.perf_counter()
        changed = self._read([*paths, *self._unreadable])
        self._pending |= changed
        unreadable = (problem for found in self._unreadable.values() for problem in found)
        problems = list(dict.fromkeys(unreadable))
        pages: frozenset[str] = frozenset()
        if not problems and (self._pending or self._from_nothing or self.is_outdated):
            try:
                pages = self._accept(self._build())
            except Problems as more:
                problems += more
        self._problems = tuple(problems)
        return Rebuild(
            sources=tuple(sorted(changed)),
            problems=self._problems,
            pages=pages,
            seconds=time.perf_counter() - began,
        )

    def new_problems(self, path: str, data: bytes) -> tuple[Problem, ...]:
        """Return what would be wrong with the site if a file of it had other content, and is not.

        It is what a save of it would be told; () as long as no build is good.
        """
        with self._building:
            if self._built is None or self._from_nothing:
                return ()
            known = {(each.place.path, each.message, each.cure) for each in self._problems}
            files, changed = {**self._files, path: data}, self._pending | {path}
            try:
                build_again(files, changed, self._time, self._built)
            except Problems as problems:
                found = tuple(problems)
                return tuple(p for p in found if (p.place.path, p.message, p.cure) not in known)
        return ()

    def _read(self, paths: Iterable[str]) -> set[str]:
        """Read the files at or below `paths`; return the paths of those that have changed."""
        changed: set[str] = set()
        files = dict(self._files)
        for path in dict.fromkeys(map(self._up_to_no_folder, paths)):
            if is_left_out(path):
                continue
            old = set(_below(files, normalize("NFC", path)))
            try:
                new = read_site_sources(self.root, path)
                if any(not data and files.get(found) for found, data in new.items()):
                    time.sleep(EMPTY_FILE_WAIT)
                    new = read_site_sources(self.root, path)
                self._unreadable.pop(path, None)
            except Problems as problems:
                self._unreadable[path] = tuple(problems)
                continue
            changed |= {known for known in old if known not in new}
            changed |= {found for found in new if files.get(found) != new[found]}
            for known in old - new.keys():
                del files[known]
            files |= new
        if changed:
            self._files = files
        return changed

    def _up_to_no_folder(self, path: str) -> str:
        """Return a path up to the first link or file in it, which is reported and not followed."""
        parts = path.split("/")
        above = ("/".join(parts[:end]) for end in range(1, len(parts)))
        return next((folder for folder in above if _is_no_folder(self.root / folder)), path)

    def _build(self) -> Build:
        """Build the site, reusing the last good build. Raises Problems."""
        last = None if self._from_nothing else self._built
        return build_again(self._files, self._pending, self._time, last)

    def _accept(self, built: Build) -> frozenset[str]:
        """Replace the pages by those of a build; return the paths of those that differ."""
        new = dict(built.outputs)
        changed = {path for path, data in new.items() if self.pages.get(path) != data}
        gone = self.pages.keys() - built.paths
        pages = {**self.pages, **new}
        for path in gone:
            del pages[path]
        self.pages, self._built, self._from_nothing = pages, built, False
        self._pending.clear()
        return frozenset(changed | gone)

    def topic_notes(self, folder: str) -> TopicNotes:
        """Return the warnings of a topic, by its folder, and which pages readers do not see.

        There are none if the topic is not in the last good build. Without a `folder`: the files
        that are of no topic, nor of the site. Raises Problems for a kept text that `check`
        reports.
        """
        built = self._built  # another thread may replace it meanwhile
        if built and not folder:
            return TopicNotes(warnings=tuple((Kind.OTHER, file) for file in _stray_files(built)))
        if built is None or folder not in built.whole.folders.folders:
            return TopicNotes()
        public, shown = (built.analyze(folder, at) for at in (self._now(), self._time))
        if not isinstance(public, TopicUnit) or not isinstance(shown, TopicUnit):
            return TopicNotes()
        texts = {planned.page.path: planned.texts for planned in public.pages}
        return TopicNotes(
            warnings=tuple(
                topic_warnings(self.root, self._files, built, public.topic, self._now())
            ),
            hidden={
                planned.page.path: planned.page.path in texts
                for planned in shown.pages
                if texts.get(planned.page.path) != planned.texts
            },
        )

    def status(self) -> SiteStatus:
        """Return how the site stands now, as it was last read, whether it could be built or not.

        Raises Problems if site.yaml or the words of a language cannot be read.
        """
        return read_status(self._files, read_article_texts(self.root), self._now())

    def editor_notes(self, page: str) -> EditorNotes:
        """Return what is shown beside a page, by its path; nothing if no topic has such a page.

        Raises Problems for a kept text that `check` reports.
        """
        folder = page.partition("/")[2].partition("/")[0]
        built, topic = self._built, self._topic_unit(folder)
        if built is None or topic is None:
            return EditorNotes()
        read = (planned for planned in topic.pages if planned.page.kind is PageKind.READING)
        planned = next((planned for planned in read if planned.page.path == page), None)
        if planned is None:
            return EditorNotes()
        texts = read_article_texts(self.root, folder)
        return notes_beside(planned, topic.topic, built.whole.site, texts)

    def topic(self, folder: str) -> Topic | None:
        """Return a topic of the last good build by its folder, with all that is not public."""
        unit = self._topic_unit(folder)
        return unit.topic if unit else None

    def _topic_unit(self, folder: str) -> TopicUnit | None:
        built = self._built  # another thread may replace it meanwhile
        if built is None or folder not in built.whole.folders.folders:
            return None
        unit = built.analyze(folder, self._time)
        return unit if isinstance(unit, TopicUnit) else None

    @property
    def voices(self) -> Mapping[str, Voice]:
        """The voices of the last good build, by id."""
        return self._built.whole.site.voices if self._built else {}

    @property
    def whole(self) -> Site | None:
        """The site of the last good build, without its topics; None before there is one."""
        return self._built.whole.site if self._built else None

    @property
    def shows_drafts(self) -> bool:
        """Whether drafts are shown, and what is held back."""
        return self._time == AS_EDITED

    @property
    def _time(self) -> Moment:
        """The time as of which the site is shown."""
        return self._as_of()

    @property
    def is_outdated(self) -> bool:
        """Whether a time has come at which other texts are public than when the site was built."""
        built = self._built
        if built is None or built.session is None:
            return False
        return not built.record.valid.holds(timestamp(self._time, built.session.site))

    @property
    def topic_folders(self) -> Collection[str]:
        """The folders of the topics of the last good build, and "" for what is of none."""
        return ("", *self._built.whole.folders.folders) if self._built else ()

    @property
    def base_path(self) -> str:
        """The path of the URL of the site, below which it is served too."""
        return urlsplit(self._built.whole.site.address).path if self._built else "/"


def _stray_files(built: Build) -> tuple[Problem, ...]:
    """Return a warning for each file that a build has left out."""
    codes = {language.code for language in built.whole.site.languages}
    return tuple(stray_files(built.sources.fingerprints, codes))


def _below(files: Mapping[str, bytes], path: str) -> Iterator[str]:
    """Yield the paths of the files at or below `path`."""
    if path in files:
        yield path
    else:
        yield from (known for known in files if known.startswith(f"{path}/"))


def _is_no_folder(path: Path) -> bool:
    """Whether something else than a folder is there; an error of the disk is reported elsewhere."""
    with suppress(OSError):
        return not stat.S_ISDIR(path.lstat().st_mode)
    return False
