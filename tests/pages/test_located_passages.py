"""Proposed locators, followed in a real browser to the paragraph they were made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from passages import begins, land
from playwright.sync_api import Browser, Page

from briefing.checks.locating.proposals import Locating, write_locator
from briefing.commands.arguments import ROOT
from briefing.content.parse import parse_site
from briefing.rendering.text_fragments import text_directive
from briefing.storage.read_sources import read_article_texts
from support.kept_texts import Case, passages
from support.nightly import Some
from support.sites import Sources

NUMBER, BY_DAY = 300, 24


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    return browser.new_page(viewport={"width": 1280, "height": 800})


@pytest.fixture(scope="module")
def cases(own: Sources) -> list[Case]:
    """Random passages of texts that are nowhere, and of those that are kept here, if any are."""
    texts = read_article_texts(ROOT)
    kept = [
        (article.language, texts[path].decode())
        for topic in parse_site(own).topics
        for article in topic.articles
        if (path := f"{topic.id}/{article.id}.txt") in texts
    ]
    return [*passages(NUMBER, kept)]


def misses(page: Page, cases: list[Case]) -> Iterator[str]:
    """Give each locator that leads elsewhere than to its paragraph, or that there is none."""
    for case in cases:
        locator = Locating(case.text, case.language).propose(case.place)
        if locator is None:
            yield "none"
            continue
        paragraphs = case.text.text.split("\n")
        wanted = case.text.text.count("\n", 0, case.place.start)
        shown = land(page, paragraphs, case.language, text_directive(locator))
        if (begins(paragraphs, locator), shown) != (wanted, wanted):
            yield f"{write_locator(locator, case.language)}: {shown}, not {wanted}"


def test_whatever_is_proposed_leads_to_the_paragraph_it_is_of(
    page: Page, cases: list[Case], some: Some
) -> None:
    """In three languages, in texts that say many things twice."""
    tried = some(cases, BY_DAY, kind=lambda case: case.language)
    missed = Counter(misses(page, tried))
    none = missed.pop("none", 0)
    assert not missed
    assert none < len(tried) / 2, "what cannot be told from the rest has no locator"
