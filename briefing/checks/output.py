"""What the whole finished site must hold to, before a byte of it is written.

Some pages are surveyed at a time: what can be told of them at once is told, and what
they link to elsewhere is kept until the whole site is known.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urlsplit

from msgspec import Struct

from briefing.checks.tags import TAG, read_tags
from briefing.problems import Place, Problem
from briefing.source import Text


class Outgoing(Struct, frozen=True):
    """A file, and perhaps an anchor in it, that pages link to which were not surveyed with it."""

    target: str
    anchor: str
    links: tuple[tuple[str, str], ...]
    """Each by the page it is on, and how it is written there."""


class Survey(Struct, frozen=True, kw_only=True):
    """What some pages of a site have and want."""

    problems: tuple[Problem, ...]
    ids: Mapping[str, Set[str]]
    """By page."""
    outgoing: tuple[Outgoing, ...]
    inner: frozenset[tuple[str, str]] = frozenset()
    """The anchors that others among these pages link to, each with the path of its page."""


def survey(outputs: Mapping[str, bytes], address: str) -> Survey:
    """Look through the pages among some files of a site, which will stand at an address."""
    pages = {path: _Page(path, outputs[path].decode()) for path in outputs if _is_page(path)}
    base = unquote(urlsplit(address).path)
    checked = (check(page) for page in pages.values() for check in PAGE_CHECKS)
    problems = [problem for found in checked for problem in found]
    wanted: dict[tuple[str, str], list[tuple[str, str]]] = {}
    inner: set[tuple[str, str]] = set()
    for page in pages.values():
        for written in page.addresses:
            found = _resolve(base, page.folder, written)
            if isinstance(found, str):
                problems.append(Problem(page.place_of(written), found))
            elif found and not _arrives(found, page, pages, outputs):
                target = (found[0] or page.path, found[1])
                wanted.setdefault(target, []).append((page.path, written))
            elif found and found[0] and found[1]:
                inner.add(found)
    return Survey(
        problems=tuple(problems),
        ids={path: frozenset(page.ids) for path, page in pages.items()},
        outgoing=tuple(Outgoing(*target, tuple(links)) for target, links in wanted.items()),
        inner=frozenset(inner),
    )


def _is_page(path: str) -> bool:
    return path.endswith(".html")


def _arrives(
    found: tuple[str, str], page: _Page, pages: Mapping[str, _Page], outputs: Mapping[str, bytes]
) -> bool:
    """Whether a link ends in one of the files at hand; the target of one to its own page is ""."""
    target, anchor = found
    there = pages.get(target) if target else page
    if there is None:
        return target in outputs
    return not anchor or anchor in there.ids


def every_link_arrives(
    outgoing: Iterable[Outgoing],
    files: Set[str],
    ids: Mapping[str, Set[str]],
    outputs: Mapping[str, bytes],
) -> Iterator[Problem]:
    """Every link inside the site must reach a file, and an anchor that is in it.

    `files` are all of the site, `outputs` those that link; `ids` are those of pages, by
    path, and a file that is not among them has any.
    """
    for link in outgoing:
        wrong = "leads nowhere" if link.target not in files else ""
        if not wrong and link.anchor and link.anchor not in ids.get(link.target, {link.anchor}):
            wrong = "has no such anchor to arrive at"
        if wrong:
            for path, written in link.links:
                place = _Page(path, outputs[path].decode()).place_of(written)
                yield Problem(place, f"the link to {written} {wrong}")


def ids_are_unique(page: _Page) -> Iterator[Problem]:
    """An anchor that is there twice leads to the wrong one."""
    for id, count in page.ids.items():
        if count > 1:
            yield Problem(Place(f"output/{page.path}"), f"the id `{id}` is there twice")


def nothing_is_active(page: _Page) -> Iterator[Problem]:
    """A page has no script, style, frame or form in it, and no link that runs anything.

    Content cannot bring them in; this is held on what is made, so that no template can either.
    """
    for tag, what in page.active:
        cure = "put scripts and styles into files of templates/assets/"
        yield Problem(page.place(tag), f"{what} is not taken", cure)


def a_policy_comes_first(page: _Page) -> Iterator[Problem]:
    """What stands before the content security policy of a page is not held by it."""
    if not page.has_policy:
        cure = "begin the head with the meta tag of base.html"
        message = "the head does not begin with a content security policy"
        yield Problem(Place(f"output/{page.path}"), message, cure)


def _resolve(base: str, folder: str, written: str) -> tuple[str, str] | str | None:
    """Give the file and the anchor that an address in a folder leads to, below a base.

    The file of an address on its own page is "". None for one that leads out of the site; a
    text that says what is wrong with one that is none, or that is not below the base.
    """
    if plain := _PLAIN.fullmatch(written):
        return _below(folder, plain["up"].count("/"), plain["down"]), plain["anchor"] or ""
    if (parts := _parts(written)) is None:
        return f"the link to {written} is not an address"
    if parts.scheme or parts.netloc:
        return None
    there = unquote(parts.path)
    if there.startswith("/") and not there.startswith(base):
        return f"the link to {written} leaves the site"
    target = _target(f"{base}{folder}", there).removeprefix(base) if there else ""
    return target, unquote(parts.fragment)


@lru_cache(maxsize=5_000)
def _parts(address: str) -> SplitResult | None:
    """Take an address apart; None for what is none. Those of sources are on many pages."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


