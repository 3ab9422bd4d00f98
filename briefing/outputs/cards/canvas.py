"""Draws text, rectangles and marks on a picture of the size of a card, by Pillow.

Pillow is optional, and imported when the first card is drawn. Next: `draw`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING
from unicodedata import category

from briefing.comparison.verdict import Verdict

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

    Font = FreeTypeFont
CARD_SIZE = (1200, 630)
MARGIN = 60
CARD_WIDTH = CARD_SIZE[0] - 2 * MARGIN
"""Pixels between the margins."""
TEXT_SIZE = 30
Colour = tuple[int, int, int]
PAPER, WASH, RULE = (253, 252, 249), (243, 239, 230), (217, 211, 199)
INK, SOFT = (29, 27, 24), (87, 82, 73)
BLUE, RED, GREEN = (27, 79, 135), (154, 52, 18), (31, 96, 68)
"""The colours of templates/styles/tokens.css in the light theme."""
PALE_BLUE, PALE_GREEN = (186, 204, 223), (188, 211, 198)
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
"""Background of the part of the bar, and colour of its text, by verdict."""
Stroke = tuple[str, tuple[float, ...]]


def is_available() -> bool:
    """Whether Pillow is installed."""
    return find_spec("PIL") is not None


def can_shape() -> bool:
    """Whether Pillow can shape scripts such as Arabic, by libraqm."""
    from PIL import features  # noqa: PLC0415 — optional, so imported when it is needed

    return bool(features.check_feature("raqm"))


class Typeface:
    """A font file, in any size. Raises OSError if `data` is no font."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._fonts: dict[int, Font] = {}
        self._has: dict[str, bool] = {}
        self._basic = self._load(TEXT_SIZE, basic=True)
        # A noncharacter, which no font has: https://www.unicode.org/faq/private_use.html#nonchar1
        self._missing = self._picture("\uffff")

    def _load(self, size: int, *, basic: bool = False) -> Font:
        from PIL import ImageFont  # noqa: PLC0415

        layout = ImageFont.Layout.BASIC if basic else None
        return ImageFont.truetype(BytesIO(self._data), size, layout_engine=layout)

    def at(self, size: int) -> Font:
        """Return the font in a size in pixels."""
        if size not in self._fonts:
            self._fonts[size] = self._load(size)
        return self._fonts[size]

    def has(self, sign: str) -> bool:
        """Whether the font has a character: one drawn otherwise than a character it cannot have."""
        if sign not in self._has:
            self._has[sign] = sign == " " or category(sign) == "Cf"
            with suppress(OSError):  # the file is damaged at this character
                self._has[sign] |= self._picture(sign) != self._missing
        return self._has[sign]

    def _picture(self, sign: str) -> tuple[object, ...]:
        mask, offset = self._basic.getmask2(sign)
        return self._basic.getlength(sign), mask.size, offset, bytes(mask)


class Canvas:
    """A picture of the size of a card.

    `x` counts from the margin at which lines begin: the right one if `rtl`.
    """

    def __init__(self, *, rtl: bool) -> None:
        from PIL import Image, ImageDraw  # noqa: PLC0415

        self._rtl = rtl
        self._image = Image.new("RGB", CARD_SIZE, PAPER)
        self._pen = ImageDraw.Draw(self._image)

    def _left(self, x: int, width: int) -> int:
        return CARD_SIZE[0] - MARGIN - x - width if self._rtl else MARGIN + x

    def write(self, text: str, font: Font, x: int, y: int, ink: Colour) -> None:
        """Draw a line of text whose baseline is at `y`, in the colour `ink`."""
        direction = ("rtl" if self._rtl else "ltr") if can_shape() else None
        anchor = "rs" if self._rtl else "ls"
        self._pen.text((self._left(x, 0), y), text, ink, font, anchor, direction=direction)

    def rectangle(self, x: int, y: int, width: int, height: int, ink: Colour) -> None:
        """Fill a rectangle with the colour `ink`."""
        left = self._left(x, width)
        self._pen.rectangle((left, y, left + width - 1, y + height - 1), ink)

    def draw(
        self, mark: Sequence[Stroke], x: int, y: int, size: int, ink: Colour, *, box: int = 24
    ) -> None:
        """Draw a mark whose strokes have coordinates in a square of `box`, `size` pixels large."""
        self._image.paste(ink, (self._left(x, size), y), _mask(mark, size, box))

    def png(self) -> bytes:
        """Return the picture as PNG with a palette of its few colours."""
        from PIL import Image  # noqa: PLC0415

        file = BytesIO()
        plain = self._image.quantize(palette=_palette(), dither=Image.Dither.NONE)
        plain.save(file, "PNG", compress_level=7)
        return file.getvalue()


OVERSAMPLING = 4
"""Factor by which marks are drawn larger and then reduced, for smooth edges."""


def _mask(mark: Sequence[Stroke], size: int, box: int) -> Image:
    from PIL import Image, ImageDraw  # noqa: PLC0415

    unit = size * OVERSAMPLING / box
    image = Image.new("L", (size * OVERSAMPLING, size * OVERSAMPLING))
    pen = ImageDraw.Draw(image)
    for kind, points in mark:
        at = [point * unit for point in points]
        match kind:
            case "line":
                pen.line(at, 255, round(2.6 * unit), "curve")
            case "ring":
                pen.ellipse(at, None, 255, round(2.6 * unit))
            case "frame":
                pen.rectangle(at, None, 255, round(2.6 * unit))
            case "block":
                pen.rectangle(at, 255)
            case "quarter":
                pen.pieslice(at, 270, 360, 255)
            case "tile":
                pen.rounded_rectangle(at, 6 * unit, 255)
            case "quote":
                pen.polygon(_quote_outline(at), 255)
    return image.reduce(OVERSAMPLING)


def _quote_outline(at: Sequence[float]) -> list[tuple[float, float]]:
    """Return the outline of a quotation mark, with its two curves as short lines."""
    a, b, c, d, e, f, g, *rest = zip(at[::2], at[1::2], strict=True)
    return [a, *_curve(b, c, d), *_curve(e, f, g), *rest]


def _curve(*points: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """Yield points of a quadratic Bézier curve: https://www.w3.org/TR/SVG2/paths.html ."""
    for t in (n / 16 for n in range(17)):
        x, y = (
            (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t**2 * c
            for a, b, c in zip(*points, strict=True)
        )
        yield x, y


EDGE_TONES = 12
"""Colours from a background to an ink, for smooth edges."""


@lru_cache(maxsize=1)
def _palette() -> Image:
    """Return an image with the palette of a card: inks, backgrounds and the tones between."""
    from PIL import Image  # noqa: PLC0415

    pairs = [(PAPER, ink) for ink in (INK, SOFT, RULE, BLUE)] + list(TONES.values())
    colours = [
        round(a + (b - a) * step / (EDGE_TONES - 1))
        for background, ink in pairs
        for step in range(EDGE_TONES)
        for a, b in zip(background, ink, strict=True)
    ]
    image = Image.new("P", (1, 1))
    image.putpalette(colours)
    return image
