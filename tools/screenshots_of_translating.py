"""Take the pictures of docs/translating.md, in both languages: `make screenshots`."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from screenshots import save  # noqa: E402

from briefing.commands.main import main as run  # noqa: E402  the paths come first
from support.browser import open_browser  # noqa: E402
from support.preview import Live  # noqa: E402
from support.translator_site import (  # noqa: E402
    PAGE,
    change_original,
    plant_untranslated,
    translate_all,
)

SIZE = {"width": 1100, "height": 720}
LANGUAGES = {"en": "en,vi", "vi": "vi,en"}
"""Those of the site, the first of which is that of the preview, by language of the document."""


def main() -> None:
    """Make a site in which a translation is behind, and take its pictures into docs/pictures/."""
    with open_browser() as browser, TemporaryDirectory() as folder:
        for code, languages in LANGUAGES.items():
            root = Path(folder) / code
            plant_untranslated(root, languages)
            translate_all(root)
            change_original(root)
            take(browser, root, code, languages.replace(",", "-"))


def take(browser: Browser, root: Path, code: str, both: str) -> None:
    """Take the pictures for the document in a language. both: the folder of the facing pages."""
    page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
    live = Live(root, "--host", "127.0.0.1")
    page.goto(f"{live.url}{both}/{PAGE}")
    page.locator("._preview_next").wait_for()
    save(page, f"translating-behind.{code}")
    page.keyboard.press("Alt+n")
    page.keyboard.press("Enter")
    page.locator("._preview_editor textarea").wait_for()
    save(page, f"translating-editor.{code}")
    live.stop()
    if run(["build", "--root", str(root)]):
        sys.exit("the site was not built")
    page.goto(f"file://{root}/output/{both}/{PAGE}index.html")
    save(page, f"translating-readers.{code}")
    page.close()


if __name__ == "__main__":
    main()
