"""Escaping for HTML. markupsafe's private parts are used in this module only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import markupsafe

escape: Callable[[str], str] = markupsafe._escape_inner  # type: ignore[attr-defined] # noqa: SLF001
"""Return a `str` escaped for HTML, as a `str`.

`markupsafe.escape` does the same and wraps the result in `Markup`, which is a third of its time;
templates escape most of what they write.
"""
mark_safe = str.__new__
"""Return `mark_safe(Markup, text)`: the text as `Markup`, without the check for `__html__`."""


def to_html(value: Any) -> str:
    """Return a value of any type as HTML: from its `__html__`, or else its `str`, escaped."""
    return escape(str(value)) if not hasattr(value, "__html__") else value.__html__()
