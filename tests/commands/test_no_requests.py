"""Nothing but `new article` asks another machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from briefing.commands.arguments import ROOT
from support.disk import plant
from support.sites import Sources

RUN = """
import sys
asked = []
def note(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.sendto", "urllib.Request"}:
        asked.append((event, arguments[-1]))
sys.addaudithook(note)
from briefing.commands.main import main
status = main(sys.argv[1:])
print("asked", asked)
sys.exit(status)
"""
"""Runs a command, and prints whom it asked: https://docs.python.org/3/library/audit_events.html."""


@pytest.mark.parametrize(
    "command", [["build"], ["check"], ["new", "topic", "next"], ["rename", "topic", "vote", "poll"]]
)
def test_a_command_asks_no_other_machine(
    command: list[str], tmp_path: Path, small: Sources
) -> None:
    plant(tmp_path, small)
    done = subprocess.run(
        [sys.executable, "-c", RUN, *command, "--root", str(tmp_path)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )

    assert done.stdout.splitlines()[-1] == "asked []"


def test_publishing_asks_nobody_but_through_git(tmp_path: Path, small: Sources) -> None:
    """`git` pushes to what the user named; the program itself asks nobody."""
    work, bare = tmp_path / "work", tmp_path / "bare"
    plant(work, {**small, ".gitignore": b".sources/\n.cache/\noutput/\n"})
    for words in (
        ["init", "--quiet", "--bare", str(bare)],
        ["init", "--quiet", str(work)],
        ["-C", str(work), "remote", "add", "origin", str(bare)],
        ["-C", str(work), "add", "--all"],
        ["-C", str(work), "config", "user.name", "A"],
        ["-C", str(work), "config", "user.email", "a@b.example"],
        ["-C", str(work), "commit", "-qm", "a"],
    ):
        subprocess.run(["git", *words], check=True, capture_output=True)
    address = ["--address", "https://desk.github.io/b/"]
    words = ["publish", "--dry-run", "--root", str(work), *address]
    command = [sys.executable, "-c", RUN, *words]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "asked []"
