"""Pages of different make, with invented texts, and what is read from each."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from briefing.intake.lead import written_moment
from briefing.intake.reading import Reading, SavedPage, read_saved_page
from briefing.problems import Problems
from support.sites import TESTS

FOLDER = TESTS / "intake"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load(
    (FOLDER / "expected.yaml").read_text(encoding="utf-8")
)
READ = sorted(name for name, each in EXPECTED.items() if "refused" not in each)
REFUSED = sorted(EXPECTED.keys() - set(READ))


def read(name: str) -> Reading:
    data = (FOLDER / "pages" / name).read_bytes()
    return read_saved_page(SavedPage(name=name, data=data, url=EXPECTED[name]["url"]))


def test_every_saved_page_is_expected_to_be_read_or_refused() -> None:
    assert {path.name for path in (FOLDER / "pages").iterdir()} == EXPECTED.keys()
    assert len(READ) >= 24


@pytest.mark.parametrize("name", READ)
def test_a_page_says_what_its_article_is(name: str) -> None:
    facts, expected = read(name).facts, EXPECTED[name]
    published = written_moment(facts.published.moment) if facts.published else None

    assert facts.title == expected["title"]
    assert facts.author == expected["author"]
    assert published == expected["published"]
    assert facts.address == expected["address"]
    assert facts.site_name == expected["site"]
    assert (facts.type or None) == expected.get("type")


@pytest.mark.parametrize("name", READ)
def test_the_text_is_that_of_the_article_and_of_no_box_beside_it(name: str) -> None:
    reading, expected = read(name), EXPECTED[name]
    lines = reading.kept_text.splitlines()

    assert reading.language == expected["language"]
    assert lines[0] == expected["title"]
    assert lines.count(lines[0]) == 1
    for passage in expected["has"]:
        assert sum(passage in line for line in lines) == 1, passage
    for passage in expected["lacks"]:
        assert passage not in reading.kept_text


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_article_that_can_be_read_is_refused(name: str) -> None:
    with pytest.raises(Problems) as raised:
        read(name)

    assert EXPECTED[name]["refused"] in str(raised.value)
