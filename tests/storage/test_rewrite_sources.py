"""Files moved and rewritten on the disk: all of them, or none, and nothing is lost."""

from __future__ import annotations

import json
import os
import re
import stat
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path

import pytest

from briefing.commands.arguments import ROOT
from briefing.commands.main import main
from briefing.problems import Problems
from briefing.storage.rewrite_sources import finish_rewriting, rewrite_sources, write_file
from support import faults as f
from support.disk import NOBODY, as_nobody, found, plant
from support.faults import snapshot, stamps
from support.nightly import Some
from support.sites import Sources

# The disk


FILES = {
    "redirects.yaml": b"# none\n",
    "content/about.md": b"about",
    "content/old/topic.yaml": b"facts",
    "content/old/a.md": b"a",
    "content/other/b.md": b"b",
    ".sources/old/a.txt": b"kept",
}
MOVED = {
    "content/old/topic.yaml": "content/new/topic.yaml",
    "content/old/a.md": "content/new/a.md",
    ".sources/old/a.txt": ".sources/new/a.txt",
}
WRITTEN = {"content/new/a.md": b"A", "content/other/b.md": b"B", "redirects.yaml": b"renamed"}
DONE = {MOVED.get(path, path): data for path, data in FILES.items()} | WRITTEN


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder of sources that anybody can reach, and owns."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plant(folder, FILES)
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
            if os.geteuid() == 0:
                os.chown(path, NOBODY, NOBODY)
        yield folder
        for path in folder.rglob("*"):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)


def test_files_are_moved_and_written(place: Path) -> None:
    """With the folders that are new, and without those in which nothing is left."""
    rewrite_sources(place, MOVED, WRITTEN)

    assert found(place) == DONE
    assert not (place / "content/old").exists()
    assert not (place / ".sources/old").exists()


def test_a_file_that_is_not_there_yet_is_made(place: Path) -> None:
    """As redirects.yaml is the first time."""
    (place / "redirects.yaml").unlink()

    rewrite_sources(place, {}, {"redirects.yaml": b"first"})

    assert found(place) == {**FILES, "redirects.yaml": b"first"}


def test_modes_and_owners_are_kept(place: Path) -> None:
    """Of files that move, of those that change, and of the folder for its new one."""
    modes = {"content/old": 0o750, "content/old/a.md": 0o600, "content/other/b.md": 0o664}
    for path, mode in modes.items():
        (place / path).chmod(mode)

    rewrite_sources(place, MOVED, WRITTEN)

    for path, mode in modes.items():
        now = (place / path.replace("/old", "/new")).stat()
        assert stat.S_IMODE(now.st_mode) == mode
        assert now.st_uid in {NOBODY, os.geteuid()}
    assert (place / "content/other/b.md").stat().st_uid == (
        place / "content/new/a.md"
    ).stat().st_uid


def test_litter_stays_where_it_is(place: Path) -> None:
    """It is nobody's to move, and in nobody's way."""
    litter = {"content/old/a.md~": b"x", "content/old/.a.md.swp": b"x", "content/new/.b": b"x"}
    plant(place, litter)

    rewrite_sources(place, MOVED, WRITTEN)

    assert found(place) == DONE | litter


def test_names_that_a_mac_took_apart_are_found(place: Path) -> None:
    """They are read composed, and are renamed by what they are on the disk."""
    apart = unicodedata.normalize("NFD", "content/đập/ệ.md")
    plant(place, {apart: b"x"})

    rewrite_sources(place, {"content/đập/ệ.md": "content/hồ/ệ.md"}, {"content/hồ/ệ.md": b"y"})

    assert found(place) == {**FILES, "content/hồ/ệ.md": b"y"}
    assert not (place / apart).parent.exists()


def refused(place: Path, moved: Mapping[str, str], written: Mapping[str, bytes]) -> str:
    """Give what is told of a rewriting that cannot be, and look that nothing was done."""
    before = snapshot(place), stamps(place)
    with pytest.raises(Problems) as problems:
        rewrite_sources(place, moved, written)
    assert snapshot(place) == before[0]
    assert {path: at[:3] for path, at in stamps(place).items()} == {
        path: at[:3] for path, at in before[1].items()
    }
    return str(problems.value)


