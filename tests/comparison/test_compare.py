"""The rules of the comparison, case by case, and what holds for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefing.comparison.audit import Audit
from briefing.comparison.relations import Relation
from briefing.comparison.rows import CellState
from briefing.comparison.verdict import Evidence, Reason, Standing, Verdict, judge, relate
from briefing.content.parse import parse_site
from briefing.content.values import read_period, read_quantity
from support.comparisons import compared, only_row, site
from support.nightly import examples
from support.sites import TESTS

FILE = TESTS / "cases/verdicts.yaml"
CASES = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["rule"])
def test_a_rule(case: Mapping[str, Any]) -> None:
    """Each rule of the comparison gives the verdict and the flags its case says."""
    row = only_row(case)

    assert row.judgement.reason == case["reason"]
    flags = [f"{flag.audit} {' '.join(flag.articles)}" for flag in row.flags]
    assert flags == case.get("flags", [])
    assert str(row.judgement.common or "") == case.get("common", "")
    assert row.judgement.reports == int(case.get("reports", 0))
    if "otherwise" in case:
        assert row.flags[-1].otherwise is not None
        assert row.flags[-1].otherwise.reason == case["otherwise"]


def test_every_reason_and_every_audit_has_a_case() -> None:
    """No rule is without a case."""
    assert {case["reason"] for case in CASES} == set(Reason)
    flags = {flag.split()[0] for case in CASES for flag in case.get("flags", [])}
    assert flags == set(Audit)


def test_every_verdict_has_a_reason_that_makes_it() -> None:
    """No verdict is without a rule."""
    assert {reason.verdict for reason in Reason} == set(Verdict)


def test_silence_is_not_the_same_as_not_checked() -> None:
    """A cell is silent only where somebody looked."""
    says = {"one": "red=5", "two": "red?", "three": "", "four": ""}
    row = only_row({"says": says, "unchecked": ["four"]})

    states = {cell.article.id: cell.state for cell in row.cells}
    assert states == {
        "one": CellState.STATES,
        "two": CellState.MENTIONS,
        "three": CellState.SILENT,
        "four": CellState.UNCHECKED,
    }


def test_flags_of_an_article_stand_in_its_cell() -> None:
    """A reader sees what an audit found where it was found."""
    row = only_row({"says": {"one": "red=5 red=6", "two": "red=5"}})

    assert [[flag.audit for flag in cell.flags] for cell in row.cells] == [[Audit.DRIFT], []]


def test_one_text_in_two_outlets_is_nothing_to_compare() -> None:
    """Two articles are compared only if they are not the same text."""
    case = {"says": {"one": "red=5", "two": "red=5"}}

    assert compared(case)[0].comparable
    assert not compared(case | {"duplicates": {"two": "one"}})[0].comparable


def test_the_differences_come_first() -> None:
    """The page leads with what differs, and every row is in one section."""
    assert next(iter(Verdict)) is Verdict.DIFFER
    comparison, _ = compared({"says": {"one": "red=5", "two": "blue=6"}})
    assert [verdict for verdict, _ in comparison.sections] == [Verdict.DIFFER]


SHORT = st.builds(
    "{}={}".format, st.sampled_from(["", "red", "rose", "blue"]), st.sampled_from("567")
)
SAYS = st.dictionaries(
    st.sampled_from(["one", "two", "three"]),
    st.lists(SHORT, max_size=3).map(" ".join),
    min_size=1,
)


@examples(30)
@given(SAYS)
def test_the_order_of_claims_does_not_change_a_verdict(says: dict[str, str]) -> None:
    """A verdict is computed from what is said, not from where it is written."""
    turned = {id: " ".join(claims.split()[::-1]) for id, claims in says.items()}

    assert only_row({"says": says}).judgement.reason == only_row({"says": turned}).judgement.reason


@examples(30)
@given(SAYS)
def test_repeating_an_article_as_a_duplicate_confirms_nothing(
    says: dict[str, str],
) -> None:
    """Four newspapers that print one text are one witness."""
    first = next(iter(says))
    again = {"says": says | {"again": says[first]}, "duplicates": {"again": first}}

    assert only_row(again).judgement == only_row({"says": says}).judgement


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("other", "witness", "standing", "reason"),
    [
        ("b", "a", Standing.RENDERING, Reason.TWO_RENDERINGS),
        ("a", "a", Standing.RENDERING, Reason.LESS_SPECIFIC),
        ("b", "b", Standing.COUNTS, Reason.TWO_RENDERINGS),
        ("b", "a", Standing.COUNTS, Reason.LESS_SPECIFIC),
    ],
)
def test_a_voice_differs_from_itself_in_two_texts_or_in_a_wrong_rendering(
    other: str, witness: str, standing: Standing, reason: Reason, turned: bool
) -> None:
    """Not within one text, and not in a duplicate of it that renders it rightly."""
    briefing = parse_site(site({"says": {"a": "", "b": "", "c": ""}}))
    (topic,) = briefing.topics
    articles = {article.id: article for article in topic.articles}

    def said(article: str, witness: str, voice: str, says: str, standing: Standing) -> Evidence:
        return Evidence(
            article=articles[article],
            witness=witness,
            voice=voice,
            value=read_quantity(says),
            standing=standing,
        )

    evidence = [
        said("a", "a", "red", "5", Standing.COUNTS),
        said(other, witness, "red", "6", standing),
        said("c", "c", "blue", "5..6", Standing.COUNTS),
    ]
    if turned:
        evidence.reverse()

    judged = judge(topic.points[0], evidence, briefing.voices, mentioned=True)

    assert judged.reason is reason


@pytest.mark.parametrize(
    ("kind", "relation"), [("date", Relation.EQUAL), ("datetime", Relation.CONFLICT)]
)
def test_two_times_of_a_day_are_one_date(kind: str, relation: Relation) -> None:
    """A point that asks for a date is compared by days, one that asks for a time by times."""
    topic = parse_site(site({"point": {"kind": kind}, "says": {"a": ""}})).topics[0]
    morning, evening = read_period("2025-03-18T08:00Z"), read_period("2025-03-18T20:00Z")

    assert relate(topic.points[0], morning, evening) is relation
    assert relate(topic.points[0], morning, morning) is Relation.EQUAL


def test_a_mention_credited_to_a_silent_voice_is_not_flagged() -> None:
    """It says nothing that the voice's own text would have to say."""
    case = {"says": {"a": "", "b": "red?"}, "primary": {"red": "a"}}

    assert not only_row(case).flags


