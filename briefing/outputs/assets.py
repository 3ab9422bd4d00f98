"""Files that go out as they are, and the style sheets joined into one."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.model.theme import TEMPLATES, has_theme, is_below, name_in_theme
from briefing.problems import raise_if_any
from briefing.rendering.page import PLAIN_CARD
from briefing.rendering.template_files import ASSET_FILES
from briefing.syntax.style_sheet import minified
from briefing.syntax.text import Text, find_merge_marks

STYLES = "styles/"
LAYERS = "styles/layers.css"
"""The style sheet that says which layer goes before which, and so comes first."""
STYLE_SHEET = "assets/site.css"
_TEXTS = (".css", ".js", ".svg", ".txt")
"""How the names of assets end that are written by hand."""


def is_asset(path: str) -> bool:
    """Whether a source goes out as it is, or in the style sheet, and nothing is made from it.

    The plain card stands for those that cannot be drawn.
    """
    is_sent = is_below(path, ASSET_FILES) or is_below(path, STYLES)
    return is_sent and name_in_theme(path) != PLAIN_CARD


def assets(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Take the files that go out as they are, and join the style sheets into one.

    Raises Problems for a style sheet or a script in which a merge was left unfinished.
    """
    texts = (
        Text(path, files[path].decode(errors="replace").replace("\r\n", "\n"))
        for path in files
        if is_asset(path) and path.endswith(_TEXTS)
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
