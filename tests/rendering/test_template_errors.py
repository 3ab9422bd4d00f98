"""What is wrong in a template is told at its line."""

from __future__ import annotations

import pytest

from briefing.problems import Problems
from build import make_site
from support.sites import AS_OF

HOME = "templates/pages/home.html"


def told(files: dict[str, bytes]) -> list[str]:
    with pytest.raises(Problems) as problems:
        make_site(files, AS_OF)
    return [str(problem).splitlines()[0] for problem in problems.value]


def test_a_misspelt_name_stops_the_build_at_its_line(small: dict[str, bytes]) -> None:
    """A template variable that does not exist never renders as nothing."""
    files = small | {HOME: small[HOME].replace(b"site.description", b"site.descripton")}

    (first, *_) = told(files)
    assert first.startswith(f"{HOME}:7:1: ")
    assert "descripton" in first


def test_a_word_that_is_not_there_stops_the_build_at_its_line(small: dict[str, bytes]) -> None:
    """A template can only use words that the words files have."""
    assert b'words("waiting")' in small[HOME]
    files = small | {HOME: small[HOME].replace(b'words("waiting")', b'words("waitin")')}

    assert any("no word `waitin`" in line and line.startswith(HOME) for line in told(files))


def test_a_template_that_is_not_there_is_named(small: dict[str, bytes]) -> None:
    """A part that is imported but does not exist is told."""
    files = {path: data for path, data in small.items() if path != "templates/parts/figures.html"}

    assert any("no template `parts/figures.html`" in line for line in told(files))


def test_mistakes_in_templates_and_content_are_told_together(small: dict[str, bytes]) -> None:
    """A syntax error in a template does not hide what is wrong in the content."""
    files = small | {
        HOME: small[HOME] + b"{% endfor %}",
        "content/vote/topic.yaml": small["content/vote/topic.yaml"].replace(b"2025-05", b"2025-5x"),
    }

    lines = told(files)
    assert lines[0].startswith("content/vote/topic.yaml:1:16:")
    assert lines[1].startswith(f"{HOME}:")


def test_content_is_never_a_template(small: dict[str, bytes]) -> None:
    """Braces in a text are braces."""
    path = "content/vote/count.vi.md"
    text = small[path].replace("Kiểm phiếu xong".encode(), b"'{{ site }} {% x %}'")

    page = make_site(small | {path: text}, AS_OF)["vi/vote/count/index.html"].decode()
    assert '<h1 lang="vi" dir="ltr">{{ site }} {% x %}</h1>' in page


def test_texts_are_escaped_wherever_they_stand(small: dict[str, bytes]) -> None:
    """Markup in a text is shown, in elements and in attributes."""
    hostile = '"><script>alert(1)</script>'
    path = "content/vote/count.vi.md"
    text = small[path].replace("Kiểm phiếu xong".encode(), f"'{hostile}'".encode())

    site = make_site(small | {path: text}, AS_OF)
    pages = {path: data for path, data in site.items() if path.endswith((".html", ".xml"))}
    assert not any(b"<script>alert" in data for data in pages.values())


def test_a_macro_that_is_not_there_is_named(small: dict[str, bytes]) -> None:
    """Of the mail and the feeds, too, which the program calls itself."""
    for path, name in (
        ("templates/email/topic.html", b"mail_foot"),
        ("templates/feeds/entries.html", b"article_entry"),
    ):
        files = small | {path: small[path].replace(b"macro " + name, b"macro other")}
        assert any(line == f"{path}:1:1: no macro `{name.decode()}`" for line in told(files)), told(
            files
        )
