"""Texts in the other direction, isolated in a sentence: an English name in an Arabic one.

Without isolation a number or a sign beside such a text is drawn on its wrong side
(https://unicode.org/reports/tr9/#Explicit_Directional_Isolates).
"""

from __future__ import annotations

import re
from typing import Literal

_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
"""The blocks of scripts that are written from right to left."""
_OTHER = {
    "ltr": re.compile(f"[{_RIGHT_TO_LEFT}]"),
    "rtl": re.compile(rf"(?![{_RIGHT_TO_LEFT}])[^\W\d_]"),
}
"""Matches a letter that is written the other way, by the direction of the sentence."""


def isolated(text: str, direction: Literal["ltr", "rtl"]) -> str:
    """Return a text between FSI and PDI if it has letters of the other direction, else as it is."""
    return f"\u2068{text}\u2069" if _OTHER[direction].search(text) else text
