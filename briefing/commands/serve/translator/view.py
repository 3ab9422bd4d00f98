"""A page -> the parts of its translations, each with what has changed in the original.

All of it is made of the files as they were last read, so that what is shown is what an edit is
compared with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct

from briefing.checks.translations.paragraphs import (
    MAX_WORD_CHANGES,
    EarlierText,
    then_and_now,
)
from briefing.checks.translations.word_changes import WordChange, word_changes
from briefing.commands.serve.translator.part_edits import sources_of
from briefing.commands.serve.translator.standing import Standing, is_draft, standing_of
from briefing.commands.serve.writing.file_change import digest_of
from briefing.commands.translate.pair import Pair
from briefing.content.shared import Files
from briefing.model.article import TextDigests
from briefing.translation.changes import NEW_WORDS, Change, ChangeKind, Part

_WORD = re.compile(r"[^\W\d_]{2}")


class ChangeView(Struct, frozen=True, kw_only=True):
    """What has become of a part of an original since it was translated."""

    kind: ChangeKind
    part: Part
    was: tuple[int, ...]
    """The paragraphs of the original that it was, from 1."""
    numbers: tuple[int, ...]
    """Those that it is."""
    then: str | None
    """Its words as they were; None: they are not known; "": there were none."""
    now: str
    differences: tuple[WordChange, ...]
    """What misleads most first; () if one of the two is not there."""
    more: int
    """How many others there are."""


class PartView(Struct, frozen=True, kw_only=True):
    """A part of a translation that can be written."""

    part: str
    """`title`, `dek`, or the number of a paragraph; of one that is to be added, in the original."""
    is_new: bool = False
    """Whether the translation lacks it."""
    row: int = 0
    """The row of the page that it stands in, or that it comes after; 0: above all."""
    source: str = ""
    """Its Markdown."""
    notes: tuple[str, ...] = ()
    """By what names it can be noted as right; () if it cannot, or is not behind."""
    change: ChangeView | None = None
    """What has changed in the original, of a part that is behind."""
    original: str = ""
    """What the original says here today, where it did not change."""
    is_untouched: bool = False
    """Whether it is still in the words of the original, in a draft."""


class TextView(Struct, frozen=True, kw_only=True):
    """A translation of a page."""

    path: str
    digest: str
    language: str
    original: str
    original_digest: str
    original_language: str
    column: int
    """Where it stands on the page: 0 or 1."""
    is_draft: bool
    """Whether readers do not see it as yet."""
    is_beside: bool
    """Whether its original stands on the page too."""
    is_known: bool
    """Whether it is known what it was made from."""
    is_placed: bool
    """Whether every change stands at its part; if not, all is right at once, or nothing."""
    changes: tuple[ChangeView, ...]
    """All that has changed, where it is not placed."""
    parts: tuple[PartView, ...]


def text_view(
    files: Files, pair: Pair, earlier: EarlierText, shown_paths: Sequence[str | None]
) -> TextView:
    """Return a translation as it is shown on a page.

    files: the sources, by path. earlier: what is known of the original as it was. shown_paths: the
    texts of the page, by column; None: there is none.
    """
    standing = standing_of(pair, earlier)
    shown = _Shown(standing, earlier)
    is_placed = standing.is_placed
    return TextView(
        path=pair.path,
        digest=digest_of(files[pair.path]),
        language=pair.translation.file.language,
        original=pair.original_path,
        original_digest=digest_of(files[pair.original_path]),
        original_language=pair.original.file.language,
        is_draft=is_draft(pair),
        column=shown_paths.index(pair.path),
        is_beside=pair.original_path in shown_paths,
        is_known=standing.of is not None,
        is_placed=is_placed,
        changes=() if is_placed else tuple(map(shown.change, standing.changes)),
        parts=tuple(shown.parts(sources_of(pair.path, files[pair.path]))),
    )


class _Shown:
    """Shows the parts of a translation."""

    def __init__(self, standing: Standing, earlier: EarlierText) -> None:
        self._standing, self._earlier = standing, earlier
        self._of = standing.of or TextDigests()
        self._original = standing.pair.summaries[0]
        pair = standing.pair
        self._untouched = set(pair.original.sources.values()) if is_draft(pair) else set()
        self._now = pair.original.words

    def change(self, change: Change) -> ChangeView:
        """Return what has changed in the original."""
        then, now = then_and_now(change, self._original, self._of, self._earlier)
        found: tuple[WordChange, ...] = ()
        if then and now and change.kind in NEW_WORDS:
            found = word_changes(then, now, self._original.language)
        return ChangeView(
            kind=change.kind,
            part=change.part,
            was=tuple(at + 1 for at in change.old),
            numbers=tuple(at + 1 for at in change.new),
            then=then,
            now=now,
            differences=tuple(islice(found, MAX_WORD_CHANGES)),
            more=max(0, len(found) - MAX_WORD_CHANGES),
        )

    def parts(self, sources: tuple[str, ...]) -> Iterator[PartView]:
        """Yield the parts in the order of the page. sources: the Markdown of the paragraphs."""
        pair = self._standing.pair
        yield self._part(Part.TITLE, pair.translation.title)
        if pair.translation.dek or pair.original.dek:
            yield self._part(Part.DEK, pair.translation.dek or "")
        yield from self._added(0)
        for at, source in enumerate(sources):
            yield self._part(str(at + 1), source, at + 1)
            yield from self._added(at + 1)
        yield from self._missing()

    def _part(self, part: str, source: str, row: int = 0) -> PartView:
        change = self._standing.change_of(part)
        return PartView(
            part=str(part),
            row=row,
            source=source,
            notes=self._standing.notes_of(change),
            change=self.change(change) if change else None,
            original="" if change else self._now.get(self._digest(part), ""),
            is_untouched=source in self._untouched and bool(_WORD.search(source)),
        )

    def _digest(self, part: str) -> str:
        """Return the digest of the part of the original that a part was made from; "": unknown."""
        if part in {Part.TITLE, Part.DEK}:
            return self._of.title if part == Part.TITLE else self._of.dek
        return self._of.text[int(part) - 1] if self._standing.is_paired else ""

    def _added(self, row: int) -> Iterator[PartView]:
        """Yield the paragraphs that are new to the original, and come after a row."""
        for change in self._standing.changes:
            if change.kind is ChangeKind.ADDED and change.new and change.after + 1 == row:
                number = change.new[0] + 1
                if self._standing.added(number):
                    shown, notes = self.change(change), self._standing.notes_of(change)
                    part = str(number)
                    yield PartView(part=part, is_new=True, row=row, notes=notes, change=shown)

    def _missing(self) -> Iterator[PartView]:
        """Yield the first paragraph of the original that was never translated, if one was not."""
        standing = self._standing
        number = standing.count + 1
        if not standing.is_paired and number <= len(standing.pair.original.body.blocks):
            yield PartView(part=str(number), is_new=True, row=number)
