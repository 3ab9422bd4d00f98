"""Texts of a card: cut into lines that are even, and not too long for it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import bidirectional, category, east_asian_width, normalize

from briefing.outputs.cards.canvas import CARD_WIDTH, Face

if TYPE_CHECKING:
    from briefing.outputs.cards.canvas import Font
HEADLINES = (88, 80, 72, 66, 60, 54, 48, 44, 40)
"""The sizes a headline can have: it has the first in which it fits."""
LINES = 4
_LONG = 1000
"""Of a text longer than this nobody sees the rest."""
_JOINED = re.compile("[\u0900-\u109f\u1100-\u11ff\u1780-\u18af\u1a20-\u1cff\ua840-\uabff]")
"""Scripts whose letters change beside others, beyond what is told by the classes of Unicode."""


def clean(text: str) -> str:
    """Give a text as NFC in one line, without signs that nobody sees."""
    text = normalize("NFC", re.sub(r"[^\S\xa0]", " ", text))
    unseen = {"Cc"} if is_shaped(text) else {"Cc", "Cf"}
    seen = "".join(sign for sign in text if category(sign) not in unseen)
    return re.sub(" +", " ", seen).strip()[:_LONG]


def is_shaped(text: str) -> bool:
    """Whether signs of a text take their shape or place from those beside them."""
    return bool(_JOINED.search(text)) or any(
        bidirectional(sign) in {"R", "AL", "AN"} or category(sign)[0] == "M" for sign in text
    )


PAUSES, PAUSE = tuple(",;:.?!–—，、；：。？！"), 200
"""What a line had better end with, and how much shorter it may be for that."""


class Piece(NamedTuple):
    """What stays in one line."""

    text: str
    width: float
    advance: float
    """The width with the space that follows."""


def pieces(text: str) -> list[str]:
    """Cut a text wherever a line may end: after a space, and beside a sign of East Asia.

    No line begins with what closes or ends with what opens: https://www.w3.org/TR/jlreq/#line_breaking
    """
    cuts = [n for n in range(1, len(text)) if _may_end(text, n)]
    return [text[a:b] for a, b in pairwise((0, *cuts, len(text)))]


def _may_end(text: str, n: int) -> bool:
    before, after = text[n - 1], text[n]
    kind = category(after)
    if kind in {"Pe", "Pf"} or kind[0] == "M" or after == " ":
        return False
    if kind in {"Po", "Pd", "Lm"} and (_is_square(after) or text[n + 1 : n + 2] in {"", " "}):
        return False
    beside = _is_square(before) or _is_square(after)
    return before == " " or (beside and category(before) not in {"Ps", "Pi"})


def _is_square(sign: str) -> bool:
    """Whether it is of Chinese or Japanese; Korean has spaces."""
    return east_asian_width(sign) in "WF" and not "\uac00" <= sign <= "\ud7a3"


def filled(row: Sequence[Piece], width: float) -> list[str]:
    """Fill lines of a width, the first as far as it goes."""
    lines, taken = [""], 0.0
    for piece in row:
        if taken and taken + piece.width > width:
            lines.append("")
            taken = 0
        lines[-1] += piece.text
        taken += piece.advance
    return [line.rstrip() for line in lines]


def even(row: Sequence[Piece], width: float, count: int) -> list[str]:
    """Divide pieces into a number of lines that are as even as can be.

    Those that end with a pause of the sentence are preferred.
    """

    @cache
    def best(start: int, count: int) -> tuple[float, tuple[int, ...]]:
        found = []
        taken = 0.0
        for end in range(start + 1, len(row) + 1):
            piece = row[end - 1]
            rest = width - taken - piece.width
            if rest < 0:
                break
            taken += piece.advance
            last = end == len(row)
            if last != (count == 1):
                continue
            cost = rest**2 - (PAUSE**2 if piece.text.rstrip()[-1:] in PAUSES else 0)
            after, ends = (0.0, ()) if last else best(end, count - 1)
            found.append((cost + after, (end, *ends)))
        return min(found, default=(inf, ()))

    _, ends = best(0, count)
    return ["".join(p.text for p in row[a:b]).rstrip() for a, b in pairwise((0, *ends))]


def fitted(text: str, face: Face, room: int) -> tuple[Font, list[str]]:
    """Give the largest font in which a headline fits, and its lines."""
    for size in HEADLINES:
        font = face.at(size)
        most = max(1, min(LINES, room // pitch(font, text)))
        if font.getlength(text) <= most * CARD_WIDTH:
            row = _measured(pieces(text), font)
            count = len(filled(row, CARD_WIDTH))
            if count <= most and all(piece.width <= CARD_WIDTH for piece in row):
                return font, even(row, CARD_WIDTH, count)
    signs = [sign for piece in pieces(text) for sign in _narrowed(piece, font)]
    lines = filled(_measured(signs, font), CARD_WIDTH)
    rest = [" ".join(lines[most - 1 : most + 1])] if len(lines) >= most else []
    return font, [
        *lines[: most - 1],
        *(truncated_to_width(line, font, CARD_WIDTH) for line in rest),
    ]


def _measured(texts: Sequence[str], font: Font) -> list[Piece]:
    space = font.getlength(" ")
    widths = [font.getlength(text.rstrip()) for text in texts]
    ends = [space if text.endswith(" ") else 0 for text in texts]
    return [Piece(t, w, w + end) for t, w, end in zip(texts, widths, ends, strict=True)]


def _narrowed(piece: str, font: Font) -> list[str]:
    """Cut what is wider than a line into its signs, each with the marks on it."""
    if font.getlength(piece.rstrip()) <= CARD_WIDTH:
        return [piece]
    cuts = [n for n in range(1, len(piece)) if category(piece[n])[0] != "M"]
    return [piece[a:b] for a, b in pairwise((0, *cuts, len(piece)))]


def truncated_to_width(text: str, font: Font, width: float) -> str:
    """Cut a text to a width, between two words if the last is not a long one."""
    if font.getlength(text) <= width:
        return text
    end = bisect_right(range(len(text)), width, key=lambda n: font.getlength(f"{text[:n]}…")) - 1
    while category(text[end])[0] == "M":
        end -= 1
    space = text.rfind(" ", max(0, end - 20), end) if text[end].isalnum() else 0
    return f"{text[: space if space > 0 else end].rstrip(' ,.;:–-')}…"


def pitch(font: Font, text: str) -> int:
    """How far apart lines are: less than the font would have it, but where marks stack up."""
    return sum(font.getmetrics()) if is_shaped(text) else round(1.24 * font.size)
