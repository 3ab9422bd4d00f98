"""The disk: what is read, what is written, what is left alone."""

from __future__ import annotations

import itertools
import os
import socket
import stat
import tempfile
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import Count

from briefing.files import MANIFEST, Change, only_build, read_tree, write_tree
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


@pytest.mark.promise(5)
def test_links_are_not_followed_but_told_of(root: Path, tmp_path: Path) -> None:
    """A link to a file, to a folder, to itself, or to nothing is not content."""
    plant(tmp_path, {"secret/key": b"secret"})
    (root / "content/key.md").symlink_to(tmp_path / "secret/key")
    (root / "content/secret").symlink_to(tmp_path / "secret")
    (root / "content/loop").symlink_to(root / "content")
    (root / "content/nothing.md").symlink_to(tmp_path / "nothing")
    (root / "templates").symlink_to(root / "content")

    with pytest.raises(Problems) as told:
        read_tree(root, "content", "templates")

    cure = "is a link; no link is followed\n    put what it leads to here"
    places = ("content/key.md", "content/loop", "content/nothing.md", "content/secret", "templates")
    assert str(told.value) == "\n".join(f"{place}:1:1: {cure}" for place in places)


@pytest.mark.promise(5)
def test_a_pipe_and_a_socket_are_not_opened(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening a pipe waits for somebody to write into it."""
    os.mkfifo(root / "content/pipe.md")
    monkeypatch.chdir(root / "content")  # the address of a socket must be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.md")

        with pytest.raises(Problems) as told:
            read_tree(root, "content")

    assert str(told.value) == "\n".join(
        f"content/{name}.md:1:1: is not a regular file\n    take it away"
        for name in ("pipe", "socket")
    )


@pytest.mark.promise(5, 7)
def test_what_is_put_in_the_place_of_a_file_while_it_is_read_is_not_followed(
    root: Path, tmp_path: Path, count: Count
) -> None:
    """Between a look at a file and its opening it may become a link, a pipe, or nothing."""
    plant(tmp_path, {"secret": b"secret"})
    place = root / "content/a.md"
    over = threading.Event()

    def exchange() -> None:
        for turn in itertools.count():
            place.unlink(missing_ok=True)
            if over.is_set():
                return
            if turn % 4 == 1:
                place.symlink_to(tmp_path / "secret")
            elif turn % 4 == 2:
                os.mkfifo(place)
            elif turn % 4 == 3:
                place.write_bytes(b"a")

    thread = threading.Thread(target=exchange)
    thread.start()
    try:
        for _ in range(300):
            count(1)
            try:
                assert read_tree(root, "content").get("content/a.md") in {None, b"a", b""}
            except Problems as told:
                (problem,) = told
                assert problem.message in {
                    "is a link; no link is followed",
                    "is not a regular file",
                    "the files change while they are read",
                }
    finally:
        over.set()
        thread.join()


@pytest.mark.promise(5)
def test_a_file_too_large_to_be_text_is_told_of_and_not_read_whole(root: Path) -> None:
    """A hole of a terabyte costs no memory."""
    os.truncate(root / "content/a.md", 2**40)

    with pytest.raises(Problems, match=r"^content/a\.md:1:1: more than 16,000,000 bytes"):
        read_tree(root, "content")


@pytest.mark.promise(5, 7)
def test_folders_without_end_are_told_of(root: Path) -> None:
    """Nobody nests content so deep, and a program that walks it must end."""
    folder = root / "content"
    for _ in range(200):
        folder /= "x"
        folder.mkdir()

    with pytest.raises(Problems, match="is below 8 folders"):
        read_tree(root, "content")


@pytest.mark.promise(3)
def test_a_name_that_is_not_utf_8_is_told_of(root: Path) -> None:
    """It could not be written as an address."""
    (root / "content" / os.fsdecode(b"\xffa.md")).write_bytes(b"")

    with pytest.raises(Problems, match="the name is not UTF-8"):
        read_tree(root, "content")


@pytest.mark.promise(3, 4)
def test_a_name_that_is_there_in_two_unicode_forms_is_told_of(root: Path) -> None:
    """They are one name, and one of the two files would be lost."""
    for form in ("NFC", "NFD"):
        (root / "content" / unicodedata.normalize(form, "đập.md")).write_bytes(b"")

    with pytest.raises(Problems, match="the name is there twice, in two Unicode forms"):
        read_tree(root, "content")


def test_names_of_files_are_composed(root: Path) -> None:
    """A Mac may take the accents of a name apart; it is the same name."""
    plant(root / "content", {unicodedata.normalize("NFD", "đập-Huế.md"): b"x"})

    assert "content/đập-Huế.md" in read_tree(root, "content")


def test_a_folder_that_cannot_be_read_is_told_of(shut: Path) -> None:
    """An author sees which one, and no traceback."""
    with as_nobody(), pytest.raises(Problems) as told:
        read_tree(shut, "content")

    assert str(told.value) == (
        "content/shut:1:1: cannot be read: Permission denied\n"
        "    allow it to be read, or take it away"
    )


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
        write_tree(output, SITE, root)

    assert str(told.value) == (
        f"{place}:1:1: stands where the site has a file\n"
        "    the build did not make it: move it away, or choose another output"
    )
    assert (root / "site.yaml").read_bytes() == b"site"
    assert set(output.iterdir()) == {place}


@pytest.mark.promise(9)
def test_a_stranger_that_is_what_the_site_has_there_becomes_ours(output: Path, root: Path) -> None:
    """So a folder whose list of ours was lost is a site again, and keeps its times."""
    write_tree(output, SITE, root)
    before = times(output)
    (output / MANIFEST).unlink()

    change = write_tree(output, SITE, root)

    assert str(change) == "0 added, 0 changed, 0 removed"
    assert times(output) == before
    write_tree(output, {"index.html": b"home"}, root)
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
    plant(output, {"CNAME": b"a.example", "../victim": b"precious", MANIFEST: mine.encode()})

    write_tree(output, SITE, root)

    assert victim.read_bytes() == b"precious"
    assert found(output) == {**SITE, "CNAME": b"a.example"}


@pytest.mark.promise(9)
def test_a_stranger_in_the_place_of_a_folder_is_told_of(output: Path, root: Path) -> None:
    """A file where a folder should be is told of, with its place, and left alone."""
    plant(output, {"en": b"a file"})

    with pytest.raises(Problems, match=r"site/en:1:1: stands where the site has a folder"):
        write_tree(output, SITE, root)

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
    write_tree(output, SITE, root)
    plant(output, {"CNAME": b"a.example", "en/b/photo.jpg": b"photo", "own/x": b"x"})
    before = times(output)

    with nobodys(output, output.parent):
        change = write_tree(output, NEXT, root)

    strangers = {"CNAME": b"a.example", "en/b/photo.jpg": b"photo", "own/x": b"x"}
    assert found(output) == {**NEXT, **strangers}
    assert str(change) == "1 added, 1 changed, 1 removed"
    assert times(output)["en/a/index.html"] == before["en/a/index.html"]
    write_tree(output, {}, root)
    assert found(output) == strangers


@needs_root
@pytest.mark.promise(8, 9)
def test_where_one_file_cannot_take_its_place_all_go_back(public: Path, root: Path) -> None:
    """The last site is as it was, byte for byte, and nothing is left over."""
    output = public / "site"
    write_tree(output, SITE, root)
    plant(output, {"en/own": b"x"})
    before, files = found(output), {**NEXT, "zz/index.html": b"z"}
    public.chmod(0o755)

    with nobodys(output, output / "en/b"), pytest.raises(Problems, match="Permission denied"):
        write_tree(output, files, root)  # from the folder that is shut nothing can be removed

    assert found(output) == before
    assert write_tree(output, files, root).removed == 1
    assert found(output) == {**files, "en/own": b"x"}


@needs_root
@pytest.mark.promise(9)
def test_a_folder_that_is_shut_to_us_stays_as_it_is(public: Path, root: Path) -> None:
    """What cannot be looked into cannot be made a second time, so it stays where it is."""
    output = public / "up" / "site"
    write_tree(output, SITE, root)
    plant(output, {"private/x": b"x"})

    with nobodys(output.parent, output / "private"):
        pass
    (output / "private").chmod(0o700)
    with as_nobody():
        write_tree(output, NEXT, root)

    assert found(output) == {**NEXT, "private/x": b"x"}


@pytest.mark.promise(8, 9)
def test_what_a_killed_build_left_is_cleared_away_and_what_others_made_is_kept(
    output: Path, root: Path
) -> None:
    """A stranger that came into the old site while the new one was made is brought over."""
    write_tree(output, SITE, root)
    plant(output, {"CNAME": b"old words"})
    left = output.with_name(".site.new")
    write_tree(left, {"index.html": b"home", "en/gone/index.html": b"gone"}, root)
    plant(left, {"CNAME": b"new words", "own/late": b"late", "en/gone/late": b"late"})
    os.utime(output / "CNAME", (1, 1))

    write_tree(output, SITE, root)

    assert not left.exists()
    late = {"own/late": b"late", "en/gone/late": b"late"}
    assert found(output) == {**SITE, "CNAME": b"new words", **late}


@pytest.mark.promise(9)
def test_a_folder_where_the_build_works_that_it_did_not_make_is_left_alone(
    output: Path, root: Path
) -> None:
    """Nobody's folder is removed for its name."""
    plant(output.with_name(".site.new"), {"precious": b"x"})

    with pytest.raises(Problems, match="stands where the build makes the new site"):
        write_tree(output, SITE, root)

    assert found(output.with_name(".site.new")) == {"precious": b"x"}


@pytest.mark.promise(8)
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o777])
def test_all_may_read_the_site_whatever_the_umask(output: Path, root: Path, mask: int) -> None:
    """GitHub Pages publishes only what anybody may read."""
    old = os.umask(mask)
    try:
        output.parent.mkdir(parents=True)
        output.parent.chmod(0o755)
        write_tree(output, SITE, root)
    finally:
        os.umask(old)

    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (output, *output.rglob("*"))}
    assert set(modes.values()) == {0o644, 0o755}
    assert all((mode == 0o755) == path.is_dir() for path, mode in modes.items())


