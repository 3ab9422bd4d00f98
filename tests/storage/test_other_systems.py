"""Where handles of folders, an exchange of folders, forks and owners are missing, all works on.

Each program is a process of its own from which `support/other_system` has taken what Windows does
not have.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from hashlib import sha256
from operator import attrgetter
from pathlib import Path

import pytest

from briefing.commands.arguments import ROOT
from briefing.storage.seal_key import user_folder
from support import faults as f
from support.disk import plant
from support.faults import Call, Done, Rebuild
from support.nightly import Some
from support.preview import EDIT, OK, TEXT, UNDO, Live
from support.promises import Count
from support.sites import TESTS, Sources

NAME = attrgetter("name")


@pytest.fixture
def other_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each program that is started lack what Windows lacks."""
    monkeypatch.setenv("PYTHONPATH", str(TESTS / "support/other_system"))


def run(project: Path, *words: str, **changes: str) -> Done:
    """Run a command on a project."""
    line = [sys.executable, str(ROOT / "build.py"), *words, "--root", str(project)]
    return f.run(line, f.environment(**changes))


def test_a_program_there_lacks_what_it_should(other_system: None) -> None:
    """So that the tests below say something."""
    story = (
        "from briefing.storage.system import abilities as a, exchange_folders as e; import os; "
        "print(a.HAS_FOLDER_HANDLES, a.HAS_OWNERS, e.can_exchange(), hasattr(os, 'fork'))"
    )
    done = f.run([sys.executable, "-c", story], f.environment(), cwd=ROOT)

    assert (done.out.split(), done.err) == (["False"] * 4, "")


def test_the_site_has_the_same_bytes(rebuild: Rebuild, other_system: None) -> None:
    """In a first build, in a rebuild, and in one with nothing to do."""
    with rebuild.again() as project:
        f.must(f.build(project))
        assert rebuild.whole(project)[0] == "new"
        for _ in range(3):
            done = f.must(run(project))
        assert "nothing has changed" in done.out
    with rebuild.again() as project:
        f.must(f.build(project, project / "first"))
        first = f.snapshot(project / "first")

        assert {path: first[path] for path in rebuild.new if path in first} == first


