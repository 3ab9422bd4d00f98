"""The disk: what is read, what is written, what is left alone."""

from __future__ import annotations

import os
import socket
import stat
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from briefing.files import MANIFEST, Change, _read, read_tree, write_tree
from briefing.problems import Problems

NOBODY = 65534
SITE = {"index.html": b"home", "en/a/index.html": b"a", "en/b/index.html": b"b"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder of sources."""
    folder = tmp_path / "root"
    plant(folder, {"site.yaml": b"site", "content/a.md": b"a", "content/topic/b.md": b"b"})
    return folder


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A place for a site, where nothing is yet."""
    return tmp_path / "out" / "site"


def plant(folder: Path, files: dict[str, bytes]) -> None:
    """Put files in a folder."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def found(folder: Path) -> dict[str, bytes]:
    """Give all files in a folder but the list of ours."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


def times(folder: Path) -> dict[str, int]:
    """Give when each file was last written."""
    return {path: (folder / path).stat().st_mtime_ns for path in found(folder)}


@contextmanager
def as_nobody() -> Iterator[None]:
    """Act as a user who may not read everything, as root may."""
    if os.geteuid() == 0:
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)
    else:
        yield


@pytest.fixture
def shut() -> Iterator[Path]:
    """A folder that anybody can reach, with one in it that nobody can read."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        plant(folder, {"content/shut/a.md": b"a"})
        (folder / "content/shut").chmod(0)
        yield folder
        (folder / "content/shut").chmod(0o755)


def test_files_are_read_by_their_path_from_the_root(root: Path) -> None:
    """Those at or below the names that are asked for, and no others."""
    assert read_tree(root, "content") == {"content/a.md": b"a", "content/topic/b.md": b"b"}
    assert read_tree(root, "site.yaml", "nothing") == {"site.yaml": b"site"}


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.md",
        ".git/config",
        "a.md~",
        "#a.md#",
        ".#a.md",
        "Thumbs.db",
        "Desktop.ini",
        ".a.swp",
    ],
)
def test_what_editors_and_systems_leave_behind_is_not_read(root: Path, name: str) -> None:
    """Nobody wrote it for the site."""
    plant(root / "content", {name: b"litter"})

    assert set(read_tree(root, "content")) == {"content/a.md", "content/topic/b.md"}


def test_a_folder_of_kept_texts_may_begin_with_a_dot(root: Path) -> None:
    """A name that is asked for is read, whatever it is."""
    plant(root, {".sources/t/a.txt": b"kept"})

    assert read_tree(root, ".sources") == {".sources/t/a.txt": b"kept"}


def test_links_are_not_followed(root: Path, tmp_path: Path) -> None:
    """A link to a file, to a folder, to itself, or to nothing is not content."""
    plant(tmp_path, {"secret/key": b"secret"})
    (root / "content/key.md").symlink_to(tmp_path / "secret/key")
    (root / "content/secret").symlink_to(tmp_path / "secret")
    (root / "content/loop").symlink_to(root / "content")
    (root / "content/nothing.md").symlink_to(tmp_path / "nothing")
    (root / "templates").symlink_to(root / "content")

    read = read_tree(root, "content", "templates")

    assert set(read) == {"content/a.md", "content/topic/b.md"}


def test_a_pipe_and_a_socket_are_not_opened(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening a pipe waits for somebody to write into it."""
    os.mkfifo(root / "content/pipe.md")
    monkeypatch.chdir(root / "content")  # the address of a socket must be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.md")

        read = read_tree(root, "content")

    assert set(read) == {"content/a.md", "content/topic/b.md"}


def test_a_file_that_became_a_pipe_is_told_of_and_does_not_hang(root: Path) -> None:
    """Between listing and reading, a file may become anything."""
    os.mkfifo(root / "content/pipe.md")

    with pytest.raises(Problems, match=r"pipe\.md:1:1: not a regular file"):
        _read(root / "content/pipe.md")


