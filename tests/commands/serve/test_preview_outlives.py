"""The preview outlives whatever happens to a site, and every fault of the program."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
import unicodedata
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from briefing.commands.arguments import INPUTS
from briefing.commands.main import main as run
from briefing.commands.options.serve import EDITOR
from briefing.commands.serve.live_site import LiveSite
from briefing.commands.serve.state import PreviewState
from briefing.commands.serve.watcher import Watcher
from briefing.content.publication import AS_EDITED
from briefing.model.values import Moment
from briefing.storage.read_sources import read_tree
from build import make_site
from support.disk import plant
from support.nightly import is_night
from support.preview import PATIENCE, TEXT, Live, put, rest, seen
from support.renames import renamed
from support.sites import AS_OF, TESTS
from support.sites import Sources as Files

TIMES = 20
"""How often each is done in this process."""
NEEDED = "content/river-talks/statement.vi.md"
"""A text that another one translates."""
FAULTY = TESTS / "support/faulty_preview.py"


def often(usually: int) -> int:
    """Give how often something is done that takes a while."""
    return TIMES if is_night() else usually


class Desk:
    """A preview without a server, in a folder that is watched by nobody."""

    def __init__(self, root: Path, now: Callable[[], Moment] = lambda: AS_OF) -> None:
        self.root = root
        self.shop = LiveSite(root, INPUTS, now)
        self.board = PreviewState(self.shop, EDITOR)
        self.board.record(self.shop.open())
        self.look()

    def save(self, *paths: str) -> None:
        """Take in that something has changed, and look through all there is to be."""
        self.board.record(self.shop.rebuild(paths))
        self.look()

    def look(self) -> None:
        """Look through all topics that are to be."""
        while self.board.has_unchecked_topics:
            self.board.check_next_topic()

    def expect_as_built(self) -> None:
        """Compare the pages, and what is told, with what a build makes of the files there are."""
        assert self.shop.pages == built(self.root)
        assert not self.board.message.problems
        assert not self.board.message_since(0).faults


def built(root: Path) -> Files:
    """Give what a build makes of the files there are."""
    return make_site(read_tree(root, *INPUTS), AS_EDITED)


@pytest.fixture
def desk(tmp_path: Path, small: Files) -> Desk:
    """The small site, in a preview."""
    put(tmp_path / "site", small)
    return Desk(tmp_path / "site")


class Watched(Desk):
    """A preview without a server, in a folder that is watched."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.watcher = Watcher(root, INPUTS)
        self.watcher.start()

    def until_as_built(self) -> None:
        """Take in what is told until the pages are those that a build makes."""
        wanted, end = built(self.root), time.monotonic() + PATIENCE
        while self.shop.pages != wanted or self.board.message.problems:
            assert time.monotonic() < end, self.board.message.problems
            if changed := self.watcher.changes(0.2):
                self.save(*changed)
        self.expect_as_built()


@pytest.fixture
def watched(tmp_path: Path, small: Files) -> Iterator[Watched]:
    """The small site, in a preview that watches it."""
    put(tmp_path / "site", small)
    found = Watched(tmp_path / "site")
    yield found
    found.watcher.stop()


def is_told_as_older(desk: Desk, translation: str) -> bool:
    """Whether a translation is said to be older than its original."""
    warnings = desk.board.message.warnings
    return any(told.path == translation and "is older" in told.message for told in warnings)


def add(path: Path, text: str) -> None:
    """Add a paragraph to a text."""
    path.write_text(f"{path.read_text()}\n{text}\n")


