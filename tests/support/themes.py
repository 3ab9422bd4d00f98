"""Sites whose templates lie over the theme of the engine."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.model.theme import TEMPLATES, THEME
from support.sites import Sources


def without_templates(files: Mapping[str, bytes]) -> Sources:
    """Give a site that has no templates/: what it had is the theme."""
    return {
        THEME + path.removeprefix(TEMPLATES) if path.startswith(TEMPLATES) else path: data
        for path, data in files.items()
    }
