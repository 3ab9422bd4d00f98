"""The preview is never stale, never silent, and loses no save."""

from __future__ import annotations

import json
import re
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from briefing.commands.arguments import INPUTS
from briefing.commands.options.serve import EDITOR
from briefing.commands.serve.live_site import LiveSite
from briefing.commands.serve.state import PreviewState
from briefing.commands.serve.watcher import Watcher
from briefing.problems import Problems
from build import make_site
from support.broken import CASES, broken
from support.disk import plant
from support.edits import edits
from support.nightly import examples
from support.preview import (
    OK,
    PATIENCE,
    SWITCHED,
    TEXT,
    Live,
    Near,
    put,
    rest,
    seen,
)
from support.sites import AS_OF
from support.sites import Sources as Files


def attempt(files: Files) -> Files | str:
    """Make a site, or give what is wrong with it."""
    try:
        return make_site(files, AS_OF)
    except Problems as problems:
        return str(problems)


@pytest.fixture
def workshop(tmp_path: Path, small: Files) -> LiveSite:
    """The small site, made."""
    put(tmp_path, small)
    shop = LiveSite(tmp_path, INPUTS, lambda: AS_OF, None)
    assert not shop.open().problems
    return shop


@examples(5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_pages_are_those_of_a_build(
    tmp_path_factory: pytest.TempPathFactory, small: Files, data: st.DataObject
) -> None:
    """After any edits, with mistakes and their cures; a mistake leaves the last good pages."""
    root = tmp_path_factory.mktemp("live")
    put(root, small)
    shop = LiveSite(root, INPUTS, lambda: AS_OF, None)
    shop.open()
    files, good = dict(small), make_site(small, AS_OF)
    for edit in data.draw(st.lists(edits, min_size=1, max_size=5)):
        wanted = edit(files)
        expected = attempt(wanted)
        outcome = shop.rebuild(put(root, wanted))
        if isinstance(expected, str):
            assert str(Problems(outcome.problems)) == expected
            assert shop.pages == good
            shop.rebuild(put(root, files))
        else:
            assert outcome.problems == ()
            files, good = wanted, expected
        assert shop.pages == good


def test_every_kind_of_mistake_is_told_and_cured(workshop: LiveSite, small: Files) -> None:
    """One after the other, in a preview that stays up."""
    good = dict(workshop.pages)
    for case in CASES:
        told = yaml.safe_load(case.read_text(encoding="utf-8"))
        outcome = workshop.rebuild(put(workshop.root, broken(told, small)))
        assert str(Problems(outcome.problems)) == told["problems"].rstrip("\n"), case.stem
        assert workshop.pages == good
        assert not workshop.rebuild(put(workshop.root, small)).problems
        assert workshop.pages == good


def test_a_folder_is_taken_in_with_all_that_is_in_it(workshop: LiveSite, small: Files) -> None:
    """A system tells of a new or a lost folder and not always of its files."""
    shutil.copytree(workshop.root / "content/river-talks", workshop.root / "content/river-two")
    outcome = workshop.rebuild(["content/river-two"])
    assert outcome.problems == ()
    assert "en/river-two/index.html" in workshop.pages

    shutil.rmtree(workshop.root / "content/river-two")
    outcome = workshop.rebuild(["content/river-two"])
    assert "en/river-two/index.html" in outcome.pages
    assert workshop.pages == make_site(small, AS_OF)


def test_what_cannot_be_read_is_told_until_it_can(workshop: LiveSite) -> None:
    """A link is not followed; another save does not make it forgotten."""
    link = workshop.root / "content/vote/more.en.md"
    link.symlink_to(workshop.root / TEXT)
    assert "is a link" in str(workshop.rebuild(["content/vote/more.en.md"]).problems)
    assert "is a link" in str(workshop.rebuild([TEXT]).problems)

    link.unlink()
    assert workshop.rebuild(["content/vote/more.en.md"]).problems == ()


def test_drafts_and_what_is_held_back_are_shown_and_marked(tmp_path: Path, small: Files) -> None:
    """Whoever writes sees them, with what readers do not see yet; readers see none of them."""
    put(tmp_path, small)
    shop = LiveSite(tmp_path, INPUTS, lambda: AS_OF)
    shop.open()
    public = make_site(small, AS_OF)
    hidden = shop.topic_notes("vote").hidden

    assert "vi/vote/later/index.html" not in public
    assert "vi/vote/later/index.html" in shop.pages
    assert hidden["vi/vote/later/index.html"] is False
    assert "vi/vote/count/index.html" not in hidden
    assert (
        shop.topic_notes("river-talks").hidden["vi-en/river-talks/river-daily/index.html"] is False
    )


def test_what_is_not_in_a_kept_text_is_a_warning(workshop: LiveSite) -> None:
    """A locator that leads nowhere is told in the bar, too."""
    plant(workshop.root, {".sources/river-talks/gazette.txt": b"something else"})

    warnings = workshop.topic_notes("river-talks").warnings
    assert any("is not in the kept text" in problem.message for _, problem in warnings)


def test_what_editors_leave_behind_is_no_change(workshop: LiveSite) -> None:
    """A swap file is written at each key."""
    (workshop.root / "content/vote/.topic.en.md.swp").write_bytes(b"\0")

    assert workshop.rebuild(["content/vote/.topic.en.md.swp"]).sources == ()


def test_a_problem_is_told_with_its_lines(workshop: LiveSite) -> None:
    """What is wrong is read at its place, and a click leads there."""
    board = PreviewState(workshop, EDITOR)
    path = workshop.root / TEXT
    path.write_text(path.read_text().replace("title:", "titel:", 1))
    said = board.record(workshop.rebuild([TEXT]))

    assert "did you mean `title`?" in said
    told = board.message.problems[0]
    line = next(line for line in told.frame if line.number == told.line)
    assert line.text.startswith("titel:")
    assert told.link == f"vscode://file/{path}:{told.line}:1"


def test_a_browser_is_told_what_has_changed_since_it_looked(workshop: LiveSite) -> None:
    """Of all changes that it missed; and if it is too long ago, that all may have changed."""
    board = PreviewState(workshop, EDITOR)
    path = workshop.root / TEXT
    for text in ("One.", "Two."):
        path.write_text(f"{path.read_text()}\n{text}\n")
        board.record(workshop.rebuild([TEXT]))
    other = workshop.root / "content/vote/count.vi.md"
    other.write_text(f"{other.read_text()}\nBa.\n")
    board.record(workshop.rebuild(["content/vote/count.vi.md"]))

    assert board.message.serial == 3
    assert board.message_since(3).pages == ()
    assert "vi/vote/count/index.html" in (board.message_since(2).pages or ())
    assert "en/river-talks/gazette/index.html" not in (board.message_since(2).pages or ())
    assert "en/river-talks/gazette/index.html" in (board.message_since(1).pages or ())
    assert board.message_since(-1).pages is None
    assert board.message_since(4).pages is None


def test_warnings_come_when_there_is_time(workshop: LiveSite) -> None:
    """They are told once all topics are looked through, and again for a topic that changed."""
    board = PreviewState(workshop, EDITOR)
    board.record(workshop.rebuild([]))
    while board.has_unchecked_topics:
        board.check_next_topic()
    before = board.message.warnings
    path = workshop.root / TEXT
    path.write_text(path.read_text() + "\nMore.\n")
    board.record(workshop.rebuild([TEXT]))

    assert board.has_unchecked_topics
    while board.has_unchecked_topics:
        board.check_next_topic()
    assert len(board.message.warnings) >= len(before)


@pytest.fixture
def watcher(tmp_path: Path) -> Iterator[Watcher]:
    """A watched folder."""
    plant(tmp_path, {"site.yaml": b"a", "content/t/a.md": b"a", "output/x": b"x"})
    found = Watcher(tmp_path, INPUTS)
    found.start()
    seen(found, "content")  # all is told of when it begins
    rest(found)
    yield found
    found.stop()


@pytest.mark.parametrize(
    "act",
    [
        lambda root: (root / "content/t/a.md").write_bytes(b"b"),
        lambda root: (root / "content/t/a.md").unlink(),
        lambda root: (
            (root / "new").write_bytes(b"b"),
            (root / "new").replace(root / "content/t/a.md"),
        ),
        lambda root: (root / "content/t/a.md").rename(root / "a.md"),
    ],
    ids=["written", "deleted", "replaced", "moved away"],
)
def test_a_change_is_seen(watcher: Watcher, tmp_path: Path, act: Callable[[Path], object]) -> None:
    """However an editor saves."""
    act(tmp_path)

    assert "content/t/a.md" in seen(watcher, "content/t/a.md")


def test_the_site_itself_and_new_folders_are_seen(watcher: Watcher, tmp_path: Path) -> None:
    """`site.yaml` is replaced, templates come; what is built is not watched."""
    (tmp_path / "output/x").write_bytes(b"y")
    (tmp_path / "new").write_bytes(b"b")
    (tmp_path / "new").replace(tmp_path / "site.yaml")
    found = seen(watcher, "site.yaml")
    plant(tmp_path, {"templates/base.html": b"a"})
    found |= seen(watcher, "templates")
    found |= rest(watcher)
    (tmp_path / "templates/base.html").write_bytes(b"b")
    found |= seen(watcher, "templates/base.html")

    assert {"site.yaml", "templates", "templates/base.html"} <= found
    assert not any(path.startswith("output") for path in found)


@pytest.fixture(scope="module")
def near(tmp_path_factory: pytest.TempPathFactory, small: Files) -> Iterator[Near]:
    """The small site, in a preview that can be asked."""
    root = tmp_path_factory.mktemp("near")
    put(root, small)
    shop = LiveSite(root, INPUTS, lambda: AS_OF, None)
    board = PreviewState(shop, EDITOR)
    board.record(shop.open())
    running = Near(shop, board)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory, small: Files) -> Iterator[Live]:
    """The small site, in a preview."""
    root = tmp_path_factory.mktemp("served")
    put(root, small)
    running = Live(root)
    yield running
    assert running.stop() == 0


