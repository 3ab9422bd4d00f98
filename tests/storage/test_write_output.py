"""The disk, written: all at once or not at all, and nothing that is not ours."""

from __future__ import annotations

import os
import stat
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from briefing.problems import Problems
from briefing.storage.lock import build_lock
from briefing.storage.output_changes import BUILD_MANIFEST
from briefing.storage.write_output import WriteSummary, write_output
from support.disk import NOBODY, SITE, as_nobody, found, plant, times


def test_a_site_is_written_where_nothing_was(output: Path, root: Path) -> None:
    """The folder is made, with those above it, and all may read the files."""
    change = write_output(output, SITE, root)

    assert found(output) == SITE
    assert str(change) == "3 added, 0 changed, 0 removed"
    assert stat.S_IMODE((output / "index.html").stat().st_mode) == 0o644


def test_a_file_that_is_the_same_keeps_its_time(output: Path, root: Path) -> None:
    """So whatever copies the site copies only what has changed."""
    write_output(output, SITE, root)
    before = times(output)

    change = write_output(output, {**SITE, "index.html": b"new"}, root)

    after = times(output)
    assert change == WriteSummary(added=0, changed=1, removed=0)
    assert {path for path in after if after[path] != before[path]} == {"index.html"}


def test_a_file_of_ours_that_is_no_longer_made_is_removed_with_its_empty_folders(
    output: Path, root: Path
) -> None:
    """A page that is gone leaves nothing behind, and the others stay."""
    write_output(output, SITE, root)

    change = write_output(output, {"index.html": b"home", "en/b/index.html": b"b"}, root)

    assert change == WriteSummary(added=0, changed=0, removed=1)
    assert not (output / "en/a").exists()
    assert set(found(output)) == {"index.html", "en/b/index.html"}


def test_strangers_are_neither_changed_nor_removed(output: Path, root: Path) -> None:
    """What somebody else put in the folder is theirs, and keeps the folder it is in."""
    plant(output, {"CNAME": b"a.example", "en/a/photo.jpg": b"photo"})
    write_output(output, SITE, root)

    write_output(output, {"index.html": b"home"}, root)

    assert found(output) == {
        "index.html": b"home",
        "CNAME": b"a.example",
        "en/a/photo.jpg": b"photo",
    }


def test_what_was_removed_by_hand_is_not_missed(output: Path, root: Path) -> None:
    """A file of ours that is gone already, with its folder, needs no removing."""
    write_output(output, SITE, root)
    (output / "en/a/index.html").unlink()
    (output / "en/a").rmdir()

    write_output(output, {"index.html": b"home"}, root)

    assert found(output) == {"index.html": b"home"}
    assert not (output / "en").exists()


@pytest.mark.promise(9)
@pytest.mark.parametrize("what", ["link", "folder", "other words"])
def test_a_stranger_in_the_place_of_a_file_is_told_of_and_left_alone(
    output: Path, root: Path, what: str
) -> None:
    """The build did not make it, so it does not write over it."""
    output.mkdir(parents=True)
    place = output / "index.html"
    if what == "link":
        place.symlink_to(root / "site.yaml")
    elif what == "folder":
        place.mkdir()
    else:
        place.write_bytes(b"other words")

    with pytest.raises(Problems) as told:
        write_output(output, SITE, root)

    assert str(told.value) == (
        f"{place}:1:1: stands where the site has a file\n"
        "    the build did not make it: move it away, or choose another output"
    )
    assert (root / "site.yaml").read_bytes() == b"site"
    assert set(output.iterdir()) == {place}


@pytest.mark.promise(9)
def test_a_stranger_that_is_what_the_site_has_there_becomes_ours(output: Path, root: Path) -> None:
    """So a folder whose list of ours was lost is a site again, and keeps its times."""
    write_output(output, SITE, root)
    before = times(output)
    (output / BUILD_MANIFEST).unlink()

    change = write_output(output, SITE, root)

    assert str(change) == "0 added, 0 changed, 0 removed"
    assert times(output) == before
    write_output(output, {"index.html": b"home"}, root)
    assert found(output) == {"index.html": b"home"}


@pytest.mark.parametrize(
    "listed",
    ["not json", "5", "null", '{"CNAME": 1}', '["../victim", "", ".", 7, "a//b"]', '["{victim}"]'],
)
def test_a_list_of_ours_that_somebody_broke_removes_nothing_of_others(
    output: Path, root: Path, listed: str
) -> None:
    """A path that leads out of the folder is not ours, whatever the list says."""
    victim = output.parent / "victim"
    mine = listed.replace("{victim}", str(victim))
    plant(output, {"CNAME": b"a.example", "../victim": b"precious", BUILD_MANIFEST: mine.encode()})

    write_output(output, SITE, root)

    assert victim.read_bytes() == b"precious"
    assert found(output) == {**SITE, "CNAME": b"a.example"}


