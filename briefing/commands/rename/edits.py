"""Small changes of a file: some characters of its text replaced, all other bytes as they were.

A file is read as text by `decode`, which drops the mark at its start, makes every line end
LF and composes its letters. Edits are of that text, and are carried out on what was written.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable

from msgspec import Struct

from briefing.problems import Place
from briefing.syntax.nodes import Node
from briefing.syntax.text import LineIndex, Text

_RUN = re.compile(r"\r\n?|[\x00-\x0c\x0e-\x7f]+(?![^\x00-\x7f])|[\x00-\x0c\x0e-\x7f]?[^\x00-\x7f]+")
"""A line end, or what is normalized on its own: no letter of ASCII is composed with one before
it, nor changes places with it (https://unicode.org/reports/tr15/#Stable_Code_Points)."""
_WRAPPED = re.compile(
    r""""\s*((?:\\.|[^"\\])*?)\s*"|'\s*([^']*?)\s*'|[|>][^\n]*\n\s*(\S+)""", re.DOTALL
)
"""An id in quotes, or in a block (https://yaml.org/spec/1.1/#id863390)."""
_COMMENTS = re.compile(r"(?:^[ ]*#[^\n]*\n)+\Z", re.MULTILINE)


class Edit(Struct, frozen=True, order=True):
    """Characters of a text, and what is to stand in their place."""

    start: int
    end: int
    new: str

    def shifted(self, by: int) -> Edit:
        """Give the edit of a text that begins so many characters earlier."""
        return Edit(self.start + by, self.end + by, self.new)


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Give a text with some edits, no two of which overlap."""
    parts, at = [], 0
    for edit in sorted(edits):
        parts += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*parts, text[at:]])


def rewritten(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Give what a file is to hold after edits of its text; what was written can be decoded."""
    written = data.decode()
    origin = _Origins(written)
    return edited(
        written, [Edit(origin.of(edit.start), origin.of(edit.end), edit.new) for edit in edits]
    ).encode()


class _Origins:
    """Where the characters of a text that was decoded stand in what was written."""

    def __init__(self, written: str) -> None:
        self._written = written
        self._runs = [*_RUN.finditer(written, written.startswith("\ufeff"))]
        self._starts = []
        at = 0
        for run in self._runs:
            self._starts.append(at)
            at += len(_decoded(run[0]))

    def of(self, index: int) -> int:
        """Give where what stands at an index of the text stands in what was written."""
        if not self._runs:
            return len(self._written)
        number = bisect_right(self._starts, index) - 1
        run, inside = self._runs[number], index - self._starts[number]
        return run.start() + _split(run[0], inside)


def _decoded(run: str) -> str:
    return "\n" if run[:1] == "\r" else unicodedata.normalize("NFC", run)


def _split(run: str, index: int) -> int:
    """Give where a run is split so that its two parts are those of its text, split at an index."""
    text = _decoded(run)
    if text == run:
        return index
    first, rest = text[:index], text[index:]
    ends = range(len(run) + 1)
    return next(n for n in ends if (_decoded(run[:n]), _decoded(run[n:])) == (first, rest))


def index_of(text: Text, place: Place) -> int:
    """Give the index of the character at a place in a text."""
    return LineIndex(text).start(place.line - text.line) + place.column - 1


def scalar_edit(text: Text, place: Place, old: str, new: str) -> Edit:
    """Replace an id that stands at a place of a YAML text, however it is written there."""
    start = index_of(text, place)
    if match := _WRAPPED.match(text.text, start):
        return Edit(*match.span(match.lastindex or 0), new)
    return Edit(start, start + len(old), new)


def entry_edit(text: Text, mapping: Node, entry: str, newline: str) -> Edit:
    """Put an entry before the first of a YAML mapping, and before the comments on that.

    A mapping between braces may be empty.
    """
    at = index_of(text, mapping.place)
    if text.text.startswith("{", at):
        space = " " if text.text.startswith("#", at + 1) else ""
        return Edit(at + 1, at + 1, f"{entry}, " if mapping.value else entry + space)
    line = text.text.rfind("\n", 0, at) + 1
    indent = text.text[line:at]
    if indent.strip():  # it begins in the line of its key
        return Edit(at, at, f"{entry}{newline}{' ' * len(indent)}")
    if comments := _COMMENTS.search(text.text, 0, line):
        line = comments.start()
    return Edit(line, line, f"{indent}{entry}{newline}")
