"""The comparison page in a real browser: alone and facing, filtered, on a phone, on paper."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from itertools import combinations

import pytest
from playwright.sync_api import Browser, Page, expect

from briefing.comparison.compare import Comparison, compare_topic
from briefing.content.parse import parse_site
from support.nightly import Some
from support.readers import FOLDERS, press

CALL = "trump-putin-call-2025-03"
AGREE = ("compatible", "side-by-side", "agree", "one-side", "one-voice")


@pytest.fixture(scope="module")
def comparison(real: dict[str, bytes]) -> Comparison:
    briefing = parse_site(real)
    topic = next(topic for topic in briefing.topics if topic.id == CALL)
    return compare_topic(topic, briefing.voices)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A small phone."""
    context = browser.new_context(viewport={"width": 360, "height": 720})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("ways", list(combinations(FOLDERS, 2)), ids="-".join)
def test_the_toggle_keeps_the_point_from_every_row(
    page: Page, address: str, comparison: Comparison, ways: tuple[str, str], some: Some
) -> None:
    """There and back in each of its three states: one arrives at the row that is read, in sight."""
    here, there = ways
    page.goto(f"{address}{here}/{CALL}/")
    for row in some(comparison.rows, 3):
        page.evaluate("id => location.hash = id", row.point.id)
        for to in (there, here):
            press(page, to)
            expect(page).to_have_url(f"{address}{to}/{CALL}/#{row.point.id}")
            expect(page.locator(f"#{row.point.id}")).to_be_in_viewport()


@pytest.mark.parametrize("point", ["call-length", "black-sea", "zelensky"])
def test_the_toggle_keeps_the_point_on_a_phone(phone: Page, address: str, point: str) -> None:
    """Rows that were never in sight are laid out late there, and still one arrives at the row."""
    phone.goto(f"{address}vi/{CALL}/#{point}")
    for to in ("en", "vi-en", "vi"):
        press(phone, to)
        expect(phone).to_have_url(f"{address}{to}/{CALL}/#{point}")
        expect(phone.locator(f"#{point}")).to_be_in_viewport()


def test_a_link_of_the_tally_shows_its_rows_alone(
    browser: Browser, address: str, comparison: Comparison
) -> None:
    """A verdict, or a family of them, with a script or without; one link shows all rows again."""
    counts = {verdict: len(rows) for verdict, rows in comparison.sections}
    shown = {f"_s-{verdict}": n for verdict, n in counts.items()}
    shown["_f-agree"] = sum(n for verdict, n in counts.items() if verdict in AGREE)
    for script in (True, False):
        context = browser.new_context(java_script_enabled=script)
        page = context.new_page()
        page.goto(f"{address}en/{CALL}/")
        links = page.locator(".tally a:visible")
        anchors = links.evaluate_all("all => all.map(a => a.hash.slice(1))")
        assert set(anchors) == set(shown)
        for at, anchor in enumerate(anchors):
            links.nth(at).click()
            expect(page.locator(".comparison_row:visible")).to_have_count(shown[anchor])
            expect(page.locator(f"#{anchor}")).to_be_in_viewport()
        page.locator(".filter_all a").click()
        expect(page.locator(".comparison_row:visible")).to_have_count(len(comparison.rows))
        expect(page.locator(".filter_all")).to_be_hidden()
        context.close()


def test_a_subject_shows_its_points_only(page: Page, address: str, comparison: Comparison) -> None:
    """Choosing a group hides the rows of the others, and sections that are empty by it."""
    page.goto(f"{address}vi/{CALL}/")
    page.locator(".choose_group").select_option("talks")

    of_group = [row for row in comparison.rows if row.point.group == "talks"]
    expect(page.locator(".comparison_row:visible")).to_have_count(len(of_group))
    sections = {row.judgement.verdict for row in of_group}
    expect(page.locator(".comparison_section:visible")).to_have_count(len(sections))


