"""What the preview lays over a page can be read: its bar of warnings, mistakes in long lines."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from support.browser import CONTRAST
from support.disk import plant
from support.preview import PATIENCE, TEXT, Live, put
from support.sites import Sources

CLAIM = f'mode: assured, text: {{vi: "{"dài " * 30}", en: "{"long " * 30}"}}'
KEPT = {".sources/river-talks/gazette.txt": b"something else"}
LEAST = 4.5
"""The contrast of WCAG 2.2, 1.4.3: https://www.w3.org/TR/WCAG22/#contrast-minimum."""
CONTRASTS = (
    f"(() => {{{CONTRAST}"
    """
  const found = {};
  for (const over of document.querySelectorAll("._preview, ._preview_margin")) {
    const walker = document.createTreeWalker(over, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      if (!text.data.trim()) continue;
      const element = text.parentElement;
      const name = `${element.localName}.${element.className} in ${over.className}`;
      const its = contrast(element, getComputedStyle(element).color);
      found[name] = Math.min(found[name] ?? 99, its);
    }
  }
  return found;
})()"""
)


def long_claim(text: bytes) -> bytes:
    """Give a text with a mistake at the end of a line of some 400 signs."""
    claim = f"  - {{point: dams, says: 3, {CLAIM}, att: shut}}"
    return re.sub(rb"(?m)^claims:$", f"claims:\n{claim}".encode(), text, count=1)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory, small: Sources) -> Iterator[Live]:
    """A preview of a site with something of each kind to be told of."""
    root = tmp_path_factory.mktemp("bar")
    put(root, small)
    plant(root, KEPT)
    gazette = root / TEXT
    gazette.write_bytes(gazette.read_bytes().replace(b"published: 2025", b"published: 2052", 1))
    running = Live(root, "--host", "127.0.0.1")
    yield running
    assert running.stop() == 0


@pytest.fixture(params=["light", "dark"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A window in each of the two themes."""
    context = browser.new_context(
        viewport={"width": 1000, "height": 800}, color_scheme=request.param
    )
    yield context.new_page()
    context.close()


def until(page: Page, expression: str) -> Any:
    """Wait until an expression is true."""
    end = time.monotonic() + PATIENCE
    while not (found := page.evaluate(expression)):
        assert time.monotonic() < end, expression
        time.sleep(0.02)
    return found


def test_the_bar_counts_warnings_by_kind(live: Live, page: Page) -> None:
    """What matters most stands first."""
    page.goto(f"{live.url}en/river-talks/")
    bar = page.locator("._preview_warnings summary")
    bar.wait_for()
    kinds = re.sub(r"\d+ ", "", bar.inner_text()).split(" · ")

    assert kinds == [
        "not proved",
        "with a date in the future",
        "with a date that is missing or wrong",
        "held back",
        "on translations",
    ]
    assert all(int(count) for count in re.findall(r"\d+", bar.inner_text()))
    assert page.locator("._preview_warnings ._preview_urgent").count() == 2
    bar.click()
    listed = page.locator("._preview_warnings li")
    assert listed.count() == sum(map(int, re.findall(r"\d+", bar.inner_text())))
    assert "is not in the kept text" in listed.first.inner_text()


def test_what_is_laid_over_a_page_can_be_read(live: Live, page: Page) -> None:
    """Every text of it stands out from what is behind it, whatever the theme of the page."""
    page.goto(f"{live.url}en/river-talks/gazette/")
    page.locator("._preview_warnings summary").click()
    page.locator("._preview_margin").first.wait_for()
    page.locator("._preview_hidden").wait_for()
    path = live.root / TEXT
    text = path.read_bytes()
    path.write_bytes(long_claim(text))
    page.locator("._preview_problems").wait_for()
    contrasts = page.evaluate(CONTRASTS)
    path.write_bytes(text)
    page.locator("._preview_problems").wait_for(state="detached")

    assert len(contrasts) > 12
    assert {name: each for name, each in contrasts.items() if each < LEAST} == {}


SEEN = """[...document.querySelectorAll("._preview_problems ._preview_frame")].map((frame) => {
  const at = frame.querySelector("._preview_caret").getBoundingClientRect();
  const box = frame.getBoundingClientRect();
  const inside = at.width > 0 && at.left >= box.left && at.right <= box.left + frame.clientWidth;
  frame.scrollIntoView({ block: "center", behavior: "instant" });
  const spot = frame.querySelector("._preview_caret").getBoundingClientRect();
  const top = document.elementFromPoint(spot.left + spot.width / 2, spot.top + spot.height / 2);
  const over = top?.className;
  return { inside, over, scrolled: frame.scrollLeft, wide: frame.scrollWidth > frame.clientWidth };
})"""


@pytest.mark.parametrize("width", [1000, 400])
def test_the_mistake_in_a_long_line_is_in_its_frame(live: Live, page: Page, width: int) -> None:
    """Caret and mistake are in sight, however long the line and small the window."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live.url}en/river-talks/gazette/")
    page.locator("._preview_warnings summary").click()  # it does not lie over mistakes
    path = live.root / TEXT
    text = path.read_bytes()
    path.write_bytes(long_claim(text))
    page.locator("._preview_problems ._preview_caret").first.wait_for()
    seen = page.evaluate(SEEN)
    path.write_bytes(text)
    page.locator("._preview_problems").wait_for(state="detached")

    assert all(frame["inside"] and frame["wide"] for frame in seen)
    assert all(frame["over"] == "_preview_caret" for frame in seen)
    assert any(frame["scrolled"] > 0 for frame in seen)


def test_the_address_can_be_copied(live: Live) -> None:
    """A space stands behind it, and nothing that would be taken for a part of it."""
    (line,) = (line for line in live.said if line.startswith("http://"))

    assert line.split()[0] == live.url
    assert live.get(live.base).status == 200
    assert "Ctrl-C" in line
