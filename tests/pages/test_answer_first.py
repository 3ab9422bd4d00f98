"""The answer first: how far down it stands, how much of it is red, what is said twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

CALL = "trump-putin-call-2025-03"
PHONE: ViewportSize = {"width": 360, "height": 740}

LAID_OUT = """() => {
  const edge = (it, side) => it.getBoundingClientRect()[side] + scrollY;
  for (const each of document.querySelectorAll(".comparison_row, .article_card, .family_voice"))
    each.style.contentVisibility = "visible";
  const rows = [...document.querySelectorAll(".comparison_row")];
  const heights = rows.map((row) => row.getBoundingClientRect().height).sort((a, b) => a - b);
  return {
    height: document.documentElement.scrollHeight,
    differences: [...document.querySelectorAll(".differences_list > li")]
      .map((it) => edge(it, "bottom")),
    comparison: edge(document.querySelector("#_comparison"), "top"),
    median: heights[heights.length >> 1],
    head: document.querySelector(".comparison thead tr").getBoundingClientRect().height,
  };
}"""
RED = """() => {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = "var(--alert)";
  const alert = getComputedStyle(probe).color;
  probe.remove();
  const table = document.querySelector(".comparison");
  const rows = new Set();
  const length = {red: 0, all: 0};
  const walker = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const parent = text.parentElement;
    if (!parent.checkVisibility()) continue;
    const size = text.data.replace(/\\s+/g, "").length;
    length.all += size;
    if (!size || getComputedStyle(parent).color !== alert) continue;
    length.red += size;
    rows.add(parent.closest(".comparison_row"));
  }
  const all = table.querySelectorAll(".comparison_row").length;
  return {rows: rows.size / all, text: length.red / length.all};
}"""
SENTENCES = """() => [...document.querySelectorAll("main :is(p, li, dd, label, summary)")]
  .filter((it) => it.checkVisibility() && !it.querySelector("p, li") && !it.matches(".claim p"))
  .flatMap((it) => it.innerText.split(/(?<=[.?!])\\s+/))
  .filter((text) => /\\S+( \\S+){3,}[.?!]$/.test(text))"""
COVERED = """() => {
  const at = document.activeElement;
  if (!at.closest(".comparison") || at.closest("thead")) return false;
  const heads = [...document.querySelectorAll(".comparison thead, .comparison thead th")];
  const stuck = heads.filter((it) => getComputedStyle(it).position === "sticky");
  const tops = stuck.map((it) => it.getBoundingClientRect()).filter((it) => it.top <= 1);
  return at.getBoundingClientRect().top < Math.max(0, ...tops.map((it) => it.bottom)) - 1;
}"""


@pytest.fixture(params=["vi", "en"])
def topic(request: pytest.FixtureRequest, address: str) -> str:
    return f"{address}{request.param}/{CALL}/"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A small phone."""
    context = browser.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


def test_on_a_phone_the_answer_comes_before_all_else(phone: Page, topic: str) -> None:
    """The first difference on the first screen, all within two, and rows that fit a hand."""
    phone.goto(topic)
    laid: dict[str, Any] = phone.evaluate(LAID_OUT)

    assert laid["differences"][0] <= 740
    assert laid["differences"][-1] <= 2 * 740
    assert laid["comparison"] < 2_400
    assert laid["median"] <= 180
    assert laid["height"] <= 17_500
    assert laid["head"] <= 48


@pytest.mark.parametrize("width", [360, 1280])
def test_of_many_differences_little_is_red(page: Page, sixty: str, width: int) -> None:
    """Where nearly every row differs it is their marks alone, and no sentence is repeated."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{sixty}en/topic-0/")
    told = [text for text in page.evaluate(SENTENCES) if not text.startswith("Voice ")]

    assert page.evaluate(RED)["text"] <= 0.05
    assert {text: told.count(text) for text in told if told.count(text) > 2} == {}


@pytest.mark.parametrize("width", [360, 1280])
def test_red_is_a_dispute_or_a_claim_that_does_not_hold(page: Page, topic: str, width: int) -> None:
    """On a quarter of the rows at most, in one letter of twenty, whatever sources are damaged."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(topic)
    red = page.evaluate(RED)

    assert red["rows"] <= 0.25
    assert red["text"] <= 0.05
    assert red["text"] > 0


def test_no_sentence_stands_more_than_twice(page: Page, topic: str) -> None:
    """As the page is shown; what an article says is told where it says it."""
    page.goto(topic)
    told: list[str] = page.evaluate(SENTENCES)

    assert {text: told.count(text) for text in told if told.count(text) > 2} == {}
    assert told


