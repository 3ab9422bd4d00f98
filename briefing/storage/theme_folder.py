"""Where the theme of the engine is: the templates, styles, words and fonts that come with it.

The module imports the standard library only.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]


def theme_folder() -> Path:
    """Return the folder of the engine's own theme.

    An installed package brings it along as `briefing/theme` (pyproject.toml says so); in the
    repository it is `templates/`, beside the package.
    """
    installed = _PACKAGE / "theme"
    return installed if installed.is_dir() else _PACKAGE.parent / "templates"
