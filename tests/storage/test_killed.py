"""Killed or stopped at any moment, a build leaves one whole site, and the next one no rest.

Each build is a process of its own, and what happens to it is real.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from operator import attrgetter
from pathlib import Path

import pytest

from briefing.commands.arguments import ROOT
from support import faults as f
from support.disk import plant
from support.faults import Call, Done, Rebuild
from support.nightly import Some
from support.promises import Count
from support.sites import Sources

NAME = attrgetter("name")


@pytest.mark.promise(8)
def test_a_build_killed_at_any_moment_leaves_one_whole_site(
    rebuild: Rebuild, count: Count, some: Some
) -> None:
    """Killed by the clock, it leaves the old site or the new, and the next build leaves no rest."""
    moments = some([rebuild.seconds * 1.05 * n / 99 for n in range(100)], 7)

    def kill_after(seconds: float) -> str:
        with rebuild.again() as project:
            with f.spawn(f.command(project)) as process:
                time.sleep(seconds)
                process.kill()
            return rebuild.whole(project)[1] or rebuild.mended(project)

    count(len(moments))
    f.try_all(kill_after, moments)


@pytest.mark.promise(8)
def test_a_build_killed_at_any_call_leaves_one_whole_site(
    rebuild: Rebuild, count: Count, some: Some
) -> None:
    """Killed before any call that changes the disk, it leaves one whole site and no rest."""
    with rebuild.again() as project:
        chosen = some(f.calls(project), 8, NAME)

    assert len(chosen) >= 12
    count(len(chosen))
    f.try_all(lambda call: kill(rebuild, call), chosen)


@pytest.mark.promise(8)
@pytest.mark.parametrize("name", ["write", "unlink"])
def test_a_build_that_clears_up_may_be_killed_too(
    rebuild: Rebuild, count: Count, some: Some, name: str
) -> None:
    """The build after a killed one can be killed at any call as well, and the third is clean."""
    with rebuild.again() as project:
        made = [call for call in f.calls(project) if call.name == name and not call.speaks]
    with rebuild.again() as left:
        assert f.killed(made[len(made) // 2], left) == ""
        again = replace(rebuild, project=left)
        with again.again() as project:
            chosen = some(f.calls(project), 5)

        count(len(chosen))
        f.try_all(lambda call: kill(again, call), chosen)


@pytest.mark.promise(8)
def test_a_first_build_killed_at_any_call_leaves_nothing_or_all(
    rebuild: Rebuild, light: Sources, tmp_path: Path, count: Count, some: Some
) -> None:
    """Where no site was, there is none or a whole one, and the next build leaves no rest."""
    plant(tmp_path / "made", light)
    made = f.calls(tmp_path / "made")
    site, sources = f.snapshot(tmp_path / "made/output"), f.snapshot(tmp_path / "made")

    def kill_first(call: Call) -> str:
        with tempfile.TemporaryDirectory(dir=tmp_path) as name:
            project = Path(name)
            plant(project, light)
            wrong = f.killed(call, project)
            if (project / "output").exists():
                wrong = wrong or f.difference(f.snapshot(project / "output"), site)
            f.must(f.build(project))
            return wrong or f.difference(f.snapshot(project), sources)

    chosen = some(made, 6)
    count(len(chosen))
    f.try_all(kill_first, chosen)


def kill(rebuild: Rebuild, call: Call) -> str:
    """Kill a build at a call; say what is wrong then, or after the next build."""
    with rebuild.again() as project:
        return f.killed(call, project) or rebuild.whole(project)[1] or rebuild.mended(project)


@pytest.mark.promise(8, 9)
@pytest.mark.parametrize("name", ["write", "linkat", "unlink"])
def test_what_is_done_to_strangers_after_a_kill_is_kept(rebuild: Rebuild, name: str) -> None:
    """What others change, restore or add between a killed build and the next stays as they did."""
    with rebuild.again() as project:
        made = [call for call in f.calls(project) if call.name == name and not call.speaks]
    with rebuild.again() as project:
        assert f.killed(made[-1] if name == "linkat" else made[0], project) == ""
        output = project / "output"
        for path, age in (("CNAME", 1), (".htaccess", f.LONG_AGO * 2)):
            f.replace(output / path, b"changed after the kill")
            os.utime(output / path, (age, age))  # as a copy that was kept has an age of its own
        (output / "en/river-talks/notes.txt").write_bytes(b"written to in its place")
        (output / "added.txt").write_bytes(b"added after the kill")

        f.must(f.build(project))

        assert (output / "CNAME").read_bytes() == b"changed after the kill"
        assert (output / ".htaccess").read_bytes() == b"changed after the kill"
        assert (output / "en/river-talks/notes.txt").read_bytes() == b"written to in its place"
        assert (output / "added.txt").read_bytes() == b"added after the kill"


@pytest.mark.promise(7, 8)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_build_stopped_at_any_moment_says_so(
    rebuild: Rebuild, count: Count, some: Some, number: signal.Signals
) -> None:
    """From before its libraries are loaded to its end: exit status 1, a message, a whole site."""
    moments = [rebuild.seconds * n / 11 for n in range(12)]
    cases = [(seconds, times) for times in (1, 4) for seconds in some(moments, 4)]

    def stop_after(case: tuple[float, int]) -> str:
        seconds, times = case
        with rebuild.again() as project, f.spawn(f.command(project)) as process:
            wrong = wait_for_handler(process)
            time.sleep(seconds)
            for _ in range(times):
                process.send_signal(number)
                time.sleep(0.002)
            return wrong or stopped(rebuild, project, f.finish(process))

    count(len(cases))
    f.try_all(stop_after, cases)


def wait_for_handler(process: subprocess.Popen[bytes]) -> str:
    """Wait until signals are the program's own; say so if they never are."""
    if not f.wait_until(lambda: f.catches(process, signal.SIGTERM) or process.poll() is not None):
        return "signals are never caught"
    return ""


def test_signals_are_caught_before_the_libraries_are_loaded() -> None:
    """Loading takes longer than to type Ctrl-C; what is ready before needs no library."""
    ours = {
        "build.py": {"briefing.commands.main"},
        "briefing/commands/main.py": {"briefing.commands"},
        "briefing/commands/process.py": set(),
    }
    for file, wanted in ours.items():
        story = (ROOT / file).read_text(encoding="utf-8")
        names = set(re.findall(r"^(?:from|import) (\S+)", story, re.MULTILINE))
        standard = {name for name in names if name.partition(".")[0] in sys.stdlib_module_names}
        assert names - standard == wanted


def stopped(rebuild: Rebuild, project: Path, done: Done) -> str:
    """Say what is wrong about a build that was stopped, or that had come to its end."""
    site, wrong = rebuild.whole(project)
    if not done.status and site == "old":
        wrong = "exit status 0, but the site is the old one"
    return done.wrong or wrong or rebuild.mended(project)


@pytest.mark.promise(7, 8)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_build_stopped_at_any_call_says_so(
    rebuild: Rebuild, count: Count, some: Some, number: signal.Signals
) -> None:
    """Stopped at any call that changes the disk: exit status 1, a message, a whole site."""
    with rebuild.again() as project:
        chosen = some([call for call in f.calls(project) if not call.speaks], 6)

    def stop_at(call: Call) -> str:
        with rebuild.again() as project:
            done = f.struck(call, f"signal={number.name}", project)
            return stopped(rebuild, project, done) or ("" if done.status else "was not stopped")

    count(len(chosen))
    f.try_all(stop_at, chosen)
