"""What a translation was made from, and what a person says is right -> what it is made from now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from msgspec.structs import replace

from briefing.model.article import TextDigests
from briefing.problems import Place, Problem, raise_if_any
from briefing.translation.changes import Change, ChangeKind, Part

NAMED_PARTS = ("title", "dek")
"""The parts of a text that have a name; paragraphs have a number."""


def acknowledged(
    path: str,
    of: TextDigests,
    now: TextDigests,
    changes: Collection[Change],
    parts: Collection[str],
    *,
    gone: Collection[int] = (),
) -> TextDigests:
    """Return the digests of a translation at `path` of which `parts` are right as they stand.

    of: what it was made from. now: the original of today. changes: from the one to the other.
    parts: `title`, `dek`, and numbers of paragraphs of today's original, from 1. gone: indexes of
    paragraphs of then, from 0, that are gone from the original, and now from the translation too.
    Raises Problems for a part that has not changed, and for paragraphs of a text in which others
    have moved.
    """
    raise_if_any(_wrong_parts(path, changes, parts, gone))
    waiting = [
        change for change in changes if not (_names(change) & set(parts) or _is_gone(change, gone))
    ]
    open_parts = {change.part for change in waiting}
    return replace(
        now,
        title=of.title if Part.TITLE in open_parts else now.title,
        dek=of.dek if Part.DEK in open_parts else now.dek,
        text=tuple(_paragraphs(of, now, [each for each in waiting if each.part is Part.TEXT])),
    )


def _names(change: Change) -> set[str]:
    """Return how a change can be named."""
    if change.part is Part.TEXT:
        return {str(at + 1) for at in change.new}
    return {change.part.value}


def _is_gone(change: Change, gone: Collection[int]) -> bool:
    return change.kind is ChangeKind.REMOVED and bool(set(change.old) & set(gone))


def _wrong_parts(
    path: str, changes: Collection[Change], parts: Iterable[str], gone: Collection[int]
) -> Iterator[Problem]:
    names = [name for change in changes for name in sorted(_names(change), key=_number)]
    behind = ", ".join(dict.fromkeys(names)) or "nothing"
    place = Place(path)
    numbers = bool(gone)
    for part in parts:
        numbers = numbers or part.isdecimal()
        if part not in names:
            what = f"paragraph {part}" if part.isdecimal() else f"`{part}`"
            yield Problem(place, f"{what} of the original has not changed", f"changed: {behind}")
    if numbers and any(change.kind is ChangeKind.MOVED for change in changes):
        cure = f"bring the paragraphs into the order of the original, then `ack {path}`"
        yield Problem(place, "paragraphs of the original have moved", cure)


def _number(name: str) -> int:
    """Return the number of a paragraph, to sort by; 0 for a part with a name."""
    return int(name) if name.isdecimal() else 0


def _paragraphs(of: TextDigests, now: TextDigests, waiting: Iterable[Change]) -> Iterator[str]:
    """Yield the digests of paragraphs: of today, and of then where a change is `waiting`."""
    before: dict[int, list[str]] = {}
    dropped: set[int] = set()
    for change in waiting:
        before.setdefault(change.at, []).extend(of.text[at] for at in change.old)
        dropped.update(change.new)
    for at, digest in enumerate(now.text):
        yield from before.get(at, ())
        if at not in dropped:
            yield digest
    yield from before.get(len(now.text), ())
