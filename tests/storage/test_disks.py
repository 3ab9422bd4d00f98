"""A disk that is full, read-only or shut, or that fails: the old site is whole, or the new one.

Each build is a process of its own, and what happens to it is real.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from operator import attrgetter
from pathlib import Path

import pytest

from support import faults as f
from support.disk import plant
from support.faults import Call, Rebuild
from support.nightly import Some
from support.promises import Count
from support.sites import Sources

NAME = attrgetter("name")


@pytest.mark.promise(7)
def test_a_call_that_fails_leaves_the_old_site_or_makes_the_new_one(
    rebuild: Rebuild, count: Count, some: Some
) -> None:
    """Whichever call the system refuses: it is told and nothing has changed, or all is done."""
    with rebuild.again() as project:
        chosen = some([call for call in f.calls(project) if not call.speaks], 8, NAME)
    errors = ("ENOSPC", "EIO", "EDQUOT", "EPERM")

    def fail_at(case: tuple[Call, str]) -> str:
        call, error = case
        with rebuild.again() as project:
            done = f.struck(call, f"error={error}", project)
            return rebuild.left_by(project, done) or rebuild.mended(project)

    cases = [(call, errors[n % len(errors)]) for n, call in enumerate(chosen)]
    count(len(cases))
    f.try_all(fail_at, cases)


@contextmanager
def on_a_disk(rebuild: Rebuild, folder: Path, layout: str) -> Iterator[tuple[Path, Path]]:
    """Give a project and a small disk: its output alone is the disk, or all of it is on it."""
    with ExitStack() as stack:
        if layout == "output":
            project = stack.enter_context(rebuild.again(folder))
            (project / "output").rename(project.parent / "kept")
            (project / "output").mkdir()
            disk = stack.enter_context(f.mounted(project / "output"))
            f.copy(project.parent / "kept", disk)
        else:
            place = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=folder)))
            disk = stack.enter_context(f.mounted(place))
            project = stack.enter_context(rebuild.again(disk))
        yield project, disk


LAYOUTS = pytest.mark.parametrize("layout", ["output", "project"])


@pytest.mark.promise(7)
@LAYOUTS
def test_a_full_disk_leaves_the_old_site_whole(
    rebuild: Rebuild, tmp_path: Path, count: Count, some: Some, layout: str
) -> None:
    """However much is missing, it is told, and the site is as it was; with room all is made."""
    room = [("size", pages) for pages in some((0, 1, 2, 5, 10, 20, 199), 4)]
    room += [("nr_inodes", files) for files in some((0, 1, 3, 9, 27), 3)]
    ends = []

    def fill(case: tuple[str, int]) -> str:
        what, free = case
        with on_a_disk(rebuild, tmp_path, layout) as (project, disk):
            f.remount(disk, f"{what}={f.used(disk, what, free)}")
            done = f.build(project)
            ends.append((case, done.status))
            wrong = rebuild.left_by(project, done)
            f.remount(disk, "size=16m,nr_inodes=10000")
            return wrong or rebuild.mended(project)

    f.try_all(fill, room)
    count(len(room))
    assert {(("size", 0), 1), (("nr_inodes", 0), 1), (("size", 199), 0)} <= set(ends)


@pytest.mark.promise(7)
@LAYOUTS
def test_a_disk_that_is_read_only_leaves_the_old_site_whole(
    rebuild: Rebuild, tmp_path: Path, layout: str
) -> None:
    """Nobody can write there, and that is told."""
    with on_a_disk(rebuild, tmp_path, layout) as (project, disk):
        f.remount(disk, "ro")
        done = f.build(project)

        assert done.status == 1
        assert rebuild.left_by(project, done) == ""
        f.remount(disk, "rw")
        assert rebuild.mended(project) == ""


@pytest.mark.promise(7, 8)
def test_where_the_output_is_a_disk_a_stopped_build_is_undone_and_a_killed_one_cleared_up(
    rebuild: Rebuild, tmp_path: Path, count: Count, some: Some
) -> None:
    """The folder of such an output cannot be exchanged; still no call at which it ends matters."""
    with on_a_disk(rebuild, tmp_path, "output") as (project, _):
        calls = [call for call in f.calls(project) if not call.speaks]

    def strike(case: tuple[Call, str]) -> str:
        call, blow = case
        with on_a_disk(rebuild, tmp_path, "output") as (project, _):
            done = f.struck(call, blow, project)
            wrong = "" if done.status else "nothing was done to it"
            if blow == "signal=SIGTERM":
                wrong = wrong or done.wrong or rebuild.whole(project)[1]
            return wrong or rebuild.mended(project)

    blows = ("signal=SIGTERM", "signal=SIGKILL")
    cases = [(call, blow) for blow in blows for call in some(calls, 4)]
    count(len(cases))
    f.try_all(strike, cases)


@pytest.mark.promise(8, 9)
@pytest.mark.parametrize("files", [{}, {"file.txt": b"on it"}])
def test_a_disk_in_the_output_is_a_stranger(
    rebuild: Rebuild, tmp_path: Path, files: Sources
) -> None:
    """A folder that is a disk of its own, empty or not, stays where it is."""
    with rebuild.again(tmp_path) as project:
        place = project / "output/disk"
        place.mkdir()
        with f.mounted(place):
            plant(place, files)
            before = f.stamps(place)
            f.must(f.build(project))

            assert place.is_mount()
            assert f.stamps(place) == before
        place.rmdir()
        assert rebuild.mended(project) == ""


SHUT: tuple[dict[str, int], ...] = (
    {"output": 0o555},
    {"output": 0o555, "output/en": 0o555, "output/en/river-talks": 0o555},
    {"output/en/river-talks": 0o555},
    {"output/en": 0o000},
    {"output": 0o000},
    {".": 0o555},
    {".": 0o555, "output": 0o555},
    {".": 0o555, "output/en": 0o555, "output/vi": 0o555},
    {"output/index.html": 0o000, "output/en/index.html": 0o444},
)
"""Modes of what is in a project, or of the project itself."""


@contextmanager
def of_one_owner(rebuild: Rebuild) -> Iterator[Path]:
    """Give a copy of the project that belongs to who builds, strangers too."""
    with rebuild.again() as project:
        for path in f.strangers(project / "output"):
            os.chown(project / "output" / path, os.geteuid(), os.getegid(), follow_symlinks=False)
        yield project


@pytest.mark.promise(7, 9)
def test_a_folder_that_may_not_be_written_leaves_the_old_site_or_has_the_new_one(
    rebuild: Rebuild, count: Count, some: Some
) -> None:
    """Where somebody may not write, it is told and nothing has changed, or all could be done."""

    def close(shut: dict[str, int]) -> str:
        with of_one_owner(rebuild) as project:
            mine = replace(rebuild, strangers=f.strangers(project / "output"))
            modes = {path: (project / path).stat().st_mode & 0o777 for path in shut}
            for path in reversed(shut):
                (project / path).chmod(shut[path])
            done = f.run(f.unprivileged(f.command(project)))
            for path in shut if done.status else ():
                (project / path).chmod(modes[path])
            project.chmod(0o755)
            return mine.left_by(project, done) or mine.made_new(project)

    chosen = some(SHUT, 5)
    count(len(chosen))
    f.try_all(close, chosen)


@pytest.mark.promise(7, 9)
def test_what_belongs_to_others_leaves_the_old_site_or_is_in_the_new_one(
    rebuild: Rebuild, count: Count, some: Some
) -> None:
    """Folders and strangers of another user stay theirs, as they are."""
    if os.geteuid() != 0:
        f.unavailable("only root can give files to others")

    def give(case: tuple[str, int]) -> str:
        theirs, mode = case
        with of_one_owner(rebuild) as project:
            given = f.strangers(project / "output") if theirs == "all" else [theirs]
            for path in given:
                os.chown(project / "output" / path, 1234, 1234, follow_symlinks=False)
            if mode:
                (project / "output" / theirs).chmod(mode)
            old, new = ({**site} for site in (rebuild.old, rebuild.new))
            for site in (old, new) if mode else ():
                site[theirs] = f.Entry(stat.S_IFMT(site[theirs].mode) | mode, site[theirs].data)
            theirs_now = f.strangers(project / "output")
            mine = replace(rebuild, strangers=theirs_now, old=old, new=new)
            done = f.run(f.unprivileged(f.command(project)))
            return mine.left_by(project, done) or mine.made_new(project)

    cases = [(".", 0), ("en", 0), ("theirs", 0), ("theirs", 0o755), ("theirs", 0o777)]
    cases += [("empty", 0), ("CNAME", 0), ("CNAME", 0o644), ("CNAME", 0o666), ("all", 0)]
    chosen = some(cases, 6)
    count(len(chosen))
    f.try_all(give, chosen)
