"""What is asked of CLDR on languages."""

from __future__ import annotations

import pytest

from briefing.syntax.cldr import with_broader


@pytest.mark.parametrize(
    ("tag", "broader", "others"),
    [
        ("en-gb", ["en"], ["en-us"]),
        ("zh-cn", ["zh-hans", "zh"], ["zh-hant"]),
        ("zh-tw", ["zh-hant", "zh"], ["zh-hans"]),
        ("zh", ["zh-hans"], ["zh-hant"]),
        ("de-ch-1996", ["de-ch", "de"], []),
        ("eo", [], ["en"]),
    ],
)
def test_a_language_is_followed_by_the_broader_ones(
    tag: str, broader: list[str], others: list[str]
) -> None:
    """With the script in which it is written, and in no other."""
    found = list(with_broader(tag))

    assert found[0] == tag
    assert [each for each in found if each in broader] == broader
    assert set(found).isdisjoint(others)
