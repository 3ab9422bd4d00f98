"""Rebuilds -> what a browser is sent: problems, warnings, faults, and which pages have changed."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from pathlib import PurePosixPath
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from briefing.checks.content import Kind
from briefing.commands.serve.editor_notes import ClaimNote
from briefing.commands.serve.faults import CHECK_TOPIC, Fault, Faults
from briefing.commands.serve.live_site import LiveSite, Rebuild, TopicNotes
from briefing.problems import Place, Problem, Problems

CONTEXT_LINES = 2
"""Lines of a source that are shown before and after the one with the problem."""
MAX_HISTORY = 500
"""Rebuilds whose pages are remembered; a browser that missed more reloads whatever it shows."""
KINDS = list(Kind)
"""What a warning may be about, what matters most first."""
URGENT = frozenset({Kind.PASSAGE, Kind.VALUE, Kind.FUTURE})
MAX_PROBLEMS = 100
"""Problems that are shown; more are shown once some of these are cured."""


class Line(Struct, frozen=True):
    """A line of a source file."""

    number: int
    text: str


class ProblemView(Struct, frozen=True, kw_only=True):
    """A problem as the browser shows it, with the lines around its place."""

    path: str
    line: int
    column: int
    message: str
    cure: str
    frame: tuple[Line, ...]
    link: str
    """The URL that opens the place in the editor."""
    kind: str = ""
    """What a warning is about; "" for a problem."""
    urgent: bool = False
    """Whether readers are told something untrue, or nothing, until it is cured."""


class PreviewMessage(Struct, frozen=True, kw_only=True):
    """What a browser is sent."""

    base: str = "/"
    """The path of the URL of the site."""
    serial: int = 0
    """The number of rebuilds that changed a page."""
    problems: tuple[ProblemView, ...] = ()
    faults: tuple[Fault, ...] = ()
    """The faults of the program since the last save."""
    warnings: tuple[ProblemView, ...] = ()
    """By kind, what matters most first."""
    hidden: Mapping[str, bool] = {}
    """Paths of the pages that readers do not see so now; True: they see another text there."""
    pages: tuple[str, ...] | None = ()
    """Paths of the pages that have changed since the browser asked; None: too long ago to know."""
    follow: str = ""
    """The path of the page of the text saved last, if the browser is to go there; "": it stays."""


class PreviewState:
    """What came of the rebuilds so far; one thread records, several ask."""

    filepath = "the sources"
    """What livereload logs as changed."""

    def __init__(self, site: LiveSite, editor: str, *, follows: bool = False) -> None:
        """Start with no rebuild of `site`.

        `editor`: the URL that opens a place, with {path}, {line} and {column} to be replaced.
        `follows`: whether the browser goes to the page of the text saved last.
        """
        self._site, self._editor, self._follows = site, editor, follows
        self.faults = Faults()
        self._changed: set[str] = set()
        """The paths of the source files that have changed since the last good rebuild."""
        self._unchecked: list[str] = []
        """The folders of the topics whose notes are out of date."""
        self._failed: set[str] = set()
        """The folders of the topics whose notes could not be made, for a fault of the program."""
        self._notes: dict[str, TopicNotes] = {}
        """By folder."""
        self._history: deque[tuple[int, frozenset[str]]] = deque(maxlen=MAX_HISTORY)
        """The serial of each of the last rebuilds, with the paths of the pages it changed."""
        self.message = PreviewMessage()

    def record(self, rebuild: Rebuild) -> str:
        """Record a rebuild; return what the terminal shows of it."""
        self._changed.update(rebuild.sources)
        problems = tuple(self._view(problem) for problem in rebuild.problems[:MAX_PROBLEMS])
        self.faults.clear()
        if problems:
            self.message = replace(self.message, problems=problems)
            listed = "\n".join(map(str, rebuild.problems))
            count = len(rebuild.problems)
            return f"{listed}\n{count} problem{'s' * (count != 1)}, the last good pages are shown"
        serial = self.message.serial + bool(rebuild.pages)
        if rebuild.pages:
            self._history.append((serial, rebuild.pages))
        self.message = replace(
            self.message,
            base=self._site.base_path,
            serial=serial,
            problems=(),
            follow=self._page_of(rebuild.sources) if self._follows else "",
        )
        self._schedule_checks()
        count, milliseconds = len(rebuild.pages), rebuild.seconds * 1000
        return f"{count} page{'s' * (count != 1)} made in {milliseconds:.0f} ms"

    def _schedule_checks(self) -> None:
        """Find the topics whose notes may be out of date; forget those of topics that are gone."""
        texts = {path for path in self._changed if not path.startswith("templates/")}
        own = {path for path in texts if path.count("/") > 1}
        again = {*self._failed, "", *(path.split("/")[1] for path in own)}
        is_all = not self._notes or texts != own
        known = self._site.topic_folders
        wanted = known if is_all else (folder for folder in known if folder in again)
        left = (folder for folder in self._unchecked if folder in known)
        self._unchecked = list(dict.fromkeys([*left, *wanted]))
        self._notes = {folder: self._notes[folder] for folder in known if folder in self._notes}
        self._changed.clear()
        self._failed.clear()
        if not self._unchecked:
            self._publish_notes()

    def message_since(self, serial: int) -> PreviewMessage:
        """Return what a browser is sent that has asked last when the serial was `serial`."""
        message = replace(self.message, faults=self.faults.shown)
        later = [
            pages for number, pages in list(self._history) if serial < number <= message.serial
        ]
        if len(later) != message.serial - serial:
            return replace(message, pages=None)
        return replace(message, pages=tuple(sorted(frozenset().union(*later))))

    def notes_beside(self, page: str) -> dict[str, object]:
        """Return the notes beside a page, by its path, with URLs that open places in the editor.

        The keys are those of EditorNotes. Raises Problems for a kept text.
        """
        notes = self._site.editor_notes(page)
        return {
            "rows": {point: [*map(self._note, claims)] for point, claims in notes.rows.items()},
            "claims": [*map(self._note, notes.claims)],
            "articles": notes.articles,
            "stale": notes.stale,
        }

    def _note(self, note: ClaimNote) -> dict[str, str]:
        place = note.place
        name = f"{place.path.rpartition('/')[2]}:{place.line}"
        article = place.path.removeprefix("content/").partition(".")[0]
        link = self.link(place)
        return {"name": name, "link": link, "proof": note.proof, "article": article}

    def link(self, place: Place) -> str:
        """Return the URL that opens a place in the editor."""
        path = quote(os.fsencode(self._site.root / place.path))
        line, column = str(place.line), str(place.column)
        link = self._editor.replace("{path}", path).replace("{line}", line)
        return link.replace("{column}", column)

    def _view(self, problem: Problem) -> ProblemView:
        place = problem.place
        lines = self._site.source_text(place.path).split("\n") if place.line else []
        first = max(1, place.line - CONTEXT_LINES)
        frame = lines[first - 1 : place.line + CONTEXT_LINES]
        return ProblemView(
            path=_printable(place.path),
            line=place.line,
            column=place.column,
            message=_printable(problem.message),
            cure=_printable(problem.cure),
            frame=tuple(Line(first + at, text) for at, text in enumerate(frame)),
            link=self.link(place),
        )

    def _page_of(self, sources: tuple[str, ...]) -> str:
        """Return the path of the page of the first source file that has one, "" if none has."""
        for source in sources:
            path = PurePosixPath(source)
            stem, _, language = path.stem.partition(".")
            inner = "" if stem == "topic" else f"{stem}/"
            page = f"{language}/{path.parent.name}/{inner}index.html"
            if page in self._site.pages:
                return page.removesuffix("index.html")
        return ""

    @property
    def has_unchecked_topics(self) -> bool:
        """Whether the notes of a topic are out of date."""
        return bool(self._unchecked)

    def check_next_topic(self) -> bool:
        """Make the notes of a topic again; return whether the message has changed.

        It changes when the notes of the last topic are made.
        """
        folder = self._unchecked.pop(0)
        self._failed.add(folder)
        with self.faults.recorded(CHECK_TOPIC):
            with suppress(Problems):  # of a kept text: `check` reports them
                self._notes[folder] = self._site.topic_notes(folder)
            self._failed.remove(folder)
        return not self._unchecked and self._publish_notes()

    def _publish_notes(self) -> bool:
        """Put the notes of all topics into the message; return whether it has changed."""
        notes = [self._notes[folder] for folder in sorted(self._notes)]
        # What is said of the site itself is among the notes of each topic.
        found = dict.fromkeys(warning for topic in notes for warning in topic.warnings)
        message = replace(
            self.message,
            warnings=tuple(
                replace(self._view(problem), kind=kind.value, urgent=kind in URGENT)
                for kind, problem in sorted(found, key=lambda one: KINDS.index(one[0]))
            ),
            hidden={path: seen for topic in notes for path, seen in topic.hidden.items()},
        )
        self.message, old = message, self.message
        return message != old


def _printable(text: str) -> str:
    """Return a text that UTF-8 can encode: lone surrogates are escaped."""
    return text.encode(errors="backslashreplace").decode()
