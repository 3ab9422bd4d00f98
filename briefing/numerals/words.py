"""The words of a text: runs of letters, in small letters.

Most texts have no word that a reader looks for. To see that costs little, and no pattern is tried.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import lru_cache

_LETTERS = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=64)
def words_of(text: str) -> frozenset[str]:
    """Return the words of a text in small letters, each once."""
    return frozenset(_LETTERS.findall(text.lower()))


def find_words(text: str, known: Container[str]) -> Iterator[re.Match[str]]:
    """Yield where words stand that are `known`, which are in small letters."""
    for match in _LETTERS.finditer(text):
        if match.group().lower() in known:
            yield match
