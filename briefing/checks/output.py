"""What the whole finished site must hold to, before a byte of it is written."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Set
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from briefing.checks.tags import read_tags
from briefing.problems import Place, Problem
from briefing.source import Text


class Output(Struct, frozen=True, kw_only=True):
    """The finished site, its pages read."""

    files: Set[str]
    """The path of every file."""
    pages: Mapping[str, _Page]
    """By path."""
    base: str
    """The path of the site's address."""


def every_link_arrives(output: Output) -> Iterator[Problem]:
    """Every link inside the site must reach a file, and an anchor that is in it."""
    for path, page in output.pages.items():
        for at, address in page.addresses:
            if wrong := _wrong(path, address, output):
                yield Problem(page.place(path, at), wrong)


def ids_are_unique(output: Output) -> Iterator[Problem]:
    """An anchor that is there twice leads to the wrong one."""
    for path, page in output.pages.items():
        for id, count in page.ids.items():
            if count > 1:
                yield Problem(Place(f"output/{path}"), f"the id `{id}` is there twice")


def nothing_is_active(output: Output) -> Iterator[Problem]:
    """A page has no script, style, frame or form in it, and no link that runs anything.

    Content cannot bring them in; this is held on what is made, so that no template can either.
    """
    for path, page in output.pages.items():
        for at, what in page.active:
            cure = "put scripts and styles into files of templates/assets/"
            yield Problem(page.place(path, at), f"{what} is not taken", cure)


def a_policy_comes_first(output: Output) -> Iterator[Problem]:
    """What stands before the content security policy of a page is not held by it."""
    for path, page in output.pages.items():
        if not page.has_policy:
            cure = "begin the head with the meta tag of base.html"
            message = "the head does not begin with a content security policy"
            yield Problem(Place(f"output/{path}"), message, cure)


def _wrong(path: str, address: str, output: Output) -> str | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return f"the link to {address} is not an address"
    if parts.scheme or parts.netloc:
        return None
    there = unquote(parts.path)
    if there.startswith("/") and not there.startswith(output.base):
        return f"the link to {address} leaves the site"
    target = _target(output.base + path, there).removeprefix(output.base)
    if target not in output.files:
        return f"the link to {address} leads nowhere"
    page = output.pages.get(target)
    if parts.fragment and page and unquote(parts.fragment) not in page.ids:
        return f"the link to {address} has no such anchor to arrive at"
    return None


def _target(page: str, address: str) -> str:
    """Give the path that an address on a page leads to; a folder stands for its index.html."""
    whole = posixpath.join(posixpath.dirname(page), address) if address else page
    is_folder = posixpath.basename(whole) in ("", ".", "..")
    reached = posixpath.normpath(whole).rstrip("/")
    return f"{reached}/index.html" if is_folder else reached


ACTIVE = {"applet", "base", "embed", "form", "frame", "iframe", "object", "portal", "style"}
"""Elements that run, load or send something, or change what links mean."""
ADDRESSES = {"action", "cite", "data", "formaction", "href", "poster", "src", "xlink:href"}
"""Attributes that hold an address."""
SCHEMES = {"", "http", "https", "mailto"}
"""Of the links of a page."""


class _Page:
    """The links and the ids of a page, and what is active in it."""

    def __init__(self, text: str) -> None:
        self.ids: Counter[str] = Counter()
        self.addresses: list[tuple[int, str]] = []
        """Each with the index where its tag begins."""
        self.active: list[tuple[int, str]] = []
        self._text = text
        self.has_policy = bool(_POLICY.search(text))
        for at, tag, given in read_tags(text):
            self._read(at, tag, given)

    def place(self, path: str, index: int) -> Place:
        """Give the place of a character of the page."""
        return Text(f"output/{path}", self._text).place(index)

    def _read(self, at: int, tag: str, given: Mapping[str, str]) -> None:
        if tag in ACTIVE or (tag == "script" and "src" not in given):
            self.active.append((at, f"<{tag}>"))
        for name, value in given.items():
            if name == "id" and value:
                self.ids[value] += 1
            elif name in ADDRESSES and value:
                self.addresses.append((at, value))
                if _scheme(value) not in SCHEMES:
                    self.active.append((at, f"a link to {value}"))
            elif name.startswith("on") or name in {"style", "srcdoc"}:
                self.active.append((at, f"the attribute {name}"))


_POLICY = re.compile(r'<head>\s*<meta http-equiv="Content-Security-Policy" ')


def _scheme(address: str) -> str:
    """Give the scheme a browser takes an address to have: it skips spaces and controls."""
    plain = re.sub("[\x00-\x20]", "", address)
    return "" if not (match := _SCHEME.match(plain)) else match[1].lower()


_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.ASCII | re.IGNORECASE)


OUTPUT_CHECKS: tuple[Callable[[Output], Iterator[Problem]], ...] = (
    every_link_arrives,
    ids_are_unique,
    nothing_is_active,
    a_policy_comes_first,
)


def check_outputs(outputs: Mapping[str, bytes], address: str) -> Iterator[Problem]:
    """Run every check on the finished site, which will stand at an address."""
    pages = {path: _Page(data.decode()) for path, data in outputs.items() if path.endswith(".html")}
    base = unquote(urlsplit(address).path)
    output = Output(files=outputs.keys(), pages=pages, base=base)
    for check in OUTPUT_CHECKS:
        yield from check(output)
