"""What people do to a site folder, one thing after another, with a preview open all the while."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

from briefing.commands.arguments import SOURCES
from briefing.commands.build import BuildRequest, build_to_disk
from briefing.commands.check import check
from briefing.commands.options.serve import EDITOR
from briefing.commands.progress import Progress
from briefing.commands.publish.command import publish_site
from briefing.commands.rename.command import rename
from briefing.commands.serve.live_site import LiveSite
from briefing.commands.serve.state import PreviewState
from briefing.commands.visibility.command import hide, show, withdraw
from briefing.model.values import Moment
from briefing.problems import Problems
from briefing.storage.site_sources.read import read_site_sources
from build import make_site
from support.disk import found, plant
from support.edits import DAYS, topics_of
from support.preview import OK, Near
from support.sites import Sources as Files

ADDRESS = b"https://example.org/small/"
PUBLISHED_AT = b"https://small-news.org/small/"
REDIRECTS = "redirects.yaml"
IGNORED = b"/output/\n/.cache/\n/.sources/\n"
T = TypeVar("T")
Edit = Callable[[Files, int], Files]
"""Returns the source files after an edit; the number chooses which file it is made in."""
Step = Callable[["SiteFolder", int], None]
"""Does one thing to a site folder. Raises Problems if that is refused."""


class SiteFolder:
    """A site folder under git with a preview of it, and the commands that people use on it."""

    def __init__(self, place: Path, files: Mapping[str, bytes]) -> None:
        """Put `files` into a new folder below `place`, commit them, and open the preview."""
        self.root, self.clock = place / "site", DAYS[0]
        address = files["site.yaml"].replace(ADDRESS, PUBLISHED_AT)
        plant(self.root, {**files, "site.yaml": address, ".gitignore": IGNORED})
        self._git("init", "--quiet")
        self._git("init", "--quiet", "--bare", f"{place / 'remote.git'}")
        self._git("remote", "add", "origin", f"{place / 'remote.git'}")
        self.last_good = self.files
        self._site = LiveSite(self.root, SOURCES, lambda: self.clock, as_of=None)
        self._state = PreviewState(self._site, EDITOR)
        self._last = self._site.open()
        self._state.record(self._last)
        self._server = Near(self._site, self._state)

    def close(self) -> None:
        """Stop the preview."""
        self._server.stop()

    @property
    def files(self) -> Files:
        """The source files on disk."""
        return read_site_sources(self.root, *SOURCES)

    @property
    def output(self) -> Files:
        """The files of the site on disk, but for the list of them and the cards."""
        return without_cards(found(self.root / "output"))

    def do(self, step: Step, number: int) -> None:
        """Do one thing, then everything that must hold after it."""
        before = self.files
        with suppress(
            Problems, NothingThereError
        ):  # it was refused, and must have left everything as it was
            step(self, number)
        after = self.files
        changed = {p for p in {**before, **after} if before.get(p) != after.get(p)}
        self._preview(*changed)
        self._expect_agreement(after)

    def _preview(self, *changed: str) -> None:
        """Tell the preview of the paths that changed, and let it look through the topics."""
        self._last = self._site.rebuild(changed)
        self._state.record(self._last)
        while self._state.has_unchecked_topics:
            self._state.check_next_topic()

    def _expect_agreement(self, files: Files) -> None:
        """Compare what build, check and preview say and make with what the definition does."""
        wanted, old = outcome(lambda: make_site(files, self.clock)), self.output
        built = outcome(lambda: build_to_disk(self._request))
        checked = outcome(lambda: check(self._request, annotate=False, summary=None))
        problems = "\n".join(map(str, self._last.problems))
        if isinstance(wanted, Told):
            assert (built, checked, problems) == (wanted, wanted, wanted)
            assert self.output == old
        else:
            assert not isinstance(built, Told), built
            assert not isinstance(checked, Told), checked
            assert not problems
            assert self.output == without_cards(wanted)
            assert without_cards(self._site.pages) == self.output
            self.last_good = files
        assert not self._state.message_since(0).faults
        for path in (self._server.base, "/_preview/state.json?since=0"):
            got = self._server.get(path)
            assert got.status == OK, got

    @property
    def _request(self) -> BuildRequest:
        return BuildRequest(root=self.root, output=self.root / "output", as_of=self.clock)

    def save(self, files: Files) -> None:
        """Make the source files on disk these and no others, but for the theme's, of the engine."""
        old = {path: data for path, data in self.files.items() if not path.startswith("theme/")}
        for path in old.keys() - files.keys():
            (self.root / path).unlink()
        plant(self.root, {p: data for p, data in files.items() if old.get(p) != data})

    def publish(self) -> None:
        """Commit everything, and publish it to the remote. Raises Problems."""
        self._git("add", "--all")
        self._git("commit", "--quiet", "--allow-empty", "--message", "a change")
        with closing(Progress()) as progress:
            publish_site(self._request, "origin", "gh-pages", dry_run=False, progress=progress)

    @property
    def published(self) -> str:
        """What the branch of the remote is at; "" if there is none yet."""
        return self._git("ls-remote", "origin", "gh-pages")

    def _git(self, *arguments: str) -> str:
        command = ["git", "-C", f"{self.root}", *arguments]
        return subprocess.run(command, check=True, capture_output=True).stdout.decode()