def test_every_line_of_the_picture_leads_to_its_row(
    page: Page, address: str, comparison: Comparison
) -> None:
    """In the order of the table, without those of one article; the others have a link of theirs."""
    page.goto(f"{address}vi/{CALL}/")
    links = page.locator(".coverage_line").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    rows = page.locator(".comparison_row").evaluate_all(
        "all => all.filter(row => !row.closest('#_s-only-one')).map(row => '#' + row.id)"
    )
    assert links == rows
    alone = len(comparison.rows) - len(rows)
    expect(page.locator('.coverage_rest a[href="#_s-only-one"]')).to_contain_text(f"{alone}")

    page.locator('.coverage_line[href="#mideast"]').click()
    expect(page.locator("#mideast")).to_be_in_viewport()


def test_a_row_says_who_holds_which_position(page: Page, address: str) -> None:
    """In one sentence for each value, in the language of the page."""
    page.goto(f"{address}en/{CALL}/")
    positions = page.locator("#halt-scope .position")

    assert [" ".join(text.split()) for text in positions.all_inner_texts()] == [
        "White House, Donald Trump, 2 (own words) and 4 (own words): energy and infrastructure.",
        "Kremlin and 2 (own words): energy infrastructure.",
    ]


def test_on_a_phone_the_second_language_comes_on_tap(phone: Page, address: str) -> None:
    """Paragraph by paragraph and row by row, or everywhere at once; no script is needed."""
    phone.goto(f"{address}vi-en/{CALL}/")
    row = phone.locator("#halt-scope")
    expect(row.locator(".facing_second")).to_be_hidden()
    row.get_by_label("English").check()
    expect(row.locator(".facing_second")).to_be_visible()
    expect(phone.locator("#mideast .facing_second")).to_be_hidden()

    phone.locator(".facing_all input").check()
    expect(phone.locator("#mideast .facing_second")).to_be_visible()
    expect(phone.locator("#_p2 .facing_second")).to_be_visible()


def test_facing_texts_stand_beside_each_other(page: Page, address: str) -> None:
    """On a wide screen paragraph n of one language begins where paragraph n of the other does."""
    page.goto(f"{address}vi-en/{CALL}/gia-lai/")
    pairs = page.locator(".prose .facing_pair")
    tops = pairs.evaluate_all(
        "pairs => pairs.map(pair => ['.facing_first', '.facing_second'].map("
        "part => pair.querySelector(part).getBoundingClientRect()))"
    )

    assert len(tops) == 5
    for first, second in tops:
        assert first["top"] == second["top"]
        assert first["right"] <= second["left"]


