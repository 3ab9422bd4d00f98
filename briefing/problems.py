"""What is wrong with the content, where, and the cure.

Mistakes of an author are `Problem`s, gathered until all are known and raised
together as `Problems`. Anything else that is raised is a bug of ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sized
from contextlib import contextmanager
from difflib import get_close_matches
from enum import Enum
from functools import cached_property
from itertools import islice
from typing import Final, Literal, TypeVar

from msgspec import Struct

T = TypeVar("T")


class Place(Struct, frozen=True, order=True):
    """A character an author can put the cursor on; lines and columns count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Problem(Struct, frozen=True, order=True):
    """One mistake: where it was made, what is wrong, and what to do about it."""

    place: Place
    message: str
    cure: str = ""

    def __str__(self) -> str:
        said = _printable(f"{self.place}: {_cut(self.message)}")
        return f"{said}\n    {_printable(_cut(self.cure))}" if self.cure else said


MAX_MESSAGE = 1_000
"""Characters of a message or a cure: what an author wrote may be of any length."""
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def _cut(text: str) -> str:
    return text if len(text) <= MAX_MESSAGE else f"{text[:MAX_MESSAGE]} …"


def _printable(text: str) -> str:
    """Write what could steer a terminal as an escape."""
    return _UNPRINTABLE.sub(lambda sign: sign[0].encode("unicode_escape").decode(), text)


MAX_SHOWN = 1_000
"""Problems that are said; who has more will look again."""


class Problems(Exception, Sized):  # noqa: N818 — the word authors read, and it is many
    """Content that cannot be built, with every reason found, in order of place."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self.found: Final = tuple(problems)
        """As they were found, some perhaps twice."""

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """In order of place, each once."""
        return tuple(sorted(set(self.found), key=_by_place))

    def __str__(self) -> str:
        more = len(self) - MAX_SHOWN
        told = map(str, islice(self, MAX_SHOWN))
        return "\n".join([*told, *([f"… and {more} more"] if more > 0 else [])])

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems)

    def __len__(self) -> int:
        return len(self.problems)


def _by_place(problem: Problem) -> tuple[str, int, int, str, str]:
    place = problem.place
    return place.path, place.line, place.column, problem.message, problem.cure


class Broken(Enum):
    """The type of `BROKEN`."""

    BROKEN = "broken"


BROKEN: Final = Broken.BROKEN
"""Stands for what could not be made, and whose mistakes have been told.

Whoever needs the thing fails in silence, so that one mistake is told once.
"""


class Collector:
    """Gathers problems from many steps, so that an author sees all of them at once."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._failed = False

    @contextmanager
    def collect(self) -> Iterator[None]:
        """Take the problems of the block and carry on after it."""
        try:
            yield
        except Problems as error:
            self.take(error)

    def take(self, error: Problems) -> None:
        """Take the problems of a step that failed."""
        self._failed = True
        self._problems.extend(error.found)

    def attempt(self, make: Callable[[], T]) -> T | Literal[Broken.BROKEN]:
        """Give what `make` makes, or BROKEN with its problems taken."""
        try:
            return make()
        except Problems as error:
            self.take(error)
            return BROKEN

    def add(self, problems: Iterable[Problem]) -> None:
        """Take problems that nobody raised."""
        with self.collect():
            raise_if_any(problems)

    @property
    def failed(self) -> bool:
        """Whether any step failed, with a problem or without."""
        return self._failed

    @property
    def found(self) -> tuple[Problem, ...]:
        """The problems that were taken."""
        return tuple(self._problems)

    def done(self) -> None:
        """Raise `Problems` if any step failed."""
        if self._failed:
            raise Problems(self._problems)


def raise_if_any(problems: Iterable[Problem]) -> None:
    """Raise `Problems` if there are any."""
    if found := tuple(problems):
        raise Problems(found)


def mistake(place: Place, message: str, cure: str = "") -> Problems:
    """Give one problem, ready to be raised."""
    return Problems([Problem(place, message, cure)])


MAX_COMPARED_WORDS = 50
"""Words that are compared one by one, and listed; of more, only those one letter away are seen."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-_"


def closest_known(word: str, known: Collection[str]) -> str | None:
    """Give the known word that was probably meant, if there is one."""
    if len(word) > MAX_COMPARED_WORDS:
        return None
    if len(known) <= MAX_COMPARED_WORDS:
        return next(iter(get_close_matches(word, known, n=1)), None)
    return next((near for near in _one_letter_away(word) if near in known), None)


def _one_letter_away(word: str) -> Iterator[str]:
    """Words with a letter less, two in turn, another, or one more (https://norvig.com/spell-correct.html)."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (a + b[1:] for a, b in halves if b)
    yield from (a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1)
    yield from (a + letter + b[1:] for a, b in halves if b for letter in _LETTERS)
    yield from (a + letter + b for a, b in halves for letter in _LETTERS)


def did_you_mean(word: str, known: Collection[str], otherwise: str = "known") -> str:
    """Name the known word that was probably meant, or list what is known."""
    return suggest(closest_known(word, known), known, otherwise)


def suggest(closest: str | None, known: Collection[str], otherwise: str) -> str:
    """Name the word that was probably meant, or list what is known where there is none."""
    if closest is not None:
        return f"did you mean `{closest}`?"
    listed = ", ".join(islice(known, MAX_COMPARED_WORDS)) + (
        ", …" if len(known) > MAX_COMPARED_WORDS else ""
    )
    return f"{otherwise}: {listed}" if known else ""


class AllBroken(Mapping[str, T | Broken]):
    """Things by id, of a file that could not be read: every id is known, and BROKEN.

    Where only some ids could not be read, the others lead to what was read.
    """

    def __init__(self, read: Mapping[str, T | Broken] | None = None) -> None:
        self._read: Final = read or {}

    def __getitem__(self, id: str) -> T | Broken:
        return self._read.get(id, BROKEN)

    def __contains__(self, id: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)
