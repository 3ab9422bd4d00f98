"""Dates that cannot be, and what is held back by one."""

from __future__ import annotations

import pytest

from briefing.checks.cards import languages_without_cards, titles_have_a_card
from briefing.checks.dates import (
    articles_are_not_of_the_future,
    articles_are_read_after_they_are_published,
    texts_have_a_date_of_ours,
    texts_held_back,
)
from briefing.checks.notices import Notices, TopicNotices
from briefing.content.parse import parse_site
from briefing.content.publication import AS_EDITED, END_OF_TIME, public_content
from briefing.content.values import read_moment
from support.edits import edited
from support.sites import AS_OF, Sources

COUNT, VOTE = "content/vote/count.vi.md", "content/vote/topic.vi.md"


def dated(small: Sources, published: str, accessed: str = "") -> Sources:
    """Give the small site with another day of publication of one article, and one of reading it."""
    read = f"\naccessed: {accessed}" if accessed else ""
    return edited(small, COUNT, "published: 2025-05-02", f"published: {published}{read}")


@pytest.mark.parametrize(
    ("published", "told"),
    [
        ("2052-05-02", "published: 2052-05-02 is more than a year away"),
        ("2027-02", "published: 2027-02 is more than a year away"),
        ("2026-03-02", "published: 2026-03-02 is still to come"),
        ("2026-01-01T00:01+07:00", "published: 2025-12-31T17:01:00Z is still to come"),
        ("2026-01-01T00:00+07:00", None),
        ("2025-12-31", None),
    ],
)
def test_an_article_of_the_future_is_told_of(
    small: Sources, published: str, told: str | None
) -> None:
    """At its date: nobody can have read it. It is held back, and so are its claims."""
    site = parse_site(dated(small, published))
    problems = list(articles_are_not_of_the_future(site, AS_OF))
    hidden = [text for text in texts_held_back(site, AS_OF) if text.place.path == COUNT]

    assert [p.message.partition(";")[0] for p in problems] == ([told] if told else [])
    assert [(p.place.path, p.place.line, p.place.column) for p in problems] == (
        [(COUNT, 4, 12)] if told else []
    )
    assert bool(hidden) is bool(told)
    assert [*articles_are_not_of_the_future(site, END_OF_TIME)] == []


@pytest.mark.parametrize(
    ("published", "accessed", "is_told"),
    [
        ("2025-06-03", "2025-06-02", True),
        ("2052-06-02", "2025-06-02", True),
        ("2025-06-02", "2025-06-02", False),
        ("2025-06-02", "2025-06-03", False),
        ("2025-06", "2025-06-02", False),
        ("2025-07", "2025-06-30", True),
        ("2025-06-30", "2025-06", False),
        ("2025-06-02T23:30+07:00", "2025-06-02", False),
        ("2025-06-03T00:30+07:00", "2025-06-02", True),
        ("2025-06-02T20:00-04:00", "2025-06-03", False),
    ],
)
def test_an_article_that_was_read_before_it_was_published_is_told_of(
    small: Sources, published: str, accessed: str, is_told: bool
) -> None:
    """By the clock of the site, as far as both are known."""
    site = parse_site(dated(small, published, accessed))
    problems = list(articles_are_read_after_they_are_published(site, AS_OF))

    assert bool(problems) is is_told
    for problem in problems:
        assert problem.place.path == COUNT
        assert problem.place.line == 4
        assert problem.message.endswith(f"is after `accessed: {accessed}`")


