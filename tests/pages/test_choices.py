"""Choosing what is compared: what is shown then is true of the articles that were chosen."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from briefing.comparison.compare import Comparison, compare_topic
from briefing.comparison.selections import Selection
from briefing.content.parse import parse_site
from build import make_site
from support.choices import READ, Invented, keep_numbers, without
from support.nightly import Some
from support.readers import press
from support.sites import AS_OF, Sources
from support.web import base_of, serve

CALL = "trump-putin-call-2025-03"
ROWS = (
    "verdict",
    "section",
    "chip",
    "reason",
    "marks",
    "positions",
    "numbers",
    "columns",
    "claims",
    "silent",
    "cells",
)
"""What is right of each row that is shown."""


def compared(files: Mapping[str, bytes], topic_id: str) -> Comparison:
    briefing = parse_site(dict(files))
    topic = next(topic for topic in briefing.topics if topic.id == topic_id)
    return compare_topic(topic, briefing.voices)


def query(selection: Selection) -> str:
    """Give what the address says of a selection."""
    if len(selection.left_out) == 1:
        return f"?without={selection.left_out[0].id}"
    return "?only=" + "+".join(article.id for article in selection.articles)


def read(page: Page, address: str) -> dict[str, Any]:
    """Read what a page shows of its comparison, all folds open."""
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_load_state()
    page.evaluate("document.querySelectorAll('details').forEach((it) => (it.open = true))")
    found: dict[str, Any] = page.evaluate(READ)
    return found


def is_true(chosen: dict[str, Any], alone: dict[str, Any]) -> None:
    """Hold what is shown of a choice against the page of a site that has no other articles."""
    assert [row["id"] for row in chosen["rows"]] == [row["id"] for row in alone["rows"]]
    for row, other in zip(chosen["rows"], alone["rows"], strict=True):
        for part in ROWS:
            assert row[part] == other[part], (row["id"], part)
        for flags, others in zip(row["flags"], other["flags"], strict=True):
            assert set(flags) <= set(others), row["id"]
        assert set(row["why"]) <= set(other["why"]), row["id"]
    for part in ("sections", "families", "tally", "heads", "nowhere", "articles"):
        assert chosen[part] == alone[part], part
    assert chosen["whole"] == []


def site_of(comparison: Comparison, alone: Sources) -> Sources:
    """Make the site of a selection, its articles numbered as among all."""
    return make_site(keep_numbers(alone, [one.id for one in comparison.topic.articles]), AS_OF)


def test_each_choice_shows_what_a_site_of_these_articles_shows(
    page: Page, address: str, real: Sources, some: Some
) -> None:
    """Of the real topic, in both languages: every row, and every count."""
    comparison = compared(real, CALL)
    for selection in some(comparison.selections, 4, lambda one: len(one.left_out)):
        alone = without(real, f"content/{CALL}", [one.id for one in selection.left_out])
        with serve(site_of(comparison, alone), base_of(real)) as there:
            for folder in ("vi", "en"):
                is_true(
                    read(page, f"{address}{folder}/{CALL}/{query(selection)}"),
                    read(page, f"{there}{folder}/{CALL}/"),
                )


def test_each_choice_of_the_small_topics_is_true(page: Page, small: Sources) -> None:
    """One of their articles is a duplicate, and one is a voice's own statement."""
    comparison = compared(small, "river-talks")
    with serve(make_site(small, AS_OF), base_of(small)) as address:
        for selection in comparison.selections:
            alone = without(small, "content/river-talks", [one.id for one in selection.left_out])
            with serve(site_of(comparison, alone), base_of(small)) as there:
                is_true(
                    read(page, f"{address}en/river-talks/{query(selection)}"),
                    read(page, f"{there}en/river-talks/"),
                )


@pytest.mark.sampled(2)
@pytest.mark.parametrize("articles", [3, 4, 5, 7])
@pytest.mark.parametrize("seed", range(6))
def test_each_choice_of_an_invented_topic_is_true(
    page: Page, real: Sources, seed: int, articles: int, some: Some
) -> None:
    """Whoever says what, with own statements, altered copies and duplicates among the articles."""
    topic = Invented(seed, articles, points=30)
    files = topic.files(templates(real))
    comparison = compared(files, "t")
    with serve(make_site(files), base_of(files)) as address:
        for selection in some(comparison.selections, 4, lambda one: len(one.left_out)):
            alone = topic.files(templates(real), [one.id for one in selection.left_out])
            with serve(site_of(comparison, alone), base_of(files)) as there:
                is_true(
                    read(page, f"{address}en/t/{query(selection)}"), read(page, f"{there}en/t/")
                )


@pytest.fixture
def call(address: str) -> str:
    """Where the comparison is, in English."""
    return f"{address}en/{CALL}/"


def test_the_address_says_what_was_chosen(page: Page, call: str) -> None:
    """It survives a reload, and is a step that can be gone back and forth."""
    page.goto(f"{call}#halt-scope")
    articles = page.locator(".choose_articles")
    articles.select_option("without=epoch-copy")
    expect(page).to_have_url(f"{call}?without=epoch-copy#halt-scope")
    expect(page.locator(".choice_name")).to_contain_text("Without 4 The Epoch Times")
    articles.select_option("only=thoi-dai+gia-lai")
    page.locator(".choose_group").select_option("talks")
    expect(page).to_have_url(f"{call}?only=thoi-dai+gia-lai&group=talks#halt-scope")
    chosen = page.evaluate(READ)

    page.reload()
    assert page.evaluate(READ) == chosen
    for query in ("?only=thoi-dai+gia-lai", "?without=epoch-copy", ""):
        page.go_back()
        expect(page).to_have_url(f"{call}{query}#halt-scope")
        expect(articles).to_have_value(query[1:])
    expect(page.locator(".choice")).to_be_hidden()
    page.go_forward()
    expect(articles).to_have_value("without=epoch-copy")


