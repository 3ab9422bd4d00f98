"""The URLs that were published before -> the ones that would lead nowhere now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from urllib.parse import unquote

from briefing.content.redirects import REDIRECTS
from briefing.model.site import Site
from briefing.problems import Place, Problem
from briefing.rendering.page import Page


def missing_urls(site: Site, pages: Iterable[Page], published: str) -> Iterator[Problem]:
    """Yield one problem for each id that has published URLs but no page there any more.

    published: URLs below the address of the site, one a line. The files of a topic that was
    withdrawn may be missing, its feeds for example, but no article of it that was not, too.
    """
    urls = {page.url for page in pages}
    existing = {_folder_and_id(url)[1] for url in urls}
    missing: dict[str, list[str]] = {}
    for url in _gone(urls, published):
        if not _is_withdrawn(site, url):
            missing.setdefault(_folder_and_id(url)[1], []).append(url)
    for id, gone in missing.items():
        if not id:
            cure = "keep the language in site.yaml: its pages were published"
            yield Problem(Place(REDIRECTS), f"`{gone[0]}` would be there no more", cure)
            continue
        in_one = (f"{id}.{language.code}" for language in site.languages)
        entry = " or ".join(f"`{one}`" for one in in_one) if id in existing else f"`{id}`"
        cure = (
            f"take its files back, or write in {REDIRECTS} under `withdrawn:` {entry}"
            f"{'' if id in existing else f', or under `replaced:` `{id}: …`'}"
        )
        more = f" and {len(gone) - 1} more" if len(gone) > 1 else ""
        message = f"`{id}` was published, and would be there no more at {gone[0]}{more}"
        yield Problem(Place(REDIRECTS), message, cure)


def withdrawn_along(site: Site, pages: Iterable[Page], published: str) -> dict[str, list[str]]:
    """Return the published URLs that lead nowhere, by the id of what was withdrawn with them.

    Such as those of its feeds, its mail and its data; at its own a page says that it was taken
    back. published: as for `missing_urls`.
    """
    lost: dict[str, list[str]] = {}
    for url in _gone({page.url for page in pages}, published):
        if _is_withdrawn(site, url):
            lost.setdefault(_folder_and_id(url)[1], []).append(url)
    return lost


def _gone(urls: Set[str], published: str) -> list[str]:
    """Return the published URLs, each once, that are none of the `urls` of the pages."""
    listed = dict.fromkeys(line.strip() for line in published.splitlines())
    return [url for url in listed if url and url not in urls]


def _folder_and_id(url: str) -> tuple[str, str]:
    """Return the first folder of a URL, and the id of what it is about.

    The id is `topic`, `topic/article`, or "" for a page of the site.
    """
    folder, _, below = unquote(url).partition("/")
    topic, _, rest = below.partition("/")
    if folder == "data":
        return folder, topic.rpartition(".")[0]
    article = rest.partition("/")[0] if "/" in rest else ""
    return folder, f"{topic}/{article}" if article else topic


def _is_withdrawn(site: Site, url: str) -> bool:
    """Whether what was at a URL was withdrawn, in all languages or in that of the URL."""
    folder, id = _folder_and_id(url)
    for withdrawn in site.redirects.gone:
        name, _, language = withdrawn.partition(".")
        if id == name and (not language or f"-{language}-" in f"-{folder}-"):
            return True
    return False
