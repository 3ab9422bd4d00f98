"""What GitHub is asked to do for a new site: what it does for this one, with what is released."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing.commands.arguments import ROOT, parse_arguments
from support.workflows import PINNED, commands, lint

NAMES = ("pages.yml", "check.yml")
OURS, NEW = ROOT / ".github/workflows", ROOT / "briefing/commands/init/files"
ENGINE = {"changes", "oldest", "newest", "same-bytes"}
"""Jobs on the engine, which no site has."""


def text_of(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


def jobs_of(folder: Path, name: str) -> Mapping[str, Any]:
    jobs: Mapping[str, Any] = yaml.load(text_of(folder, name), yaml.BaseLoader)["jobs"]
    return jobs


def scripts_of(folder: Path, name: str) -> list[str]:
    steps = [step for job in jobs_of(folder, name).values() for step in job["steps"]]
    return [step["run"] for step in steps if "run" in step]


@pytest.mark.parametrize("name", NAMES)
def test_a_new_site_uses_the_actions_that_this_one_uses(name: str) -> None:
    """Each pinned to the commit that was looked at here."""
    ours = {match for folder_name in NAMES for match in PINNED.findall(text_of(OURS, folder_name))}
    used = PINNED.findall(text_of(NEW, name))

    assert len(used) == text_of(NEW, name).count("uses:")
    assert set(used) <= ours


@pytest.mark.parametrize("name", NAMES)
def test_a_new_site_has_the_jobs_of_this_one_with_no_more_rights(name: str) -> None:
    """All but those that test the engine; what is not about the program is the same."""
    ours, new = jobs_of(OURS, name), jobs_of(NEW, name)
    whole = yaml.load(text_of(NEW, name), yaml.BaseLoader)

    assert set(new) <= set(ours)
    assert whole["permissions"] == {"contents": "read"}
    for job, of in new.items():
        assert {key: of[key] for key in of if key != "steps"} == {
            key: ours[job][key] for key in ours[job] if key != "steps"
        }
        assert [step.get("uses") for step in of["steps"]] == [
            step.get("uses") for step in ours[job]["steps"]
        ]


@pytest.mark.parametrize("name", NAMES)
def test_a_new_site_runs_what_this_one_runs_but_with_the_released_program(name: str) -> None:
    """So that a script that is mended here is mended there."""
    of_site = set(jobs_of(NEW, name))
    ours = [
        step["run"]
        for job, of in jobs_of(OURS, name).items()
        for step in of["steps"]
        if "run" in step and job in of_site
    ]
    as_released = [
        script.replace("python build.py check", "who-said-what check").replace(
            "python build.py --", "who-said-what build --"
        )
        for script in ours
    ]
    new = scripts_of(NEW, name)

    changed = [(a, b) for a, b in zip(as_released, new, strict=True) if a != b]
    assert [b.partition("--disable-pip-version-check ")[2] for _, b in changed] == [
        '"who-said-what[cards]==@VERSION@"'
    ]
    assert "requirements" in changed[0][0]


def test_every_command_of_a_new_site_is_one() -> None:
    """With options that the program has; none of them runs a test."""
    words = [each for name in NAMES for text in scripts_of(NEW, name) for each in commands(text)]
    typed = [command[1:] for command in words if command[:1] == ["who-said-what"]]

    assert [parse_arguments([*each, "--root", str(ROOT)]).command for each in typed] == [
        *("build", "check", "check", "build", "build"),
    ]
    assert not {"make", "pytest"} & {command[0] for command in words if command}


def test_actionlint_finds_nothing_in_the_workflows_of_a_new_site() -> None:
    """As in those of this one."""
    assert lint({name: text_of(NEW, name) for name in NAMES}) == []