def test_it_answers_as_github_pages_will(near: Near) -> None:
    """Under the base path; a folder by its index and with its slash; 404.html for what is not."""
    page = near.get(f"{near.base}en/")
    assert page.status == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert near.get("/").headers["Location"] == near.base
    assert near.get(f"{near.base}en").status == 301
    lost = near.get(f"{near.base}en/none/")
    assert lost.status == 404
    assert b"404" in lost.body
    assert near.get(f"{near.base}assets/").status == 404
    assert near.get(f"{near.base}assets/site.css").headers["Content-Type"].startswith("text/css")


@pytest.mark.promise(13)
@pytest.mark.parametrize(
    "path",
    ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd", "//etc/passwd"],
)
def test_nothing_but_the_site_is_given(near: Near, path: str) -> None:
    """The site is served from memory: there is no folder to leave."""
    assert near.get(path).status in {400, 404}
    assert near.get(f"{near.base.rstrip('/')}{path}").status in {400, 404}


@pytest.mark.promise(13)
def test_another_site_cannot_ask(near: Near) -> None:
    """A page elsewhere, whose name leads to this machine, is refused; so is its socket."""
    assert near.get(f"{near.base}en/", Host="evil.example").status == 403
    asked = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    }
    assert near.get("/livereload", Origin="http://evil.example", **asked).status == 403
    own = f"http://{near.host}:{near.port}"
    assert near.get("/livereload", Origin=own, **asked).status == SWITCHED


