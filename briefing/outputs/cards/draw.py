"""A topic -> its card: the picture that is shown where its page is shared.

    ink     paper and ink, by Pillow
    lines   texts, cut into lines

The size is the one that is asked for:
https://developers.facebook.com/docs/sharing/webmasters/images/
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from briefing.comparison.verdict import Verdict
from briefing.outputs.cards.canvas import (
    BLUE,
    CARD_WIDTH,
    INK,
    MARGIN,
    PAPER,
    SIZE,
    SMALL,
    SOFT,
    TONES,
    Face,
    Paper,
    Stroke,
    can_shape,
)
from briefing.outputs.cards.line_breaking import clean, fitted, is_shaped, pitch, truncated_to_width
from briefing.problems import Place, mistake

if TYPE_CHECKING:
    from briefing.outputs.cards.canvas import Font
BAR, GAP, LEAST = 52, 4, 64
"""The height of the bar, the space between two parts of it, and how narrow one can be."""
SIGN = 26
"""The size of the mark of a verdict."""
POINT = " · "
MARKS: Mapping[Verdict, tuple[Stroke, ...]] = {
    Verdict.DIFFER: (
        ("line", (3, 9, 21, 9)),
        ("line", (3, 15, 21, 15)),
        ("line", (7, 21, 17, 3)),
    ),
    Verdict.COMPATIBLE: (
        ("line", (3, 10, 5, 8, 8, 7, 11, 8, 13, 9, 16, 10, 19, 9, 21, 7)),
        ("line", (3, 17, 5, 15, 8, 14, 11, 15, 13, 16, 16, 17, 19, 16, 21, 14)),
    ),
    Verdict.SIDE_BY_SIDE: (("line", (8, 3, 8, 21)), ("line", (16, 3, 16, 21))),
    Verdict.AGREE: (("line", (3, 9, 21, 9)), ("line", (3, 15, 21, 15))),
    Verdict.ONE_SIDE: (("frame", (3, 3, 21, 21)), ("block", (3, 3, 12, 21))),
    Verdict.ONE_VOICE: (("ring", (2, 2, 22, 22)), ("quarter", (2, 2, 22, 22))),
    Verdict.ONLY_ONE: (("ring", (2, 2, 22, 22)),),
    Verdict.NOBODY: (("ring", (3, 3, 21, 21)), ("line", (4, 22, 20, 2))),
}
"""Those of templates/parts/verdict.html in a box of 24, drawn so that no font need have them."""
TILE: tuple[Stroke, ...] = (("tile", (0, 0, 32, 32)),)
QUOTES: tuple[Stroke, ...] = tuple(
    ("quote", (x, 21, x, 14, x, 8, x + 7, 7, x + 7, 10, x + 4, 11, x + 4, 14, x + 7, 14, x + 7, 21))
    for x in (6, 18)
)
"""The mark of templates/assets/icon.svg, in a box of 32.

