"""The page of the preview on how the site stands, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support.axe import axe_source, violations
from support.preview import Live, put
from support.sites import Sources

PATH = "_preview/status"
COUNT = "content/vote/count.vi.md"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory, small: Sources) -> Iterator[Live]:
    """A preview of the small site."""
    root = tmp_path_factory.mktemp("status")
    put(root, small)
    running = Live(root, "--host", "127.0.0.1")
    yield running
    assert running.stop() == 0


@pytest.fixture(params=["light", "dark"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A window on a phone in each of the two themes, that axe can be put into."""
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, color_scheme=request.param, bypass_csp=True
    )
    yield context.new_page()
    context.close()


def address(live: Live) -> str:
    return f"http://{live.host}:{live.port}/{PATH}"


def test_the_bar_of_a_page_leads_to_it_and_back(live: Live, page: Page) -> None:
    """By the keyboard alone."""
    page.goto(f"{live.url}en/river-talks/")
    link = page.locator("._preview_status")
    link.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(address(live))
    expect(page.get_by_role("heading", level=1)).to_have_text("Trang nhỏ: status")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="statement"))
    expect(row.get_by_role("cell").nth(1)).to_have_text("stale")
    back = page.get_by_role("link", name="Back to the preview")
    back.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(live.url)


def test_a_state_opens_the_file_of_its_text(live: Live, page: Page) -> None:
    """In the editor; what is missing has none."""
    page.goto(address(live))
    opens = page.get_by_role("link", name="stale: content/river-talks/statement.en.md")
    expect(opens).to_have_attribute(
        "href", f"vscode://file/{live.root}/content/river-talks/statement.en.md:1:1"
    )
    missing = page.get_by_role("cell", name="missing").first
    expect(missing.get_by_role("link")).to_have_count(0)


def test_no_rule_of_axe_is_broken(live: Live, page: Page) -> None:
    """In light and dark, on a phone, where tables are wider than the screen."""
    page.goto(address(live))
    page.evaluate(axe_source())
    assert violations(page) == []


def test_a_save_is_on_the_page(live: Live, page: Page) -> None:
    """A mistake too, with the topics that can still be read; and its cure."""
    page.goto(address(live))
    path = live.root / COUNT
    was = path.read_bytes()
    path.write_bytes(was.replace(b"outlet: ministry", b"outlet: ministri"))
    expect(page.get_by_role("heading", name="Mistakes: 1")).to_be_visible()
    expect(page.get_by_text("no outlet `ministri`").first).to_be_visible()
    expect(page.get_by_text("vote: not shown, there are mistakes in it")).to_be_visible()
    expect(page.get_by_role("rowheader", name="gazette")).to_be_visible()
    path.write_bytes(was)
    expect(page.get_by_role("rowheader", name="count")).to_be_visible()


def test_a_site_file_that_cannot_be_read_is_told_of(live: Live, page: Page) -> None:
    """As the page of the problems alone."""
    path: Path = live.root / "site.yaml"
    was = path.read_bytes()
    path.write_bytes(b"title: [\n" + was)
    page.goto(address(live))
    expect(page.get_by_role("link", name="site.yaml:").first).to_be_visible()
    path.write_bytes(was)
    expect(page.get_by_role("rowheader", name="gazette")).to_be_visible()


def test_another_host_is_not_answered(live: Live) -> None:
    """As for all that the preview serves."""
    assert live.get(f"/{PATH}", Host="evil.example").status == 403
    assert live.get(f"/{PATH}").status == 200
