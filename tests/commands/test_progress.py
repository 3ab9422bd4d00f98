"""How a build is getting on is told to who waits, and to nobody else."""

from __future__ import annotations

import io
import sys
from itertools import count
from pathlib import Path

import pytest

from briefing.commands.main import main
from briefing.commands.progress import Progress
from support.disk import plant
from support.sites import Sources


class Terminal(io.StringIO):
    """A stream that somebody reads at once."""

    def isatty(self) -> bool:
        return True


def tell(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch, step: float) -> Progress:
    """Tell of ten things, each of which takes as many seconds."""
    monkeypatch.setattr(sys, "stderr", stream)
    ticks = count(0.0, step)
    progress = Progress(lambda: next(ticks))
    for done in range(10):
        progress("render", done, 10)
    return progress


def test_who_waits_at_a_terminal_is_told_what_is_done_and_what_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In one line, which is gone when the build ends."""
    terminal = Terminal()
    tell(terminal, monkeypatch, 1.0).close()

    assert "making pages, 5 of 10, 5 s left" in terminal.getvalue()
    assert "\n" not in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\033[K")


def test_a_short_build_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends before anybody asks."""
    terminal = Terminal()
    tell(terminal, monkeypatch, 0.01).close()

    assert terminal.getvalue() == ""


def test_a_file_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log has no line to write over."""
    log = io.StringIO()
    tell(log, monkeypatch, 1.0).close()

    assert log.getvalue() == ""


def test_the_time_of_each_stage_is_told_on_request(
    tmp_path: Path, small: Sources, capsys: pytest.CaptureFixture[str]
) -> None:
    """Reading, comparing, making, checking, writing; and all of it."""
    plant(tmp_path, small)
    assert main(["--root", str(tmp_path), "--timings", "--as-of", "2026-01-01"]) == 0

    _, *lines = capsys.readouterr().out.splitlines()
    stages = [line.split(" ms  ")[1] for line in lines if " ms  " in line]
    assert lines[len(stages) + 1].endswith(
        "held back until 2030-01-01"
    )  # what is to be known is last
    assert stages[0] == "reading"
    assert stages[-1] == "all"
    assert {"comparing topics", "making pages", "checking links", "writing"} <= set(stages)
