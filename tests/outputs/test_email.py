"""A topic as it is mailed: HTML that mail programs show, and plain text that says the same."""

from __future__ import annotations

import re
from collections.abc import Mapping

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from playwright.sync_api import Browser

from briefing.checks.tags import read_tags
from briefing.outputs.email import LINE_WIDTH, as_text, styled
from build import make_site
from support.sites import AS_OF, Sources

CALL = "trump-putin-call-2025-03"
STYLED = {"a", "blockquote", "h1", "h2", "h3", "li", "ol", "p", "pre", "ul"}


@pytest.fixture(scope="module", params=["small", "real"])
def site(request: pytest.FixtureRequest) -> Mapping[str, bytes]:
    """Each of the sites, made."""
    return make_site(request.getfixturevalue(request.param), AS_OF)


def mails(site: Mapping[str, bytes]) -> dict[str, str]:
    found = {path: site[path].decode() for path in site if path.endswith("/email.html")}
    assert len(found) > 2
    return found


def test_a_mail_stands_alone(site: Mapping[str, bytes]) -> None:
    """It needs no other file, runs nothing, and every link in it is written in full."""
    for page in mails(site).values():
        html5lib.HTMLParser(strict=True).parse(page)
        tags = [(name, attributes) for _, name, attributes in read_tags(page)]
        assert not {name for name, _ in tags} & {"script", "img", "style", "form", "iframe"}
        for name, attributes in tags:
            for attribute in ("href", "src", "action"):
                if address := attributes.get(attribute):
                    assert address.startswith(("https://", "http://", "mailto:")), address
            assert "class" not in attributes or name in {"span", "p"}


def test_each_element_of_a_mail_has_its_looks_in_place(site: Mapping[str, bytes]) -> None:
    """Mail programs take no style sheet."""
    for page in mails(site).values():
        body = page[page.index("<body") :]
        for _, name, attributes in read_tags(body):
            assert name not in STYLED or attributes.get("style"), name
            if name == "table":
                assert attributes["role"] == "presentation"


def test_a_mail_is_no_page_for_search_engines(site: Mapping[str, bytes]) -> None:
    """They are told of the page it was made of."""
    for path, page in mails(site).items():
        assert '<meta name="robots" content="noindex">' in page
        topic = path.removesuffix("email.html")
        assert re.search(rf'rel="canonical" href="https://example\.org/\w+/{topic}"', page)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_the_plain_text_says_what_the_mail_says(site: Mapping[str, bytes]) -> None:
    """Word for word; links are numbers in it, and stand at its end."""
    for path, page in mails(site).items():
        plain = site[path.replace(".html", ".txt")].decode()
        body, *_ = re.split(r"\n\n(?=\[1\] )", plain)
        assert "<" not in body
        shown = re.sub(r"\s\[\d+\]", "", body)
        tree = html5lib.parse(page, namespaceHTMLElements=False)
        cells = [tree.findall(".//td")[number] for number in (1, 2, 3)]
        assert words(shown) == words(" ".join("".join(cell.itertext()) for cell in cells))


def test_links_of_the_plain_text_are_those_of_the_mail(site: Mapping[str, bytes]) -> None:
    """Each once, and each number stands for one."""
    for path, page in mails(site).items():
        plain = site[path.replace(".html", ".txt")].decode()
        listed = dict(re.findall(r"^\[(\d+)\] (\S+)$", plain, re.MULTILINE))
        inner = page[page.index("<table") :]
        assert set(listed.values()) == {
            given["href"] for _, name, given in read_tags(inner) if name == "a"
        }
        used = re.findall(r" \[(\d+)\]", re.sub(r"\s+", " ", plain))
        assert set(used) == set(listed)


def test_no_line_is_longer_than_mails_have_them(site: Mapping[str, bytes]) -> None:
    """But for an address, and for what has no space to break at."""
    for path in mails(site):
        for line in site[path.replace(".html", ".txt")].decode().splitlines():
            assert len(line) <= LINE_WIDTH + 4 or " " not in line.strip().removeprefix("[")[4:]


def test_what_is_not_translated_is_not_mailed(small: Sources) -> None:
    """A mail in a language is in that language."""
    site = make_site(small, AS_OF)
    assert "vi/vote/email.html" in site
    assert "en/vote/index.html" in site
    assert "en/vote/email.html" not in site


@pytest.mark.parametrize("width", [320, 360, 700, 1280])
@pytest.mark.parametrize("code", ["vi", "en"])
def test_a_mail_fits_any_window(
    browser: Browser, real_site: Mapping[str, bytes], code: str, width: int
) -> None:
    """And its column is not wider than a text should be."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_content(real_site[f"{code}/{CALL}/email.html"].decode())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.querySelectorAll('table')[1].offsetWidth") <= 600
    page.close()


def test_each_kind_of_block_has_its_plain_form() -> None:
    """Headings are ruled, items marked, quotations marked, links numbered, code left as it is."""
    html = (
        "<h1>One</h1><h2>Two &amp; three</h2><p>A <a href='https://a.example/'>link</a> and "
        "<a href='https://b.example/'>another</a>, <a href='https://a.example/'>again</a>.</p>"
        "<ul><li>first<ul><li>inner</li></ul></li><li>second</li></ul><ol><li>one</li><li>two</li>"
        "</ol><blockquote><p>said</p></blockquote><pre>a  b\n c</pre>"
        "<table><tr><th>x</th><td>y</td></tr></table>line<br>break"
    )
    assert as_text(html) == (
        "One\n===\n\nTwo & three\n-----------\n\nA link [1] and another [2], again [1].\n\n"
        "- first\n  - inner\n- second\n\n1. one\n2. two\n\n> said\n\na  b\n c\n\nx y\n\n"
        "line\nbreak\n\n"
        "[1] https://a.example/\n[2] https://b.example/"
    )


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<ul>\n<li></li>\n</ul><p>after</p>", "-\n\nafter"),
        ("<ul><li>a</li><li></li><li>b</li></ul>", "- a\n-\n- b"),
        ("<ol><li></li></ol><p>x</p>", "1.\n\nx"),
        ("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", "1. a\n  - b\n2. c"),
        ('<ol start="3"><li>a</li><li>b</li></ol>', "3. a\n4. b"),
        ("<p>x</p><ul><li><ul><li>a</li></ul></li></ul>", "x\n\n  - - a"),
        ("<p>is <s>not</s> so</p>", "is ~~not~~ so"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n- b"),
    ],
)
def test_lists_are_what_they_are(html: str, text: str) -> None:
    """Empty items, lists in lists, numbers that begin elsewhere, and what was struck out."""
    assert as_text(html) == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_no_text_is_lost_in_plain_text(text: str) -> None:
    """Whatever is in a paragraph is there, but for how its lines are broken."""
    html = f"<p>{escape(text)}</p>"
    assert as_text(html).split() == text.split()
    assert as_text(str(styled(html, {"p": "margin:0"}))) == as_text(html)
