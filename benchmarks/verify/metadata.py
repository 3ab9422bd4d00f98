"""Check heads of pages, JSON-LD, sitemap, robots.txt and the list of addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

from benchmarks.corpus.briefing_sources import ADDRESS
from benchmarks.corpus.facts import LANGUAGES
from benchmarks.corpus.news import Article, Topic
from benchmarks.verify.data import FORMS, INDEX, SCHEMA
from benchmarks.verify.feeds_email import NAMES
from benchmarks.verify.files import Site, address_of, articles_of, folder_of

_SITEMAP = {"": "http://www.sitemaps.org/schemas/sitemap/0.9"}
_LINKS = "{http://www.w3.org/1999/xhtml}link"
_ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">')
_FEED = re.compile(r'<link rel="alternate" type="application/(?:atom\+xml|feed\+json)" ')
_META = re.compile(r'<meta (?:property|name)="((?:og|twitter):[a-z:_]+)" content="([^"]+)">')
_JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>')
SHARED = {
    *("og:type", "og:site_name", "og:title", "og:description", "og:url", "og:locale"),
    *("og:locale:alternate", "og:image", "og:image:width", "og:image:height", "og:image:alt"),
    "twitter:card",
}
"""The Open Graph and Twitter properties that the head of each page has."""
FEEDS = 4
"""Feeds that a page of a topic names: two of the topic and two of the language."""


def alternates_of(topic: str, article: str = "") -> dict[str, str]:
    """Return the addresses of a page by language, and as `x-default` that of the first language."""
    found = {code: address_of(code, topic, article) for code in LANGUAGES}
    return found | {"x-default": found[LANGUAGES[0]]}


def check_heads(site: Site, topic: Topic) -> Iterator[str]:
    """Yield what is wrong with the heads of the pages of a topic and of its articles."""
    for language in LANGUAGES:
        for article in articles_of(topic):
            path = f"{folder_of(language, topic.id, article)}index.html"
            text = site.text(path)
            head = text.partition("</head>")[0]
            found = [
                *_check_head(site, head, topic, article),
                *_check_json_ld(text, topic, language, article),
            ]
            yield from (f"{path}: {each}" for each in found)


def _check_head(site: Site, head: str, topic: Topic, article: str) -> Iterator[str]:
    if dict(_ALTERNATE.findall(head)) != alternates_of(topic.id, article):
        yield "not all languages"
    if len(_FEED.findall(head)) != FEEDS:
        yield "not all feeds"
    shared = dict(_META.findall(head))
    if missing := SHARED - shared.keys():
        yield f"no {', '.join(sorted(missing))}"
    card = shared.get("og:image", "").removeprefix(ADDRESS)
    if not (card.endswith(f"{topic.id}/card.png") and (site.root / card).is_file()):
        yield f"{card}: no card of the topic"


def _check_json_ld(text: str, topic: Topic, language: str, id: str) -> Iterator[str]:
    """Yield what is wrong with the JSON-LD of a page."""
    found = _JSON_LD.search(text)
    said = json.loads(found[1]) if found else {}
    if said.get("@id") != address_of(language, topic.id, id) or not said.get("publisher"):
        yield "nothing, or nothing right, for machines"
        return
    article = next((each for each in topic.articles if each.id == id), None)
    yield from (
        _check_article_json_ld(said, article) if article else _check_topic_json_ld(said, topic)
    )


def _check_article_json_ld(said: Mapping[str, Any], article: Article) -> Iterator[str]:
    source = said["isBasedOn"]
    found = (said["@type"], source["@id"], source["datePublished"], said["dateModified"])
    if found != ("Article", article.url, f"{article.published}", f"{article.accessed}"):
        yield f"{found} for machines"


def _check_topic_json_ld(said: Mapping[str, Any], topic: Topic) -> Iterator[str]:
    """Yield the articles that are not cited."""
    if {each["@id"] for each in said["citation"]} != {article.url for article in topic.articles}:
        yield "not all articles are cited"


def check_sitemap(site: Site, topics: list[Topic]) -> Iterator[str]:
    """Yield the pages of topics and articles that the sitemaps lack or list wrongly."""
    listed: dict[str, list[dict[str, str]]] = {}
    for path in site.sitemaps:
        for url in ET.fromstring(site.text(path) or "<none/>"):  # noqa: S314  we made it
            links = {link.get("hreflang", ""): link.get("href", "") for link in url.iter(_LINKS)}
            dated = {"lastmod": url.findtext("lastmod", "", _SITEMAP)}
            listed.setdefault(url.findtext("loc", "", _SITEMAP), []).append(links | dated)
    for topic in topics:
        for language in LANGUAGES:
            for article in articles_of(topic):
                address = address_of(language, topic.id, article)
                found = [dict(each) for each in listed.get(address, [])]
                are_dated = all(each.pop("lastmod") for each in found)
                if found != [alternates_of(topic.id, article)] or not are_dated:
                    yield f"{address}: not in a sitemap as it should be"


def check_manifest(site: Site, topics: list[Topic]) -> Iterator[str]:
    """Yield the addresses that manifest.txt lacks, or has although nothing is there."""
    listed = site.text("manifest.txt").splitlines()
    if missing := set(addresses(site, topics)) - set(listed):
        yield f"manifest.txt: {len(missing)} are not there: {sorted(missing)[:3]}"
    for address in map(unescape, listed):
        path = f"{address}index.html" if not address or address.endswith("/") else address
        if not (site.root / path).is_file():
            yield f"manifest.txt: nothing is at {address}"


def addresses(site: Site, topics: list[Topic]) -> Iterator[str]:
    """Yield the permanent addresses, below that of the site."""
    yield from (INDEX, SCHEMA)
    for language in LANGUAGES:
        yield from (f"{language}/", f"{language}/about/", *_feeds_of(f"{language}/"))
        for topic in topics:
            yield from (folder_of(language, topic.id, article) for article in articles_of(topic))
            yield from (
                f"{folder_of(language, topic.id)}{name}" for name in NAMES if name != "card.png"
            )
    for topic in topics:
        yield from (site.data_of(topic.id, form) for form in FORMS)


def _feeds_of(folder: str) -> Iterator[str]:
    return (f"{folder}{name}" for name in NAMES if name.startswith("feed"))


def check_robots(site: Site) -> Iterator[str]:
    """Yield a message if robots.txt does not name the sitemap."""
    if f"Sitemap: {ADDRESS}sitemap.xml" not in site.text("robots.txt").splitlines():
        yield "robots.txt: no sitemap"
