"""How long, how red and how easily gone through by the keyboard a comparison is at most.

For 36 points of 4 articles, which are those of the real topic without six of one article only, and
for 60 points of 12 articles, which are invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from support.browser import CONTRAST

CALL = "trump-putin-call-2025-03"
WIDTHS = (320, 360, 768, 1280, 1600)

LAY_OUT = """() => {
  for (const each of document.querySelectorAll(".comparison_row, .article_card, .family_voice"))
    each.style.contentVisibility = "visible";
  const alone = [...document.querySelectorAll("[id='_s-only-one'] .comparison_row")];
  const all = document.querySelectorAll(".comparison_row").length;
  if (all === 42) alone.slice(-6).forEach((row) => row.remove());
}"""
"""Lays out all that is not in sight, and leaves 36 rows of the real topic."""
MEASURE = """() => {
  const rows = [...document.querySelectorAll(".comparison_row")];
  const heights = rows.map((row) => row.getBoundingClientRect().height).sort((a, b) => a - b);
  return {
    rows: rows.length,
    page: document.documentElement.scrollHeight,
    median: heights[heights.length >> 1],
    head: document.querySelector(".comparison thead").getBoundingClientRect().height,
    wide: document.documentElement.scrollWidth,
  };
}"""
FOCUSED = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const box = at.getBoundingClientRect();
  const heads = [...document.querySelectorAll(".comparison thead, .comparison thead th")];
  const stuck = heads.filter((it) => getComputedStyle(it).position === "sticky");
  const tops = stuck.map((it) => it.getBoundingClientRect()).filter((it) => it.top <= 1);
  const covered = at.closest("thead") ? 0 : Math.max(0, ...tops.map((it) => it.bottom));
  return {
    what: at.outerHTML.slice(0, 120),
    isRow: Boolean(at.closest(".comparison_row")),
    isHidden: box.bottom <= Math.max(0, covered) || box.top >= innerHeight
      || (at.closest(".comparison tbody") !== null && box.top < covered - 1),
  };
}"""
SMALL = """() => {
  const targets = [...document.querySelectorAll("a[href], button, input, select, summary")]
    .filter((it) => it.checkVisibility() && it.tabIndex >= 0 && !it.matches(".skip"))
    .map((it) => (it.matches("input") && it.closest("label")) || it);
  const boxes = targets.map((it) => [it, it.getBoundingClientRect()])
    .filter(([, box]) => box.width && box.height);
  const isSmall = (box) => box.width < 23.9 || box.height < 23.9;
  const isText = (node) => node.nodeType === 3 && node.data.trim().length > 1;
  const inSentence = (it) => getComputedStyle(it).display === "inline"
    && it.closest("p, li, dd, figcaption") && [...it.parentElement.childNodes].some(isText);
  const middle = (box) => [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const near = (box, other) => {
    const [x, y] = middle(box);
    if (isSmall(other)) return Math.hypot(x - middle(other)[0], y - middle(other)[1]) < 24;
    const across = Math.max(other.left - x, 0, x - other.right);
    return Math.hypot(across, Math.max(other.top - y, 0, y - other.bottom)) < 12;
  };
  return boxes
    .filter(([it, box]) => isSmall(box) && !inSentence(it)
      && boxes.some(([other, its]) => other !== it && !other.contains(it) && near(box, its)))
    .map(([it, box]) => `${box.width} x ${box.height}: ${it.outerHTML.slice(0, 120)}`);
}"""
"""What is pressed and is below 24 pixels, in no sentence, and with something else too near."""
LONG_FLAGS = """() => [...document.querySelectorAll(".flag, .rests")]
  .filter((it) => it.checkVisibility())
  .filter((it) => {
    const line = parseFloat(getComputedStyle(it).lineHeight);
    return it.getBoundingClientRect().height > 2.2 * line;
  })
  .map((it) => it.innerText)"""
ILLEGIBLE = (
    f"() => {{{CONTRAST}"
    """
  const wrong = [];
  for (const it of document.querySelectorAll("body *")) {
    const isText = [...it.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!isText || !it.checkVisibility()) continue;
    const style = getComputedStyle(it);
    const colour = it.closest("svg") ? style.fill : style.color;
    const found = contrast(it, colour);
    if (found < 4.5) wrong.push(`${found.toFixed(1)}: ${it.outerHTML.slice(0, 120)}`);
  }
  return wrong;
}"""
)


@pytest.fixture(params=["36 x 4", "60 x 12"])
def topic(request: pytest.FixtureRequest, address: str, sixty: str) -> tuple[str, str]:
    """The size of a topic, and where it is."""
    is_real = request.param == "36 x 4"
    return request.param, f"{address}en/{CALL}/" if is_real else f"{sixty}en/topic-0/"


