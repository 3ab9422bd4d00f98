"""Reads the sources of a site, with those of the engine's theme among them: below theme/.

`read_site_sources` is the way in; next: `read_sources`, which reads a folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from briefing.model.theme import ORIGINS
from briefing.storage.read_sources import read_changed, read_tree
from briefing.storage.site_sources.folders import in_theme, split_names
from briefing.storage.stat_cache import FileStat
from briefing.storage.theme_folder import theme_folder


def read_site_sources(root: Path, *names: str) -> dict[str, bytes]:
    """Return the content of the sources at or below `names`, by path, as `read_tree` does.

    Raises Problems.
    """
    return read_changed_sources(root, names, {})[0]


def read_changed_sources(
    root: Path, names: tuple[str, ...], known: Mapping[str, FileStat | None]
) -> tuple[dict[str, bytes], frozenset[str]]:
    """Return the content of changed sources, and the paths of the unchanged ones.

    names, known: as for `read_changed`. Raises Problems.
    """
    own, of_theme = split_names(str(root), names)
    files, unchanged = read_changed(root, own, known)
    if not of_theme:
        return files, unchanged
    folder = theme_folder()
    above = f"{folder.name}/"
    stats = {
        above + path.removeprefix(in_theme("") + "/"): stat
        for path, stat in known.items()
        if path.startswith(in_theme("") + "/")
    }
    paths = tuple(above + name if name else folder.name for name in of_theme)
    found, same = read_changed(folder.parent, paths, stats)
    theirs = {in_theme(path.removeprefix(above)): data for path, data in found.items()}
    return files | theirs, unchanged | {in_theme(path.removeprefix(above)) for path in same}


def read_origins(root: Path) -> dict[str, bytes]:
    """Return the files of the theme as they were when a site overrode them, by name.

    They are in ORIGINS. Raises Problems.
    """
    found = read_tree(root, ORIGINS.removesuffix("/"))
    return {path.removeprefix(ORIGINS): data for path, data in found.items()}