class Told(str):
    """The text of problems."""


def outcome(do: Callable[[], T]) -> T | Told:
    """Give what something returns, or the problems that it raises, as text."""
    try:
        return do()
    except Problems as problems:
        return Told(problems)


def without_cards(site: Mapping[str, bytes]) -> Files:
    """Give the files of a site but for the cards, which are drawn where Pillow is."""
    return {path: data for path, data in site.items() if not path.endswith("card.png")}


def saved(edit: Edit) -> Step:
    """Give the step that saves what an edit makes of the source files."""

    def step(site: SiteFolder, number: int) -> None:
        site.save(edit(site.files, number))

    return step


class NothingThereError(Exception):
    """Raised where there is nothing left that something could be done to."""


def choose(items: Sequence[str], number: int) -> str:
    """Give one of the items. Raises NothingThereError."""
    if not items:
        raise NothingThereError
    return items[number % len(items)]


def texts_of(files: Files) -> list[str]:
    """Give the paths of the texts of topics and articles."""
    return sorted(p for p in files if p.startswith("content/") and p.endswith(".md"))


def append(text: str) -> Edit:
    """Give the edit that adds words to the end of a text."""

    def edit(files: Files, number: int) -> Files:
        path = choose(texts_of(files), number)
        return {**files, path: files[path] + text.encode()}

    return edit


def with_field(line: str) -> Edit:
    """Give the edit that puts a line into the front matter of a text."""

    def edit(files: Files, number: int) -> Files:
        path = choose(texts_of(files), number)
        return {**files, path: files[path].replace(b"---\n", f"---\n{line}\n".encode(), 1)}

    return edit


def change(path: str, old: str, new: str) -> Edit:
    """Give the edit that replaces words of a file."""

    def edit(files: Files, _number: int) -> Files:
        return {**files, path: files.get(path, b"").replace(old.encode(), new.encode())}

    return edit


def at_the_end(path: str, text: str) -> Edit:
    """Give the edit that adds text to the end of a file."""

    def edit(files: Files, _number: int) -> Files:
        return {**files, path: files.get(path, b"") + text.encode()}

    return edit


def correct(files: Files, number: int) -> Files:
    """Add a correction to the facts of a topic."""
    path = choose(sorted(p for p in files if p.endswith("/topic.yaml")), number)
    entry = "{date: 2025-07-01, kind: correction, text: {vi: Sửa., en: Corrected.}}"
    return {**files, path: files[path] + f"changes: [{entry}]\n".encode()}


def without_topic(line: str) -> Edit:
    """Give the edit that takes a topic away, and notes in the redirects what became of it."""

    def edit(files: Files, number: int) -> Files:
        gone, other = choose(topics_of(files), number), choose(topics_of(files), number + 1)
        left = {p: data for p, data in files.items() if not p.startswith(f"content/{gone}/")}
        noted = line.format(gone=gone, other=other)
        return {**left, REDIRECTS: files.get(REDIRECTS, b"") + f"{noted}\n".encode()}

    return edit


def without_article(line: str) -> Edit:
    """Give the edit that takes an article away, and notes what became of it."""

    def edit(files: Files, number: int) -> Files:
        articles = sorted({p.split(".")[0] for p in texts_of(files) if "/topic." not in p})
        path = choose(articles, number)
        left = {p: data for p, data in files.items() if not p.startswith(f"{path}.")}
        noted = line.format(gone=path.removeprefix("content/"), other="vote")
        return {**left, REDIRECTS: files.get(REDIRECTS, b"") + f"{noted}\n".encode()}

    return edit


