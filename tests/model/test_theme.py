"""Which file serves a name: the site's, or the theme's."""

from __future__ import annotations

from briefing.model.theme import find_file, lay_over, overridden


def test_a_file_that_the_site_has_as_the_theme_has_it_is_the_theme_s() -> None:
    """A copy that nobody changed is none: the site goes with the theme."""
    assert lay_over({"templates/a.css": b"1", "theme/a.css": b"1"}) == {"theme/a.css": b"1"}


def test_an_overridden_file_hides_that_of_the_theme() -> None:
    """But for templates, which can reach it, and words, which merge."""
    files = {
        f"{top}/{name}": top.encode()
        for top in ("templates", "theme")
        for name in ("assets/icon.svg", "styles/tokens.css", "base.html", "words/en.yaml")
    }

    assert files.keys() - lay_over(files).keys() == {
        "theme/assets/icon.svg",
        "theme/styles/tokens.css",
    }
    assert find_file(files, "base.html") == "templates/base.html"
    assert len(overridden(files)) == 4


def test_without_a_theme_nothing_is_hidden() -> None:
    """In the repository of the engine templates/ is all there is."""
    files = {"templates/base.html": b"1", "site.yaml": b"2", "theme.yaml": b"3"}

    assert lay_over(files) == files
    assert find_file(files, "home.html") is None
