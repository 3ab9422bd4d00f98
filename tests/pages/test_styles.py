"""No text on a screen is small."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

SMALL = """() => {
  const size = (it, part) => parseFloat(getComputedStyle(it, part).fontSize);
  const isText = (it) => it.nodeType === 3 && it.data.trim();
  const hasText = (it) => [...it.childNodes].some(isText);
  const isMade = (it, part) => /^"[^"]/.test(getComputedStyle(it, part).content);
  return [...document.body.querySelectorAll("*")]
    .filter((it) => it.checkVisibility())
    .filter((it) => (hasText(it) && size(it) < 13)
      || ["::before", "::after"].some((part) => isMade(it, part) && size(it, part) < 13))
    .map((it) => it.outerHTML.slice(0, 80));
}"""
CALL = "trump-putin-call-2025-03"


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "path", ["", "en/", f"en/{CALL}/", f"vi-en/{CALL}/", f"vi/{CALL}/gia-lai/", "vi/about/"]
)
def test_nothing_that_is_read_is_smaller_than_13_pixels(
    page: Page, address: str, path: str, width: int
) -> None:
    """Whatever is shown, also what the style writes before it."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + path)

    assert page.evaluate(SMALL) == []