@pytest.mark.promise(13)
def test_a_name_that_is_allowed_can_ask(tmp_path: Path, small: Files) -> None:
    """A phone in the same network asks for the machine by its name there."""
    put(tmp_path, small)
    running = Live(tmp_path, "--allow-host", "desk.example")
    assert running.get(running.base, Host="desk.example").status == 200
    assert running.get(running.base, Host="other.example").status == 403
    assert running.stop() == 0


def test_what_is_saved_before_it_is_watched_is_seen(tmp_path: Path, small: Files) -> None:
    """The site is made before anything is watched, and all is looked at once more then."""
    put(tmp_path, small)
    running = Live(tmp_path)
    path = tmp_path / TEXT
    path.write_text(path.read_text() + "\nSaved early.\n")
    end = time.monotonic() + PATIENCE
    while b"Saved early." not in running.get(f"{running.base}en/river-talks/gazette/").body:
        assert time.monotonic() < end
        time.sleep(0.05)
    assert running.stop() == 0


def test_a_port_that_is_taken_moves_to_the_next(tmp_path: Path, small: Files) -> None:
    """And it is said."""
    put(tmp_path, small)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        running = Live(tmp_path, "--port", f"{port}")
        assert running.port > port
        assert "is taken" in "".join(running.said)
        assert running.stop() == 0


