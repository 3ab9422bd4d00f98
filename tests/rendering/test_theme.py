"""A site's templates/ lies over the theme of the engine, file by file."""

from __future__ import annotations

import re

import pytest

from briefing.commands.arguments import ROOT
from briefing.problems import Problems
from briefing.syntax.style_sheet import minified
from build import make_site
from support.sites import AS_OF, Sources
from support.themes import without_templates

HOME = "en/index.html"
SHEET = "assets/site.css"


@pytest.fixture(scope="module")
def bare(small: Sources) -> Sources:
    """The small site without templates/."""
    return without_templates(small)


@pytest.fixture(scope="module")
def made(bare: Sources) -> Sources:
    return make_site(bare, AS_OF)


def test_a_site_without_templates_is_the_same_as_with_a_full_copy(
    small: Sources, bare: Sources, made: Sources
) -> None:
    """Byte for byte: nothing of a page says which of the two it was made of."""
    assert make_site(bare | small, AS_OF) == made == make_site(small, AS_OF)


def test_a_template_fills_in_that_of_the_theme_in_whose_place_it_is(
    bare: Sources, made: Sources
) -> None:
    """With `!theme/` it extends what it overrides, and adds to what its blocks have."""
    own = (
        b'{% extends "!theme/base.html" %}'
        b"{% block colophon %}{{ super() }}<p>Ours</p>{% endblock %}"
    )
    site = make_site(bare | {"templates/base.html": own}, AS_OF)

    assert b"<p>Ours</p>" in site[HOME]
    assert site[HOME].replace(b"<p>Ours</p>", b"") == made[HOME]


def test_a_component_takes_macros_from_that_of_the_theme(bare: Sources, made: Sources) -> None:
    """`!theme/` is for imports, too, and templates of the theme take what the site has."""
    own = (
        b'{% import "!theme/parts/mark.html" as theirs %}'
        b"{% set VERDICTS = theirs.VERDICTS %}{% set mark_shapes = theirs.mark_shapes %}"
        b"{% macro mark(kind) %}<i>{{ kind }}</i>{% endmacro %}"
    )
    site = make_site(bare | {"templates/parts/mark.html": own}, AS_OF)

    assert b"<i>" not in made[HOME]
    assert b"<i>" in site[HOME]


def test_what_the_theme_does_not_have_cannot_be_reached(bare: Sources) -> None:
    """The place is that of the site's template, and no page is made."""
    own = b'\n{% extends "!theme/gone.html" %}'
    with pytest.raises(Problems, match=r"no template `!theme/gone.html`") as caught:
        make_site(bare | {"templates/pages/home.html": own}, AS_OF)

    places = {(problem.place.path, problem.place.line) for problem in caught.value}
    assert places == {("templates/pages/home.html", 2)}


def test_a_colour_is_changed_by_the_sheet_that_the_document_shows(
    bare: Sources, made: Sources
) -> None:
    """It has a name of its own, comes last, and stands in no layer: so it goes before them all."""
    own = re.search(r":root \{ (--[a-z]+): .*?;", (ROOT / "docs/theme.md").read_text())
    assert own, "the document shows no colour"
    sheet = f"{own[0]} }}\n".encode()
    site = make_site(bare | {"templates/styles/brand.css": sheet}, AS_OF)

    assert site[SHEET] == made[SHEET] + minified(sheet.decode()).encode()
    assert f"{own[1]}:light-dark(" in made[SHEET].decode(), "no colour of the theme"
    assert {path for path in made if made[path] != site[path]} == {SHEET}


def test_assets_are_overridden_and_added_file_by_file(bare: Sources, made: Sources) -> None:
    """An icon of the site takes the place of the theme's, and a file of its own stands beside."""
    own = {"templates/assets/icon.svg": b"<svg/>", "templates/assets/more.txt": b"more"}
    site = make_site(bare | own, AS_OF)

    assert site["assets/icon.svg"] == b"<svg/>"
    assert site["assets/more.txt"] == b"more"
    assert {path for path in made if made[path] != site[path]} == {"assets/icon.svg"}


def test_a_word_is_overridden_alone(bare: Sources, made: Sources) -> None:
    """All others stay as the theme has them, in this language and in the other."""
    own = b'words:\n  latest: "Just in:"\n'
    site = make_site(bare | {"templates/words/en.yaml": own}, AS_OF)

    assert b"Just in:" in site["index.html"]
    assert site["index.html"].replace(b"Just in:", b"Latest:") == made["index.html"]


def test_a_word_that_is_empty_stays_as_the_theme_has_it(bare: Sources, made: Sources) -> None:
    """So a list of words to be translated can lie there before it is done."""
    own = b'words:\n  latest: "" # Latest:\n'

    assert make_site(bare | {"templates/words/en.yaml": own}, AS_OF) == made


def test_a_language_that_the_theme_does_not_know_is_in_english_where_it_has_no_words(
    bare: Sources,
) -> None:
    """Its plural forms are those of the language, each with the English text for many."""
    site = bare["site.yaml"].replace(
        b"languages:\n", b"languages:\n  ar: {name: \xd8\xb9, dir: rtl}\n"
    )
    title = {"title: {": "title: {ar: A, ", "description: {": "description: {ar: A, "}
    for before, after in title.items():
        site = site.replace(before.encode(), after.encode())
    words = 'words:\n  latest: "الأحدث"\n  enter: ""\n'.encode()
    files = bare | {"site.yaml": site, "templates/words/ar.yaml": words}
    with pytest.raises(Problems) as caught:  # names in the content lack Arabic, and nothing else
        make_site(files, AS_OF)

    assert {problem.place.path.partition("/")[0] for problem in caught.value} == {"content"}
