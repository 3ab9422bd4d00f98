"""A translation and its original -> which part of the one is behind the other, and why."""

from __future__ import annotations

from msgspec import Struct

from briefing.checks.translations.paragraphs import EarlierText
from briefing.commands.translate.noting import made_from
from briefing.commands.translate.pair import Pair
from briefing.model.article import TextDigests
from briefing.syntax.nodes import mapping, plain
from briefing.translation.changes import NEW_WORDS, Change, ChangeKind, Part, changes_since


class Standing(Struct, frozen=True, kw_only=True):
    """How a translation stands to its original."""

    pair: Pair
    of: TextDigests | None
    """What it was made from, part by part; None: nobody knows."""
    changes: tuple[Change, ...]
    """What has changed since; () if nobody knows."""

    @property
    def count(self) -> int:
        """The paragraphs of the translation."""
        return len(self.pair.translation.body.blocks)

    @property
    def is_paired(self) -> bool:
        """Whether each paragraph stands beside the one that it was made from."""
        return self.of is not None and self.count == len(self.of.text)

    @property
    def is_placed(self) -> bool:
        """Whether every change stands at a part of the translation, and can be noted there."""
        texts = [change for change in self.changes if change.part is Part.TEXT]
        is_same_order = all(change.kind in NEW_WORDS for change in texts)
        return self.of is not None and (not texts or (self.is_paired and is_same_order))

    def change_of(self, part: str) -> Change | None:
        """Return what has changed in a part: `title`, `dek`, or a paragraph of it, from 1."""
        for change in self.changes:
            if part in {Part.TITLE, Part.DEK} and change.part == part:
                return change
            is_here = part.isdecimal() and int(part) - 1 in change.old
            if is_here and change.part is Part.TEXT and self.is_paired:
                return change
        return None

    def added(self, paragraph: int) -> Change | None:
        """Return the change by which a paragraph of the original, from 1, is new to it."""
        for change in self.changes:
            if change.kind is ChangeKind.ADDED and change.new == (paragraph - 1,):
                return change if self.is_placed else None
        return None

    def notes_of(self, change: Change | None) -> tuple[str, ...]:
        """Return the names by which a change can be noted alone; () if it cannot."""
        if change is None:
            return ()
        if change.part is not Part.TEXT:
            return (change.part.value,)
        return tuple(str(at + 1) for at in change.new) if self.is_placed else ()


def is_draft(pair: Pair) -> bool:
    """Whether readers do not see the translation as yet."""
    draft = mapping(pair.translation.file.front_matter).get("draft")
    return draft is not None and plain(draft) == "true"


def standing_of(pair: Pair, earlier: EarlierText) -> Standing:
    """Return how a translation stands to its original. earlier: what that said when it was made."""
    of, now = made_from(pair, earlier), pair.original
    changes = changes_since(of, now.title, now.dek, now.body, earlier.words) if of else ()
    return Standing(pair=pair, of=of, changes=changes)
