"""Exceptions that are bugs -> what the browser and the terminal show of them.

The preview goes on after a fault; its traceback is printed once. What content, memory or disk
can cause is no fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from traceback import extract_tb, format_exception, format_exception_only

from msgspec import Struct

from briefing.problems import Problems, printable, shorten

NO_FAULTS = (Problems, OSError, MemoryError)
"""The exceptions that are no fault of the program."""
REBUILD = "make the site again"
CHECK_TOPIC = "look through a topic"
SHOW_NOTES = "tell what stands beside a page"
WATCH = "watch the folder of the site"
ANSWER = "answer the browser"
WRITE = "write to a file"
"""What could not be done, for the message of a fault."""
CURE = (
    "The last good pages are still shown. The next save is tried again, from nothing. "
    "The whole of it is in the terminal, for those who look after the program."
)
PACKAGE = Path(__file__).parents[2]
"""The folder of the package `briefing`."""


class Fault(Struct, frozen=True, kw_only=True):
    """A fault of the program, as the browser shows it."""

    message: str
    place: str
    """The innermost place in the package that it came through: `file:line`."""
    cure: str = CURE


class Faults:
    """The faults there were. Several threads may use it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._shown: dict[tuple[str, str, str], Fault] = {}
        """The faults since the last save, by what could not be done, exception type and place."""
        self._known: set[tuple[str, str]] = set()
        """The exception types and places of all faults; the traceback of each was printed."""
        self._listeners: list[Callable[[str], object]] = []

    @property
    def shown(self) -> tuple[Fault, ...]:
        """The faults since the last save, oldest first."""
        with self._lock:
            return tuple(self._shown.values())

    def is_shown(self, doing: str) -> bool:
        """Whether a fault since the last save is of `doing`, one of the constants above."""
        with self._lock:
            return any(key[0] == doing for key in self._shown)

    def listen(self, listener: Callable[[str], object]) -> None:
        """Call `listener` with each further fault that is shown, as text for the terminal."""
        self._listeners.append(listener)

    def clear(self) -> None:
        """Forget the faults that are shown: a save was taken in without one."""
        with self._lock:
            self._shown.clear()

    @contextmanager
    def recorded(self, doing: str) -> Iterator[None]:
        """Record a fault that leaves the block, which does `doing`, and go on after the block.

        Raises the other exceptions, those in NO_FAULTS.
        """
        try:
            yield
        except NO_FAULTS:
            raise
        except Exception as error:  # noqa: BLE001 — it is shown, and the preview goes on
            self.record(doing, error)

    def record(self, doing: str, error: Exception) -> None:
        """Record that `doing` could not be done for `error`; call the listeners if it is new."""
        place, kind = _place(error), type(error).__name__
        message = shorten(_text(format_exception_only(error)[-1].strip()))
        fault = Fault(message=f"It could not {doing}: {message}", place=place)
        with self._lock:
            if (doing, kind, place) in self._shown:
                return
            self._shown[doing, kind, place] = fault
            is_known = (kind, place) in self._known
            self._known.add((kind, place))
        line = f"a fault of the program: it could not {doing}: {message}\n    at {place}"
        text = line if is_known else f"{_text(''.join(format_exception(error)))}\n{line}"
        for listener in self._listeners:
            listener(text)


def _place(error: Exception) -> str:
    """Return the innermost place in the package that an exception came through, else of all."""
    frames = [(Path(frame.filename), frame.lineno) for frame in extract_tb(error.__traceback__)]
    ours = [(path, line) for path, line in frames if path.is_relative_to(PACKAGE)]
    for path, line in (*reversed(ours), *reversed(frames)):
        name = path.relative_to(PACKAGE.parent).as_posix() if ours else path.name
        return f"{name}:{line}"
    return "a place that is not known"


def _text(text: str) -> str:
    """Return a text that cannot control a terminal, and that UTF-8 can encode."""
    lines = "\n".join(map(printable, text.rstrip("\n").split("\n")))
    return lines.encode(errors="backslashreplace").decode()
