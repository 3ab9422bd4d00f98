"""Faults of the program itself: told to the editor, and in whole at the terminal, once.

The preview goes on after them. What content, memory or disk can cause is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from traceback import extract_tb, format_exception, format_exception_only

from msgspec import Struct

from briefing.problems import Problems, _cut, _printable

NO_FAULTS = (Problems, OSError, MemoryError)
"""What is raised and is no fault of the program."""
MAKE = "make the site again"
LOOK = "look through a topic"
BESIDE = "tell what stands beside a page"
WATCH = "watch the folder of the site"
ANSWER = "answer the browser"
CURE = (
    "The last good pages are still shown. The next save is tried again, from nothing. "
    "The whole of it is in the terminal, for those who look after the program."
)
PACKAGE = Path(__file__).parents[2]


class Fault(Struct, frozen=True, kw_only=True):
    """A fault of the program, as it is told to an editor."""

    message: str
    place: str
    """Where in our code it came to light: `file:line`."""
    cure: str = CURE


class Faults:
    """The faults there were; may be used by several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._shown: dict[tuple[str, str, str], Fault] = {}
        """Those since the last save, by what could not be done, their kind and their place."""
        self._known: set[tuple[str, str]] = set()
        """The kinds and places of all of them."""
        self._listeners: list[Callable[[str], object]] = []

    @property
    def shown(self) -> tuple[Fault, ...]:
        """Those that are to be shown."""
        with self._lock:
            return tuple(self._shown.values())

    def is_shown(self, doing: str) -> bool:
        """Whether something that could not be done is to be shown."""
        with self._lock:
            return any(key[0] == doing for key in self._shown)

    def listen(self, listener: Callable[[str], object]) -> None:
        """Let somebody be told of each fault that is to be shown, in the words for a terminal."""
        self._listeners.append(listener)

    def clear(self) -> None:
        """Show none of them: something was saved, and what it led to was done."""
        with self._lock:
            self._shown.clear()

    @contextmanager
    def caught(self, doing: str) -> Iterator[None]:
        """Go on after a fault in the block, which is there to do something."""
        try:
            yield
        except NO_FAULTS:
            raise
        except Exception as error:  # noqa: BLE001 — it is told, and the preview goes on
            self.take(doing, error)

    def take(self, doing: str, error: Exception) -> None:
        """Take in that something could not be done."""
        place, kind = _place(error), type(error).__name__
        said = _cut(_text(format_exception_only(error)[-1].strip()))
        fault = Fault(message=f"It could not {doing}: {said}", place=place)
        with self._lock:
            if (doing, kind, place) in self._shown:
                return
            self._shown[doing, kind, place] = fault
            is_known = (kind, place) in self._known
            self._known.add((kind, place))
        line = f"a fault of the program: it could not {doing}: {said}\n    at {place}"
        told = line if is_known else f"{_text(''.join(format_exception(error)))}\n{line}"
        for listener in self._listeners:
            listener(told)


def _place(error: Exception) -> str:
    """Give the innermost place of ours that an exception came through, or of all."""
    frames = [(Path(frame.filename), frame.lineno) for frame in extract_tb(error.__traceback__)]
    ours = [(path, line) for path, line in frames if path.is_relative_to(PACKAGE)]
    for path, line in (*reversed(ours), *reversed(frames)):
        name = path.relative_to(PACKAGE.parent).as_posix() if ours else path.name
        return f"{name}:{line}"
    return "a place that is not known"


def _text(text: str) -> str:
    """Give lines of which none can steer a terminal, and which are Unicode."""
    lines = "\n".join(map(_printable, text.rstrip("\n").split("\n")))
    return lines.encode(errors="backslashreplace").decode()
