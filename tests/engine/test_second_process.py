"""A second process gives what the first would have found itself, and never outlives it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.engine import second_process
from briefing.engine.second_process import side_by_side
from briefing.problems import Place, Problem, Problems

FOUND = (Problem(Place("a.md", 2, 1), "wrong", "put it right"),)


@pytest.fixture(params=[1, 2], autouse=True)
def cores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many cores there are."""
    monkeypatch.setattr(second_process, "_cores", lambda: request.param)
    count: int = request.param
    return count


def test_both_results_are_returned(cores: int) -> None:
    """The second comes from another process where there are two cores."""
    one, (other, found) = side_by_side(
        os.getpid, lambda: (os.getpid(), FOUND), tuple[int, tuple[Problem, ...]]
    )
    assert one == os.getpid()
    assert (other == one) == (cores == 1)
    assert found == FOUND


def test_more_than_a_pipe_holds_is_returned() -> None:
    """The first is not ready to read while it works."""
    assert side_by_side(lambda: 1, lambda: FOUND * 50_000, tuple[Problem, ...]) == (
        1,
        FOUND * 50_000,
    )


@pytest.mark.parametrize("end", [lambda: os._exit(3), os.abort], ids=["exit", "abort"])
def test_what_a_process_that_ended_would_have_found_is_found_by_the_first(
    end: Callable[[], None], cores: int
) -> None:
    """It is called once more."""
    first = os.getpid()

    def find() -> tuple[Problem, ...]:
        if os.getpid() != first:
            end()
        return FOUND

    assert side_by_side(lambda: cores, find, tuple[Problem, ...]) == (cores, FOUND)


def test_what_the_second_raises_is_raised_by_the_first() -> None:
    """So no mistake is lost."""

    def fail() -> tuple[Problem, ...]:
        raise Problems(FOUND)

    with pytest.raises(Problems, match="wrong"):
        side_by_side(lambda: 1, fail, tuple[Problem, ...])


def test_what_the_first_raises_ends_both(tmp_path: Path, cores: int) -> None:
    """Whatever the second is busy with."""
    pipe, started = tmp_path / "pipe", tmp_path / "started"
    os.mkfifo(pipe)

    def fail() -> int:
        while cores > 1 and not (started.exists() and started.read_text()):
            time.sleep(0.01)
        raise Problems(FOUND)

    def wait() -> int:
        started.write_text(f"{os.getpid()}")
        return len(pipe.read_bytes())  # nobody writes

    with pytest.raises(Problems, match="wrong"):
        side_by_side(fail, wait, int)
    assert started.exists() == (cores > 1)
    if cores > 1:
        with pytest.raises(ProcessLookupError):
            os.kill(int(started.read_text()), 0)
