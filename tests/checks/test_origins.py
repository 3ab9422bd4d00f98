"""A link that arrives nowhere is told where it was written, and nothing is written."""

from __future__ import annotations

import pytest

from briefing.problems import Problems
from build import make_site
from support.sites import AS_OF, Sources

HOME = "templates/pages/home.html"
LEDE = b'<p class="lede">{{ words.text(site.description) }}</p>\n'


def told(files: Sources) -> list[str]:
    with pytest.raises(Problems) as problems:
        make_site(files, AS_OF)
    return str(problems.value).splitlines()


def with_line(small: Sources, path: str, after: bytes, line: str) -> Sources:
    """Put a line into a template after some text that it has once."""
    assert small[path].count(after) == 1
    return small | {path: small[path].replace(after, after + line.encode())}


def line_of(files: Sources, path: str, text: str) -> int:
    (found,) = (n for n, line in enumerate(files[path].decode().splitlines(), 1) if text in line)
    return found


@pytest.mark.parametrize(
    "line",
    [
        '<a href="nowhere/">x</a>\n',
        '<p>\n<em>a</em>\n<a href="nowhere/">x</a></p>\n',
        '{% if first %}\n<a\n  href="nowhere/">x</a>\n{% endif %}\n',
        '<img alt="" src="nowhere/">\n',
        '<img alt="" srcset="nowhere/ 2x">\n',
        '<link rel="x" href="{{ "nowhere/" }}">\n',
        '<link rel="x" href="{{ "https://example.org/small/" ~ language.code ~ "/nowhere/" }}">\n',
        '<meta http-equiv="refresh" content="5; url=nowhere/">\n',
    ],
)
def test_a_link_of_a_template_is_told_at_its_line(small: Sources, line: str) -> None:
    """Wherever in a template it stands, and in which attribute."""
    files = with_line(small, HOME, LEDE, line)
    at = line_of(files, HOME, "nowhere/")
    lines = told(files)
    assert any(each.startswith(f"{HOME}:{at}:1: the link to ") for each in lines)
    assert all(
        each.startswith(
            (f"{HOME}:{at}:", "    let it lead to a page, a file or an anchor that is there")
        )
        for each in lines
    )


def test_a_link_of_a_macro_is_told_once_for_all_pages(small: Sources) -> None:
    """With the first of them, and how many more there are."""
    path = "templates/parts/source_box.html"
    start = small[path].index(b"%}\n", small[path].index(b"macro source_box")) + 3
    text = small[path][:start] + b'<a href="/small/nowhere/">x</a>\n' + small[path][start:]
    files = small | {path: text}
    (line, cure) = told(files)
    at = line_of(files, path, "nowhere/")
    assert line == f"{path}:{at}:1: the link to /small/nowhere/ leads nowhere"
    assert "that is there; it is in " in cure
    assert cure.endswith(" more")


def test_a_link_of_a_text_is_told_in_the_text(small: Sources) -> None:
    """At its line and column: an author wrote out an address of the site that is none."""
    path = "content/vote/count.vi.md"
    more = "\nXem [đây](https://example.org/small/vi/khong-co/).\n"
    files = small | {path: small[path] + more.encode()}
    at = line_of(files, path, "khong-co")
    lines = told(files)
    assert lines[0] == (
        f"{path}:{at}:11: the link to https://example.org/small/vi/khong-co/ leads nowhere"
    )


def test_an_address_of_the_site_in_a_text_may_lead_somewhere(small: Sources) -> None:
    """It is taken for the link it is."""
    path = "content/vote/count.vi.md"
    more = (
        "\nXem [đây](https://example.org/small/vi/river-talks/#dams) và https://other.example/x.\n"
    )
    files = small | {path: small[path] + more.encode()}
    assert "vi/vote/count/index.html" in make_site(files, AS_OF)


def test_a_link_of_a_feed_or_a_mail_is_told_at_its_line(small: Sources) -> None:
    """What is made for other programs is held to the same."""
    for path, after in (
        ("templates/feeds/atom.xml", b"<icon>{{ feed.icon }}</icon>\n"),
        ("templates/email/envelope.html", b"<body "),
    ):
        start = small[path].index(after)
        end = small[path].index(b"\n", start) + 1
        wrong = b"<!-- https://example.org/small/nowhere/ -->\n"
        files = small | {path: small[path][:end] + wrong + small[path][end:]}
        at = line_of(files, path, "nowhere/")
        assert told(files)[0].startswith(f"{path}:{at}:1: the link to https://example.org/small/")


def test_a_file_that_nobody_made_is_told_for_all_who_want_it(small: Sources) -> None:
    """A picture that every page shows is one mistake."""
    files = {path: small[path] for path in small if path != "templates/assets/icon.svg"}
    lines = told(files)
    told_at = {line.partition(": ")[0] for line in lines if "assets/icon.svg" in line}
    assert {place for place in told_at if place.startswith("templates/")} == {
        f"{path}:{line_of(files, path, word)}:1"
        for path, word in (
            ("templates/base.html", "icon.svg"),
            ("templates/feeds/atom.xml", "feed.icon"),
        )
    }
    assert all(place.startswith(("templates/", "output/")) for place in told_at)


def test_a_link_with_letters_of_any_script_is_told_in_the_text(small: Sources) -> None:
    """As it is written there, or encoded; the host, too."""
    path = "content/vote/count.vi.md"
    for address, site in (
        ("https://example.org/small/vi/không-có/", b"https://example.org/small/"),
        ("https://báo.example/vi/nowhere/", "https://báo.example/".encode()),
    ):
        config = small["site.yaml"].replace(b"https://example.org/small/", site)
        more = f"\nXem [đây]({address}).\n"
        files = small | {"site.yaml": config, path: small[path] + more.encode()}
        lines = told(files)
        assert lines[0].startswith(f"{path}:{line_of(files, path, address)}:"), lines
        assert len(lines) == 2


def test_a_link_to_a_passage_of_a_page_of_the_site_arrives(small: Sources) -> None:
    """The browser looks for the words; the page is there."""
    path = "content/vote/count.vi.md"
    more = "\nXem [đây](https://example.org/small/en/river-talks/#:~:text=dams).\n"
    assert make_site(small | {path: small[path] + more.encode()}, AS_OF)


def test_a_site_at_the_root_may_share_its_host(small: Sources) -> None:
    """What is in no folder of its own is elsewhere; what is, must be there."""
    config = small["site.yaml"].replace(b"example.org/small/", b"somebody.github.io/")
    path = "content/vote/count.vi.md"

    def with_link(address: str) -> Sources:
        return small | {"site.yaml": config, path: small[path] + f"\n[x]({address})\n".encode()}

    assert make_site(with_link("https://somebody.github.io/other/page/"), AS_OF)
    assert "leads nowhere" in told(with_link("https://somebody.github.io/vi/nowhere/"))[0]
