"""What is tried by day, and what is left for the night: `make test` and `make nightly`.

By day `@pytest.mark.nightly` leaves out a test, `@pytest.mark.sampled(5)` all but five of its
cases, and the fixture `some` all but a few of the things that a test goes through by itself;
`examples(40)` is how many Hypothesis tries. At the end the terminal says how much was left out.
By night, which is with the option `--nightly`, nothing is, and there are ten times as many
examples. Whoever names a test (`tests/pages/test_toggle.py::test_…`) has all of its cases.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Protocol, TypeVar

import pytest
from hypothesis import settings

Item = TypeVar("Item")

DAY, NIGHT = "normal", "nightly"
"""The profiles of Hypothesis."""
MORE = 10
"""How many times as many examples there are by night."""
USUAL = 100
"""Examples by day, where a test does not say how many."""
GOLDEN = (5**0.5 - 1) / 2
"""Its multiples are spread evenly, however many of them there are."""
LEFT_OUT = "left out"
"""What is noted on a report of how many things a test has not gone through."""

settings.register_profile(DAY, max_examples=USUAL, deadline=None, derandomize=True)
settings.register_profile(NIGHT, max_examples=MORE * USUAL, deadline=None)
settings.load_profile(DAY)

_LEFT = {"tests": 0, "cases": 0}


def is_night() -> bool:
    """Whether everything is tried."""
    return settings.get_current_profile_name() == NIGHT


def examples(by_day: int, **others: Any) -> settings:
    """Return the settings of a test that has so many examples by day."""
    return settings(max_examples=by_day * (MORE if is_night() else 1), deadline=None, **others)


def spread(items: Sequence[Item], number: int) -> list[Item]:
    """Return so many items of a sequence, evenly, the first and the last too."""
    if number >= len(items):
        return list(items)
    steps = max(number - 1, 1)
    return [items[round(n * (len(items) - 1) / steps)] for n in range(number)]


def of_each_kind(
    items: Sequence[Item], number: int, kind: Callable[[Item], Hashable]
) -> list[Item]:
    """Return at least so many items: all of a kind that is rare, an even share of the others."""
    kinds: dict[Hashable, list[Item]] = {}
    for item in items:
        kinds.setdefault(kind(item), []).append(item)
    share = 1
    while sum(min(share, len(each)) for each in kinds.values()) < min(number, len(items)):
        share += 1
    return [item for each in kinds.values() for item in spread(each, share)]


class Some(Protocol):
    """Returns items to be gone through: by day so many, by night all."""

    def __call__(
        self, items: Sequence[Item], by_day: int, kind: Callable[[Item], Hashable] = ...
    ) -> list[Item]: ...


@pytest.fixture
def some(request: pytest.FixtureRequest) -> Some:
    """Choose what a test goes through, evenly, or as evenly of each kind."""

    def choose(
        items: Sequence[Item], by_day: int, kind: Callable[[Item], Hashable] = lambda _: 0
    ) -> list[Item]:
        chosen = list(items) if is_night() else of_each_kind(items, by_day, kind)
        request.node.user_properties.append((LEFT_OUT, len(items) - len(chosen)))
        return chosen

    return choose


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--nightly", action="store_true", help="leave nothing out: takes hours")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--nightly"):
        settings.load_profile(NIGHT)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is for the night."""
    if is_night() or any("::" in arg for arg in config.args):
        return
    cases: dict[tuple[str, int], list[pytest.Item]] = {}
    kept = set()
    for item in items:
        if marker := item.get_closest_marker("sampled"):
            test = item.nodeid.partition("[")[0]
            cases.setdefault((test, marker.args[0]), []).append(item)
        elif not item.get_closest_marker("nightly"):
            kept.add(item)
    for (_, number), of_test in cases.items():
        kept.update(sample(of_test, number))
    if left := [item for item in items if item not in kept]:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item in kept]
        _LEFT["tests"] = len(left)


def sample(items: Sequence[pytest.Item], number: int) -> list[pytest.Item]:
    """Return so many cases of a test, with as many values of each parameter as can be."""
    wanted = {item: set(re.split(r"[-\[\]]", item.name)) for item in items}
    left = [item for _, item in sorted(enumerate(items), key=lambda each: each[0] * GOLDEN % 1)]
    chosen: list[pytest.Item] = []
    seen: set[str] = set()
    while left and len(chosen) < number:
        if all(wanted[item] <= seen for item in left):
            seen = set()
        best = max(left, key=lambda item: len(wanted[item] - seen))
        left.remove(best)
        chosen.append(best)
        seen |= wanted[best]
    return chosen


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the process that has the terminal what was left out in this one."""
    if (output := getattr(session.config, "workeroutput", None)) is not None:
        output[LEFT_OUT] = _LEFT["tests"]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear what was left out in another process: it is the same in each."""
    _LEFT["tests"] = max(_LEFT["tests"], getattr(node, "workeroutput", {}).get(LEFT_OUT, 0))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up what tests have not gone through."""
    if report.when == "call":
        _LEFT["cases"] += sum(int(f"{n}") for name, n in report.user_properties if name == LEFT_OUT)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how much was left out."""
    if is_night() or not any(_LEFT.values()):
        return
    terminalreporter.write_line(
        f"left for `make nightly`: {_LEFT['tests']} tests, {_LEFT['cases']} cases of other tests,"
        f" and {MORE - 1} of {MORE} examples"
    )