def test_everything_works_without_a_script(browser: Browser, address: str) -> None:
    """Reading, the toggle in three states, the facing page, opening a verdict, filtering."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 720})
    page = context.new_page()
    page.goto(f"{address}vi/{CALL}/#black-sea")
    page.locator("#black-sea .fold summary").click()
    expect(page.locator("#black-sea .why li").first).to_be_visible()
    expect(page.locator(".chooser_boxes")).to_be_hidden()
    page.locator("#black-sea .fold").get_by_role("link", name="VI·EN").click()
    expect(page).to_have_url(f"{address}vi-en/{CALL}/#black-sea")
    page.locator("#black-sea").get_by_label("English").check()
    expect(page.locator("#black-sea .facing_second")).to_be_visible()
    page.locator("#black-sea .fold summary").first.click()
    page.locator("#black-sea .fold").get_by_role("link", name="English", exact=True).click()
    expect(page).to_have_url(f"{address}en/{CALL}/#black-sea")
    page.locator(".toggle").get_by_role("link", name="Both languages").click()
    expect(page).to_have_url(f"{address}vi-en/{CALL}/")
    context.close()


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_after_it_is_shown(
    browser: Browser, address: str, folder: str, width: int
) -> None:
    """The layout shift of a comparison page is nought (https://web.dev/articles/cls)."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{address}{folder}/{CALL}/")
    page.wait_for_timeout(300)
    shift = page.evaluate(
        "() => new Promise(done => new PerformanceObserver(list => done("
        "list.getEntries().reduce((sum, entry) => sum + entry.value, 0)))"
        ".observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done(0), 300))"
    )
    context.close()

    assert shift == 0


def test_a_comparison_is_light(real_site: Mapping[str, bytes]) -> None:
    """36 points in 4 articles, with all they load: at most 60 KB compressed, 8 KB of script."""
    site = real_site
    for folder in FOLDERS:
        html = site[f"{folder}/{CALL}/index.html"].decode()
        loaded = {match[1] for match in re.finditer(r'(?:src|href)="[./]*(assets/[^"]+)"', html)}
        scripts = {"assets/site.js"} | ({"assets/choices.js"} if "-" not in folder else set())
        assert loaded == {"assets/icon.svg", "assets/site.css", *scripts}
        files = [html.encode(), *(site[path] for path in loaded)]
        assert sum(len(gzip.compress(data, 6)) for data in files) <= 60_000
    assert len(site["assets/site.js"]) <= 8_000
    assert html.count('rel="stylesheet"') == html.count("<script") == 1


@pytest.mark.parametrize(
    "path", [f"vi/{CALL}/", f"vi-en/{CALL}/", f"vi-en/{CALL}/gia-lai/", "en/about/"]
)
def test_a_page_at_twice_its_size_needs_no_sideways_scrolling(
    browser: Browser, address: str, path: str
) -> None:
    """200 % of a window of 1280 pixels is one of 640, and at 400 % one of 320."""
    for width in (640, 320):
        context = browser.new_context(viewport={"width": width, "height": 512})
        page = context.new_page()
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        context.close()


def test_paper_has_no_controls_and_all_the_addresses(page: Page, address: str) -> None:
    """What cannot be pressed is not printed; sources are, in full, with the day they were read."""
    page.goto(f"{address}en/{CALL}/")
    expect(page.locator(".sources")).to_be_hidden()
    page.emulate_media(media="print")

    for part in (".toggle", ".controls", ".fold >> nth=0", ".skip >> nth=0"):
        expect(page.locator(part)).to_be_hidden()
    sources = page.locator(".sources li")
    expect(sources).to_have_count(4)
    expect(sources.nth(1)).to_contain_text("https://www.thoidai.com.vn/")
    expect(sources.nth(1)).to_contain_text(re.compile(r"ead on: \d+ November 202\d"))
    expect(page.locator("#halt-scope")).to_have_css("break-inside", "avoid")


def test_facing_pages_are_printed_with_both_languages(phone: Page, address: str) -> None:
    """On paper nothing waits for a tap."""
    phone.set_viewport_size({"width": 700, "height": 900})
    phone.goto(f"{address}vi-en/{CALL}/gia-lai/")
    phone.emulate_media(media="print")

    expect(phone.locator("#_p1 .facing_second")).to_be_visible()
    expect(phone.locator(".facing_reveal").first).to_be_hidden()


def test_the_keyboard_goes_through_a_page_in_its_order(page: Page, address: str) -> None:
    """First the way past the head, then title, languages and method; the picture can be skipped."""
    page.goto(f"{address}en/{CALL}/")
    reached = []
    for _ in range(5):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "document.activeElement.ariaLabel || document.activeElement.innerText.trim()"
            )
        )

    assert reached == [
        "Skip to the text",
        "Who Said What",
        "VI – Tiếng Việt",
        "VI·EN – Both languages",
        "How we compare",
    ]
    page.locator(".coverage .skip").focus()
    expect(page.locator(".coverage .skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#_comparison$"))


@pytest.mark.parametrize("forced", ["active", "none"])
def test_a_state_is_told_by_its_shape(page: Page, address: str, forced: str) -> None:
    """Full, hollow and dashed cells are different elements, whatever the colours are."""
    page.emulate_media(forced_colors="active" if forced == "active" else "none")
    page.goto(f"{address}en/{CALL}/")
    line = page.locator('.coverage_line[href="#call-length"]')

    shapes = line.locator(".coverage_cells use").evaluate_all(
        "all => all.map(each => each.getAttribute('href'))"
    )
    assert shapes == ["#_m-silent", "#_m-mentions", "#_m-1", "#_m-2"]
    words = page.locator("#call-length .cell")
    assert "Silent" in words.nth(0).inner_text()
    assert "Mentions it" in words.nth(1).inner_text()