def test_a_text_without_a_date_of_ours_is_told_of(small: Sources) -> None:
    """With the line to add, which puts it into the feeds."""
    (problem,) = texts_have_a_date_of_ours(parse_site(small), AS_OF)

    assert problem.place.path == VOTE
    assert problem.message == "it is in no feed: nothing says when it was written"
    assert "`release: 2026-01-01`" in problem.cure
    cured = edited(small, VOTE, "title:", "release: 2026-01-01\ntitle:")
    assert list(texts_have_a_date_of_ours(parse_site(cured), AS_OF)) == []
    read = edited(small, COUNT, "checked:", "accessed: 2025-05-03\nchecked:")
    assert list(texts_have_a_date_of_ours(parse_site(read), AS_OF)) == []


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (VOTE, "title:", "title:"),
        (VOTE, "title:", "release: 2026-02-01\ntitle:"),
        (VOTE, "title:", "draft: true\ntitle:"),
        (COUNT, "title:", "release: 2026-02-01\ntitle:"),
        (COUNT, "title:", "draft: true\nrelease: 2026-02-01\ntitle:"),
        (COUNT, "published: 2025-05-02", "published: 2026-03"),
        ("content/river-talks/gazette.vi.md", "translates:", "release: 2026-04-01\ntranslates:"),
        ("content/river-talks/gazette.en.md", "author:", "release: 2026-04-01\nauthor:"),
        ("content/about.vi.md", "title:", "release: 2026-04-01\ntitle:"),
    ],
)
def test_what_is_held_back_is_what_appears_one_day(
    small: Sources, path: str, old: str, new: str
) -> None:
    """Each text that is not public now and is at the end of time, and until when it is not."""
    site = parse_site(edited(small, path, old, new))
    told = {text.place.path: text.message for text in texts_held_back(site, AS_OF)}

    def shown(at: str) -> set[str]:
        public = public_content(site, read_moment(at))
        texts = [
            *public.about.values(),
            *(t for topic in public.topics for t in topic.texts.values()),
        ]
        texts += [
            text
            for topic in public.topics
            for article in topic.articles
            for text in article.summaries.values()
        ]
        return {text.place.path for text in texts}

    assert told.keys() == shown("2100-01-01") - shown("2026-01-01")
    for held, message in told.items():
        until = message.removeprefix("held back until ")
        assert held in shown(until)
        assert held not in shown(f"{int(until[:4]) - 1}{until[4:]}")
    assert list(texts_held_back(site, AS_EDITED)) == []


def test_notices_are_counted_in_sentences() -> None:
    """How many, and until when; the last line says where more is said; nothing is no line."""
    day = 86_400.0
    topics = (
        TopicNotices((1_800_000_000.0, 2_600_000_000.0), 1, undated=True),
        TopicNotices((1_700_000_000.0 + 400 * day,), 2),
    )

    assert Notices(topics=()).lines("UTC") == ()
    assert Notices(topics=(TopicNotices((1_800_000_000.0,)),)).lines("UTC") == (
        "1 text is held back until 2027-01-15",
    )
    everything = Notices(topics=topics, unproved=1, withdrawn={"bad": 4, "worse": 1})
    assert everything.lines("Asia/Ho_Chi_Minh") == (
        "3 texts are held back, the first until 2024-12-19, the last until 2052-05-22",
        "3 articles are dated in the future",
        "1 locator is not proved by the kept texts",
        "1 topic is in no feed: nothing says when the text was written",
        "`bad` is withdrawn, and with it 4 addresses of its feeds, mail, references and data",
        "`worse` is withdrawn, and with it 1 address of its feeds, mail, references and data",
    )


def test_a_title_with_a_sign_that_no_font_has_is_told_of(small: Sources) -> None:
    """With the sign, since its topic is shared with the plain card; ≤ and ≥ are there."""
    files = edited(small, VOTE, "title: ", "title: ≥ 60 \U0001f5f3 ≤ 90 − 1 ")
    (problem,) = titles_have_a_card(parse_site(files), files)

    assert problem.place.path == VOTE
    assert problem.message == (
        "title: the topic is shared with the plain card: "
        "no font has U+1F5F3 (ballot box with ballot)"
    )
    assert "templates/card_fonts/" in problem.cure
    assert list(titles_have_a_card(parse_site(small), small)) == []
    plain = edited(small, "site.yaml", "Small site", "小站点评论")
    assert list(languages_without_cards(parse_site(plain), plain)) == [], "it is in English"
    (of_site,) = titles_have_a_card(parse_site(plain), plain)
    assert of_site.place.path == "site.yaml"
    assert of_site.message.endswith("and 2 more")
    without = {path: small[path] for path in small if not path.endswith(".ttf")}
    assert list(titles_have_a_card(parse_site(files), without)) == []


def test_a_language_whose_letters_no_font_has_is_told_of_once(small: Sources) -> None:
    """And none of its titles, about which nothing can be done."""
    named = edited(small, "site.yaml", "name: English", "name: 简体中文")
    files = edited(named, "site.yaml", "Small site", "小站点评论")

    assert list(titles_have_a_card(parse_site(files), files)) == []
    (note,) = languages_without_cards(parse_site(files), files)
    assert note.message == (
        "titles in 简体中文 are shared with the plain card: no font has their letters"
    )