def test_all_is_as_it_was_when_all_articles_are_shown_again(page: Page, call: str) -> None:
    """Whatever was chosen in between, and the focus is where one chooses."""
    page.goto(call)
    page.evaluate("document.querySelectorAll('details').forEach((it) => (it.open = true))")
    before = page.evaluate(READ)
    options = page.locator(".choose_articles option").evaluate_all("all => all.map(o => o.value)")
    for option in options[1:]:
        page.locator(".choose_articles").select_option(option)
        assert page.evaluate(READ) != before
    page.get_by_role("button", name="Show all articles").press("Enter")
    assert page.evaluate(READ) == before
    expect(page.locator(".choose_articles")).to_be_focused()
    expect(page).to_have_url(call)


def test_the_choice_goes_along_to_the_other_language(page: Page, address: str) -> None:
    """With the row that is read; a page that shows both languages keeps it for the way back."""
    page.goto(f"{address}en/{CALL}/?without=epoch-copy#mideast")
    for folder in ("vi", "vi-en", "en"):
        press(page, folder)
        expect(page).to_have_url(f"{address}{folder}/{CALL}/?without=epoch-copy#mideast")
    expect(page.locator(".choose_articles")).to_have_value("without=epoch-copy")
    page.locator("#mideast .fold summary").click()
    page.locator("#mideast .row_toggle").first.evaluate("it => it.click()")
    expect(page).to_have_url(f"{address}vi/{CALL}/?without=epoch-copy#mideast")


def test_a_row_that_the_address_names_is_in_sight_in_any_section(page: Page, call: str) -> None:
    """It keeps being named though it goes to the section of its new verdict."""
    page.goto(call)
    usual = page.evaluate(READ)["rows"]
    page.goto(f"{call}?without=epoch-copy")
    chosen = {row["id"]: row["verdict"] for row in page.evaluate(READ)["rows"]}
    moved = [row["id"] for row in usual if row["verdict"] != chosen[row["id"]]]
    for id in (moved[0], moved[-1]):
        page.goto("about:blank")
        page.goto(f"{call}?without=epoch-copy#{id}")
        expect(page.locator(f"#{id}:target")).to_be_in_viewport()


def test_what_changes_can_be_shown_alone(page: Page, call: str) -> None:
    """As many rows as it says, with the verdict of all articles struck out beside the new one."""
    page.goto(f"{call}?without=epoch-copy")
    box = page.locator(".choice_changed")
    number = int(box.locator(".count").inner_text())
    box.get_by_role("checkbox").press("Space")
    expect(page).to_have_url(f"{call}?without=epoch-copy&changed")
    expect(page.locator(".comparison_row:visible")).to_have_count(number)
    expect(page.locator(".comparison_row:visible .row_verdict s")).to_have_count(number)
    page.reload()
    expect(page.locator(".comparison_row:visible")).to_have_count(number)
    page.locator(".choose_articles").select_option("")
    expect(page).to_have_url(call)


def test_where_nothing_is_to_be_shown_it_is_said(page: Page, call: str) -> None:
    """And one press shows all points again."""
    page.goto(f"{call}#_s-differ")
    of_none = next(
        value
        for value in page.locator(".choose_group option").evaluate_all(
            "all => all.map((option) => option.value)"
        )[1:]
        if not page.locator(f'[id="_s-differ"] [data-group="{value}"]').count()
    )
    page.locator(".choose_group").select_option(of_none)
    empty = page.get_by_role("status").filter(has_text="No point here")
    expect(empty).to_be_visible()
    empty.get_by_role("button").click()
    expect(empty).to_be_hidden()
    expect(page.locator(".comparison_row:visible")).to_have_count(
        page.locator(".comparison_row").count()
    )


def test_an_address_that_asks_for_what_is_not_there_shows_all(page: Page, call: str) -> None:
    """An article that is gone, or a subject, or anything else."""
    page.goto(call)
    usual = page.evaluate(READ)
    for query in ("?without=nobody", "?only=a+b", "?group=none", "?changed", "?without", "?utm=x"):
        page.goto(f"{call}{query}")
        assert page.evaluate(READ) == usual, query


def test_a_row_is_cited_in_two_taps(browser: Browser, call: str) -> None:
    """Opened and copied: what was compared, when, and the address with what was chosen."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{call}?without=epoch-copy")
    row = page.locator("#halt-scope")
    row.locator(".fold summary").click()
    row.get_by_role("button", name="Copy").click()
    expect(row.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"/en/{CALL}/?without=epoch-copy#halt-scope")
    assert "Who Said What" in copied
    context.close()


def test_without_a_script_the_address_of_a_choice_is_that_of_the_page(
    browser: Browser, call: str
) -> None:
    """All articles are shown, and nothing says otherwise."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{call}?without=epoch-copy#halt-scope")
    expect(page.locator("#halt-scope:target")).to_be_in_viewport()
    expect(page.locator("#halt-scope td")).to_have_count(4)
    for part in (".choice", ".chooser_boxes", ".choice_empty", ".otherwise"):
        expect(page.locator(f"{part}:visible")).to_have_count(0)
    context.close()


def test_scripts_are_small(real_site: Mapping[str, bytes]) -> None:
    """All of it together, compressed as it is sent."""
    scripts = [real_site[f"assets/{name}.js"] for name in ("site", "choices")]
    assert sum(len(gzip.compress(script, 6)) for script in scripts) <= 5_000


def templates(real: Sources) -> Sources:
    return {
        path: data
        for path, data in real.items()
        if path.startswith("templates/") and "words/vi" not in path
    }
