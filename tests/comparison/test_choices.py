"""What a page needs to show each selection: every different thing once, and in few signs."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from briefing.comparison.choices import Choices, RowChoices
from briefing.comparison.compare import compare_topic
from briefing.comparison.selections import position_keys
from briefing.content.parse import parse_site
from support.comparisons import compared


@pytest.mark.parametrize(
    ("findings", "signs"),
    [
        ((), ""),
        (((0, 0),), "A"),
        (((1, 0), (2, 25), (4, 57)), "-AZ-z"),
        (((0, 58), (1, 700)), "\u013a\u03bc"),
    ],
)
def test_a_row_has_a_sign_for_its_finding_in_each_selection(
    findings: tuple[tuple[int, int], ...], signs: str
) -> None:
    """However many findings there are; the selections after the last of them have none."""
    row = RowChoices(findings=findings, positions=())
    choices = Choices(findings=(), sizes=(), verdicts=frozenset(), rows={"p": row})

    assert choices.signs("p") == signs
    assert choices.signs("other") == ""


def test_positions_of_several_selections_stand_once(real: Mapping[str, bytes]) -> None:
    """Those that are what some others leave, if the articles go that a selection has not."""
    briefing = parse_site(dict(real))
    for topic in briefing.topics:
        comparison = compare_topic(topic, briefing.voices)
        for id, row in comparison.choices.rows.items():
            shown = {number: held for held, numbers in row.positions for number in numbers}
            for number, selection in enumerate(comparison.selections):
                other = selection.rows.get(id)
                assert (number in shown) == bool(other and other.positions is not None)
                if other and other.positions is not None:
                    kept = {article.id for article in selection.articles}
                    left = position_keys(shown[number].positions, kept)
                    assert left == position_keys(other.positions)


def test_own_words_in_two_positions_are_what_is_left_without_an_article() -> None:
    """They are told article by article, so that nothing of them is written again."""
    says = {"one": "red=5 =5", "two": "red=5 =6", "three": "red=5 =5"}
    comparison, _ = compared({"says": says})

    assert comparison.choices.of("p").positions == ()
