"""What a verdict depends on, what a voice's own statement bears out, and how both are counted."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.comparison.audit import Audit
from briefing.comparison.dependence import is_less
from briefing.comparison.relations import Relation
from briefing.comparison.rows import Row
from briefing.comparison.verdict import Judgement, Reason, Verdict, relate
from briefing.model.article import Article, Claim, Confidence, Integrity
from support.comparisons import ARTICLES, compared, only_row

INDEX = st.integers(0, 2)
CASES = st.builds(
    lambda says, primary, altered, duplicate, unchecked: {
        "says": {f"a{n}": claims for n, claims in enumerate(says)},
        "primary": {voice: f"a{n}" for voice, n in primary.items()},
        "altered": [f"a{n}" for n in altered],
        "unchecked": [f"a{n}" for n in unchecked],
        "duplicates": duplicate or {},
    },
    ARTICLES,
    st.dictionaries(st.sampled_from(["red", "blue"]), INDEX, max_size=2),
    st.sets(INDEX, max_size=2),
    st.none() | st.just({"a2": "a0"}),
    st.sets(INDEX, max_size=1),
)


def claims_of(row: Row) -> list[tuple[Article, Claim]]:
    return [(cell.article, claim) for cell in row.cells for claim in cell.claims]


def borne_out(case: dict[str, Any], row: Row, article: Article, claim: Claim) -> set[Relation]:
    """Give how a claim relates to what the intact statement of its voice says outright."""
    statement = case["primary"].get(claim.by)
    if claim.value is None or statement is None or statement in case["altered"]:
        return set()
    if statement in {article.id, article.duplicate_of}:
        return set()
    return {
        relate(row.point, claim.value, own.value)
        for other, own in claims_of(row)
        if other.id == statement and own.by in {None, claim.by} and own.value is not None
        if own.confidence is Confidence.STATED
    }


@given(CASES)
def test_confirmed_is_what_a_statement_says_alike(case: dict[str, Any]) -> None:
    """It is, if and only if an equal value stands in the intact statement; loosely, if near it."""
    row = only_row(case)
    marked = {(f.audit, f.claim.place) for f in row.flags if f.claim}

    for article, claim in claims_of(row):
        relations = borne_out(case, row, article, claim)
        confirmed = Relation.EQUAL in relations
        loosely = not confirmed and Relation.COMPATIBLE in relations
        assert ((Audit.CONFIRMED, claim.place) in marked) is confirmed
        assert ((Audit.RENDERED_LOOSELY, claim.place) in marked) is loosely


@given(CASES)
def test_what_is_borne_out_counts(case: dict[str, Any]) -> None:
    """One claim is not confirmed and held against its voice at the same time."""
    row = only_row(case)
    good = {Audit.CONFIRMED, Audit.RENDERED_LOOSELY}
    bad = {Audit.NOT_IN_STATEMENT, Audit.RENDERED_DIFFERENTLY}
    held = [
        {f.claim.place for f in row.flags if f.audit in kind and f.claim} for kind in (good, bad)
    ]

    assert not held[0] & held[1]


@given(CASES)
def test_a_row_does_not_rest_on_copies_that_are_borne_out(case: dict[str, Any]) -> None:
    """If an intact statement says what each altered copy credits to its voice, nothing is lost."""
    row = only_row(case)
    altered = [
        (article, claim)
        for article, claim in claims_of(row)
        if article.integrity is Integrity.ALTERED and claim.value is not None
    ]
    kept = [borne_out(case, row, *each) & {Relation.EQUAL, Relation.COMPATIBLE} for each in altered]
    if altered and all(kept) and not set(case["primary"].values()) & set(case["altered"]):
        assert not {f.audit for f in row.flags} & {Audit.RESTS_ON, Audit.UNCONFIRMED}


@given(CASES)
def test_the_figures_count_the_rows_with_the_flags(case: dict[str, Any]) -> None:
    """All rows, and among them those that both sides confirm."""
    comparison, _ = compared(case)
    (row,) = comparison.rows
    figures = comparison.figures
    audits = {flag.audit for flag in row.flags}
    both = row.judgement.reason is Reason.BOTH_SIDES

    assert figures.on_altered == bool(audits & {Audit.RESTS_ON, Audit.UNCONFIRMED})
    assert figures.on_inference == (Audit.RESTS_ON_INFERENCE in audits)
    assert figures.both_sides_on_altered == (figures.on_altered and both)
    assert figures.both_sides_on_inference == (figures.on_inference and both)


@given(CASES)
def test_both_sides_by_an_inference_are_never_without_the_mark(case: dict[str, Any]) -> None:
    """Where only inferred claims let a side confirm, and no statement does, the row says so."""
    row = only_row(case | {"primary": {}})
    counts = [e for e in row.evidence if e.voice and not e.inferred]
    stated_sides = {"west" if e.voice == "blue" else "east" for e in counts}

    if row.judgement.reason is Reason.BOTH_SIDES and len(stated_sides) < 2:
        assert Audit.RESTS_ON_INFERENCE in {flag.audit for flag in row.flags}


@given(CASES)
def test_what_a_row_rests_on_is_less(case: dict[str, Any]) -> None:
    """The other verdict that is told of is never the same, and never a stronger one."""
    row = only_row(case)
    for flag in row.flags:
        if flag.otherwise:
            assert is_less(flag.otherwise, row.judgement)
            assert flag.otherwise.reason is not row.judgement.reason


@pytest.mark.parametrize("reason", Reason)
def test_a_judgement_is_not_less_than_itself(reason: Reason) -> None:
    """The same verdict by the same rule loses nothing."""
    assert not is_less(Judgement(reason=reason), Judgement(reason=reason))


@pytest.mark.parametrize("reason", [r for r in Reason if r.verdict is not Verdict.NOBODY])
def test_nothing_is_less_than_something(reason: Reason) -> None:
    """A row that would be left without anything depends on what it is made of."""
    support = Reason.ECHO if reason.verdict is Verdict.COMPATIBLE else None
    judgement = Judgement(reason=reason, support=support)

    assert is_less(Judgement(reason=Reason.NOTHING), judgement)
    assert not is_less(judgement, Judgement(reason=Reason.NOTHING))


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ({"one": "red=5/inferred", "two": "red=5"}, {"red": False}),
        ({"one": "red=5/inferred", "two": "red=5/inferred"}, {"red": True}),
        ({"one": "=5/inferred", "two": "red=5"}, {None: True, "red": False}),
    ],
)
def test_a_position_is_inferred_where_nobody_states_it(
    says: dict[str, str], expected: dict[str | None, bool]
) -> None:
    """One article that says so outright is enough."""
    (position,) = only_row({"says": says}).positions

    assert {speaker.voice: speaker.inferred for speaker in position.speakers} == expected


def test_a_position_knows_the_own_statement_of_its_voice() -> None:
    """Readers are told what a voice says itself, and what it is reported to say."""
    says = {"one": "=5", "two": "red=5", "three": "red=6"}
    row = only_row({"says": says, "primary": {"red": "one"}})

    told = [
        (str(position.value), s.statement and s.statement.id, [a.id for a in s.reports])
        for position in row.positions
        for s in position.speakers
    ]
    assert told == [("5", "one", ["two"]), ("6", None, ["three"])]


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ({"one": "red=5", "two": "red=5 =5"}, True),
        ({"one": "red=5", "two": "red=5"}, False),
        ({"one": "red=5", "two": "=5"}, False),
    ],
)
def test_an_article_that_quotes_is_no_second_witness(says: dict[str, str], expected: bool) -> None:
    """Where such an article says the same itself, the row can tell why it does not count."""
    assert only_row({"says": says}).repeats_own_words is expected


def test_findings_say_once_what_is_found_in_several_articles() -> None:
    """As a mail tells them: one line for each voice and each finding."""
    says = {"one": "=5", "two": "red=5", "three": "red=5", "four": "red=6"}
    row = only_row({"says": says, "primary": {"red": "one"}})

    assert [(flag.audit, flag.articles) for flag in row.findings] == [
        (Audit.CONFIRMED, ("two", "three")),
        (Audit.RENDERED_DIFFERENTLY, ("four",)),
    ]


def test_a_duplicate_has_the_place_of_a_statement_that_is_left_out() -> None:
    """It is the same text, so what the voice says there is still its own statement."""
    case = {
        "says": {"one": "=5", "two": "=5", "three": "red=5", "four": "red=6"},
        "primary": {"red": "one"},
        "duplicates": {"two": "one"},
    }
    comparison, _ = compared(case)
    without = {s.left_out[0].id: s for s in comparison.selections if len(s.left_out) == 1}

    assert [other.row.judgement.verdict for other in without["one"].rows.values()] == [
        row.judgement.verdict for row in comparison.rows
    ]
