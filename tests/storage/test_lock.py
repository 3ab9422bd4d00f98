"""Several builds at once do each other no harm.

Each build is a process of its own, and what happens to it is real.
"""

from __future__ import annotations

import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from support import faults as f
from support.faults import Rebuild
from support.nightly import Some
from support.promises import Count
from support.sites import Sources


@pytest.mark.promise(10)
def test_three_builds_at_once_all_end_well(
    rebuild: Rebuild, light: Sources, count: Count, some: Some
) -> None:
    """Three over sources that change, again and again: each time the whole new site is there."""
    contents = {"old": light, "new": f.other_site(light)}
    wrong = []
    rounds = len(some(range(20), 6))
    with rebuild.again() as project:
        for turn in range(rounds):
            name = ("old", "new")[turn % 2]
            f.replant(project, contents[name])
            with ExitStack() as stack:
                line = f.command(project)
                three = [stack.enter_context(f.spawn(line)) for _ in range(3)]
                wrong += [str(done) for done in map(f.finish, three) if done.status or done.untidy]
            site, told = rebuild.whole(project)
            if site != name or told:
                wrong.append(f"round {turn}: {site} instead of {name}: {told}")
        wrong.append(rebuild.mended(project))

    count(rounds)
    f.none_of(wrong)


@pytest.mark.promise(10)
def test_the_last_of_builds_at_once_has_the_newest_sources(
    rebuild: Rebuild, light: Sources, count: Count
) -> None:
    """Who waits reads the sources only then, so no older site comes after a newer one."""
    wrong = []
    with rebuild.again() as project:
        f.replant(project, light)
        for number in range(8):
            title = f"Round {number}"
            with ExitStack() as stack:
                first = stack.enter_context(f.spawn(f.command(project)))
                time.sleep(rebuild.seconds * number / 8)
                f.replace(project / "site.yaml", f.titled(light, title.encode()))
                second = stack.enter_context(f.spawn(f.command(project)))
                ends = [f.finish(first), f.finish(second)]
            wrong += [str(done) for done in ends if done.status or done.untidy]
            shown = (project / "output/en/index.html").read_text(encoding="utf-8")
            if title not in shown:
                wrong.append(f"{title} is not shown")

    count(8)
    f.none_of(wrong)


@dataclass(frozen=True)
class Holder:
    """A build that holds the lock and was stopped, and another one that waits for it."""

    first: subprocess.Popen[bytes]
    second: subprocess.Popen[bytes]
    said: Path

    @property
    def waiting(self) -> bool:
        """Whether the second has said in a line of its own that it waits."""
        return (
            re.search(r"^.*\bwaiting\b.*$", self.said.read_text("utf-8"), re.MULTILINE) is not None
        )


@contextmanager
def held(project: Path, other: list[str]) -> Iterator[Holder]:
    """Start two builds; stop the one that holds the lock as soon as the other one waits for it."""
    for _ in range(8):
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            builds = []
            for line, said in ((f.command(project), folder / "1"), (other, folder / "2")):
                stream = stack.enter_context(said.open("wb"))
                process = stack.enter_context(f.spawn(line, stderr=stream, cwd=project))
                builds.append((process, said))
            (one, of_one), (two, of_two) = builds
            both = (Holder(two, one, of_one), Holder(one, two, of_two))
            f.wait_until(partial(any_waits, both))
            for holder in both:
                if holder.waiting and holder.first.poll() is None:
                    holder.first.send_signal(signal.SIGSTOP)
                    yield holder
                    return
    pytest.fail("no build ever waited for another")


def any_waits(both: tuple[Holder, Holder]) -> bool:
    """Whether one of two builds waits, or neither ever will."""
    ended = all(holder.first.poll() is not None for holder in both)
    return ended or any(holder.waiting for holder in both)


@pytest.mark.promise(10)
def test_a_second_build_waits_and_says_so(large: Rebuild) -> None:
    """While one build holds the output another one waits, says it once, and then ends well."""
    with large.again() as project, held(project, f.command(project)) as builds:
        time.sleep(0.5)
        assert builds.second.poll() is None
        assert large.whole(project)[1] == ""

        builds.first.send_signal(signal.SIGCONT)

        assert f.finish(builds.first).status == 0
        assert f.finish(builds.second).status == 0
        assert builds.said.read_text("utf-8").count("waiting") == 1
        assert large.mended(project) == ""


@pytest.mark.promise(8, 10)
def test_a_lock_dies_with_its_holder(large: Rebuild) -> None:
    """Who waits for a build that is killed goes on, and so does every later one."""
    with large.again() as project, held(project, f.command(project)) as builds:
        builds.first.kill()

        assert f.finish(builds.second).status == 0
        assert large.mended(project) == ""


@pytest.mark.promise(7, 10)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_waits_can_be_stopped(large: Rebuild, number: signal.Signals) -> None:
    """A build that waits ends on a signal like any other, and the one it waited for is well."""
    with large.again() as project, held(project, f.command(project)) as builds:
        builds.second.send_signal(number)

        assert f.finish(builds.second).status == 1
        assert "Traceback" not in builds.said.read_text("utf-8")
        builds.first.send_signal(signal.SIGCONT)
        assert f.finish(builds.first).status == 0
        assert large.mended(project) == ""


@pytest.mark.promise(10)
def test_an_output_has_one_lock_however_it_is_spelled(large: Rebuild, tmp_path: Path) -> None:
    """By a relative path, or by way of a link, it is the same folder."""
    with large.again(tmp_path) as project:
        (tmp_path / "link").symlink_to(project)
        relative = f.command(".", "./output/../output")
        for line in (relative, f.command(tmp_path / "link")):
            with held(project, line) as builds:
                builds.first.kill()

                assert f.finish(builds.second).status == 0
        assert large.mended(project) == ""
