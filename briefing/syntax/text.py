"""Bytes -> text whose every character has a place; what no text of a site may have is refused."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from briefing.problems import Collector, Place, Problem, Problems, mistake
from briefing.syntax.nodes import LOST
from briefing.syntax.urls import describe_character

MAX_MARKS = 30
"""Combining marks in a row."""
MAX_REFUSED = 10
"""Refused characters told of in one file; a file of them is one mistake, not a million."""
_REFUSED_BELOW = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffd\ufffe\uffff"
)
REFUSED = re.compile(
    f"[{_REFUSED_BELOW}"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
    )
    + "]"
)
"""Controls, line ends that are none in an editor, what reorders or hides text, what is no
character, and U+FFFD, which stands where a conversion lost one."""
_PERHAPS_REFUSED = re.compile(f"[{_REFUSED_BELOW}\U0001fffe-\U0010ffff]")
"""Finds all of those and more, in a tenth of the time."""
_HEAP = re.compile(rf"[^\w\s\x00-\x7f]{{{MAX_MARKS + 1},}}")
"""Where many marks may be: they are no letters, no spaces and not in ASCII."""
_PERHAPS_HEAP = re.compile(
    f"[^\x00-\u02ff\u1e00-\u1eff\u2000-\u2069\u4e00-\u9fff\uac00-\ud7a3]{{{MAX_MARKS + 1}}}"
)
"""Finds all of those that are heaps of marks, in less time: there are none in these ranges."""


class Text(Struct, frozen=True):
    """A text of a file and the line it begins on, so that any part of it can be placed."""

    path: str
    text: str
    line: int = 1

    def place(self, index: int) -> Place:
        """Give the place of the character at an index."""
        return Lines(self).place(index)


class Lines:
    """The lines of a text, for many places in it. Only LF ends a line, as in an editor."""

    def __init__(self, source: Text) -> None:
        self._source = source
        self._starts = [0, *(match.end() for match in re.finditer("\n", source.text))]

    def start(self, line: int) -> int:
        """Give the index where a line, counted from 0, begins, or the end of the text."""
        return self._starts[line] if line < len(self._starts) else len(self._source.text)

    def place(self, index: int) -> Place:
        """Give the place of the character at an index."""
        line = bisect_right(self._starts, index) - 1
        return Place(self._source.path, self._source.line + line, index - self._starts[line] + 1)


def decode(path: str, data: bytes, collector: Collector) -> Text:
    """Read a file as text: UTF-8, NFC, lines that end in LF.

    Characters that hide or reorder text (https://trojansource.codes) are told to the
    collector, and are LOST in the text. Raises Problems for another encoding.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:2].count(0) == 1:
        raise mistake(Place(path), "not UTF-8 but UTF-16", "save the file as UTF-8")
    try:
        raw = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise _not_utf8(path, data, error.start) from None
    lines = Text(path, raw.replace("\r\n", "\n").replace("\r", "\n"))
    refuse_stacked_marks(lines)
    text = replace(lines, text=unicodedata.normalize("NFC", lines.text))
    if not _PERHAPS_REFUSED.search(text.text) or not REFUSED.search(text.text):
        return text
    collector.add(_refused_characters(text))
    return replace(text, text=REFUSED.sub(LOST, text.text))


def refuse_stacked_marks(text: Text) -> None:
    """Refuse more marks on one letter than any language has; to order them takes for ever.

    The bound is that of https://unicode.org/reports/tr15/#Stream_Safe_Text_Format.
    Raises Problems.
    """
    if not _PERHAPS_HEAP.search(text.text):
        return
    for match in _HEAP.finditer(text.text):
        marks = 0
        for index, sign in enumerate(match.group()):
            marks = marks + 1 if unicodedata.combining(sign) else 0
            if marks > MAX_MARKS:
                place = text.place(match.start() + index - MAX_MARKS)
                raise mistake(place, f"more than {MAX_MARKS} marks on one letter", "delete them")


def _not_utf8(path: str, data: bytes, start: int) -> Problems:
    before = Text(path, data[:start].decode("utf-8").removeprefix("\ufeff"))
    found = f"byte 0x{data[start]:02X}"
    if data[start : start + 1] == b"\xed":
        found += ", half of a surrogate pair"
    place = before.place(len(before.text))
    return mistake(place, f"not UTF-8: {found}", "save the file as UTF-8")


def _refused_characters(text: Text) -> Iterator[Problem]:
    lines = Lines(text)
    for match in islice(REFUSED.finditer(text.text), MAX_REFUSED):
        cure = "delete it; it cannot be seen but is there"
        if match.group() == LOST:
            cure = "write what stood there; a conversion lost it"
        yield Problem(lines.place(match.start()), not_allowed(match.group()), cure)


def refused(text: str) -> str | None:
    """Say which character of a text is not allowed, if one is."""
    if not _PERHAPS_REFUSED.search(text):
        return None
    return not_allowed(found.group()) if (found := REFUSED.search(text)) else None


def not_allowed(sign: str) -> str:
    """Return the message about a character that no text of a site may have."""
    return f"{describe_character(sign)} is not allowed"
