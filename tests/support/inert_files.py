"""What programs read in a site: in files that are no pages, and in what pages say of themselves."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from io import StringIO
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import html5lib

from briefing.outputs.data.table import _without_formulas
from support.bibtex import read_bibtex

SAID = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
ELEMENTS = frozenset(
    (
        *("a", "blockquote", "br", "code", "div", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li"),
        *("ol", "p", "pre", "s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr"),
        "ul",
    )
)
"""What the HTML in a feed is made of."""
ATTRIBUTES = frozenset(("class", "dir", "href", "hreflang", "lang", "rel", "start", "title"))
Put = Callable[[str], str]
"""Puts a text where the markers stand."""


def said(path: str, data: bytes) -> Iterator[str]:
    """Give each text that a program reads in a file, in their order.

    A text fragment is read by nobody, but leads to the words as written.
    """
    for part in _said(path, data):
        yield unquote(part) if ":~:text=" in part else part


def _said(path: str, data: bytes) -> Iterator[str]:
    text = data.decode() if not path.endswith(".png") else ""
    if path.endswith(".html"):
        for script in SAID.findall(text):
            yield from _in_json(json.loads(script))
    elif path.endswith(".json"):
        yield from _in_json(json.loads(text))
    elif path.endswith(".csv"):
        for row in csv.reader(StringIO(text.removeprefix("\ufeff"), newline="")):
            yield from row
    elif path.endswith(".xml"):
        for element in ET.fromstring(text).iter():
            if element.get("type") != "html":
                yield from (*element.attrib.values(), element.text or "")
    elif path.endswith(".bib"):
        for kind, key, fields in read_bibtex(text):
            yield from (kind, key, *fields, *fields.values())
    elif path.endswith(".txt"):
        yield text


def _in_json(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _in_json(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _in_json(inner, name)
    elif isinstance(value, str) and name != "content_html":
        yield value


def html_in(path: str, data: bytes) -> Iterator[str]:
    """Give the HTML that a feed holds."""
    if path.endswith("feed.json"):
        yield from (item["content_html"] for item in json.loads(data)["items"])
    elif path.endswith("feed.xml"):
        for element in ET.fromstring(data).iter():
            if element.get("type") == "html":
                yield element.text or ""


def differences(
    path: str, clean: bytes, made: bytes, put: Put, folded: Callable[[str], str]
) -> Iterator[str]:
    """Say what is otherwise in a file than in the clean one, but for the text, read as written."""
    marked = [*said(path, clean)]
    expected = [*map(put, marked)]
    found = [*said(path, made)]
    if path.endswith(".csv"):
        both = zip(expected, marked, strict=True)
        expected = [
            p if p == before or ":~:text=" in p else _without_formulas(p) for p, before in both
        ]
    if path.endswith(".txt"):
        expected, found = ([_signs(part) for part in parts] for parts in (expected, found))
    if len(expected) != len(found):
        yield f"{len(found)} texts, not {len(expected)}"
    for part, other in zip(expected, found, strict=False):
        if folded(part) != folded(other):
            yield f"{other!r} is read, not {part!r}"
    for html in html_in(path, made):
        yield from _active(html)


def _signs(text: str) -> str:
    """Give the signs of plain text but for spaces, and for what is below titles."""
    return re.sub(r"[\s=-]", "", text)


def _active(html: str) -> Iterator[str]:
    """Say what is active in the HTML of a feed."""
    for element in html5lib.parseFragment(html, namespaceHTMLElements=False).iter():
        given: Mapping[str, str] = element.attrib
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        if element.tag not in ELEMENTS or not ATTRIBUTES.issuperset(given):
            yield f"a feed has an element {element.tag} with {sorted(given)}"
        address = given.get("href", "https:")
        if not re.match(r"https?:|mailto:", address):
            yield f"a feed leads to {address}"
