"""The names between braces in a text of a words file: `{n} articles`."""

from __future__ import annotations

import re
from functools import cache

from briefing.model.article import Plural

PLACEHOLDER = re.compile(r"\{(\w+)\}")


@cache
def split_at_placeholders(word: str) -> tuple[str, ...]:
    """Split a word into text and names, in turn; it begins and ends with text."""
    return tuple(PLACEHOLDER.split(word))


def placeholders(word: str | Plural) -> frozenset[str]:
    """The names between braces in a text or in its plural forms; `n` is free in those."""
    if isinstance(word, str):
        return frozenset(PLACEHOLDER.findall(word))
    return frozenset(name for form in word.values() for name in PLACEHOLDER.findall(form)) | {"n"}
