"""A text and the new words of one part of it -> the text with them; all other bytes stay.

What comes of it is read again: every other field and block must be as it was. So an odd way to
write YAML, or words that make two paragraphs of one, are refused, and nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from unicodedata import normalize

from msgspec import Struct

from briefing.commands.rename.edits import Edit, index_of, rewrite_bytes
from briefing.commands.translate.of_edit import end_of_entry
from briefing.commands.translate.value_edit import value_edit
from briefing.problems import Collector, Place, mistake
from briefing.syntax.front_matter import split_front_matter
from briefing.syntax.markdown.source_blocks import SourceBlock, source_blocks
from briefing.syntax.nodes import Node, mapping, plain
from briefing.syntax.text import Text, decode_text
from briefing.syntax.yaml import parse_fields

_INDENT = re.compile(r"\A {1,3}(?=\S)")
"""Spaces that mean nothing before a paragraph; four would make code of it."""
_BY_HAND = "write it into the file"


class _Source(Struct, frozen=True, kw_only=True):
    """The file of a text, read as far as an edit needs it."""

    text: Text
    root: Node
    body: Text
    blocks: tuple[SourceBlock, ...]
    newline: str

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of its front matter, without their places."""
        return {name: plain(node) for name, node in mapping(self.root).items()}

    @property
    def words(self) -> list[str]:
        """The Markdown of its blocks."""
        return [block.text for block in self.blocks]

    def edit(self, start: int, end: int, new: str) -> Edit:
        """Return an edit of the body, by indexes there, in the line ends of the file."""
        offset = len(self.text.text) - len(self.body.text)
        return Edit(start + offset, end + offset, new.replace("\n", self.newline))


def _read(path: str, data: bytes) -> _Source:
    """Return the file of a text. Raises Problems for what is no Markdown with front matter."""
    collector = Collector()
    text = decode_text(path, data, collector)
    collector.done()
    matter, body = split_front_matter(text)
    return _Source(
        text=text,
        root=parse_fields(matter),
        body=body,
        blocks=source_blocks(body),
        newline="\r\n" if b"\r\n" in data else "\n",
    )


def sources_of(path: str, data: bytes) -> tuple[str, ...]:
    """Return the Markdown of each paragraph of a text. Raises Problems."""
    return tuple(_read(path, data).words)


def with_paragraph(path: str, data: bytes, at: int, words: str) -> bytes:
    """Return a text whose paragraph `at`, from 0, is `words`, in Markdown. Raises Problems."""
    source, new = _read(path, data), _normal(words)
    block = source.blocks[at]
    if new == _normal(block.text):
        return data
    edit = source.edit(block.start, block.end, new)
    expected = [*source.words[:at], new, *source.words[at + 1 :]]
    return _verified(source, rewrite_bytes(data, [edit]), expected, at)


def with_new_paragraph(path: str, data: bytes, at: int, words: str) -> bytes:
    """Return a text with one more paragraph, which is its paragraph `at`, from 0. Raises Problems.

    It stands behind the one before it, and an empty line parts the two.
    """
    source, new = _read(path, data), _normal(words)
    if at == 0:
        start = source.blocks[0].start if source.blocks else len(source.body.text)
        written = f"{new}\n\n" if source.blocks else f"{new}\n"
        if not (source.blocks or source.text.text.endswith("\n")):
            written = f"\n{written}"
    else:
        start = source.blocks[at - 1].end
        written = f"\n\n{new}"
    edit = source.edit(start, start, written)
    expected = [*source.words[:at], new, *source.words[at:]]
    return _verified(source, rewrite_bytes(data, [edit]), expected, at)


def without_paragraph(path: str, data: bytes, at: int) -> bytes:
    """Return a text without its paragraph `at`, from 0. Raises Problems."""
    source = _read(path, data)
    block = source.blocks[at]
    above = source.blocks[at - 1].end if at else block.start
    if at and not source.body.text[above : block.start].strip():
        start, end = above, block.end
    else:
        start, end = block.start, source.blocks[1].start if source.blocks[1:] else block.end
    edit = source.edit(start, end, "")
    expected = [*source.words[:at], *source.words[at + 1 :]]
    return _verified(source, rewrite_bytes(data, [edit]), expected, at)


def with_field(path: str, data: bytes, name: str, words: str) -> bytes:
    """Return a text whose title or dek, by `name`, is `words`; "" takes a dek out.

    A new one stands below the title. Raises Problems.
    """
    source, new = _read(path, data), _normal(words).strip()
    if len(new.splitlines()) > 1:
        raise mistake(Place(path), f"the {name} has several lines", "write it in one")
    old = source.fields.get(name, "")
    if isinstance(old, str) and old.strip() == new:
        return data
    expected = {**source.fields, name: new}
    if not new:
        del expected[name]
    after = rewrite_bytes(data, [_field_edit(source, name, new)])
    now = _read(path, after)
    if now.fields != expected or now.body.text != source.body.text:
        raise mistake(source.root.place, f"its {name} cannot be written", _BY_HAND)
    return after


def _field_edit(source: _Source, name: str, words: str) -> Edit:
    """Return the edit that gives a text a title or dek; "" takes it out."""
    old = mapping(source.root).get(name)
    if words or old is None or source.root.flow:
        return value_edit(source.text, source.root, name, words, source.newline)
    key = index_of(source.text, old.key or old.place)
    return Edit(key, end_of_entry(source.text, old) + 1, "")


def _normal(words: str) -> str:
    """Return words as a file is read: with line ends of LF, in NFC, without space around them."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return _INDENT.sub("", normalize("NFC", lines).strip("\n").rstrip())


def _verified(source: _Source, after: bytes, expected: Sequence[str], at: int) -> bytes:
    """Return what comes of an edit, if all else is as it was. Raises Problems otherwise.

    expected: the Markdown of its blocks. at: the block that is another one, from 0.
    """
    new = _read(source.text.path, after)
    if new.words != list(expected) or new.fields != source.fields:
        count = len(new.blocks) - len(expected) + 1
        message = f"paragraph {at + 1} would become {count} paragraphs"
        if count == 1:
            message = f"paragraph {at + 1} would change another one"
        cure = "write one paragraph here: each stands beside one of the original"
        raise mistake(Place(source.text.path), message, cure)
    return after