@pytest.mark.promise(9)
def test_a_stranger_in_the_place_of_a_folder_is_told_of(output: Path, root: Path) -> None:
    """A file where a folder should be is told of, with its place, and left alone."""
    plant(output, {"en": b"a file"})

    with pytest.raises(Problems, match=r"site/en:1:1: stands where the site has a folder"):
        write_output(output, SITE, root)

    assert found(output) == {"en": b"a file"}


@contextmanager
def nobodys(folder: Path, shut: Path) -> Iterator[None]:
    """Act as a user who owns a folder, but may not write into another."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    os.chown(shut, 0, 0)
    shut.chmod(0o555)
    try:
        with as_nobody():
            yield
    finally:
        shut.chmod(0o755)


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that any user can reach."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
NEXT = {"index.html": b"new", "en/a/index.html": b"a", "en/c/index.html": b"c"}


@needs_root
@pytest.mark.promise(8, 9)
def test_where_folders_cannot_change_places_files_do(public: Path, root: Path) -> None:
    """Nothing may be made beside the output: the new site is there all the same."""
    output = public / "up" / "site"
    write_output(output, SITE, root)
    plant(output, {"CNAME": b"a.example", "en/b/photo.jpg": b"photo", "own/x": b"x"})
    before = times(output)

    with nobodys(output, output.parent):
        change = write_output(output, NEXT, root)

    strangers = {"CNAME": b"a.example", "en/b/photo.jpg": b"photo", "own/x": b"x"}
    assert found(output) == {**NEXT, **strangers}
    assert str(change) == "1 added, 1 changed, 1 removed"
    assert times(output)["en/a/index.html"] == before["en/a/index.html"]
    write_output(output, {}, root)
    assert found(output) == strangers


@needs_root
@pytest.mark.promise(8, 9)
def test_where_one_file_cannot_take_its_place_all_go_back(public: Path, root: Path) -> None:
    """The last site is as it was, byte for byte, and nothing is left over."""
    output = public / "site"
    write_output(output, SITE, root)
    plant(output, {"en/own": b"x"})
    before, files = found(output), {**NEXT, "zz/index.html": b"z"}
    public.chmod(0o755)

    with nobodys(output, output / "en/b"), pytest.raises(Problems, match="Permission denied"):
        write_output(output, files, root)  # from the folder that is shut nothing can be removed

    assert found(output) == before
    assert write_output(output, files, root).removed == 1
    assert found(output) == {**files, "en/own": b"x"}


@needs_root
@pytest.mark.promise(9)
def test_a_folder_that_is_shut_to_us_stays_as_it_is(public: Path, root: Path) -> None:
    """What cannot be looked into cannot be made a second time, so it stays where it is."""
    output = public / "up" / "site"
    write_output(output, SITE, root)
    plant(output, {"private/x": b"x"})

    with nobodys(output.parent, output / "private"):
        pass
    (output / "private").chmod(0o700)
    with as_nobody():
        write_output(output, NEXT, root)

    assert found(output) == {**NEXT, "private/x": b"x"}


@pytest.mark.promise(8, 9)
def test_what_a_killed_build_left_is_cleared_away_and_what_others_made_is_kept(
    output: Path, root: Path
) -> None:
    """A stranger that came into the old site while the new one was made is brought over."""
    write_output(output, SITE, root)
    plant(output, {"CNAME": b"old words"})
    left = output.with_name(".site.new") / "site"
    cname = (output / "CNAME").lstat().st_ino
    plant(left.parent, {"inodes": f'[0, {{"CNAME": {cname}, "gone": 7}}]'.encode()})
    write_output(left, {"index.html": b"home", "en/gone/index.html": b"gone"}, root)
    plant(left, {"CNAME": b"new words", "own/late": b"late", "en/gone/late": b"late"})

    write_output(output, SITE, root)

    assert not left.parent.exists()
    late = {"own/late": b"late", "en/gone/late": b"late"}
    assert found(output) == {**SITE, "CNAME": b"new words", **late}


@pytest.mark.promise(9)
def test_a_folder_where_the_build_works_that_it_did_not_make_is_left_alone(
    output: Path, root: Path
) -> None:
    """Nobody's folder is removed for its name."""
    plant(output.with_name(".site.new"), {"precious": b"x"})

    with pytest.raises(Problems, match="stands where the build makes the new site"):
        write_output(output, SITE, root)

    assert found(output.with_name(".site.new")) == {"precious": b"x"}


