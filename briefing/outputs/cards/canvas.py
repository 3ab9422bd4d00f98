"""Paper and ink: what a card is drawn with. Pillow has its one home here.

It need not be there, and is loaded when the first card is drawn.
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
SIZE = (1200, 630)
MARGIN = 60
CARD_WIDTH = SIZE[0] - 2 * MARGIN
"""What is within the margins."""
SMALL = 30
Colour = tuple[int, int, int]
PAPER, WASH, RULE = (253, 252, 249), (243, 239, 230), (217, 211, 199)
INK, SOFT = (29, 27, 24), (87, 82, 73)
BLUE, RED, GREEN = (27, 79, 135), (154, 52, 18), (31, 96, 68)
"""The colours of templates/styles/tokens.css, as they are by day."""
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
"""Of each verdict the ground of its part of the bar, and what is written on it."""
Stroke = tuple[str, tuple[float, ...]]


def is_there() -> bool:
    """Whether there is what cards are drawn with."""
    return find_spec("PIL") is not None


def can_shape() -> bool:
    """Whether letters can be put together that take their shapes from each other."""
    from PIL import features  # noqa: PLC0415 — what need not be there is loaded when it is wanted

    return bool(features.check_feature("raqm"))


class Face:
    """A font: the signs it has, and itself in each size. Raises OSError if it is none."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._fonts: dict[int, Font] = {}
        self._known: dict[str, bool] = {}
        self._basic = self._load(SMALL, basic=True)
        # No font has this sign: https://www.unicode.org/faq/private_use.html#nonchar1
        self._missing = self._picture("\uffff")

    def _load(self, size: int, *, basic: bool = False) -> Font:
        from PIL import ImageFont  # noqa: PLC0415

        layout = ImageFont.Layout.BASIC if basic else None
        return ImageFont.truetype(BytesIO(self._data), size, layout_engine=layout)

    def at(self, size: int) -> Font:
        """Give it in a size."""
        if size not in self._fonts:
            self._fonts[size] = self._load(size)
        return self._fonts[size]

    def has(self, sign: str) -> bool:
        """Whether there is a picture of a sign: another one than of a sign that no font has."""
        if sign not in self._known:
            self._known[sign] = sign == " " or category(sign) == "Cf"
            with suppress(OSError):  # the file is broken where the sign is drawn
                self._known[sign] |= self._picture(sign) != self._missing
        return self._known[sign]

    def _picture(self, sign: str) -> tuple[object, ...]:
        mask, offset = self._basic.getmask2(sign)
        return self._basic.getlength(sign), mask.size, offset, bytes(mask)


class Paper:
    """Paper of the size of a card. Across, all is counted from the margin where lines begin."""

    def __init__(self, *, rtl: bool) -> None:
        from PIL import Image, ImageDraw  # noqa: PLC0415

        self._rtl = rtl
        self._image = Image.new("RGB", SIZE, PAPER)
        self._pen = ImageDraw.Draw(self._image)

    def _left(self, x: int, width: int) -> int:
        return SIZE[0] - MARGIN - x - width if self._rtl else MARGIN + x

    def write(self, text: str, font: Font, x: int, y: int, ink: Colour) -> None:
        """Write a line that stands on a height."""
        way = ("rtl" if self._rtl else "ltr") if can_shape() else None
        anchor = "rs" if self._rtl else "ls"
        self._pen.text((self._left(x, 0), y), text, ink, font, anchor, direction=way)

    def block(self, x: int, y: int, width: int, height: int, ink: Colour) -> None:
        """Fill a rectangle."""
        left = self._left(x, width)
        self._pen.rectangle((left, y, left + width - 1, y + height - 1), ink)

    def draw(
        self, mark: Sequence[Stroke], x: int, y: int, size: int, ink: Colour, *, box: int = 24
    ) -> None:
        """Draw a mark that is given in a box."""
        self._image.paste(ink, (self._left(x, size), y), _mask(mark, size, box))

    def png(self) -> bytes:
        """Give it as PNG, in the few colours that there are."""
        from PIL import Image  # noqa: PLC0415

        file = BytesIO()
        plain = self._image.quantize(palette=_palette(), dither=Image.Dither.NONE)
        plain.save(file, "PNG", compress_level=7)
        return file.getvalue()


FINE = 4
"""Marks are drawn so many times as large, then made smaller, so that their edges are smooth."""


def _mask(mark: Sequence[Stroke], size: int, box: int) -> Image:
    from PIL import Image, ImageDraw  # noqa: PLC0415

    unit = size * FINE / box
    image = Image.new("L", (size * FINE, size * FINE))
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
                pen.polygon(_bent(at), 255)
    return image.reduce(FINE)


def _bent(at: Sequence[float]) -> list[tuple[float, float]]:
    """Give the outline of a quote, its two curves as short lines."""
    a, b, c, d, e, f, g, *rest = zip(at[::2], at[1::2], strict=True)
    return [a, *_curve(b, c, d), *_curve(e, f, g), *rest]


def _curve(*points: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """Go along a quadratic Bézier curve: https://www.w3.org/TR/SVG2/paths.html ."""
    for t in (n / 16 for n in range(17)):
        x, y = (
            (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t**2 * c
            for a, b, c in zip(*points, strict=True)
        )
        yield x, y


STEPS = 12
"""How many tones an edge has."""


@lru_cache(maxsize=1)
def _palette() -> Image:
    """Give the colours of a card: each ink, and its edges on the ground it is put on."""
    from PIL import Image  # noqa: PLC0415

    pairs = [(PAPER, ink) for ink in (INK, SOFT, RULE, BLUE)] + list(TONES.values())
    colours = [
        round(a + (b - a) * step / (STEPS - 1))
        for shared, ink in pairs
        for step in range(STEPS)
        for a, b in zip(shared, ink, strict=True)
    ]
    image = Image.new("P", (1, 1))
    image.putpalette(colours)
    return image
