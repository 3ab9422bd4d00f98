"""A text and the translations that are taken for it -> the bytes of its file, and what waits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from briefing.commands.rename.edits import Edit, rewrite_bytes
from briefing.commands.translate.acknowledged import (
    Paragraph,
    digests_while,
    paragraphs_in_order,
)
from briefing.commands.translate.kept_original import kept_original
from briefing.commands.translate.of_edit import with_digests
from briefing.commands.translate.po.alignment import Alignment
from briefing.commands.translate.po.decisions import Taken
from briefing.commands.translate.po.texts import TextToTranslate
from briefing.commands.translate.po.units import Unit, sources_of, units_of
from briefing.commands.translate.value_edit import value_edit
from briefing.model.article import TextDigests
from briefing.problems import Collector
from briefing.syntax.front_matter import split_front_matter
from briefing.syntax.markdown.source_blocks import source_blocks
from briefing.syntax.text import Text, decode_text
from briefing.syntax.yaml import parse_fields
from briefing.translation.changes import Change, ChangeKind, Part


class Piece(Struct, frozen=True):
    """A paragraph of a file that is to be written."""

    text: str
    block: int | None = None
    """Which of the paragraphs that are there it takes the place of; None: it is new."""
    taken: Taken | None = None
    """The unit it is from; None: it stays as it is."""


class Rewritten(Struct, frozen=True, kw_only=True):
    """A text with translations of a PO file."""

    text: TextToTranslate
    content: bytes
    kept: bytes | None
    """The file that keeps what it was made from; None if that stays as it is."""
    head: tuple[Taken, ...]
    """The title and the dek, if they were taken."""
    pieces: tuple[Piece, ...]
    """The paragraphs of the file, in their order."""
    waiting: tuple[Taken, ...]
    """What has no place until the paragraphs beside it are translated, too."""


def rewrite(text: TextToTranslate, data: bytes, taken: Sequence[Taken]) -> Rewritten:
    """Return a text with what is taken for it; `data` is its file, and all else in it stays."""
    head = tuple(each for each in taken if each.unit.part is not Part.TEXT)
    ours = {each.unit.at: each for each in taken if each.unit.part is Part.TEXT}
    units = units_of(text)
    plan = _Plan(text, units, ours, {each.unit.part for each in head})
    pieces = tuple(plan.pieces())
    content = rewrite_bytes(data, _edits(text.path, data, head, pieces))
    of = plan.digests()
    is_noted = of is not None and of != text.alignment.of
    kept = None
    if of is not None and is_noted:
        content = with_digests(text.path, content, of)
        kept = kept_original(text.path, of, {**text.sources, **text.original.sources})
    placed = {piece.taken.unit.at for piece in pieces if piece.taken}
    waiting = [each for at, each in ours.items() if at not in placed or plan.is_unnoted(each)]
    return Rewritten(
        text=text, content=content, kept=kept, head=head, pieces=pieces, waiting=tuple(waiting)
    )


class _Plan:
    """Which changes of the original a text follows once some translations are taken."""

    def __init__(
        self,
        text: TextToTranslate,
        units: Sequence[Unit],
        taken: Mapping[int, Taken],
        head: Collection[Part],
    ) -> None:
        self._text, self._taken, self._head = text, taken, head
        self._blocks = sources_of(text.translation) if text.translation else ()
        self._originals = sources_of(text.original)
        self._numbers = {unit.at for unit in units if unit.part is Part.TEXT}
        self._open = [each for each in self._alignment.changes if not self._is_followed(each)]
        is_moved = any(each.kind is ChangeKind.MOVED for each in self._alignment.changes)
        parts = {unit.part for unit in units} - {Part.TEXT}
        self._is_whole = self._numbers <= taken.keys()
        self._has_all = self._is_whole and parts <= set(head)
        if self._alignment.is_paired:
            # Paragraphs cannot be moved while it is open where others belong.
            self._is_held = is_moved and any(each.new for each in self._open)
        else:
            self._is_held = not self._is_whole

    @property
    def _alignment(self) -> Alignment:
        return self._text.alignment

    def _is_followed(self, change: Change) -> bool:
        if change.part is not Part.TEXT:
            return change.part in self._head
        if change.kind in {ChangeKind.MOVED, ChangeKind.REMOVED}:
            return change.kind is ChangeKind.MOVED
        return all(at in self._taken for at in change.new if at in self._numbers)

    def pieces(self) -> Iterator[Piece]:
        """Yield the paragraphs of the text."""
        if self._is_held:
            of = {blocks[0]: at for at, blocks in self._alignment.blocks.items() if not blocks[1:]}
            for block in range(len(self._blocks)):
                yield self._piece(of.get(block, -1), block)
            return
        if not self._alignment.is_paired:
            yield from (self._piece(at, None) for at in range(len(self._originals)))
            return
        for paragraph in self._order():
            if paragraph.is_of_then:
                yield Piece(self._blocks[paragraph.at], paragraph.at)
            else:
                blocks = self._alignment.blocks.get(paragraph.at, ())
                yield self._piece(paragraph.at, blocks[0] if blocks else None)

    def _order(self) -> Iterator[Paragraph]:
        texts = [each for each in self._open if each.part is Part.TEXT]
        return paragraphs_in_order(len(self._originals), texts)

    def _piece(self, at: int, block: int | None) -> Piece:
        """Return what stands for paragraph `at` of the original, where `block` stood."""
        if taken := self._taken.get(at):
            return Piece(taken.translation, block, taken)
        # Only a paragraph without words, as a break, is neither there nor translated.
        return Piece(self._originals[at] if block is None else self._blocks[block], block)

    def digests(self) -> TextDigests | None:
        """Return what the text is made from then; None if nobody knows."""
        of, now = self._alignment.of, self._text.original.digests
        is_known = of is not None and not of.whole and self._alignment.is_paired
        if not is_known and self._has_all:
            return now
        if of is None or of.whole:
            return of
        if not self._alignment.is_paired and not self._is_held:
            self._open = [each for each in self._open if each.part is not Part.TEXT]
        found = digests_while(of, now, self._open)
        return (
            TextDigests(title=found.title, dek=found.dek, text=of.text) if self._is_held else found
        )

    def is_unnoted(self, taken: Taken) -> bool:
        """Whether a paragraph was looked through, and that cannot be noted."""
        return self._is_held and not taken.is_new


def _edits(
    path: str, data: bytes, head: Iterable[Taken], pieces: Sequence[Piece]
) -> Iterator[Edit]:
    """Yield the edits of the decoded text of a file."""
    source = decode_text(path, data, Collector())
    newline = "\r\n" if b"\r\n" in data else "\n"
    matter, body = split_front_matter(source)
    root = parse_fields(matter)
    for each in head:
        if each.is_new:
            yield value_edit(source, root, each.unit.part.value, each.translation, newline)
    start = len(source.text) - len(body.text)
    for edit in _body_edits(body, pieces):
        new = edit.new.replace("\n", newline)
        yield Edit(edit.start + start, edit.end + start, new)


def _body_edits(body: Text, pieces: Sequence[Piece]) -> Iterator[Edit]:
    """Yield the edits of a body by which it consists of some paragraphs.

    Where those that were there stay, in their order, only what is new is written.
    """
    blocks = source_blocks(body)
    there = [piece.block for piece in pieces if piece.block is not None]
    if there != [*range(len(blocks))]:
        text = "\n\n".join(piece.text for piece in pieces)
        start, end = (blocks[0].start, blocks[-1].end) if blocks else (len(body.text),) * 2
        yield Edit(start, end, text)
        return
    at, before = (blocks[0].start, "") if blocks else (len(body.text), "")
    for piece in pieces:
        if piece.block is None:
            before += f"\n\n{piece.text}"
            continue
        block = blocks[piece.block]
        if before:
            yield _insertion(at, before, is_first=piece.block == 0)
        at, before = block.end, ""
        if piece.text != block.text:
            yield Edit(block.start, block.end, piece.text)
    if before:
        yield _insertion(at, before, is_first=not blocks)


def _insertion(at: int, text: str, *, is_first: bool) -> Edit:
    """Return the edit that puts paragraphs before the first of a text, or behind another."""
    return Edit(at, at, f"{text.lstrip()}\n\n" if is_first else text)
