"""Pages in Arabic and English, in a real browser: everything stands where it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from pages.test_accessibility import OPEN, WIDTHS, kinds
from playwright.sync_api import Browser, Page

from build import make_site
from support.axe import violations
from support.languages import in_language
from support.sites import AS_OF, Sources
from support.web import address_of, base_of, html_pages, serve, tool

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
MIDDLES = """(parts) => parts.map((part) => part.getBoundingClientRect())
  .map(({ left, right }) => Math.round((left + right) / 2))"""
LEFT_AND_RIGHT = """(part) => {
  const range = document.createRange();
  range.selectNodeContents(part);
  const { left, right } = range.getBoundingClientRect();
  return [left, right];
}"""


@pytest.fixture(scope="module")
def site(small: Sources) -> Mapping[str, bytes]:
    """The small site in Arabic and English."""
    return make_site(in_language(small, "ar"), AS_OF)


@pytest.fixture(scope="module")
def arabic(site: Mapping[str, bytes], small: Sources) -> Iterator[str]:
    """Where it is served."""
    with serve(site, base_of(small)) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that axe can be put into."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def test_no_page_breaks_a_rule_of_axe(page: Page, site: Mapping[str, bytes], arabic: str) -> None:
    """On a phone and on a wide screen, with everything opened; none is wider than the screen."""
    axe = tool("axe-core/axe.min.js", "axe").read_text(encoding="utf-8")
    wrong = []
    for path in kinds({path: site[path] for path in html_pages(site)}):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(arabic + address_of(path))
            page.evaluate(OPEN)
            page.evaluate(axe)
            wrong += [f"{path}, {width} px: {line}" for line in violations(page)]
            if page.evaluate(WIDER) > 0:
                wrong.append(f"{path}, {width} px: is wider than the screen")

    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("code", ["ar", "en"])
def test_the_figure_has_each_article_below_its_number(page: Page, arabic: str, code: str) -> None:
    """The first article stands at the right in Arabic, as in the table."""
    page.goto(f"{arabic}{code}/river-talks/")

    numbers = page.locator(".coverage_head span").evaluate_all(MIDDLES)
    first_line = page.locator(".coverage_line").first.locator(".coverage_cells > *")
    cells = first_line.evaluate_all(MIDDLES)
    assert len(numbers) == 4
    assert all(abs(a - b) <= 2 for a, b in zip(numbers, cells, strict=True))
    assert (numbers == sorted(numbers)) == (code == "en")


def test_the_day_after_an_english_name_stands_after_it(page: Page, arabic: str) -> None:
    """Unisolated, the number of the day went to the other side of the name."""
    page.goto(f"{arabic}ar/river-talks/")
    line = page.locator(".timeline_list li", has_text="The Gazette")

    start, _ = line.locator(".number").evaluate(LEFT_AND_RIGHT)
    _, end = line.locator(".timeline_when").evaluate(LEFT_AND_RIGHT)
    assert end < start - 50  # the name has room between both


def test_both_languages_of_a_facing_page_have_their_sign_between_them(
    page: Page, arabic: str
) -> None:
    """From right to left: the Arabic word, a point, the English word."""
    page.goto(f"{arabic}ar-en/river-talks/")
    both = page.locator(".tally_family-differ .facing_also")

    whole = both.evaluate(LEFT_AND_RIGHT)
    english = both.locator("[lang=en]").evaluate(LEFT_AND_RIGHT)
    assert english[0] == pytest.approx(whole[0], abs=1)
    assert english[1] < whole[1] - 2
