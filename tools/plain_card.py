"""Draw the card of a page that has none of its own: `python tools/plain_card.py`.

It says nothing, since a site may be called anything: the mark of the project, and lines.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from briefing.outputs.cards.canvas import (  # noqa: E402
    BLUE,
    CARD_SIZE,
    CARD_WIDTH,
    INK,
    MARGIN,
    PAPER,
    RULE,
    Canvas,
)
from briefing.outputs.cards.draw import QUOTES, TILE  # noqa: E402  the path comes first

CARD = ROOT / "templates/assets/card.png"
MARK = 168


def draw() -> bytes:
    """Return the card as PNG: the mark between two pairs of lines, the thick ones outside."""
    paper = Canvas(rtl=False)
    for thick, thin in (
        (MARGIN, MARGIN + 12),
        (CARD_SIZE[1] - MARGIN - 6, CARD_SIZE[1] - MARGIN - 14),
    ):
        paper.rectangle(0, thick, CARD_WIDTH, 6, INK)
        paper.rectangle(0, thin, CARD_WIDTH, 2, INK)
    left, top = (CARD_WIDTH - MARK) // 2, (CARD_SIZE[1] - MARK) // 2
    for x in (0, left + MARK + 48):
        paper.rectangle(x, CARD_SIZE[1] // 2 - 1, left - 48, 2, RULE)
    paper.draw(TILE, left, top, MARK, BLUE, box=32)
    paper.draw(QUOTES, left, top, MARK, PAPER, box=32)
    return paper.png()


if __name__ == "__main__":
    CARD.write_bytes(draw())
