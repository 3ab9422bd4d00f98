"""Take the pictures of the README from the site as it is built: `make screenshots`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from browser import open_browser  # noqa: E402  the paths come first

PICTURES = {
    "comparison": ("en/trump-putin-call-2025-03/#halt-scope", 1280, 860, "light"),
    "phone": ("vi/trump-putin-call-2025-03/#halt-days", 360, 720, "dark"),
}
"""Page, width and height in CSS pixels, colour scheme."""


def main() -> None:
    """Open each page of output/ in Chromium and keep what is seen."""
    with open_browser() as browser:
        for name, (page_path, width, height, scheme) in PICTURES.items():
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            page = context.new_page()
            path, _, anchor = page_path.partition("#")
            page.goto(f"file://{ROOT}/output/{path}index.html#{anchor}")
            page.wait_for_timeout(300)
            page.screenshot(path=ROOT / f"docs/pictures/{name}.png")
            context.close()


if __name__ == "__main__":
    main()
