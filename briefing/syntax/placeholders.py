"""The names between braces in a text of a words file: `{n} articles`."""

from __future__ import annotations

import re
from functools import cache

from briefing.model.article import Plural

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@cache
def _parts(word: str) -> tuple[str, ...]:
    """Split a word into text and names, in turn; it begins and ends with text."""
    return tuple(_PLACEHOLDER.split(word))


def placeholders(word: str | Plural) -> frozenset[str]:
    """The names between braces in a text or in its plural forms; `n` is free in those."""
    if isinstance(word, str):
        return frozenset(_PLACEHOLDER.findall(word))
    return frozenset(name for form in word.values() for name in _PLACEHOLDER.findall(form)) | {"n"}