def test_check_and_rename_do_what_they_do_elsewhere(
    small: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same is told, and the same files are moved and written."""
    told, left = [], []
    for place, modules in (("here", ""), ("there", str(TESTS / "support/other_system"))):
        monkeypatch.setenv("PYTHONPATH", modules)
        project = tmp_path / place
        plant(project, small)
        checked = f.must(run(project, "check"))
        renamed = f.must(run(project, "rename", "topic", "river-talks", "talks-on-the-river"))
        told.append((checked.out, renamed.out.replace(place, "")))
        left.append(f.snapshot(project))

    assert told[0] == told[1]
    assert f.difference(left[1], left[0]) == ""
    assert "content/talks-on-the-river/topic.yaml" in left[1]


@pytest.mark.promise(7, 8)
def test_a_build_that_is_stopped_there_is_undone_and_a_killed_one_mended(
    rebuild: Rebuild, other_system: None, count: Count, some: Some
) -> None:
    """Files are replaced one by one; at whichever call it ends, the next build leaves no rest."""
    with rebuild.again() as project:
        calls = [call for call in f.calls(project) if not call.speaks]

    def strike(case: tuple[Call, str]) -> str:
        call, blow = case
        with rebuild.again() as project:
            done = f.struck(call, blow, project)
            wrong = "" if done.status else "nothing was done to it"
            if blow == "signal=SIGTERM":
                wrong = wrong or done.wrong or rebuild.whole(project)[1]
            return wrong or rebuild.mended(project)

    blows = ("signal=SIGTERM", "signal=SIGKILL")
    cases = [(call, blow) for blow in blows for call in some(calls, 4, NAME)]
    count(len(cases))
    f.try_all(strike, cases)


@pytest.mark.promise(7)
def test_a_call_that_fails_there_leaves_the_old_site_or_makes_the_new_one(
    rebuild: Rebuild, other_system: None, count: Count, some: Some
) -> None:
    """Whichever call the system refuses: it is told and nothing has changed, or all is done.

    What only clears up may fail unseen: a work folder, which the next build removes, or an empty
    folder stays.
    """
    clearing = {"unlink", "rmdir"}
    with rebuild.again() as project:
        changing = [call for call in f.calls(project) if not call.speaks]
        chosen = some([call for call in changing if call.name not in clearing], 5, NAME)
    errors = ("ENOSPC", "EIO", "EPERM")

    def fail_at(case: tuple[Call, str]) -> str:
        call, error = case
        with rebuild.again() as project:
            done = f.struck(call, f"error={error}", project)
            return rebuild.left_by(project, done) or rebuild.mended(project)

    cases = [(call, errors[n % len(errors)]) for n, call in enumerate(chosen)]
    count(len(cases))
    f.try_all(fail_at, cases)


@pytest.mark.promise(5)
@pytest.mark.parametrize("what", ["file", "folder"])
def test_no_link_is_followed_there(
    small: Sources, tmp_path: Path, other_system: None, what: str
) -> None:
    """A link among the sources is told of; one in the cache is not read and not written through."""
    project, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    plant(project, small)
    plant(elsewhere, {"secret.md": b"secret"})
    link = project / ("content/river-talks/secret.en.md" if what == "file" else "content/secret")
    link.symlink_to(elsewhere / "secret.md" if what == "file" else elsewhere)
    (project / ".cache").symlink_to(elsewhere)

    done = run(project, "check")
    assert "is a link; no link is followed" in done.err
    link.unlink()
    f.must(f.build(project))
    assert [path.name for path in elsewhere.iterdir()] == ["secret.md"]


@pytest.mark.promise(10)
def test_builds_at_once_wait_for_each_other_there(
    rebuild: Rebuild, light: Sources, other_system: None
) -> None:
    """Three over sources that change: all end well, and the whole new site is there."""
    with rebuild.again() as project:
        line = f.command(project)
        with f.spawn(line) as one, f.spawn(line) as two, f.spawn(line) as three:
            ends = [f.finish(process) for process in (one, two, three)]

        assert [(done.status, done.untidy) for done in ends] == [(0, "")] * 3
        assert rebuild.whole(project) == ("new", "")


def test_a_save_shows_in_the_preview_there(
    small: Sources, tmp_path: Path, other_system: None
) -> None:
    """It starts, shows a save, writes what a page asks for, and stops when it is asked to."""
    plant(tmp_path, small)
    live = Live(tmp_path)
    plant(tmp_path, {TEXT: small[TEXT].replace(b"the dams stay shut", b"the dams stay so")})

    def is_shown() -> bool:
        return b"the dams stay so" in live.get(f"{live.base}en/river-talks/gazette/").body

    assert f.wait_until(is_shown)
    before = (tmp_path / TEXT).read_bytes()
    claim = {"type": "add-claim", "point": "fees", "says": "12", "at": {"start": "twelve"}}
    edit = {"path": TEXT, "digest": sha256(before).hexdigest(), "what": claim}
    done = live.post(EDIT, edit)
    assert done.status == OK
    assert b"{point: fees, says: 12, at: twelve}" in (tmp_path / TEXT).read_bytes()
    assert live.post(EDIT, edit).status == 409
    assert live.post(UNDO, {"undo": json.loads(done.body)["undo"]}).status == OK
    assert (tmp_path / TEXT).read_bytes() == before
    assert live.stop() == 0


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii"])
def test_a_console_that_is_not_utf_8_is_told_all_the_same(
    small: Sources, tmp_path: Path, encoding: str
) -> None:
    """What it has no letter for is an escape, and nothing fails."""
    plant(tmp_path, {**small, "content/tiếng-việt.yaml": b"a: b\n"})

    for words in (["check"], ["--as-of", f.DAY], ["--help"]):
        done = run(tmp_path, *words, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
        assert "Error" not in done.err
        assert done.wrong == ""


def test_sources_with_line_ends_of_windows_make_the_same_site(
    small: Sources, tmp_path: Path
) -> None:
    """As git may write them: https://git-scm.com/docs/gitattributes#_text."""
    texts = (".md", ".yaml", ".html", ".xml", ".css", ".js", ".svg", ".txt")
    crlf = {
        path: data.replace(b"\n", b"\r\n") if path.endswith(texts) else data
        for path, data in small.items()
    }

    def page(files: Sources) -> f.Tree:
        site = f.made(tmp_path, files)
        return {path: site[path] for path in site if not path.startswith("assets/")}

    assert f.difference(page(crlf), page(small)) == ""


@pytest.mark.parametrize(
    ("system", "kind", "found"),
    [
        ("linux", "state", "/home/a/.local/state"),
        ("linux", "cache", "/home/a/.cache"),
        ("darwin", "state", "/home/a/Library/Application Support"),
        ("darwin", "cache", "/home/a/Library/Caches"),
        ("win32", "state", "/local"),
        ("win32", "cache", "/local"),
    ],
)
def test_each_system_has_its_folders_of_the_user(
    monkeypatch: pytest.MonkeyPatch, system: str, kind: str, found: str
) -> None:
    """Where its own programs have theirs; what the environment names goes before it."""
    for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", "/home/a")
    monkeypatch.setenv("LOCALAPPDATA", "/local")
    folder: Callable[..., str | None] = user_folder

    assert folder(kind, system) == found
    monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", "/named")
    assert folder(kind, system) == "/named"