def test_nothing_is_ever_overwritten(place: Path) -> None:
    """What stands where a file is to go is told of, all at once."""
    plant(place, {"content/new/a.md": b"theirs", ".sources/new/a.txt": b"theirs"})

    cure = "is there already\n    move it away, and rename again"
    assert refused(place, MOVED, WRITTEN) == (
        f".sources/new/a.txt:1:1: {cure}\ncontent/new/a.md:1:1: {cure}"
    )


def test_a_name_in_another_unicode_form_is_in_the_way(place: Path) -> None:
    """It is the same name."""
    plant(place, {unicodedata.normalize("NFD", "content/new/ệ.md"): b"theirs"})

    said = refused(place, {"content/old/a.md": "content/new/ệ.md"}, {})
    assert said.startswith("content/new/ệ.md:1:1: is there already")


def test_a_file_that_is_gone_or_is_none_is_told_of(place: Path) -> None:
    """What was read may have been changed since."""
    (place / "content/old/a.md").unlink()
    (place / "content/other/b.md").unlink()
    (place / "content/other/b.md").mkdir()
    (place / "redirects.yaml").rename(place / "kept.yaml")
    (place / "redirects.yaml").symlink_to("kept.yaml")

    assert refused(place, MOVED, WRITTEN).splitlines() == [
        "content/old/a.md:1:1: is no longer there",
        "    rename again: the files have changed meanwhile",
        "content/other/b.md:1:1: is not a regular file",
        "    take it away",
        "redirects.yaml:1:1: is not a regular file",
        "    take it away",
    ]


def test_no_link_is_followed(place: Path) -> None:
    """Neither out of the folder nor into it."""
    with tempfile.TemporaryDirectory() as name:
        elsewhere = Path(name)
        plant(elsewhere, {"a.md": b"secret"})
        (place / "content/new").symlink_to(elsewhere)
        assert "content/new/a.md:1:1: cannot be written: " in refused(place, MOVED, WRITTEN)
        (place / "content/new").unlink()
        (place / "content/old").rename(place / "content/real")
        (place / "content/old").symlink_to("real")
        assert "content/old/a.md:1:1: cannot be written: " in refused(place, MOVED, WRITTEN)
        assert found(elsewhere) == {"a.md": b"secret"}


@pytest.mark.parametrize("shut", ["content", "content/old", "content/other", ".sources/old", "."])
def test_a_folder_that_cannot_be_written_leaves_all_as_it_was(place: Path, shut: str) -> None:
    """Whenever it is come upon: what was done before is undone."""
    (place / shut).chmod(0o555)
    with as_nobody():
        said = refused(place, MOVED, WRITTEN)
    assert "cannot be written: Permission denied\n    cure that, and rename again" in said


# The command, as a process of its own


@pytest.fixture
def project(small: Sources, tmp_path: Path) -> Path:
    """A project with kept texts."""
    folder = tmp_path / "project"
    plant(
        folder,
        small | {".sources/river-talks/statement.txt": b"kept", "x": b"x"},
    )
    return folder


def line(project: Path, *words: str) -> list[str]:
    """Give the command line that renames a topic, or another one."""
    options = [*(words or ("rename", "topic", "river-talks", "talks")), "--root", str(project)]
    return [sys.executable, str(ROOT / "build.py"), *options]


