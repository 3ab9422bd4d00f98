"""A site of three languages, 20 topics and 100 articles, crawled."""

from __future__ import annotations

import json
import posixpath
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

from build import make_site
from support.generate import LANGUAGES, generate


def is_read(path: str) -> bool:
    """Whether a file is a page that is read on the site; a mail is read elsewhere."""
    return path.endswith(".html") and not path.endswith("email.html")


class Crawled(HTMLParser):
    """The anchors of a page, and the links of its toggles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.toggles: list[tuple[str, str]] = []
        self.root: dict[str, str | None] = {}
        self._in_toggle = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.root = given
        if id := given.get("id"):
            self.ids.add(id)
        if tag == "nav":
            self._in_toggle = given.get("class") == "toggle"
        if tag == "a" and (self._in_toggle or given.get("class") == "row_toggle"):
            self.toggles.append((given["href"] or "", given.get("hreflang") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "nav":
            self._in_toggle = False


PAIRS = {"vi-en", "en-ar"}


@pytest.fixture(scope="module")
def site(small: dict[str, bytes]) -> dict[str, Crawled]:
    templates = {path: data for path, data in small.items() if path.startswith("templates/")}
    files = generate(templates, topics=20, articles=5)
    facing = {"facing": [pair.split("-") for pair in sorted(PAIRS)]}
    files["site.yaml"] = json.dumps(json.loads(files["site.yaml"]) | facing).encode()
    made = make_site(files)
    return {path: Crawled(data.decode()) for path, data in made.items() if is_read(path)}


def test_every_toggle_leads_to_a_page_and_an_anchor_that_exist(site: dict[str, Crawled]) -> None:
    """From every page and every row the other languages are there, or the nearest page is."""
    followed = anchored = 0
    for path, page in site.items():
        for href, language in page.toggles:
            parts = urlsplit(href)
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), parts.path))
            target = site[f"{there}/index.html"]
            folder = there.split("/")[0]
            assert folder == language or (not language and folder in PAIRS)
            assert not parts.fragment or unquote(parts.fragment) in target.ids
            followed += 1
            anchored += bool(parts.fragment)

    assert len(site) > 250
    assert followed > 500
    assert anchored > 500


def test_languages_that_are_named_can_be_read_facing(site: dict[str, Crawled]) -> None:
    """Each pair that is named has its folder of pages, and no other has."""
    assert {path.split("/")[0] for path in site if "-" in path.split("/")[0]} == PAIRS


def test_every_page_has_a_toggle_to_all_other_languages(site: dict[str, Crawled]) -> None:
    """No reader is left without a way to another language."""
    for path, page in site.items():
        if "/" in path:
            own = path.split("/")[0]
            offered = {language for _, language in page.toggles if language}
            assert offered == LANGUAGES.keys() - {own}


def test_a_right_to_left_language_says_so(site: dict[str, Crawled]) -> None:
    """A page in Arabic runs from right to left, and the others do not."""
    for path, page in site.items():
        if "/" in path:
            language = path.split("/")[0].split("-")[0]
            assert page.root["lang"] == language
            assert page.root["dir"] == ("rtl" if language == "ar" else "ltr")


def test_rows_have_the_same_anchors_in_every_language(site: dict[str, Crawled]) -> None:
    """A link to a point can be sent to a reader of any language."""
    for path, page in site.items():
        if path.count("/") == 2 and "/about/" not in path:
            below = path.split("/", 1)[1]
            for code in LANGUAGES:
                if other := site.get(f"{code}/{below}"):
                    rows = {id for id in page.ids if id.startswith("p-")}
                    assert rows == {id for id in other.ids if id.startswith("p-")}
                    assert len(rows) == 8
