"""Puts the digests of an original into the front matter of a translation, and leaves all else."""

from __future__ import annotations

import re

from briefing.commands.rename.edits import Edit, index_of, rewrite_bytes
from briefing.model.article import TextDigests
from briefing.problems import Collector
from briefing.syntax.front_matter import split_front_matter
from briefing.syntax.nodes import Node, mapping
from briefing.syntax.text import Text, decode_text
from briefing.syntax.yaml import parse_fields
from briefing.translation.digests import of_field

_VALUE = re.compile(r"""\{[^{}]*\}|"[^"\n]*"|'[^'\n]*'|[^\s#{][^\s]*""")
"""A mapping between braces, or one word: what is written after `of:`."""
_MORE_LINES = re.compile(r"(?:\n(?:[ \t]+[^\n]*|(?=\n)))*")
"""The lines that belong to an entry: they begin with a space."""


def with_digests(path: str, data: bytes, digests: TextDigests) -> bytes:
    """Return the bytes of a translation whose `of:` says these digests; all others stay.

    The file must have front matter with `translates:`, after which `of:` is put if it is missing.
    """
    source = decode_text(path, data, Collector())
    fields = mapping(parse_fields(split_front_matter(source)[0]))
    written = of_field(digests)
    if of := fields.get("of"):
        return rewrite_bytes(data, [_replaced(source, of, written)])
    newline = "\r\n" if b"\r\n" in data else "\n"
    end = end_of_entry(source, fields["translates"])
    return rewrite_bytes(data, [Edit(end, end, f"{newline}of: {written}")])


def _replaced(source: Text, of: Node, written: str) -> Edit:
    """Return the edit that puts another value after `of:`."""
    start = index_of(source, of.place)
    on_one_line = of.key is not None and of.key.line == of.place.line
    if on_one_line and (match := _VALUE.match(source.text, start)):
        return Edit(start, match.end(), written)
    start = index_of(source, of.key or of.place) + len("of:")
    return Edit(start, end_of_entry(source, of), f" {written}")


def end_of_entry(source: Text, node: Node) -> int:
    """Return the index after the last line of an entry, before its line end."""
    start = index_of(source, node.key or node.place)
    line_end = source.text.index("\n", start)
    more = _MORE_LINES.match(source.text, line_end)
    return more.end() if more else line_end
