"""What is public at a time, and what a draft takes with it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from briefing.content.parse import parse_site
from briefing.content.publication import END_OF_TIME, public_content
from briefing.content.values import read_moment
from briefing.model.article import Article
from briefing.model.site import Site, Topic
from support.edits import edited

TALKS = "content/river-talks"
IN_HOURS = "  - {point: lasted, says: 2h55, at: gần ba tiếng}"
EVERYTHING = {"statement", "gazette", "river-daily", "mirror"}


def build(files: Mapping[str, bytes], as_of: str = "2026-01-01") -> Site:
    """Read a site, and take out what is not public."""
    return public_content(parse_site(files), read_moment(as_of))


def topic(briefing: Site, id: str = "river-talks") -> Topic:
    """Find a topic."""
    return next(topic for topic in briefing.topics if topic.id == id)


def article(briefing: Site, id: str) -> Article:
    """Find an article on the talks."""
    return next(article for article in topic(briefing).articles if article.id == id)


def ids(briefing: Site, of: str = "river-talks") -> set[str]:
    """Give the articles of a topic."""
    return {article.id for article in topic(briefing, of).articles}


def test_a_draft_of_the_lead_takes_the_whole_article(small: Mapping[str, bytes]) -> None:
    """Its translations and its claims go with it, and it is no voice's own text any more."""
    files = edited(small, f"{TALKS}/statement.vi.md", "type: primary", "type: primary\ndraft: true")

    briefing = build(files)

    assert ids(briefing) == EVERYTHING - {"statement"}
    assert topic(briefing).primary == {}
    assert topic(build(small)).primary == {"ministry": "statement"}


def test_a_point_is_shown_in_hours_if_a_public_claim_is_written_so(
    small: Mapping[str, bytes],
) -> None:
    """All its values are; a draft changes nothing in what readers see."""
    files = edited(small, f"{TALKS}/statement.vi.md", "claims:", "claims:\n" + IN_HOURS)
    hidden = edited(
        files, f"{TALKS}/statement.vi.md", "type: primary", "type: primary\ndraft: true"
    )

    assert [point.id for point in topic(build(files)).points if point.in_hours] == ["lasted"]
    assert not any(point.in_hours for point in topic(build(hidden)).points)


def test_a_draft_of_a_translation_takes_only_itself(small: Mapping[str, bytes]) -> None:
    """The article stays, with its claims, in the languages that are done."""
    everything = parse_site(small)

    daily = article(build(small), "river-daily")

    assert set(article(everything, "river-daily").summaries) == {"vi", "en"}
    assert set(daily.summaries) == {"vi"}
    assert daily.claims == article(everything, "river-daily").claims


def test_a_translation_may_be_held_back_for_longer(small: Mapping[str, bytes]) -> None:
    """Each file has a `release` of its own."""
    files = edited(
        small, f"{TALKS}/gazette.vi.md", "translates: en", "translates: en\nrelease: 2026-02-01"
    )

    assert set(article(build(files), "gazette").summaries) == {"en"}
    assert set(article(build(files, "2026-02-01"), "gazette").summaries) == {"en", "vi"}


@pytest.mark.parametrize(
    ("as_of", "public"),
    [
        ("2029-12-31", False),
        ("2029-12-31T16:59Z", False),
        ("2029-12-31T17:00Z", True),
        ("2030-01-01", True),
        ("2030-01", True),
        ("2030-01-01T00:00+14:00", False),
    ],
)
def test_a_day_begins_by_the_clock_of_the_site(
    small: Mapping[str, bytes], as_of: str, public: bool
) -> None:
    """What is held back until a day is public from its first minute in Hanoi."""
    assert ("later" in ids(build(small, as_of), "vote")) is public


def test_an_article_that_is_not_published_yet_is_held_back(small: Mapping[str, bytes]) -> None:
    """So `published` holds back as `release` does, a month from its first day on."""
    assert ids(build(small, "2025-06-02T08:29Z")) == {"statement", "mirror"}
    assert ids(build(small, "2025-06-02T08:30Z")) == {"statement", "mirror", "gazette"}
    assert ids(build(small, "2025-06-03")) == EVERYTHING


def test_the_copy_of_a_hidden_original_stands_for_itself(small: Mapping[str, bytes]) -> None:
    """What it is a copy of is not there, so it is counted."""
    files = edited(small, f"{TALKS}/gazette.en.md", "author: Jane Doe", "draft: true")

    assert article(build(small), "mirror").duplicate_of == "gazette"
    assert article(build(files), "mirror").duplicate_of is None


def test_of_two_copies_of_a_hidden_original_one_is_still_not_counted(
    small: Mapping[str, bytes],
) -> None:
    """The first takes the place of the original, and the second is a copy of that."""
    files = edited(small, f"{TALKS}/gazette.en.md", "author: Jane Doe", "draft: true")
    files[f"{TALKS}/second.en.md"] = small[f"{TALKS}/mirror.en.md"]

    briefing = build(files)

    assert article(briefing, "mirror").duplicate_of is None
    assert article(briefing, "second").duplicate_of == "mirror"


def test_a_copy_of_what_is_public_stays_a_copy(small: Mapping[str, bytes]) -> None:
    """Whatever else is hidden."""
    files = edited(small, f"{TALKS}/statement.vi.md", "type: primary", "draft: true")

    assert article(build(files), "mirror").duplicate_of == "gazette"


def test_a_topic_without_a_public_text_is_left_out(small: Mapping[str, bytes]) -> None:
    """A draft of its only briefing text takes the whole topic."""
    files = edited(small, "content/vote/topic.vi.md", "title:", "draft: true\ntitle:")

    assert [topic.id for topic in build(files).topics] == ["river-talks"]


def test_a_draft_of_one_briefing_text_leaves_the_other(small: Mapping[str, bytes]) -> None:
    """A topic is public in the languages that are done."""
    files = edited(small, f"{TALKS}/topic.en.md", "title:", "draft: true\ntitle:")

    assert set(topic(build(files)).texts) == {"vi"}


def test_at_the_end_of_time_only_drafts_are_hidden(small: Mapping[str, bytes]) -> None:
    """A build without a day holds nothing back."""
    briefing = public_content(parse_site(small), END_OF_TIME)

    assert ids(briefing) == EVERYTHING
    assert ids(briefing, "vote") == {"count", "later"}
    assert set(article(briefing, "river-daily").summaries) == {"vi"}