Of a quote, the third point and the sixth are those that a curve bends to.
"""


class Card(Struct, frozen=True, kw_only=True):
    """What a card says, in one language."""

    site: str
    """The title of the site."""
    title: str
    """The title of the topic."""
    facts: str
    """In one line when it was, how many articles there are, in what languages."""
    figures: tuple[str, ...]
    """What the comparison comes to, in words."""
    tally: tuple[tuple[str, str, int], ...]
    """Of each kind of verdict that there is: its id, its name, on how many points."""
    rtl: bool
    """Whether the language is written from right to left."""


def draw(card: Card, fonts: Mapping[str, bytes]) -> bytes | None:
    """Draw a card as PNG, or give None where the fonts cannot draw every sign of it.

    `fonts` are files by path. Those that end in .ttf or .otf are tried in the order of their
    names, for the two titles the bold ones first. Raises Problems for one that cannot be read.
    """
    tally = [(Verdict(id), clean(name), count) for id, name, count in card.tally if count > 0]
    figures = [clean(figure) for figure in card.figures]
    names = "".join(f"{count} {name}" for _, name, count in tally)
    bold = (clean(card.site), clean(card.title))
    plain = (clean(card.facts), POINT.join(figures), names)
    faces = [_face(text, fonts, bold=True) for text in bold]
    faces += [_face(text, fonts, bold=False) for text in plain]
    found = [face for face in faces if face]
    shaped = card.rtl or any(map(is_shaped, (*bold, *plain)))
    if len(found) < len(faces) or (shaped and not can_shape()):
        return None
    of_site, of_title, of_facts, of_figures, of_names = found
    paper = Paper(rtl=card.rtl)
    _draw_head(paper, bold[0], of_site.at(SMALL + 4))
    foot = _draw_figures(paper, figures, of_figures.at(SMALL))
    foot = _draw_tally(paper, tally, of_names.at(SMALL - 2), foot)
    _draw_title(paper, bold[1], of_title, (plain[0], of_facts.at(SMALL)), foot)
    return paper.png()


def _draw_head(paper: Paper, site: str, font: Font) -> None:
    """Draw the mark and the title of the site, with a rule below."""
    paper.draw(TILE, 0, MARGIN, 48, BLUE, box=32)
    paper.draw(QUOTES, 0, MARGIN, 48, PAPER, box=32)
    paper.write(truncated_to_width(site, font, CARD_WIDTH - 66), font, 66, MARGIN + 36, INK)
    paper.block(0, MARGIN + 66, CARD_WIDTH, 3, INK)


def _draw_figures(paper: Paper, figures: Sequence[str], font: Font) -> int:
    """Draw the figures at the foot, as many in a line as there is room for; give their top."""
    lines: list[str] = []
    for figure in figures:
        joined = POINT.join([*lines[-1:], figure])
        if font.getlength(joined) <= CARD_WIDTH:
            lines[-1:] = [joined]
        else:
            lines.append(truncated_to_width(figure, font, CARD_WIDTH))
    height = pitch(font, "".join(lines))
    top = SIZE[1] - MARGIN - height * len(lines)
    for n, line in enumerate(lines):
        paper.write(line, font, 0, top + height * n + SMALL, INK)
    return top


def _draw_tally(
    paper: Paper, tally: Sequence[tuple[Verdict, str, int]], font: Font, foot: int
) -> int:
    """Draw the bar above what is at the foot, a part for each verdict; give its top."""
    if not tally:
        return foot
    top, x = foot - 14 - BAR, 0
    widths = shares([count for *_, count in tally], CARD_WIDTH - GAP * (len(tally) - 1))
    room = [width - SIGN - 24 for width in widths]
    texts = [f"{count} {name}" for _, name, count in tally]
    if any(font.getlength(text) > most for text, most in zip(texts, room, strict=True)):
        texts = [f"{count}" for *_, count in tally]
    for (verdict, *_), width, text in zip(tally, widths, texts, strict=True):
        shared, ink = TONES[verdict]
        length = round(font.getlength(text))
        start = x + min(14, (width - SIGN - 8 - length) // 2)
        paper.block(x, top, width, BAR, shared)
        paper.draw(MARKS[verdict], start, top + (BAR - SIGN) // 2, SIGN, ink)
        paper.write(text, font, start + SIGN + 8, top + BAR // 2 + 10, ink)
        x += width + GAP
    return top


def _draw_title(paper: Paper, title: str, face: Face, facts: tuple[str, Font], foot: int) -> None:
    """Draw the headline below the head, as large as there is room for, and the facts below it."""
    top, (text, small) = MARGIN + 86, facts
    font, lines = fitted(title, face, foot - 26 - 12 - pitch(small, text) - top)
    height = pitch(font, title)
    for n, line in enumerate(lines):
        paper.write(line, font, 0, top + height * n + round(0.98 * font.size), INK)
    end = top + height * len(lines) + 12
    paper.write(truncated_to_width(text, small, CARD_WIDTH), small, 0, end + SMALL, SOFT)


def shares(counts: Sequence[int], width: int) -> list[int]:
    """Divide a width in proportion, but for those that would be too narrow for a mark."""
    parts = [0] * len(counts)
    left = sum(counts)
    for index in sorted(range(len(counts)), key=counts.__getitem__):
        parts[index] = max(LEAST, round(width * counts[index] / left))
        width, left = width - parts[index], left - counts[index]
    return parts


@lru_cache(maxsize=16)
def _opened(data: bytes) -> Face:
    """Open a font once for all cards."""
    return Face(data)


def _face(text: str, fonts: Mapping[str, bytes], *, bold: bool) -> Face | None:
    """Give the first font that has all signs of a text, and the one for what is left out."""
    paths = [path for path in fonts if path.lower().endswith((".ttf", ".otf"))]
    for path in sorted(paths, key=lambda path: (("bold" in path.lower()) != bold, path)):
        try:
            face = _opened(fonts[path])
        except OSError:
            cure = "put a TrueType or OpenType font there, or take it away"
            raise mistake(Place(path), "is no font that can be read", cure) from None
        if all(map(face.has, {*text, "…"})):
            return face
    return None
