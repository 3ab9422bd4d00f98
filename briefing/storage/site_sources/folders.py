"""Where the sources of a site are: in its own folder, and those of theme/ in that of the engine.

The module imports the standard library only: a build with nothing to do looks at their stats.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress

from briefing.storage.stat_cache import FileStats, file_stats
from briefing.storage.theme_folder import theme_folder

_THEME = "theme"


def split_names(root: str, names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of sources in the site folder, and of those in the folder of the theme.

    names: paths of files and folders, those of the theme below `theme`; these come without it. In
    the repository of the engine the site has the theme as its templates/: nothing is read twice.
    """
    all_names = tuple(names)
    of_theme = tuple(name for name in all_names if name == _THEME or name.startswith(f"{_THEME}/"))
    own = tuple(name for name in all_names if name not in of_theme)
    if not of_theme or has_theme_as_templates(root):
        return own, ()
    return own, tuple(name[len(_THEME) + 1 :] for name in of_theme)


def has_theme_as_templates(root: str) -> bool:
    """Whether the templates/ of a site are the theme itself, as in the repository of the engine."""
    with suppress(OSError):
        return theme_folder().samefile(f"{root}/templates")
    return False


def in_theme(name: str) -> str:
    """Return the path among the sources of a file or folder of the theme; "": of all of it."""
    return f"{_THEME}/{name}" if name else _THEME


def stats_of_sources(root: str, names: tuple[str, ...], now: int) -> FileStats:
    """Return the stats of all sources at or below `names`, as `file_stats` does. Raises OSError."""
    own, of_theme = split_names(root, names)
    stats = file_stats(root, own, now)
    if of_theme:
        found = file_stats(os.fspath(theme_folder()), of_theme, now)
        stats.update({in_theme(name): found[name] for name in found})
    return stats
