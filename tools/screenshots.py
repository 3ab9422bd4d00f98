"""Take the pictures of the README from the site in output/: `make screenshots`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support.browser import open_browser  # noqa: E402  the paths come first


class Picture(NamedTuple):
    """A picture of a page: its path with an anchor, and the size of the window."""

    path: str
    width: int
    height: int
    """Height of the window; both in CSS pixels."""
    dark: bool = False
    paper: bool = False


CALL = "trump-putin-call-2025-03"
PICTURES = {
    "comparison": Picture(f"en/{CALL}/#_comparison", 1280, 960),
    "facing": Picture(f"vi-en/{CALL}/", 1100, 1000),
    "phone": Picture(f"vi/{CALL}/", 360, 740),
    "dark": Picture(f"en/{CALL}/", 1180, 960, dark=True),
    "print": Picture(f"en/{CALL}/", 794, 1123, paper=True),
}


def main() -> None:
    """Open each page in Chromium and write its picture into docs/pictures/."""
    with open_browser() as browser:
        for name, picture in PICTURES.items():
            context = browser.new_context(
                viewport={"width": picture.width, "height": picture.height},
                color_scheme="dark" if picture.dark else "light",
            )
            page = context.new_page()
            path, _, anchor = picture.path.partition("#")
            page.emulate_media(media="print" if picture.paper else "screen")
            page.goto(f"file://{ROOT}/output/{path}index.html#{anchor}")
            if anchor and not page.locator(f"[id='{anchor}']").count():
                sys.exit(f"{path} has no #{anchor} any more: name another place in PICTURES")
            page.wait_for_timeout(300)
            page.screenshot(path=ROOT / f"docs/pictures/{name}.png")
            context.close()


if __name__ == "__main__":
    main()