def add_language(files: Files, _number: int) -> Files:
    """Add a language to the site, with the words of another one."""
    words = files.get("templates/words/en.yaml", b"")
    site = files["site.yaml"].replace(b"  en: {name", b"  fr: {name: Fran\xc3\xa7ais}\n  en: {name")
    return {**files, "site.yaml": site, "templates/words/fr.yaml": words}


def drop_language(files: Files, number: int) -> Files:
    """Take a language away from the site; its words and texts may stay."""
    kept = [line for line in files["site.yaml"].splitlines(True) if not line.startswith(b"  en:")]
    stay = number % 2
    left = {p: data for p, data in files.items() if stay or not p.endswith((".en.md", "en.yaml"))}
    return {**left, "site.yaml": b"".join(kept)}


def rename_topic(site: SiteFolder, number: int) -> None:
    """Rename a topic by the command."""
    rename(site.root, "topic", choose(topics_of(site.files), number), f"renamed-{number}")


def rename_article(site: SiteFolder, number: int) -> None:
    """Rename an article by the command."""
    texts = [p for p in texts_of(site.files) if p.count("/") == 2 and "/topic." not in p]
    topic, article = choose(texts, number).split("/")[1:]
    rename(site.root, "article", f"{topic}/{article.split('.')[0]}", f"renamed-{number}")


def with_command(command: Callable[[Path, str, Moment], str]) -> Step:
    """Give the step that hides, shows or withdraws a topic or one of its articles."""

    def step(site: SiteFolder, number: int) -> None:
        texts = [p for p in texts_of(site.files) if p.count("/") == 2]
        things = sorted({p.split(".")[0].removesuffix("/topic") for p in texts})
        name = choose(things, number).removeprefix("content/")
        command(site.root, name, site.clock)

    return step


def move_clock(site: SiteFolder, number: int) -> None:
    """Let another day come."""
    site.clock = DAYS[number % len(DAYS)]


def undo(site: SiteFolder, _number: int) -> None:
    """Put back the files that last made a site."""
    site.save(site.last_good)


def publish(site: SiteFolder, _number: int) -> None:
    """Commit and publish."""
    site.publish()


STEPS: Mapping[str, Step] = {
    "edit": saved(append("\nMore words.\n")),
    "link": saved(append("\nSee [it](topic:river-talks) and [that](point:river-talks/dams).\n")),
    "break a link": saved(append("\n[x](nowhere)\n")),
    "break a field": saved(with_field("titel: x")),
    "break the facts": saved(at_the_end("content/river-talks/topic.yaml", "points: [\n")),
    "break a template": saved(at_the_end("templates/base.html", "{{ nothing_of_that_name }}")),
    "cure": undo,
    "rename a topic": rename_topic,
    "rename an article": rename_article,
    "hide": with_command(lambda root, name, now: hide(root, [name], "", now)),
    "show": with_command(lambda root, name, now: show(root, [name], "", now)),
    "withdraw": with_command(lambda root, name, now: withdraw(root, name, "", (), now)),
    "replace a topic": saved(without_topic("replaced: {{{gone}: {other}}}")),
    "withdraw a topic": saved(without_topic("withdrawn: [{gone}]")),
    "replace an article": saved(without_article("replaced: {{{gone}: {other}}}")),
    "withdraw an article": saved(without_article("withdrawn: [{gone}]")),
    "take a topic away": saved(without_topic("")),
    "hide a text": saved(with_field("draft: true")),
    "schedule a text": saved(with_field("release: 2025-12-01")),
    "correct": saved(correct),
    "add a language": saved(add_language),
    "drop a language": saved(drop_language),
    "change words": saved(change("templates/words/en.yaml", "Latest", "Newest")),
    "change a template": saved(at_the_end("templates/base.html", "{# more #}\n")),
    "change the styles": saved(at_the_end("templates/styles/parts.css", "/* more */\n")),
    "add a file": saved(at_the_end("templates/assets/more.txt", "more\n")),
    "move the clock": move_clock,
    "publish": publish,
}
"""What people do, by name."""
