"""Numbers that may be others, rounded."""

from __future__ import annotations

from decimal import Decimal

import pytest

from briefing.checks.content import WARNINGS
from briefing.checks.rounding import may_be_rounded, numbers_are_not_rounded
from briefing.content.parse import parse_site
from support.edits import edited
from support.sites import Sources

GAZETTE, DAILY = "content/river-talks/gazette.en.md", "content/river-talks/river-daily.vi.md"


@pytest.mark.parametrize(
    ("rounded", "exact", "may_be"),
    [
        ("67", "67.34", True),
        ("67", "66.5", True),
        ("67.3", "67.34", True),
        ("30000", "29874", True),
        ("2", "1.9", True),
        ("90", "93", True),
        ("100", "97", True),
        ("1000", "1040", True),
        ("67", "67.6", False),
        ("67", "68", False),
        ("2", "1.6", False),
        ("10", "9", False),
        ("10", "11", False),
        ("10", "14", False),
        ("30000", "26000", False),
        ("67.0", "67.34", False),
        ("2.70", "2.71", False),
        ("0", "0.3", False),
        ("-67", "-67.34", True),
        ("67", "-67.34", False),
    ],
)
def test_a_number_may_be_a_finer_one_rounded(rounded: str, exact: str, may_be: bool) -> None:
    """By fewer decimals, or by zeros at its end; small whole numbers are counted, not rounded."""
    assert may_be_rounded(Decimal(rounded), Decimal(exact)) is may_be
    assert not may_be_rounded(Decimal(exact), Decimal(rounded)) or not may_be


def told(small: Sources, lasted: tuple[str, str]) -> list[str]:
    """Give what is told of the small site in which two articles say how long something lasted."""
    files = edited(small, GAZETTE, "says: almost 180", f"says: {lasted[0]}")
    files = edited(files, DAILY, 'says: ">=150"', f"says: {lasted[1]}")
    return [str(problem) for problem in numbers_are_not_rounded(parse_site(files))]


def test_both_places_are_told_and_what_to_write(small: Sources) -> None:
    """The claim to change is the one with the rounder number."""
    (line,) = told(small, ("67.34", "67"))

    assert line.splitlines() == [
        f"{DAILY}:12:5: 67 may be the 67.34 of {GAZETTE}:13:5, rounded; now they are in conflict",
        '    if it is rounded, write `says: "~67"`',
    ]


def test_hours_and_minutes_are_told_as_they_are_written(small: Sources) -> None:
    """So that the cure can be copied."""
    (line,) = told(small, ("5h", "303"))

    assert "5h may be the 303 of" in line
    assert 'write `says: "~5h"`' in line


@pytest.mark.parametrize(
    "lasted", [("67", "67"), ("~67", "67.34"), ("320", "5h20"), ("67..68", "67.34"), ("2", "3")]
)
def test_nothing_is_told_of_numbers_that_agree_or_are_not_exact(
    small: Sources, lasted: tuple[str, str]
) -> None:
    """Only a contradiction that may be none is worth a word."""
    assert told(small, lasted) == []


def test_it_is_a_warning(small: Sources) -> None:
    """It stops no build: the difference may be real."""
    assert numbers_are_not_rounded in WARNINGS
    assert told(small, ("almost 180", "'>=150'")) == []
