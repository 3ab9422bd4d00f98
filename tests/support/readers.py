"""Where a reader is in a page, by the geometry of it, and in which windows and letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

FOLDERS = ("vi", "en", "vi-en")
MAYBE_MISSING = r"( \((not translated|chưa dịch)\))?$"
NAMES = {
    "vi": re.compile("^VI – Tiếng Việt" + MAYBE_MISSING),
    "en": re.compile("^EN – English" + MAYBE_MISSING),
    "vi-en": re.compile("^VI·EN – (Song ngữ|Both languages)" + MAYBE_MISSING),
}
LETTERS = {
    "installed": "",
    "monospace": "*, ::before { font-family: monospace !important }",
    "odd": "html { font-size: 113.7% } * { line-height: 1.37 !important }",
    "spaced": "* { letter-spacing: .12em; word-spacing: .16em; line-height: 1.5 !important }",
    "double": "html { font-size: 200% }",
}
"""What makes every line break elsewhere, whatever fonts there are: added to the styles.

Spaced as https://www.w3.org/TR/WCAG22/#text-spacing asks, double as #resize-text does.
"""
WINDOWS = ((360, 740), (768, 1024), (1000, 400), (1280, 800))
ZOOMS = (1, 1.25, 2)


@dataclass(frozen=True)
class View:
    """A window in pixels of the screen, a zoom of the page, and what letters look like."""

    letters: str
    window: tuple[int, int]
    zoom: float

    def open(self, browser: Browser, **options: Any) -> BrowserContext:
        """Open a window; zoomed, it has fewer pixels of CSS, each of more of the screen."""
        width, height = (round(side / self.zoom) for side in self.window)
        size = {"width": width, "height": height}
        return browser.new_context(viewport=size, device_scale_factor=self.zoom, **options)  # type: ignore[arg-type]

    def __str__(self) -> str:
        return f"{self.letters}-{self.window[0]}x{self.window[1]}-{self.zoom:g}"


VIEWS = tuple(View(*each) for each in product(LETTERS, WINDOWS, ZOOMS))


def with_letters(site: Mapping[str, bytes], letters: str) -> dict[str, bytes]:
    """Give a site in other letters."""
    return {**site, "assets/site.css": site["assets/site.css"] + LETTERS[letters].encode()}


SETTLED = """() => new Promise((done) => {
  let last = null;
  let same = 0;
  const look = () => {
    const now = [scrollY, document.documentElement.scrollHeight].join();
    same = now === last ? same + 1 : 0;
    last = now;
    same === 2 ? done() : requestAnimationFrame(look);
  };
  look();
})"""
"""Waits until nothing moves any more: what comes into sight may be laid out only then."""
GEOMETRY = """() => {
  const style = (it) => getComputedStyle(it);
  const stuck = [...document.querySelectorAll(".comparison thead, .comparison thead th")]
    .filter((it) => style(it).position === "sticky")
    .map((it) => it.getBoundingClientRect()).filter((it) => it.top < 1);
  const small = "[id^=_p]:not([id^=_preview]), [id^=_c]:not(h2, figcaption), tbody tr[id]";
  const found = [...document.querySelectorAll(`${small}, #_source, h2[id]`)]
    .map((it) => [it.id, it.localName === "h2" ? it.parentElement : it])
    .filter(([, it]) => it.matches(small) || !it.querySelector(small))
    .filter(([, it]) => it.offsetParent !== null);
  return {
    scroll: scrollY, height: innerHeight,
    head: Math.max(0, ...stuck.map((it) => it.bottom)),
    toggle: document.querySelector(".toggle").getBoundingClientRect().bottom,
    blocks: found.map(([id, it]) => {
      const {top, bottom} = it.getBoundingClientRect();
      return {id, top, bottom, margin: parseFloat(style(it).scrollMarginTop)};
    }),
  };
}"""
"""Where the blocks of a page stand. A section without any is one, by the id of its heading."""
PRESSED = """(link) => {
  addEventListener("click", (event) => event.preventDefault(), {once: true});
  link.click();
  return decodeURIComponent(link.hash.slice(1));
}"""


@dataclass(frozen=True)
class Block:
    """A paragraph, a row or a claim; edges are pixels below the top of the window."""

    id: str
    top: float
    bottom: float
    margin: float


@dataclass(frozen=True)
class Seen:
    """What there is of a page in the window, in pixels of CSS."""

    scroll: float
    height: float
    head: float
    """How far down the sticky head of the table covers what is there."""
    toggle: float
    blocks: list[Block]

    def block(self, name: str) -> Block:
        """Give the block of an id."""
        return next(block for block in self.blocks if block.id == name)

    def above(self, name: str) -> float:
        """Give how far down a block is covered where it is scrolled out at the top."""
        return 0 if name.startswith("_") else self.head

    def shows(self, name: str) -> float:
        """Give how many pixels of a block are in sight."""
        block = self.block(name)
        return min(block.bottom, self.height) - max(block.top, self.above(name))

    def read(self) -> str:
        """Give the block that is read: the first not above its line, or the last of all."""
        below = (each for each in self.blocks if each.bottom - each.margin >= 1)
        return next(below, self.blocks[-1]).id


def measure(page: Page) -> Seen:
    """See where a page is now."""
    found = page.evaluate(GEOMETRY)
    return Seen(**{**found, "blocks": [Block(**block) for block in found["blocks"]]})


def look(page: Page) -> Seen:
    """See where a page is when it has come to rest."""
    page.evaluate(SETTLED)
    return measure(page)


def bring(page: Page, name: str, aim: Callable[[Seen, Block], float]) -> Seen:
    """Scroll a page at rest until a block is there where nothing is missing, or near it.

    What is missing is told in pixels that the page is still to be scrolled down.
    """
    seen, before = measure(page), -1.0
    for _ in range(20):
        missing = aim(seen, seen.block(name))
        if abs(missing) < 1 or seen.scroll == before:
            break
        before = seen.scroll
        page.evaluate("by => scrollBy({top: by, behavior: 'instant'})", missing)
        seen = look(page)
    return seen


def press(page: Page, to: str) -> None:
    """Press what leads to a language, or to both, from where the page is scrolled to.

    The script that takes the place along has run when the page is whole.
    """
    page.wait_for_load_state()
    page.locator(".toggle").get_by_role("link", name=NAMES[to]).evaluate("it => it.click()")


def place_taken(page: Page, to: str) -> str:
    """Tell which place would be taken to a language, and stay."""
    found: str = page.locator(".toggle").get_by_role("link", name=NAMES[to]).evaluate(PRESSED)
    return found
