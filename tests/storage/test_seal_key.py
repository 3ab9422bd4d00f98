"""The key of the cache is the user's own, and does not come with the sources."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.commands.build import build_to_disk
from briefing.storage.seal_key import KEY_FILE, KEY_FOLDER
from support.built import DAY, made, order, site
from support.cache import cache_of, endless_link, fifo, link, looked_at, nothing_in_it
from support.disk import as_nobody, plant
from support.sites import Sources


def test_the_key_is_made_once_and_is_the_users_own(project: Path, state: Path) -> None:
    """In a folder that nobody else may look into."""
    key = state / KEY_FOLDER / KEY_FILE
    before = key.read_bytes()
    assert len(before) == 32
    assert [path.stat().st_mode & 0o777 for path in (state, key.parent, key)] == [
        0o700,
        0o700,
        0o600,
    ]
    build_to_disk(order(project, DAY))
    assert key.read_bytes() == before
    assert [path.name for path in key.parent.iterdir()] == [KEY_FILE]


def readable_by_others(key: Path, private: Path) -> None:
    key.write_bytes(bytes(32))
    key.chmod(0o644)


def short(key: Path, private: Path) -> None:
    key.write_bytes(bytes(31))
    key.chmod(0o600)


def long(key: Path, private: Path) -> None:
    key.write_bytes(bytes(33))
    key.chmod(0o600)


def of_another_user(key: Path, private: Path) -> None:
    key.write_bytes(bytes(32))
    key.chmod(0o600)
    try:
        os.chown(key, os.geteuid() + 1, -1)
    except PermissionError:
        pytest.skip("only root gives files away")


@pytest.mark.promise(15)
@pytest.mark.parametrize(
    "kind",
    [readable_by_others, short, long, of_another_user, nothing_in_it, link, endless_link, fifo],
    ids=lambda kind: kind.__name__,
)
def test_a_key_that_may_not_be_the_users_own_is_made_anew(
    project: Path,
    state: Path,
    small: Sources,
    tmp_path: Path,
    kind: Callable[[Path, Path], None],
) -> None:
    """What was sealed with it is no cache any more; nothing else is changed."""
    private = tmp_path / "private"
    private.write_bytes(bytes(32))
    private.chmod(0o600)
    key = state / KEY_FOLDER / KEY_FILE
    key.unlink()
    kind(key, private)
    assert cache_of(project).read("record") is None

    build_to_disk(order(project, DAY))

    assert site(project) == made(small, DAY)
    assert stat.S_ISREG(key.lstat().st_mode)
    assert key.stat().st_mode & 0o777 == 0o600
    assert key.read_bytes() != bytes(32)
    assert len(key.read_bytes()) == 32
    assert key.stat().st_uid == os.geteuid()
    assert cache_of(project).read("record")
    assert private.read_bytes() == bytes(32)


def in_the_site(project: Path, patch: pytest.MonkeyPatch) -> Path:
    patch.setenv("XDG_STATE_HOME", str(project / "state"))
    return project / "state"


def behind_a_link_into_the_site(project: Path, patch: pytest.MonkeyPatch) -> Path:
    (project.parent / "link").symlink_to(project / "state")
    patch.setenv("XDG_STATE_HOME", str(project.parent / "link"))
    return project / "state"


def behind_a_link_out_of_the_site(project: Path, patch: pytest.MonkeyPatch) -> Path:
    (project / "link").symlink_to(project.parent)
    patch.setenv("XDG_STATE_HOME", str(project / "link/elsewhere"))
    return project.parent / "elsewhere"


def home_is_the_site(project: Path, patch: pytest.MonkeyPatch) -> Path:
    patch.delenv("XDG_STATE_HOME")
    patch.setenv("HOME", str(project))
    return project / ".local/state"


def home_is_where_we_are(project: Path, patch: pytest.MonkeyPatch) -> Path:
    patch.setenv("XDG_STATE_HOME", ".")
    patch.setenv("HOME", ".")
    patch.chdir(project.parent)
    return project.parent / ".local/state"


@pytest.mark.promise(15)
@pytest.mark.parametrize(
    "place",
    [
        in_the_site,
        behind_a_link_into_the_site,
        behind_a_link_out_of_the_site,
        home_is_the_site,
        home_is_where_we_are,
    ],
)
def test_a_key_that_could_come_with_the_sources_is_none(
    project: Path,
    small: Sources,
    monkeypatch: pytest.MonkeyPatch,
    place: Callable[[Path, pytest.MonkeyPatch], Path],
) -> None:
    """Whatever its mode is; there is no cache then, and nothing is left there."""
    key = place(project, monkeypatch) / KEY_FOLDER / KEY_FILE
    key.parent.mkdir(parents=True)
    key.write_bytes(bytes(32))
    key.chmod(0o600)
    before = looked_at(project / ".cache")
    build_to_disk(order(project, DAY))

    assert cache_of(project).read("record") is None
    assert key.read_bytes() == bytes(32)
    assert [path.name for path in key.parent.iterdir()] == [KEY_FILE]
    assert looked_at(project / ".cache") == before
    assert site(project) == made(small, DAY)


def a_file(state: Path, other: Path) -> None:
    state.write_bytes(b"theirs")


def below_a_file(state: Path, other: Path) -> None:
    state.mkdir()
    (state / KEY_FOLDER).write_bytes(b"theirs")


def below_a_link(state: Path, other: Path) -> None:
    state.mkdir()
    (state / KEY_FOLDER).symlink_to(other)


def a_folder(state: Path, other: Path) -> None:
    (state / KEY_FOLDER / KEY_FILE).mkdir(parents=True)


def anothers(state: Path, other: Path) -> None:
    state.mkdir()
    try:
        os.chown(state, os.geteuid() + 1, -1)
    except PermissionError:
        pytest.skip("only root gives folders away")


@pytest.mark.parametrize("kind", [a_file, below_a_file, below_a_link, a_folder, anothers])
def test_where_no_key_can_be_kept_a_site_is_built_without_a_cache(
    tmp_path: Path, small: Sources, state: Path, kind: Callable[[Path, Path], None]
) -> None:
    """And none is left that nobody could read."""
    project, other = tmp_path / "project", tmp_path / "other"
    plant(project, small)
    other.mkdir()
    kind(state, other)
    build_to_disk(order(project, DAY))

    assert site(project) == made(small, DAY)
    assert not (project / ".cache").exists()
    assert list(other.iterdir()) == []


def test_who_may_not_read_the_key_has_no_cache(project: Path) -> None:
    """Another user of the machine, in the same folder."""
    if os.geteuid():
        pytest.skip("only root can be another user")
    with as_nobody():
        assert cache_of(project).read("record") is None
    assert cache_of(project).read("record")
