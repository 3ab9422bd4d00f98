"""An edit of a translation -> its file, and the one that keeps what it was made from.

A part that was behind is noted as right when it is written, as `ack` notes it: with its function.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from msgspec import Struct

from briefing.checks.translations.paragraphs import EarlierText
from briefing.commands.serve.translator.part_edits import (
    with_field,
    with_new_paragraph,
    with_paragraph,
    without_paragraph,
)
from briefing.commands.serve.translator.standing import Standing, standing_of
from briefing.commands.serve.writing.edits import Acknowledge, AddParagraph, WritePart
from briefing.commands.translate.acknowledged import NAMED_PARTS
from briefing.commands.translate.kept_original import TextVersion
from briefing.commands.translate.noting import Noted, noted
from briefing.commands.translate.pair import Pair, read_pair
from briefing.content.shared import Files
from briefing.problems import Place, mistake
from briefing.translation.changes import ChangeKind

TranslationEdit = WritePart | AddParagraph | Acknowledge


class Known(Struct, frozen=True, kw_only=True):
    """What is known of a translation besides its file and that of its original."""

    earlier: EarlierText
    """What the original said."""
    kept: TextVersion | None
    """What was kept of that."""


class NewTranslation(Struct, frozen=True, kw_only=True):
    """What an edit makes of a translation."""

    data: bytes
    """Its file."""
    kept: bytes | None
    """The file that keeps what it was made from; None: it stays as it is."""


KnownOf = Callable[[Pair], Known]
"""Returns what is known of a translation."""


def edited_translation(
    files: Files, path: str, what: TranslationEdit, known_of: KnownOf
) -> NewTranslation:
    """Return what an edit makes of the translation at `path`. Raises Problems.

    files: those of the site, as they are on disk.
    """
    if isinstance(what, Acknowledge):
        return _acknowledged(files, path, what.parts, known_of)
    pair = read_pair(files, path)
    known = known_of(pair)
    standing = standing_of(pair, known.earlier)
    if isinstance(what, AddParagraph):
        return _with_new(files, standing, what, known)
    return _written(files, standing, what, known)


def _acknowledged(
    files: Files, path: str, parts: Collection[str], known_of: KnownOf
) -> NewTranslation:
    pair = read_pair(files, path, reads_of=bool(parts))
    known = known_of(pair)
    return _new(noted(pair, files[path], parts, known.earlier, known.kept))


def _new(written: Noted) -> NewTranslation:
    return NewTranslation(data=written.translation, kept=written.kept)


def _written(files: Files, standing: Standing, what: WritePart, known: Known) -> NewTranslation:
    """Return a translation of which a part has other words, or is taken out."""
    path, part = standing.pair.path, what.part
    change, data = standing.change_of(part), files[standing.pair.path]
    is_gone = change is not None and change.kind is ChangeKind.REMOVED
    is_emptied = not what.text.strip()
    if is_emptied and not is_gone:
        raise mistake(Place(path), "no words were written", "write what this part says")
    gone: tuple[int, ...] = ()
    if part in NAMED_PARTS:
        after = with_field(path, data, part, what.text)
    else:
        at = _index(standing, part)
        if is_emptied:
            after, gone = without_paragraph(path, data, at), (at,)
        else:
            after = with_paragraph(path, data, at, what.text)
    notes = standing.notes_of(change) if is_emptied or not is_gone else ()
    if not (what.notes and (notes or (gone and standing.is_placed))):
        return NewTranslation(data=after, kept=None)
    pair = read_pair({**files, path: after}, path)
    return _new(noted(pair, after, notes, known.earlier, known.kept, gone=gone))


def _index(standing: Standing, part: str) -> int:
    """Return the index of a paragraph by its number. Raises Problems if there is none."""
    is_number = part.isascii() and part.isdecimal() and len(part) < 6  # noqa: PLR2004 — digits
    if not (is_number and 0 < int(part) <= standing.count):
        path = standing.pair.path
        raise mistake(Place(path), f"there is no paragraph {part}", "look at the page once more")
    return int(part) - 1


def _with_new(files: Files, standing: Standing, what: AddParagraph, known: Known) -> NewTranslation:
    """Return a translation with one more paragraph of its original."""
    path = standing.pair.path
    if not what.text.strip():
        raise mistake(Place(path), "no words were written", "write what this part says")
    change = standing.added(what.paragraph)
    if change is None:
        at = _end(standing, what.paragraph)
        return NewTranslation(data=with_new_paragraph(path, files[path], at, what.text), kept=None)
    after = with_new_paragraph(path, files[path], change.after + 1, what.text)
    pair = read_pair({**files, path: after}, path)
    notes = standing.notes_of(change)
    return _new(noted(pair, after, notes, known.earlier, known.kept))


def _end(standing: Standing, paragraph: int) -> int:
    """Return where a paragraph of the original that was never translated comes: at the end.

    Raises Problems if the translation has it, or lacks one before it.
    """
    place, count = Place(standing.pair.path), standing.count
    if standing.is_paired or not count < paragraph <= len(standing.pair.original.body.blocks):
        message = f"paragraph {paragraph} of the original is not missing here"
        raise mistake(place, message, "look at the page once more")
    if paragraph != count + 1:
        message = f"paragraph {count + 1} of the original is missing before it"
        raise mistake(place, message, "write that one first")
    return count
