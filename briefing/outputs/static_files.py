"""Files of static/ -> output files, byte for byte; none in the place of one that a build makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

from briefing.content.static_files import is_static, static_path, wrong_static_names
from briefing.problems import Place, Problem, raise_if_any

_CURE = "give it another name, or take it away"


def copied_files(files: Mapping[str, bytes], made: Set[str]) -> dict[str, bytes]:
    """Return the files that go out as they are, by output path.

    files: all shared sources, by path. made: the output path of every file that a build makes.
    Raises Problems for a name that cannot be one, and for the place of what a build makes.
    """
    copied = {static_path(path): data for path, data in files.items() if is_static(path)}
    if copied:
        raise_if_any(wrong_static_names(files))
        raise_if_any(_in_the_place_of_others(filter(is_static, files), made))
    return copied


def _in_the_place_of_others(sources: Iterable[str], made: Set[str]) -> Iterator[Problem]:
    """Yield a problem for each file that stands where the build makes a file or a folder."""
    by_name = {path.casefold(): path for path in made}
    folders = {above for path in by_name for above in _above(path)}
    for source in sorted(sources):
        path = static_path(source).casefold()
        taken = (by_name[name] for name in (*_above(path), path) if name in by_name)
        if path in folders:
            message = f"stands in the place of the folder {static_path(source)}/ of the site"
            yield Problem(Place(source), message, _CURE)
        elif file := next(taken, None):
            yield Problem(Place(source), f"stands in the place of {file}, which is made", _CURE)


def _above(path: str) -> Iterator[str]:
    """Yield the folders above a file."""
    parts = path.split("/")
    return ("/".join(parts[:end]) for end in range(1, len(parts)))
