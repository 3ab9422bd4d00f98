"""Broken sites, each with the complete list of what is told of it.

A case in broken/ is the small site with some edits: `edit` replaces a text that
must stand exactly once, `add` adds or overwrites a file, `bytes` does so with
escapes for what is not UTF-8, `remove` takes a file away.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing.problems import Problems
from build import make_site

CASES = sorted((Path(__file__).parent / "broken").glob("*.yaml"))


def broken(case: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give the small site with the edits of a case."""
    site = dict(files)
    for path, edits in case.get("edit", {}).items():
        text = site[path].decode()
        for old, new in edits:
            assert text.count(old) == 1, f"{path} has {old!r} {text.count(old)} times"
            text = text.replace(old, new)
        site[path] = text.encode()
    for path, text in case.get("add", {}).items():
        site[path] = text.encode()
    for path, text in case.get("bytes", {}).items():
        site[path] = text.encode("latin-1").decode("unicode_escape").encode("latin-1")
    for path in case.get("remove", []):
        del site[path]
    return site


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_mistake_is_told_with_its_place_and_cure(path: Path, small: dict[str, bytes]) -> None:
    """What is told of a broken site is exactly what the case lists, in one run."""
    case = yaml.safe_load(path.read_text(encoding="utf-8"))

    with pytest.raises(Problems) as told:
        make_site(broken(case, small))

    assert str(told.value) == case["problems"].rstrip("\n")


def test_there_are_enough_of_them() -> None:
    """Each kind of mistake the format knows has a case of its own."""
    assert len(CASES) >= 40
