"""What comes out of a printer: entries in two columns, and few sheets of them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

CALL = "trump-putin-call-2025-03"
SHEETS = {"vi": 7, "en": 7, "vi-en": 10}
"""At most so many sheets of A4 for 42 points in 4 articles."""
OUTLINE = re.compile(rb"/Dest \[(\d+) 0 R /XYZ [\d.]+ ([\d.]+) ")
FOOT = 90.0
"""Points from the lower edge of a sheet, below which no heading stands: two lines would not fit."""


@pytest.fixture
def paper(page: Page) -> Page:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 1000})
    return page


def sheets(page: Page, address: str) -> int:
    """Count the sheets of A4 that a page is printed on."""
    page.goto(address)
    return len(re.findall(rb"/Type /Page\b", page.pdf(format="A4")))


@pytest.mark.parametrize("folder", SHEETS)
def test_a_comparison_is_printed_on_few_sheets(page: Page, address: str, folder: str) -> None:
    """A topic is handed round a table, so it is no booklet; the longer one is in two languages."""
    assert sheets(page, f"{address}{folder}/{CALL}/") <= SHEETS[folder]


@pytest.mark.parametrize("folder", ["vi", "en", "ar"])
def test_sixty_points_of_twelve_articles_are_printed_on_few_sheets(
    page: Page, sixty: str, folder: str
) -> None:
    """What is long is still no book."""
    assert 1 < sheets(page, f"{sixty}{folder}/topic-0/") <= 14


@pytest.mark.parametrize("path", [f"vi/{CALL}/", f"vi-en/{CALL}/", f"en/{CALL}/gia-lai/"])
def test_no_heading_stands_alone_at_the_foot_of_a_sheet(
    page: Page, address: str, path: str
) -> None:
    """Each heading has below it, on the same sheet, some of what it heads."""
    page.goto(address + path)
    headings = OUTLINE.findall(page.pdf(format="A4", outline=True, tagged=True))

    assert len(headings) >= page.locator("h2:visible").count() > 1
    assert not [float(y) for _, y in headings if float(y) < FOOT]


@pytest.mark.parametrize(
    "path", [f"en/{CALL}/", f"vi-en/{CALL}/", f"vi/{CALL}/gia-lai/", "en/about/"]
)
def test_paper_says_where_it_is_from(paper: Page, address: str, path: str) -> None:
    """The name of the site and the address of the page stand at the head of the first sheet."""
    paper.goto(address + path)

    expect(paper.locator(".masthead_title")).to_be_visible()
    expect(paper.locator(".paper_address")).to_have_text(re.compile(f"^https://.*/{path}$"))
    paper.emulate_media(media="screen")
    expect(paper.locator(".paper_address")).to_be_hidden()


def test_a_printed_comparison_has_its_date(paper: Page, address: str) -> None:
    """What is compared may change, so paper says as of when it was."""
    paper.goto(f"{address}en/{CALL}/")
    expect(paper.locator(".topic_head .event")).to_have_text(re.compile("compared on .* 202"))
    paper.goto(f"{address}vi-en/{CALL}/")
    expect(paper.locator(".event")).to_have_count(2)
    expect(paper.locator(".event").first).to_have_text(re.compile("đối chiếu ngày .*202"))


def test_an_entry_says_who_says_what_by_the_numbers_of_the_articles(
    paper: Page, address: str
) -> None:
    """A position has the numbers of the articles it is from, an entry its own address."""
    paper.goto(f"{address}en/{CALL}/")
    row = paper.locator("#black-sea")
    said = row.locator(".speaker").evaluate_all(
        "all => all.map(it => [it.innerText, getComputedStyle(it, '::after').content,"
        " it.dataset.numbers])"
    )

    assert [(name, numbers) for name, _, numbers in said][:2] == [
        ("White House", "1, 2, 3, 4"),
        ("Kremlin", "4"),
    ]
    assert all(numbers in after for name, after, numbers in said if not name[0].isdigit())
    mark = row.evaluate("it => getComputedStyle(it, '::before').content")
    assert mark == '"#black-sea"'
    silent = paper.locator("#econ-deals .cells_silent")
    expect(silent).to_have_text("Silent: 2")
    expect(silent).to_be_visible()


def test_entries_are_no_grid(paper: Page, address: str) -> None:
    """Nothing is set in columns of articles; silent cells and what can be pressed are left out."""
    paper.goto(f"{address}en/{CALL}/")

    shown = paper.locator(".comparison :is(tbody, tr, th, td):visible").evaluate_all(
        "all => [...new Set(all.map(it => getComputedStyle(it).display))]"
    )
    assert shown == ["block"]
    for part in ("thead", ".cell-silent", ".fold", ".permalink", ".controls"):
        assert paper.locator(f".comparison {part}:visible, {part}:visible").count() == 0, part
    expect(paper.locator(".comparison q:visible")).to_have_count(paper.locator("q").count())


def test_printed_sources_have_their_numbers_types_and_languages(paper: Page, address: str) -> None:
    """They come before the entries, which name them by number."""
    paper.goto(f"{address}en/{CALL}/")
    sources = paper.locator(".sources li")

    for at, facts in enumerate(
        ("primary source, English", "compilation, Vietnamese", "compilation, Vietnamese", "copy, ")
    ):
        expect(sources.nth(at)).to_contain_text(facts)
    expect(sources.nth(3)).to_contain_text("Altered copy")
    assert (
        paper.locator(".sources ol").evaluate("it => getComputedStyle(it).listStyleType")
        == "decimal"
    )
    top = "it => it.getBoundingClientRect().top"
    assert paper.locator(".sources").evaluate(top) < paper.locator(".comparison").evaluate(top)


def test_paper_needs_no_colour(paper: Page, address: str) -> None:
    """Everything is black, on a dark screen too; marks and words tell the verdicts apart."""
    paper.emulate_media(media="print", color_scheme="dark")
    paper.goto(f"{address}en/{CALL}/")

    inks = paper.locator("main :visible").evaluate_all(
        "all => [...new Set(all.map(it => getComputedStyle(it).color))]"
    )
    assert inks == ["rgb(0, 0, 0)"]
    marks = paper.locator(".row_verdict .verdict").evaluate_all(
        "all => [...new Map(all.map(it => [it.className, it.innerText])).values()]"
    )
    assert len(marks) == len(set(marks)) > 4