def test_a_site_is_shown_after_each_of_many_renames(desk: Desk, small: Files) -> None:
    """Topics and articles have pages that lead on from their old ids, with no text of their own."""
    files, topic, article = small, "river-talks", "gazette"
    for number in range(TIMES // 2):
        files = renamed(files, f"{topic} talks-{number}", f"talks-{number}/{article} n/a-{number}")
        topic, article = f"talks-{number}", f"a-{number}"
        desk.save(*put(desk.root, files))
        desk.expect_as_built()
        assert "en/river-talks/gazette/index.html" in desk.shop.pages


def test_what_was_replaced_by_hand_is_shown(desk: Desk, small: Files) -> None:
    """An old id that leads to another topic, or to an article."""
    for number in range(TIMES):
        text = f"replaced:\n  old-{number}: vote\n  gone-{number}: river-talks/gazette\n"
        desk.save(*put(desk.root, small | {"redirects.yaml": text.encode()}))
        desk.expect_as_built()
        assert f"en/gone-{number}/index.html" in desk.shop.pages


def test_what_leads_on_is_marked_as_what_it_leads_to(desk: Desk, small: Files) -> None:
    """Readers do not see a page that leads to what is held back; beside it stands nothing."""
    text = b"replaced:\n  soon: vote/later\n  old: vote\n  river-talks/a: river-talks/gazette\n"
    desk.save(*put(desk.root, small | {"redirects.yaml": text}))

    assert desk.board.message.hidden["vi/soon/index.html"] is False
    assert "vi/old/index.html" not in desk.board.message.hidden
    assert "en/river-talks/a/index.html" in desk.shop.pages
    for page in desk.shop.pages:
        desk.board.notes_beside(page)


def test_a_text_that_others_need_goes_while_topics_are_looked_through(desk: Desk) -> None:
    """What was made is looked through as it was, whatever the files are now."""
    for number in range(TIMES):
        add(desk.root / TEXT, f"Save {number}.")
        desk.board.record(desk.shop.rebuild([TEXT]))
        assert desk.board.has_unchecked_topics
        kept = (desk.root / NEEDED).read_bytes()
        (desk.root / NEEDED).unlink()
        desk.board.record(desk.shop.rebuild([NEEDED]))

        desk.look()
        assert desk.board.notes_beside("en/river-talks/index.html")["rows"]
        assert desk.board.message.problems
        assert not desk.board.message_since(0).faults
        (desk.root / NEEDED).write_bytes(kept)
        desk.save(NEEDED)
        desk.expect_as_built()


def test_pages_that_are_shown_stay_whole_while_others_are_made(desk: Desk) -> None:
    """Who has begun to look at the pages goes on with those, though a topic is deleted."""
    second_topic(desk.root)
    desk.save("content")
    pages, before = desk.shop.pages, dict(desk.shop.pages)
    shutil.rmtree(desk.root / "content/river-talks-two")
    desk.save("content/river-talks-two")

    assert pages == before
    desk.expect_as_built()


def second_topic(root: Path) -> None:
    """Add a topic to which nothing leads."""
    first = min(path for path in (root / "content").iterdir() if path.is_dir())
    shutil.copytree(first, first.with_name(f"{first.name}-two"))


def test_what_could_be_better_goes_with_its_topic(desk: Desk) -> None:
    """So does the mark of what readers do not see."""
    second_topic(desk.root)
    desk.save("content")
    assert any("river-talks-two/" in told.path for told in desk.board.message.warnings)
    assert any("river-talks-two/" in page for page in desk.board.message.hidden)
    shutil.rmtree(desk.root / "content/river-talks-two")
    desk.save("content/river-talks-two")
    assert not any("river-talks-two/" in told.path for told in desk.board.message.warnings)
    assert not any("river-talks-two/" in page for page in desk.board.message.hidden)


def test_what_was_saved_beside_a_mistake_is_looked_through_when_that_is_cured(desk: Desk) -> None:
    """The topic of the mistake is another one."""
    vote = desk.root / "content/vote/topic.vi.md"
    good = vote.read_bytes()
    vote.write_bytes(good.replace(b"title:", b"titel:", 1))
    translation = "content/river-talks/statement.en.md"
    assert is_told_as_older(desk, translation)
    text = (desk.root / translation).read_text()
    (desk.root / translation).write_text(re.sub("(?m)^of: .*\n", "", text))
    desk.save("content")
    assert desk.board.message.problems
    vote.write_bytes(good)
    desk.save("content/vote/topic.vi.md")

    assert not is_told_as_older(desk, translation)


def git(root: Path, *arguments: str) -> None:
    """Let git do something in a folder."""
    own = ["-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", f"{root}", *own, *arguments], check=True, capture_output=True)


