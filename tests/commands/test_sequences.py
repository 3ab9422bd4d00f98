"""Whatever people do to a site folder, one thing after another: build, check and preview agree."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from support.faults import light
from support.nightly import is_night
from support.sequences import STEPS, SiteFolder
from support.sites import Sources as Files

Steps = list[tuple[str, int]]
"""Names of STEPS, each with the number of what it is done to."""
FEWEST, MOST = 12, 16
"""Steps of a sequence."""
DAILY, NIGHTLY = 6, 200
"""Sequences."""
CURES = 6
"""How many times as often a mistake is cured as any other thing is done."""
steps = st.tuples(st.sampled_from([*sorted(STEPS), *CURES * ["cure"]]), st.integers(0, 11))
RENAME_THEN_SERVE = [
    ("rename a topic", 0),
    ("edit", 1),
    ("rename a topic", 0),
    ("publish", 0),
    ("rename an article", 0),
    ("publish", 0),
]
WITHDRAW_THEN_RENAME = [
    ("publish", 0),
    ("withdraw", 1),
    ("publish", 0),
    ("rename a topic", 0),
    ("rename an article", 2),
    ("publish", 0),
    ("show", 1),
    ("publish", 0),
    ("hide", 4),
]
A_DAY_COMES = [("schedule a text", 3), ("publish", 0), ("move the clock", 3), ("publish", 0)]


@pytest.fixture(autouse=True)
def _identity(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commit as nobody of this machine, with no settings of it."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Nguyễn An")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "an@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


def test_build_check_and_preview_agree_after_each_of_many_steps(
    tmp_path_factory: pytest.TempPathFactory, small: Files
) -> None:
    """What is wrong is said by all three alike; else all have the bytes of the definition."""

    @settings(
        max_examples=NIGHTLY if is_night() else DAILY,
        phases=[Phase.explicit, Phase.generate],
        deadline=None,
    )
    @given(sequence=st.lists(steps, min_size=FEWEST, max_size=MOST))
    @example(sequence=RENAME_THEN_SERVE)
    @example(sequence=A_DAY_COMES)
    @example(sequence=WITHDRAW_THEN_RENAME)
    def holds(sequence: Steps) -> None:
        with closing(SiteFolder(tmp_path_factory.mktemp("sequence"), light(small))) as site:
            for name, number in sequence:
                site.do(STEPS[name], number)

    holds()


@pytest.mark.parametrize("name", STEPS)
def test_each_step_does_something(tmp_path: Path, small: Files, name: str) -> None:
    """Else a sequence of many steps would be one of few."""
    with closing(SiteFolder(tmp_path, light(small))) as site:
        before = site.files, site.clock, site.published
        if name == "cure":
            site.do(STEPS["break a link"], 3)
            before = site.files, site.clock, site.published
        if name == "show":
            site.do(STEPS["hide"], 3)
            before = site.files, site.clock, site.published
        site.do(STEPS[name], 3)
        assert (site.files, site.clock, site.published) != before
