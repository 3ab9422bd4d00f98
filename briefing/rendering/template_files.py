"""Which files of templates/ are templates; those in assets/ are copied as they are."""

from __future__ import annotations

TEMPLATES = "templates/"
ASSET_FILES = "templates/assets/"


def is_template(path: str) -> bool:
    """Whether the source file at a path is a template."""
    own = path.startswith(TEMPLATES) and not path.startswith(ASSET_FILES)
    return own and path.endswith((".html", ".xml"))
