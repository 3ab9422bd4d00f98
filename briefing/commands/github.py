"""Problems as annotations: GitHub shows them beside the lines that they are about.

They are written as https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts does,
for https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs to read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from briefing.problems import Problem

Level = Literal["error", "warning"]
TITLES: Mapping[Level, str] = {"error": "Cannot be built", "warning": "Could be better"}


def github_annotation(problem: Problem, level: Level = "error") -> str:
    """Give the one line that tells GitHub of a problem: where it is, what is wrong, the cure.

    A place without a path, a line or a column (0) has none. Whatever the content says, the
    line ends where it ends, and no other command begins in it.
    """
    place = problem.place
    properties = {
        "file": place.path,
        "line": str(place.line or ""),
        "col": str(place.column or ""),
        "title": TITLES[level],
    }
    told = ",".join(f"{name}={_in_property(text)}" for name, text in properties.items() if text)
    return f"::{level} {told}::{_in_data(_said(problem))}"


def _said(problem: Problem) -> str:
    """Give what is wrong and, on a line of its own, the cure, as they are told everywhere."""
    place = str(Problem(problem.place, ""))
    return str(problem).removeprefix(place).replace("\n    ", "\n")


def _in_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _in_property(text: str) -> str:
    return _in_data(text).replace(":", "%3A").replace(",", "%2C")
