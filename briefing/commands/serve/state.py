"""What the preview tells of the sources: what is wrong, what could be better, what has changed."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from pathlib import PurePosixPath
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from briefing.commands.serve.editor_notes import ClaimNote
from briefing.commands.serve.faults import LOOK, Fault, Faults
from briefing.commands.serve.live_site import LiveSite, Rebuild, TopicNotes
from briefing.problems import Place, Problem, Problems

AROUND = 2
"""Lines of the source that are shown before and after the one that is wrong."""
REMEMBERED = 500
"""Changes after which a browser that did not look is told that all may have changed."""
SHOWN = 100
"""Problems that are shown; who has more looks again."""


class Line(Struct, frozen=True):
    """A line of a source."""

    number: int
    text: str


class ProblemView(Struct, frozen=True, kw_only=True):
    """A problem, with what stands around its place."""

    path: str
    line: int
    column: int
    message: str
    cure: str
    frame: tuple[Line, ...]
    link: str
    """Opens it in the editor."""


class PreviewMessage(Struct, frozen=True, kw_only=True):
    """How the sources are."""

    base: str = "/"
    """The path of the address of the site."""
    serial: int = 0
    """Goes up with each change of the pages."""
    problems: tuple[ProblemView, ...] = ()
    faults: tuple[Fault, ...] = ()
    """Of the program itself."""
    warnings: tuple[ProblemView, ...] = ()
    hidden: Mapping[str, bool] = {}
    """The pages that readers do not see so now, by path, and whether they see something there."""
    pages: tuple[str, ...] | None = ()
    """The pages that have changed since the browser looked; None if it is too long ago to tell."""
    follow: str = ""
    """The page of what was edited last, where the browser is to go there."""


class PreviewState:
    """Where all that is to be told stands."""

    filepath = "the sources"
    """What livereload logs."""

    def __init__(self, workshop: LiveSite, editor: str, *, follows: bool = False) -> None:
        """`editor` is the address of a place for an editor, with {path}, {line} and {column}."""
        self._workshop, self._editor, self._follows = workshop, editor, follows
        self.faults = Faults()
        self._changed: set[str] = set()
        """What has changed since the site was made last, by path."""
        self._unchecked: list[str] = []
        """The folders of the topics that are to be looked through."""
        self._failed: set[str] = set()
        """Those that could not be, by a fault of the program."""
        self._looks: dict[str, TopicNotes] = {}
        self._history: deque[tuple[int, frozenset[str]]] = deque(maxlen=REMEMBERED)
        """The pages of the last changes, each with the serial it made."""
        self.state = PreviewMessage()

    def take(self, outcome: Rebuild) -> str:
        """Take in what came of a change; say it in a line or more."""
        self._changed.update(outcome.sources)
        problems = tuple(self._told(problem) for problem in outcome.problems[:SHOWN])
        self.faults.clear()
        if problems:
            self.state = replace(self.state, problems=problems)
            listed = "\n".join(map(str, outcome.problems))
            count = len(outcome.problems)
            return f"{listed}\n{count} problem{'s' * (count != 1)}, the last good pages are shown"
        serial = self.state.serial + bool(outcome.pages)
        if outcome.pages:
            self._history.append((serial, outcome.pages))
        self.state = replace(
            self.state,
            base=self._workshop.base,
            serial=serial,
            problems=(),
            follow=self._page_of(outcome.sources) if self._follows else "",
        )
        self._plan_looks()
        count, milliseconds = len(outcome.pages), outcome.seconds * 1000
        return f"{count} page{'s' * (count != 1)} made in {milliseconds:.0f} ms"

    def _plan_looks(self) -> None:
        """See which topics are to be looked through; what was told of those that went, goes."""
        texts = {path for path in self._changed if not path.startswith("templates/")}
        own = {path for path in texts if path.count("/") > 1}
        again = {*self._failed, *(path.split("/")[1] for path in own)}
        is_all = not self._looks or texts != own
        known = self._workshop.folders
        wanted = known if is_all else (folder for folder in known if folder in again)
        left = (folder for folder in self._unchecked if folder in known)
        self._unchecked = list(dict.fromkeys([*left, *wanted]))
        self._looks = {folder: self._looks[folder] for folder in known if folder in self._looks}
        self._changed.clear()
        self._failed.clear()
        if not self._unchecked:
            self._tell_looks()

    def since(self, serial: int) -> PreviewMessage:
        """Give the state, with what has changed since it had a serial."""
        state = replace(self.state, faults=self.faults.shown)
        later = [pages for number, pages in list(self._history) if serial < number <= state.serial]
        if len(later) != state.serial - serial:
            return replace(state, pages=None)
        return replace(state, pages=tuple(sorted(frozenset().union(*later))))

    def margin(self, page: str) -> dict[str, object]:
        """Tell what stands beside a page, with what opens each place in the editor."""
        margin = self._workshop.notes_beside(page)
        return {
            "rows": {point: [*map(self._mark, marks)] for point, marks in margin.rows.items()},
            "claims": [*map(self._mark, margin.claims)],
            "stale": margin.stale,
        }

    def _mark(self, mark: ClaimNote) -> dict[str, str]:
        place = mark.place
        name = f"{place.path.rpartition('/')[2]}:{place.line}"
        return {"name": name, "link": self._link(place), "proof": mark.proof}

    def _link(self, place: Place) -> str:
        path = quote(os.fsencode(self._workshop.root / place.path))
        line, column = str(place.line), str(place.column)
        found = self._editor.replace("{path}", path).replace("{line}", line)
        return found.replace("{column}", column)

    def _told(self, problem: Problem) -> ProblemView:
        place = problem.place
        lines = self._workshop.source(place.path).split("\n") if place.line else []
        first = max(1, place.line - AROUND)
        frame = lines[first - 1 : place.line + AROUND]
        return ProblemView(
            path=_shown(place.path),
            line=place.line,
            column=place.column,
            message=_shown(problem.message),
            cure=_shown(problem.cure),
            frame=tuple(Line(first + at, text) for at, text in enumerate(frame)),
            link=self._link(place),
        )

    def _page_of(self, sources: tuple[str, ...]) -> str:
        """Give the page of the first of some sources that has one."""
        for source in sources:
            path = PurePosixPath(source)
            stem, _, language = path.stem.partition(".")
            inner = "" if stem == "topic" else f"{stem}/"
            page = f"{language}/{path.parent.name}/{inner}index.html"
            if page in self._workshop.pages:
                return page.removesuffix("index.html")
        return ""

    @property
    def is_unchecked(self) -> bool:
        """Whether there is a topic left to look through."""
        return bool(self._unchecked)

    def check_some(self) -> bool:
        """Look through a topic; give whether there is news to tell, once all are looked through."""
        folder = self._unchecked.pop(0)
        self._failed.add(folder)
        with self.faults.caught(LOOK):
            with suppress(Problems):  # a kept text that nobody can have read: `check` tells of it
                self._looks[folder] = self._workshop.notes_on(folder)
            self._failed.remove(folder)
        return not self._unchecked and self._tell_looks()

    def _tell_looks(self) -> bool:
        """Tell what was found in all topics; give whether it is news."""
        looks = [self._looks[folder] for folder in sorted(self._looks)]
        news = replace(
            self.state,
            warnings=tuple(self._told(problem) for look in looks for problem in look.warnings),
            hidden={path: seen for look in looks for path, seen in look.hidden.items()},
        )
        self.state, old = news, self.state
        return news != old


def _shown(text: str) -> str:
    """Give a text as it can be sent: with what is no Unicode in it escaped."""
    return text.encode(errors="backslashreplace").decode()