@pytest.mark.promise(8)
def test_a_site_that_was_shut_is_opened_again(output: Path, root: Path) -> None:
    """Modes that somebody changed are set right, though no byte is new."""
    write_tree(output, SITE, root)
    (output / "en").chmod(0o700)
    (output / "index.html").chmod(0o600)

    write_tree(output, SITE, root)

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
        write_tree(root / place, SITE, root)

    assert found(root) == before


@pytest.mark.promise(9)
def test_a_site_is_not_written_over_a_home(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody means to publish all they have."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))

    with pytest.raises(Problems, match="would hold the sources"):
        write_tree(tmp_path / "home", SITE, root)


@pytest.mark.promise(9)
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


@pytest.mark.promise(5, 9)
def test_a_folder_of_the_output_that_became_a_link_is_not_followed(tmp_path: Path) -> None:
    """Nothing is written or removed outside the output, not even through a link in it."""
    output, elsewhere = tmp_path / "output", tmp_path / "elsewhere"
    write_tree(output, {"en/a/index.html": b"ours"}, tmp_path / "sources")
    (output / "en/a/index.html").rename(tmp_path / "kept")
    (output / "en/a").rmdir()
    elsewhere.mkdir()
    (elsewhere / "index.html").write_bytes(b"somebody's")
    (output / "en/a").symlink_to(elsewhere)

    with pytest.raises(Problems, match="stands where the site has a folder"):
        write_tree(output, {"en/a/index.html": b"new"}, tmp_path / "sources")
    write_tree(output, {}, tmp_path / "sources")

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
        with only_build(output, root, say):
            order.append("second")

    with only_build(output, root, said.append):
        thread = threading.Thread(target=second)
        thread.start()
        assert waits.wait(10)
        order.append("first")
    thread.join()

    assert said == [f"{output}: waiting for another build to finish"]
    assert order == ["first", "second"]
