"""The pages of the site and the pictures, as a reader sees them in a real browser."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from itertools import combinations

import pytest
from playwright.sync_api import Browser, Page, expect

CALL = "trump-putin-call-2025-03"
PHONE = {"width": 360, "height": 740}
SMALLEST, THUMB = 24, 44
"""Pixels of what can be pressed: by WCAG 2.2 at least, and where there are only thumbs."""
SIZES = """all => all.map(each => {
  const box = each.getBoundingClientRect();
  return Math.min(box.width, box.height);
})"""
LETTERS = """all => all.map(each => {
  const svg = each.ownerSVGElement;
  const box = svg && svg.viewBox.baseVal.width;
  const scale = box ? svg.getBoundingClientRect().width / box : 1;
  return parseFloat(getComputedStyle(each).fontSize) * scale;
})"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", [f"vi/{CALL}/", f"en/{CALL}/gia-lai/", f"vi-en/{CALL}/", "en/"])
def test_languages_are_one_control_on_every_page(phone: Page, address: str, path: str) -> None:
    """Three segments of a thumb's size, joined, one of them filled; home has the third as well."""
    phone.goto(address + path)
    segments = phone.locator(".toggle li > *")

    assert [text.strip() for text in segments.all_inner_texts()] == ["VI", "EN", "VI·EN"]
    assert min(segments.evaluate_all(SIZES)) >= THUMB
    expect(phone.locator(".toggle [aria-current]")).to_have_count(1)
    tops = segments.evaluate_all("all => all.map(each => each.getBoundingClientRect().top)")
    assert len(set(tops)) == 1


def test_the_third_segment_of_home_leads_to_the_latest_topic(page: Page, address: str) -> None:
    """To its page in both languages: home has none."""
    page.goto(f"{address}en/")
    page.locator(".toggle").get_by_role("link", name="VI·EN").click()

    expect(page).to_have_url(f"{address}vi-en/{CALL}/")


def test_home_leads_with_what_differs(phone: Page, address: str) -> None:
    """The newest topic that can be compared, with two differences; one of one source is a line."""
    phone.goto(f"{address}en/")

    expect(phone.locator(".lead h2")).to_have_text("The Trump–Putin call of 18 March 2025")
    expect(phone.locator(".lead .positions")).to_have_count(2)
    last = phone.locator(".lead .positions").last.bounding_box()
    assert last
    assert last["y"] + last["height"] <= 2 * PHONE["height"]
    expect(phone.locator(".waiting li")).to_have_count(1)


@pytest.mark.parametrize("path", ["", "404.html"])
def test_the_front_doors_have_no_stray_rules(phone: Page, address: str, path: str) -> None:
    """No empty head or foot, the name of the site, and ways in of a thumb's size."""
    phone.goto(address + path)

    expect(phone.locator(".masthead, .colophon")).to_have_count(0)
    expect(phone.get_by_text("Who Said What").first).to_be_visible()
    assert min(phone.locator(".chooser_enter").evaluate_all(SIZES)) >= THUMB


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_of_the_picture_is_too_small(page: Page, address: str, width: int) -> None:
    """Every line can be pressed, every letter can be read."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}vi/{CALL}/")

    assert min(page.locator(".coverage_line").evaluate_all(SIZES)) >= SMALLEST
    assert min(page.locator(".coverage :is(span, text, li)").evaluate_all(LETTERS)) >= 11


def test_verdicts_and_positions_are_told_apart_in_grey(page: Page, address: str) -> None:
    """No two marks have the same pixels where there is no colour."""
    image, even = pytest.importorskip("PIL.Image"), pytest.importorskip("PIL.ImageOps").autocontrast
    page.goto(f"{address}en/about/")
    shapes = page.locator(".legend .verdict .mark, .legend .coverage_shape")
    pixels = (image.open(io.BytesIO(each.screenshot())).convert("L") for each in shapes.all())
    seen = [even(each).resize((14, 14)) for each in pixels]

    assert len(seen) == 12
    for one, other in combinations(seen, 2):
        apart = sum(abs(a - b) > 80 for a, b in zip(one.tobytes(), other.tobytes(), strict=True))
        assert apart >= 8


def test_a_summary_has_its_points_in_lines(phone: Page, address: str) -> None:
    """Each is folded, and leads to its row."""
    phone.goto(f"{address}en/{CALL}/gia-lai/")
    lines = phone.locator(".claims_item")
    heights = lines.evaluate_all("all => all.map(each => each.offsetHeight)")
    assert sorted(heights)[len(heights) // 2] <= 60

    point = (lines.first.get_attribute("id") or "").removeprefix("_c-")
    lines.first.locator("summary").click()
    lines.first.get_by_role("link", name="In the comparison").click()
    expect(phone).to_have_url(f"{address}en/{CALL}/#{point}")


@pytest.mark.parametrize("language", ["vi", "en", "vi-en"])
def test_the_method_has_an_anchor_for_every_verdict(
    real_site: Mapping[str, bytes], language: str
) -> None:
    """The same in every language, each once."""
    page = real_site[f"{language}/about/index.html"].decode()

    for name in ("differ", "one-voice", "nobody", "silent", "rests-on", "confirmed"):
        assert page.count(f' id="{name}"') == 1
