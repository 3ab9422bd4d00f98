"""Breaks the texts of a card into lines that fit its width and are about equally long."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import bidirectional, category, east_asian_width, normalize

from briefing.outputs.cards.canvas import CARD_WIDTH, Typeface

if TYPE_CHECKING:
    from briefing.outputs.cards.canvas import Font
HEADLINE_SIZES = (88, 80, 72, 66, 60, 54, 48, 44, 40)
"""Font sizes of a headline in pixels: the first in which it fits is used."""
MAX_HEADLINE_LINES = 4
_MAX_CHARACTERS = 1000
"""Characters of a text; the rest would not fit on a card in any size."""
_JOINED = re.compile("[\u0900-\u109f\u1100-\u11ff\u1780-\u18af\u1a20-\u1cff\ua840-\uabff]")
"""Scripts whose letters change beside others, beyond those known by their Unicode category."""


def clean_text(text: str) -> str:
    """Return a text as NFC in one line, without invisible characters."""
    text = normalize("NFC", re.sub(r"[^\S\xa0]", " ", text))
    unseen = {"Cc"} if is_shaped(text) else {"Cc", "Cf"}
    seen = "".join(sign for sign in text if category(sign) not in unseen)
    return re.sub(" +", " ", seen).strip()[:_MAX_CHARACTERS]


def is_shaped(text: str) -> bool:
    """Whether characters of a text change shape or place with those beside them."""
    return bool(_JOINED.search(text)) or any(
        bidirectional(sign) in {"R", "AL", "AN"} or category(sign)[0] == "M" for sign in text
    )


PAUSES, PAUSE_BONUS = tuple(",;:.?!–—，、；：。？！"), 200
"""Characters that a line should end with, and the pixels by which it may be shorter for that."""


class Piece(NamedTuple):
    """A part of a text that is not divided between lines; widths in pixels."""

    text: str
    width: float
    advance: float
    """Width with the space that follows."""


def split_pieces(text: str) -> list[str]:
    """Return the parts of a text between all places where a line may end.

    These are after a space, and beside a character of Chinese or Japanese. No line begins with a
    closing or ends with an opening bracket: https://www.w3.org/TR/jlreq/#line_breaking
    """
    cuts = [n for n in range(1, len(text)) if _may_end(text, n)]
    return [text[a:b] for a, b in pairwise((0, *cuts, len(text)))]


def _may_end(text: str, n: int) -> bool:
    """Whether a line may end before the character at `n`."""
    before, after = text[n - 1], text[n]
    kind = category(after)
    if kind in {"Pe", "Pf"} or kind[0] == "M" or after == " ":
        return False
    if kind in {"Po", "Pd", "Lm"} and (_is_east_asian(after) or text[n + 1 : n + 2] in {"", " "}):
        return False
    beside = _is_east_asian(before) or _is_east_asian(after)
    return before == " " or (beside and category(before) not in {"Ps", "Pi"})


def _is_east_asian(sign: str) -> bool:
    """Whether a character is of Chinese or Japanese; Korean has spaces between words."""
    return east_asian_width(sign) in "WF" and not "\uac00" <= sign <= "\ud7a3"


def fill_lines(row: Sequence[Piece], width: float) -> list[str]:
    """Return lines of at most `width`, each filled before the next begins."""
    lines, used = [""], 0.0
    for piece in row:
        if used and used + piece.width > width:
            lines.append("")
            used = 0
        lines[-1] += piece.text
        used += piece.advance
    return [line.rstrip() for line in lines]


def balance_lines(row: Sequence[Piece], width: float, count: int) -> list[str]:
    """Return `count` lines of the pieces `row`, as equal in length as can be, up to `width`.

    The sum of squares of the space left is least, where a line that ends with one of PAUSES
    counts less (https://doi.org/10.1002/spe.4380111102, as TeX breaks paragraphs).
    """

    @cache
    def best(start: int, count: int) -> tuple[float, tuple[int, ...]]:
        choices = []
        used = 0.0
        for end in range(start + 1, len(row) + 1):
            piece = row[end - 1]
            rest = width - used - piece.width
            if rest < 0:
                break
            used += piece.advance
            last = end == len(row)
            if last != (count == 1):
                continue
            cost = rest**2 - (PAUSE_BONUS**2 if piece.text.rstrip()[-1:] in PAUSES else 0)
            after, ends = (0.0, ()) if last else best(end, count - 1)
            choices.append((cost + after, (end, *ends)))
        return min(choices, default=(inf, ()))

    _, ends = best(0, count)
    return ["".join(p.text for p in row[a:b]).rstrip() for a, b in pairwise((0, *ends))]


def fit_headline(text: str, face: Typeface, room: int) -> tuple[Font, list[str]]:
    """Return the largest font in which a headline fits in a height of `room`, and its lines.

    If it fits in none, the smallest, with the last line truncated.
    """
    for size in HEADLINE_SIZES:
        font = face.at(size)
        max_lines = max(1, min(MAX_HEADLINE_LINES, room // line_height(font, text)))
        if font.getlength(text) <= max_lines * CARD_WIDTH:
            row = _measured(split_pieces(text), font)
            count = len(fill_lines(row, CARD_WIDTH))
            if count <= max_lines and all(piece.width <= CARD_WIDTH for piece in row):
                return font, balance_lines(row, CARD_WIDTH, count)
    signs = [sign for piece in split_pieces(text) for sign in _split_wide(piece, font)]
    lines = fill_lines(_measured(signs, font), CARD_WIDTH)
    rest = [" ".join(lines[max_lines - 1 : max_lines + 1])] if len(lines) >= max_lines else []
    return font, [
        *lines[: max_lines - 1],
        *(truncated_to_width(line, font, CARD_WIDTH) for line in rest),
    ]


def _measured(texts: Sequence[str], font: Font) -> list[Piece]:
    """Return parts of a text with their widths."""
    space = font.getlength(" ")
    widths = [font.getlength(text.rstrip()) for text in texts]
    ends = [space if text.endswith(" ") else 0 for text in texts]
    return [Piece(t, w, w + end) for t, w, end in zip(texts, widths, ends, strict=True)]


def _split_wide(piece: str, font: Font) -> list[str]:
    """Return a piece that is wider than a line as characters, each with its marks."""
    if font.getlength(piece.rstrip()) <= CARD_WIDTH:
        return [piece]
    cuts = [n for n in range(1, len(piece)) if category(piece[n])[0] != "M"]
    return [piece[a:b] for a, b in pairwise((0, *cuts, len(piece)))]


def truncated_to_width(text: str, font: Font, width: float) -> str:
    """Return a text truncated to `width` pixels with an ellipsis, between words if near."""
    if font.getlength(text) <= width:
        return text
    end = bisect_right(range(len(text)), width, key=lambda n: font.getlength(f"{text[:n]}…")) - 1
    while category(text[end])[0] == "M":
        end -= 1
    space = text.rfind(" ", max(0, end - 20), end) if text[end].isalnum() else 0
    return f"{text[: space if space > 0 else end].rstrip(' ,.;:–-')}…"


def line_height(font: Font, text: str) -> int:
    """Return the height of a line in pixels: that of the font only where marks stack up."""
    return sum(font.getmetrics()) if is_shaped(text) else round(1.24 * font.size)
