"""The kept text stands beside a page, and its words become claims in the file of the article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from briefing.checks.content import Kind
from briefing.checks.locating.search import SearchedText
from briefing.checks.translations.word_changes import WordKind
from briefing.commands.arguments import ROOT
from briefing.commands.serve.preview_words import WORD_LANGUAGES, preview_words
from briefing.commands.serve.text_panel.article_text import claims_in
from briefing.commands.serve.writing.refusals import Refusal
from briefing.model.site import PointKind
from briefing.translation.changes import ChangeKind
from build import make_site
from support.disk import plant
from support.preview import OK, TEXT, Live, put, running_preview
from support.sites import AS_OF
from support.sites import Sources as Files
from support.web import broken_rules

KEPT = """River talks end

The talks began at eight in the evening and went on for nearly three hours, with some thirty \
delegates in Vietnam 🙂.

The council insists that the dams above the gorge stay shut until spring. The ministry confirmed \
the closure of the dams.

The talks were about water and boats, and ended with some reserve. They will meet again in July.

Each boat 🙂 pays a fee of twelve for the lock. “These are two rivers,” it said.
"""
ARTICLE = "river-talks/gazette"
LINE = b"  - {point: fees, says: 12, by: council, at: a fee of twelve}\n"
SELECT = """([line, words]) => {
  const item = document.querySelector(`._preview_kept li[value="${line}"]`);
  const walker = document.createTreeWalker(item, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    item.scrollIntoView();
    const boxes = range.getClientRects(), one = boxes[0], last = boxes[boxes.length - 1];
    return [one.left + 1, one.top + one.height / 2, last.right - 1, last.top + last.height / 2];
  }
}"""
"""Where a mouse is pressed and let go to select words of a line."""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, small: Files) -> Iterator[Live]:
    """A preview that runs, of the small site with one kept text."""
    root = tmp_path_factory.mktemp("panel")
    put(root, small)
    plant(root, {f".sources/{ARTICLE}.txt": KEPT.encode()})
    with running_preview(root, "--host", "127.0.0.1") as live:
        yield live


@pytest.fixture
def live(running: Live, small: Files) -> Iterator[Live]:
    """The preview, with the file as it was before and after."""
    path = running.root / TEXT
    path.write_bytes(small[TEXT])
    yield running
    path.write_bytes(small[TEXT])


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def open_panel(live: Live, page: Page, path: str = "en/river-talks/gazette/") -> None:
    """Open a page and the panel beside it."""
    page.goto(f"{live.url}{path}")
    page.locator("._preview_show_text").click()
    page.locator("._preview_text").wait_for()


def field(page: Page, label: str) -> str:
    """Give the selector of a field of the panel by its label."""
    return f"._preview_text label:has(> span:text-is('{label}')) :is(input, select)"


def test_words_that_are_selected_become_a_claim(live: Live, page: Page, small: Files) -> None:
    """With one press it is in the file, the page shows it, and with one more it is not."""
    open_panel(live, page)
    page.locator("._preview_kept li").first.wait_for()
    left, top, right, bottom = page.evaluate(SELECT, [9, "a fee of twelve"])
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(right, bottom, steps=4)
    page.mouse.up()
    line = page.locator("._preview_line")
    expect(line).to_have_text("- {point: …, says: …, at: a fee of twelve}")
    page.locator(field(page, "Point")).select_option("fees")
    page.locator(field(page, "Says")).fill("12")
    page.locator(field(page, "Who says it")).select_option("council")
    expect(line).to_have_text(LINE.decode().strip())
    page.get_by_role("button", name="Write it into the file", exact=True).click()
    told = page.locator("._preview_told")
    expect(told).to_contain_text("Written: gazette.en.md, line 22.")
    claim = page.locator("#_c-fees")
    expect(claim.locator("._preview_margin")).to_have_text("gazette.en.md:22 ✓ proved")
    assert (live.root / TEXT).read_bytes() == small[TEXT].replace(b"tags:", LINE + b"tags:")
    expect(page.locator("._preview_mark", has_text="a fee of twelve")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(told).to_have_text("Undone.")
    expect(claim).to_have_count(0)
    assert (live.root / TEXT).read_bytes() == small[TEXT]


def test_what_the_words_mean_is_written_for_readers_of_other_languages(
    live: Live, page: Page, small: Files
) -> None:
    """There is a field for each of them, and none for the language of the article."""
    open_panel(live, page)
    page.locator(field(page, "Words of the article")).fill("a fee of twelve")
    page.get_by_role("button", name="Find").click()
    page.locator(field(page, "Point")).select_option("fees")
    page.locator(field(page, "Says")).fill("12")
    expect(page.locator("._preview_glosses input")).to_have_count(1)
    page.locator(field(page, "What the words mean (Tiếng Việt)")).fill("phí 12")
    line = "- {point: fees, says: 12, at: {start: a fee of twelve, gloss: {vi: phí 12}}}"
    expect(page.locator("._preview_line")).to_have_text(line)
    page.get_by_role("button", name="Write it into the file", exact=True).click()
    expect(page.locator("._preview_told")).to_contain_text("Written: gazette.en.md")
    added = f"  {line}\n".encode()
    assert (live.root / TEXT).read_bytes() == small[TEXT].replace(b"tags:", added + b"tags:")


def test_the_keyboard_is_enough(live: Live, page: Page, small: Files) -> None:
    """From the bar to the file, with words typed as they are remembered."""
    page.goto(f"{live.url}en/river-talks/gazette/")
    opener = page.locator("._preview_show_text")
    opener.wait_for()
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    page.locator("._preview_kept li").first.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.type("A FEE of  twelve")
    page.keyboard.press("Enter")
    page.locator("._preview_line").wait_for()
    page.locator(field(page, "Point")).focus()
    page.keyboard.type("Fees")
    page.keyboard.press("Tab")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.locator("._preview_told")).to_contain_text("Written")
    assert b"{point: fees, says: 12, at: a fee of twelve}" in (live.root / TEXT).read_bytes()
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    expect(page.locator("._preview_told")).to_have_text("Undone.")
    page.keyboard.press("Escape")
    expect(page.locator("._preview_text")).to_have_count(0)
    expect(opener).to_be_focused()
    assert (live.root / TEXT).read_bytes() == small[TEXT]


@pytest.mark.parametrize("path", ["en/river-talks/gazette/", "en/river-talks/"])
def test_a_claim_leads_to_its_words_and_they_to_it(live: Live, page: Page, path: str) -> None:
    """On the page of the article and on that of the topic."""
    open_panel(live, page, path)
    page.get_by_role("button", name="Close").click()
    at = page.locator("._preview_margin[data-name='gazette.en.md:14'] ._preview_at").first
    at.evaluate("(e) => { for (; e; e = e.parentElement) if (e.open === false) e.open = true }")
    at.click()
    mark = page.locator("._preview_mark", has_text="some thirty delegates")
    expect(mark).to_be_focused()
    page.locator("._preview_mark", has_text="in July").click()
    expect(page.locator("._preview_margin[data-name='gazette.en.md:20'] a").first).to_be_focused()


def test_what_was_written_can_be_undone_after_a_reload(
    live: Live, page: Page, small: Files
) -> None:
    """The page of a topic is loaded again when its rows change; the panel stays, and Undo in it."""
    open_panel(live, page, "en/river-talks/")
    page.locator("._preview_choose").select_option(ARTICLE)
    page.locator("._preview_kept li").first.wait_for()
    page.locator(field(page, "Words of the article")).fill("a fee of twelve")
    page.get_by_role("button", name="Find").click()
    page.locator(field(page, "Point")).select_option("fees")
    page.locator(field(page, "Says")).fill("12")
    page.get_by_role("button", name="Write it into the file", exact=True).click()
    page.locator("#fees ._preview_margin", has_text="gazette.en.md:22").wait_for(state="attached")
    page.reload()
    expect(page.locator("._preview_told")).to_contain_text("Written: gazette.en.md, line 22.")
    expect(page.locator("._preview_choose")).to_have_value(ARTICLE)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("._preview_told")).to_have_text("Undone.")
    assert (live.root / TEXT).read_bytes() == small[TEXT]


def test_a_text_that_is_not_kept_is_told_of(live: Live, page: Page) -> None:
    """With where to keep it; as soon as it is there, it is shown."""
    open_panel(live, page, "en/river-talks/statement/")
    about = page.locator("._preview_about")
    expect(about).to_contain_text(".sources/river-talks/statement.txt")
    expect(page.locator("._preview_kept")).to_be_hidden()


def test_a_save_in_between_is_told_in_the_panel(live: Live, page: Page, small: Files) -> None:
    """And nothing is written over it."""
    open_panel(live, page)
    page.locator("._preview_kept li").first.wait_for()
    page.locator(field(page, "Words of the article")).fill("a fee of twelve")
    page.get_by_role("button", name="Find").click()
    page.locator(field(page, "Point")).select_option("fees")
    page.locator(field(page, "Says")).fill("12")
    saved = small[TEXT] + b"\nSaved.\n"

    def save(route: Route) -> None:
        (live.root / TEXT).write_bytes(saved)
        route.continue_()

    page.route("**/_preview/edit.json", save)
    page.get_by_role("button", name="Write it into the file", exact=True).click()
    told = page.locator("._preview_told")
    expect(told).to_have_text(preview_words("en")["refused_saved"])
    assert (live.root / TEXT).read_bytes() == saved
    page.unroute("**/_preview/edit.json")
    page.locator("main", has_text="Saved.").wait_for()
    page.locator(field(page, "Says")).fill("many")
    page.get_by_role("button", name="Write it into the file", exact=True).click()
    expect(told).to_contain_text("Nothing was written:")
    expect(told).to_contain_text("many")
    assert (live.root / TEXT).read_bytes() == saved


@pytest.mark.parametrize("width", [360, 1280])
def test_a_claim_without_a_passage_gets_one(
    live: Live, page: Page, small: Files, width: int
) -> None:
    """While that is a mistake, which lies over the page, the panel stands beside it and works."""
    page.set_viewport_size({"width": width, "height": 800})
    path = live.root / TEXT
    open_panel(live, page)
    page.locator("._preview_kept li").first.wait_for()
    path.write_bytes(small[TEXT].replace(b", at: some thirty delegates", b"", 1))
    page.locator("._preview_problems").wait_for()
    page.locator(field(page, "Words of the article")).fill("some thirty delegates")
    page.get_by_role("button", name="Find").click()
    page.locator(field(page, "What it is for")).select_option("14")
    expect(page.locator("._preview_line")).to_have_text("at: some thirty delegates")
    page.locator("._preview_acts button").first.click()
    page.locator("._preview_problems").wait_for(state="detached")
    assert path.read_bytes() == small[TEXT]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["vi/river-talks/gazette/", "en/river-talks/"])
def test_the_panel_can_be_used_by_everybody(
    live: Live, browser: Browser, path: str, width: int, scheme: str
) -> None:
    """No rule of axe is broken, and nothing is wider than the window."""
    size = {"width": width, "height": 800}
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    open_panel(live, page, path)
    page.locator("._preview_kept, ._preview_about:not(:empty)").first.wait_for()
    if not path.endswith("gazette/"):
        page.locator("._preview_choose").select_option(ARTICLE)
    page.locator("._preview_mark").first.wait_for()
    page.locator("._preview_find input").fill("two fees of twelve")
    page.locator("._preview_find button").click()
    page.locator("._preview_places li button").first.click()
    page.locator("._preview_line").wait_for()

    assert broken_rules(page) == []
    assert page.evaluate("document.querySelector('._preview_text').scrollWidth") <= width
    context.close()


def test_a_vietnamese_page_has_the_preview_in_vietnamese(live: Live, page: Page) -> None:
    """Bar, marks and panel; what the program says of a text is English, and marked as that."""
    open_panel(live, page, "vi/river-talks/gazette/")
    expect(page.locator("._preview_text h2")).to_have_text("Bản lưu nguyên văn")
    assert "✓ đã đối chiếu" in page.locator("._preview_margin").all_text_contents()[0]
    assert "về bản dịch" in page.locator("._preview_warnings summary").inner_text()
    path = live.root / TEXT
    path.write_bytes(path.read_bytes().replace(b"title:", b"titel:", 1))
    over = page.locator("._preview_problems")
    expect(over.locator("h2")).to_contain_text("bên dưới là trang dựng được gần nhất")
    assert over.get_attribute("lang") == "vi"
    assert over.locator("p").first.get_attribute("lang") == "en"


def test_the_words_of_the_preview_are_complete() -> None:
    """Every word that is shown is there in each language, with what is filled in."""
    folder = ROOT / "briefing/commands/serve"
    code = "".join(path.read_text() for path in folder.rglob("*.js"))
    used = set(re.findall(r'\b(?:word|labelled|button)\(\s*"([^"]+)"', code))
    used |= {f"hint_{kind}" for kind in PointKind} | {*Kind, *Refusal}
    used |= {"proved", "missing", "unread", "title", "dek", "then", "now"}
    used |= {f"became_{kind}" for kind in ChangeKind}
    used |= {f"kind_{kind.value}" for kind in WordKind if kind.value}
    english = preview_words("en")
    plain = {key.removesuffix("_one").removesuffix("_other") for key in english}

    assert len(used) > 50
    assert used - plain - english.keys() == set()
    for language in WORD_LANGUAGES:
        words = preview_words(language)
        assert words.keys() | {"problems_one"} == english.keys()
        assert all(text.strip() for text in words.values())
        for key, text in words.items():
            assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", english[key]))


@pytest.mark.promise(13)
def test_a_kept_text_is_for_pages_of_this_run(live: Live) -> None:
    """Who does not have the token, or comes by another name, is given none of it."""
    asked = f"/_preview/text.json?{urlencode({'article': ARTICLE, 'language': 'en'})}"
    find = f"/_preview/locate.json?{urlencode({'article': ARTICLE, 'words': 'river'})}"
    token = {"Preview-Token": live.token()}
    for path in (asked, find):
        assert live.get(path, **token).status == OK
        for headers in ({}, {"Preview-Token": "x"}, {**token, "Host": "evil.example"}):
            answer = live.get(path, **headers)
            assert answer.status == 403
            assert b"River" not in answer.body
    for path in ("&article=no/such", "&article=river-talks/none", "&article="):
        assert json.loads(live.get(f"/_preview/text.json?{path}", **token).body) is None
    for wrong in ("start=x&end=3", "start=-1&end=2", f"start=1&end={'9' * 30}"):
        assert live.get(f"{find}&{wrong}", **token).status == 400
    nothing = json.loads(live.get(f"{find}&start=9&end=3", **token).body)
    assert nothing == {"places": [], "found": False}


def test_nothing_of_the_preview_is_in_a_built_site(small: Files) -> None:
    """Neither its marks nor its words."""
    pages = {path: data for path, data in make_site(small, AS_OF).items() if path.endswith(".html")}
    assert [path for path, data in pages.items() if b"_preview" in data] == []


def test_a_passage_is_marked_where_a_reader_is_led(small: Files) -> None:
    """By what stands around it; one that is not there has no mark."""
    text = SearchedText(KEPT)
    claims = {each.line: each for each in claims_in(TEXT, small[TEXT], text)}
    marked = {line: text.text[each.start or 0 : each.end or 0] for line, each in claims.items()}
    assert marked[15] == "the dams above the gorge stay shut"
    assert marked[14] == "some thirty delegates"
    claimed = "  - {point: a, at: nowhere}\n  - {point: b, at: …}\n  - {point: c}\n"
    lead = f"---\nclaims:\n{claimed}---\n".encode()
    assert [each.start for each in claims_in(TEXT, lead, text)] == [None, None, None]
    assert claims_in(TEXT, b"---\n{\n---\n", text) == ()
