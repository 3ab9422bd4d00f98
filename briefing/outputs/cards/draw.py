"""Draws the share card of a topic: the words of a `Card`, and fonts -> PNG.

    canvas          draws by Pillow
    line_breaking   breaks texts into lines

The size is the one that is asked for:
https://developers.facebook.com/docs/sharing/webmasters/images/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from briefing.comparison.verdict import Verdict
from briefing.outputs.cards.canvas import (
    BLUE,
    CARD_SIZE,
    CARD_WIDTH,
    INK,
    MARGIN,
    PAPER,
    SOFT,
    TEXT_SIZE,
    TONES,
    Canvas,
    Stroke,
    Typeface,
    can_shape,
)
from briefing.outputs.cards.line_breaking import (
    clean_text,
    fit_headline,
    is_shaped,
    line_height,
    truncated_to_width,
)
from briefing.problems import Place, mistake

if TYPE_CHECKING:
    from briefing.outputs.cards.canvas import Font
BAR_HEIGHT, BAR_GAP, MIN_PART_WIDTH = 52, 4, 64
"""Pixels: height of the bar of verdicts, space between its parts, least width of a part."""
MARK_SIZE = 26
"""Pixels of the mark of a verdict."""
SEPARATOR = " · "
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
"""The marks of templates/parts/verdict.html, in a square of 24. Drawn: few fonts have them."""
TILE: tuple[Stroke, ...] = (("tile", (0, 0, 32, 32)),)
QUOTES: tuple[Stroke, ...] = tuple(
    ("quote", (x, 21, x, 14, x, 8, x + 7, 7, x + 7, 10, x + 4, 11, x + 4, 14, x + 7, 14, x + 7, 21))
    for x in (6, 18)
)
"""The icon templates/assets/icon.svg, in a square of 32.