def test_a_file_that_became_a_link_is_not_followed(root: Path) -> None:
    """Nor is a link that was put in its place."""
    (root / "content/key.md").symlink_to(root / "site.yaml")

    with pytest.raises(OSError, match="symbolic links"):
        _read(root / "content/key.md")


def test_names_of_files_are_composed(root: Path) -> None:
    """A Mac may take the accents of a name apart; it is the same name."""
    plant(root / "content", {unicodedata.normalize("NFD", "đập-Huế.md"): b"x"})

    assert "content/đập-Huế.md" in read_tree(root, "content")


def test_a_folder_that_cannot_be_read_is_told_of(shut: Path) -> None:
    """An author sees which one, and no traceback."""
    with as_nobody(), pytest.raises(Problems) as told:
        read_tree(shut, "content")

    assert str(told.value) == f"{shut}/content/shut:1:1: cannot be read: Permission denied"


def test_a_file_that_cannot_be_read_is_told_of(shut: Path) -> None:
    """And so is a file."""
    plant(shut, {"content/b.md": b"b"})
    (shut / "content/shut").chmod(0o755)
    (shut / "content/b.md").chmod(0)

    with as_nobody(), pytest.raises(Problems, match=r"b\.md:1:1: cannot be read: Permission"):
        read_tree(shut, "content")


def test_a_site_is_written_where_nothing_was(output: Path, root: Path) -> None:
    """The folder is made, with those above it, and all may read the files."""
    change = write_tree(output, SITE, root)

    assert found(output) == SITE
    assert str(change) == "3 added, 0 changed, 0 removed"
    assert stat.S_IMODE((output / "index.html").stat().st_mode) == 0o644


def test_a_file_that_is_the_same_keeps_its_time(output: Path, root: Path) -> None:
    """So whatever copies the site copies only what has changed."""
    write_tree(output, SITE, root)
    before = times(output)

    change = write_tree(output, {**SITE, "index.html": b"new"}, root)

    after = times(output)
    assert change == Change(added=0, changed=1, removed=0)
    assert {path for path in after if after[path] != before[path]} == {"index.html"}


def test_a_file_of_ours_that_is_no_longer_made_is_removed_with_its_empty_folders(
    output: Path, root: Path
) -> None:
    """A page that is gone leaves nothing behind, and the others stay."""
    write_tree(output, SITE, root)

    change = write_tree(output, {"index.html": b"home", "en/b/index.html": b"b"}, root)

    assert change == Change(added=0, changed=0, removed=1)
    assert not (output / "en/a").exists()
    assert set(found(output)) == {"index.html", "en/b/index.html"}


def test_strangers_are_neither_changed_nor_removed(output: Path, root: Path) -> None:
    """What somebody else put in the folder is theirs, and keeps the folder it is in."""
    plant(output, {"CNAME": b"a.example", "en/a/photo.jpg": b"photo"})
    write_tree(output, SITE, root)

    write_tree(output, {"index.html": b"home"}, root)

    assert found(output) == {
        "index.html": b"home",
        "CNAME": b"a.example",
        "en/a/photo.jpg": b"photo",
    }


def test_what_was_removed_by_hand_is_not_missed(output: Path, root: Path) -> None:
    """A file of ours that is gone already, with its folder, needs no removing."""
    write_tree(output, SITE, root)
    (output / "en/a/index.html").unlink()
    (output / "en/a").rmdir()

    write_tree(output, {"index.html": b"home"}, root)

    assert found(output) == {"index.html": b"home"}
    assert not (output / "en").exists()


def test_a_link_in_the_place_of_a_file_is_replaced_and_not_followed(
    output: Path, root: Path
) -> None:
    """What it leads to is not ours to write."""
    output.mkdir(parents=True)
    (output / "index.html").symlink_to(root / "site.yaml")

    change = write_tree(output, {"index.html": b"site"}, root)

    assert change == Change(added=1, changed=0, removed=0)
    assert not (output / "index.html").is_symlink()
    assert (root / "site.yaml").read_bytes() == b"site"


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
    plant(output, {"CNAME": b"a.example", "../victim": b"precious", MANIFEST: mine.encode()})

    write_tree(output, SITE, root)

    assert victim.read_bytes() == b"precious"
    assert found(output) == {**SITE, "CNAME": b"a.example"}


