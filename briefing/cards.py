"""A topic -> its card: the picture that is shown where its page is shared.

What the size must be: https://developers.facebook.com/docs/sharing/webmasters/images/
Pillow draws it, which need not be there and is loaded when the first card is drawn.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING
from unicodedata import bidirectional, category, east_asian_width, normalize

from msgspec import Struct

from briefing.problems import Place, mistake
from briefing.verdict import Verdict

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

SIZE = (1200, 630)
MARGIN = 64
WIDTH = SIZE[0] - 2 * MARGIN
"""What is within the margins."""

PAPER, WASH, RULE = (253, 252, 249), (243, 239, 230), (217, 211, 199)
INK, SOFT = (29, 27, 24), (87, 82, 73)
BLUE, RED, GREEN = (27, 79, 135), (154, 52, 18), (31, 96, 68)
"""The colours of templates/styles/tokens.css, as they are by day."""
PALE_BLUE, PALE_GREEN = (184, 204, 225), (186, 211, 198)
Colour = tuple[int, int, int]

TONES: Mapping[Verdict, tuple[Colour, Colour]] = {
    Verdict.DIFFER: (RED, PAPER),
    Verdict.COMPATIBLE: (BLUE, PAPER),
    Verdict.SIDE_BY_SIDE: (PALE_BLUE, INK),
    Verdict.AGREE: (GREEN, PAPER),
    Verdict.ONE_SIDE: (PALE_GREEN, INK),
    Verdict.ONE_VOICE: (SOFT, PAPER),
    Verdict.ONLY_ONE: (RULE, INK),
    Verdict.NOBODY: (WASH, INK),
}
"""Of each verdict the ground of its part of the bar, and what is written on it."""

MARKS: Mapping[Verdict, str] = {
    Verdict.DIFFER: "≠",
    Verdict.COMPATIBLE: "≈",
    Verdict.SIDE_BY_SIDE: "∥",
    Verdict.AGREE: "=",
    Verdict.ONE_SIDE: "◧",
    Verdict.ONE_VOICE: "◔",
    Verdict.ONLY_ONE: "○",
    Verdict.NOBODY: "∅",
}
"""The marks of templates/parts/verdict.html."""

STROKES: Mapping[str, tuple[tuple[str, tuple[float, ...]], ...]] = {
    "≠": (("line", (3, 9, 21, 9)), ("line", (3, 15, 21, 15)), ("line", (7, 21, 17, 3))),
    "≈": (
        ("line", (3, 10, 5, 8, 8, 7, 11, 8, 13, 9, 16, 10, 19, 9, 21, 7)),
        ("line", (3, 17, 5, 15, 8, 14, 11, 15, 13, 16, 16, 17, 19, 16, 21, 14)),
    ),
    "∥": (("line", (8.5, 3, 8.5, 21)), ("line", (15.5, 3, 15.5, 21))),
    "=": (("line", (3, 9, 21, 9)), ("line", (3, 15, 21, 15))),
    "◧": (("rectangle", (3, 3, 21, 21)), ("block", (3, 3, 12, 21))),
    "◔": (("ellipse", (2, 2, 22, 22)), ("quarter", (2, 2, 22, 22))),
    "○": (("ellipse", (2, 2, 22, 22)),),
    "∅": (("ellipse", (3, 3, 21, 21)), ("line", (4, 22, 20, 2))),
}
"""How each is drawn, in a box of 24: no font need have them."""

QUOTE = ((6, 21), (6, 14), (6, 8), (13, 7), (13, 10), (10, 11), (10, 14), (13, 14), (13, 21))
"""The left half of the mark in templates/assets/icon.svg, whose box is 32.

The third point and the sixth are those that a curve bends to.
"""

HEADLINES = (88, 80, 72, 66, 60, 54, 48, 44, 40)
"""The sizes a headline can have: it has the first in which it fits."""
LINES = 4
SMALL = 30
BAR, GAP, PART = 56, 4, 46
"""The height of the bar, the space between two parts of it, and how narrow one can be."""
_LONG = 400
"""Of a text as long as this, nothing that follows is ever seen."""
_JOINED = re.compile("[\u0900-\u109f\u1100-\u11ff\u1780-\u18af\u1a20-\u1cff\ua840-\uabff]")
"""Scripts whose letters change beside others, beyond what the classes of Unicode tell."""


class Card(Struct, frozen=True, kw_only=True):
    """What a card says, in one language."""

    site: str
    """The title of the site."""
    title: str
    """The title of the topic."""
    facts: str
    """When it was, how many articles there are, and in what languages."""
    figures: tuple[str, ...]
    """What the comparison comes to, in words."""
    tally: tuple[tuple[str, str, int], ...]
    """Of each kind of verdict that there is: its id, its name and on how many points."""
    rtl: bool


def is_there() -> bool:
    """Whether there is what cards are drawn with."""
    return find_spec("PIL") is not None


def draw(card: Card, fonts: Mapping[str, bytes]) -> bytes | None:
    """Draw a card as PNG, or give None where no font has all signs of one of its texts.

    `fonts` are files by path; those that end in .ttf or .otf are tried in the order of their
    names, for the titles the bold ones first. Raises Problems for one that cannot be read.
    """
    tally = [(Verdict(id), _clean(name), count) for id, name, count in card.tally if count > 0]
    site, title, facts = _clean(card.site), _clean(card.title), _clean(card.facts)
    figures = [_clean(figure) for figure in card.figures]
    names = "".join(f"{name} {count}" for _, name, count in tally)
    bold = [_face(text, fonts, bold=True) for text in (site, title)]
    plain = [_face(text, fonts, bold=False) for text in (facts, " · ".join(figures), names)]
    if (card.rtl or any(face and face.shapes for face in (*bold, *plain))) and not _can_shape():
        return None
    sheet = Sheet(rtl=card.rtl)
    return sheet.png()


def _clean(text: str) -> str:
    """Give a text as NFC in one line, without signs that nobody sees."""
    text = normalize("NFC", re.sub(r"[^\S\xa0]+", " ", text[:_LONG])).strip()
    unseen = "C" if not _is_shaped(text) else ("Cc", "Cn", "Co", "Cs")
    return "".join(sign for sign in text if not category(sign).startswith(unseen))
