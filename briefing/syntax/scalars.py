"""Texts -> scalars of YAML, as an editor would write them inside of braces."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[^\W_](?:[\w' .-]*\w)?")
"""Matches texts that need no quotes, in braces neither (https://yaml.org/spec/1.1/#id906635)."""


def write_scalar(text: str) -> str:
    """Return a text of one line as a scalar, in quotes where it needs some."""
    if _PLAIN.fullmatch(text):
        return text
    if '"' in text or "\\" in text:
        return "'{}'".format(text.replace("'", "''"))
    return f'"{text}"'
