"""A translation is written on the page, beside its original, by keyboard alone; no word is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from briefing.commands.main import main
from briefing.commands.serve.preview_words import preview_words
from support.disk import plant
from support.preview import EDIT, OK, Live, put, running_preview
from support.sites import Sources as Files
from support.web import broken_rules

TALKS = "content/river-talks"
ORIGINAL, PATH = f"{TALKS}/topic.vi.md", f"{TALKS}/topic.en.md"
KEPT = f"{TALKS}/.translated/topic.en.md"
PAGE = "vi-en/river-talks/"
WAS, IS = "Hai bên khác nhau", "Ba bên, sau 30 ngày, khác nhau"
NEW = "Three sides differ on [the dams](point:dams) after 30 days."
WORDS = preview_words("vi")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, small: Files) -> Iterator[Live]:
    """A preview that runs, of the small site, in which one translation was right."""
    root = tmp_path_factory.mktemp("translator")
    put(root, small)
    assert main(["ack", PATH, "--root", str(root)]) == 0
    with running_preview(root, "--host", "127.0.0.1") as live:
        yield live


@pytest.fixture
def live(running: Live) -> Iterator[Live]:
    """The preview; the first paragraph of the original has changed. All is put back at the end."""
    paths = (ORIGINAL, PATH, KEPT)
    files = {path: (running.root / path).read_bytes() for path in paths}
    changed = files[ORIGINAL].decode().replace(WAS, IS).encode()
    (running.root / ORIGINAL).write_bytes(changed)
    yield running
    plant(running.root, files)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def open_page(live: Live, page: Page) -> None:
    """Open the page with both languages, once it shows that a paragraph is behind."""
    page.goto(f"{live.url}{PAGE}")
    expect(page.locator("._preview_next")).to_have_text(WORDS["next_behind"].replace("{n}", "1"))


def open_editor(live: Live, page: Page) -> Locator:
    """Open the editor of what is behind; give its text field."""
    open_page(live, page)
    page.keyboard.press("Alt+n")
    page.keyboard.press("Enter")
    area = page.locator("._preview_editor textarea")
    expect(area).to_be_focused()
    return area


def read(live: Live, path: str = PATH) -> str:
    return (live.root / path).read_text(encoding="utf-8")


def block(page: Page, words: str) -> Locator:
    """Give the paragraph of the page that has some words."""
    return page.locator(".facing_second .facing_block", has_text=words)


def test_what_is_behind_is_written_by_keyboard_alone(live: Live, page: Page) -> None:
    """It is reached, written, seen on the page, in the file and noted; and undone."""
    before = read(live)
    area = open_editor(live, page)
    changed = page.locator("._preview_changed")
    expect(changed.locator("li").first).to_contain_text("số")
    expect(changed).to_contain_text("30 ngày")
    expect(changed).to_contain_text(f"{WORDS['then']}: {WAS}")
    expect(area).to_have_value("The sides differ on [the dams](point:dams).")
    page.keyboard.press("Control+a")
    page.keyboard.type(NEW)
    page.keyboard.press("Control+Enter")
    expect(block(page, "Three sides differ")).to_be_visible()
    expect(page.locator("#_p1 ._preview_edit")).to_be_focused()
    expect(page.locator("#_p1 ._preview_outcome")).to_contain_text(
        WORDS["written_noted"].replace("{name}", "topic.en.md")
    )
    expect(page.locator("._preview_next")).to_have_count(0)
    expect(page.locator(".facing_second .prose_stale")).to_have_count(0)
    old, new = before.splitlines(), read(live).splitlines()
    differing = [at for at, both in enumerate(zip(old, new, strict=True)) if both[0] != both[1]]
    assert [new[at][:3] for at in differing] == ["of:", "Thr"]
    assert new[differing[1]] == NEW
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(block(page, "Three sides differ")).to_have_count(0)
    expect(page.locator("#_p1 ._preview_outcome")).to_have_text(WORDS["undone"])
    assert read(live) == before


def test_what_is_still_right_is_said_with_one_press(live: Live, page: Page) -> None:
    """Not a word changes."""
    before = read(live).splitlines()
    open_editor(live, page)
    page.get_by_role("button", name=WORDS["still_right"]).press("Enter")
    expect(page.locator("._preview_next")).to_have_count(0)
    changed = [line for line in read(live).splitlines() if line not in before]
    assert [line[:3] for line in changed] == ["of:"]


def test_what_was_typed_is_there_again_after_escape_and_after_a_reload(
    live: Live, page: Page
) -> None:
    """The focus returns to the button; the words of the file can be had back."""
    area = open_editor(live, page)
    page.keyboard.type(" More")
    page.keyboard.press("Escape")
    edit = page.locator("#_p1 ._preview_edit")
    expect(edit).to_be_focused()
    expect(page.locator("#_p1 ._preview_outcome")).to_have_text(WORDS["put_away"])
    page.keyboard.press("Enter")
    expect(area).to_have_value("The sides differ on [the dams](point:dams). More")
    page.reload()
    expect(area).to_have_value("The sides differ on [the dams](point:dams). More")
    page.get_by_role("button", name=WORDS["as_in_file"]).press("Enter")
    expect(area).to_have_value("The sides differ on [the dams](point:dams).")
    expect(area).to_be_focused()
    page.keyboard.press("Escape")
    expect(edit).to_be_focused()
    expect(page.locator("#_p1 ._preview_outcome")).to_be_empty()


def test_a_mistake_is_told_and_the_words_stay(live: Live, page: Page) -> None:
    """Nothing is written."""
    before = read(live)
    area = open_editor(live, page)
    for words, message in (
        ("A [link](point:nowhere).", "no point `nowhere`"),
        ("One.\n\nTwo.", "paragraph 1 would become 2 paragraphs"),
    ):
        area.fill(words)
        page.keyboard.press("Control+Enter")
        expect(page.locator("._preview_editor ._preview_refused")).to_contain_text(message)
        expect(area).to_have_value(words)
    assert read(live) == before


def test_a_newer_save_is_not_written_over_unseen(live: Live, page: Page) -> None:
    """The words that are in the file now are shown; the next press writes over them."""
    area = open_editor(live, page)
    area.fill(NEW)
    saved = read(live).replace("The sides differ", "Both sides differ")

    def save(route: Route) -> None:
        (live.root / PATH).write_text(saved, encoding="utf-8")
        route.continue_()

    page.route("**/_preview/edit.json", save)
    page.keyboard.press("Control+Enter")
    expect(page.locator("._preview_editor ._preview_refused")).to_have_text(WORDS["refused_saved"])
    expect(page.locator("._preview_disk pre")).to_contain_text("Both sides differ")
    expect(area).to_have_value(NEW)
    assert read(live) == saved
    page.unroute("**/_preview/edit.json")
    area.focus()
    page.keyboard.press("Control+Enter")
    expect(block(page, "Three sides differ")).to_be_visible()


def test_a_lost_connection_keeps_what_was_typed(live: Live, page: Page) -> None:
    """It is told; once the connection is back, it is written."""
    area = open_editor(live, page)
    area.fill(NEW)
    page.route("**/_preview/edit.json", lambda route: route.abort())
    page.keyboard.press("Control+Enter")
    expect(page.locator("._preview_editor ._preview_refused")).to_have_text(WORDS["no_answer"])
    expect(area).to_have_value(NEW)
    page.unroute("**/_preview/edit.json")
    page.keyboard.press("Control+Enter")
    expect(block(page, "Three sides differ")).to_be_visible()


@pytest.mark.parametrize("where", ["above", "taken out", "elsewhere"])
def test_an_open_editor_outlives_what_others_save(live: Live, page: Page, where: str) -> None:
    """It goes with its paragraph; where that is gone, it says so. The focus stays in it."""
    area = open_editor(live, page)
    page.keyboard.type(" More")
    first = "The sides differ on [the dams](point:dams).\n\n"
    saved = {
        "above": read(live).replace(first, f"Above.\n\n{first}"),
        "taken out": read(live).replace(first, ""),
        "elsewhere": read(live).replace("See also", "And see"),
    }[where]
    (live.root / PATH).write_text(saved, encoding="utf-8")
    if where == "above":
        expect(page.locator("#_p2 ._preview_editor")).to_be_visible()
    elif where == "taken out":
        expect(page.locator(".facing_second .facing_block")).to_have_count(1)
        expect(page.locator("._preview_disk")).to_contain_text(WORDS["on_disk"])
    else:
        expect(block(page, "And see")).to_be_visible()
        expect(page.locator("._preview_disk")).to_be_empty()
    expect(area).to_have_value("The sides differ on [the dams](point:dams). More")
    expect(area).to_be_focused()
    page.keyboard.type("!")
    expect(area).to_have_value("The sides differ on [the dams](point:dams). More!")


def test_words_stay_where_the_last_paragraph_is_taken_out(live: Live, page: Page) -> None:
    """Its row is gone from the page."""
    text = read(live)
    last = "The ministry speaks"
    open_page(live, page)
    page.locator("#_p2 ._preview_edit").press("Enter")
    area = page.locator("._preview_editor textarea")
    page.keyboard.type(" More")
    gone = text[: text.index(last)].rstrip() + "\n"
    original = read(live, ORIGINAL)
    (live.root / ORIGINAL).write_text(original[: original.index("Bộ nói")], encoding="utf-8")
    (live.root / PATH).write_text(gone, encoding="utf-8")
    expect(page.locator("#_p2")).to_have_count(0)
    expect(page.locator("._preview_disk")).to_have_text(WORDS["part_gone"])
    expect(area).to_be_focused()
    assert area.input_value().endswith(" More")


def test_a_title_and_the_sentence_below_it_are_written_too(live: Live, page: Page) -> None:
    """As is a paragraph that is new in the original."""
    original = read(live, ORIGINAL).replace("Bộ nói trong", "Đoạn mới.\n\nBộ nói trong")
    (live.root / ORIGINAL).write_text(original, encoding="utf-8")
    page.goto(f"{live.url}{PAGE}")
    expect(page.locator("._preview_next")).to_contain_text("2")
    for name, words in (("title", "Talks: the river"), ("dek", "Three texts.")):
        page.get_by_role("button", name=f"{WORDS['edit']}: {WORDS[name]}").press("Enter")
        page.locator("._preview_editor textarea").fill(words)
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_contain_text(words)
    page.get_by_role("button", name=WORDS["add_paragraph"]).press("Enter")
    page.locator("._preview_editor textarea").fill("A new one.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#_p2 .facing_second .facing_block")).to_have_text("A new one.")
    expect(page.locator("#_p2 ._preview_edit")).to_be_focused()
    assert 'title: "Talks: the river"\n' in read(live)
    page.locator("#_p2").get_by_role("button", name=WORDS["undo"]).press("Enter")
    expect(block(page, "A new one.")).to_have_count(0)


def test_the_page_of_a_translation_alone_is_enough(live: Live, page: Page) -> None:
    """What the original says stands above the field; the words of the preview are of the page."""
    page.goto(f"{live.url}en/river-talks/")
    expect(page.locator("._preview_next")).to_contain_text("Behind: 1")
    page.locator("#_p2 ._preview_edit").press("Enter")
    expect(page.locator("._preview_changed, ._preview_editor p").first).to_contain_text("Bộ nói")
    page.locator("._preview_editor textarea").fill("The ministry does.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".prose")).to_contain_text("The ministry does.")
    expect(page.locator("#_p2 ._preview_outcome")).to_contain_text("Written: topic.en.md")


def test_a_translation_is_begun_from_the_page(live: Live, page: Page) -> None:
    """It leads to both side by side, where all of it is to be written; and is undone."""
    page.goto(f"{live.url}vi/vote/")
    page.get_by_role("button", name="Bắt đầu dịch sang tiếng Anh").press("Enter")
    told = page.locator("._preview_bar ._preview_outcome")
    expect(told).to_contain_text("topic.en.md")
    draft = live.root / "content/vote/topic.en.md"
    assert b"draft: true" in draft.read_bytes()
    page.get_by_role("link", name=WORDS["beside"]).press("Enter")
    expect(page.locator("._preview_next")).to_be_visible()
    expect(page.locator("#_p1 ._preview_about_part")).to_have_text(WORDS["untouched"])
    page.go_back()
    page.locator("._preview_bar").get_by_role("button", name=WORDS["undo"]).press("Enter")
    expect(told).to_have_text(WORDS["undone"])
    assert not draft.exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_editor_can_be_used_by_everybody(
    live: Live, browser: Browser, width: int, scheme: str
) -> None:
    """No rule of axe is broken, and nothing is wider than the window."""
    size = {"width": width, "height": 800}
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    area = open_editor(live, page)
    area.fill("One.\n\nTwo.")
    page.keyboard.press("Control+Enter")
    page.locator("._preview_editor ._preview_refused:not(:empty)").wait_for()

    assert broken_rules(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


@pytest.mark.promise(13)
def test_the_words_of_a_translation_are_for_pages_of_this_run(live: Live) -> None:
    """Who does not have the token is given none of it, and writes none of it."""
    path = f"/_preview/translator.json?{urlencode({'page': f'{PAGE}index.html'})}"
    token = {"Preview-Token": live.token()}
    (text,) = json.loads(live.get(path, **token).body)["texts"]
    assert text["path"] == PATH
    for headers in ({}, {"Preview-Token": "x"}, {**token, "Host": "evil.example"}):
        answer = live.get(path, **headers)
        assert answer.status == 403
        assert b"river" not in answer.body
    before = read(live)
    original, shown = (sha256(read(live, path).encode()).hexdigest() for path in (ORIGINAL, PATH))
    what = {"type": "write-part", "part": "1", "text": "x", "original": original}
    edit = {"path": PATH, "digest": shown, "what": what}
    for refused in ({"Preview_Token": None}, {"Origin": "http://evil.example"}):
        assert live.post(EDIT, edit, **refused).status == 403
    for wrong in ({**edit, "digest": "0"}, {**edit, "what": {**what, "original": "0"}}):
        assert live.post(EDIT, wrong).status == 409
    assert live.post(EDIT, {**edit, "path": "content/voices.yaml"}).status == 404
    assert read(live) == before
    assert live.post(EDIT, edit).status == OK