def test_a_flag_names_the_claim_and_what_it_is_held_against() -> None:
    """The reader sees it at the claim it is about, and not at another of the same cell."""
    case = {"says": {"a": "red=5", "b": "blue=1 red=6"}, "primary": {"red": "a"}}
    (flag,) = only_row(case).flags

    assert flag.audit is Audit.RENDERED_DIFFERENTLY
    assert flag.articles == ("b",)
    assert flag.claim is not None
    assert flag.claim.by == "red"
    assert flag.other == "a"


@pytest.mark.parametrize(
    ("says", "audit", "value"),
    [
        ("blue=1/proposed red? red=5/assured =5/agreed", Audit.OVERCLAIM, "5"),
        ("red? red=5 blue=5 red=6", Audit.DRIFT, "6"),
    ],
)
def test_what_stands_between_two_claims_hides_nothing(says: str, audit: Audit, value: str) -> None:
    """Other claims and mentions of the article before, between or after them do not matter."""
    primary = {"red": "a"} if audit is Audit.OVERCLAIM else {}
    flags = only_row({"says": {"a": says, "b": "blue=1"}, "primary": primary}).flags
    (flag,) = (flag for flag in flags if flag.audit is audit)

    assert flag.claim is not None
    assert str(flag.claim.value) == value
    assert flag.articles == ("a",)