@pytest.mark.parametrize("width", [768, 1280])
def test_nothing_that_has_the_focus_is_behind_the_head_of_the_table(
    page: Page, address: str, width: int
) -> None:
    """Gone through by the keyboard from the end of the table to its head."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}en/{CALL}/")
    page.locator(".comparison_key a").focus()
    covered = []
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if page.evaluate(COVERED):
            covered.append(page.evaluate("document.activeElement.outerHTML"))

    assert covered == []


def test_a_row_is_linked_by_one_tap_and_cited_by_two(page: Page, address: str) -> None:
    """Its sign leads to it; its fold has its name, the site, the date and the address as a text."""
    page.goto(f"{address}en/{CALL}/")
    row = page.locator("#halt-scope")
    row.get_by_role("link", name="Link to this row").click()
    expect(page).to_have_url(f"{address}en/{CALL}/#halt-scope")
    row.locator(".fold summary").click()
    expect(row.locator(".cite")).to_have_text(
        re.compile(
            r"^“What the halt covers”, Who Said What, as compared on \d+ \w+ \d{4}, "
            rf"https://\S+/en/{CALL}/#halt-scope$"
        )
    )


def test_cells_open_on_tap_where_there_is_no_room_for_columns(phone: Page, address: str) -> None:
    """One row or all; articles that are silent are named in one line."""
    phone.goto(f"{address}en/{CALL}/")
    row = phone.locator("#black-sea-talks")
    expect(row.locator(".cell").first).to_be_hidden()
    row.locator(".fold summary").click()
    expect(row.locator(".cell:not(.cell-silent)").first).to_be_visible()
    expect(phone.locator("#halt-scope .cell").first).to_be_hidden()

    phone.locator(".cells_all input").check()
    expect(phone.locator("#halt-scope .cell").first).to_be_visible()
    silent = phone.locator(".comparison_row:has(.cell-silent)").first
    expect(silent.locator(".cells_silent")).to_be_visible()
    expect(silent.locator(".cell-silent").first).to_be_hidden()


def test_a_row_leads_to_itself_and_to_its_other_language(page: Page, address: str) -> None:
    """The summary of its fold says so before it is opened, in words."""
    page.goto(f"{address}en/{CALL}/")
    fold = page.locator("#black-sea .fold")
    expect(fold.locator("summary")).to_contain_text("Why · Cite · Tiếng Việt")
    fold.locator("summary").click()
    expect(fold.get_by_role("link", name="Link to this row")).to_have_attribute(
        "href", "#black-sea"
    )
    fold.get_by_role("link", name="Tiếng Việt").click()
    expect(page).to_have_url(f"{address}vi/{CALL}/#black-sea")


def test_passages_of_a_cell_have_one_link(page: Page, address: str) -> None:
    """It marks all of them in the article, and stands at the first."""
    page.goto(f"{address}en/{CALL}/")
    cells = page.locator(".comparison_row td")
    links = cells.evaluate_all("all => all.map((it) => it.querySelectorAll('q + a').length)")
    assert max(links) == 1
    cell = page.locator("#halt-scope td[data-article=thoi-dai]")
    said = cell.locator("q").count()
    assert said > 1
    link = cell.locator("q + a").get_attribute("href") or ""
    assert link.partition("#")[2].count("text=") == said


def test_a_damaged_article_is_marked_wherever_its_number_is_explained(
    page: Page, address: str
) -> None:
    """At the head of the page and in that of the table; one link shows what changes without it."""
    page.goto(f"{address}en/{CALL}/")
    signs = {".facts_article": "^4 .*⚑ Altered copy$", ".comparison thead th": "^4⚑ Altered copy"}
    for part, sign in signs.items():
        article = page.locator(f"{part}[data-article=epoch-copy]")
        expect(article).to_have_text(re.compile(sign))
        expect(page.locator(f"{part}:has(.damaged)")).to_have_count(1)
    page.get_by_role("link", name="See what changes without article 4").click()
    expect(page).to_have_url(f"{address}en/{CALL}/?without=epoch-copy&changed#_comparison")
    expect(page.locator(".comparison_row:not(:has(.row_verdict s)):visible")).to_have_count(0)
    expect(page.locator(".comparison_row:visible")).not_to_have_count(0)


def test_a_mark_says_by_number_what_a_row_rests_on(page: Page, address: str) -> None:
    """The sentence stands once above the table, and in the fold of the row."""
    page.goto(f"{address}en/{CALL}/")
    expect(page.locator("#black-sea .rests")).to_have_text(re.compile("⚑4.*rests on 4"))
    expect(page.locator(".notice-sources")).to_contain_text("4 is an altered copy; ")
    page.locator("#black-sea .fold summary").click()
    expect(page.locator("#black-sea .why")).to_contain_text("altered copy")
