"""Pages as some readers have them: right to left, spaced, in forced colours, without motion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Browser, Page, expect

from support.readers import with_letters
from support.web import base_of, serve

CALL = "trump-putin-call-2025-03"
PATHS = (
    "",
    "en/",
    f"en/{CALL}/",
    f"en/{CALL}/gia-lai/",
    "en/about/",
    f"vi-en/{CALL}/",
    f"vi-en/{CALL}/gia-lai/",
    "vi-en/about/",
    "404.html",
)
OVERFLOWING = """() => [...document.querySelectorAll("main *")].filter((it) => {
  const {left, right} = it.getBoundingClientRect();
  const cut = it.closest(".hidden, .skip, .mark_shapes, thead, details:not([open])");
  return !cut && it.getClientRects().length && (left < -1 || right > innerWidth + 1);
}).map((it) => `${it.tagName}.${it.getAttribute("class")}`)"""
"""Elements of which a part is beside the window."""
OPEN = "for (const it of document.querySelectorAll('details')) it.open = true"


@pytest.fixture(scope="module")
def mirrored(real_site: Mapping[str, bytes], real: dict[str, bytes]) -> Iterator[str]:
    """The site as if its languages were written from right to left."""
    site = {path: data.replace(b'dir="ltr"', b'dir="rtl"') for path, data in real_site.items()}
    with serve(site, base_of(real)) as address:
        yield address


@pytest.fixture(scope="module")
def spaced(real_site: Mapping[str, bytes], real: dict[str, bytes]) -> Iterator[str]:
    """The site in letters, words and lines that stand far from each other."""
    with serve(with_letters(real_site, "spaced"), base_of(real)) as address:
        yield address


@pytest.mark.parametrize("path", PATHS)
def test_from_right_to_left_a_page_is_mirrored(page: Page, mirrored: str, path: str) -> None:
    """Nothing is beside the window, and what begins a line stands at its right."""
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(mirrored + path)
        page.evaluate(OPEN)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(OVERFLOWING) == []
    first, second = page.locator(".facing_first").first, page.locator(".facing_second").first
    if second.count():
        assert first.evaluate("it => it.getBoundingClientRect().left") > second.evaluate(
            "it => it.getBoundingClientRect().left"
        )


@pytest.mark.parametrize("path", PATHS)
def test_spaced_text_on_a_small_phone_is_not_cut(page: Page, spaced: str, path: str) -> None:
    """With the spacing of WCAG 1.4.12 at 320 pixels all stands in the window, opened too."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(spaced + path)
    page.evaluate(OPEN)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(OVERFLOWING) == []


@pytest.mark.parametrize("path", PATHS)
def test_in_forced_colours_everything_drawn_has_a_colour_of_the_system(
    page: Page, address: str, path: str
) -> None:
    """Squares, dashes and letters of pictures are drawn in the colours that the reader chose."""
    page.emulate_media(forced_colors="active")
    page.goto(address + path)
    allowed = page.evaluate(
        """() => ["CanvasText", "LinkText", "Canvas", "Highlight"].map((name) => {
          const it = document.body.appendChild(document.createElement("i"));
          it.style.cssText = `color: ${name}; forced-color-adjust: none`;
          const {color} = getComputedStyle(it);
          it.remove();
          return color;
        })"""
    )
    drawn = page.locator("main svg :is(rect, path, circle, text)").evaluate_all(
        """all => [...new Set(all.flatMap((it) => {
          const {fill, stroke} = getComputedStyle(it);
          return [fill, stroke];
        }))]"""
    )

    assert set(drawn) <= {*allowed, "none", "rgba(0, 0, 0, 0)"}


@pytest.mark.parametrize("path", PATHS)
def test_nothing_moves(page: Page, address: str, path: str) -> None:
    """Pages have no motion, so none is to be reduced."""
    page.goto(address + path)
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((it) => {
          const style = getComputedStyle(it);
          return style.animationName !== "none" || parseFloat(style.transitionDuration) > 0
            || style.scrollBehavior === "smooth";
        }).length"""
    )

    assert moving == 0


def test_a_switch_that_is_on_is_seen_in_forced_colours(browser: Browser, address: str) -> None:
    """A box that is ticked is the browser's own, which every system draws."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, forced_colors="active")
    page = context.new_page()
    page.goto(f"{address}vi-en/{CALL}/")
    box = page.locator(".facing_all input")
    expect(box).to_be_visible()
    assert box.evaluate("it => getComputedStyle(it).appearance") in {"auto", "checkbox"}
    context.close()
