"""Placeholders of a text in a words file: the names between braces, as in `{n} articles`.

`briefing.content` checks that the languages have the same, `briefing.rendering.i18n` fills them.
"""

from __future__ import annotations

import re

from briefing.model.article import Plural

PLACEHOLDER = re.compile(r"\{(\w+)\}")


def split_at_placeholders(word: str) -> tuple[str, ...]:
    """Return text and placeholder names in turn, beginning and ending with text ("" for none)."""
    return tuple(PLACEHOLDER.split(word))


def placeholders(word: str | Plural) -> frozenset[str]:
    """Return the placeholder names of a text, or of its plural forms and `n` in any case."""
    if isinstance(word, str):
        return frozenset(PLACEHOLDER.findall(word))
    return frozenset(name for form in word.values() for name in PLACEHOLDER.findall(form)) | {"n"}
