"""Words that an editor looks for in a kept text, however they are typed."""

from __future__ import annotations

import pytest

from briefing.checks.locating.search import SearchedText


def found(text: str, words: str) -> list[str]:
    """Give what is found, as it stands in the text."""
    searched = SearchedText(text)
    return [searched.text[place.start : place.end] for place in searched.find(words)]


@pytest.mark.parametrize(
    ("text", "words", "there"),
    [
        ("Họ ngừng bắn trong 30 ngày.", "trong 30 ngày", "trong 30 ngày"),
        ("Họ ngừng bắn trong 30 ngày.", "TRONG 30 NGAY", "trong 30 ngày"),
        ("Họ đập phá.", "dap pha", "đập phá"),
        ("Vie\u0302\u0323t Nam", "việt nam", "Việt Nam"),
        ("within thir\xadty\u200b days", "thirty  days", "thirty days"),
        ("the mayor’s own words", "mayor's own", "mayor’s own"),
        ("he said “in July”, again", '"in July", again', "in July”, again"),
        ("call Trump – Putin", "Trump-Putin", "Trump – Putin"),
        ("３０ days", "30 days", "３０ days"),
        ("会谈持续了，至少两个半小时。", "至少两个半小时", "至少两个半小时"),
        ("会谈持续了，至少两个半小时。", "两个半", "至少两个半小时"),
        ("it costs 3.5 million", "5 million", "3.5 million"),
        ("an energy ceasefire", "gy cease", "energy ceasefire"),
        ("first line\nsecond line", "line second", "line\nsecond"),
        ("नमस्ते दुनिया को", "दुनिया", "दुनिया"),
    ],
)
def test_words_are_found_however_they_are_typed(text: str, words: str, there: str) -> None:
    """Whole words are given, as the text has them: case, accents, spaces and signs are forgiven."""
    assert found(text, words) == [there]


def test_whole_words_are_preferred_to_parts_of_words() -> None:
    """Who looks for one word does not mean another that has it within."""
    assert found("The ceasefire. To cease; to CEASE.", "cease") == ["cease", "CEASE"]


def test_each_clause_with_the_words_is_found_in_a_script_without_spaces() -> None:
    """There the clause is what a locator has to be."""
    text = "停火三十天。他们同意停火三十天的建议，不多。"
    assert found(text, "停火三十天") == ["停火三十天", "他们同意停火三十天的建议"]


@pytest.mark.parametrize("words", ["", "…", "no such thing"])
def test_words_that_are_nowhere_are_not_found(words: str) -> None:
    """Nor are those without a letter."""
    assert found("Works will end within thirty days.", words) == []


def test_the_nearest_words_have_most_of_those_that_were_meant() -> None:
    """Misspelt ones among them, the best first."""
    text = SearchedText(
        "The leaders spoke of peace.\nA maritime ceasefire in the Black Sea was named."
    )

    near = [
        text.text[place.start : place.end] for place in text.nearest("maritme ceasfire of Blak")
    ]

    assert near[0].startswith("maritime ceasefire")
    assert text.line(text.nearest("maritme ceasfire")[0].start) == 2
    assert text.nearest("nothing like it") == ()


def test_a_line_is_that_of_the_file() -> None:
    """Empty lines count, though they are no paragraphs."""
    text = SearchedText("one\n\n\ntwo words\n")
    assert text.line(text.find("words")[0].start) == 4