The third and the sixth point of a quotation mark are control points of curves.
"""


class Card(Struct, frozen=True, kw_only=True):
    """The words of a card, in one language."""

    site: str
    """The title of the site."""
    title: str
    """The title of the topic."""
    facts: str
    """One line: date of the event, number of articles, their languages."""
    figures: tuple[str, ...]
    """Results of the comparison, in words."""
    tally: tuple[tuple[str, str, int], ...]
    """Id, name and number of points of each verdict."""
    rtl: bool
    """Whether the language is written from right to left."""


def render_card(card: Card, fonts: Mapping[str, bytes]) -> bytes | None:
    """Return a card as PNG; None if no font has all characters of one of its texts.

    fonts: content by path. Those that end in .ttf or .otf are tried in order of their names, for
    the two titles the bold ones first. Raises Problems for a font that cannot be read.
    """
    tally = [(Verdict(id), clean_text(name), count) for id, name, count in card.tally if count > 0]
    figures = [clean_text(figure) for figure in card.figures]
    names = "".join(f"{count} {name}" for _, name, count in tally)
    bold = (clean_text(card.site), clean_text(card.title))
    plain = (clean_text(card.facts), SEPARATOR.join(figures), names)
    faces = [_typeface_for(text, fonts, bold=True) for text in bold]
    faces += [_typeface_for(text, fonts, bold=False) for text in plain]
    typefaces = [face for face in faces if face]
    shaped = card.rtl or any(map(is_shaped, (*bold, *plain)))
    if len(typefaces) < len(faces) or (shaped and not can_shape()):
        return None
    of_site, of_title, of_facts, of_figures, of_names = typefaces
    canvas = Canvas(rtl=card.rtl)
    _draw_head(canvas, bold[0], of_site.at(TEXT_SIZE + 4))
    foot = _draw_figures(canvas, figures, of_figures.at(TEXT_SIZE))
    foot = _draw_tally(canvas, tally, of_names.at(TEXT_SIZE - 2), foot)
    _draw_title(canvas, bold[1], of_title, (plain[0], of_facts.at(TEXT_SIZE)), foot)
    return canvas.png()


def _draw_head(canvas: Canvas, site: str, font: Font) -> None:
    """Draw the icon and the title of the site, with a rule below."""
    canvas.draw(TILE, 0, MARGIN, 48, BLUE, box=32)
    canvas.draw(QUOTES, 0, MARGIN, 48, PAPER, box=32)
    canvas.write(truncated_to_width(site, font, CARD_WIDTH - 66), font, 66, MARGIN + 36, INK)
    canvas.rectangle(0, MARGIN + 66, CARD_WIDTH, 3, INK)


def _draw_figures(canvas: Canvas, figures: Sequence[str], font: Font) -> int:
    """Draw the figures at the foot, filling lines, and return the `y` of their top."""
    lines: list[str] = []
    for figure in figures:
        joined = SEPARATOR.join([*lines[-1:], figure])
        if font.getlength(joined) <= CARD_WIDTH:
            lines[-1:] = [joined]
        else:
            lines.append(truncated_to_width(figure, font, CARD_WIDTH))
    height = line_height(font, "".join(lines))
    top = CARD_SIZE[1] - MARGIN - height * len(lines)
    for n, line in enumerate(lines):
        canvas.write(line, font, 0, top + height * n + TEXT_SIZE, INK)
    return top


def _draw_tally(
    canvas: Canvas, tally: Sequence[tuple[Verdict, str, int]], font: Font, foot: int
) -> int:
    """Draw the bar of verdicts above `foot`, and return the `y` of its top."""
    if not tally:
        return foot
    top, x = foot - 14 - BAR_HEIGHT, 0
    widths = part_widths([count for *_, count in tally], CARD_WIDTH - BAR_GAP * (len(tally) - 1))
    room = [width - MARK_SIZE - 24 for width in widths]
    texts = [f"{count} {name}" for _, name, count in tally]
    if any(font.getlength(text) > width for text, width in zip(texts, room, strict=True)):
        texts = [f"{count}" for *_, count in tally]
    for (verdict, *_), width, text in zip(tally, widths, texts, strict=True):
        background, ink = TONES[verdict]
        length = round(font.getlength(text))
        start = x + min(14, (width - MARK_SIZE - 8 - length) // 2)
        canvas.rectangle(x, top, width, BAR_HEIGHT, background)
        canvas.draw(MARKS[verdict], start, top + (BAR_HEIGHT - MARK_SIZE) // 2, MARK_SIZE, ink)
        canvas.write(text, font, start + MARK_SIZE + 8, top + BAR_HEIGHT // 2 + 10, ink)
        x += width + BAR_GAP
    return top


def _draw_title(
    canvas: Canvas, title: str, face: Typeface, facts: tuple[str, Font], foot: int
) -> None:
    """Draw the headline above `foot`, as large as fits, and the line of facts below it."""
    top, (text, small) = MARGIN + 86, facts
    font, lines = fit_headline(title, face, foot - 26 - 12 - line_height(small, text) - top)
    height = line_height(font, title)
    for n, line in enumerate(lines):
        canvas.write(line, font, 0, top + height * n + round(0.98 * font.size), INK)
    end = top + height * len(lines) + 12
    canvas.write(truncated_to_width(text, small, CARD_WIDTH), small, 0, end + TEXT_SIZE, SOFT)


def part_widths(counts: Sequence[int], width: int) -> list[int]:
    """Return widths in proportion to `counts`, each at least MIN_PART_WIDTH, from smallest on."""
    parts = [0] * len(counts)
    left = sum(counts)
    for index in sorted(range(len(counts)), key=counts.__getitem__):
        parts[index] = max(MIN_PART_WIDTH, round(width * counts[index] / left))
        width, left = width - parts[index], left - counts[index]
    return parts


def undrawable_characters(title: str, fonts: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the characters of a title for which it has the plain card; () if it has its own.

    They are those that the font lacks which has most of them. fonts: as for `render_card`. Raises
    Problems for a font that cannot be read.
    """
    text = clean_text(title)
    faces = _typefaces(fonts, bold=True)
    lacking = [tuple(sign for sign in dict.fromkeys(text) if not face.has(sign)) for face in faces]
    return min(lacking, key=len, default=())


@lru_cache(maxsize=16)
def _open_typeface(data: bytes) -> Typeface:
    """Return a typeface, opened once for all cards."""
    return Typeface(data)


def _typeface_for(text: str, fonts: Mapping[str, bytes], *, bold: bool) -> Typeface | None:
    """Return the first typeface with all characters of a text and an ellipsis; None if none has.

    Raises Problems for a font that cannot be read.
    """
    for face in _typefaces(fonts, bold=bold):
        if all(map(face.has, {*text, "…"})):
            return face
    return None


def _typefaces(fonts: Mapping[str, bytes], *, bold: bool) -> Iterator[Typeface]:
    """Yield the typefaces in the order in which they are tried.

    Raises Problems for a font that cannot be read.
    """
    paths = [path for path in fonts if path.lower().endswith((".ttf", ".otf"))]
    for path in sorted(paths, key=lambda path: (("bold" in path.lower()) != bold, path)):
        try:
            yield _open_typeface(fonts[path])
        except OSError:
            cure = "put a TrueType or OpenType font there, or take it away"
            raise mistake(Place(path), "is no font that can be read", cure) from None
