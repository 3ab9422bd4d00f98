"""Bytes -> text whose every character has a place. Forbidden characters are replaced and reported.

`briefing.syntax.yaml` and `briefing.syntax.markdown` read the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from briefing.problems import Collector, Place, Problem, Problems, mistake, raise_if_any
from briefing.syntax.characters import (
    FORBIDDEN,
    MAYBE_FORBIDDEN,
    REPLACEMENT,
    not_allowed_message,
)

MAX_MARKS = 30
"""Combining marks in a row; a text with more on one letter is refused."""
MAX_FORBIDDEN = 10
"""Forbidden characters reported of one file; more of them are one mistake, not a million."""
_MERGE_MARK = re.compile(r"(?:<{7}|>{7}|\|{7})(?: .*)?|={7}")
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)")
"""A line that may begin or end a fenced block of code
(https://spec.commonmark.org/0.31.2/#fenced-code-blocks)."""
_STACKED_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{MAX_MARKS + 1},}}")
"""A run in which stacked marks may be: they are no letters, no spaces and not in ASCII."""
_MAYBE_STACKED_MARKS = re.compile(
    f"[^\x00-\u02ff\u1e00-\u1eff\u2000-\u2069\u4e00-\u9fff\uac00-\ud7a3]{{{MAX_MARKS + 1}}}"
)
"""Matches in every run of marks, in less time: there are none in the ranges left out."""


class Text(Struct, frozen=True):
    """A text or a part of one, with the file and the line that it begins on."""

    path: str
    text: str
    line: int = 1

    def place(self, index: int) -> Place:
        """Return the place of the character at `index`, counted from 0."""
        return LineIndex(self).place(index)


class LineIndex:
    """The lines of a text, to place many of its characters. Only LF ends a line, as in editors."""

    def __init__(self, source: Text) -> None:
        self._source = source
        self._starts = [0, *(match.end() for match in re.finditer("\n", source.text))]

    def start(self, line: int) -> int:
        """Return the index where a line, counted from 0, begins; past the last, the text's end."""
        return self._starts[line] if line < len(self._starts) else len(self._source.text)

    def place(self, index: int) -> Place:
        """Return the place of the character at `index`, counted from 0."""
        line = bisect_right(self._starts, index) - 1
        return Place(self._source.path, self._source.line + line, index - self._starts[line] + 1)


def decode_text(path: str, data: bytes, collector: Collector) -> Text:
    """Return the text of a file: from UTF-8, in NFC, with lines that end in LF.

    A forbidden character becomes REPLACEMENT, and its problem goes to the `collector`.
    Raises Problems for another encoding, for what an unfinished merge left, and for more than
    MAX_MARKS marks on one letter.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:2].count(0) == 1:
        raise mistake(Place(path), "not UTF-8 but UTF-16", "save the file as UTF-8")
    try:
        raw = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise _not_utf8(path, data, error.start) from None
    lines = Text(path, raw.replace("\r\n", "\n").replace("\r", "\n"))
    raise_if_any(find_merge_marks(lines))
    refuse_stacked_marks(lines)
    text = replace(lines, text=unicodedata.normalize("NFC", lines.text))
    if not MAYBE_FORBIDDEN.search(text.text) or not FORBIDDEN.search(text.text):
        return text
    collector.add(_forbidden_problems(text))
    return replace(text, text=FORBIDDEN.sub(REPLACEMENT, text.text))


def find_merge_marks(text: Text) -> Iterator[Problem]:
    """Yield the first of the lines with which git parts two versions of a text.

    A fenced block of code in Markdown may show them.
    """
    if not any(sign * 7 in text.text for sign in "<=>|"):
        return
    fence = ""
    for number, line in enumerate(text.text.split("\n")):
        found = _FENCE.match(line) if text.path.endswith(".md") else None
        if found and (not fence or _closes(found, fence)):
            fence = "" if fence else found["fence"]
        elif not fence and _MERGE_MARK.fullmatch(line):
            message = f"a merge was left unfinished: `{line[:7]}`"
            cure = "keep one of the two texts, and delete the lines `<<<<<<<`, `=======`, `>>>>>>>`"
            yield Problem(Place(text.path, text.line + number), message, cure)
            return


def _closes(found: re.Match[str], fence: str) -> bool:
    """Whether a line ends the block of code that began with `fence`."""
    return found["fence"].startswith(fence) and not found["info"].strip()


def refuse_stacked_marks(text: Text) -> None:
    """Do nothing if no letter has more than MAX_MARKS marks. Raises Problems otherwise.

    No language has so many (https://unicode.org/reports/tr15/#Stream_Safe_Text_Format), and the
    time of normalizing a text grows with the square of the marks in a row.
    """
    if not _MAYBE_STACKED_MARKS.search(text.text):
        return
    for match in _STACKED_MARKS.finditer(text.text):
        marks = 0
        for index, character in enumerate(match.group()):
            marks = marks + 1 if unicodedata.combining(character) else 0
            if marks > MAX_MARKS:
                place = text.place(match.start() + index - MAX_MARKS)
                raise mistake(place, f"more than {MAX_MARKS} marks on one letter", "delete them")


def _not_utf8(path: str, data: bytes, start: int) -> Problems:
    """Return the problem of the byte at `start`, which is not UTF-8."""
    before = Text(path, data[:start].decode("utf-8").removeprefix("\ufeff"))
    byte = f"byte 0x{data[start]:02X}"
    if data[start : start + 1] == b"\xed":
        byte += ", half of a surrogate pair"
    place = before.place(len(before.text))
    return mistake(place, f"not UTF-8: {byte}", "save the file as UTF-8")


def _forbidden_problems(text: Text) -> Iterator[Problem]:
    """Yield the problems of the first MAX_FORBIDDEN forbidden characters of a text."""
    lines = LineIndex(text)
    for match in islice(FORBIDDEN.finditer(text.text), MAX_FORBIDDEN):
        cure = "delete it; it cannot be seen but is there"
        if match.group() == REPLACEMENT:
            cure = "write what stood there; a conversion lost it"
        yield Problem(lines.place(match.start()), not_allowed_message(match.group()), cure)