def test_the_command_renames_and_says_what_it_did(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And says what is wrong where it cannot."""
    assert main(line(project)[2:]) == 0
    assert "river-talks is talks now: 11 files moved, 3 rewritten" in capsys.readouterr().out
    assert (project / ".sources/talks/statement.txt").read_bytes() == b"kept"

    article = ["rename", "article", "talks/statement", "talks/words", "--root", str(project)]
    assert main(article) == 0
    assert (project / ".sources/talks/words.txt").read_bytes() == b"kept"
    assert main(article) == 1
    assert "no article `statement`" in capsys.readouterr().err


NAME = attrgetter("name")
NOTE = ".rename.json"


def test_whichever_call_the_system_refuses_all_is_done_or_nothing(
    project: Path, some: Some
) -> None:
    """Half of it is never left."""
    before = snapshot(project)
    after = renamed_on_disk(project)

    def fail_at(call: f.Call) -> str:
        return struck(project, call, "error=EIO", {"old": before, "new": after})

    calls = [call for call in changes(project) if not call.speaks]
    f.try_all(fail_at, some(calls, 8, NAME))


def test_killed_at_any_moment_it_is_carried_out_by_the_next_command(
    project: Path, some: Some
) -> None:
    """Or nothing was done; meanwhile what was in each file, or is to be, is in some file."""
    before, after = snapshot(project), renamed_on_disk(project)
    new = {path: after[path.replace("river-talks", "talks")].data for path in before}

    def kill_at(call: f.Call) -> str:
        with copied(project) as again:
            strike(again, call, "signal=SIGKILL")
            left = {entry.data for entry in snapshot(again).values()}
            lost = [path for path, was in before.items() if not {was.data, new[path]} & left]
            done = f.run(line(again, "check"))
            found = {path: at for path, at in snapshot(again).items() if path != f"{NOTE}.new"}
        if lost or done.status:
            return f"lost: {lost}, {done}"
        same = not f.difference(found, before) or not f.difference(found, after)
        return "" if same else f"neither as it was nor done, but {done}"

    calls = [call for call in changes(project) if not call.speaks]
    f.try_all(kill_at, some(calls, 8, NAME))


def test_a_disk_on_which_no_file_has_two_names_will_do(project: Path) -> None:
    """Then a file loses its name as it gets the new one."""
    after = renamed_on_disk(project)
    every = [call for call in changes(project) if call.name == "linkat"][:1]

    for call in every:
        with copied(project) as again:
            f.must(strike(again, call, "error=EPERM", "1+"))
            assert not f.difference(snapshot(again), after)
    assert every


def stopped(project: Path) -> None:
    """Kill a rename when all files have moved, and one of those that change was written."""
    (call,) = [c for c in changes(project) if c.name.startswith("rename") and "about" in c.text]
    strike(project, call, "signal=SIGKILL")
    assert (project / NOTE).exists()


@pytest.mark.parametrize("words", [("build",), ("check",), ("rename", "topic", "talks", "speech")])
def test_every_command_says_that_it_finished_what_was_stopped(
    project: Path, words: tuple[str, ...]
) -> None:
    """And does then what it was asked for."""
    stopped(project)

    done = f.must(f.run(line(project, *words)))
    what = "a rename that was stopped before its end was carried out: 11 files moved, 3 rewritten"
    assert done.err.startswith(f"{what}\n")
    assert not (project / NOTE).exists()
    assert f.must(f.run(line(project, "build"))).err == ""


def test_a_change_of_what_is_kept_of_originals_is_finished_too(place: Path) -> None:
    """It stands in a folder with a dot, in which the program alone writes."""
    path = "content/old/.translated/a.md"
    plant(place, {NOTE: note(written={path: "eA=="}, before={path: ""})})

    done = finish_rewriting(place)

    assert done == (
        "a change of files that was stopped before its end was carried out: 0 files moved, "
        "1 rewritten"
    )
    assert found(place) == {**FILES, path: b"x"}


def test_a_file_is_written_whole_or_not(place: Path) -> None:
    """Beside the sources there is nothing else meanwhile, and its mode stays."""
    (place / "redirects.yaml").chmod(0o600)
    write_file(place, "redirects.yaml", b"new")
    write_file(place, "en.po", b"po")
    assert found(place) == {**FILES, "redirects.yaml": b"new", "en.po": b"po"}
    assert stat.S_IMODE((place / "redirects.yaml").stat().st_mode) == 0o600
    with pytest.raises(Problems, match="is not a regular file"):
        write_file(place, "content", b"x")
    with pytest.raises(Problems, match="cannot be written"):
        write_file(place / "no", "en.po", b"x")


def test_what_was_changed_since_a_rename_was_stopped_is_not_written_over(project: Path) -> None:
    """Who changed it is told, and nothing is done; without the note all is as they left it."""
    stopped(project)
    text = project / "content/vote/count.vi.md"
    text.write_bytes(text.read_bytes() + b"\nMore.\n")
    before = snapshot(project)

    done = f.run(line(project, "check"))

    assert (done.status, done.wrong) == (1, "")
    assert done.err == (
        "content/vote/count.vi.md:1:1: a rename was stopped before its end, and this file was "
        f"changed since\n    delete {NOTE}, and see with `git status` that all is as it should "
        "be\n1 problem, nothing written\n"
    )
    assert f.difference(snapshot(project), before) == ""


def note(**fields: object) -> bytes:
    """Give a note that somebody forged."""
    plain = {"token": "a", "moved": {}, "written": {}, "before": {}}
    return json.dumps({**plain, **fields}).encode()


def writes(path: str) -> bytes:
    return note(written={path: "eA=="}, before={path: ""})


@pytest.mark.parametrize(
    "forged",
    [
        writes(".git/hooks/post-checkout"),
        writes("content/../.git/config"),
        writes("content/.hidden/a.md"),
        writes("content/a/.translated/.translated/a.md"),
        writes("content/.translated/a/b.md"),
        writes("content/.translated"),
        writes("templates/base.html"),
        writes("/etc/passwd"),
        writes(".sources/a/b.txt"),
        writes("content"),
        note(moved={".sources/river-talks/statement.txt": "content/a.txt"}),
        note(moved={"content/a.md": "../a.md"}),
        note(moved={"x": "y"}),
        note(token="../a", written={"content/a.md": "eA=="}, before={"content/a.md": ""}),
        note(written={"content/a.md": "eA=="}),
        note(more=1),
        b"[" * 100_000,
        b"",
    ],
)
def test_a_note_that_came_with_the_sources_reaches_nothing_else(
    project: Path, forged: bytes
) -> None:
    """It is refused, whatever it wants, and nothing is touched."""
    (project / NOTE).write_bytes(forged)
    before = snapshot(project)

    done = f.run(line(project, "check"))

    assert (done.status, done.wrong) == (1, "")
    assert done.err.startswith(f"{NOTE}:1:1: is no note of a rename, though it has the name of one")
    assert f.difference(snapshot(project), before) == ""


@pytest.mark.promise(5)
def test_a_note_that_is_no_file_is_not_opened(project: Path) -> None:
    """No pipe is waited for, and no link is followed."""
    os.mkfifo(project / NOTE)
    done = f.run(line(project, "check"))
    assert "is no note of a rename" in done.err
    (project / NOTE).unlink()
    (project / "elsewhere").write_bytes(note())
    (project / NOTE).symlink_to("elsewhere")
    done = f.run(line(project, "check"))
    assert "is no note of a rename" in done.err
    assert (project / NOTE).is_symlink()


@contextmanager
def copied(project: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield f.copy(project, Path(name) / "project")


def renamed_on_disk(project: Path) -> f.Tree:
    with copied(project) as again:
        f.must(f.run(line(again)))
        return snapshot(again)


def changes(project: Path) -> list[f.Call]:
    """Give every call by which the command changes the disk."""
    with copied(project) as again, tempfile.NamedTemporaryFile() as log:
        names = ",".join(f"?{name}" for name in f.CHANGING)
        options = ["-o", log.name, "-e", f"trace={names}"]
        f.must(f.run(f.traced(options, line(again)), f.environment(**f.STILL)))
        text = log.read().decode(errors="replace")
    seen: Counter[str] = Counter()
    made = []
    for name, rest in re.findall(r"^(?:\d+ +)?(\w+)\((.*)$", text, re.MULTILINE):
        seen[name] += 1
        made.append(f.Call(name, seen[name], rest))
    return made


def strike(project: Path, call: f.Call, blow: str, when: str = "") -> f.Done:
    """Run the command, with something done to it at a call, or at those that are named."""
    injected = f"inject={call.name}:{blow}:when={when or call.number}"
    options = ["-o", os.devnull, "-e", f"trace={call.name}", "-e", injected]
    return f.run(f.traced(options, line(project)), f.environment(**f.STILL))


def struck(project: Path, call: f.Call, blow: str, wanted: Mapping[str, f.Tree]) -> str:
    """Say what is wrong about the command if it was struck: it is told, and all or nothing done.

    What is cleared away at the end may be left: a file that nobody reads, an empty folder, and
    the note, by which the next command finds that all is done.
    """
    with copied(project) as again:
        done = strike(again, call, blow)
        found = snapshot(again)
        left = {path for path in found if path.endswith((".old", ".new", "/river-talks", ".json"))}
    for name, status in (("old", 1), ("new", 0)):
        rest = {p: entry for p, entry in found.items() if name == "old" or p not in left}
        if done.status == status and not f.difference(rest, wanted[name]):
            return done.wrong
    return f"neither as it was nor done, but {done}: {f.nearest(found, wanted)[1]}"
