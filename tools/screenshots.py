"""Take the pictures of the documents: `make screenshots`.

Those of the README are of the site in output/, those of docs/editing.md of the site that comes of
its steps.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support.browser import open_browser  # noqa: E402  the paths come first
from support.editing import Editor, editor, steps_of  # noqa: E402


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


COLOURS = 64
"""In a picture of docs/editing.md and docs/translating.md, so that it is small."""


def main() -> None:
    """Open each page in Chromium and write its picture into docs/pictures/."""
    with open_browser() as browser:
        for name, picture in PICTURES.items():
            take(browser, name, picture)
        with TemporaryDirectory() as folder, editor(Path(folder)) as at_work:
            take_way(browser, at_work)


def take(browser: Browser, name: str, picture: Picture) -> None:
    """Take a picture of a page of the site in output/."""
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


def take_way(browser: Browser, at_work: Editor) -> None:
    """Walk docs/editing.md up to its last section, and take its pictures in both languages."""
    page = browser.new_page()
    for step in steps_of("docs/editing.md"):
        if "git init" in step.code:
            break
        at_work.do(step)
        if "new translation" in step.code:
            for code in ("en", "vi"):
                take_status(page, at_work, code)
    at_work.terminal.run("cd my-briefing\nwho-said-what build")
    page.set_viewport_size({"width": 1200, "height": 760})
    for code in ("en", "vi"):
        page.goto(f"file://{at_work.site}/output/{code}/ferry/index.html#_comparison")
        save(page, f"editing-comparison.{code}")
        take_kept_text(page, at_work, code)


def take_status(page: Page, at_work: Editor, code: str) -> None:
    """Take how the site stands when its translations are to be written."""
    assert at_work.preview
    page.set_viewport_size({"width": 760, "height": 640})
    page.goto(f"{at_work.preview.url}{code}/ferry/")
    page.locator("a._preview_status, ._preview_status a").first.click()
    page.get_by_text("draft").first.wait_for()
    save(page, f"editing-status.{code}")


def take_kept_text(page: Page, at_work: Editor, code: str) -> None:
    """Take a kept text in which words were found, beside the page of its article."""
    assert at_work.preview
    page.goto(f"{at_work.preview.url}{code}/ferry/songmay/")
    page.locator("._preview_show_text").click()
    page.locator("._preview_find input").fill("cay cau cu")
    page.locator("._preview_find button").click()
    page.locator("._preview_line").wait_for()
    save(page, f"editing-kept-text.{code}")


def save(page: Page, name: str) -> None:
    """Write what a window shows into docs/pictures/, in few colours."""
    page.wait_for_timeout(300)
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS)
    image.save(ROOT / f"docs/pictures/{name}.png", optimize=True)


if __name__ == "__main__":
    main()
