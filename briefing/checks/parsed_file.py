"""A file of the finished site, looked through once: what it links to, what is in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from briefing.checks.tags import TAG, read_tags
from briefing.problems import Place
from briefing.syntax.text import Text

ACTIVE = {"applet", "base", "embed", "form", "frame", "iframe", "object", "portal", "style"}
"""Elements that run, load or send something, or change what links mean."""
ADDRESSES = {"action", "cite", "data", "formaction", "href", "poster", "src", "xlink:href"}
"""Attributes that hold an address."""
SCHEMES = {"", "http", "https", "mailto"}
"""Of the links of a page."""
SAID = "application/ld+json"
"""The type of a script that does not run: it holds what a page says of itself."""
_REFRESH = re.compile(r"\s*\d+\s*;\s*url=(.*)", re.IGNORECASE)


class ParsedFile:
    """A text of the site, and the addresses in it."""

    def __init__(self, path: str, text: str, address: str) -> None:
        """The address is that of the site; what begins with it is taken for a link."""
        self.path, self.text = path, text
        self.folder = path[: path.rfind("/") + 1]
        """Where it stands; "" or ends in a slash."""
        self.addresses: dict[str, str] = dict.fromkeys(_in_full(address).findall(text), "")
        """Each with the first tag that has it, or "" where it may stand anywhere."""

    def place(self, written: str) -> Place:
        """Give the first place of what is written in it."""
        return Text(f"output/{self.path}", self.text).place(max(0, self.text.find(written)))

    def place_of(self, address: str) -> Place:
        """Give the place of a link."""
        return self.place(self.addresses[address] or address)


@lru_cache(maxsize=16)
def _in_full(address: str) -> re.Pattern[str]:
    """Find what begins with the address of the site, up to what cannot be of it in any format."""
    return re.compile(rf"""{re.escape(address)}(?:[^\s"'<>&\\,;()\[\]]*[^\s"'<>&\\,;()\[\].])?""")


class ParsedPage(ParsedFile):
    """A page: the ids in it, what is active, what its head says."""

    def __init__(self, path: str, text: str, address: str) -> None:
        super().__init__(path, text, address)
        self.ids: dict[str, int] = {}
        """How often each is there."""
        self.active: list[tuple[str, str]] = []
        """With the tag, too."""
        self.versions: list[tuple[str, str]] = []
        """The hreflang and the address of each page that tells the same."""
        self.has_policy = bool(_POLICY.search(text))
        is_mail = path.endswith("email.html")
        for tag, count in Counter(TAG.findall(text)).items():
            if facts := _facts(tag):
                for id in facts.ids:
                    self.ids[id] = self.ids.get(id, 0) + count
                for link in facts.addresses:
                    self.addresses[link] = self.addresses.get(link) or tag
                self.active += [(tag, what) for what in facts.active]
                self.active += [] if is_mail else [(tag, what) for what in facts.looks]
                self.versions += facts.versions

    @property
    def said(self) -> list[str]:
        """What it says of itself to machines."""
        return _SAID.findall(self.text)


class _Facts(Struct, frozen=True):
    """What is to be known of a tag."""

    ids: tuple[str, ...]
    addresses: tuple[str, ...]
    active: tuple[str, ...]
    looks: tuple[str, ...]
    """What a mail may have, and no other page."""
    versions: tuple[tuple[str, str], ...]


@lru_cache(maxsize=20_000)
def _facts(written: str) -> _Facts | None:
    """Read a tag, or what is like one; most tags of a site are written like many others."""
    ids: list[str] = []
    addresses: list[str] = []
    active: list[str] = []
    looks: list[str] = []
    versions: list[tuple[str, str]] = []
    for _, tag, given in read_tags(written):
        runs = tag == "script" and "src" not in given and given.get("type") != SAID
        if tag in ACTIVE or runs:
            active.append(f"<{tag}>")
        if tag == "link" and given.get("rel") == "alternate" and "hreflang" in given:
            versions.append((given["hreflang"], given.get("href", "")))
        for name, value in given.items():
            if name == "id" and value:
                ids.append(value)
            elif name == "style":
                looks.append("the attribute style")
            elif name.startswith("on") or name == "srcdoc":
                active.append(f"the attribute {name}")
            for address in _addresses(tag, name, given):
                addresses.append(address)
                if scheme_of(address) not in SCHEMES:
                    active.append(f"a link to {address}")
    if not (ids or addresses or active or looks or versions):
        return None
    found = (ids, addresses, active, looks, versions)
    return _Facts(*map(tuple, found))  # type: ignore[arg-type]


def _addresses(tag: str, name: str, given: Mapping[str, str]) -> list[str]:
    """Give the addresses in an attribute."""
    value = given[name]
    if name in ADDRESSES:
        return [value] if value else []
    if name in {"srcset", "imagesrcset"}:
        return [part.split()[0] for part in value.split(",") if part.split()]
    refreshes = tag == "meta" and given.get("http-equiv", "").lower() == "refresh"
    if refreshes and name == "content" and (match := _REFRESH.fullmatch(value)):
        return [match[1].strip()]
    return []


_POLICY = re.compile(r'<head>\s*<meta http-equiv="Content-Security-Policy" ')
_SAID = re.compile(rf'<script type="{re.escape(SAID)}">(.*?)</script>', re.DOTALL)


def scheme_of(address: str) -> str:
    """Give the scheme a browser takes an address to have: it skips spaces and controls."""
    plain = re.sub("[\x00-\x20]", "", address)
    return "" if not (match := _SCHEME.match(plain)) else match[1].lower()


_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.ASCII | re.IGNORECASE)
