"""What a translation was made from, and what a person says is right -> what it is made from now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct
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
    return digests_while(of, now, waiting)


def digests_while(of: TextDigests, now: TextDigests, waiting: Collection[Change]) -> TextDigests:
    """Return the digests of a translation that follows all changes but those `waiting`.

    of: what it was made from. now: the original of today.
    """
    open_parts = {change.part for change in waiting}
    texts = [change for change in waiting if change.part is Part.TEXT]
    paragraphs = paragraphs_in_order(len(now.text), texts)
    return replace(
        now,
        title=of.title if Part.TITLE in open_parts else now.title,
        dek=of.dek if Part.DEK in open_parts else now.dek,
        text=tuple((of if each.is_of_then else now).text[each.at] for each in paragraphs),
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


class Paragraph(Struct, frozen=True):
    """A paragraph of a translation: which of the original it says, of today's or of then."""

    at: int
    """Counted from 0."""
    is_of_then: bool = False


def paragraphs_in_order(count: int, waiting: Iterable[Change]) -> Iterator[Paragraph]:
    """Yield what a translation consists of while some changes of its original are `waiting`.

    count: paragraphs of today's original. Those of then stand where they are waiting for.
    """
    before: dict[int, list[int]] = {}
    dropped: set[int] = set()
    for change in waiting:
        before.setdefault(change.at, []).extend(change.old)
        dropped.update(change.new)
    for at in range(count + 1):
        yield from (Paragraph(old, is_of_then=True) for old in before.get(at, ()))
        if at < count and at not in dropped:
            yield Paragraph(at)
