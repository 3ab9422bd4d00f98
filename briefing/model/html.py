"""Escaping for HTML: text -> text in which no character is markup."""

from __future__ import annotations

from typing import Any

mark_safe = str.__new__
"""Return `mark_safe(Markup, text)`: the text as `Markup`, without the check for `__html__`."""


def escape(text: str) -> str:
    """Return a text escaped for HTML, as `markupsafe.escape` writes it, but as a `str`.

    Most texts have nothing to escape, and templates escape most of what they write: to look for
    five characters takes less time than five replacements, and than one search by a pattern
    (benchmarks/compare.py, cold builds).
    """
    if not ("&" in text or "<" in text or ">" in text or "'" in text or '"' in text):
        return text
    text = text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")
    return text.replace("'", "&#39;").replace('"', "&#34;")


def to_html(value: Any) -> str:
    """Return a value of any type as HTML: from its `__html__`, or else its `str`, escaped."""
    return escape(str(value)) if not hasattr(value, "__html__") else value.__html__()
