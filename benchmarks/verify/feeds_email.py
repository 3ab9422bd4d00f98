"""Check the files beside the page of a topic: its feeds, its email and its card."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape
from xml.etree import ElementTree as ET

from benchmarks.corpus.facts import LANGUAGES
from benchmarks.corpus.news import Topic
from benchmarks.verify.data import points_that_differ
from benchmarks.verify.files import (
    Site,
    address_of,
    folder_of,
    lines_of,
    missing_texts,
    one_line,
    other_language,
    plain_text,
    relative_links,
)

NAMES = ("feed.xml", "feed.json", "email.html", "email.txt", "card.png")
"""The names of the files beside the page of each topic, in each language."""
ENTRIES = 50
"""The most topics that the feed of a language has."""
_ATOM = {"": "http://www.w3.org/2005/Atom"}
_PNG = b"\x89PNG\r\n\x1a\n"
_SIZE = (1200).to_bytes(4, "big") + (630).to_bytes(4, "big")
_UNSTYLED = re.compile(r"<(?:h1|h2|p|ul|li|a)(?=[\s>])(?![^>]*\sstyle=)")
_LINK_MARK = re.compile(r" (?:\[\d+\]|\(https?://[^)\s]*\))")


@dataclass(frozen=True)
class Entry:
    """What a feed says of a page. `other` is its address in the other language."""

    title: str
    published: str
    changed: str
    html: str
    other: str


def check_beside_topic(site: Site, topic: Topic) -> Iterator[str]:
    """Yield what is wrong with the files beside a topic, in each language."""
    for side, language in enumerate(LANGUAGES):
        folder = folder_of(language, topic.id)
        for name, read in READERS.items():
            path = f"{folder}{name}"
            yield from _check_entries(path, read(site.text(path)), topic, side)
        yield from _check_email(site, folder, topic, side)
        yield from _check_card(site, f"{folder}card.png")


def check_site_feeds(site: Site, topics: list[Topic]) -> Iterator[str]:
    """Yield what is wrong with the feeds of the languages."""
    for side, language in enumerate(LANGUAGES):
        for name, read in READERS.items():
            path = f"{language}/{name}"
            entries = read(site.text(path))
            yield from _check_order(path, list(entries.values()))
            if len(entries) != min(ENTRIES, len(topics)):
                yield f"{path}: {len(entries)} entries"
            for topic in topics:
                if entry := entries.get(address_of(language, topic.id)):
                    yield from _check_headline(path, entry, topic, side)


def _check_headline(path: str, entry: Entry, topic: Topic, side: int) -> Iterator[str]:
    yield from missing_texts(path, plain_text(entry.html), [topic.dek[side]])
    yield from relative_links(path, entry.html)
    if (entry.title, entry.changed) != (topic.title[side], f"{_last(topic)}"):
        yield f"{path}: {topic.id} is {entry.title}, changed {entry.changed}"


def _atom(text: str) -> dict[str, Entry]:
    """Return the entries of an Atom feed by id, which is an address."""
    feed = ET.fromstring(text or "<none/>")  # noqa: S314  we made it
    entries = {entry.findtext("id", "", _ATOM): entry for entry in feed.findall("entry", _ATOM)}
    return {
        id: Entry(
            entry.findtext("title", "", _ATOM),
            entry.findtext("published", "", _ATOM)[:10],
            entry.findtext("updated", "", _ATOM)[:10],
            entry.findtext("content", "", _ATOM),
            " ".join({link.get("href", "") for link in entry.findall("link", _ATOM)} - {id}),
        )
        for id, entry in entries.items()
    }


def _json_feed(text: str) -> dict[str, Entry]:
    """Return the items of a JSON Feed by id, which is an address."""
    return {
        item["id"]: Entry(
            item["title"],
            item["date_published"][:10],
            item["date_modified"][:10],
            item["content_html"],
            " ".join(version["url"] for version in item["_briefing"]["versions"]),
        )
        for item in json.loads(text or "{}").get("items", [])
    }


READERS = {"feed.xml": _atom, "feed.json": _json_feed}


def _check_entries(
    path: str, entries: Mapping[str, Entry], topic: Topic, side: int
) -> Iterator[str]:
    language = LANGUAGES[side]
    wanted = {
        address_of(language, topic.id): (topic.title, topic.body, _first(topic), _last(topic))
    }
    for article in topic.articles:
        read = article.accessed
        address = address_of(language, topic.id, article.id)
        wanted[address] = (article.title, article.body, read, read)
    if entries.keys() != wanted.keys():
        yield f"{path}: {len(entries.keys() & wanted.keys())} of {len(wanted)} entries"
    for address in wanted.keys() & entries.keys():
        title, body, published, changed = wanted[address]
        entry = entries[address]
        yield from missing_texts(path, plain_text(entry.html), lines_of(body[side]))
        yield from relative_links(path, entry.html)
        other = address.replace(f"/{language}/", f"/{other_language(language)}/")
        right = Entry(title[side], f"{published}", f"{changed}", entry.html, other)
        if entry != right:
            yield f"{path}: {address} is not as it should be"
    yield from _check_order(path, list(entries.values())[1:])


def _check_order(path: str, entries: list[Entry]) -> Iterator[str]:
    days = [entry.changed for entry in entries]
    if days != sorted(days, reverse=True):
        yield f"{path}: the newest is not the first"


def _first(topic: Topic) -> date:
    return min(article.accessed for article in topic.articles)


def _last(topic: Topic) -> date:
    return max(article.accessed for article in topic.articles)


def _check_email(site: Site, folder: str, topic: Topic, side: int) -> Iterator[str]:
    """Yield what an email in HTML and in plain text lacks, and its relative links."""
    differing = [claim for article in topic.articles for claim in article.claims]
    points = set(points_that_differ(site, topic.id))
    differing = [claim for claim in differing if claim.point.id in points]
    wanted = [topic.title[side], topic.dek[side], *lines_of(topic.body[side])]
    wanted += [article.outlet.name[side] for article in topic.articles]
    wanted += [text for c in differing for text in (c.point.label[side], c.value.shown[side])]
    links = [*_links_of_email(topic, side), *(_row(topic, side, point) for point in points)]
    path, text_path = f"{folder}email.html", f"{folder}email.txt"
    html, text = site.text(path), site.text(text_path)
    yield from missing_texts(path, plain_text(html), wanted)
    yield from missing_texts(path, unescape(html), (f'href="{link}"' for link in links))
    yield from missing_texts(text_path, one_line(_LINK_MARK.sub("", one_line(text))), wanted)
    yield from missing_texts(text_path, text, links)
    yield from relative_links(path, html)
    if _UNSTYLED.search(html):
        yield f"{path}: an element without its style"


def _links_of_email(topic: Topic, side: int) -> Iterator[str]:
    """Yield the addresses in an email: the comparison, points of its text, articles twice."""
    yield address_of(LANGUAGES[side], topic.id)
    yield from (_row(topic, side, id) for id in re.findall(r"\(point:([^)]+)\)", topic.body[side]))
    for article in topic.articles:
        yield address_of(LANGUAGES[side], topic.id, article.id)
        yield article.url


def _row(topic: Topic, side: int, point: str) -> str:
    return f"{address_of(LANGUAGES[side], topic.id)}#{point}"


def _check_card(site: Site, path: str) -> Iterator[str]:
    """Yield a message unless a card is a PNG of 1200 by 630 pixels (RFC 2083, 11.2.1)."""
    file = site.root / path
    head = file.read_bytes()[:24] if file.is_file() else b""
    if not (head.startswith(_PNG) and head.endswith(_SIZE)):
        yield f"{path}: no card"
