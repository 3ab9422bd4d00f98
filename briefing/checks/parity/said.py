"""A difference between two versions of a paragraph."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

Span = tuple[int, int]


class Said(Enum):
    """What differs."""

    VALUE = "value"
    LIMIT = "limit"
    LINK = "link"
    QUOTATION = "quotation"
    NAME = "name"
    NEGATION = "negation"
    FORM = "form"


class Difference(Struct, frozen=True, kw_only=True):
    """What one version says, and what the other says instead."""

    said: Said
    kind: str
    """In the words of a message: `number`, `date` …"""
    one: Span | None
    """Where it stands in the original; None where that has nothing for it."""
    other: Span | None
    """Where it stands in the translation; likewise."""
    near: Span | None = None
    """Where it would stand, in the version that has nothing for it; None where nobody knows."""
    words: str = ""
    """What differs in words of ours, for what no words of the text show: the target of a link."""
