"""The words that differ between two versions of a paragraph, what misleads most first."""

from __future__ import annotations

import pytest

from briefing.checks.translations.word_changes import word_changes


@pytest.mark.parametrize(
    ("language", "then", "now", "told"),
    [
        ("vi", "Ngừng bắn 30 ngày.", "Ngừng bắn 300 ngày.", ["number 30 > 300"]),
        ("vi", "Ngừng bắn ba mươi ngày.", "Ngừng bắn ba trăm ngày.", ["number ba mươi > ba trăm"]),
        (
            "en",
            "It is thirty days.",
            "It is three hundred days.",
            ["number thirty > three hundred"],
        ),
        ("zh", "停火三十天。", "停火三百天。", ["number 三十 > 三百"]),
        ("en", "On 18 March it began.", "On 19 March it began.", ["date 18 March > 19 March"]),
        ("en", "They do agree.", "They do not agree.", ["negation  > not"]),
        ("vi", "Hai bên đã ký.", "Hai bên chưa ký.", ["negation đã > chưa"]),
        ("zh", "双方同意。", "双方不同意。", ["negation  > 不"]),
        ("en", "Then Lavrov spoke.", "Then Putin spoke.", ["name Lavrov > Putin"]),
        ("en", "It went well.", "It went badly.", [" well > badly"]),
        ("en", "He said “yes”.", 'He said "yes".', []),
        (
            "en",
            "A quick end in 3 weeks, said Lavrov.",
            "A slow end in 4 weeks, said Putin.",
            ["number 3 > 4", "name Lavrov > Putin", " quick > slow"],
        ),
    ],
)
def test_the_words_that_differ_are_told(
    language: str, then: str, now: str, told: list[str]
) -> None:
    """Whole numbers and dates, in digits and in words."""
    changes = word_changes(then, now, language)

    assert [f"{each.kind.value} {each.old} > {each.new}" for each in changes] == told
