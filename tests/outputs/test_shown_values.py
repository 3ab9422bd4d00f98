"""Values of claims as readers see them, on pages and in data."""

from __future__ import annotations

import json
import re

import pytest

from build import make_site
from support.edits import edited
from support.sites import Sources

GAZETTE = "content/river-talks/gazette.en.md"
DAILY = "content/river-talks/river-daily.vi.md"


def lasted(small: Sources, gazette: str, daily: str) -> Sources:
    """Give the small site with what two articles say of how long the talks lasted."""
    files = edited(small, GAZETTE, "says: almost 180", f"says: {gazette}")
    return edited(files, DAILY, 'says: ">=150"', f"says: {daily}")


def row(outputs: Sources, language: str, point: str = "lasted") -> str:
    """Give the row of a point on the page of its topic, without tags."""
    page = outputs[f"{language}/river-talks/index.html"].decode()
    start = page.index(f'id="{point}"')
    end = page.find('<section class="row', start)
    return re.sub(r"<[^>]+>", "", page[start : end if end > 0 else None])


def test_hours_and_the_same_number_of_minutes_are_one_position(small: Sources) -> None:
    """Both are shown in hours and minutes, and compared as numbers."""
    outputs = make_site(lasted(small, "5h20", "320"))
    data = json.loads(outputs["data/river-talks.json"])

    verdict = next(each for each in data["verdicts"] if each["point"] == "lasted")
    values = [claim["value"] for claim in data["claims"] if claim["point"] == "lasted"]
    assert len(verdict["positions"]) == 1
    assert [value["numbers"] for value in values] == [[320], [320]]
    assert "5 hours 20 minutes" in row(outputs, "en")
    assert "320" not in row(outputs, "en")
    assert "5 giờ 20 phút" in row(outputs, "vi")


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "from 162 to under 180 minutes"), ("vi", "từ 162 đến dưới 180 phút")],
)
def test_what_a_value_allows_is_told_in_words_and_only_once(
    small: Sources, language: str, told: str
) -> None:
    """No page has the signs of an interval, the id of an option or a time for machines."""
    outputs = make_site(small)

    assert f"({told})" in row(outputs, language)
    for path, page in outputs.items():
        if path.endswith(".html"):
            assert not re.search(r"\[\d|∞|\d{2}Z<|<code>", page.decode()), path


def test_a_year_is_a_date_everywhere(small: Sources) -> None:
    """Of an event, an article and a claim; where a day must be given it is the first of January."""
    files = edited(small, GAZETTE, "says: 2025-07, by", "says: 2025..2027, by")
    files = edited(files, "content/vote/topic.yaml", "start: 2025-05}", "start: 2025}")
    files = edited(files, "content/vote/count.vi.md", "published: 2025-05-02", "published: 2025")
    outputs = make_site(files)
    data = json.loads(outputs["data/vote.json"])

    assert "năm 2025 đến năm 2027" in row(outputs, "vi", "next-date")
    assert "2025 to 2027" in row(outputs, "en", "next-date")
    assert data["event"]["start"] == "2025"
    assert "2025" in [each["published"] for each in data["articles"]]
    assert re.search(r'"startDate": ?"2025"', outputs["vi/vote/index.html"].decode())
