"""A topic -> its card: the picture that is shown where its page is shared.

The size is the one that is asked for:
https://developers.facebook.com/docs/sharing/webmasters/images/
Pillow draws; it need not be there, and is loaded when the first card is drawn.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from io import BytesIO
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import bidirectional, category, east_asian_width, normalize

from msgspec import Struct

from briefing.problems import Place, mistake
from briefing.verdict import Verdict

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

SIZE = (1200, 630)
MARGIN = 60
WIDTH = SIZE[0] - 2 * MARGIN
"""What is within the margins."""
HEADLINES = (88, 80, 72, 66, 60, 54, 48, 44, 40)
"""The sizes a headline can have: it has the first in which it fits."""
LINES = 4
SMALL = 30
BAR, GAP, LEAST = 52, 4, 64
"""The height of the bar, the space between two parts of it, and how narrow one can be."""
SIGN = 26
"""The size of the mark of a verdict."""
POINT = " · "

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


def is_there() -> bool:
    """Whether there is what cards are drawn with."""
    return find_spec("PIL") is not None


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
    if len(found) < len(faces) or (shaped and not _can_shape()):
        return None
    of_site, of_title, of_facts, of_figures, of_names = found
    sheet = Sheet(rtl=card.rtl)
    _draw_head(sheet, bold[0], of_site.at(SMALL + 4))
    foot = _draw_figures(sheet, figures, of_figures.at(SMALL))
    foot = _draw_tally(sheet, tally, of_names.at(SMALL - 2), foot)
    _draw_title(sheet, bold[1], of_title, (plain[0], of_facts.at(SMALL)), foot)
    return sheet.png()


def _draw_head(sheet: Sheet, site: str, font: FreeTypeFont) -> None:
    """Draw the mark and the title of the site, with a rule below."""
    sheet.draw(TILE, 0, MARGIN, 48, BLUE, box=32)
    sheet.draw(QUOTES, 0, MARGIN, 48, PAPER, box=32)
    sheet.write(shortened(site, font, WIDTH - 66), font, 66, MARGIN + 36, INK)
    sheet.block(0, MARGIN + 66, WIDTH, 3, INK)


def _draw_figures(sheet: Sheet, figures: Sequence[str], font: FreeTypeFont) -> int:
    """Draw the figures at the foot, as many in a line as there is room for; give their top."""
    lines: list[str] = []
    for figure in figures:
        joined = POINT.join([*lines[-1:], figure])
        if font.getlength(joined) <= WIDTH:
            lines[-1:] = [joined]
        else:
            lines.append(shortened(figure, font, WIDTH))
    height = pitch(font, "".join(lines))
    top = SIZE[1] - MARGIN - height * len(lines)
    for n, line in enumerate(lines):
        sheet.write(line, font, 0, top + height * n + SMALL, INK)
    return top


def _draw_tally(
    sheet: Sheet, tally: Sequence[tuple[Verdict, str, int]], font: FreeTypeFont, foot: int
) -> int:
    """Draw the bar above what is at the foot, a part for each verdict; give its top."""
    if not tally:
        return foot
    top, x = foot - 14 - BAR, 0
    widths = shares([count for *_, count in tally], WIDTH - GAP * (len(tally) - 1))
    room = [width - SIGN - 24 for width in widths]
    texts = [f"{count} {name}" for _, name, count in tally]
    if any(font.getlength(text) > most for text, most in zip(texts, room, strict=True)):
        texts = [f"{count}" for *_, count in tally]
    for (verdict, *_), width, text in zip(tally, widths, texts, strict=True):
        ground, ink = TONES[verdict]
        length = round(font.getlength(text))
        start = x + min(14, (width - SIGN - 8 - length) // 2)
        sheet.block(x, top, width, BAR, ground)
        sheet.draw(MARKS[verdict], start, top + (BAR - SIGN) // 2, SIGN, ink)
        sheet.write(text, font, start + SIGN + 8, top + BAR // 2 + 10, ink)
        x += width + GAP
    return top


def _draw_title(
    sheet: Sheet, title: str, face: Face, facts: tuple[str, FreeTypeFont], foot: int
) -> None:
    """Draw the headline below the head, as large as there is room for, and the facts below it."""
    top, (text, small) = MARGIN + 86, facts
    font, lines = fitted(title, face, foot - 26 - 12 - pitch(small, text) - top)
    height = pitch(font, title)
    for n, line in enumerate(lines):
        sheet.write(line, font, 0, top + height * n + round(0.98 * font.size), INK)
    end = top + height * len(lines) + 12
    sheet.write(shortened(text, small, WIDTH), small, 0, end + SMALL, SOFT)


def shares(counts: Sequence[int], width: int) -> list[int]:
    """Divide a width in proportion, but for those that would be too narrow for a mark."""
    parts = [0] * len(counts)
    left = sum(counts)
    for index in sorted(range(len(counts)), key=counts.__getitem__):
        parts[index] = max(LEAST, round(width * counts[index] / left))
        width, left = width - parts[index], left - counts[index]
    return parts


_LONG = 1000
"""Of a text longer than this nobody sees the rest."""
_JOINED = re.compile("[\u0900-\u109f\u1100-\u11ff\u1780-\u18af\u1a20-\u1cff\ua840-\uabff]")
"""Scripts whose letters change beside others, beyond what is told by the classes of Unicode."""


def clean(text: str) -> str:
    """Give a text as NFC in one line, without signs that nobody sees."""
    unseen = {"Cc"} if is_shaped(text) else {"Cc", "Cf"}
    spaced = re.sub(r"[^\S\xa0]", " ", text)
    seen = "".join(sign for sign in spaced if category(sign) not in unseen)
    return re.sub(" +", " ", normalize("NFC", seen)).strip()[:_LONG]


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
    return [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]


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


def fitted(text: str, face: Face, room: int) -> tuple[FreeTypeFont, list[str]]:
    """Give the largest font in which a headline fits, and its lines."""
    for size in HEADLINES:
        font = face.at(size)
        most = max(1, min(LINES, room // pitch(font, text)))
        if font.getlength(text) <= most * WIDTH:
            row = _measured(pieces(text), font)
            count = len(filled(row, WIDTH))
            if count <= most and all(piece.width <= WIDTH for piece in row):
                return font, even(row, WIDTH, count)
    signs = [sign for piece in pieces(text) for sign in _narrowed(piece, font)]
    lines = filled(_measured(signs, font), WIDTH)
    rest = [" ".join(lines[most - 1 : most + 1])] if len(lines) >= most else []
    return font, [*lines[: most - 1], *(shortened(line, font, WIDTH) for line in rest)]


def _measured(texts: Sequence[str], font: FreeTypeFont) -> list[Piece]:
    space = font.getlength(" ")
    widths = [font.getlength(text.rstrip()) for text in texts]
    ends = [space if text.endswith(" ") else 0 for text in texts]
    return [Piece(t, w, w + end) for t, w, end in zip(texts, widths, ends, strict=True)]


def _narrowed(piece: str, font: FreeTypeFont) -> Sequence[str]:
    """Cut what is wider than a line into its signs."""
    return [piece] if font.getlength(piece.rstrip()) <= WIDTH else re.findall(r".\W*", piece)


def shortened(text: str, font: FreeTypeFont, width: float) -> str:
    """Cut a text to a width, between two words if the last is not a long one."""
    if font.getlength(text) <= width:
        return text
    end = bisect_right(range(len(text)), width, key=lambda n: font.getlength(f"{text[:n]}…")) - 1
    while category(text[end])[0] == "M":
        end -= 1
    space = text.rfind(" ", max(0, end - 20), end) if text[end].isalnum() else 0
    return f"{text[: space if space > 0 else end].rstrip(' ,.;:–-')}…"


def pitch(font: FreeTypeFont, text: str) -> int:
    """How far apart lines are: less than the font would have it, but where marks stack up."""
    return sum(font.getmetrics()) if is_shaped(text) else round(1.24 * font.size)


def _can_shape() -> bool:
    from PIL import features  # noqa: PLC0415 — what need not be there is loaded when it is wanted

    return bool(features.check_feature("raqm"))


class Face:
    """A font: the signs it has, and itself in each size. Raises OSError if it is none."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._fonts: dict[int, FreeTypeFont] = {}
        self._known: dict[str, bool] = {}
        self._basic = self._load(SMALL, basic=True)
        # No font has this sign: https://www.unicode.org/faq/private_use.html#nonchar1
        self._missing = self._picture("\uffff")

    def _load(self, size: int, *, basic: bool = False) -> FreeTypeFont:
        from PIL import ImageFont  # noqa: PLC0415

        layout = ImageFont.Layout.BASIC if basic else None
        return ImageFont.truetype(BytesIO(self._data), size, layout_engine=layout)

    def at(self, size: int) -> FreeTypeFont:
        """Give it in a size."""
        if size not in self._fonts:
            self._fonts[size] = self._load(size)
        return self._fonts[size]

    def has(self, sign: str) -> bool:
        """Whether there is a picture of a sign: another one than of a sign that no font has."""
        if sign not in self._known:
            blank = sign == " " or category(sign) == "Cf"
            self._known[sign] = blank or self._picture(sign) != self._missing
        return self._known[sign]

    def _picture(self, sign: str) -> tuple[object, ...]:
        mask, offset = self._basic.getmask2(sign)
        return self._basic.getlength(sign), mask.size, offset, bytes(mask)


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


class Sheet:
    """Paper of the size of a card. Across, all is counted from the margin where lines begin."""

    def __init__(self, *, rtl: bool) -> None:
        from PIL import Image, ImageDraw  # noqa: PLC0415

        self._rtl = rtl
        self._image = Image.new("RGB", SIZE, PAPER)
        self._pen = ImageDraw.Draw(self._image)

    def _left(self, x: int, width: int) -> int:
        return SIZE[0] - MARGIN - x - width if self._rtl else MARGIN + x

    def write(self, text: str, font: FreeTypeFont, x: int, y: int, ink: Colour) -> None:
        """Write a line that stands on a height."""
        way = ("rtl" if self._rtl else "ltr") if _can_shape() else None
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
        for ground, ink in pairs
        for step in range(STEPS)
        for a, b in zip(ground, ink, strict=True)
    ]
    image = Image.new("P", (1, 1))
    image.putpalette(colours)
    return image
