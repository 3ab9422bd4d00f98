"""The page of a voice's own statement has its key terms, and what other articles quote for them."""

from __future__ import annotations

import re

import pytest

from build import make_site
from support.sites import AS_OF, Sources

TERM = "- {id: opening, of: ministry, words: {vi: tháng 5, en: May}}\n"


def box(small: Sources, terms: str, path: str) -> str:
    """Give the words of the box on a page, with one space between them; "" for no box."""
    made = make_site({**small, "content/terms.yaml": terms.encode()}, AS_OF)
    found = re.search(r'(?s)<section aria-labelledby="_terms">.*?</section>', made[path].decode())
    return " ".join(re.sub("<[^>]*>", " ", found[0]).split()) if found else ""


@pytest.mark.parametrize(
    ("code", "heading"),
    [
        ("en", "Its key terms in other articles"),
        ("vi", "Thuật ngữ của tiếng nói này trong các bài khác"),
    ],
)
def test_a_term_of_a_statement_stands_with_what_others_quote_on_its_point(
    small: Sources, code: str, heading: str
) -> None:
    """Where they credit the voice: not what the council says on the same point."""
    words = box(small, TERM, f"{code}/river-talks/statement/index.html")

    assert words.startswith(heading)
    assert "tháng 5" in words
    assert "ministry confirmed the closure" in words
    assert "the dams … stay shut" not in words
    assert words.count("ministry confirmed the closure") == 1


def test_a_facing_page_has_it_in_both_languages(small: Sources) -> None:
    """What the article has stands once."""
    words = box(small, TERM, "vi-en/river-talks/statement/index.html")

    assert "Thuật ngữ của tiếng nói này trong các bài khác Its key terms in other articles" in words
    assert words.count("ministry confirmed the closure") == 1


@pytest.mark.parametrize(
    "terms",
    [
        "- {id: opening, words: {vi: tháng 5}}",  # of no voice
        "- {id: opening, of: council, words: {vi: tháng 5}}",  # of one that has no statement
        "- {id: opening, of: ministry, words: {vi: tháng 6}}",  # in no passage of it
        "- {id: opening, of: ministry, words: {en: tháng 5}}",  # in another language
        "- {id: place, of: ministry, words: {vi: Huế}}",  # nobody else has a claim for it
    ],
)
def test_what_nothing_is_known_of_is_not_shown(small: Sources, terms: str) -> None:
    """There is no box then."""
    assert box(small, terms, "en/river-talks/statement/index.html") == ""


def test_an_altered_copy_and_an_inference_are_marked_here_too(small: Sources) -> None:
    """Wherever what they say is shown; in both languages of a facing page."""
    path = "content/river-talks/gazette.en.md"
    text = small[path].decode().replace("at: ministry", "confidence: inferred, at: ministry")
    text = text.replace("type: report\n", "type: report\nintegrity: {status: altered}\n")
    files = {**small, path: text.encode()}
    english, both = (
        box(files, TERM, f"{folder}/river-talks/statement/index.html") for folder in ("en", "vi-en")
    )

    assert "⚑ Altered copy our inference ministry confirmed" in english
    for words in ("Altered copy", "our inference", "Bản sao đã bị sửa", "chúng tôi suy luận"):
        assert words in both


def test_other_articles_have_no_such_box(small: Sources) -> None:
    """It belongs to the statement."""
    assert box(small, TERM, "en/river-talks/gazette/index.html") == ""