def two_branches(root: Path) -> None:
    """Keep two states of a site: in one of them it has a topic more, and other texts."""
    git(root, "init", "-q", "-b", "whole")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "whole")
    git(root, "checkout", "-q", "-b", "other")
    second_topic(root)
    for path in (root / "content").glob("*/topic.*.md"):
        add(path, "On another branch.")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "other")
    git(root, "checkout", "-q", "whole")


def check_out(root: Path, number: int) -> None:
    """Go to the other of the two states."""
    git(root, "checkout", "-q", ("other", "whole")[number % 2])


def test_each_state_that_git_checks_out_is_shown(watched: Watched) -> None:
    """Folders come and go, and files take the place of others."""
    two_branches(watched.root)
    for number in range(often(2)):
        check_out(watched.root, number)
        watched.until_as_built()


Replace = Callable[[Path, Path], None]
"""Puts a folder in the place of one, with the same in it, by way of a spare one."""


def copy_again(place: Path, spare: Path) -> None:
    """Do `rm -r content; cp -r spare content`."""
    shutil.rmtree(spare, ignore_errors=True)
    shutil.copytree(place, spare)
    shutil.rmtree(place)
    shutil.copytree(spare, place)
    shutil.rmtree(spare)


def move_again(place: Path, spare: Path) -> None:
    """Do `mv content old; mv new content`; the old one stays for a while."""
    shutil.rmtree(spare, ignore_errors=True)
    shutil.copytree(place, spare / "new")
    place.rename(spare / "old")
    (spare / "new").rename(place)


REPLACES = (copy_again, move_again)


def change_one(root: Path, number: int) -> None:
    """Save a text, and a template."""
    topic = min((root / "content").glob("*/topic.*.md"))
    add(topic, f"Saved {number}.")
    (root / "templates/assets/probe.txt").write_text(f"{number}")


@pytest.mark.parametrize("name", ["content", "templates", "content/river-talks", "."])
@pytest.mark.parametrize("replace", REPLACES)
def test_a_folder_that_was_replaced_is_watched(
    watched: Watched, replace: Replace, name: str
) -> None:
    """What is saved in the new one, at once or later, is shown; so it is for the whole site."""
    for number in range(often(2)):
        replace(watched.root / name, watched.root.parent / "spare")
        change_one(watched.root, number)
        watched.until_as_built()
        change_one(watched.root, -1)
        watched.until_as_built()


@pytest.mark.parametrize("name", ["content", "templates", "site.yaml"])
def test_what_is_away_for_a_while_is_shown_when_it_is_back(watched: Watched, name: str) -> None:
    """As long as it is away that is told, and the last good pages are shown."""
    good = dict(watched.shop.pages)
    for number in range(often(2)):
        (watched.root / name).rename(watched.root.parent / "away")
        end = time.monotonic() + PATIENCE
        while not watched.board.message.problems:
            assert time.monotonic() < end
            watched.save(*watched.watcher.changes(0.2))
        assert watched.shop.pages == good
        (watched.root.parent / "away").rename(watched.root / name)
        watched.until_as_built()
        change_one(watched.root, number)
        watched.until_as_built()
        good = dict(watched.shop.pages)


class Hasty(Watcher):
    """Watches a folder in which something is done just before the system begins to watch."""

    def __init__(self, root: Path, act: Callable[[], object]) -> None:
        super().__init__(root, INPUTS)
        self._act = act

    def _watch(self, *paths: Path, recursive: bool) -> Generator[set[str]]:
        if recursive:
            self._act()
        yield from super()._watch(*paths, recursive=recursive)


def test_what_is_saved_before_the_system_watches_is_told(tmp_path: Path) -> None:
    """When it begins, and when it begins again: all is told of once it is watched."""
    plant(tmp_path, {"content/t/a.md": b"a"})
    acts: list[int] = []

    def save() -> None:
        acts.append(1)
        (tmp_path / "content/t/a.md").write_bytes(b"a" * len(acts))

    watcher = Hasty(tmp_path, save)
    watcher.start()
    for number in range(1, 4):
        assert "content" in seen(watcher, "content")
        rest(watcher)
        assert len(acts) == number
        (tmp_path / f"content/new-{number}").mkdir()
        seen(watcher, f"content/new-{number}")
    watcher.stop()


