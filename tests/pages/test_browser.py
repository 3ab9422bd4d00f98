"""What a reader does, in a real browser."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from playwright.sync_api import Browser, Page, expect

from support.readers import FOLDERS, LETTERS, with_letters
from support.web import base_of, serve

CALL = "trump-putin-call-2025-03"


def test_the_chooser_leads_into_every_language(page: Page, address: str) -> None:
    """At the front door nobody is sent anywhere; every language has its link."""
    page.goto(address)
    expect(page).to_have_url(address)

    page.get_by_role("link", name="Vào trang").click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    page.go_back()
    page.get_by_role("link", name="Enter").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_toggle_of_a_row_lands_on_the_same_row(page: Page, address: str) -> None:
    """The link in the fold of a point leads to that point in the other language."""
    page.goto(f"{address}vi/{CALL}/")
    page.locator("#mideast .fold summary").click()
    page.locator("#mideast").get_by_role("link", name="English", exact=True).click()

    expect(page).to_have_url(f"{address}en/{CALL}/#mideast")
    expect(page.locator("#mideast")).to_be_in_viewport()


def test_the_toggle_keeps_the_row_that_is_being_read(page: Page, address: str) -> None:
    """The toggle at the top takes along the anchor of the row on top of the window."""
    page.goto(f"{address}en/{CALL}/#aid-stop")
    expect(page.locator("#aid-stop")).to_be_in_viewport()
    page.evaluate("document.querySelector('.toggle a').click()")

    expect(page).to_have_url(f"{address}vi/{CALL}/#aid-stop")


def test_the_toggle_of_an_article_leads_to_the_same_article(page: Page, address: str) -> None:
    """From a summary the reader comes to the same summary."""
    page.goto(f"{address}en/{CALL}/gia-lai/")
    page.get_by_role("link", name="VI – Tiếng Việt").click()

    expect(page).to_have_url(f"{address}vi/{CALL}/gia-lai/")


def test_a_verdict_opens_to_the_rule_and_the_values(page: Page, address: str) -> None:
    """Its fold shows the rule that made it, and what it was made from."""
    page.goto(f"{address}en/{CALL}/")
    row = page.locator("#call-length")
    value = row.locator(".why li").get_by_text("almost 180 minutes")
    expect(value).to_be_hidden()
    row.get_by_text("Why · Cite").click()

    expect(value).to_be_visible()
    expect(row.get_by_text("one account is less specific")).to_be_visible()


def test_a_claim_leads_back_and_forth(page: Page, address: str) -> None:
    """From a claim of a summary to its row, and from the column to the summary."""
    page.goto(f"{address}en/{CALL}/gia-lai/")
    said = page.locator("#_c-halt-scope")
    said.get_by_text("What the halt covers").click()
    said.get_by_role("link", name="In the comparison").click()
    expect(page).to_have_url(f"{address}en/{CALL}/#halt-scope")

    page.locator("thead").get_by_role("link", name="Gia Lai newspaper").click()
    expect(page).to_have_url(f"{address}en/{CALL}/gia-lai/")


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("path", ["", "vi/", f"vi/{CALL}/", f"en/{CALL}/epoch-copy/", "404.html"])
def test_nothing_needs_sideways_scrolling(page: Page, address: str, path: str, width: int) -> None:
    """On any screen, from a small phone on, the page fits."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + path)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("letters", LETTERS)
def test_in_no_letters_sideways_scrolling_is_needed(
    browser: Browser, real: dict[str, bytes], real_site: Mapping[str, bytes], letters: str
) -> None:
    """Whatever fonts there are, and with text twice as large on a small phone."""
    page = browser.new_page(viewport={"width": 320, "height": 800})
    paths = [f"{folder}/{CALL}/{article}" for folder in FOLDERS for article in ("", "gia-lai/")]
    with serve(with_letters(real_site, letters), base_of(real)) as address:
        for path in ("", "vi/", "en/about/", "404.html", *paths):
            page.goto(address + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    page.close()


def test_everything_can_be_read_without_a_script(browser: Browser, address: str) -> None:
    """With scripts off the toggle, the rows and the verdicts work."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}vi/{CALL}/#halt-days")
    page.locator("#halt-days summary").first.click()
    expect(page.locator("#halt-days .why li").first).to_be_visible()
    page.locator("#halt-days").get_by_role("link", name="English", exact=True).click()
    expect(page).to_have_url(f"{address}en/{CALL}/#halt-days")
    page.get_by_role("link", name="VI – Tiếng Việt").click()

    expect(page).to_have_url(f"{address}vi/{CALL}/")
    context.close()


def test_the_head_of_the_table_stays_in_sight(page: Page, address: str) -> None:
    """Far down the table a reader still sees which column is whose."""
    page.goto(f"{address}en/{CALL}/#zelensky")

    expect(page.locator("thead").get_by_role("link", name="Gia Lai newspaper")).to_be_in_viewport()