def open_at(page: Page, where: str, width: int, height: int = 800) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(where)
    page.evaluate(LAY_OUT)


def walk(page: Page, key: str, most: int = 1_000) -> list[dict[str, Any]]:
    """Go through a page by the keyboard until it is left, and give what has the focus."""
    stops: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press(key)
        found = page.evaluate(FOCUSED)
        if found is None:
            break
        stops.append(found)
    return stops


MOST: Mapping[str, Mapping[str, int]] = {
    "36 x 4": {"rows": 36, "page": 17_000, "median": 180, "stops": 225, "before": 30},
    "60 x 12": {"rows": 60, "page": 30_000, "median": 180, "stops": 300, "before": 40},
}


def test_a_comparison_is_short_on_a_phone(page: Page, topic: tuple[str, str]) -> None:
    """A row is a few lines, and the whole page no more screens than a reader goes through."""
    size, where = topic
    open_at(page, where, 360, 740)
    found = page.evaluate(MEASURE)

    assert found["rows"] == MOST[size]["rows"]
    assert found["page"] <= MOST[size]["page"]
    assert found["median"] <= MOST[size]["median"]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_head_of_a_table_is_low_and_nothing_is_beside_the_page(
    page: Page, topic: tuple[str, str], width: int
) -> None:
    """At 320 pixels too, which is a wide window at 400 %, with everything opened."""
    _, where = topic
    open_at(page, where, width)
    assert page.evaluate(MEASURE)["head"] <= 48
    page.evaluate("document.querySelectorAll('details').forEach((it) => (it.open = true))")

    assert page.evaluate(MEASURE)["wide"] <= width
    assert page.evaluate(LONG_FLAGS) == []


@pytest.mark.parametrize("width", [768, 1280])
def test_whoever_goes_by_the_keyboard_sees_where_they_are_and_arrives(
    page: Page, topic: tuple[str, str], width: int
) -> None:
    """Forth and back nothing with the focus is hidden (WCAG 2.4.11), and there are few stops."""
    size, where = topic
    open_at(page, where, width)
    forth = walk(page, "Tab")
    back = walk(page, "Shift+Tab", len(forth))

    assert [stop["what"] for stop in [*forth, *back] if stop["isHidden"]] == []
    assert [stop["what"] for stop in back] == [stop["what"] for stop in reversed(forth)]
    assert len(forth) <= MOST[size]["stops"]
    if width == 1280:
        before = next(at for at, stop in enumerate(forth) if stop["isRow"])
        assert before <= MOST[size]["before"]


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_what_is_pressed_is_large_enough(page: Page, topic: tuple[str, str], width: int) -> None:
    """24 pixels each way, or as far from all else (WCAG 2.5.8); folds closed and open."""
    _, where = topic
    open_at(page, where, width)
    closed = page.evaluate(SMALL)
    page.evaluate("document.querySelectorAll('details').forEach((it) => (it.open = true))")

    assert closed + page.evaluate(SMALL) == []


def test_colours_that_a_reader_chose_for_everything_leave_all_legible(
    browser: Browser, topic: tuple[str, str]
) -> None:
    """In words and in pictures, on light and on dark."""
    for scheme in ("light", "dark"):
        context = browser.new_context(
            forced_colors="active",
            color_scheme="dark" if scheme == "dark" else "light",
            viewport={"width": 1280, "height": 800},
        )
        page = context.new_page()
        open_at(page, topic[1], 1280)
        page.evaluate("document.querySelectorAll('details').forEach((it) => (it.open = true))")
        wrong = page.evaluate(ILLEGIBLE)
        context.close()
        assert wrong == [], scheme


def test_right_to_left_is_the_mirror_image(page: Page, sixty: str) -> None:
    """The first article stands at the right, a row begins there, and nothing is beside the page."""
    for width in (320, 768, 1280):
        open_at(page, f"{sixty}ar/topic-0/", width)
        assert page.evaluate(MEASURE)["wide"] <= width
        sides = page.locator(".comparison thead [data-article]").evaluate_all(
            "all => all.map((it) => it.getBoundingClientRect().right)"
        )
        assert sides == sorted(sides, reverse=True)
        label, sign, edge = page.locator(".comparison_row .point").first.evaluate(
            """(it) => {
              const words = document.createRange();
              words.selectNode(it.firstChild);
              return [words, it.querySelector(".permalink"), it]
                .map((each) => each.getBoundingClientRect().right);
            }"""
        )
        assert sign < label <= edge < label + 2