def test_a_folder_that_goes_before_the_system_watches_it_is_watched_when_it_is_back(
    tmp_path: Path,
) -> None:
    """It was there when it was looked for."""
    plant(tmp_path, {"content/t/a.md": b"a"})
    acts: list[int] = []

    def lose() -> None:
        acts.append(1)
        if len(acts) == 1:
            shutil.rmtree(tmp_path / "content")

    watcher = Hasty(tmp_path, lose)
    watcher.start()
    seen(watcher, "content")
    plant(tmp_path, {"content/t/a.md": b"b"})
    seen(watcher, "content")
    rest(watcher)
    plant(tmp_path, {"content/t/a.md": b"c"})
    assert "content/t/a.md" in seen(watcher, "content/t/a.md")
    watcher.stop()


def test_a_text_whose_name_is_decomposed_goes_when_it_is_deleted(desk: Desk, small: Files) -> None:
    """Disks give names as they were written; pages go by the composed form."""
    name = unicodedata.normalize("NFD", "content/vote/đếm.vi.md")
    plant(desk.root, {name: small["content/vote/count.vi.md"]})
    desk.save(name)
    desk.expect_as_built()
    (desk.root / name).unlink()
    desk.save(name)
    desk.expect_as_built()


def test_a_file_in_the_place_of_a_folder_is_told_as_that(desk: Desk) -> None:
    """Whatever was told to have changed in the folder that is no more."""
    second_topic(desk.root)
    desk.save("content")
    place = desk.root / "content/river-talks-two"
    shutil.rmtree(place)
    place.write_bytes(b"x")
    desk.save("content/river-talks-two/topic.vi.md")
    assert {told.path for told in desk.board.message.problems} == {"content/river-talks-two"}
    place.unlink()
    desk.save("content/river-talks-two")
    desk.expect_as_built()


class Torn(LiveSite):
    """Has a fault when everything is read, as long as it is torn."""

    is_torn = False

    def _read(self, paths: Iterable[str]) -> set[str]:
        found = super()._read(paths)
        if self.is_torn:
            raise LookupError("torn")
        return found


def test_what_was_read_before_a_fault_is_made_after_it(tmp_path: Path, small: Files) -> None:
    """All is made from nothing then, whatever is saved next."""
    put(tmp_path, small)
    shop = Torn(tmp_path, INPUTS, lambda: AS_OF)
    shop.open()
    good = dict(shop.pages)
    add(tmp_path / TEXT, "First.")
    shop.is_torn = True
    with pytest.raises(LookupError):
        shop.rebuild([TEXT])
    assert shop.pages == good
    shop.is_torn = False
    shop.rebuild(["content/vote/topic.vi.md"])
    assert shop.pages == built(tmp_path)


def test_a_topic_that_could_not_be_looked_through_is_when_another_is_saved(
    tmp_path: Path, small: Files
) -> None:
    """What had been found in it before stays as long."""
    broken: list[str] = []

    def now() -> Moment:
        if broken:
            raise LookupError(broken[0])
        return AS_OF

    put(tmp_path, small)
    desk = Desk(tmp_path, now)
    translation = "content/river-talks/statement.en.md"
    text = (tmp_path / translation).read_text()
    (tmp_path / translation).write_text(re.sub("(?m)^of: .*\n", "", text))
    broken.append("the clock is broken")
    desk.save(translation)
    assert len(desk.board.message_since(0).faults) == 1
    assert is_told_as_older(desk, translation)
    broken.clear()
    add(tmp_path / "content/vote/topic.vi.md", "Một.")
    desk.save("content/vote/topic.vi.md")
    assert not is_told_as_older(desk, translation)
    desk.expect_as_built()


# The program that people use