@pytest.mark.promise(8)
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o777])
def test_all_may_read_the_site_whatever_the_umask(output: Path, root: Path, mask: int) -> None:
    """GitHub Pages publishes only what anybody may read."""
    old = os.umask(mask)
    try:
        output.parent.mkdir(parents=True)
        output.parent.chmod(0o755)
        write_output(output, SITE, root)
    finally:
        os.umask(old)

    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (output, *output.rglob("*"))}
    assert set(modes.values()) == {0o644, 0o755}
    assert all((mode == 0o755) == path.is_dir() for path, mode in modes.items())


@pytest.mark.promise(8)
def test_a_site_that_was_shut_is_opened_again(output: Path, root: Path) -> None:
    """Modes that somebody changed are set right, though no byte is new."""
    write_output(output, SITE, root)
    (output / "en").chmod(0o700)
    (output / "index.html").chmod(0o600)

    write_output(output, SITE, root)

    assert stat.S_IMODE((output / "en").stat().st_mode) == 0o755
    assert stat.S_IMODE((output / "index.html").stat().st_mode) == 0o644


@pytest.mark.promise(9)
@pytest.mark.parametrize(
    "place", [".", "..", "content", "content/site", "templates", "tests/x", ".git", ".sources"]
)
def test_a_site_is_not_written_over_its_sources(root: Path, place: str) -> None:
    """The root, what is above it, and the folders of the project are no place for a site."""
    before = found(root)

    with pytest.raises(Problems, match="the output folder would hold the sources"):
        write_output(root / place, SITE, root)

    assert found(root) == before


@pytest.mark.promise(9)
def test_a_site_is_not_written_over_a_home(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody means to publish all they have."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))

    with pytest.raises(Problems, match="would hold the sources"):
        write_output(tmp_path / "home", SITE, root)


@pytest.mark.promise(9)
def test_a_site_is_written_only_into_a_folder(output: Path, root: Path, tmp_path: Path) -> None:
    """A file and a link, even to a folder, are refused."""
    plant(tmp_path, {"file": b"", "folder/a": b""})
    (tmp_path / "link").symlink_to(tmp_path / "folder")

    for place in (tmp_path / "file", tmp_path / "link"):
        with pytest.raises(Problems, match="the output is not a folder"):
            write_output(place, SITE, root)

    assert found(tmp_path / "folder") == {"a": b""}


def test_a_site_may_stand_beside_its_sources(root: Path) -> None:
    """`output/` in the root is where it goes, and `docs/` is where GitHub looks."""
    for place in ("output", "docs"):
        write_output(root / place, SITE, root)

        assert found(root / place) == SITE


@pytest.mark.promise(5, 9)
def test_a_folder_of_the_output_that_became_a_link_is_not_followed(tmp_path: Path) -> None:
    """Nothing is written or removed outside the output, not even through a link in it."""
    output, elsewhere = tmp_path / "output", tmp_path / "elsewhere"
    write_output(output, {"en/a/index.html": b"ours"}, tmp_path / "sources")
    (output / "en/a/index.html").rename(tmp_path / "kept")
    (output / "en/a").rmdir()
    elsewhere.mkdir()
    (elsewhere / "index.html").write_bytes(b"somebody's")
    (output / "en/a").symlink_to(elsewhere)

    with pytest.raises(Problems, match="stands where the site has a folder"):
        write_output(output, {"en/a/index.html": b"new"}, tmp_path / "sources")
    write_output(output, {}, tmp_path / "sources")

    assert (output / "en/a").is_symlink()
    assert (elsewhere / "index.html").read_bytes() == b"somebody's"


@pytest.mark.promise(10)
def test_a_second_build_waits_for_the_first_and_says_so(output: Path, root: Path) -> None:
    """The lock is had by one at a time, from the reading of the sources on."""
    said: list[str] = []
    order: list[str] = []
    waits = threading.Event()

    def say(message: str) -> None:
        said.append(message)
        waits.set()

    def second() -> None:
        with build_lock(output, root, say):
            order.append("second")

    with build_lock(output, root, said.append):
        thread = threading.Thread(target=second)
        thread.start()
        assert waits.wait(10)
        order.append("first")
    thread.join()

    assert said == [f"{output}: waiting for another build to finish"]
    assert order == ["first", "second"]
