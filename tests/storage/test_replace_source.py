"""A source file is replaced as it was read, and as nothing else."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from threading import Barrier, Thread

import pytest

from briefing.problems import Problems
from briefing.storage.site_sources.replace import read_source, remove_source, replace_source

PATH = "content/talks/gazette.en.md"
BEFORE, AFTER, SAVED = b"before", b"after", b"saved"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with one source."""
    (tmp_path / PATH).parent.mkdir(parents=True)
    (tmp_path / PATH).write_bytes(BEFORE)
    return tmp_path


def names(root: Path) -> list[str]:
    return [path.name for path in (root / PATH).parent.iterdir()]


def test_a_file_is_replaced_if_it_is_as_it_was(root: Path) -> None:
    """Its mode stays, and nothing is left beside it."""
    (root / PATH).chmod(0o604)
    assert replace_source(root, PATH, BEFORE, AFTER)
    assert not replace_source(root, PATH, BEFORE, SAVED)
    assert read_source(root, PATH) == AFTER
    assert (root / PATH).stat().st_mode & 0o777 == 0o604
    assert names(root) == ["gazette.en.md"]


def test_a_file_is_removed_if_it_is_as_it_was(root: Path) -> None:
    """One that was saved stays, and one that is not there is no error."""
    assert not remove_source(root, PATH, SAVED)
    assert read_source(root, PATH) == BEFORE
    assert remove_source(root, PATH, BEFORE)
    assert not remove_source(root, PATH, BEFORE)
    assert names(root) == []


def test_a_save_while_a_file_is_removed_is_never_lost(root: Path) -> None:
    """Whichever comes first: what the editor has saved is there in the end."""
    path = root / PATH
    for _ in range(60):
        path.write_bytes(BEFORE)
        (saving := path.with_name("saving")).write_bytes(SAVED)
        together = Barrier(2)

        def save(saving: Path = saving, together: Barrier = together) -> None:
            together.wait()
            os.replace(saving, path)  # noqa: PTH105

        thread = Thread(target=save)
        thread.start()
        together.wait()
        remove_source(root, PATH, BEFORE)
        thread.join()
        assert path.read_bytes() == SAVED
        assert names(root) == ["gazette.en.md"]


@pytest.mark.promise(5)
@pytest.mark.parametrize("what", ["link to a file", "link to its folder", "pipe", "nothing"])
def test_only_a_file_in_its_folder_is_replaced(root: Path, tmp_path: Path, what: str) -> None:
    """No link is followed, and no pipe is waited for."""
    path, elsewhere = root / PATH, tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "gazette.en.md").write_bytes(BEFORE)
    path.unlink()
    if what == "link to a file":
        path.symlink_to(elsewhere / "gazette.en.md")
    elif what == "pipe":
        os.mkfifo(path)
    elif what == "link to its folder":
        path.parent.rmdir()
        path.parent.symlink_to(elsewhere)
    assert read_source(root, PATH) is None
    outcome: object = None
    with suppress(Problems):  # of a folder that is none
        outcome = replace_source(root, PATH, BEFORE, AFTER)
    assert not outcome
    assert (elsewhere / "gazette.en.md").read_bytes() == BEFORE


@pytest.mark.parametrize("in_place", [True, False])
def test_saves_at_the_same_time_stay(root: Path, in_place: bool) -> None:
    """An editor saves twice while the file is replaced: what it saved last is there in the end."""
    path, other = root / PATH, root / "saving"
    for number in range(150):
        path.write_bytes(BEFORE)
        together = Barrier(2)
        last = SAVED + b"%d" % number

        def save(together: Barrier = together, last: bytes = last) -> None:
            together.wait()
            for data in (SAVED, last):
                if in_place:
                    path.write_bytes(data)
                else:
                    other.write_bytes(data)
                    other.replace(path)

        saving = Thread(target=save)
        saving.start()
        together.wait()
        replace_source(root, PATH, BEFORE, AFTER)
        saving.join()
        assert path.read_bytes() == last
        assert names(root) == ["gazette.en.md"]
