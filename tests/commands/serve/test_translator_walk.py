"""A translator's way on a new site, by keyboard alone: begun, written, read, brought up to date."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from briefing.commands.main import main
from briefing.commands.serve.preview_words import preview_words
from support.preview import Live, running_preview
from support.translator_site import (
    FOLLOWED,
    PAGE,
    PATH,
    TITLE,
    TRANSLATED,
    change_original,
    plant_untranslated,
)

WORDS = preview_words("vi")


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Live]:
    """A preview of a new site, in which one article of five paragraphs is not translated."""
    plant_untranslated(tmp_path / "site", "vi,en")
    with running_preview(tmp_path / "site", "--host", "127.0.0.1") as live:
        yield live


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def press_until(page: Page, key: str, words: str) -> None:
    """Press a key until what has the focus is named so."""
    for _ in range(80):
        page.keyboard.press(key)
        if words in page.evaluate("document.activeElement.textContent"):
            return
    pytest.fail(f"{key} does not lead to {words}")


def write_next(page: Page, words: str, left: int) -> None:
    """Go to the next part that is behind, and write it; wait until so many are left."""
    page.keyboard.press("Alt+n")
    page.keyboard.press("Enter")
    expect(page.locator("._preview_editor textarea")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type(words)
    page.keyboard.press("Control+Enter")
    expect(page.locator("._preview_editor")).to_have_count(0)
    expect(page.locator("._preview_behind")).to_have_count(left)
    expect(page.locator("main")).to_contain_text(words.partition("[")[0])


def test_a_text_is_translated_and_brought_up_to_date_by_keyboard_alone(
    live: Live, page: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    """No file is opened for it, and `check` has nothing to say in the end."""
    page.goto(f"{live.url}vi/{PAGE}")
    page.locator("._preview_begin button").wait_for()
    press_until(page, "Shift+Tab", "dịch sang tiếng Anh")
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name=WORDS["beside"])
    expect(link).to_be_focused()
    expect(page.locator("main")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/vi-en/{PAGE}")
    expect(page.locator("._preview_behind")).to_have_count(6)
    for left, words in zip(range(5, -1, -1), (TITLE, *TRANSLATED), strict=True):
        write_next(page, words, left)
    readable = page.get_by_role("button", name=WORDS["let_read"].replace("{name}", ""))
    expect(readable).to_be_visible()
    page.keyboard.press("Alt+n")
    expect(readable).to_be_focused()
    page.keyboard.press("Enter")
    told = WORDS["no_draft"].replace("{name}", PATH.rpartition("/")[2])
    expect(page.locator("._preview_bar ._preview_outcome")).to_contain_text(told)
    expect(page.locator("._preview_hidden")).to_have_count(0)

    change_original(live.root)
    expect(page.locator("._preview_behind")).to_have_count(3)
    for left, words in zip((2, 1, 0), FOLLOWED[2:5], strict=True):
        write_next(page, words, left)

    text = (live.root / PATH).read_text(encoding="utf-8")
    assert f"title: {TITLE}\n" in text
    assert "draft:" not in text
    assert text.endswith("---\n" + "\n\n".join(FOLLOWED) + "\n")
    assert main(["check", "--root", str(live.root)]) == 0
    assert "warning" not in capsys.readouterr().out.replace("0 warnings", "")
