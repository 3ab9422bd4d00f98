"""Claims that are others than those that were published."""

from __future__ import annotations

import pytest

from briefing.checks.published_claims import (
    claims_changed_in_silence,
    data_files,
    read_published_topics,
)
from briefing.content.parse import parse_site
from build import make_site
from support.sites import Sources

COUNT = "content/vote/count.vi.md"
VOTE = ("content/vote/topic.yaml", "missing: fallback")
Edit = tuple[str, str, str]
"""The path of a source, and what is to stand there in place of what."""


def edited(files: Sources, *edits: Edit) -> Sources:
    """Sources with some words in place of others, which must be there."""
    new = dict(files)
    for path, before, after in edits:
        assert before in new[path].decode()
        new[path] = new[path].decode().replace(before, after).encode()
    return new


def told(before: Sources, now: Sources) -> list[str]:
    """What is told after one site was published, and the other is to be."""
    then, today = (
        read_published_topics(site[path] for path in data_files(site))
        for site in map(make_site, (before, now))
    )
    return [str(problem) for problem in claims_changed_in_silence(then, today, parse_site(now))]


SIXTY = "says: over 60, by: ministry"
CHANGES: list[tuple[str, str]] = [
    ("says: over 50, by: ministry", "`over 50`, by `ministry`"),
    ("says: over 60, by: council", "`over 60`, by `council`"),
    ("says: over 60", "`over 60`"),
    ("says: over 60, by: ministry, mode: announced", "`over 60`, by `ministry`, `announced`"),
    ("says: over 60, by: ministry, confidence: inferred", "`over 60`, by `ministry`, inferred"),
    ("mentions: true, by: ministry", "only mentioned, by `ministry`"),
    (f"{SIXTY}, text: {{vi: a, en: b}}", "`over 60`, by `ministry`, a / b"),
]


@pytest.mark.parametrize(("new", "shown"), CHANGES)
def test_a_claim_that_is_another_than_was_published_is_told(
    small: Sources, new: str, shown: str
) -> None:
    """Its value, voice, kind, mode, confidence and nuance; with the entry to add."""
    (problem,) = told(small, edited(small, (COUNT, SIXTY, new)))

    assert problem == (
        "content/vote/topic.yaml:1:1: `turnout` in `count` was published as `over 60`, "
        "by `ministry`"
        f", and is now {shown}; no new entry of `changes:` names it\n"
        "    add to `changes:` "
        "`- {date: …, kind: correction, points: [turnout], text: {en: …, vi: …}}`"
    )


ENTRY = (
    "missing: fallback\nchanges: [{{date: 2025-06-01, kind: correction, {}text: {{vi: a, en: b}}}}]"
)


@pytest.mark.parametrize(("about", "count"), [("points: [turnout], ", 0), ("", 1)])
def test_an_entry_that_names_the_point_is_enough(small: Sources, about: str, count: int) -> None:
    """One that was published already tells nothing of the change after it."""
    topic = (*VOTE, ENTRY.format(about))
    now = edited(small, (COUNT, SIXTY, "says: over 50"), topic)

    assert len(told(small, now)) == count
    assert len(told(edited(small, topic), now)) == 1


def test_new_claims_and_new_articles_need_no_entry(small: Sources) -> None:
    """Nothing that readers were told is another thing now."""
    more = "  - {point: songs, says: 5, by: council, at: five songs}\ntags: [rivers]"
    before = edited(small, ("content/river-talks/gazette.en.md", "tags: [rivers]", "tags: []"))
    now = edited(small, ("content/river-talks/gazette.en.md", "tags: [rivers]", more))

    assert told(before, now) == []


def test_a_claim_that_is_gone_is_told(small: Sources) -> None:
    """Whether the article still speaks of the point or not."""
    line = "  - {point: turnout, says: over 60, by: ministry, at: hơn 60 phần trăm}"
    (problem,) = told(small, edited(small, (COUNT, f"claims:\n{line}\n", "")))

    assert "and is now not there;" in problem


def test_renames_are_followed_and_what_was_given_up_needs_no_entry(small: Sources) -> None:
    """The address of what was withdrawn or replaced says so."""
    moved = {path.replace("vote/count", "vote/result"): data for path, data in small.items()}
    moved = edited(moved, ("content/vote/topic.vi.md", "article:count", "article:result"))
    renamed = moved | {"redirects.yaml": b"renamed: {vote/count: vote/result}\n"}
    changed = edited(renamed, (COUNT.replace("count", "result"), SIXTY, "says: over 50"))
    gone = {path: data for path, data in moved.items() if "vote/result" not in path}
    gone = edited(gone, ("content/vote/topic.vi.md", "[bài này](article:result)", "sau"))

    assert told(small, renamed) == []
    assert "`turnout` in `result`" in told(small, changed)[0]
    for given_up in (b"withdrawn: [vote/count]", b"replaced: {vote/count: vote}"):
        assert told(small, gone | {"redirects.yaml": given_up}) == []


def test_what_is_no_data_of_a_topic_is_passed_over() -> None:
    """The list of topics, the schema, and whatever else lies there."""
    assert read_published_topics([b"", b"{}", b'{"id": "a"}', b"\xff", b"[1]"]) == {}
