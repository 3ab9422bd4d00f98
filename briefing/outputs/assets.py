"""Files that go out as they are, and the style sheets joined into one."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.rendering.page import PLAIN_CARD
from briefing.rendering.template_files import ASSET_FILES, TEMPLATES

STYLES = "templates/styles/"
LAYERS = "templates/styles/layers.css"
"""The style sheet that says which layer goes before which, and so comes first."""
STYLE_SHEET = "assets/site.css"


def is_asset(path: str) -> bool:
    """Whether a source goes out as it is, or in the style sheet, and nothing is made from it.

    The plain card stands for those that cannot be drawn.
    """
    return path.startswith((ASSET_FILES, STYLES)) and path != f"{TEMPLATES}{PLAIN_CARD}"


def assets(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Take the files that go out as they are, and join the style sheets into one."""
    taken = {
        path.removeprefix(TEMPLATES): files[path] for path in files if path.startswith(ASSET_FILES)
    }
    pages = sorted(path for path in files if path.startswith(STYLES) and path.endswith(".css"))
    pages.sort(key=lambda path: path != LAYERS)
    return taken | {STYLE_SHEET: b"\n".join(files[path] for path in pages)}
