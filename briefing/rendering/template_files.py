"""Which files of templates/ are templates, and which go out as they are."""

from __future__ import annotations

FOLDER = "templates/"
ASSETS = "templates/assets/"


def is_template(path: str) -> bool:
    """Whether a file is a template."""
    own = path.startswith(FOLDER) and not path.startswith(ASSETS)
    return own and path.endswith((".html", ".xml"))
