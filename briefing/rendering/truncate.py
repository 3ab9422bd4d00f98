"""Texts cut to a width."""

from __future__ import annotations

import unicodedata


def truncate(text: str, width: int) -> str:
    """Return a text of at most `width` columns, with an ellipsis if it was cut.

    A wide character of East Asia takes two columns, any other one.
    """
    columns = 0
    for index, character in enumerate(text):
        columns += 1 + (unicodedata.east_asian_width(character) in "WF")
        if columns > width:
            return f"{text[: index - 1].rstrip()}…"
    return text
