"""An original, and what its translation was made from -> which paragraph stands for which."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from briefing.commands.translate.kept_original import TextVersion
from briefing.model.article import TextDigests
from briefing.translation.changes import Change, ChangeKind, Part, changes_since


class Alignment(Struct, frozen=True, kw_only=True):
    """How a translation stands to its original of today; paragraphs are counted from 0."""

    of: TextDigests | None = None
    """What it was made from; None: nobody knows."""
    changes: tuple[Change, ...] = ()
    """What has changed in the original since."""
    blocks: Mapping[int, tuple[int, ...]] = {}
    """The paragraphs of the translation that stand for one of the original; several where those
    of the original were merged since. One that is new has none."""
    stale: frozenset[int] = frozenset()
    """Paragraphs of the original whose translation is to be looked through."""
    is_paired: bool = True
    """Whether it is known which paragraph is which. If not, `blocks` is empty."""

    def has_changed(self, part: Part) -> bool:
        """Whether a part of the original, the title or the dek, is not what was translated."""
        return any(change.part is part for change in self.changes)


def align(
    of: TextDigests | None, original: TextVersion, words: Mapping[str, str], count: int
) -> Alignment:
    """Return how a translation of `count` paragraphs stands to an original.

    of: what it was made from; None, or a digest of the whole alone: it is not known, and the
    paragraphs are paired in their order if they are as many. words: of then, by digest.
    """
    many = len(original.digests.text)
    if of is None or of.whole:
        every = range(many) if count == many else range(0)
        stale = frozenset(every) if of else frozenset[int]()
        blocks = {at: (at,) for at in every}
        return Alignment(of=of, blocks=blocks, stale=stale, is_paired=count == many)
    changes = changes_since(of, original.title, original.dek, original.body, words)
    if count != len(of.text):
        return Alignment(of=of, changes=changes, is_paired=False)
    texts = [change for change in changes if change.part is Part.TEXT]
    gone, new = ({at for each in texts for at in getattr(each, side)} for side in ("old", "new"))
    kept = ((at,) for at in range(count) if at not in gone)
    unchanged = (at for at in range(many) if at not in new)
    places: dict[int, tuple[int, ...]] = dict(zip(unchanged, kept, strict=True))
    behind = set[int]()
    for change in texts:
        if change.old and change.new:
            places[change.new[0]] = change.old
            behind.update(change.new if change.kind is not ChangeKind.MOVED else ())
    return Alignment(of=of, changes=changes, blocks=places, stale=frozenset(behind))
