"""A feed and how it is written: as Atom (RFC 4287) and as JSON Feed.

https://www.jsonfeed.org/version/1.1/
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct, json

from briefing.rendering.context import PageContext
from briefing.rendering.page import ATOM, JSON_FEED

VERSION = "https://jsonfeed.org/version/1.1"


class Entry(Struct, frozen=True, kw_only=True):
    """One text that is new, or was changed."""

    id: str
    """Its first address, which a rename does not change."""
    address: str
    title: str
    came_out: str | None
    """In the form of RFC 3339, as all times here; None where it is not known."""
    changed: str
    summary: str | None
    html: str
    tags: tuple[str, ...]
    versions: tuple[tuple[str, str], ...]
    """The other languages it is told in, each with its address."""


class Feed(Struct, frozen=True, kw_only=True):
    """What is new."""

    id: str
    title: str
    subtitle: str
    language: str
    author: str
    responsible: tuple[str, str] | None
    """The name of who is responsible for it, and where to reach them, "" for nowhere; None where
    nobody is named."""
    home: str
    """The address of the page it goes with."""
    folder: str
    """The address below which its files are."""
    icon: str
    changed: str
    entries: tuple[Entry, ...]
    versions: tuple[tuple[str, str], ...]
    """The other languages it is there in, each with the address of its folder."""

    @property
    def atom(self) -> str:
        """Where it is, as Atom."""
        return self.folder + ATOM

    @property
    def json(self) -> str:
        """Where it is, as JSON Feed."""
        return self.folder + JSON_FEED


def atom(here: PageContext, feed: Feed) -> bytes:
    """Return a feed as Atom."""
    return here.renderer.for_language(here.language).render("feeds/atom.xml", {"feed": feed})


def json_feed(here: PageContext, feed: Feed) -> bytes:
    """Return a feed as JSON Feed; the languages it is there in stand in an extension of ours."""
    author = {"name": feed.author, "url": feed.home}
    about = here.address_of(f"{feed.language}/about/index.html")
    written = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.json,
        "description": feed.subtitle,
        "icon": feed.icon,
        "authors": [author],
        "language": feed.language,
        "_briefing": {"about": about, **_responsible(feed)}
        | _versions([(code, folder + JSON_FEED) for code, folder in feed.versions]),
        "items": [_item(entry, feed) for entry in feed.entries],
    }
    return json.format(json.encode(written), indent=1) + b"\n"


def _responsible(feed: Feed) -> dict[str, Any]:
    """Return who is responsible for a feed, as an author of one is written; {} for nobody."""
    if feed.responsible is None:
        return {}
    name, contact = feed.responsible
    return {"responsible": {"name": name, **({"url": contact} if contact else {})}}


def _item(entry: Entry, feed: Feed) -> dict[str, Any]:
    told = {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "content_html": entry.html,
        **({"date_published": entry.came_out} if entry.came_out else {}),
        "date_modified": entry.changed,
        "language": feed.language,
        "tags": entry.tags,
        "_briefing": _versions(entry.versions),
    }
    return told | ({"summary": entry.summary} if entry.summary else {})


def _versions(versions: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {"versions": [{"language": code, "url": address} for code, address in versions]}
