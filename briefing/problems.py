"""Problems: what is wrong, where, and the cure.

Mistakes of an author are `Problem`s. They are collected until all are known, and raised together
as `Problems`. Any other exception is a bug of the program.
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
    """A character of a source or output file; `line` and `column` count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Problem(Struct, frozen=True, order=True):
    """One mistake: where it is, what is wrong, and what to do about it."""

    place: Place
    message: str
    cure: str
    """What to do about it; never ""."""

    def __str__(self) -> str:
        """Return `path:line:column: message`, and the cure indented on a second line."""
        return f"{printable(str(self.place))}: {self.without_place}"

    @property
    def without_place(self) -> str:
        """Return the message, and the cure indented on a second line."""
        return f"{printable(shorten(self.message))}\n    {printable(shorten(self.cure))}"


MAX_MESSAGE = 1_000
"""Characters of a message or a cure; the rest is cut off. What it quotes may be of any length."""
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def shorten(text: str) -> str:
    """Return a text of at most MAX_MESSAGE characters, with an ellipsis where it was cut."""
    return text if len(text) <= MAX_MESSAGE else f"{text[:MAX_MESSAGE]} …"


def printable(text: str) -> str:
    """Return a text with escapes for the characters that control a terminal or cannot be seen."""
    return _UNPRINTABLE.sub(lambda character: character[0].encode("unicode_escape").decode(), text)


MAX_SHOWN = 1_000
"""Problems that `str(problems)` lists; of more it says how many there are."""


class Problems(Exception, Sized):  # noqa: N818 — the word authors read; it holds many errors
    """Raised for content that cannot be built; iterates over its problems in order of place.

    Empty `Problems` mean that a step failed because of a problem that is reported elsewhere.
    """

    def __init__(self, problems: Iterable[Problem] = (), done: str = "nothing written") -> None:
        self.found: Final = tuple(problems)
        """The problems in the order they were found; the same one may be there twice."""
        self.done: Final = done
        """What a command had done when it met them."""

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Each problem once, in order of place."""
        return tuple(sorted(set(self.found), key=_by_place))

    def __str__(self) -> str:
        """Return the first MAX_SHOWN problems, one below the other."""
        more = len(self) - MAX_SHOWN
        shown = map(str, islice(self, MAX_SHOWN))
        return "\n".join([*shown, *([f"… and {more} more"] if more > 0 else [])])

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems)

    def __len__(self) -> int:
        return len(self.problems)


def _by_place(problem: Problem) -> tuple[str, int, int, str, str]:
    """Return the sort key of a problem: its path, line, column, message and cure."""
    place = problem.place
    return place.path, place.line, place.column, problem.message, problem.cure


class Broken(Enum):
    """The type of `BROKEN`."""

    BROKEN = "broken"


BROKEN: Final = Broken.BROKEN
"""Stands for a value that could not be made, and whose problems are collected already.

A step that needs the value raises empty `Problems`, so that one mistake is reported once.
"""


class Collector:
    """Collects the problems of many steps, so that an author sees all of them at once."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._failed = False

    @contextmanager
    def collect(self) -> Iterator[None]:
        """Collect the `Problems` that the `with` block raises, and continue after it."""
        try:
            yield
        except Problems as error:
            self.take(error)

    def take(self, error: Problems) -> None:
        """Collect the problems of a step that failed."""
        self._failed = True
        self._problems.extend(error.found)

    def attempt(self, make: Callable[[], T]) -> T | Literal[Broken.BROKEN]:
        """Return `make()`, or BROKEN after collecting the `Problems` it raised."""
        try:
            return make()
        except Problems as error:
            self.take(error)
            return BROKEN

    def add(self, problems: Iterable[Problem]) -> None:
        """Collect problems that were not raised; none of them means that no step failed."""
        with self.collect():
            raise_if_any(problems)

    @property
    def failed(self) -> bool:
        """Whether any step failed, even with empty `Problems`."""
        return self._failed

    @property
    def found(self) -> tuple[Problem, ...]:
        """The problems collected so far, in the order they were found."""
        return tuple(self._problems)

    def done(self) -> None:
        """Do nothing if no step failed. Raises Problems with all that were collected otherwise."""
        if self._failed:
            raise Problems(self._problems)


def raise_if_any(problems: Iterable[Problem]) -> None:
    """Do nothing if there are no problems. Raises Problems with all of them otherwise."""
    if found := tuple(problems):
        raise Problems(found)


def mistake(place: Place, message: str, cure: str) -> Problems:
    """Return one problem at `place` as `Problems`, ready to be raised."""
    return Problems([Problem(place, message, cure)])


MAX_COMPARED_WORDS = 50
"""Known words up to which each is compared, and which a cure lists; of more, only those one letter
away are looked for, so that the time does not grow with their number."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-_"


def closest_known(word: str, known: Collection[str]) -> str | None:
    """Return the known word that a misspelt word probably means, or None if none is like it."""
    if len(word) > MAX_COMPARED_WORDS:
        return None
    if len(known) <= MAX_COMPARED_WORDS:
        return next(iter(get_close_matches(word, known, n=1)), None)
    return next((near for near in _one_letter_away(word) if near in known), None)


def _one_letter_away(word: str) -> Iterator[str]:
    """Yield all words one edit away: a deletion, a transposition, a replacement, an insertion.

    https://norvig.com/spell-correct.html
    """
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (a + b[1:] for a, b in halves if b)
    yield from (a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1)
    yield from (a + letter + b[1:] for a, b in halves if b for letter in _LETTERS)
    yield from (a + letter + b for a, b in halves for letter in _LETTERS)


def did_you_mean(word: str, known: Collection[str], otherwise: str = "known") -> str:
    """Return a cure for an unknown word: the closest of the `known` words, or a list of them.

    `otherwise` introduces the list.
    """
    return suggest(closest_known(word, known), known, otherwise)


NOTHING_KNOWN: Final = "there is none yet: write one first, or leave this out"
"""The cure for a name of what there is none of."""


def suggest(closest: str | None, known: Collection[str], otherwise: str) -> str:
    """Return a cure that names the `closest` word, or lists the `known` words if that is None.

    `otherwise` introduces the list.
    """
    if closest is not None:
        return f"did you mean `{closest}`?"
    listed = ", ".join(islice(known, MAX_COMPARED_WORDS)) + (
        ", …" if len(known) > MAX_COMPARED_WORDS else ""
    )
    return f"{otherwise}: {listed}" if known else NOTHING_KNOWN


class AllBroken(Mapping[str, T | Broken]):
    """Values by id, of a file that could not be read: any id is in it, and its value is BROKEN.

    So no reference to the file is reported as unknown. Where the file could be read in part,
    `read` has the values of the ids that could.
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