def test_a_site_that_cannot_be_written_leaves_the_last_one_whole(output: Path, root: Path) -> None:
    """All is written beside the old before the first new file takes its place."""
    write_tree(output, SITE, root)
    plant(output, {"z/index.html/stranger": b"in the way"})
    before = found(output)

    with pytest.raises(Problems) as told:
        write_tree(output, {"index.html": b"new", "z/index.html": b"z"}, root)

    assert found(output) == before
    assert str(told.value) == (
        f"{output}/z/index.html:1:1: cannot be written: Is a directory\n"
        "    cure that, and build again"
    )


def test_a_folder_that_cannot_be_written_is_told_of(output: Path, root: Path) -> None:
    """A file where a folder should be is told of, with its place."""
    plant(output, {"en": b"a file"})

    with pytest.raises(Problems, match="cannot be written"):
        write_tree(output, SITE, root)

    assert found(output) == {"en": b"a file"}


@pytest.mark.parametrize(
    "place", [".", "..", "content", "content/site", "templates", "tests/x", ".git", ".sources"]
)
def test_a_site_is_not_written_over_its_sources(root: Path, place: str) -> None:
    """The root, what is above it, and the folders of the project are no place for a site."""
    before = found(root)

    with pytest.raises(Problems, match="the output folder would hold the sources"):
        write_tree(root / place, SITE, root)

    assert found(root) == before


def test_a_site_is_not_written_over_a_home(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody means to publish all they have."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))

    with pytest.raises(Problems, match="would hold the sources"):
        write_tree(tmp_path / "home", SITE, root)


def test_a_site_is_written_only_into_a_folder(output: Path, root: Path, tmp_path: Path) -> None:
    """A file and a link, even to a folder, are refused."""
    plant(tmp_path, {"file": b"", "folder/a": b""})
    (tmp_path / "link").symlink_to(tmp_path / "folder")

    for place in (tmp_path / "file", tmp_path / "link"):
        with pytest.raises(Problems, match="the output is not a folder"):
            write_tree(place, SITE, root)

    assert found(tmp_path / "folder") == {"a": b""}


def test_a_site_may_stand_beside_its_sources(root: Path) -> None:
    """`output/` in the root is where it goes, and `docs/` is where GitHub looks."""
    for place in ("output", "docs"):
        write_tree(root / place, SITE, root)

        assert found(root / place) == SITE


def test_a_folder_of_the_output_that_is_a_link_is_refused(tmp_path: Path) -> None:
    """Nothing is written or removed outside the output, not even through a link in it."""
    output, elsewhere = tmp_path / "output", tmp_path / "elsewhere"
    write_tree(output, {"en/a/index.html": b"ours"}, tmp_path / "sources")
    (output / "en/a/index.html").rename(tmp_path / "kept")
    (output / "en/a").rmdir()
    elsewhere.mkdir()
    (elsewhere / "index.html").write_bytes(b"somebody's")
    (output / "en/a").symlink_to(elsewhere)

    for files in ({"en/a/index.html": b"new"}, {}):
        with pytest.raises(Problems) as told:
            write_tree(output, files, tmp_path / "sources")
        assert "a folder of the output is a link" in str(told.value)

    assert (elsewhere / "index.html").read_bytes() == b"somebody's"


def test_what_could_not_be_removed_is_removed_by_the_next_build(tmp_path: Path) -> None:
    """A build that is cut off while it removes leaves what is stale to the next one."""
    output = tmp_path / "output"
    write_tree(output, {"a.html": b"a", "b.html": b"b"}, tmp_path / "sources")
    (output / "a.html").unlink()
    (output / "a.html").mkdir()

    with pytest.raises(Problems):
        write_tree(output, {}, tmp_path / "sources")
    (output / "a.html").rmdir()
    write_tree(output, {}, tmp_path / "sources")

    assert not (output / "b.html").exists()
