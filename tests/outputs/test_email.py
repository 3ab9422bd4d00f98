"""A topic as it is mailed: HTML that mail programs show, and plain text that says the same."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from colorsys import hls_to_rgb, rgb_to_hls
from typing import Any

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
            assert "class" not in attributes or name in {"span", "p", "ul", "li"}


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


def topics(site: Mapping[str, bytes]) -> dict[str, tuple[str, dict[str, Any]]]:
    """Give the plain text of each mail without its links, and the data of its topic, by path."""
    found = {}
    for path in mails(site):
        text = site[path.replace(".html", ".txt")].decode()
        body = re.sub(r" \[\d+\]", "", re.sub(r"\s+", " ", re.split(r"\n\n(?=\[1\] )", text)[0]))
        found[path] = body, json.loads(site[f"data/{path.split('/')[1]}.json"])
    return found


def label(data: Mapping[str, Any], point: str, code: str) -> str:
    (found,) = (each["label"][code] for each in data["points"] if each["id"] == point)
    return str(found)


def test_a_mail_leads_with_the_answer(site: Mapping[str, bytes]) -> None:
    """Title, facts, tally, differences; then the text, the articles, corrections and links."""
    assert any("differ" in str(data["verdicts"]) for _, data in topics(site).values())
    for path, (text, data) in topics(site).items():
        code = path[:2]
        heads = MAIL_HEADS[code]
        dated = any(each["accessed"] for each in data["articles"]) or data["changes"]
        differing = [each["point"] for each in data["verdicts"] if each["verdict"] == "differ"]
        points = [label(data, each, code) for each in differing]
        order = [
            data["titles"][code],
            *([heads["compared"]] if dated else []),
            *([heads["differ"], *points] if points else []),
            heads["articles"],
            *([heads["changes"]] if data["changes"] else []),
            heads["links"],
        ]
        at = -1
        for part in order:
            assert (at := text.find(f" {part} ", at + 1)) > 0, part


MAIL_HEADS = {
    "en": {
        "compared": "compared on",
        "differ": "Where they differ",
        "articles": "The articles",
        "changes": "Corrections and changes",
        "links": "Follow and download",
    },
    "vi": {
        "compared": "đối chiếu ngày",
        "differ": "Chỗ khác nhau",
        "articles": "Các bài viết",
        "changes": "Đính chính và thay đổi",
        "links": "Theo dõi và tải về",
    },
}


def shown_positions(html: str) -> list[str]:
    """Give the positions in a part of a page, in their order; not those that a template holds."""
    shown = re.sub(r"<template.*?</template>", "", html, flags=re.DOTALL)
    tree = html5lib.parse(shown, namespaceHTMLElements=False)
    found = (each for each in tree.iter("li") if each.get("class") == "position")
    return [" ".join("".join(each.itertext()).split()) for each in found]


def test_a_mail_has_the_positions_of_each_difference_as_its_page_has_them(
    site: Mapping[str, bytes],
) -> None:
    """All of them, with the same speakers and numbers, and nothing of other rows."""
    for path, (_, data) in topics(site).items():
        page = site[path.replace("email.html", "index.html")].decode()
        expected = []
        for each in data["verdicts"]:
            if each["verdict"] == "differ":
                row = page[page.index(f'<tr id="{each["point"]}"') :]
                own = shown_positions(row[: row.index("</tr>")])
                assert len(own) == len(each["positions"])
                expected += own
        assert shown_positions(site[path].decode()) == expected


def test_a_mail_numbers_the_articles_as_its_page_does(site: Mapping[str, bytes]) -> None:
    """In a line before the positions, and where it says of each what is wrong with it."""
    for path, (text, data) in topics(site).items():
        names = [each["outlet"]["name"][path[:2]] for each in data["articles"]]
        if len(names) > 1:
            line = " · ".join(f"{number} {name}" for number, name in enumerate(names, 1))
            assert text.index(line) < text.index(MAIL_HEADS[path[:2]]["differ"])
        for number, (name, article) in enumerate(zip(names, data["articles"], strict=True), 1):
            item = text[text.rindex(f" {number}. {name}, ") :].split(f" {number + 1}. ")[0]
            wrong = article["integrity_note"][path[:2]] if article["integrity"] == "altered" else ""
            assert wrong in item


def with_changes(small: Sources, count: int) -> Sources:
    """Give the small site with so many corrections of its river topic."""
    path = "content/river-talks/topic.yaml"
    head, _, _ = small[path].decode().partition("\nchanges:")
    changes = "".join(
        f"\n  - {{date: 2025-06-0{day}, kind: correction, text: {{vi: Sửa {day}, en: Fix {day}}}}}"
        for day in range(count, 0, -1)
    )
    return small | {path: f"{head}\nchanges:{changes or ' []'}\n".encode()}


@pytest.mark.parametrize(
    ("count", "shown", "rest"),
    [
        (0, [], ""),
        (1, [1], ""),
        (3, [3, 2, 1], ""),
        (4, [4, 3, 2], "1 earlier entry"),
        (9, [9, 8, 7], "6 earlier entries"),
    ],
)
def test_a_mail_has_the_newest_three_corrections_and_says_how_many_there_are(
    small: Sources, count: int, shown: list[int], rest: str
) -> None:
    """The others are a link away; where there are none, nothing is said of any."""
    text = make_site(with_changes(small, count), AS_OF)["en/river-talks/email.txt"].decode()
    assert [int(day) for day in re.findall(r"Fix (\d)", text)] == shown
    assert ("Corrections and changes" in text) == bool(count)
    assert ("earlier" in text) == bool(rest)
    assert rest in text
    assert ("https://example.org/small/en/river-talks/#_changes" in text) == bool(rest)


def test_a_mail_says_where_nothing_differs(small: Sources) -> None:
    """It is the answer, too."""
    path = "content/river-talks/gazette.en.md"
    lines = [line for line in small[path].decode().splitlines() if "point: dams" not in line]
    site = make_site(small | {path: "\n".join(lines).encode()}, AS_OF)
    text = site["en/river-talks/email.txt"].decode()
    assert "The articles differ nowhere." in text
    assert "Where they differ" not in text


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_the_plain_text_says_what_the_mail_says(site: Mapping[str, bytes]) -> None:
    """Word for word; links are numbers in it, and stand at its end, and items are numbered."""
    for path, page in mails(site).items():
        plain = site[path.replace(".html", ".txt")].decode()
        body, *_ = re.split(r"\n\n(?=\[1\] )", plain)
        assert "<" not in body
        shown = re.sub(r"\s\[\d+\]", "", body)
        tree = html5lib.parse(page, namespaceHTMLElements=False)
        for items in tree.iter("ol"):
            for number, item in enumerate(items.findall("li"), 1):
                item.text = f"{number}. {item.text or ''}"
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


@pytest.mark.parametrize("code", ["vi", "en"])
def test_a_phone_shows_the_first_difference_at_once(
    browser: Browser, real_site: Mapping[str, bytes], code: str
) -> None:
    """With who says what, on its first screen, and three differences within three."""
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.set_content(real_site[f"{code}/{CALL}/email.html"].decode())
    ends = page.evaluate(
        "[...document.querySelectorAll('.positions')]"
        ".map((list) => list.getBoundingClientRect().bottom)"
    )
    page.close()
    assert ends[0] <= 740
    assert ends[2] <= 3 * 740


def luminance(colour: str, *, inverted: bool) -> float:
    """Give the relative luminance of a colour (WCAG 2.2), or of it with its lightness inverted."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, light, saturation = rgb_to_hls(red, green, blue)
    parts = hls_to_rgb(hue, 1 - light, saturation) if inverted else (red, green, blue)
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("inverted", [False, True])
def test_a_mail_can_be_read_in_the_dark(site: Mapping[str, bytes], inverted: bool) -> None:
    """Mail programs invert the lightness of its colours, or leave them: both have contrast.

    No text is without a ground of its own, which a program could make dark under it.
    """
    for page in mails(site).values():
        body = page[page.index("<body") :]
        grounds = set(re.findall(r"background:(#[0-9a-f]{6})", body))
        inks = set(re.findall(r"(?<![-\w])color:(#[0-9a-f]{6})", body))
        assert grounds
        assert inks
        for ink in inks:
            for ground in grounds:
                lights = sorted(luminance(each, inverted=inverted) for each in (ink, ground))
                assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5, (ink, ground)


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
