"""The words that the preview shows of its own, in English and in Vietnamese.

They are not those of the site: no reader sees them. `words/` has a file for each language.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import json

WORD_LANGUAGES = ("en", "vi")
"""The languages that there are words in; a page in another one has the first."""
FOLDER = Path(__file__).parent / "words"


@cache
def preview_words(language: str) -> Mapping[str, str]:
    """Return the words in one of WORD_LANGUAGES, by key; `{name}` in them is filled in."""
    data = (FOLDER / f"{language}.json").read_bytes()
    return json.decode(data, type=dict[str, str])
