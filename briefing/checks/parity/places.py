"""Words of a text -> where they stand in its file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from briefing.checks.parity.said import Span
from briefing.problems import Collector, Place
from briefing.syntax.front_matter import split_front_matter
from briefing.syntax.text import LineIndex, Text, decode_text

_WORD = re.compile(r"[^\W_]+")
_BETWEEN = r"(?:\]\([^)\s]*\)|[\W_])*?"
"""Matches what may stand in Markdown between two words that readers see beside each other."""
_FIRST = 3
"""Words by which the start of a paragraph is found."""
TITLE, DEK = -2, -1
"""Parts of a text that are no paragraphs."""
_KEYS = {TITLE: re.compile(r"^title:", re.MULTILINE), DEK: re.compile(r"^dek:", re.MULTILINE)}
_NEXT_KEY = re.compile(r"^[a-z_]+:", re.MULTILINE)


class SourcePlaces:
    """The places of the words of one file."""

    def __init__(self, path: str, data: bytes, blocks: Sequence[str]) -> None:
        """Keep a file; `blocks` are the words of its paragraphs."""
        self._blocks = blocks
        source = decode_text(path, data, Collector())
        self._matter, self._body = split_front_matter(source)

    @cached_property
    def _starts(self) -> list[int]:
        """Where each paragraph begins in the Markdown, and its end."""
        starts, at = [], 0
        for words in self._blocks:
            match = re.compile(_pattern(words, _FIRST)).search(self._body.text, at)
            start = match.start() if match else at
            starts.append(start)
            at = match.end() if match else at
        return [*starts, len(self._body.text)]

    def place(self, part: int, words: str, span: Span) -> Place:
        """Return the place of a span of the words of a paragraph, by its number, or of the title.

        Where they are not found, the start of the part.
        """
        source, start, end = self._part(part)
        pattern = re.compile(_pattern(words[slice(*span)]))
        before = sum(1 for _ in pattern.finditer(words, 0, span[0]))
        found = [match.start() for match in pattern.finditer(source.text, start, end)]
        at = found[before] if before < len(found) and span[1] > span[0] else start
        return LineIndex(source).place(at)

    def _part(self, part: int) -> tuple[Text, int, int]:
        """Return the text that a part is in, and where in it."""
        if part < 0:
            match = _KEYS[part].search(self._matter.text)
            start = match.end() if match else 0
            after = _NEXT_KEY.search(self._matter.text, start)
            return self._matter, start, after.start() if after else len(self._matter.text)
        first = min(part, len(self._starts) - 1)
        last = min(part + 1, len(self._starts) - 1)
        return self._body, self._starts[first], self._starts[last]


def _pattern(words: str, most: int | None = None) -> str:
    """Return a pattern of words as Markdown may have them; of signs alone, the signs."""
    found = _WORD.findall(words)[:most]
    return _BETWEEN.join(map(re.escape, found)) or re.escape(words.strip()) or "$"
