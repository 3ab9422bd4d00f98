"""What the whole finished site must hold to, before a byte of it is written.

Some pages are surveyed at a time: what can be told of them at once is told, and what
they link to elsewhere is kept until the whole site is known.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache, partial
from urllib.parse import SplitResult, unquote, urlsplit

from msgspec import Struct

from briefing.checks.head import versions_agree, what_is_said_is_json
from briefing.checks.parsed_file import ParsedFile, ParsedPage
from briefing.problems import Place, Problem
from briefing.syntax.urls import to_ascii

PlaceOf = Callable[[str, str], Place]
"""Gives where what is written in a file of the site comes from."""


class OutgoingLink(Struct, frozen=True):
    """A file, and perhaps an anchor in it, that pages link to which were not surveyed with it."""

    target: str
    anchor: str
    links: tuple[tuple[str, str], ...]
    """Each by the page it is on, and how it is written there."""


class LinkReport(Struct, frozen=True, kw_only=True):
    """What some pages of a site have and want."""

    problems: tuple[Problem, ...]
    ids: Mapping[str, Set[str]]
    """By page."""
    outgoing: tuple[OutgoingLink, ...]
    inner: frozenset[tuple[str, str]] = frozenset()
    """The anchors that others among these pages link to, each with the path of its page."""


def inspect_pages(outputs: Mapping[str, bytes], address: str) -> LinkReport:
    """Look through some files of a site, which will stand at an address."""
    address = to_ascii(address)
    looked = {path: _look(path, outputs[path], address) for path in outputs if _is_text(path)}
    pages = {path: file for path, file in looked.items() if isinstance(file, ParsedPage)}
    site = _Site(address, outputs)
    checked = (check(page) for page in pages.values() for check in PAGE_CHECKS)
    problems = [problem for found in checked for problem in found]
    problems += versions_agree(pages, address)
    wanted: dict[tuple[str, str], list[tuple[str, str]]] = {}
    inner: set[tuple[str, str]] = set()
    for page in looked.values():
        for written in page.addresses:
            found = site.resolve(page.folder, written)
            if isinstance(found, str):
                problems.append(Problem(page.place_of(written), found))
            elif found and not _arrives(found, page, pages, outputs):
                target = (found[0] or page.path, found[1])
                wanted.setdefault(target, []).append((page.path, written))
            elif found and found[0] and found[1]:
                inner.add(found)
    return LinkReport(
        problems=tuple(problems),
        ids={path: frozenset(page.ids) for path, page in pages.items()},
        outgoing=tuple(OutgoingLink(*target, tuple(links)) for target, links in wanted.items()),
        inner=frozenset(inner),
    )


TEXTS = (".html", ".xml", ".json", ".csv", ".txt")
"""The ends of the names of files that can link."""


def _is_text(path: str) -> bool:
    return path.endswith(TEXTS)


def _look(path: str, data: bytes, address: str) -> ParsedFile:
    kind = ParsedPage if path.endswith(".html") else ParsedFile
    return kind(path, data.decode(), address)


def _arrives(
    found: tuple[str, str],
    page: ParsedFile,
    pages: Mapping[str, ParsedPage],
    outputs: Mapping[str, bytes],
) -> bool:
    """Whether a link ends in one of the files at hand; the target of one to its own page is ""."""
    target, anchor = found
    there = pages.get(target or page.path)
    if there is None:
        return target in outputs
    return not anchor or anchor in there.ids


def every_link_arrives(
    outgoing: Iterable[OutgoingLink],
    files: Set[str],
    ids: Mapping[str, Set[str]],
    place_of: PlaceOf,
) -> Iterator[Problem]:
    """Every link inside the site must reach a file, and an anchor that is in it.

    `files` are all of the site; `ids` are those of pages, by path, and a file that is not among
    them has any. `place_of` gives who wrote a link, by the path of a file and what is written.
    """
    lost: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for link in outgoing:
        wrong = "leads nowhere" if link.target not in files else ""
        if not wrong and link.anchor and link.anchor not in ids.get(link.target, {link.anchor}):
            wrong = "has no such anchor to arrive at"
        if wrong:
            lost.setdefault((f"{link.target}#{link.anchor}", wrong), []).extend(link.links)
    for number, ((_, wrong), links) in enumerate(lost.items()):
        yield from _told(links[: MAX_TRACED if number < MAX_TARGETS else 1], wrong, place_of)


MAX_TRACED, MAX_TARGETS = 50, 200
"""Links to one target of which it is asked who wrote them, and targets: a template is in thousands
of pages."""


def _told(links: Sequence[tuple[str, str]], wrong: str, place_of: PlaceOf) -> Iterator[Problem]:
    """Tell of links that lead to the same place in vain, once for each place that wrote them."""
    on: dict[Place, list[tuple[str, str]]] = {}
    for path, written in links[:MAX_TRACED]:
        on.setdefault(place_of(path, written), []).append((path, written))
    for place, found in on.items():
        path, written = found[0]
        others = len(found) - 1 + (len(links) - MAX_TRACED if len(links) > MAX_TRACED else 0)
        more = f" and {others} more" if others else ""
        cure = "" if place.path.startswith("output/") else f"it is in {path}{more}"
        yield Problem(place, f"the link to {written} {wrong}", cure)


def ids_are_unique(page: ParsedPage) -> Iterator[Problem]:
    """An anchor that is there twice leads to the wrong one."""
    for id, count in page.ids.items():
        if count > 1:
            yield Problem(Place(f"output/{page.path}"), f"the id `{id}` is there twice")


def nothing_is_active(page: ParsedPage) -> Iterator[Problem]:
    """A page has no script, style, frame or form in it, and no link that runs anything.

    Content cannot bring them in; this is held on what is made, so that no template can either.
    """
    for tag, what in page.active:
        cure = "put scripts and styles into files of templates/assets/"
        yield Problem(page.place(tag), f"{what} is not taken", cure)


def a_policy_comes_first(page: ParsedPage) -> Iterator[Problem]:
    """What stands before the content security policy of a page is not held by it."""
    if not page.has_policy:
        cure = "begin the head with the meta tag of base.html"
        message = "the head does not begin with a content security policy"
        yield Problem(Place(f"output/{page.path}"), message, cure)


class _Site:
    """Where a site stands, to tell what the addresses in it mean."""

    def __init__(self, address: str, outputs: Iterable[str]) -> None:
        self._address = address
        self._base = unquote(urlsplit(address).path)
        self._own = {path.partition("/")[0] for path in outputs} | {"assets", "data"}
        """What is at the root of the site, as far as it is at hand."""

    def resolve(self, folder: str, written: str) -> tuple[str, str] | str | None:
        """Give the file and the anchor that an address in a folder leads to.

        The file of an address on its own page is "". None for one that leads out of the site; a
        text that says what is wrong with one that is none, or that is not below the base.
        """
        written = written.partition(":~:")[0]  # a passage is looked for by the browser
        if written.startswith(self._address):
            folder, written = "", written.removeprefix(self._address) or "./"
            if self._base == "/" and not self._is_own(written):
                return None
        if plain := _PLAIN.fullmatch(written):
            return _below(folder, plain["up"].count("/"), plain["down"]), plain["anchor"] or ""
        if (parts := _parts(written)) is None:
            return f"the link to {written} is not an address"
        if parts.scheme or parts.netloc:
            return None
        there = unquote(parts.path)
        if there.startswith("/") and not there.startswith(self._base):
            return f"the link to {written} leaves the site"
        base = self._base
        target = _target(f"{base}{folder}", there).removeprefix(base) if there else ""
        return target, unquote(parts.fragment)

    def _is_own(self, written: str) -> bool:
        """Whether an address at the root of a host is of this site, which may not have it alone."""
        first = re.split(r"[/?#]", written, maxsplit=1)[0]
        return first in {"", "."} or unquote(first) in self._own


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


PAGE_CHECKS: tuple[Callable[[ParsedPage], Iterator[Problem]], ...] = (
    ids_are_unique,
    nothing_is_active,
    a_policy_comes_first,
    what_is_said_is_json,
)


def check_outputs(outputs: Mapping[str, bytes], address: str) -> Iterator[Problem]:
    """Run every check on the finished site, which will stand at an address."""
    whole = inspect_pages(outputs, address)
    yield from whole.problems
    place_of = partial(place_in, outputs, address)
    yield from every_link_arrives(whole.outgoing, outputs.keys(), whole.ids, place_of)


def place_in(outputs: Mapping[str, bytes], address: str, path: str, written: str) -> Place:
    """Give the place of a link in a file of the site."""
    return _look(path, outputs[path], to_ascii(address)).place_of(written)
