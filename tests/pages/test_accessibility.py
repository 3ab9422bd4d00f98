"""What axe finds on the pages, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

import html5lib
import pytest
from playwright.sync_api import Browser, Page

from support.axe import OPTIONS, axe_source, violations
from support.new_sites import LANGUAGES, new_site
from support.nightly import Some, is_night
from support.web import address_of, html_pages, serve

Trait = tuple[object, ...]
WIDTHS = (360, 1280)
COLOURS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
"""The rules in which night differs from day."""
OPEN = """
for (const each of document.querySelectorAll('details')) { each.name = ''; each.open = true }
var parts = document.querySelectorAll('tr, section, li');
for (const each of parts) each.style.contentVisibility = 'visible';
"""
"""Opens all there is, and lays it out: of what is not in sight the browser has a guess only."""
BROKEN = """<!doctype html><title>Grey</title>
<style>a { color: #777; background: #888 }</style><a href="/">grey on grey</a>"""


def traits(path: str, site: Mapping[str, bytes]) -> set[Trait]:
    """What is particular to a page: where it stands, and which elements are in which others.

    Where it stands is its first folder, how deep it is, and whether no, one or more pages are
    below it. An element is its tag and its classes. All of it counts for each first folder
    anew, which is a language or more than one.
    """
    head, *below = path.split("/")
    folder = path.removesuffix("index.html")
    children = {
        other.removeprefix(folder).partition("/")[0]
        for other in html_pages(site)
        if other.startswith(folder) and other != path
    }
    found: set[Trait] = {(head, len(below), min(len(children), 2))}
    document = html5lib.parse(site[path], namespaceHTMLElements=False)
    for parent in document.iter():
        for element in parent:
            names = [(each.tag, each.get("class")) for each in (parent, element)]
            found.add((head, *names))
    return found


def kinds(site: Mapping[str, bytes]) -> list[str]:
    """Choose pages so that everything particular to any page is on one of them."""
    left = {path: traits(path, site) for path in html_pages(site)}
    chosen = []
    while any(left.values()):
        best = max(left, key=lambda path: len(left[path]))
        chosen.append(best)
        shown = left[best]
        left = {path: found - shown for path, found in left.items()}
    return chosen


@pytest.fixture(scope="module")
def axe() -> str:
    return axe_source()


@pytest.fixture(scope="module")
def chosen(real_site: Mapping[str, bytes]) -> list[str]:
    """Pages of every kind."""
    return kinds(real_site)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that axe can be put into, whatever the policy of the page says of scripts."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def test_the_pages_that_are_page_stand_for_all(
    real_site: Mapping[str, bytes], chosen: list[str]
) -> None:
    """Every element in every place that a page of the site has is on a page that is chosen."""
    everything = {trait for path in html_pages(real_site) for trait in traits(path, real_site)}

    assert {trait for path in chosen for trait in traits(path, real_site)} == everything
    assert {path.split("/")[0] for path in chosen} == {
        path.split("/")[0] for path in html_pages(real_site)
    }


def test_axe_finds_what_is_wrong(page: Page, axe: str) -> None:
    """A page without a language, landmarks and contrast is told of, so silence means something."""
    page.set_content(BROKEN)
    page.evaluate(axe)

    told = {line.partition(":")[0] for line in violations(page)}
    assert {"html-has-lang", "landmark-one-main", "color-contrast"} <= told
    ran = page.evaluate(
        f"axe.run(document, {json.dumps(OPTIONS)}).then((result) =>"
        " [...result.passes, ...result.inapplicable].map((rule) => rule.id))"
    )
    assert "target-size" in ran


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_axe(
    page: Page, axe: str, chosen: list[str], address: str, *, scheme: str, some: Some
) -> None:
    """On a phone and on a wide screen, light and dark, with everything opened."""
    dark = scheme == "dark"
    page.emulate_media(color_scheme="dark" if dark else "light")
    options = COLOURS if dark and not is_night() else OPTIONS
    wrong = []
    pages = some(chosen, 6) if dark else chosen
    for path, width in some(list(product(pages, WIDTHS)), len(pages)):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address + address_of(path))
        page.evaluate(OPEN)
        page.evaluate(axe)
        found = violations(page, options)
        wrong += [f"{path}, {scheme}, {width} px: {line}" for line in found]

    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("languages", LANGUAGES)
def test_no_page_of_a_new_site_breaks_a_rule_of_axe(
    page: Page, axe: str, tmp_path: Path, languages: str
) -> None:
    """In any script and direction: a comparison, a summary and the home page."""
    site = new_site(tmp_path, languages)
    first = languages.lower().partition(",")[0]
    wrong = []
    with serve(site, "/") as address:
        for path, width in product(("", "belora-bridge/", "belora-bridge/radio/"), WIDTHS):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(f"{address}{first}/{path}")
            page.evaluate(OPEN)
            page.evaluate(axe)
            wrong += [f"{first}/{path}, {width} px: {line}" for line in violations(page)]

    assert not wrong, "\n" + "\n".join(wrong)
