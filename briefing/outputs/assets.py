"""Files that go out as they are, of templates/assets/ and static/, and the joined style sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

from briefing.model.theme import TEMPLATES, has_theme, is_below, name_in_theme
from briefing.problems import Place, Problem, raise_if_any
from briefing.rendering.page import PLAIN_CARD
from briefing.rendering.template_files import ASSET_FILES
from briefing.syntax.file_names import STATIC, is_static, static_path, wrong_static_names
from briefing.syntax.style_sheet import minified
from briefing.syntax.text import Text, find_merge_marks

STYLES = "styles/"
LAYERS = "styles/layers.css"
"""The style sheet that says which layer goes before which, and so comes first."""
STYLE_SHEET = "assets/site.css"
_CURE = "give it another name, or take it away"
_TEXTS = (".css", ".js", ".svg", ".txt")
"""How the names of assets end that are written by hand."""


def is_asset(path: str) -> bool:
    """Whether a source goes out as it is, or in the style sheet, and nothing is made from it.

    The plain card stands for those that cannot be drawn.
    """
    is_sent = is_below(path, ASSET_FILES) or is_below(path, STYLES)
    return (is_sent and name_in_theme(path) != PLAIN_CARD) or is_static(path)


def assets(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Take the files that go out as they are, and join the style sheets into one.

    Raises Problems for a style sheet or a script in which a merge was left unfinished.
    """
    texts = (
        Text(path, files[path].decode(errors="replace").replace("\r\n", "\n"))
        for path in files
        if is_asset(path) and not is_static(path) and path.endswith(_TEXTS)
    )
    raise_if_any(problem for text in texts for problem in find_merge_marks(text))
    taken = {
        name: files[path]
        for path in files
        if is_below(path, ASSET_FILES) and (name := name_in_theme(path))
    }
    sheets = (minified(files[path].decode(errors="replace")) for path in _sheets(files))
    return taken | {STYLE_SHEET: "".join(sheets).encode()}


def _sheets(files: Mapping[str, bytes]) -> list[str]:
    """Return the paths of the style sheets in their order: the layers, the theme's, the site's.

    What the site writes outside of every layer goes before all that is in one:
    https://www.w3.org/TR/css-cascade-5/#layering
    """
    sheets = [path for path in files if is_below(path, STYLES) and path.endswith(".css")]
    is_apart = has_theme(sheets)
    return sorted(
        sheets,
        key=lambda p: (name_in_theme(p) != LAYERS, is_apart and p.startswith(TEMPLATES), p),
    )


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
