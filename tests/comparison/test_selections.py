"""The verdicts if only some of the articles had been read, and what is said in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.comparison.audit import ROW_AUDITS
from briefing.comparison.compare import Comparison, compare_topic
from briefing.comparison.rows import JudgedRow
from briefing.comparison.selections import MAX_ARTICLES_PAIRED, position_keys
from briefing.comparison.verdict import Verdict
from briefing.content.parse import parse_site
from briefing.content.values import read_quantity
from briefing.model.site import Voice
from briefing.model.subsets import without_articles
from support.comparisons import ARTICLES, compared, only_row


def holds(comparison: Comparison, voices: Mapping[str, Voice]) -> None:
    """Hold what each selection says against a comparison of its articles alone.

    Where it says nothing, that is what its articles leave of the row of all.
    """
    topic = comparison.topic
    for selection in comparison.selections:
        hidden = {article.id for article in selection.left_out}
        assert {a.id for a in selection.articles} == {a.id for a in topic.articles} - hidden
        alone = compare_topic(without_articles(topic, hidden), voices)
        kept = {article.id for article in selection.articles}
        for of_all, row in zip(comparison.rows, alone.rows, strict=True):
            other = selection.rows.get(row.point.id)
            said = other.row if other else of_all
            assert said.judgement == row.judgement, (row.point.id, hidden)
            assert doubts(said) == doubts(row), (row.point.id, hidden)
            positions = position_keys(of_all.positions, kept)
            if other and other.positions is not None:
                positions = position_keys(other.positions)
            assert positions == position_keys(row.positions), (row.point.id, hidden)


def doubts(row: JudgedRow) -> list[object]:
    return [(f.audit, f.articles, f.otherwise) for f in row.flags if f.audit in ROW_AUDITS]


def test_a_selection_says_what_a_comparison_of_its_articles_says(
    real: dict[str, bytes], small: dict[str, bytes]
) -> None:
    """Of the real topics and the small ones, for each article left out and for each two alone."""
    tried = 0
    for files in (real, small):
        briefing = parse_site(files)
        for topic in briefing.topics:
            comparison = compare_topic(topic, briefing.voices)
            holds(comparison, briefing.voices)
            tried += len(comparison.selections)

    of_one_text = 1  # an article and its duplicate
    assert tried == 2 * (4 + 6) - of_one_text


@given(
    says=ARTICLES,
    primary=st.dictionaries(st.sampled_from(["red", "blue"]), st.integers(0, 2), max_size=2),
    altered=st.sets(st.integers(0, 2), max_size=1),
    duplicate=st.none() | st.just({"a2": "a0"}),
    unchecked=st.sets(st.integers(0, 2), max_size=1),
)
def test_leaving_articles_out_is_as_if_they_had_never_been_read(
    says: list[str],
    primary: dict[str, int],
    altered: set[int],
    duplicate: dict[str, str] | None,
    unchecked: set[int],
) -> None:
    """Whoever says what, with own texts, altered copies and duplicates among the articles."""
    case = {
        "says": {f"a{n}": claims for n, claims in enumerate(says)},
        "primary": {voice: f"a{n}" for voice, n in primary.items()},
        "altered": [f"a{n}" for n in altered],
        "unchecked": [f"a{n}" for n in unchecked],
        "duplicates": duplicate or {},
    }
    comparison, voices = compared(case)

    pairs = len(list(combinations(says, 2))) if len(says) > 3 else 0
    of_one_text = 1 if duplicate else 0
    assert len(comparison.selections) == len(says) + pairs - of_one_text
    holds(comparison, voices)


def test_two_articles_alone_leave_nothing_to_select() -> None:
    """Without one of two there is nothing to compare with."""
    comparison, _ = compared({"says": {"one": "red=5", "two": "blue=6"}})

    assert comparison.selections == ()


def test_pairs_are_for_topics_of_few_articles() -> None:
    """Of many articles each can be left out, but not every two are compared alone."""
    says = {f"a{n}": "red=5" for n in range(MAX_ARTICLES_PAIRED + 1)}
    comparison, _ = compared({"says": says})

    assert [len(s.left_out) for s in comparison.selections] == [1] * (MAX_ARTICLES_PAIRED + 1)


def test_leaving_out_the_only_other_voice_makes_an_echo() -> None:
    """Two sides agree; without the one that has the other side, one voice is left."""
    comparison, _ = compared({"says": {"one": "red=5", "two": "red=5", "three": "blue=5"}})

    without_three = next(s for s in comparison.selections if s.left_out[0].id == "three")
    assert without_three.rows["p"].row.judgement.verdict is Verdict.ONE_VOICE


@pytest.mark.parametrize(
    ("says", "primary", "expected"),
    [
        (
            {"one": "red=5", "two": "red=5 blue=6"},
            {},
            [("5", {"red": ["one", "two"]}), ("6", {"blue": ["two"]})],
        ),
        ({"one": "red=5 =5", "two": "red?"}, {}, [("5", {"red": ["one"], None: ["one"]})]),
        (
            {"one": "=5", "two": "red=6"},
            {"red": "one"},
            [("5", {"red": ["one"]}), ("6", {"red": ["two"]})],
        ),
        ({"one": "", "two": "red=6 blue=5"}, {"red": "one"}, [("5", {"blue": ["two"]})]),
        ({"one": "red?", "two": ""}, {}, []),
    ],
)
def test_positions_say_who_holds_which_value(
    says: dict[str, str], primary: dict[str, str], expected: list[tuple[str, dict[str, list[str]]]]
) -> None:
    """Value by value; what is credited to a voice whose own text is silent is not among them."""
    row = only_row({"says": says, "primary": primary})

    found = [
        (str(position.value), {s.voice: [a.id for a in s.articles] for s in position.speakers})
        for position in row.positions
    ]
    assert found == expected


def test_a_voice_in_two_positions_is_divided() -> None:
    """Then readers are told which article renders it how."""
    row = only_row({"says": {"one": "red=5", "two": "red=6", "three": "blue=6"}})

    divided = {
        (str(position.value), speaker.voice): speaker.divided
        for position in row.positions
        for speaker in position.speakers
    }
    assert divided == {("5", "red"): True, ("6", "red"): True, ("6", "blue"): False}


def test_words_are_no_position() -> None:
    """A point of kind text is shown in its own words, and a duplicate says nothing twice."""
    text = only_row({"point": {"kind": "text"}, "says": {"one": "red=five", "two": "blue=six"}})
    twice = only_row({"says": {"one": "red=5", "two": "red=5"}, "duplicates": {"two": "one"}})

    assert text.positions == ()
    assert [a.id for a in twice.positions[0].speakers[0].articles] == ["one"]
    assert twice.positions[0].value == read_quantity("5")


def test_selections_are_made_once_for_those_who_ask() -> None:
    """A save of a summary shows none of them, and they are more work than all the rows."""
    comparison, _ = compared({"says": {"one": "red=5", "two": "red=6", "three": "blue=6"}})
    assert not {"selections", "choices"} & vars(comparison).keys()

    assert [len(s.articles) for s in comparison.selections] == [2, 2, 2]
    assert comparison.selections is comparison.selections