class Serving(Live):
    """The preview as it is served, of a site in a folder of its own."""

    def shown(self, path: str) -> bytes:
        """Give a file of the site without what the preview puts into it."""
        body = self.get(f"{self.base}{quote(path)}").body
        return re.sub(rb'<link rel="stylesheet" href="/_preview/.*?async></script>', b"", body)

    def state(self) -> dict[str, Any]:
        """Give how the sources are."""
        found: dict[str, Any] = json.loads(self.get("/_preview/state.json").body)
        return found

    def until(self, holds: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        """Wait until something holds of how the sources are."""
        end = time.monotonic() + PATIENCE
        while not holds(state := self.state()):
            assert time.monotonic() < end, (state, self.said)
            time.sleep(0.02)
        return state

    def until_as_built(self) -> None:
        """Wait until every page is that of a build."""
        wanted, end = built(self.root), time.monotonic() + PATIENCE
        while any(self.shown(path) != wanted[path] for path in wanted) or self.wrong():
            assert time.monotonic() < end, self.said
            time.sleep(0.02)

    def wrong(self) -> list[object]:
        """Give what is told to be wrong."""
        state = self.state()
        return [*state["problems"], *state["faults"]]


def rename(root: Path, number: int) -> None:
    """Rename an article and a topic, by the command."""
    topic = min(path for path in (root / "content").iterdir() if path.is_dir())
    article = min(p.name for p in topic.glob("*.vi.md") if not p.name.startswith("topic."))
    old = f"{topic.name}/{article.partition('.')[0]}"
    assert run(["rename", "article", old, f"a-{number}", "--root", f"{root}"]) == 0
    assert run(["rename", "topic", topic.name, f"a-{number}", "--root", f"{root}"]) == 0


def replaced(root: Path, number: int) -> None:
    """Note by hand where an old id leads."""
    topic = min(path for path in (root / "content").iterdir() if path.is_dir())
    text = f"replaced:\n  old-{number}: {topic.name}\n"
    (root / "redirects.yaml").write_text(text)


def lose_needed(root: Path, number: int) -> None:
    """Save one text, delete another one that is translated, and put it back."""
    needed = next((root / "content").glob("*/gia-lai.vi.md"))
    kept = needed.read_bytes()
    add(needed.with_name("topic.vi.md"), f"Lần {number}.")
    time.sleep(0.1 * (number % 4))  # at another moment of what follows on the save
    needed.unlink()
    time.sleep(0.3)
    needed.write_bytes(kept)


def replace_all(root: Path, number: int) -> None:
    """Put other folders in the place of content and templates, and take away site.yaml."""
    for name in ("content", "templates"):
        REPLACES[number % 2](root / name, root.parent / "spare")
    kept = (root / "site.yaml").read_bytes()
    (root / "site.yaml").unlink()
    change_one(root, number)
    (root / "site.yaml").write_bytes(kept)


@pytest.mark.parametrize("act", [rename, replaced, lose_needed, check_out, replace_all])
def test_what_is_served_is_what_a_build_makes(
    tmp_path: Path, real: Files, act: Callable[[Path, int], None]
) -> None:
    """Of the site of the project, after each of many times that something happens to it."""
    root = tmp_path / "site"
    put(root, real)
    if act is check_out:
        two_branches(root)
    serving = Serving(root, "--host", "127.0.0.1")
    for number in range(often(2)):
        act(root, number)
        serving.until_as_built()
    assert "Traceback" not in "".join(serving.said)
    assert serving.stop() == 0


def test_a_name_that_is_not_unicode_is_told_and_ends_nothing(tmp_path: Path, small: Files) -> None:
    """The system tells of it in another way; a browser can be told; it goes with the file."""
    put(tmp_path, small)
    name = tmp_path / os.fsdecode(b"content/vote/caf\xe9.vi.md")
    serving = Serving(tmp_path, "--host", "127.0.0.1")
    for _ in range(often(2)):
        name.write_bytes(b"x")
        told = serving.until(lambda state: state["problems"])["problems"]
        assert told[0]["path"] == "content/vote/caf\\udce9.vi.md"
        name.unlink()
        serving.until_as_built()
    assert "Traceback" not in "".join(serving.said)
    assert serving.stop() == 0


@pytest.fixture
def faulty(tmp_path: Path, small: Files) -> Iterator[Serving]:
    """The small site, in a preview that has faults."""
    put(tmp_path / "site", small)
    found = Serving(tmp_path / "site", "--published", program=FAULTY)
    found.until(lambda state: state["warnings"])  # so that all topics were looked through
    yield found
    assert found.stop() == 0


def save(root: Path, text: str) -> None:
    """Save a text."""
    add(root / TEXT, text)


def tracebacks(serving: Serving) -> int:
    """Count those at the terminal, once a fault was said there."""
    end = time.monotonic() + PATIENCE
    while not any("a fault of the program" in line for line in serving.said):
        assert time.monotonic() < end
        time.sleep(0.02)
    return "".join(serving.said).count("Traceback")


PAGE = "en/river-talks/gazette/index.html"


def test_a_fault_in_making_is_told_and_the_next_save_is_made(faulty: Serving) -> None:
    """The last good pages stay; the traceback is said once, however often it comes."""
    (faulty.root / "clock").touch()
    good = faulty.shown(PAGE)
    save(faulty.root, "First.")
    (fault,) = faulty.until(lambda state: state["faults"])["faults"]
    assert fault["message"] == "It could not make the site again: LookupError: the clock is broken"
    assert re.fullmatch(r"briefing/commands/serve/live_site\.py:\d+", fault["place"])
    assert "last good pages" in fault["cure"]
    assert "terminal" in fault["cure"]
    assert faulty.shown(PAGE) == good

    save(faulty.root, "Second.")
    (faulty.root / "clock").unlink()
    save(faulty.root, "Third.")
    saved = (b"First.", b"Second.", b"Third.")  # the fault may go with the second, before the third
    faulty.until(lambda state: all(text in faulty.shown(PAGE) for text in saved))
    assert not faulty.wrong()
    (faulty.root / "clock").touch()
    save(faulty.root, "Fourth.")
    faulty.until(lambda state: state["faults"])
    told = "a fault of the program: it could not make"
    faulty.until(lambda state: "".join(faulty.said).count(told) >= 2)  # it is read as it comes
    assert tracebacks(faulty) == 1


def test_a_fault_from_the_start_is_told_and_the_next_save_is_made(
    tmp_path: Path, small: Files
) -> None:
    """There is no page yet, but one on which it is told."""
    put(tmp_path, small)
    (tmp_path / "clock").touch()
    serving = Serving(tmp_path, "--published", program=FAULTY)
    assert serving.state()["faults"]
    assert b"/_preview/client.js" in serving.get("/").body
    (tmp_path / "clock").unlink()
    save(tmp_path, "First.")
    serving.until(lambda state: not state["faults"])
    serving.base = "/briefing/" if serving.get("/").status == 302 else "/"
    assert tracebacks(serving) == 1
    assert serving.stop() == 0


def test_a_fault_in_looking_through_topics_is_told(tmp_path: Path, small: Files) -> None:
    """The pages are made, and the topics are looked through when something is saved next."""
    put(tmp_path, small)
    (tmp_path / "clock").touch()
    serving = Serving(tmp_path, program=FAULTY)
    (fault,) = serving.until(lambda state: state["faults"])["faults"]
    assert fault["message"].startswith("It could not look through a topic")
    save(tmp_path, "First.")
    end = time.monotonic() + PATIENCE
    while b"First." not in serving.shown(PAGE):
        assert time.monotonic() < end
    (tmp_path / "clock").unlink()
    (tmp_path / "content/vote/count.vi.md").touch()
    save(tmp_path, "Second.")
    state = serving.until(lambda state: not state["faults"] and state["warnings"])
    assert any("river-talks" in told["path"] for told in state["warnings"])
    assert tracebacks(serving) == 1
    assert serving.stop() == 0


def test_a_fault_beside_a_page_is_told(faulty: Serving) -> None:
    """The page is there, and nothing stands beside it."""
    (faulty.root / "clock").touch()
    asked = "/_preview/margin.json?page=en/river-talks/index.html"
    for _ in range(3):
        assert faulty.get(asked).body == b"{}"
    faults = [fault["message"] for fault in faulty.state()["faults"]]
    assert any(told.startswith("It could not tell what stands beside a page") for told in faults)
    assert tracebacks(faulty) == 1
    (faulty.root / "clock").unlink()
    assert json.loads(faulty.get(asked).body)["rows"]


def test_a_fault_in_watching_is_told_and_saves_are_found(faulty: Serving) -> None:
    """They are looked for until it can watch again."""
    (faulty.root / "eye").touch()
    (fault,) = faulty.until(lambda state: state["faults"])["faults"]
    assert fault["message"].startswith("It could not watch the folder of the site")
    for text in ("First.", "Second."):
        save(faulty.root, text)
        end = time.monotonic() + PATIENCE
        while text.encode() not in faulty.shown(PAGE):
            assert time.monotonic() < end
    (faulty.root / "eye").unlink()
    save(faulty.root, "Third.")
    faulty.until(lambda state: not state["faults"])
    assert tracebacks(faulty) == 1


@pytest.mark.parametrize("part", ["address", "board"])
def test_a_fault_in_answering_is_told(faulty: Serving, part: str) -> None:
    """The server goes on, and answers what it can."""
    (faulty.root / part).touch()
    for _ in range(3):
        answer = faulty.get(f"{faulty.base}{PAGE}")
        assert b"/_preview/client.js" in answer.body
        assert answer.status == (500 if part == "address" else 200)
        assert faulty.state()["faults"]
    (fault,) = faulty.state()["faults"]
    assert fault["message"].startswith("It could not answer the browser")
    assert tracebacks(faulty) == 1
    (faulty.root / part).unlink()
    save(faulty.root, "First.")
    faulty.until(lambda state: not state["faults"])
    assert b"First." in faulty.shown(PAGE)


def test_no_question_is_a_fault(faulty: Serving) -> None:
    """Whatever is asked with."""
    for asked in ("since=" + "9" * 5000, "since=%C2%B2", "since=%ff"):
        assert faulty.get(f"/_preview/state.json?{asked}").status in {200, 400}
    assert not faulty.state()["faults"]
    assert "Traceback" not in "".join(faulty.said)


def test_a_fault_lies_over_the_page_until_the_next_save(faulty: Serving, browser: Browser) -> None:
    """In words for who writes: nothing of the texts is wrong."""
    page = browser.new_page()
    page.goto(f"{faulty.url}{PAGE}")
    page.wait_for_function("() => document.documentElement.dataset.previewed !== undefined")
    (faulty.root / "clock").touch()
    save(faulty.root, "First.")
    over = page.locator("._preview_faults")
    over.wait_for()
    assert "A fault of the program, not of your texts" in over.inner_text()
    assert "the clock is broken" in over.inner_text()
    assert "The last good pages are still shown." in over.inner_text()
    (faulty.root / "clock").unlink()
    save(faulty.root, "Second.")
    over.wait_for(state="detached")
    page.close()


def test_a_folder_that_the_system_will_not_watch_is_looked_at(tmp_path: Path) -> None:
    """What keeps it from watching is raised, and all is told of as changed until it can."""

    def refuse() -> None:
        if not (tmp_path / "may").exists():
            raise OSError(28, "OS file watch limit reached")

    plant(tmp_path, {"content/t/a.md": b"a"})
    watcher = Hasty(tmp_path, refuse)
    watcher.start()
    refused = 0
    end = time.monotonic() + PATIENCE
    while refused < 2:
        assert time.monotonic() < end
        try:
            watcher.changes(0.2)
        except OSError:
            refused += 1
            assert "content" in seen(watcher, "content")
    (tmp_path / "may").touch()
    while True:
        assert time.monotonic() < end
        plant(tmp_path, {"content/t/a.md": b"b"})
        with suppress(OSError):
            if "content/t/a.md" in watcher.changes(0.2):
                break
    watcher.stop()
