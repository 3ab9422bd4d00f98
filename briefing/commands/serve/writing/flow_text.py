"""YAML between braces and brackets, as it is written: where a value ends.

https://yaml.org/spec/1.1/#id863975. The parser says where a value begins, and not where it ends.
"""

from __future__ import annotations

import re

_SIGNS = re.compile(r"""(?<![^\s,\[{:])(?:"(?:\\.|[^"\\])*"|'(?:''|[^'])*')|[\[\]{},]""", re.DOTALL)
"""A text in quotes, which begin no word elsewhere, or a sign that parts values."""


def value_end(source: str, start: int) -> int:
    """Return the index behind the value at `start`, with the spaces that follow it."""
    depth = 0
    for sign in _SIGNS.finditer(source, start):
        if sign[0] in "[{":
            depth += 1
        elif sign[0] in "]}":
            if depth == 0:
                return sign.start()
            depth -= 1
        elif sign[0] == "," and depth == 0:
            return sign.start()
    return len(source)


def mapping_end(source: str, start: int) -> int:
    """Return the index of the brace that ends the mapping whose brace is at `start`."""
    at = start + 1
    while (end := value_end(source, at)) < len(source) and source[end] == ",":
        at = end + 1
    return end
