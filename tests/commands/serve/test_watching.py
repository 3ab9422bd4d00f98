"""Where the system does not tell of saves, the preview says so and can look for them itself."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from briefing.commands.arguments import INPUTS
from briefing.commands.serve.command import NOT_TOLD
from briefing.commands.serve.file_systems import silent_file_system
from briefing.commands.serve.watcher import Watcher
from support.disk import plant
from support.preview import PATIENCE, TEXT, Live, put, rest, seen
from support.sites import Sources as Files

MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
drivers /mnt/c 9p rw,dirsync,aname=drvfs 0 0
C: /mnt/wsl drvfs rw 0 0
//desk/share /net/an\\040drive cifs rw 0 0
desk:/home /net/home nfs4 rw 0 0
desk: /net/ssh fuse.sshfs rw 0 0
/dev/sdb1 /net/home/here ext4 rw 0 0
tmpfs /over tmpfs rw 0 0
desk:/over /over nfs rw 0 0
short
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/", None),
        ("/srv/site", None),
        ("/mnt/c", "9p"),
        ("/mnt/c/Users/An/site", "9p"),
        ("/mnt/cd", None),
        ("/mnt/wsl/site", "drvfs"),
        ("/net/an drive/site", "cifs"),
        ("/net/home/an", "nfs4"),
        ("/net/ssh", "fuse.sshfs"),
        ("/net/home/here/site", None),
        ("/over/site", "nfs"),
    ],
)
def test_a_file_system_that_does_not_tell_of_saves_is_known(folder: str, kind: str | None) -> None:
    """By what is mounted deepest above a folder, and last there."""
    assert silent_file_system(Path(folder), MOUNTS) == kind


def test_where_nothing_is_known_of_file_systems_nothing_is_said(tmp_path: Path) -> None:
    """As on a Mac; and a folder may be named from where one stands."""
    assert silent_file_system(tmp_path, "") is None
    assert silent_file_system(Path(), "x / 9p rw") == "9p"
    assert NOT_TOLD.format("9p").endswith("begin again with --poll")


def test_saves_are_found_without_the_system(tmp_path: Path, small: Files) -> None:
    """Files that change, come and go, and folders that are new."""
    put(tmp_path, small)
    watcher = Watcher(tmp_path, INPUTS, polls=True)
    watcher.start()
    try:
        rest(watcher)
        for number, path in enumerate([TEXT, "content/new/topic.vi.md", "site.yaml"]):
            plant(tmp_path, {path: b"x" * (number + 1)})
            assert path in seen(watcher, path)
    finally:
        watcher.stop()


def test_the_preview_can_look_for_saves(tmp_path: Path, small: Files) -> None:
    """With --poll a save is shown as ever."""
    put(tmp_path, small)
    running = Live(tmp_path, "--poll")
    path = tmp_path / TEXT
    path.write_text(path.read_text() + "\nFound by looking.\n")
    end = time.monotonic() + PATIENCE
    while b"Found by looking." not in running.get(f"{running.base}en/river-talks/gazette/").body:
        assert time.monotonic() < end, running.said
        time.sleep(0.05)
    assert running.stop() == 0
    assert not re.search("does not tell of every save", "".join(running.said))
