"""What `check` says of files in place of the theme's, after the theme has changed."""

from __future__ import annotations

import pytest

from briefing.checks.theme.changes import theme_has_changed
from briefing.checks.theme.names import files_have_a_use, templates_take_what_is_there
from briefing.checks.theme.words import lines_of_words, with_words, words_are_translated
from briefing.content.parse import parse_site
from support.sites import Sources
from support.themes import without_templates

MARK = "parts/mark.html"
HOME, WORDS = "templates/pages/home.html", "templates/words/en.yaml"
UNSEEN = "readers do not see it"
KEYS = {"latest", "enter"}


@pytest.fixture(scope="module")
def bare(small: Sources) -> Sources:
    return without_templates(small)


def changes(files: Sources, origins: Sources) -> list[str]:
    return [str(problem) for problem in theme_has_changed(files, origins)]


def names(files: Sources) -> list[str]:
    found = templates_take_what_is_there(files, KEYS)
    return [f"{p.place.path}:{p.place.line} {p.message}" for p in found if "word" not in p.message]


def test_an_override_of_the_theme_of_today_is_not_told_of(bare: Sources) -> None:
    """Whatever the site made of it."""
    theirs = bare[f"theme/{MARK}"]

    assert changes(bare | {f"templates/{MARK}": theirs + b"\n"}, {MARK: theirs}) == []


def test_a_template_that_the_theme_has_changed_is_told_of_with_what_changed(bare: Sources) -> None:
    """How many lines, in which macro, and how to see them."""
    theirs = bare[f"theme/{MARK}"]
    before = theirs.replace(b"<symbol id", b"<symbol  id", 1)
    [told] = changes(bare | {f"templates/{MARK}": b"own"}, {MARK: before})

    assert told == (
        "templates/parts/mark.html:1:1: the theme's file has changed since it was copied: "
        "1 line added, 1 taken away (in macro `mark_shapes`)\n"
        "    `override parts/mark.html --diff` shows what; bring it over, then run "
        "`override parts/mark.html --accept`"
    )


def test_a_copy_without_an_origin_is_told_of_once_it_differs(bare: Sources) -> None:
    """Nothing could tell when the theme's changes."""
    theirs = bare[f"theme/{MARK}"]

    assert changes(bare | {f"templates/{MARK}": theirs}, {}) == []
    [told] = changes(bare | {f"templates/{MARK}": theirs + b"\n"}, {})
    assert "nothing will tell when that changes\n    if it fits the theme of today" in told


def test_a_word_that_the_theme_has_changed_is_told_of(bare: Sources) -> None:
    """At the line of the site's word, with what the theme said and says; a lost one, too."""
    own = b"words:\n  enter: In\n  latest: Newest\n  old: Old\n"
    before = b'words:\n  enter: Enter\n  latest: "Last:"\n  old: Past\n'
    told = changes(bare | {WORDS: own}, {"words/en.yaml": before})

    assert [line.splitlines()[0] for line in told] == [
        f"{WORDS}:3:3: latest: the theme says “Latest:” now; it said “Last:” when this was written",
        f"{WORDS}:4:3: old: the theme has no such word any more; it said “Past”",
    ]


def test_a_file_that_the_theme_has_no_longer_is_told_of(bare: Sources) -> None:
    """It may be left from an override, and serve nobody."""
    [told] = changes(bare | {"templates/parts/gone.html": b""}, {"parts/gone.html": b""})

    assert "a file that the theme does not have any more" in told


def test_the_theme_itself_takes_only_what_is_there(bare: Sources) -> None:
    """A site that adds a template of its own is told nothing of the engine's."""
    assert names(bare | {"templates/parts/own.html": b"own"}) == []


def test_a_template_is_told_of_that_takes_what_is_no_longer_there(bare: Sources) -> None:
    """A macro, a block and a value, each at its line, though no page may run into it."""
    own = (
        b'{% extends "!theme/pages/home.html" %}\n'
        b'{% from "parts/mark.html" import marks %}\n'
        b"{% block mian %}{{ topiks }}{% block inner %}{% endblock %}{% endblock %}\n"
    )

    assert names(bare | {HOME: own}) == [
        f"{HOME}:2 takes `marks` of parts/mark.html, which has no such macro",
        f"{HOME}:3 fills the block `mian`, which nothing that it extends has: {UNSEEN}",
        f"{HOME}:3 uses `topiks`, which no template of the theme uses: a page may not have it",
    ]


def test_a_template_is_told_of_that_lacks_what_the_theme_takes_of_it(bare: Sources) -> None:
    """The engine may have moved a macro there since it was overridden."""
    own = b"{% macro mark(kind) %}{% endmacro %}{% macro mark_shapes() %}{% endmacro %}"

    told = names(bare | {f"templates/{MARK}": own})
    assert told
    assert all(line.startswith(f"templates/{MARK}:1 has no macro `VERDICTS`") for line in told)


def test_a_word_that_no_words_file_has_is_told_of(bare: Sources) -> None:
    """A template that shows it would stop the build on the day a page needs it."""
    own = bare | {"templates/parts/own.html": b'\n{{ words("lates") }}{{ words("latest") }}'}
    [told] = templates_take_what_is_there(own, KEYS)

    assert (told.place.line, told.cure) == (2, "did you mean `latest`?")


def test_a_file_that_nothing_uses_is_told_of(bare: Sources) -> None:
    """Its name may be misspelt, and then readers see the theme's; a file of a use is not."""
    used = ("assets/more.txt", "styles/own.css", "words/vi.yaml", "card_fonts/A.ttf", MARK)
    own = dict.fromkeys([f"templates/{name}" for name in (*used, "parts/mrak.html", "a.css")], b"")
    own["templates/parts/own.html"] = b""
    own[HOME] = b'{% include "parts/own.html" %}'
    told = list(files_have_a_use(bare | own, {"vi", "en"}))

    assert [problem.place.path for problem in told] == [
        "templates/a.css",
        "templates/parts/mrak.html",
    ]
    assert "the theme has" in told[0].cure


def test_words_in_english_are_counted(bare: Sources) -> None:
    """They are named, at the file where they are to be written."""
    path = "theme/words/vi.yaml"
    lines = bare[path].splitlines(keepends=True)
    less = [line for line in lines if not line.startswith((b"  latest:", b"  enter:"))]
    site = parse_site(bare | {path: b"".join(less)})
    [told] = words_are_translated(site.languages)

    assert str(told) == (
        "templates/words/vi.yaml:1:1: 2 words not translated, shown in English: `latest`, `enter`\n"
        "    write them in Tiếng Việt below `words:`"
    )


def test_words_are_taken_over_as_they_stand() -> None:
    """With their plural forms, and no comment or section of what follows."""
    theirs = b"words:\n  a: A\n  n:\n    one: x\n    other: y\n\n  # on b\n  b: B\ncities: {}\n"

    assert lines_of_words(theirs, ["n", "b"]) == "  n:\n    one: x\n    other: y\n  b: B\n"
    assert with_words(b"# ours\nwords:\n  a: A", "  b: B\n") == b"# ours\nwords:\n  b: B\n  a: A"
    assert with_words(b"cities: {}", "  b: B\n") == b"cities: {}\nwords:\n  b: B\n"
