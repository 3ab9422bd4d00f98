"""Texts cut at a word."""

from __future__ import annotations

import unicodedata


def truncate(text: str, width: int) -> str:
    """Cut a text to a width in letters, of which those of East Asia take two."""
    taken = 0
    for index, sign in enumerate(text):
        taken += 1 + (unicodedata.east_asian_width(sign) in "WF")
        if taken > width:
            return f"{text[: index - 1].rstrip()}…"
    return text
