"""Only our own files are changed, and no folder that is none of a site's.

Each build is a process of its own, and what happens to it is real.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from support import faults as f
from support.disk import plant
from support.faults import Rebuild, Tree
from support.promises import Count
from support.sites import Sources


@dataclass(frozen=True)
class Area:
    """A project with its site, and what stands around it."""

    folder: Path
    project: Path
    env: Mapping[str, str]

    def state(self) -> tuple[Tree, dict[str, f.Stamp]]:
        """All there is, with owners and times."""
        return f.snapshot(self.folder), f.stamps(self.folder)


@contextmanager
def around(rebuild: Rebuild) -> Iterator[Area]:
    """Give a project in a folder with a home, with links, and with files of others."""
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        folder = Path(name) / "area"
        folder.mkdir()
        f.copy(rebuild.project, folder / "project")
        plant(folder, {"home/diary.txt": b"dear", "elsewhere/file.txt": b"theirs", "file": b"a"})
        (folder / "link").symlink_to("elsewhere")
        (folder / "link-to-file").symlink_to("file")
        (folder / "dangling").symlink_to("nothing")
        (folder / "loop").symlink_to("loop")
        (folder / "to-content").symlink_to("project/content")
        (folder / "to-project").symlink_to("project")
        os.mkfifo(folder / "pipe")
        yield Area(folder, folder / "project", f.environment(HOME=str(folder / "home")))


@pytest.fixture
def area(rebuild: Rebuild) -> Iterator[Area]:
    """A project with its site, and what stands around it."""
    with around(rebuild) as made:
        yield made


MAD = (
    *("link", "link/", "link-to-file", "dangling", "loop", "file", "file/site", "pipe"),
    *(".", "project", "project/", "project/.", "to-project", "to-project/../project"),
    *("project/content", "project/content/", "project/content/site", "project/content/vote"),
    *("project/templates", "project/templates/pages", "to-content", "to-content/site"),
    *("to-project/content", "project/site.yaml", "home", "home/", "home/../home"),
)


@pytest.mark.promise(9)
def test_a_mad_output_is_refused(area: Area, count: Count) -> None:
    """No link, no file, nothing that holds the sources or a home, and none of the sources."""
    before = area.state()

    def refuse(place: str) -> str:
        done = f.build(area.project, f"{area.folder}/{place}", env=area.env)
        wrong = "" if done.status == 1 else f"{done}"
        return done.wrong or wrong or ("" if area.state() == before else "something has changed")

    count(len(MAD))
    f.try_all(refuse, MAD)


@pytest.mark.promise(9)
@pytest.mark.parametrize("place", ["", ".", "..", "content", "../link", "output/.."])
def test_a_mad_output_is_refused_by_its_relative_path(area: Area, place: str) -> None:
    """Where the build is started, such a path is no better."""
    before = area.state()

    done = f.run(f.command(area.project, place), env=area.env, cwd=area.project)

    assert (done.status, done.wrong) == (1, "")
    assert "the output" in done.err
    assert area.state() == before


@pytest.mark.promise(9)
@pytest.mark.parametrize("place", ["elsewhere", "link/../elsewhere"])
def test_a_folder_full_of_other_files_is_refused(area: Area, place: str) -> None:
    """Nobody who names one means that a site is to stand between them, unless that is said."""
    before = area.state()

    done = f.build(area.project, f"{area.folder}/{place}", env=area.env)

    assert (done.status, done.wrong) == (1, "")
    assert "no build made this folder, and it holds other files: `file.txt`" in done.err
    assert area.state() == before


@pytest.mark.promise(9)
def test_the_root_of_all_is_refused(area: Area) -> None:
    """For the reason for which a folder that holds the project is, even if it may be written."""
    other = f.build(area.project, area.folder, env=area.env)

    done = f.run(f.harmless("/", f.command(area.project, "/")), env=area.env)

    assert (done.status, done.wrong) == (1, "")
    assert done.err == other.err.replace(str(area.folder), "/")


@pytest.mark.promise(9)
def test_the_home_of_the_system_is_refused(area: Area) -> None:
    """A home is known even where the environment does not say it."""
    env = {name: value for name, value in area.env.items() if name != "HOME"}
    line = [sys.executable, "-c", "import os.path; print(os.path.expanduser('~'), end='')"]
    home = f.run(line, env=env).out
    other = f.build(area.project, area.folder, env=env)

    done = f.run(f.harmless(home, f.command(area.project, home)), env=env)

    assert (done.status, done.wrong) == (1, "")
    assert done.err == other.err.replace(str(area.folder), home)


Stranger = Callable[[Path, Path], object]
"""Puts something into an output; beside it is a folder of others."""

IN_THE_WAY: dict[str, tuple[str, Stranger]] = {
    "a file": ("index.html", lambda path, _: path.write_bytes(b"theirs")),
    "a file in a folder": ("en/vote/index.html", lambda path, _: path.write_bytes(b"theirs")),
    "an empty file": ("index.html", lambda path, _: path.touch()),
    "a file for a folder": ("en", lambda path, _: path.write_bytes(b"theirs")),
    "an empty folder": ("index.html", lambda path, _: path.mkdir()),
    "a folder": ("index.html", lambda path, _: plant(path, {"a.txt": b"theirs"})),
    "a link to a file": ("index.html", lambda path, there: path.symlink_to(there / "file.txt")),
    "a link to a folder": ("en", lambda path, there: path.symlink_to(there)),
    "a link to nothing": ("en/index.html", lambda path, there: path.symlink_to(there / "none")),
    "a link to nothing for a folder": ("vi", lambda path, there: path.symlink_to(there / "none")),
    "a pipe": ("index.html", lambda path, _: os.mkfifo(path)),
    "a folder as manifest": (f.MANIFEST, lambda path, _: plant(path, {"a.txt": b"theirs"})),
    "a link as manifest": (f.MANIFEST, lambda path, there: path.symlink_to(there / "file.txt")),
}


@pytest.mark.promise(9)
def test_a_stranger_in_the_way_of_a_first_build_is_told_of(rebuild: Rebuild, count: Count) -> None:
    """What stands where the site needs a file is not written over, nor followed."""

    def obstruct(what: str) -> str:
        path, put = IN_THE_WAY[what]
        with around(rebuild) as area:
            output = area.folder / "new" / "site"
            (output / path).parent.mkdir(parents=True)
            put(output / path, area.folder / "elsewhere")
            return refused(area, output, path)

    count(len(IN_THE_WAY))
    f.try_all(obstruct, IN_THE_WAY)


def refused(area: Area, output: Path, path: str) -> str:
    """Say what is wrong unless a build fails, says why, and all is as it was."""
    before = area.state()
    done = f.build_among_others(area.project, output, env=area.env)
    after = area.state()
    beside = output.parent.relative_to(area.folder).as_posix()
    if done.wrong or done.status != 1 or path not in done.err:
        return f"{done}"
    if after[1] | {beside: before[1][beside]} != before[1]:
        return "something has another time, mode or owner"
    return f.difference(after[0], before[0])


def swap(path: Path, there: Path) -> None:
    """Put a link in the place of a folder of the site."""
    path.rename(there / "kept")
    path.symlink_to(there / "kept")


ECHO = "en/river-talks/echo"
IN_THE_WAY_OF_ANOTHER: dict[str, tuple[str, Stranger]] = {
    "a file for a folder": (ECHO, lambda path, _: path.write_bytes(b"theirs")),
    "a file": (f"{ECHO}/index.html", lambda path, _: path.write_bytes(b"theirs")),
    "a folder": (f"{ECHO}/index.html", lambda path, _: path.mkdir()),
    "a link for a folder": (ECHO, lambda path, there: path.symlink_to(there)),
    "a link": (f"{ECHO}/index.html", lambda path, there: path.symlink_to(there / "file.txt")),
    "a link for a folder of ours": ("vi/vote", swap),
}


@pytest.mark.promise(9)
def test_a_stranger_in_the_way_of_a_new_page_is_told_of(rebuild: Rebuild, count: Count) -> None:
    """A page that is new, or comes back, does not take the place of what others put there."""

    def obstruct(what: str) -> str:
        path, put = IN_THE_WAY_OF_ANOTHER[what]
        with around(rebuild) as area:
            place = area.project / "output" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            put(place, area.folder / "elsewhere")
            return refused(area, area.project / "output", path)

    count(len(IN_THE_WAY_OF_ANOTHER))
    f.try_all(obstruct, IN_THE_WAY_OF_ANOTHER)


@pytest.mark.promise(9)
def test_a_stranger_that_is_the_same_already_is_no_problem(rebuild: Rebuild, area: Area) -> None:
    """A file with the bytes of a page can stand where that page goes, and keeps its time."""
    output = area.folder / "new"
    data = rebuild.new["en/index.html"].data
    plant(output, {"en/index.html": data})
    (output / "en/index.html").chmod(0o644)
    os.utime(output / "en/index.html", (f.LONG_AGO, f.LONG_AGO))

    f.must(f.build_among_others(area.project, output, env=area.env))

    assert (output / "en/index.html").stat().st_mtime == f.LONG_AGO


@pytest.mark.promise(9)
def test_special_files_hard_links_and_extended_attributes_of_others_are_kept(area: Area) -> None:
    """A pipe, a second name of a file, and what is noted on a file are theirs too."""
    output = area.project / "output"
    os.mkfifo(output / "pipe")
    os.link(output / "CNAME", output / "en/CNAME")
    (output / "theirs/noted").mkdir()
    noted = [output / "theirs/noted", output / "CNAME"]
    with suppress(OSError):  # not every file system can note something
        for path in noted:
            os.setxattr(path, "user.note", b"theirs")
    before = [dict.fromkeys(os.listxattr(path)) for path in noted]

    f.must(f.build(area.project, env=area.env))

    assert (output / "pipe").is_fifo()
    assert (output / "CNAME").samefile(output / "en/CNAME")
    assert [dict.fromkeys(os.listxattr(path)) for path in noted] == before


@pytest.mark.promise(8, 9)
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o777])
def test_a_rebuild_removes_what_is_gone_and_touches_nothing_else(
    rebuild: Rebuild, umask: int
) -> None:
    """The new site is exact in its modes too, and what is the same keeps its time."""
    with rebuild.again() as project:
        before = f.stamps(project / "output")
        assert rebuild.made_new(project, umask=umask) == ""

        after = f.stamps(project / "output")
    same = [
        path
        for path, entry in rebuild.new.items()
        if entry.data and rebuild.old.get(path) == entry and path != f.MANIFEST
    ]
    assert {"assets/site.css", "CNAME"} <= set(same)
    assert {path: after[path][3] for path in same} == {path: before[path][3] for path in same}


@pytest.mark.promise(9)
def test_a_build_with_nothing_new_touches_nothing(rebuild: Rebuild) -> None:
    """Every file, folder and stranger keeps its time."""
    with rebuild.again() as project:
        f.must(f.build(project))
        before = f.snapshot(project), f.stamps(project)
        f.must(f.build(project))

        assert (f.snapshot(project), f.stamps(project)) == before


MISTAKES: tuple[Sources, ...] = (
    {"content/vote/topic.yaml": b"event: {start: 2025-13}\n"},
    {"templates/base.html": b"{% if %}"},
    {"templates/base.html": b"{{ no_such_thing.at_all }}"},
    {"site.yaml": b"\xff\xfe"},
    {"content/outlets.yaml": b""},
)


@pytest.mark.promise(7)
def test_a_mistake_leaves_the_old_site_and_its_times(rebuild: Rebuild, count: Count) -> None:
    """It is told, and not even the time of a file in the site is another."""

    def mistaken(mistake: Sources) -> str:
        with rebuild.again() as project:
            plant(project, mistake)
            before = f.stamps(project / "output")
            done = f.build(project)
            same = f.stamps(project / "output") == before
            return rebuild.left_by(project, done) or ("" if done.status and same else f"{done}")

    count(len(MISTAKES))
    f.try_all(mistaken, MISTAKES)


@pytest.mark.promise(7)
def test_a_root_that_is_no_project_is_told_of(area: Area, count: Count) -> None:
    """Nothing is built, nothing is made, and nothing hangs."""
    before = area.state()

    def refuse(root: str) -> str:
        done = f.build(area.folder / root, env=area.env)
        wrong = "" if done.status == 1 else f"{done}"
        return done.wrong or wrong or f.difference(area.state()[0], before[0])

    roots = ("nothing", "file", "pipe", "elsewhere", "loop", "nothing/at/all")
    count(len(roots))
    f.try_all(refuse, roots)
    assert area.state() == before
