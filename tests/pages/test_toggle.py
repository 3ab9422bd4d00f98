"""The toggle stays where the reader is: in any letters, window, zoom and language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from build import make_site
from support.nightly import Some
from support.readers import (
    FOLDERS,
    LETTERS,
    VIEWS,
    Block,
    Seen,
    View,
    bring,
    look,
    place_taken,
    press,
    with_letters,
)
from support.sites import AS_OF
from support.web import base_of, serve

CALL = "trump-putin-call-2025-03"
SUMMARY = f"{CALL}/gia-lai/"
TOPIC = f"{CALL}/"
ROUND = (*FOLDERS, FOLDERS[0])
"""Every folder, and back to the first."""

Served = Mapping[str, str]


@pytest.fixture(scope="module")
def addresses(real_site: Mapping[str, bytes], real: dict[str, bytes]) -> Iterator[Served]:
    """Where the site is served, in each kind of letters, and from right to left."""
    mirrored = {path: data.replace(b'dir="ltr"', b'dir="rtl"') for path, data in real_site.items()}
    with ExitStack() as stack:
        kinds = {letters: with_letters(real_site, letters) for letters in LETTERS}
        yield {
            name: stack.enter_context(serve(each, base_of(real)))
            for name, each in {**kinds, "mirrored": mirrored}.items()
        }


@pytest.fixture(params=VIEWS, ids=str)
def view(request: pytest.FixtureRequest) -> View:
    """A window, a zoom, and letters."""
    view: View = request.param
    return view


@pytest.fixture
def window(browser: Browser, view: View) -> Iterator[Page]:
    context = view.open(browser)
    yield context.new_page()
    context.close()


def blocks_of(page: Page, address: str) -> list[str]:
    """Give the ids of the paragraphs and the rows of a page, in their order."""
    page.goto(address)
    return [block.id for block in look(page).blocks if re.match("_p|[^_]", block.id)]


def is_at(page: Page, address: str, name: str) -> Seen:
    """Hold that the page is at an address, and that what it names is in sight."""
    expect(page).to_have_url(f"{address}#{name}")
    page.wait_for_load_state()
    seen = look(page)
    assert seen.shows(name) >= 1, (name, seen)
    return seen


AIMS: Mapping[str, Callable[[Seen, Block], float]] = {
    "as one came": lambda _, __: 0,
    "two pixels at the top": lambda seen, block: block.bottom - seen.above(block.id) - 2,
    "two pixels at the bottom": lambda seen, block: block.top - seen.height + 2,
}
READING: Mapping[str, Callable[[Seen, Block], float]] = {
    "begins on the line": lambda _, block: block.top - block.margin,
    "is crossed by the line": lambda _, block: (block.top + block.bottom) / 2 - block.margin,
    "ends two pixels below the line": lambda _, block: block.bottom - block.margin - 2,
    "ended two pixels above the line": lambda _, block: block.bottom - block.margin + 2,
}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("path", [SUMMARY, TOPIC])
def test_what_the_address_names_is_kept_as_long_as_it_is_in_sight(
    window: Page, addresses: Served, view: View, path: str, some: Some
) -> None:
    """As one came to it, with two pixels of it left above, and with two of it below."""
    address = addresses[view.letters]
    blocks = blocks_of(window, f"{address}vi/{path}")
    for name in some(blocks, 3):
        window.goto("about:blank")
        window.goto(f"{address}vi/{path}#{name}")
        is_at(window, f"{address}vi/{path}", name)
        for there, aim in zip(ROUND[1:], AIMS, strict=True):
            assert bring(window, name, AIMS[aim]).shows(name) >= 1, (name, aim)
            press(window, there)
            is_at(window, f"{address}{there}/{path}", name)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("path", [SUMMARY, TOPIC])
def test_what_is_read_is_taken_along_where_nothing_is_named(
    window: Page, addresses: Served, view: View, path: str, some: Some
) -> None:
    """The block that crosses the line where a named one would be put, or else the next below."""
    address = addresses[view.letters]
    for here, there in pairwise(ROUND):
        for name in some(blocks_of(window, f"{address}{here}/{path}"), 2):
            for aim, missing in READING.items():
                seen = bring(window, name, missing)
                expected = seen.read() if seen.scroll >= 1 else ""
                assert place_taken(window, there) == expected, (here, name, aim, seen)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("path", [SUMMARY, TOPIC])
def test_what_is_read_is_taken_along_where_what_is_named_is_out_of_sight(
    window: Page, addresses: Served, view: View, path: str
) -> None:
    """Who came to the first block and reads the last lands on the last, and the other way."""
    address = addresses[view.letters]
    names = blocks_of(window, f"{address}vi/{path}")
    for here, there in pairwise(ROUND):
        for named, other in ((names[0], names[-1]), (names[-1], names[1])):
            window.goto("about:blank")
            window.goto(f"{address}{here}/{path}#{named}")
            is_at(window, f"{address}{here}/{path}", named)
            seen = bring(window, other, READING["is crossed by the line"])
            if seen.toggle >= 1:
                continue
            expected = named if seen.shows(named) >= 1 else seen.read()
            press(window, there)
            is_at(window, f"{address}{there}/{path}", expected)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("path", [SUMMARY, TOPIC])
def test_ten_times_there_and_back_lead_to_the_same_place(
    window: Page, addresses: Served, view: View, path: str
) -> None:
    """To the same block, and to where it stood, but for how browsers round a position.

    They do so on arrival, and once more when what is above is laid out late.
    """
    address = addresses[view.letters]
    names = blocks_of(window, f"{address}en/{path}")
    name = names[len(names) // 2]
    window.goto(f"{address}en/{path}#{name}")
    stood: dict[str, list[float]] = {"vi-en": [], "en": []}
    for there in 10 * tuple(stood):
        press(window, there)
        seen = is_at(window, f"{address}{there}/{path}", name)
        stood[there].append(seen.block(name).top)
    assert all(max(tops) - min(tops) < 2 for tops in stood.values()), stood


def test_the_address_stays_as_it_is_for_who_goes_up_to_the_toggle(
    page: Page, addresses: Served
) -> None:
    """At the top nothing is read yet: what is named is kept, though it be far below."""
    page.set_viewport_size({"width": 360, "height": 500})
    for path, name in ((SUMMARY, "_p4"), (TOPIC, "zelensky"), (TOPIC, "_voices")):
        for anchor in (f"#{name}", ""):
            page.goto("about:blank")
            page.goto(f"{addresses['installed']}vi/{path}{anchor}")
            page.evaluate("scrollTo(0, 0)")
            look(page)
            press(page, "en")
            expect(page).to_have_url(f"{addresses['installed']}en/{path}{anchor}")


def test_sections_without_blocks_are_places_too(page: Page, addresses: Served) -> None:
    """Who reads the voices comes to the voices; what is not there facing is kept in the address."""
    here = f"{addresses['installed']}vi/{TOPIC}"
    page.goto(f"{here}#_voices")
    look(page)
    bring(page, "_voices", lambda _, block: (block.top + block.bottom) / 2)
    press(page, "en")
    is_at(page, here.replace("/vi/", "/en/"), "_voices")
    press(page, "vi-en")
    expect(page).to_have_url(here.replace("/vi/", "/vi-en/") + "#_voices")
    press(page, "vi")
    is_at(page, here, "_voices")


def test_claims_of_a_summary_are_places_too(page: Page, addresses: Served) -> None:
    """They stand in one order in every language."""
    here = f"{addresses['installed']}vi/{SUMMARY}"
    page.goto(here)
    look(page)
    for name in ("_source", "_c-call-start", "_c-halt-days"):
        bring(page, name, READING["is crossed by the line"])
        for there, last in pairwise((*ROUND[1:], ROUND[1])):
            press(page, there)
            is_at(page, here.replace("/vi/", f"/{there}/"), name)
            assert place_taken(page, last) == name


def test_a_name_within_a_row_is_its_row(
    browser: Browser, real_site: Mapping[str, bytes], real: dict[str, bytes]
) -> None:
    """An address that names a cell keeps the row, which is there in every language."""
    path = f"vi/{TOPIC}index.html"
    before, after = real_site[path].split(b'<tr id="mideast"', 1)
    marked = {
        **real_site,
        path: before + b'<tr id="mideast"' + after.replace(b"<td ", b'<td id="it" ', 1),
    }
    with serve(marked, base_of(real)) as address:
        page = browser.new_page()
        page.goto(f"{address}vi/{TOPIC}#it")
        press(page, "en")
        is_at(page, f"{address}en/{TOPIC}", "mideast")
        page.close()


def test_a_row_that_is_filtered_away_is_not_kept(page: Page, addresses: Served) -> None:
    """It is out of sight, wherever it would be."""
    page.goto(f"{addresses['installed']}en/{TOPIC}#mideast")
    group = page.locator("#mideast").get_attribute("data-group")
    other = page.locator(f'.choose_group option:not([value=""], [value="{group}"])').first
    page.locator(".choose_group").select_option(other.get_attribute("value"))
    expect(page.locator("#mideast")).to_be_hidden()
    seen = look(page)
    assert seen.scroll >= 1
    assert place_taken(page, "vi") == seen.read() != "mideast"


@pytest.mark.parametrize("folder", FOLDERS)
def test_from_right_to_left_the_place_is_the_same(
    browser: Browser, addresses: Served, folder: str
) -> None:
    """And for who wants nothing to move."""
    context = browser.new_context(viewport={"width": 1000, "height": 400}, reduced_motion="reduce")
    page = context.new_page()
    there = ROUND[ROUND.index(folder) + 1]
    for path in (SUMMARY, TOPIC):
        here = f"{addresses['mirrored']}{folder}/{path}"
        name = blocks_of(page, here)[3]
        bring(page, name, READING["is crossed by the line"])
        press(page, there)
        is_at(page, f"{addresses['mirrored']}{there}/{path}", name)
    context.close()


def test_a_head_that_would_fill_the_window_does_not_stick(
    browser: Browser, addresses: Served, some: Some
) -> None:
    """It would cover the very row that one came for."""
    context = browser.new_context(viewport={"width": 700, "height": 300})
    page = context.new_page()
    address = f"{addresses['double']}en/{TOPIC}"
    for name in some(blocks_of(page, address), 3):
        page.goto("about:blank")
        page.goto(f"{address}#{name}")
        seen = is_at(page, address, name)
        assert seen.head <= seen.height / 2
    context.close()


def test_back_goes_to_where_one_was(page: Page, addresses: Served) -> None:
    """The toggle leaves the address and the position of the page behind as they were."""
    here = f"{addresses['installed']}vi/{SUMMARY}"
    page.set_viewport_size({"width": 360, "height": 500})
    page.goto(f"{here}#_p1")
    look(page)
    was = bring(page, "_p4", READING["is crossed by the line"])
    press(page, "en")
    is_at(page, here.replace("/vi/", "/en/"), "_p4")
    page.reload()
    is_at(page, here.replace("/vi/", "/en/"), "_p4")
    page.go_back()
    expect(page).to_have_url(f"{here}#_p1")
    assert abs(look(page).scroll - was.scroll) < 1


def test_where_a_translation_is_missing_no_place_is_made_up(
    browser: Browser, small: dict[str, bytes]
) -> None:
    """A page that stands in has the place; the nearest page of another kind has not."""
    with serve(make_site(small, AS_OF), base_of(small)) as address:
        page = browser.new_page(viewport={"width": 360, "height": 300})
        page.goto(f"{address}vi/vote/count/#_p1")
        press(page, "en")
        is_at(page, f"{address}en/vote/count/", "_p1")
        page.goto(f"{address}vi/river-talks/river-daily/#_p1")
        press(page, "vi-en")
        expect(page).to_have_url(f"{address}vi-en/river-talks/")
        page.close()
