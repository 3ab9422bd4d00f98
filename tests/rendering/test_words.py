"""The words of the interface in each language that comes with the templates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

import html5lib
import pytest
import yaml

from briefing.content.parse import parse_site
from briefing.rendering.i18n import Translator
from briefing.syntax.cldr import babel_locale, plural_forms
from briefing.syntax.placeholders import PLACEHOLDER, placeholders
from build import make_site
from support.languages import WORDS, in_language, words_files
from support.sites import AS_OF, Sources

CODES = ("ar", "en", "es", "fr", "ja", "ru", "vi", "zh-hans")
OTHERS = tuple(code for code in CODES if code != "en")
ALIKE = {
    "fr": {
        *("page_number", "n_articles", "cells_all_speak", "n_points", "point"),
        *("outlet_magazine", "outlet_organisation", "voice_organisation", "integrity_intact"),
    },
}
"""Words that a language shares with English, by key."""
HIDDEN = {"script", "style", "template"}


@cache
def read(data: bytes) -> Mapping[str, str | Mapping[str, str]]:
    """Give the words of a file."""
    words: Mapping[str, str | Mapping[str, str]] = yaml.safe_load(data)["words"]
    return words


def words_of(files: Sources, code: str) -> Mapping[str, str | Mapping[str, str]]:
    return read(files[f"{WORDS}{code}.yaml"])


def forms_of(word: str | Mapping[str, str]) -> list[str]:
    return [word] if isinstance(word, str) else [*word.values()]


def has_letters(text: str) -> bool:
    """Whether a word is more than signs and what is filled in."""
    return re.search(r"[^\W\d_]", PLACEHOLDER.sub("", text)) is not None


def test_the_templates_come_with_the_words_of_eight_languages(small: Sources) -> None:
    """A site in any two of them has nothing to translate but its own texts."""
    assert tuple(words_files(small)) == CODES


@pytest.mark.parametrize("code", CODES)
def test_a_language_has_every_word_with_the_same_things_filled_in(
    small: Sources, code: str
) -> None:
    """The order of the keys is that of the English file, so that two can be read side by side."""
    english, words = words_of(small, "en"), words_of(small, code)

    assert set(words) == set(english)
    if code != "vi":
        assert [*words] == [*english]
    filled = {key: placeholders(word) - {"n"} for key, word in words.items()}
    assert filled == {key: placeholders(word) - {"n"} for key, word in english.items()}


@pytest.mark.parametrize("code", CODES)
def test_a_word_in_several_forms_has_those_of_cldr(small: Sources, code: str) -> None:
    """Each form is of its language, and what English counts is counted."""
    words = words_of(small, code)
    for key, word in words.items():
        if not isinstance(word, str):
            assert set(word) == plural_forms(babel_locale(code).language), key
    if len(plural_forms(babel_locale(code).language)) > 1:
        counted = {key for key, word in words_of(small, "en").items() if not isinstance(word, str)}
        single = {key for key in counted if isinstance(words[key], str)}
        assert single <= {"figure_one_side", "figure_only_one", "more_differences"} | {
            "tally_one_voice"
        }


@pytest.mark.parametrize("code", OTHERS)
def test_no_word_is_left_in_english(small: Sources, code: str) -> None:
    """But for what a language shares with English."""
    english, words = words_of(small, "en"), words_of(small, code)
    same = {
        key
        for key, word in words.items()
        if any(map(has_letters, set(forms_of(word)) & set(forms_of(english[key]))))
    }

    assert same == ALIKE.get(code, set())


def shown(data: bytes) -> Iterator[str]:
    """Yield the texts of a page that are seen or heard."""
    for element in html5lib.parse(data, namespaceHTMLElements=False).iter():
        if element.tag not in HIDDEN and isinstance(element.tag, str):
            yield (element.text or "").strip()
        yield (element.tail or "").strip()
        yield from (element.get(name, "") for name in ("aria-label", "title"))


def english_pattern(files: Sources) -> re.Pattern[str]:
    """Match any text of two English words or more, whatever is filled in."""
    texts = {text for word in words_of(files, "en").values() for text in forms_of(word)}
    spelt = (re.sub(r"\\\{\w+\\\}", ".+", re.escape(text)) for text in texts)
    return re.compile(
        "|".join(each for each in spelt if len(re.findall(r"\b[A-Za-z]{2,}\b", each)) > 1)
    )


@pytest.mark.parametrize("code", OTHERS)
def test_a_site_in_a_language_shows_no_english_word(small: Sources, code: str) -> None:
    """On every page of the small site, whose English pages do show them."""
    site = make_site(in_language(small, code) if code != "vi" else small, AS_OF)
    english = english_pattern(small)
    found = {
        language: {
            text
            for path, data in site.items()
            if path.startswith(f"{language}/") and path.endswith(".html")
            for text in shown(data)
            if english.fullmatch(text)
        }
        for language in (code, "en")
    }

    assert len(found["en"]) > 50
    assert not found[code]


@pytest.mark.parametrize("code", CODES)
def test_a_file_says_whether_a_speaker_has_reviewed_its_words(small: Sources, code: str) -> None:
    """None has been reviewed so far; a name goes there once one is."""
    languages = parse_site(
        in_language(small, code) if code not in {"vi", "en"} else small
    ).languages
    assert all(language.reviewed_by is None for language in languages)

    files = dict(small)
    path = f"{WORDS}en.yaml"
    files[path] = files[path].replace(b"reviewed_by: none", b"reviewed_by: Jane Doe")
    named = next(each for each in parse_site(files).languages if each.code == "en")
    assert named.reviewed_by == "Jane Doe"


@pytest.mark.parametrize(
    ("code", "joined"),
    [
        ("en", ("a, b", "a; b; c", "a: b", "a (b)", "a.")),
        ("fr", ("a, b", "a\u202f; b\u202f; c", "a\xa0: b", "a (b)", "a.")),
        ("zh-hans", ("a，b", "a；b；c", "a：b", "a（b）", "a。")),
        ("ja", ("a、b", "a。b。c", "a：b", "a（b）", "a。")),
    ],
)
def test_texts_are_joined_by_the_signs_of_the_language(
    small: Sources, code: str, joined: tuple[str, ...]
) -> None:
    """In French with the spaces that never end a line."""
    site = parse_site(in_language(small, code) if code != "en" else small)
    words = Translator(next(each for each in site.languages if each.code == code), "UTC")

    assert joined == (
        words.joined("comma", "ab"),
        words.joined("semicolon", "abc"),
        words("colon", a="a", b="b"),
        words("aside", a="a", b="b"),
        words("sentence", text="a"),
    )
    assert words.joined("comma", []) == ""


def test_a_name_in_the_other_direction_is_isolated(small: Sources) -> None:
    """So that a number beside an English name in an Arabic sentence stays where it is read."""
    languages = parse_site(in_language(small, "ar")).languages
    arabic, english = (Translator(language, "UTC") for language in languages)

    assert arabic("aside", a="الصحيفة", b="JSON") == "الصحيفة (\u2068JSON\u2069)"
    assert arabic("n_articles", n=11) == "11 مقالة"
    assert english("aside", a="The paper", b="الصحيفة") == "The paper (\u2068الصحيفة\u2069)"
    assert english("aside", a="The paper", b="报纸") == "The paper (报纸)"
