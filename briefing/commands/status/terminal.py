"""The status of a site -> the table that a terminal shows, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import category, east_asian_width

from briefing.commands.status.moments import told_moment
from briefing.commands.status.next_steps import next_steps
from briefing.commands.status.statuses import (
    EntryStatus,
    PassageStatus,
    SiteStatus,
    State,
    TextStatus,
)
from briefing.problems import printable

COLUMNS = 80
"""Cells of a line, which every terminal has."""
_GAP = "  "


def status_lines(status: SiteStatus, program: str) -> Iterator[str]:
    """Yield the lines that a terminal of COLUMNS cells shows of a status.

    program: what is typed before the words of a command. A word without spaces that is longer
    than a line is left whole.
    """
    yield printable(f"{status.title}: {told_moment(status.as_of)}")
    for topic in status.topics:
        yield ""
        yield _cut(printable(f"{topic.title} ({topic.id})"), COLUMNS)
        yield from _table(topic.entries, status.languages)
    if status.about:
        yield ""
        yield from _table([status.about], status.languages)
    for id in status.unread:
        yield ""
        yield printable(f"{id}: not shown, there are mistakes in it")
    yield ""
    yield from _counts(status)
    yield from _steps(status, program)


def _table(entries: Sequence[EntryStatus], languages: Sequence[str]) -> Iterator[str]:
    """Yield a row for each entry, a column for each language; a list where that is too wide."""
    names = [_cut(entry.name, COLUMNS // 3) for entry in entries]
    rows = [[told_text(text) for text in entry.texts] for entry in entries]
    first = max(map(width, names))
    columns = [max(width(each) for each in column) for column in zip(languages, *rows, strict=True)]
    widths = [first, *columns]
    is_list = sum(len(_GAP) + column for column in widths) > COLUMNS
    if not is_list:
        yield _row(["", *languages], widths)
    for name, entry, cells in zip(names, entries, rows, strict=True):
        yield f"{_GAP}{name}" if is_list else _row([name, *cells], widths)
        if is_list:
            yield from _listed(entry)
        told = told_passages(entry.passages) if entry.passages else ()
        yield from (f"{' ' * 4}{line}" for line in told)


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * (wide - width(cell)) for cell, wide in zip(cells, widths, strict=True))
    return f"{_GAP}{_GAP.join(padded)}".rstrip()


def _listed(entry: EntryStatus) -> Iterator[str]:
    """Yield a line for each thing that is said of a text, with the languages of which it is so."""
    said: dict[str, list[str]] = {}
    for text in entry.texts:
        said.setdefault(told_text(text), []).append(text.language)
    for what, languages in said.items():
        yield from _wrapped(f"{what}:", languages, indent=4)


def told_text(text: TextStatus) -> str:
    """Return what is said of a text, in a few words."""
    words = [state.value for state in text.states if state is not State.HELD_BACK]
    if text.appears:
        words.append(f"from {told_moment(text.appears)}")
    return ", ".join(words)


def told_passages(passages: PassageStatus) -> tuple[str, ...]:
    """Return what is said of the passages of an article, in lines; () if all are proved."""
    counted = {
        "not in the kept text": len(passages.not_found),
        "changed since they were proved": len(passages.changed),
        "never proved": len(passages.never),
    }
    total = f"{passages.claims} passage{'s' * (passages.claims != 1)}"
    return (
        *(f"{count} of {total} {what}" for what, count in counted.items() if count),
        *(["the kept text is not the one that was read"] if passages.source else []),
        *([f"claims to be written: {passages.to_write}"] if passages.to_write else []),
    )


def _counts(status: SiteStatus) -> Iterator[str]:
    """Yield how many texts are in which state, and how many mistakes there are."""
    entries = [entry for topic in status.topics for entry in topic.entries]
    entries += [status.about] if status.about else []
    states = [state for entry in entries for text in entry.texts for state in text.states]
    counted = {state.value: states.count(state) for state in State}
    unproved = sum(entry.passages.unproved for entry in entries if entry.passages)
    counted[f"passage{'s' * (unproved != 1)} not proved"] = unproved
    told = [f"{count} {what}" for what, count in counted.items() if count]
    if told or not status.problems:
        yield from _wrapped("", told or ["there is no topic yet"], indent=0, between=" · ")
    if count := len(status.problems):
        yield f"{count} mistake{'s' * (count != 1)}: `check` tells them all"


def _steps(status: SiteStatus, program: str) -> Iterator[str]:
    steps = next_steps(status)
    if not steps:
        return
    yield ""
    yield "What to do next"
    for number, step in enumerate(steps, 1):
        yield from _wrapped(f"{number}.", printable(step.why).split(), indent=0, between=" ")
        yield f"   {step.place}" if step.place else f"   {program} {step.command}"


def _wrapped(head: str, words: Sequence[str], *, indent: int, between: str = " ") -> Iterator[str]:
    """Yield words in lines of COLUMNS cells, those after the first line below its words."""
    line, below = f"{' ' * indent}{head}", " " * (indent + (3 if head else 0))
    for at, word in enumerate(words):
        joint = between if at else " " * bool(head)
        if width(line) + len(joint) + width(word) > COLUMNS and line.strip():
            yield line.rstrip()
            line, joint = below, ""
        line += f"{joint}{word}"
    yield line.rstrip()


def width(text: str) -> int:
    """Return how many cells of a terminal a text takes: https://www.unicode.org/reports/tr11/."""
    shown = (sign for sign in text if category(sign) not in {"Mn", "Me", "Cf"})
    return sum(2 if east_asian_width(sign) in {"W", "F"} else 1 for sign in shown)


def _cut(text: str, cells: int) -> str:
    """Return a text of at most that many cells, with an ellipsis where it was cut."""
    if width(text) <= cells:
        return text
    end = next(end for end in range(len(text), -1, -1) if width(text[:end]) < cells)
    return f"{text[:end]}…"
