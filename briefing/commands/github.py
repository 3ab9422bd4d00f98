"""Problems -> what is printed of them; for GitHub as annotations, beside the lines they are about.

Annotations are written as
https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts does, for
https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs to read.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from secrets import token_hex
from typing import Literal

from msgspec.structs import replace

from briefing.problems import Problem, Problems

Level = Literal["error", "warning"]
TITLES: Mapping[Level, str] = {"error": "Cannot be built", "warning": "Could be better"}


def describe(problems: Problems, *, annotate: bool, root: Path) -> str:
    """Return all problems, how many they are and what was done; `annotate`: as annotations, too.

    `root` is the folder from which the paths of problems lead.
    """
    count = f"{len(problems)} problem{'s' * (len(problems) != 1)}"
    message = f"{problems}\n{count}, {problems.done}"
    return with_annotations(message, problems, "error", root) if annotate else message


def with_annotations(message: str, problems: Iterable[Problem], level: Level, root: Path) -> str:
    """Return a message followed by an annotation for each problem.

    Annotations name files from the working directory, where problems name them from `root`.
    No text in `message` can be a command to GitHub.
    """
    folder = os.path.relpath(root)
    prefix = "" if folder == "." else f"{folder}/"
    moved = (replace(p, place=replace(p.place, path=prefix + p.place.path)) for p in problems)
    token = token_hex(16)
    lines = [github_annotation(problem, level) for problem in moved]
    return "\n".join([f"::stop-commands::{token}", message, f"::{token}::", *lines])


def github_annotation(problem: Problem, level: Level = "error") -> str:
    """Return the one line that is an annotation: a place, what is wrong there, the cure.

    A path, line or column that the place does not have ("" or 0) is left out. Whatever the
    content says, no other command begins in the line.
    """
    place = problem.place
    properties = {
        "file": place.path,
        "line": str(place.line or ""),
        "col": str(place.column or ""),
        "title": TITLES[level],
    }
    written = ",".join(f"{name}={_in_property(text)}" for name, text in properties.items() if text)
    return f"::{level} {written}::{_in_data(_without_place(problem))}"


def _without_place(problem: Problem) -> str:
    """Return the message and, on a line of its own, the cure, as they are printed elsewhere."""
    return problem.without_place.replace("\n    ", "\n")


def _in_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _in_property(text: str) -> str:
    return _in_data(text).replace(":", "%3A").replace(",", "%2C")
