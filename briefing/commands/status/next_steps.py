"""The status of a site -> what is most useful to do next, in the order of docs/editing.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice

from msgspec import Struct

from briefing.commands.status.statuses import (
    EntryStatus,
    PassageStatus,
    SiteStatus,
    State,
    TextStatus,
)
from briefing.problems import Place

MOST = 3
"""Steps that are told: more are a list that nobody works through."""


class Step(Struct, frozen=True, kw_only=True):
    """Something to do: why, and how to begin."""

    why: str
    command: str = ""
    """The words and options of the command that does it; "" where a file is to be opened."""
    place: Place | None = None
    """The place to open; None where a command does it."""


def next_steps(status: SiteStatus) -> tuple[Step, ...]:
    """Return the most useful things to do next, the first first; () if there is nothing to do.

    Mistakes come first, for with one nothing is built; then what readers see and is not so; then
    what nobody has proved; then translations that are missing; then drafts.
    """
    kinds = (_mistakes, _untrue, _stale, _unproved, _machine, _missing, _claims_to_write, _drafts)
    return tuple(islice(chain.from_iterable(kind(status) for kind in kinds), MOST))


def _mistakes(status: SiteStatus) -> Iterator[Step]:
    for problem in status.problems:
        yield Step(why=problem.message, place=problem.place)


def _untrue(status: SiteStatus) -> Iterator[Step]:
    """Yield the articles that readers see, with a passage that is not where we say it is."""
    for _, passages in _read_articles(status):
        wrong = (*passages.not_found, *passages.changed, *passages.source)
        for problem in wrong[:1]:
            more = f", and {len(wrong) - 1} more in this article" if len(wrong) > 1 else ""
            yield Step(why=f"{problem.message}{more}", place=problem.place)


def _stale(status: SiteStatus) -> Iterator[Step]:
    for text in _texts(status, lambda text: State.STALE in text.states and text.public):
        why = f"{text.path} is older than its original, and readers see it"
        yield Step(why=why, command=f"translate {text.original} {text.language}")


def _unproved(status: SiteStatus) -> Iterator[Step]:
    for entry, passages in _read_articles(status):
        if count := len(passages.never):
            why = f"{_number(count, 'passage')} of {entry.id} never proved"
            yield Step(why=why, command=f"prove {entry.id}")


def _machine(status: SiteStatus) -> Iterator[Step]:
    for text in _texts(status, lambda text: State.MACHINE in text.states and text.public):
        why = "a machine made it, nobody has reviewed it, and readers see it"
        yield Step(why=why, place=Place(text.path))


def _missing(status: SiteStatus) -> Iterator[Step]:
    for text in _texts(status, lambda text: State.MISSING in text.states and bool(text.original)):
        why = f"there is no {text.path}"
        yield Step(why=why, command=f"translate {text.original} {text.language}")


def _claims_to_write(status: SiteStatus) -> Iterator[Step]:
    for entry in _entries(status):
        if entry.passages and (count := entry.passages.to_write):
            why = f"{_number(count, 'claim')} to be written"
            yield Step(why=why, place=Place(entry.lead))


def _drafts(status: SiteStatus) -> Iterator[Step]:
    for text in _texts(status, lambda text: State.DRAFT in text.states):
        place = text.draft_place or Place(text.path)
        yield Step(why="a draft: readers do not see it", place=place)


def _entries(status: SiteStatus) -> Iterator[EntryStatus]:
    """Yield all that there are texts on, the newest topic first, and the site itself."""
    yield from (entry for topic in status.topics for entry in topic.entries)
    if status.about:
        yield status.about


def _texts(status: SiteStatus, wanted: Callable[[TextStatus], bool]) -> Iterator[TextStatus]:
    yield from (text for entry in _entries(status) for text in entry.texts if wanted(text))


def _read_articles(status: SiteStatus) -> Iterator[tuple[EntryStatus, PassageStatus]]:
    """Yield the articles that readers see, with what is known of their passages."""
    for entry in _entries(status):
        if entry.passages and any(text.public for text in entry.texts):
            yield entry, entry.passages


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"
