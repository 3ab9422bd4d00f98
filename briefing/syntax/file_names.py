"""Names that a file cannot have on every system, and the addresses of the files of static/."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from unicodedata import category

from briefing.problems import Place, Problem

STATIC = "static/"
"""The folder of files that go out as they are."""
WELL_KNOWN = ".well-known"
"""The one folder whose name may begin with a dot, at the root of a site alone:
https://www.rfc-editor.org/rfc/rfc8615#section-3."""
WINDOWS_DEVICE_NAMES = {"con", "prn", "aux", "nul"} | {
    f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10)
}
"""Names that Windows keeps for devices."""
_FORBIDDEN = re.compile(r'[<>:"\\|?*]')
"""What no name may have on Windows:
https://learn.microsoft.com/windows/win32/fileio/naming-a-file#naming-conventions."""


def is_static(path: str) -> bool:
    """Whether a source file goes out as it is."""
    return path.startswith(STATIC)


def static_path(path: str) -> str:
    """Return the output path of a file of static/."""
    return path.removeprefix(STATIC)


def wrong_static_names(paths: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each file of static/ that cannot be a file of the site on every system.

    paths: of all sources.
    """
    seen: dict[str, str] = {}
    for path in sorted(filter(is_static, paths)):
        wrong = (found for at, name in _names(path) if (found := _mistake(at, name)))
        if found := next(wrong, None):
            yield Problem(Place(path), *found)
        elif (same := seen.setdefault(path.casefold(), path)) != path:
            message = (
                f"differs from {same} in capital letters only: on many disks both are one file"
            )
            yield Problem(Place(path), message, "rename one of the two")


def _names(path: str) -> Iterator[tuple[int, str]]:
    """Yield each name in the output path of a file, with its depth from 0."""
    return enumerate(static_path(path).split("/"))


def _mistake(depth: int, name: str) -> tuple[str, str] | None:
    """Return what is wrong with a name of a file or folder, and the cure; None if nothing is."""
    if name.startswith(".") and not (depth == 0 and name == WELL_KNOWN):
        cure = (
            f"rename it, or take it away: only the folder {STATIC}{WELL_KNOWN} may begin with one"
        )
        return f"`{name}` begins with a dot", cure
    if name.split(".", maxsplit=1)[0].rstrip().casefold() in WINDOWS_DEVICE_NAMES:
        return f"`{name}` is a name that Windows keeps for itself", "rename it"
    if name[-1] in ". ":
        return f"`{name}` ends with a dot or a space, which Windows cannot have", "rename it"
    if _FORBIDDEN.search(name) or any(category(sign) == "Cc" for sign in name):
        return f"`{name}` has a character that Windows cannot have in a name", "rename it"
    return None
