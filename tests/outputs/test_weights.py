"""What is sent to a reader is light, compressed as a server does it: pages, style and scripts."""

from __future__ import annotations

import gzip
from collections.abc import Mapping

import pytest

from build import make_site
from support.generate import generate
from support.sites import Sources

CALL = "trump-putin-call-2025-03"


def weight(data: bytes) -> int:
    """Weigh what is sent."""
    return len(gzip.compress(data, 9, mtime=0))


@pytest.mark.parametrize("folder", ["vi", "en"])
def test_36_points_in_4_articles_are_less_than_26_kilobytes(
    real_site: Mapping[str, bytes], folder: str
) -> None:
    """As many of the rows of the real topic, with their part of what stands around them."""
    page = real_site[f"{folder}/{CALL}/index.html"]
    rows = page.count(b'class="comparison_row"')

    assert rows >= 36
    assert weight(page) / rows * 36 <= 26_000


def test_60_points_in_12_articles_are_40_kilobytes(real: Sources) -> None:
    """In each language, one of them from right to left."""
    templates = {path: data for path, data in real.items() if path.startswith("templates/")}
    made = make_site(generate(templates, 1, 12, 60))

    for folder in ("vi", "en", "ar"):
        assert weight(made[f"{folder}/topic-0/index.html"]) <= 40_000


def test_the_style_of_all_pages_is_24_kilobytes(real_site: Mapping[str, bytes]) -> None:
    """One sheet, for screens and paper, in any language."""
    sheet = real_site["assets/site.css"]

    assert len(sheet) <= 24_000
    assert weight(sheet) <= 6_900


def test_the_scripts_of_a_topic_are_5_kilobytes(real_site: Mapping[str, bytes]) -> None:
    """All that its page loads."""
    scripts = [real_site[f"assets/{name}.js"] for name in ("site", "choices")]

    assert sum(map(weight, scripts)) <= 5_000
