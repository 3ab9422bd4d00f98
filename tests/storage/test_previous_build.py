"""What a build leaves on the disk: it helps the next one, and can do no harm."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.commands.arguments import INPUTS, ROOT, parse_arguments
from briefing.commands.build import build_to_disk
from briefing.commands.up_to_date import up_to_date
from briefing.content.values import read_moment
from briefing.problems import Problems
from briefing.storage.cache_files import CACHE_FOLDER, MAX_FILES, BuildCache
from briefing.storage.output_changes import BUILD_MANIFEST
from briefing.storage.previous_build import ChangedError, PreviousBuild, retry_while_changing
from support.built import DAY, TEXT, made, order, settle, site
from support.disk import plant
from support.sites import Sources


@pytest.fixture
def project(tmp_path: Path, small: Sources) -> Path:
    """A project that was built, long enough ago for the clock of the disk."""
    folder = tmp_path / "project"
    plant(folder, small)
    settle()
    build_to_disk(order(folder, DAY))
    return folder


def sources(project: Path) -> Sources:
    read = PreviousBuild(project, INPUTS, project / "output").sources
    paths = [path for topic in read.topics.values() for path in topic.paths]
    return read.read([*read.shared, *paths])


def run(project: Path, *more: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "build.py", "--root", str(project), *more]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_build_of_what_has_not_changed_says_so(project: Path) -> None:
    """It ends before the libraries are loaded, and touches nothing."""
    run(project)
    before = {path: path.stat() for path in (project / "output").rglob("*")}
    done = run(project)

    assert done.stdout.startswith(f"{project / 'output'}: ")
    assert done.stdout.splitlines()[0].endswith(" files, nothing has changed")
    assert before == {path: path.stat() for path in (project / "output").rglob("*")}


@pytest.mark.parametrize(
    "lost",
    ["output/vi/index.html", "output/assets/site.css", f"output/{BUILD_MANIFEST}"],
)
def test_what_was_taken_away_is_made_again(project: Path, small: Sources, lost: str) -> None:
    """Of the output, whatever is remembered."""
    (project / lost).unlink()
    build_to_disk(order(project, DAY))

    assert site(project) == made(small, DAY)


def test_what_was_changed_in_the_output_is_made_again(project: Path, small: Sources) -> None:
    """A page that somebody else wrote over is not as it was made."""
    page = project / "output/vi/vote/index.html"
    page.write_bytes(b"theirs")
    build_to_disk(order(project, DAY))

    assert site(project) == made(small, DAY)


def test_an_edit_is_seen_whatever_its_time_and_its_size(project: Path, small: Sources) -> None:
    """An editor may write as many bytes, and give the file the time it had."""
    path = project / TEXT
    before = path.stat()
    edited = small[TEXT].replace(b"title: ", b"title: X", 1)[: len(small[TEXT])]
    path.write_bytes(edited)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    build_to_disk(order(project, DAY))

    assert site(project) == made({**small, TEXT: edited}, DAY)


def test_a_restored_site_is_known_again_by_its_bytes(project: Path) -> None:
    """A continuous integration restores files with other times; nothing is made again for that."""
    for path in project.rglob("*"):
        os.utime(path)
    past = PreviousBuild(project, INPUTS, project / "output")

    assert past.intact == {path for path, _ in past.record.outputs} != frozenset()


def test_a_broken_cache_is_no_cache(project: Path, small: Sources) -> None:
    """Cut off, changed or gone, one file or all: the same site comes out."""
    chance = random.Random(1)
    for _ in range(30):
        kept = sorted((project / CACHE_FOLDER).iterdir())
        for path in chance.sample(kept, chance.randint(1, len(kept))):
            data = bytearray(path.read_bytes())
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            path.write_bytes(data[: chance.randint(0, len(data))])
        (project / TEXT).write_bytes(small[TEXT] + b"\n" * chance.randint(0, 9))
        build_to_disk(order(project, DAY))

        assert site(project) == made(sources(project), DAY)


def test_a_cache_is_of_one_version_of_the_program(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another version made may be made in another way now."""
    assert BuildCache(str(project), str(project / "output")).read("record")
    monkeypatch.setattr("briefing.storage.cache_files.program_version", lambda: b"another")
    assert BuildCache(str(project), str(project / "output")).read("record") is None


def test_a_cache_has_a_bound(tmp_path: Path) -> None:
    """Of many outputs the last ones are remembered."""
    for number in range(MAX_FILES):
        BuildCache(str(tmp_path), str(tmp_path / f"{number}")).write("record", b"x")
        BuildCache(str(tmp_path), str(tmp_path / f"{number}")).write("stats", b"x")

    assert len(list((tmp_path / CACHE_FOLDER).iterdir())) == MAX_FILES
    assert BuildCache(str(tmp_path), str(tmp_path / f"{MAX_FILES - 1}")).read("record") == b"x"


def test_where_no_cache_can_be_written_a_site_is_built_all_the_same(
    tmp_path: Path, small: Sources
) -> None:
    """A file may stand in its place."""
    plant(tmp_path, {**small, ".cache": b"theirs"})
    build_to_disk(order(tmp_path, DAY))

    assert site(tmp_path) == made(small, DAY)
    assert (tmp_path / ".cache").read_bytes() == b"theirs"


def test_a_day_that_comes_is_seen(project: Path, small: Sources) -> None:
    """What is held back until a day is made on that day, though no file has changed."""
    later = read_moment("2031-01-01")
    build_to_disk(order(project, later))
    assert site(project) == made(small, later) != made(small, DAY)

    assert "nothing has changed" not in run(project).stdout
    assert "nothing has changed" in run(project).stdout


def test_sources_that_never_hold_still_are_told_of() -> None:
    """After some tries."""
    tries = []

    def make() -> None:
        tries.append(1)
        raise ChangedError

    with pytest.raises(Problems, match="change while they are read"):
        retry_while_changing(make)
    assert len(tries) > 1


def test_a_file_that_changes_after_it_was_looked_at_is_not_taken(project: Path) -> None:
    """What is remembered of it would be remembered under the digest of another text."""
    past = PreviousBuild(project, INPUTS, project / "output")
    (project / TEXT).write_bytes(b"another")

    with pytest.raises(ChangedError):
        past.sources.read([TEXT])


def test_a_mistake_leaves_what_is_remembered_as_it_was(project: Path, small: Sources) -> None:
    """The site too; and the cure needs no whole build."""
    (project / TEXT).write_bytes(b"no front matter")
    with pytest.raises(Problems):
        build_to_disk(order(project, DAY))
    (project / TEXT).write_bytes(small[TEXT])

    said = build_to_disk(order(project, DAY)).message
    assert said.endswith("0 added, 0 changed, 0 removed")
    assert up_to_date(parse_arguments(["--root", str(project), "check"])) == (None, {})
