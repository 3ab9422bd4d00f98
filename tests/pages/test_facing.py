"""Two languages beside each other: what is ours in both, what the articles say once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import html5lib
import pytest
from playwright.sync_api import Browser, Page, expect

from briefing.comparison.compare import Comparison, compare_topic
from briefing.content.parse import parse_site

CALL = "trump-putin-call-2025-03"
FACING = f"vi-en/{CALL}/"
HEIGHTS = {360: 22_800, 768: 20_800, 1280: 19_250}
"""Pixels, by the width of the window, for 42 points: 60 % of what each text twice would take."""
WHOLE = (
    "() => { document.querySelectorAll('*').forEach(it => it.style.contentVisibility = 'visible');"
    " return document.documentElement.scrollHeight }"
)


@pytest.fixture(scope="module")
def comparison(real: dict[str, bytes]) -> Comparison:
    briefing = parse_site(real)
    topic = next(topic for topic in briefing.topics if topic.id == CALL)
    return compare_topic(topic, briefing.voices)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A small phone without a script."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_each_quotation_stands_once(page: Page, address: str, comparison: Comparison) -> None:
    """The words of an article are the same in whatever language we speak of them."""
    page.goto(address + FACING)
    for row in comparison.rows:
        quoted = page.locator(f'[id="{row.point.id}"] q')
        assert quoted.count() == sum(len(cell.claims) for cell in row.cells), row.point.id
    page.goto(f"{address}{FACING}gia-lai/")
    article = next(a for a in comparison.topic.articles if a.id == "gia-lai")
    expect(page.locator("q")).to_have_count(len(article.claims))


def test_our_reading_stands_in_both_languages_on_one_line(page: Page, address: str) -> None:
    """A value, a voice and a translation of ours; what is the same in both stands once."""
    page.goto(address + FACING)
    cell = page.locator("#halt-scope [data-article=gia-lai] .claim").first

    expect(cell.locator(".claim_value")).to_have_text("hạ tầng năng lượng · energy infrastructure")
    expect(cell.locator(".claim_voice")).to_contain_text("Điện Kremlin")
    expect(cell.locator(".claim_voice [lang=en]")).to_contain_text("Kremlin")
    expect(cell.locator(".claim_gloss")).to_have_count(1)  # it is in Vietnamese already
    epoch = page.locator("#halt-scope [data-article=epoch-copy] .claim").first
    expect(epoch.locator(".claim_gloss")).to_have_count(2)
    trump = page.locator("#halt-scope [data-article=thoi-dai] .claim_voice").last
    assert trump.inner_text().count("Donald Trump") == 2  # the manner differs, so it is all said


def test_label_verdict_and_positions_stand_beside_each_other(page: Page, address: str) -> None:
    """On a wide screen each begins where its counterpart does, and the words stand below both."""
    page.goto(address + FACING)
    for row in ("halt-scope", "mideast"):
        first, second, cells = (
            page.locator(f"#{row} > {part}").bounding_box()
            for part in (".facing_first", ".facing_second", ".facing_cells")
        )
        assert first
        assert second
        assert cells
        assert first["y"] == second["y"]
        assert first["x"] + first["width"] <= second["x"]
        assert cells["y"] >= max(side["y"] + side["height"] for side in (first, second))


@pytest.mark.parametrize("folder", ["vi", "en"])
def test_a_facing_page_has_every_section_of_the_single_ones(
    real_site: Mapping[str, bytes], folder: str
) -> None:
    """Whoever reads two languages is not given less than who reads one."""

    def anchors(path: str) -> set[str]:
        document = html5lib.parse(real_site[path], namespaceHTMLElements=False)
        ids = (it.get("id", "") for it in document.iter() if it.get("hidden") is None)
        return {id for id in ids if id and not re.match("_f-|_p[0-9]|_coverage", id)}

    for topic in (CALL, "alaska-summit-2025-08"):
        single = anchors(f"{folder}/{topic}/index.html")
        assert single - anchors(f"vi-en/{topic}/index.html") == set()


def test_every_summary_can_be_reached_from_a_facing_page(
    page: Page, address: str, comparison: Comparison
) -> None:
    """By its title in each language, to where it can be read in both."""
    page.goto(address + FACING)
    for number, article in enumerate(comparison.topic.articles):
        links = page.locator(".article_card").nth(number).locator("h3 a")
        shown = links.evaluate_all("all => all.map(it => [it.innerText, it.href])")
        assert shown == [
            [article.summaries[code].title, f"{address}{FACING}{article.id}/"]
            for code in ("vi", "en")
        ]
    for path in (f"data/{CALL}.json", f"data/{CALL}.csv", f"en/{CALL}/feed.xml"):
        expect(page.locator(f'.take a[href$="{path}"]').first).to_be_attached()


@pytest.mark.parametrize("width", HEIGHTS)
def test_a_facing_page_is_not_two_pages(page: Page, address: str, width: int) -> None:
    """Much shorter than everything twice; two switches show all of it."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + FACING)

    assert page.evaluate(WHOLE) <= HEIGHTS[width]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_the_second_language_comes_on_tap(phone: Page, address: str) -> None:
    """Block by block by its code, or everywhere at once; no script is needed."""
    phone.goto(address + FACING)
    row = phone.locator("#halt-scope")
    expect(row.locator(".facing_second")).to_be_hidden()
    switch = row.get_by_label("EN: English")
    expect(row.locator(".facing_reveal")).to_have_text("EN")
    switch.check()
    expect(row.locator(".facing_second")).to_be_visible()
    expect(phone.locator("#mideast .facing_second")).to_be_hidden()

    phone.locator(".facing_all input").check()
    expect(phone.locator("#mideast .facing_second")).to_be_visible()
    expect(phone.locator("#_p2 .facing_second")).to_be_visible()
    expect(phone.locator(".facing_reveal:visible")).to_have_count(0)


def test_on_a_phone_the_words_of_the_articles_come_on_tap(phone: Page, address: str) -> None:
    """In the first language, and in both once the second is shown."""
    phone.goto(address + FACING)
    row = phone.locator("#halt-scope")
    expect(row.locator("q").first).to_be_hidden()
    row.locator(".fold summary").first.click()
    expect(row.locator("q").first).to_be_visible()
    expect(row.locator(".claim_value .facing_also").first).to_be_hidden()
    row.get_by_label("EN: English").check()
    expect(row.locator(".claim_value .facing_also").first).to_be_visible()


def test_a_switch_is_large_enough_for_a_thumb(phone: Page, address: str) -> None:
    """At least 24 pixels each way (https://www.w3.org/TR/WCAG22/#target-size-minimum)."""
    for path in (FACING, f"{FACING}gia-lai/", "vi-en/about/"):
        phone.goto(address + path)
        for label in phone.locator(
            ":is(.facing_reveal, .facing_all label, .fold summary):visible"
        ).all()[:12]:
            box = label.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 24, path
