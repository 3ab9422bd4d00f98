"""An original and its translation -> what readers of the translation are told, and where."""

from __future__ import annotations

from msgspec import Struct

from briefing.model.article import Summary
from briefing.translation.changes import NEW_WORDS, Part, changes_of


class StaleMarks(Struct, frozen=True, kw_only=True):
    """Where a translation is older than its original."""

    whole: bool = False
    """Whether it is told over the text, as nobody knows of which paragraph it is true."""
    head: bool = False
    """Whether the title, or the sentence below it, has changed."""
    paragraphs: tuple[tuple[str, ...], ...] = ()
    """What has become of the original, each `ChangeKind` once for each paragraph of the
    translation; an added one is told at the paragraph before it. () where none has changed."""


def is_outdated(original: Summary, translation: Summary) -> bool:
    """Whether an original says something else than when it was translated."""
    return any(change.kind in NEW_WORDS for change in changes_of(original, translation))


def stale_marks(original: Summary, translation: Summary) -> StaleMarks | None:
    """Return where a translation is older than its original; None if it is not."""
    changes = [each for each in changes_of(original, translation) if each.kind in NEW_WORDS]
    if not changes:
        return None
    texts = [change for change in changes if change.part is Part.TEXT]
    made_from = translation.of.text if translation.of else ()
    count = len(translation.body.blocks)
    if any(change.part is Part.WHOLE for change in changes) or (texts and count != len(made_from)):
        return StaleMarks(whole=True)
    told: list[dict[str, None]] = [{} for _ in range(count if texts else 0)]
    for change in texts:
        for at in change.old or (max(change.after, 0),):
            if at < count:
                told[at][change.kind] = None
    return StaleMarks(head=len(texts) < len(changes), paragraphs=tuple(map(tuple, told)))