_PLAIN = re.compile(
    r"(?=[^#])(?P<up>(?:\.\./)*)(?P<down>(?:[a-z0-9-]+/)*(?:[a-z0-9-]+\.[a-z]+)?)(?:#(?P<anchor>[\w-]+))?",
    re.ASCII,
)
"""Most of the addresses of a site: some folders up, some down, perhaps an anchor."""


def _below(folder: str, up: int, down: str) -> str:
    """Give the file some folders up and some down from a folder, or what is not there."""
    for _ in range(up):
        if not folder:
            return ".."
        folder = folder[: folder.rfind("/", 0, -1) + 1]
    path = folder + down
    return f"{path}index.html" if not path or path.endswith("/") else path


def _target(folder: str, address: str) -> str:
    """Give the path that an address leads to from a folder, which stands for its index.html."""
    whole = posixpath.join(folder, address)
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

    def __init__(self, path: str, text: str) -> None:
        self.path, self._text = path, text
        self.folder = path[: path.rfind("/") + 1]
        """Where it stands; "" or ends in a slash."""
        self.ids: dict[str, int] = {}
        """How often each is there."""
        self.addresses: dict[str, str] = {}
        """Each with the first tag that has it."""
        self.active: list[tuple[str, str]] = []
        """With the tag, too."""
        self.has_policy = bool(_POLICY.search(text))
        for tag, count in Counter(TAG.findall(text)).items():
            if facts := _facts(tag):
                for id in facts.ids:
                    self.ids[id] = self.ids.get(id, 0) + count
                for address in facts.addresses:
                    self.addresses.setdefault(address, tag)
                self.active += [(tag, what) for what in facts.active]

    def place(self, tag: str) -> Place:
        """Give the place of the first of the tags that are written so."""
        match = next(match for match in TAG.finditer(self._text) if match[0] == tag)
        return Text(f"output/{self.path}", self._text).place(match.start())

    def place_of(self, address: str) -> Place:
        """Give the place of a link."""
        return self.place(self.addresses[address])


class _Facts(Struct, frozen=True):
    """What is to be known of a tag."""

    ids: tuple[str, ...]
    addresses: tuple[str, ...]
    active: tuple[str, ...]


@lru_cache(maxsize=20_000)
def _facts(written: str) -> _Facts | None:
    """Read a tag, or what is like one; most tags of a site are written like many others."""
    ids, addresses, active = [], [], []
    for _, tag, given in read_tags(written):
        if tag in ACTIVE or (tag == "script" and "src" not in given):
            active.append(f"<{tag}>")
        for name, value in given.items():
            if name == "id" and value:
                ids.append(value)
            elif name in ADDRESSES and value:
                addresses.append(value)
                if _scheme(value) not in SCHEMES:
                    active.append(f"a link to {value}")
            elif name.startswith("on") or name in {"style", "srcdoc"}:
                active.append(f"the attribute {name}")
    if not (ids or addresses or active):
        return None
    return _Facts(tuple(ids), tuple(addresses), tuple(active))


_POLICY = re.compile(r'<head>\s*<meta http-equiv="Content-Security-Policy" ')


def _scheme(address: str) -> str:
    """Give the scheme a browser takes an address to have: it skips spaces and controls."""
    plain = re.sub("[\x00-\x20]", "", address)
    return "" if not (match := _SCHEME.match(plain)) else match[1].lower()


_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.ASCII | re.IGNORECASE)


PAGE_CHECKS: tuple[Callable[[_Page], Iterator[Problem]], ...] = (
    ids_are_unique,
    nothing_is_active,
    a_policy_comes_first,
)


def check_outputs(outputs: Mapping[str, bytes], address: str) -> Iterator[Problem]:
    """Run every check on the finished site, which will stand at an address."""
    whole = survey(outputs, address)
    yield from whole.problems
    yield from every_link_arrives(whole.outgoing, outputs.keys(), whole.ids, outputs)
