"""What readers are shown is in words: no id, no interval, no time as programs tell it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

import html5lib
import pytest

from briefing.content.parse import parse_site
from briefing.model.site import Site, Topic
from build import make_site
from support.generate import generate
from support.sites import AS_OF, Sources

ATOM = "{http://www.w3.org/2005/Atom}"
SHOWN_ATTRIBUTES = ("alt", "title", "aria-label", "placeholder", "label", "data-none", "data-some")
HIDDEN = {"script", "style", "template"}
ADDRESS = re.compile(r"(?:https?://|mailto:)\S+")
SIGNS = re.compile(
    r"[\[(](?:−∞|-?\d[\d.:TZ-]*), ?(?:∞|-?\d[\d.:TZ-]*)[\])]"  # [162, 180)
    r"|\b\d{4}-\d{2}(?:-\d{2}(?:T[\d:]+Z?)?)?\b"  # 2025-03-18T14:00Z
    r"|GMT[+-]\d"
)
TOKEN = re.compile(r"[\w-]+")


def shown_in(html: str) -> Iterator[str]:
    """Yield the texts of a page that are seen or heard, without addresses."""
    root = html5lib.parse(html, namespaceHTMLElements=False)
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.rpartition("}")[2] not in HIDDEN:
            yield element.text or ""
        yield element.tail or ""
        yield from (element.get(name, "") for name in SHOWN_ATTRIBUTES)
        if element.tag == "meta" and element.get("name", element.get("property", "")).endswith(
            ("description", "title", "alt", "site_name")
        ):
            yield element.get("content", "")


def shown_in_atom(data: bytes) -> Iterator[str]:
    for element in ET.fromstring(data).iter():
        if element.tag in {f"{ATOM}{name}" for name in ("title", "subtitle", "summary", "name")}:
            yield element.text or ""
        elif element.tag == f"{ATOM}content":
            yield from shown_in(element.text or "")


def shown_in_feed(data: bytes) -> Iterator[str]:
    feed = json.loads(data)
    for entry in (feed, *feed["items"]):
        yield from (entry.get(key, "") for key in ("title", "description", "summary"))
        yield from shown_in(entry.get("content_html", ""))


def shown(path: str, data: bytes) -> Iterator[str]:
    """Yield what readers are shown of an output file."""
    if path.endswith(".html"):
        yield from shown_in(data.decode())
    elif path.endswith("email.txt"):
        yield data.decode()
    elif path.endswith("feed.xml"):
        yield from shown_in_atom(data)
    elif path.endswith("feed.json"):
        yield from shown_in_feed(data)


def ids_of(site: Site) -> set[str]:
    """Give all ids that could be shown by mistake: those that look like no word."""
    found = {topic.id for topic in site.topics} | {*site.voices, *site.sides}
    for topic in site.topics:
        found |= {article.id for article in topic.articles}
        found |= {article.outlet.id for article in topic.articles}
        found |= {group.id for group in topic.groups}
        found |= {point.id for point in topic.points}
        found |= {option for point in topic.points for option in point.options}
    return {id for id in found if "-" in id}


def words_of(topic: Topic) -> Iterator[str]:
    """Yield the texts of the content in which something like an id may be a word."""

    def texts(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            for part in value.values():
                yield from texts(part)

    for point in topic.points:
        for text in (point.label, point.question, point.settle, point.note):
            yield from texts(text)
        for option in point.options.values():
            yield from texts(option.label)
    summaries = [*topic.texts.values(), *(s for a in topic.articles for s in a.summaries.values())]
    for summary in summaries:
        yield f"{summary.title} {summary.dek}"
        for block in summary.body.blocks:
            yield re.sub("<[^>]*>", " ", block.render(lambda _: None))
    for claim in (claim for article in topic.articles for claim in article.claims):
        yield from texts(claim.text)
        yield f"{claim.at.start} {claim.at.end}"
        yield from claim.at.gloss.values()


@pytest.fixture(scope="module", params=["small", "real", "generated"])
def sources(request: pytest.FixtureRequest, small: Sources) -> Sources:
    """Each of the sites: a small one, the project's own, one in three languages."""
    if request.param == "generated":
        templates = {path: data for path, data in small.items() if path.startswith("templates/")}
        return generate(templates, topics=3, articles=4)
    files: Sources = request.getfixturevalue(request.param)
    return files


def test_no_reader_is_shown_what_is_for_computers(sources: Sources) -> None:
    """Not in a text, nor where a screen reader or a pointer finds one."""
    site = parse_site(sources)
    texts = [text for topic in site.topics for text in words_of(topic)]
    ids = ids_of(site).difference(token for text in texts for token in TOKEN.findall(text))
    written = {sign for text in texts for sign in SIGNS.findall(text)}  # an editor shows a format
    assert ids

    @cache
    def found_in(text: str) -> frozenset[str]:
        plain = ADDRESS.sub(" ", text)
        signs = set(SIGNS.findall(plain)) - written
        return frozenset({*signs, *ids.intersection(TOKEN.findall(plain))})

    outputs = make_site(sources, AS_OF)
    told = {
        p: {s for text in shown(p, data) for s in found_in(text)} for p, data in outputs.items()
    }

    assert {path: sorted(found) for path, found in told.items() if found} == {}
    assert sum(1 for path, data in outputs.items() if any(shown(path, data))) > 10


@pytest.mark.parametrize(
    "html",
    [
        "<p>Energy halt-days</p>",
        '<svg><g aria-label="halt-days"></g></svg>',
        '<meta name="description" content="halt-days">',
        "<p>almost 180 [162, 180)</p>",
        "<p>[2025-03-18, 2025-03-20]</p>",
        "<p>at most 5 <code>(−∞, 5]</code></p>",
        '<p title="2025-03-18T14:00Z">then</p>',
    ],
)
def test_what_is_for_computers_is_found_wherever_it_is_shown(html: str) -> None:
    """The rule above would not hold anything if it found nothing."""
    found = [text for text in shown_in(html) if SIGNS.search(text) or "halt-days" in text]

    assert found


@pytest.mark.parametrize(
    "html",
    [
        '<time datetime="2025-03-18">18 March</time>',
        '<a href="#halt-days">Days</a>',
        "<script>halt-days</script>",
    ],
)
def test_what_is_not_shown_may_be_for_computers(html: str) -> None:
    """Ids are what links lead to, and a day is told to programs as they read it."""
    assert not [text for text in shown_in(html) if SIGNS.search(text) or "halt-days" in text]
