"""A file of the finished site -> its links, ids and JSON-LD, and what is active in it.

A file is parsed once, for all checks. `tags` finds the tags.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from briefing.checks.tags import TAG, read_tags
from briefing.problems import Place
from briefing.syntax.text import Text

ACTIVE_ELEMENTS = {
    "applet",
    "base",
    "embed",
    "form",
    "frame",
    "iframe",
    "object",
    "portal",
    "style",
}
"""Elements that run, load or send something, or that change what links mean (`base`)."""
ADDRESS_ATTRIBUTES = {"action", "cite", "data", "formaction", "href", "poster", "src", "xlink:href"}
"""Attributes whose value is a URL."""
ALLOWED_SCHEMES = {"", "http", "https", "mailto"}
"""Schemes that links of a page may have; "" for relative ones."""
JSON_LD_TYPE = "application/ld+json"
"""The type of a script that does not run: JSON-LD, which describes the page to machines."""
_REFRESH = re.compile(r"\s*\d+\s*;\s*url=(.*)", re.IGNORECASE)


class ParsedFile:
    """A text file of the site, and its links."""

    def __init__(self, path: str, text: str, address: str) -> None:
        """Find the links in the `text` of the file at `path`, by the site's `address`."""
        self.path, self.text = path, text
        self.folder = path[: path.rfind("/") + 1]
        """The folder of the file; "" for the root, else with a slash at its end."""
        self.addresses: dict[str, str] = dict.fromkeys(_absolute_urls(address).findall(text), "")
        """The first tag that has each link, by the link as written; "" if it may be anywhere."""

    def place(self, text: str) -> Place:
        """Return the place where a part of the file is first; its start if it is not in it."""
        return Text(f"output/{self.path}", self.text).place(max(0, self.text.find(text)))

    def place_of(self, address: str) -> Place:
        """Return the place of a link, by the link as written."""
        return self.place(self.addresses[address] or address)


def _absolute_urls(address: str) -> re.Pattern[str]:
    """Return a pattern of URLs of the site, up to a character that ends a URL in any format."""
    return re.compile(
        rf"""{re.escape(address)}(?:[^\s"'<>&\\,;()\[\]{{}}]*[^\s"'<>&\\,;()\[\]{{}}.])?"""
    )


class ParsedPage(ParsedFile):
    """A page: its links, ids and head, and what is active in it."""

    def __init__(self, path: str, text: str, address: str) -> None:
        """Parse the `text` of the page at `path`; `address` is that of the site."""
        super().__init__(path, text, address)
        self.ids: dict[str, int] = {}
        """How often each id is there."""
        self.active: list[tuple[str, str]] = []
        """The tag of everything active or styled that is refused, and a noun for it."""
        self.versions: list[tuple[str, str]] = []
        """The hreflang and the URL of each version of the page, as in `PageContext.versions`."""
        self.has_policy = bool(_POLICY_FIRST.search(text))
        """Whether its head begins with a content security policy."""
        is_mail = path.endswith("email.html")
        for tag, count in Counter(TAG.findall(text)).items():
            if facts := _facts_of_tag(tag):
                for id in facts.ids:
                    self.ids[id] = self.ids.get(id, 0) + count
                for link in facts.addresses:
                    self.addresses[link] = self.addresses.get(link) or tag
                # Mail programs need style attributes, and take no style sheets.
                refused = facts.active if is_mail else facts.active + facts.styles
                if refused:
                    self.active += [(tag, what) for what in refused]
                self.versions += facts.versions

    @property
    def json_ld(self) -> list[str]:
        """The contents of its JSON-LD scripts."""
        return _JSON_LD.findall(self.text)


class _TagFacts(Struct, frozen=True):
    """What the checks need of one tag."""

    ids: tuple[str, ...]
    addresses: tuple[str, ...]
    """Its links, as written."""
    active: tuple[str, ...]
    """A noun for each thing that no page may have."""
    styles: tuple[str, ...]
    """A noun for each thing that only a mail may have."""
    versions: tuple[tuple[str, str], ...]
    """The hreflang and the URL of a link to a version of the page."""


@lru_cache(maxsize=20_000)
def _facts_of_tag(written: str) -> _TagFacts | None:
    """Return what the checks need of a tag, or None if that is nothing.

    The cache spares most of the work: most tags of a site are written like many others.
    """
    ids: list[str] = []
    addresses: list[str] = []
    active: list[str] = []
    styles: list[str] = []
    versions: list[tuple[str, str]] = []
    for _, tag, attributes in read_tags(written):
        runs = (
            tag == "script" and "src" not in attributes and attributes.get("type") != JSON_LD_TYPE
        )
        if tag in ACTIVE_ELEMENTS or runs:
            active.append(f"<{tag}>")
        if tag == "link" and attributes.get("rel") == "alternate" and "hreflang" in attributes:
            versions.append((attributes["hreflang"], attributes.get("href", "")))
        for name, value in attributes.items():
            if name == "id" and value:
                ids.append(value)
            elif name == "style":
                styles.append("the attribute style")
            elif name.startswith("on") or name == "srcdoc":
                active.append(f"the attribute {name}")
            for address in _addresses(tag, name, attributes):
                addresses.append(address)
                if scheme_of(address) not in ALLOWED_SCHEMES:
                    active.append(f"a link to {address}")
    if not (ids or addresses or active or styles or versions):
        return None
    facts = (ids, addresses, active, styles, versions)
    return _TagFacts(*map(tuple, facts))  # type: ignore[arg-type]


def _addresses(tag: str, name: str, attributes: Mapping[str, str]) -> list[str]:
    """Return the links in the attribute `name` of a tag."""
    value = attributes[name]
    if name in ADDRESS_ATTRIBUTES:
        return [value] if value else []
    if name in {"srcset", "imagesrcset"}:
        return [part.split()[0] for part in value.split(",") if part.split()]
    refreshes = tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh"
    if refreshes and name == "content" and (match := _REFRESH.fullmatch(value)):
        return [match[1].strip()]
    return []


_POLICY_FIRST = re.compile(r'<head>\s*<meta http-equiv="Content-Security-Policy" ')
_JSON_LD = re.compile(rf'<script type="{re.escape(JSON_LD_TYPE)}">(.*?)</script>', re.DOTALL)


def scheme_of(address: str) -> str:
    """Return the scheme of a URL as browsers read it, without spaces and controls; "" for none."""
    plain = re.sub("[\x00-\x20]", "", address)
    return "" if not (match := _SCHEME.match(plain)) else match[1].lower()


_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.ASCII | re.IGNORECASE)
