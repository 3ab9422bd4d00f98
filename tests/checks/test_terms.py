"""Terms are said by the words that the site has for them, in every text and its translation."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.checks.terms.rules import terms_are_said_by_their_words
from briefing.content.parse import parse_site
from briefing.content.terms.forms import TermForms
from briefing.model.terms import Term
from briefing.problems import Place
from support.nightly import examples
from support.sites import Sources

TALKS = "content/river-talks"
DAMS = """
- id: dam
  words: {vi: [đập, con đập], en: [dam, dams]}
  avoid: {vi: đê, en: [weir, barrage dam]}
  note: a dam holds water back
- id: peace
  words: {vi: hòa bình}
  avoid: {vi: hoà hoãn}
"""


def told(small: Sources, terms: str = DAMS, **edits: str) -> list[str]:
    """Give what is told of the terms of the small site; an edit is `old > new`, by file."""
    files = {**small, "content/terms.yaml": terms.encode()}
    for name, edit in edits.items():
        stem, _, language = name.rpartition("_")
        path = f"{TALKS}/{stem}.{language}.md"
        old, new = edit.split(" > ")
        text = files[path].decode()
        assert text.count(old) == 1
        files[path] = text.replace(old, new).encode()
    read = {path: files[path] for path in files}.__getitem__
    site = parse_site(files)
    found = terms_are_said_by_their_words(site, lambda paths: {path: read(path) for path in paths})
    return [str(problem) for problem in found]


def forms(words: list[str], avoid: list[str], language: str = "en") -> TermForms:
    """Give the forms of one term in a language."""
    term = Term(
        id="term",
        words={language: tuple(words)},
        avoid={language: tuple(avoid)},
        note=None,
        place=Place("content/terms.yaml"),
    )
    return TermForms([term], language)


def found(known: TermForms, text: str) -> list[tuple[str, bool]]:
    return [(text[use.start : use.end], use.is_allowed) for use in known.uses_in(text)]


def test_a_site_that_says_its_terms_is_told_nothing(small: Sources) -> None:
    """The words that are to be used, in both languages."""
    assert told(small) == []


def test_a_form_that_is_not_to_be_used_is_told_where_it_stands(small: Sources) -> None:
    """With the words to write, the line of the term, and its note."""
    (problem,) = told(small, topic_en="differ on > differ on the weir and on")

    assert problem == (
        "content/river-talks/topic.en.md:6:25: `weir` is not to be used: the term is `dam`\n"
        "    write `dam` or `dams`, or change the term (content/terms.yaml:2); "
        "a dam holds water back"
    )


@pytest.mark.parametrize("field", ["title", "dek"])
def test_titles_and_the_sentence_below_them_are_looked_at_too(small: Sources, field: str) -> None:
    """They are texts as others."""
    (problem,) = told(small, topic_en=f"{field}: > {field}: A weir.")

    assert problem.startswith(f"{TALKS}/topic.en.md:{ {'title': 2, 'dek': 3}[field] }:")


def test_a_translation_that_leaves_a_term_out_is_told_with_the_place_in_the_original(
    small: Sources,
) -> None:
    """At the paragraph that stands for that of the original."""
    problems = told(small, topic_en="[the dams](point:dams) > [the gates](point:dams)")

    (problem,) = problems
    assert problem == (
        "content/river-talks/topic.en.md:6:1: the term `dam` of the original "
        "(content/river-talks/topic.vi.md:5:27) is not in this paragraph\n"
        "    say it by `dam` or `dams`, or change the term (content/terms.yaml:2); "
        "a dam holds water back"
    )


def test_a_term_without_words_in_a_language_is_not_missed_there(small: Sources) -> None:
    """Nothing says how to say it."""
    assert told(small, topic_vi="Hai bên khác > Hòa bình. Hai bên khác") == []


def test_drafts_and_quotations_are_passed_over(small: Sources) -> None:
    """The first are not done, the second have the words of who is quoted."""
    assert told(small, topic_en="The sides > “The weir,” they say. The sides") == []
    assert told(small, **{"river-daily_en": "This translation > This weir"}) == []


@pytest.mark.parametrize(
    ("language", "words", "avoid", "text", "expected"),
    [
        ("en", ["dam"], ["weir"], "Weirs and a WEIR", [("WEIR", False)]),
        ("en", ["ice dam"], ["dam"], "an ice  dam, a dam", [("ice  dam", True), ("dam", False)]),
        ("en", ["cease-fire"], ["fire"], "a cease-fire", [("cease-fire", True)]),
        ("en", ["people's peace"], [], "the people’s peace", [("people’s peace", True)]),
        ("vi", ["ngừng bắn"], ["ngưng bắn"], "ngừng bắn, ngưng bắn",
         [("ngừng bắn", True), ("ngưng bắn", False)]),
        ("vi", ["hòa bình"], ["thủy"], "Hoà bình, thuỷ", [("Hoà bình", True), ("thuỷ", False)]),
        ("vi", ["quý"], [], "quý", [("quý", True)]),
        ("vi", ["bắn"], [], "bắng", []),
        ("zh", ["停火"], ["休战"], "永久停火，不是休战。", [("停火", True), ("休战", False)]),
        ("ja", ["停戦"], ["休戦"], "全面的な停戦と休戦", [("停戦", True), ("休戦", False)]),
    ],
)  # fmt: skip
def test_forms_are_found_as_readers_see_them(
    language: str, words: list[str], avoid: list[str], text: str, expected: list[tuple[str, bool]]
) -> None:
    """Whole words; whatever case, quotation marks and place of a tone; the longest of several."""
    assert found(forms(words, avoid, language), text) == expected


WORDS = st.lists(
    st.text(st.characters(categories=["Ll"], max_codepoint=0x24F), min_size=1, max_size=6),
    min_size=1,
    max_size=4,
).map(" ".join)


@given(WORDS, st.sampled_from([str.upper, str.title, str]))
@examples(60)
def test_any_form_is_found_in_any_case_and_unicode_form(form: str, change: type[str]) -> None:
    """A text in NFC has it once."""
    written = unicodedata.normalize("NFC", change(form))
    if written.casefold() != unicodedata.normalize("NFC", form).casefold():
        return  # a letter whose capital is another letter
    known = forms([unicodedata.normalize("NFD", form)], [])

    assert found(known, f"… {written}.") == [(written, True)]


@given(WORDS, WORDS, WORDS)
@examples(60)
def test_a_longer_term_that_may_be_used_hides_a_shorter_one(
    before: str, form: str, after: str
) -> None:
    """Of all that begin at a place the longest is taken."""
    longer = f"{before} {form} {after}"
    if form in {before, after} or form in f"{before} {after}".split():
        return
    uses = list(forms([longer], [form]).uses_in(longer))

    assert [use.is_allowed for use in uses] == [True]
