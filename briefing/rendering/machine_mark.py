"""The word by which readers are told that a machine made a text."""

from __future__ import annotations

from briefing.model.article import Summary
from briefing.rendering.i18n import word_key

TRANSLATED, WRITTEN = "machine", "machine_written"
"""Prefixes of the words: of a text that is a translation, and of one that is none."""


def machine_word(text: Summary) -> str:
    """Return the key of the word for what a machine did to a text that it made."""
    is_translated = text.translates and not text.is_of_machine_text
    return word_key(TRANSLATED if is_translated else WRITTEN, text.machine)