def test_what_is_published_can_be_shown_alone(tmp_path: Path, small: Files) -> None:
    """Without it, drafts and what is held back are there too."""
    put(tmp_path, small)
    all_of_it, published = Live(tmp_path, "--host", "127.0.0.1"), Live(tmp_path, "--published")
    path = "vi/vote/later/"
    assert all_of_it.get(f"{all_of_it.base}{path}").status == 200
    assert published.get(f"{published.base}{path}").status == 404
    assert all_of_it.stop() == published.stop() == 0


def test_the_browser_follows_what_is_edited(tmp_path: Path, small: Files, page: Page) -> None:
    """To the page of what was saved, if it is asked to."""
    put(tmp_path, small)
    running = Live(tmp_path, "--follow")
    open_page(running, page, "vi/")
    path = tmp_path / TEXT
    path.write_text(path.read_text() + "\nMore.\n")
    page.wait_for_url(f"{running.url}en/river-talks/gazette/")
    until(page, "document.body.innerText.includes('More.')")
    page.goto("about:blank")  # or it would say that nobody answers any more
    assert running.stop() == 0


def test_a_site_that_is_wrong_from_the_start_is_served(
    tmp_path: Path, small: Files, browser: Browser
) -> None:
    """What is wrong is shown, and when it is cured, the site."""
    put(tmp_path, small | {TEXT: small[TEXT].replace(b"title:", b"titel:", 1)})
    running = Live(tmp_path)
    page = browser.new_page()
    page.goto(running.url)
    page.wait_for_selector("._preview_problems")
    put(tmp_path, small)
    page.wait_for_selector("._preview_problems", state="detached")
    page.close()
    assert running.stop() == 0


def until(page: Page, expression: str) -> Any:
    """Wait until an expression is true; the page's own policy lets it run no text."""
    end = time.monotonic() + PATIENCE
    while not (found := page.evaluate(expression)):
        assert time.monotonic() < end, expression
        time.sleep(0.01)
    return found


def open_page(live: Live, page: Page, path: str) -> None:
    """Open a page of the preview, and wait until it listens."""
    page.goto(f"{live.url}{path}")
    until(page, "document.documentElement.dataset.previewed !== undefined")
    until(page, "window.LiveReload?.connector?.protocolParser?.protocol > 0")  # both said hello
    page.evaluate("window.same = true")


PLACES = """[...document.querySelectorAll(".comparison_row")].map(
  (row) => [row.id, row.dataset.verdict, row.parentElement.id, row.hidden])"""


def test_new_text_comes_without_a_reload(live: Live, page: Page) -> None:
    """Scroll, focus, what is open and what is chosen stay."""
    page.set_viewport_size({"width": 800, "height": 700})  # where the cells are behind their rows
    open_page(live, page, "en/river-talks/")
    page.locator(".cells_all input").check()
    page.locator(".choose_articles").select_option(index=1)
    chosen = page.locator(".choose_articles").input_value()
    shown = page.locator(".choice_name").inner_text()
    page.evaluate("document.querySelector('.fold').open = true")
    page.locator(".chooser_boxes select").first.focus()
    page.evaluate("scrollTo(0, 300)")
    at = page.evaluate("scrollY")
    places = page.evaluate(PLACES)
    path = live.root / "content/river-talks/topic.en.md"
    text = path.read_text()
    path.write_text(f"{text}\nA sentence that was not there.\n")

    until(page, "document.body.innerText.includes('A sentence that was not there.')")
    assert page.evaluate("window.same")
    assert page.evaluate("document.querySelector('.fold').open")
    assert page.locator(".cells_all input").is_checked()
    assert chosen
    assert page.locator(".choose_articles").input_value() == chosen
    assert shown
    assert page.locator(".choice_name").inner_text() == shown
    assert page.evaluate(PLACES) == places
    assert page.evaluate("document.activeElement.localName") == "select"
    assert page.evaluate("scrollY") == at
    path.write_text(text)
    until(page, "!document.body.innerText.includes('A sentence that was not there.')")


