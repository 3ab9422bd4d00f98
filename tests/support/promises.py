"""Counts what was tried of each promise of docs/promises.md, and prints it at the end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Count = Callable[[int], None]
"""Adds to the cases of the promise a test is marked with: examples, moments, vectors …"""

_CASES: dict[int, list[int]] = {}
"""By promise: tests that passed, tests that failed or did not run, cases tried."""


@pytest.fixture
def count(request: pytest.FixtureRequest) -> Count:
    """Count cases of a test that tries many, beyond the one that it is itself."""

    def add(cases: int = 1) -> None:
        request.node.user_properties.append(("cases", cases))

    return add


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Sort what came of each test that holds a promise."""
    numbers = [value for name, value in report.user_properties if name == "promise"]
    if not numbers or (report.when != "call" and report.passed):
        return
    cases = sum(int(f"{value}") for name, value in report.user_properties if name == "cases")
    for number in numbers:
        tally = _CASES.setdefault(int(f"{number}"), [0, 0, 0])
        tally[0 if report.passed else 1] += 1
        tally[2] += cases or 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Note on each test which promises of docs/promises.md it holds."""
    for item in items:
        for marker in item.iter_markers("promise"):
            item.user_properties.extend(("promise", number) for number in marker.args)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the counts, a line for each promise."""
    for number, (held, failed, cases) in sorted(_CASES.items()):
        terminalreporter.write_line(
            f"promise {number:2}: {held} passed, {failed} failed or not run; {cases} cases"
        )
