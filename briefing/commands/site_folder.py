"""Where the site is that a command works on. The module imports the standard library only."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

SITE_FILE = "site.yaml"
"""The file that makes a folder the root of a site."""


def current_site() -> Path | None:
    """Return the current folder, or its nearest parent, with a site.yaml; None if none has."""
    with suppress(OSError):  # the current folder may be gone
        here = Path.cwd()
        return next((path for path in (here, *here.parents) if _is_site(path)), None)
    return None


def _is_site(folder: Path) -> bool:
    with suppress(OSError):  # what may not be read
        return (folder / SITE_FILE).is_file()
    return False
