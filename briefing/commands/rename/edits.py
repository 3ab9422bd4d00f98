"""Replaces some characters of a file, and leaves all other bytes as they are.

Places and nodes count characters of the decoded text: `syntax.text` drops a byte order mark, makes
every line end LF, and composes letters (NFC). So an edit of that text has to be mapped to the
bytes of the file. `names` and `links` find what to edit.
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
"""Runs of characters that are decoded on their own: a line end, or text before an ASCII character.

NFC never composes an ASCII character with one before it, nor reorders the two
(https://unicode.org/reports/tr15/#Stable_Code_Points).
"""
_WRAPPED = re.compile(
    r""""\s*((?:\\.|[^"\\])*?)\s*"|'\s*([^']*?)\s*'|[|>][^\n]*\n\s*(\S+)""", re.DOTALL
)
"""A scalar in quotes, or in a block (https://yaml.org/spec/1.1/#id863390)."""
_COMMENTS = re.compile(r"(?:^[ ]*#[^\n]*\n)+\Z", re.MULTILINE)


class Edit(Struct, frozen=True, order=True):
    """Replacement of the characters `start:end` of a text by `new`."""

    start: int
    end: int
    new: str

    def shifted(self, by: int) -> Edit:
        """Return the same edit of a text that begins `by` characters earlier."""
        return Edit(self.start + by, self.end + by, self.new)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return a text after `edits`, no two of which may overlap."""
    parts, at = [], 0
    for edit in sorted(edits):
        parts += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*parts, text[at:]])


def rewrite_bytes(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the bytes of a file after `edits` of its decoded text.

    data: must be UTF-8, which parsing has made sure of.
    """
    written = data.decode()
    original = _OriginalIndexes(written)
    return apply_edits(
        written,
        [Edit(original.index(edit.start), original.index(edit.end), edit.new) for edit in edits],
    ).encode()


class _OriginalIndexes:
    """Maps indexes of a decoded text to indexes of the text as it is in the file."""

    def __init__(self, written: str) -> None:
        self._written = written
        self._runs = [*_RUN.finditer(written, written.startswith("\ufeff"))]
        self._starts = []
        at = 0
        for run in self._runs:
            self._starts.append(at)
            at += len(_decoded(run[0]))

    def index(self, index: int) -> int:
        """Return the index in the file of the character at `index` of the decoded text."""
        if not self._runs:
            return len(self._written)
        number = bisect_right(self._starts, index) - 1
        run, inside = self._runs[number], index - self._starts[number]
        return run.start() + _split_index(run[0], inside)


def _decoded(run: str) -> str:
    """Return a run as `decode_text` would."""
    return "\n" if run[:1] == "\r" else unicodedata.normalize("NFC", run)


def _split_index(run: str, index: int) -> int:
    """Return the index in a run as written of the character at `index` of the decoded run."""
    text = _decoded(run)
    if text == run:
        return index
    first, rest = text[:index], text[index:]
    ends = range(len(run) + 1)
    return next(n for n in ends if (_decoded(run[:n]), _decoded(run[n:])) == (first, rest))


def index_of(text: Text, place: Place) -> int:
    """Return the index in `text` of the character at a place."""
    return LineIndex(text).start(place.line - text.line) + place.column - 1


def scalar_edit(text: Text, place: Place, old: str, new: str) -> Edit:
    """Return the edit that replaces the id `old` at a place of a YAML text by `new`.

    The id may be plain, in quotes or in a block.
    """
    start = index_of(text, place)
    if match := _WRAPPED.match(text.text, start):
        return Edit(*match.span(match.lastindex or 0), new)
    return Edit(start, start + len(old), new)


def entry_edit(text: Text, mapping: Node, entry: str, newline: str) -> Edit:
    """Return the edit that adds an entry to a YAML mapping, as its first.

    entry: `key: value`. newline: the line end of the file. Comments above the first entry stay
    with it. A mapping in braces may be empty.
    """
    at = index_of(text, mapping.place)
    if text.text.startswith("{", at):
        space = " " if text.text.startswith("#", at + 1) else ""
        return Edit(at + 1, at + 1, f"{entry}, " if mapping.value else entry + space)
    line = text.text.rfind("\n", 0, at) + 1
    indent = text.text[line:at]
    if indent.strip():  # the mapping begins in the line of its key
        return Edit(at, at, f"{entry}{newline}{' ' * len(indent)}")
    if comments := _COMMENTS.search(text.text, 0, line):
        line = comments.start()
    return Edit(line, line, f"{indent}{entry}{newline}")
