"""What was proved of locators, and goes with the content: noted, changed since, never proved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from briefing.checks.kept_text import KeptText
from briefing.checks.passages import PassageReport, check_passages
from briefing.content.parse import parse_site
from briefing.content.values import read_moment
from briefing.model.article import Article, Locator, Proof
from briefing.model.site import Site
from briefing.problems import Place

HERE = Place("content/vote/count.vi.md", 7, 55)
THERE = Place("content/vote/count.vi.md", 8, 9)
TEXT = "Có hơn 60 phần trăm đi bầu, ở mười xã, trong hai ngày."


def at(start: str, **more: str) -> Locator:
    """Make a locator."""
    parts: dict[str, Any] = {"end": None, "before": None, "after": None, **more}
    return Locator(start=start, language="vi", gloss={}, place=HERE, **parts)


def noted(*locators: Locator, text: str = TEXT) -> Proof:
    """Make what `prove` notes of locators that it has found."""
    passages = tuple(locator.digest for locator in locators)
    day = read_moment("2026-11-29")
    return Proof(on=day, text=KeptText(text).digest, passages=passages, place=THERE)


@pytest.fixture(scope="module")
def briefing(small: Mapping[str, bytes]) -> Site:
    """The small site, read."""
    return parse_site(small)


def article(briefing: Site, locators: list[Locator], proof: Proof | None) -> Article:
    """Give an article with such claims, and what is noted of them."""
    count = next(each for t in briefing.topics for each in t.articles if each.id == "count")
    claims = tuple(replace(count.claims[0], at=locator) for locator in locators)
    return replace(count, claims=claims, proved=proof)


def report(
    briefing: Site, locators: list[Locator], proof: Proof | None, text: str | None = None
) -> PassageReport:
    """Check the locators of one article."""
    topic = next(topic for topic in briefing.topics if topic.id == "vote")
    topic = replace(topic, articles=(article(briefing, locators, proof),))
    texts = {} if text is None else {"vote/count.txt": text.encode()}
    return check_passages(replace(briefing, topics=(topic,)), texts)


ALL = [at("hơn 60 phần trăm"), at("mười xã"), at("hai ngày")]
NOTED = "3 of 3 proved on 2026-11-29, unchanged since"


def test_what_was_proved_is_so_without_the_text(briefing: Site) -> None:
    """It is said when, and nothing is told of."""
    found = report(briefing, ALL, noted(*ALL))
    assert (str(found), found.problems, found.unproved) == (NOTED, (), ())


def test_claims_may_change_places_and_be_taken_out(briefing: Site) -> None:
    """A locator is noted by its words."""
    assert str(report(briefing, ALL[::-1], noted(*ALL))) == NOTED
    assert str(report(briefing, ALL[:2], noted(*ALL))).startswith("2 of 2 proved on")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (at("Vie\u0302\u0323t Nam"), at("Việt Nam")),
        (at("３０天"), at("30天")),
    ],
)
def test_another_form_of_the_same_characters_is_no_change(one: Locator, other: Locator) -> None:
    """An editor cannot see it."""
    assert one.digest == other.digest


def test_other_words_are_a_change_wherever_they_stand() -> None:
    """Each part of a locator counts, and which part it is."""
    several = [at("a"), at("a", end="b"), at("a", before="b"), at("a", after="b"), at("á"), at("A")]
    assert len({locator.digest for locator in several}) == len(several)


def test_a_locator_that_was_changed_since_is_told_of(briefing: Site) -> None:
    """With its place; the others stay proved."""
    found = report(briefing, [ALL[0], at("mười một xã"), ALL[2]], noted(*ALL))
    counts = "2 of 3 proved on 2026-11-29, unchanged since; 1 changed since it was proved"
    assert str(found) == counts
    (problem,) = found.problems
    assert problem.place == HERE
    assert problem.message == (
        "at: `mười một xã` was changed since the passages were proved on 2026-11-29"
    )


def test_a_locator_that_is_new_was_never_proved(briefing: Site) -> None:
    """That is counted, and told of only where all must be proved."""
    found = report(briefing, ALL, noted(*ALL[:2]))
    assert str(found) == "2 of 3 proved on 2026-11-29, unchanged since; 1 never proved"
    assert not found.problems
    assert [problem.message for problem in found.unproved] == ["at: `hai ngày` was never proved"]


def test_the_kept_text_says_more_than_what_is_noted(briefing: Site) -> None:
    """Where it is, its word counts; what is not noted yet is counted."""
    assert str(report(briefing, ALL, noted(*ALL), TEXT)) == "3 of 3 proved here"
    unnoted = "3 of 3 proved here; 1 not noted yet: the command `prove` does it"
    assert str(report(briefing, ALL, noted(*ALL[:2]), TEXT)) == unnoted


def test_a_kept_text_that_is_another_is_told_of(briefing: Site) -> None:
    """Whatever it proves: it is not what was read."""
    found = report(briefing, ALL, noted(*ALL), f"{TEXT} Hết.")
    assert str(found) == "3 of 3 proved here"
    assert [(problem.place, problem.message) for problem in found.problems] == [
        (THERE, "proved: the kept text is not the one that was read on 2026-11-29")
    ]


@pytest.mark.parametrize(
    "same",
    [
        TEXT.replace(" ", "  "),
        f"\n{TEXT}\n\n",
        TEXT.replace("ơ", "o\u031b"),
        TEXT.replace("phần", "ph\xadần"),
    ],
)
def test_spaces_and_unicode_forms_do_not_make_another_text(briefing: Site, same: str) -> None:
    """Nor do signs that are not seen."""
    assert not report(briefing, ALL, noted(*ALL), same).problems


def test_readers_are_told_only_of_articles_of_which_all_is_proved(briefing: Site) -> None:
    """As the locators stand today."""
    assert article(briefing, ALL, noted(*ALL)).all_proved_on == read_moment("2026-11-29")
    for proof in (None, noted(*ALL[:2])):
        assert article(briefing, ALL, proof).all_proved_on is None
    assert article(briefing, [], noted(*ALL)).all_proved_on is None
