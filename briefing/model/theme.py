"""The theme: which file serves a name, the engine's below theme/ or the site's below templates/.

A site's templates/ lies over the theme, file by file. A name is a path below either folder, as
`pages/home.html`. Where the sources have no theme/, as in the repository of the engine, templates/
is all there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

TEMPLATES = "templates/"
"""The folder of the site's own files, which goes before the theme."""
THEME = "theme/"
"""The folder that the files of the engine's theme have among the sources."""
ORIGINS = "templates/.theme/"
"""Where a site keeps each file of the theme as it was when an override was made of it. The name
has a dot: it is no source of a page."""
THEME_REFERENCE = "!theme/"
"""What a template writes before a name to reach the engine's own file, as in Sphinx:
https://www.sphinx-doc.org/en/master/development/html_themes/templating.html"""
WORDS = "words/"
_REACHABLE = (".html", ".xml", ".yaml")
"""How files end that are read though the site overrides them: templates name them, words merge."""


def name_in_theme(path: str) -> str | None:
    """Return the name of the source file at a path; None if it is of neither folder."""
    for folder in (TEMPLATES, THEME):
        if path.startswith(folder):
            return path.removeprefix(folder)
    return None


def is_below(path: str, folder: str) -> bool:
    """Whether the name of a source file is below a folder of the theme, as `styles/`."""
    return path.startswith((TEMPLATES + folder, THEME + folder))


def find_file(paths: Iterable[str], name: str) -> str | None:
    """Return the path that serves a name; None if there is none. paths: a mapping or a set."""
    own = (TEMPLATES + name, THEME + name)
    return next((path for path in own if path in paths), None)


def lay_over(fingerprints: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the fingerprints of the sources that a site is made of, by path.

    Of a file that the site has as the theme has it, the theme's is left; of one that it overrides,
    its own, and the theme's beside it where that can still be reached.
    """
    left_out = set(_left_out(fingerprints))
    return {path: known for path, known in fingerprints.items() if path not in left_out}


def _left_out(fingerprints: Mapping[str, bytes]) -> Iterator[str]:
    for path, known in fingerprints.items():
        if path.startswith(TEMPLATES):
            theirs = THEME + path.removeprefix(TEMPLATES)
            if fingerprints.get(theirs) == known:
                yield path
            elif theirs in fingerprints and not path.endswith(_REACHABLE):
                yield theirs


def has_theme(paths: Iterable[str]) -> bool:
    """Whether the theme is among source files, apart from what the site has of it."""
    return any(path.startswith(THEME) for path in paths)


def overridden(paths: Iterable[str]) -> list[str]:
    """Return the names that the site has and the theme too, sorted. paths: of all sources."""
    known = frozenset(paths)
    names = (p.removeprefix(TEMPLATES) for p in known if p.startswith(TEMPLATES))
    return sorted(name for name in names if THEME + name in known)
