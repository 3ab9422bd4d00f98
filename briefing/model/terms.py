"""A term of the site: by which words texts in each language say it, and by which they do not."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from briefing.problems import Place

Forms = Mapping[str, tuple[str, ...]]
"""Forms of a term by language code, the one to use first."""


class Term(Struct, frozen=True, kw_only=True):
    """Something that every text is to say by the same words."""

    id: str
    words: Forms
    """The forms that may be used, in the languages that have the term."""
    avoid: Forms
    """The forms that may not."""
    voice: str | None = None
    """The id of the voice whose key term it is; None for none."""
    note: str | None
    """A remark for who writes; None for none."""
    place: Place
    """Where it is written in the sources."""
