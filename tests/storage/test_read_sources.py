"""The disk, read: what is taken, what is told of, what is passed over."""

from __future__ import annotations

import itertools
import os
import socket
import tempfile
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.problems import Problems
from briefing.storage.read_sources import read_tree
from support.disk import as_nobody, plant
from support.promises import Count


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


@pytest.mark.parametrize(
    "path", ["site.yaml", "redirects.yaml", "content/b.en.md", "content/topic/topic.yaml"]
)
@pytest.mark.parametrize("inside", ["", "a.md"])
def test_a_folder_in_the_place_of_a_file_is_told(root: Path, path: str, inside: str) -> None:
    """It is not taken for no file, by which addresses or an article would vanish."""
    (root / path).unlink(missing_ok=True)
    (root / path).mkdir()
    if inside:
        plant(root / path, {inside: b"a"})

    with pytest.raises(Problems) as told:
        read_tree(root, "site.yaml", "redirects.yaml", "content")

    assert str(told.value) == (
        f"{path}:1:1: is a folder, where a file of that name would be read\n"
        "    take it away, or give it another name"
    )


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
