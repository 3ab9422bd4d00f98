"""Markdown -> where each block of its prose is written."""

from __future__ import annotations

from msgspec import Struct

from briefing.syntax.markdown.fast import parse_plain, plain_spans
from briefing.syntax.text import LineIndex, Text


class SourceBlock(Struct, frozen=True):
    """The Markdown of a block, from its first character to its last."""

    start: int
    end: int
    """Indexes in the text."""
    text: str


def source_blocks(source: Text) -> tuple[SourceBlock, ...]:
    """Return the Markdown of each block that `parse_markdown` makes of a text, in their order."""
    text = source.text
    return tuple(SourceBlock(start, end, text[start:end]) for start, end in _spans(source))


def _spans(source: Text) -> list[tuple[int, int]]:
    if parse_plain(source) is not None:
        return plain_spans(source.text)
    from briefing.syntax.markdown.commonmark import block_lines  # noqa: PLC0415 — most runs never need it

    lines, spans = LineIndex(source), []
    for first, last in block_lines(source):
        start = lines.start(first)
        spans.append((start, start + len(source.text[start : lines.start(last)].rstrip())))
    return spans
