"""Which files of the theme and of templates/ are templates; those in assets/ are copied."""

from __future__ import annotations

from briefing.model.theme import is_below, name_in_theme

ASSET_FILES = "assets/"
"""The folder of what goes out as it is, below either."""


def is_template(path: str) -> bool:
    """Whether the source file at a path is a template."""
    if not path.endswith((".html", ".xml")):
        return False
    return name_in_theme(path) is not None and not is_below(path, ASSET_FILES)