def test_beside_each_claim_stands_where_it_is_written(live: Live, page: Page) -> None:
    """In a comparison and in a summary, with whether its passage is in the kept text."""
    open_page(live, page, "en/river-talks/")
    mark = page.locator(".comparison_row .claim ._preview_margin").first
    mark.wait_for()
    assert re.search(r"\w+\.\w+\.md:\d+", mark.inner_text())
    assert (mark.locator("a").get_attribute("href") or "").startswith("vscode://file/")
    assert "text not kept" in mark.inner_text()
    claims = page.locator(".comparison_row .claim")
    assert claims.count() == page.locator(".comparison_row .claim ._preview_margin").count()

    plant(live.root, {".sources/river-talks/gazette.txt": b"something else"})
    open_page(live, page, "en/river-talks/gazette/")
    missing = page.locator(".claims ._preview_missing")
    missing.first.wait_for()
    assert all(mark.is_visible() for mark in missing.all())  # folded or not


def test_a_mistake_lies_over_the_last_good_page(live: Live, page: Page) -> None:
    """With its place, its lines and its cure; it goes when it is cured."""
    open_page(live, page, "en/river-talks/gazette/")
    path = live.root / TEXT
    text = path.read_text()
    path.write_text(text.replace("title:", "titel:", 1))
    over = page.locator("._preview_problems")
    over.wait_for()

    assert f"{TEXT}:" in over.inner_text()
    assert "did you mean `title`?" in over.inner_text()
    assert "^" in over.locator("._preview_caret").inner_text()
    assert page.locator("h1").is_visible()
    path.write_text(text)
    over.wait_for(state="detached")
    assert page.evaluate("window.same")


def test_styles_come_without_a_reload(live: Live, page: Page) -> None:
    """The old sheet stays until the new one is there."""
    open_page(live, page, "en/")
    path = live.root / "templates/styles/tokens.css"
    text = path.read_text()
    path.write_text(f"{text}\n:root {{ --probe: new; }}\n")

    until(
        page,
        "getComputedStyle(document.documentElement).getPropertyValue('--probe').trim() == 'new'",
    )
    assert page.evaluate("window.same")
    path.write_text(text)


def test_the_browser_ends_on_the_last_of_many_saves(live: Live, page: Page) -> None:
    """None of them is lost, however quickly they come."""
    open_page(live, page, "en/river-talks/gazette/")
    path = live.root / TEXT
    text = path.read_text()
    for number in range(40):
        saved = path.with_name("saved")
        saved.write_text(f"{text}\nSave number {number} of many.\n")
        saved.replace(path) if number % 2 else path.write_bytes(saved.read_bytes())
        saved.unlink(missing_ok=True)
        time.sleep((10, 50, 120)[number % 3] / 1000)

    until(page, "document.body.innerText.includes('Save number 39 of many.')")
    path.write_text(text)
    until(page, "!document.body.innerText.includes('of many.')")


def test_it_can_be_stopped_while_a_browser_listens(
    tmp_path: Path, small: Files, browser: Browser
) -> None:
    """With Ctrl-C, at once, and nothing is left running."""
    put(tmp_path, small)
    running = Live(tmp_path)
    page = browser.new_page()
    open_page(running, page, "en/")

    assert running.stop() == 0
    assert not Path(f"/proc/{running.process.pid}").exists()
    page.close()


def test_what_is_told_can_be_read_by_a_program(near: Near) -> None:
    """The state is JSON."""
    state = json.loads(near.get("/_preview/state.json").body)

    assert {"serial", "problems", "warnings", "pages"} <= state.keys()
    assert near.get("/_preview/state.json?since=0").status == OK
    assert near.get("/_preview/client.js").headers["Content-Type"].startswith("text/javascript")
    assert b"LiveReload" in near.get("/livereload.js").body


def test_what_stands_beside_a_page_can_be_read_by_a_program(near: Near) -> None:
    """Of a comparison by its rows, of a summary in the order of its claims, of others nothing."""
    rows = json.loads(near.get("/_preview/margin.json?page=en/river-talks/index.html").body)
    told = json.loads(near.get("/_preview/margin.json?page=en/river-talks/gazette/index.html").body)

    assert any(rows["rows"].values())
    assert not rows["claims"]
    assert told["claims"][0]["name"].startswith("gazette.en.md:")
    assert told["claims"][0]["proof"] == "unread"
    assert json.loads(near.get("/_preview/margin.json?page=en/index.html").body)["rows"] == {}
