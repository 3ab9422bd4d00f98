"""Files of static/ -> output files, byte for byte; none in the place of one that a build makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

from briefing.content.static_files import STATIC, is_static, static_path, wrong_static_names
from briefing.problems import Place, Problem, raise_if_any

_CURE = "give it another name, or take it away"


def copied_files(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that go out as they are, by output path.

    files: all shared sources, by path. Raises Problems for a name that cannot be one.
    """
    raise_if_any(wrong_static_names(files))
    return {static_path(path): data for path, data in files.items() if is_static(path)}


def in_the_place_of_others(copied: Iterable[str], made: Set[str]) -> Iterator[Problem]:
    """Yield a problem for each file that stands where the build makes a file or a folder.

    copied, made: output paths.
    """
    by_name = {path.casefold(): path for path in made}
    folders = {above for path in by_name for above in _above(path)}
    for own in sorted(copied):
        source, path = f"{STATIC}{own}", own.casefold()
        taken = (by_name[name] for name in (*_above(path), path) if name in by_name)
        if path in folders:
            message = f"stands in the place of the folder {own}/ of the site"
            yield Problem(Place(source), message, _CURE)
        elif file := next(taken, None):
            yield Problem(Place(source), f"stands in the place of {file}, which is made", _CURE)


def _above(path: str) -> Iterator[str]:
    """Yield the folders above a file."""
    parts = path.split("/")
    return ("/".join(parts[:end]) for end in range(1, len(parts)))
