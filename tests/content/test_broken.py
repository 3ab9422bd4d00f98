"""Broken sites, each with the complete list of what is told of it.

A case in broken/ is the small site with some edits: `edit` replaces a text that
must stand exactly once, `add` adds or overwrites a file, `bytes` does so with
escapes for what is not UTF-8, `remove` takes a file away.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from briefing.problems import Problems
from build import make_site
from support.broken import CASES, broken


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_mistake_is_told_with_its_place_and_cure(path: Path, small: dict[str, bytes]) -> None:
    """What is told of a broken site is exactly what the case lists, in one run."""
    case = yaml.safe_load(path.read_text(encoding="utf-8"))

    with pytest.raises(Problems) as told:
        make_site(broken(case, small))

    assert str(told.value) == case["problems"].rstrip("\n")
    assert all(problem.cure for problem in told.value)


def test_there_are_enough_of_them() -> None:
    """Each kind of mistake the format knows has a case of its own."""
    assert len(CASES) >= 40
