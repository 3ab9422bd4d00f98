"""The sites that tests build: a small one, and the real one."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.files import read_tree
from briefing.values import read_moment
from build import INPUTS, ROOT

TESTS = Path(__file__).parent
AS_OF = read_moment("2026-01-01")
"""The day the small site is built for: what is released in 2030 is held back."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="accept what is made now")


@pytest.fixture(scope="session")
def small() -> dict[str, bytes]:
    """The source files of the small site, with the templates of the project."""
    return read_tree(TESTS / "site", "site.yaml", "content") | read_tree(ROOT, "templates")


@pytest.fixture(scope="session")
def real() -> dict[str, bytes]:
    """The source files of the project itself."""
    return read_tree(ROOT, *INPUTS)
