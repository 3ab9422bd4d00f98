"""Places in the source of what the parser reads without its indentation and its marks."""

from __future__ import annotations

import re
from urllib.parse import unquote

from briefing.model.prose import MAX_SEARCH
from briefing.problems import Place
from briefing.syntax.text import LineIndex, Text

_CONTAINER = re.compile(r"[ \t>]*")
"""What stands before a line of a paragraph or a table: indentation, marks of quotations."""
_TRIMMED = re.compile("[\t-\r\x20\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*")
"""The spaces at the ends of a row that the parser takes away."""
_STROKE = re.compile(r"(?<!\\)\|")
"""What separates cells: a stroke without a backslash, in code too."""


class Finder:
    """Finds the places of the parts of a block: inline tokens know the lines of the block only."""

    def __init__(self, source: Text, lines: LineIndex, block: tuple[int, int]) -> None:
        first, last = block
        self._source, self._lines = source, lines
        self._first, self._end = lines.start(first), lines.start(last)
        self._at = self._first

    def __call__(self, part: str) -> Place:
        """Return the place of the next occurrence of `part` in the block, percent-encoded or not.

        If there is none, that is an earlier one, or else where the last part ended. What is
        inside a link is earlier than its address, which is looked for first.
        """
        for start in (self._at, self._first):
            for written in (part, unquote(part)):
                end = min(start + MAX_SEARCH, self._end)
                if (index := self._source.text.find(written, start, end)) >= 0:
                    self._at = max(self._at, index + len(written))
                    return self._lines.place(index)
        return self._lines.place(self._at)


class SourceLines:
    """The lines of a source, as a block of it has them: without what stands before its text."""

    def __init__(self, source: Text, lines: LineIndex) -> None:
        self._source, self._lines = source, lines

    def text(self, line: int) -> str:
        """Return a line, counted from 0, without its end."""
        return self._source.text[self._lines.start(line) : self._lines.start(line + 1)].rstrip("\n")

    def place(self, line: int, column: int) -> Place:
        """Return the place of a character, both counted from 0."""
        return self._lines.place(self._lines.start(line) + column)

    def begin(self, line: int) -> Place:
        """Return the place where the text of a line begins."""
        return self.place(line, _end(_CONTAINER, self.text(line)))

    def quoted(self, line: int) -> int:
        """Return how many marks of quotations stand before the text of a line."""
        text = self.text(line)
        return text.count(">", 0, _end(_CONTAINER, text))

    def find(self, part: str, line: int) -> Place:
        """Return the place of the first `part` in a line, or where its text begins."""
        column = self.text(line).find(part)
        return self.place(line, column) if column >= 0 else self.begin(line)

    def cells(self, line: int) -> list[tuple[int, str]]:
        """Return the column, from 0, and the source of each cell of a row of a table.

        As https://github.github.com/gfm/#tables-extension- and the parser have it.
        """
        row = self.text(line)
        start = _end(_TRIMMED, row, _end(_CONTAINER, row))
        end = len(row) - _end(_TRIMMED, row[::-1])
        strokes = [match.start() for match in _STROKE.finditer(row, start, end)]
        bounds = zip([start, *(stroke + 1 for stroke in strokes)], [*strokes, end], strict=True)
        cells = [(at, row[at:to]) for at, to in bounds]
        cells = cells[not cells[0][1] :]
        return cells[:-1] if cells and not cells[-1][1] else cells


class InlinePlaces:
    """The places of the characters of the text of a paragraph or a heading."""

    def __init__(self, lines: SourceLines, first: int, content: str) -> None:
        self._lines, self._first = lines, first
        self._starts: list[int] = []
        self._columns: list[int] = []
        start = 0
        for number, part in enumerate(content.split("\n")):
            written = lines.text(first + number)
            indented = len(part) - len(part.lstrip())
            self._columns.append(max(written.rfind(part.strip()), 0) - indented)
            self._starts.append(start)
            start += len(part) + 1
        self._line = 0

    def __call__(self, at: int) -> Place:
        """Return the place of the character at `at`; of several, those before are asked first."""
        while self._line + 1 < len(self._starts) and self._starts[self._line + 1] <= at:
            self._line += 1
        column = self._columns[self._line] + at - self._starts[self._line]
        return self._lines.place(self._first + self._line, column)


class CellPlaces:
    """The places of the characters of a cell of a table, in which a stroke has a backslash."""

    def __init__(self, lines: SourceLines, line: int, number: int, content: str) -> None:
        self._lines, self._line, self._content = lines, line, content
        column, written = lines.cells(line)[number]
        self._column = column + len(written) - len(written.lstrip())

    def __call__(self, at: int) -> Place:
        """Return the place of the character at `at`."""
        escapes = self._content.count("|", 0, at)
        return self._lines.place(self._line, self._column + at + escapes)


def _end(pattern: re.Pattern[str], text: str, start: int = 0) -> int:
    """Return where what a pattern matches from `start` on ends; it matches nothing too."""
    match = pattern.match(text, start)
    return match.end() if match else start
