"""Finished files -> link reports -> every link of the site that does not arrive.

The files of one unit (a topic, or the site's own pages) are inspected at a time: their report has
their problems, and their links to other units. `every_link_arrives` resolves those once the whole
site is known, before a byte of it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import partial

from msgspec import Struct

from briefing.checks.head import versions_agree
from briefing.checks.pages import PAGE_CHECKS
from briefing.checks.parsed_file import ParsedFile, ParsedPage
from briefing.checks.site_urls import SiteUrls
from briefing.problems import Place, Problem
from briefing.syntax.urls import to_ascii

LINK_CURE = "let it lead to a page, a file or an anchor that is there"
PlaceOf = Callable[[str, str], Place]
"""Returns the source of a link, by the path of the file it is in and the link as written."""


class OutgoingLink(Struct, frozen=True):
    """A target that pages of one unit link to and that is not in the unit."""

    target: str
    """The output path of the file."""
    anchor: str
    """The id in that file; "" for none."""
    links: tuple[tuple[str, str], ...]
    """The path of the page, and the link as written, of each link to it."""


class LinkReport(Struct, frozen=True, kw_only=True):
    """The problems of some files of a site, their ids, and their links to other files."""

    problems: tuple[Problem, ...]
    ids: Mapping[str, Set[str]]
    """The HTML ids of each page, by path."""
    outgoing: tuple[OutgoingLink, ...]
    inner: frozenset[tuple[str, str]] = frozenset()
    """The path of a page and an id in it, for each that another of these files links to."""


def inspect_pages(outputs: Mapping[str, bytes], address: str) -> LinkReport:
    """Return the report on some files of a site, by output path; `address` is that of the site."""
    address = to_ascii(address)
    files = {path: _parse(path, outputs[path], address) for path in outputs if _can_link(path)}
    pages = {path: file for path, file in files.items() if isinstance(file, ParsedPage)}
    urls = SiteUrls(address, outputs)
    problems = [p for page in pages.values() for check in PAGE_CHECKS for p in check(page)]
    problems += versions_agree(pages, address)
    outgoing: dict[tuple[str, str], list[tuple[str, str]]] = {}
    inner: set[tuple[str, str]] = set()
    for file in files.values():
        for written in file.addresses:
            target = urls.resolve(file.folder, written)
            if isinstance(target, str):
                cure = "write a full address (https://…), or one below that of the site"
                problems.append(Problem(file.place_of(written), target, cure))
            elif target and not _is_known_target(target, file, pages, outputs):
                elsewhere = (target[0] or file.path, target[1])
                outgoing.setdefault(elsewhere, []).append((file.path, written))
            elif target and target[0] and target[1]:
                inner.add(target)
    return LinkReport(
        problems=tuple(problems),
        ids={path: frozenset(page.ids) for path, page in pages.items()},
        outgoing=tuple(OutgoingLink(*target, tuple(links)) for target, links in outgoing.items()),
        inner=frozenset(inner),
    )


LINKING_SUFFIXES = (".html", ".xml", ".json", ".csv", ".txt", ".bib")
"""The suffixes of files that may have links."""


def _can_link(path: str) -> bool:
    return path.endswith(LINKING_SUFFIXES)


def _parse(path: str, data: bytes, address: str) -> ParsedFile:
    """Return a file of the site parsed, by its suffix as a page or as any other text."""
    kind = ParsedPage if path.endswith(".html") else ParsedFile
    return kind(path, data.decode(), address)


def _is_known_target(
    link: tuple[str, str],
    file: ParsedFile,
    pages: Mapping[str, ParsedPage],
    outputs: Mapping[str, bytes],
) -> bool:
    """Whether a link of a file leads to one of the `outputs`, and to an id that is in it.

    link: the target path, "" for the file itself, and the id, "" for none.
    """
    target, anchor = link
    page = pages.get(target or file.path)
    if page is None:
        return target in outputs
    return not anchor or anchor in page.ids


def every_link_arrives(
    outgoing: Iterable[OutgoingLink],
    files: Set[str],
    ids: Mapping[str, Set[str]],
    place_of: PlaceOf,
) -> Iterator[Problem]:
    """Yield the problems of links inside the site to a file or an id that does not exist.

    files: the output paths of the whole site. ids: the HTML ids of pages by path; a file that is
    not among them is taken to have every id. place_of: see `PlaceOf`; it is called for wrong
    links only.
    """
    lost: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for link in outgoing:
        wrong = "leads nowhere" if link.target not in files else ""
        if not wrong and link.anchor and link.anchor not in ids.get(link.target, {link.anchor}):
            wrong = "has no such anchor to arrive at"
        if wrong:
            lost.setdefault((f"{link.target}#{link.anchor}", wrong), []).extend(link.links)
    for number, ((_, wrong), links) in enumerate(lost.items()):
        traced = links[: MAX_TRACED if number < MAX_TARGETS else 1]
        yield from _link_problems(traced, wrong, place_of)


MAX_TRACED, MAX_TARGETS = 50, 200
"""Links to one wrong target whose sources are looked up, and wrong targets with so many; of each
further target one is. A wrong link in a template is on thousands of pages."""


def _link_problems(
    links: Sequence[tuple[str, str]], wrong: str, place_of: PlaceOf
) -> Iterator[Problem]:
    """Yield one problem for each source of links to the same wrong target."""
    by_place: dict[Place, list[tuple[str, str]]] = {}
    for path, written in links[:MAX_TRACED]:
        by_place.setdefault(place_of(path, written), []).append((path, written))
    for place, from_place in by_place.items():
        path, written = from_place[0]
        others = len(from_place) - 1 + (len(links) - MAX_TRACED if len(links) > MAX_TRACED else 0)
        more = f" and {others} more" if others else ""
        found = "" if place.path.startswith("output/") else f"; it is in {path}{more}"
        cure = f"{LINK_CURE}{found}"
        yield Problem(place, f"the link to {written} {wrong}", cure)


def check_outputs(outputs: Mapping[str, bytes], address: str) -> Iterator[Problem]:
    """Yield the problems of a whole site, by output path; `address` is that of the site."""
    report = inspect_pages(outputs, address)
    yield from report.problems
    place_of = partial(place_in, outputs, address)
    yield from every_link_arrives(report.outgoing, outputs.keys(), report.ids, place_of)


def place_in(outputs: Mapping[str, bytes], address: str, path: str, written: str) -> Place:
    """Return the place of a link in the file at `path` of a site, by the link as `written`."""
    return _parse(path, outputs[path], to_ascii(address)).place_of(written)
