"""Files that go out as they are, and the style sheets joined into one."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.problems import raise_if_any
from briefing.rendering.page import PLAIN_CARD
from briefing.rendering.template_files import ASSET_FILES, TEMPLATES
from briefing.syntax.style_sheet import minified
from briefing.syntax.text import Text, find_merge_marks

STYLES = "templates/styles/"
LAYERS = "templates/styles/layers.css"
"""The style sheet that says which layer goes before which, and so comes first."""
STYLE_SHEET = "assets/site.css"
_TEXTS = (".css", ".js", ".svg", ".txt")
"""How the names of assets end that are written by hand."""


def is_asset(path: str) -> bool:
    """Whether a source goes out as it is, or in the style sheet, and nothing is made from it.

    The plain card stands for those that cannot be drawn.
    """
    return path.startswith((ASSET_FILES, STYLES)) and path != f"{TEMPLATES}{PLAIN_CARD}"


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
        path.removeprefix(TEMPLATES): files[path] for path in files if path.startswith(ASSET_FILES)
    }
    pages = sorted(path for path in files if path.startswith(STYLES) and path.endswith(".css"))
    pages.sort(key=lambda path: path != LAYERS)
    sheets = (minified(files[path].decode(errors="replace")) for path in pages)
    return taken | {STYLE_SHEET: "".join(sheets).encode()}
