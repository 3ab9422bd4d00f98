"""Escaping for HTML. markupsafe has its home here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import markupsafe

escape: Callable[[str], str] = markupsafe._escape_inner  # type: ignore[attr-defined] # noqa: SLF001
"""Escapes a text, and gives a text: `escape` wraps each in markup, which is a third of its time."""
mark_safe = str.__new__
"""Makes markup of a text without asking what it is."""


def to_html(value: Any) -> str:
    """Write out a value that is neither a text nor markup, escaped."""
    return escape(str(value)) if not hasattr(value, "__html__") else value.__html__()
