"""Addresses that were published and would lead nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from briefing.content.redirects import REDIRECTS
from briefing.model.site import Site
from briefing.problems import Place, Problem
from briefing.rendering.page import Page


def missing_urls(site: Site, pages: Iterable[Page], published: str) -> Iterator[Problem]:
    """Tell of the addresses that were published, one a line, and would lead nowhere.

    What was withdrawn, and what stood below it, may. It is told once for each id.
    """
    urls = {page.url for page in pages}
    there = {_id_of(url)[1] for url in urls}
    missing: dict[str, list[str]] = {}
    for url in dict.fromkeys(line.strip() for line in published.splitlines()):
        if url and url not in urls and not _is_given_up(site, url):
            missing.setdefault(_id_of(url)[1], []).append(url)
    for id, gone in missing.items():
        if not id:
            cure = "keep the language in site.yaml: its pages were published"
            yield Problem(Place(REDIRECTS), f"`{gone[0]}` would be there no more", cure)
            continue
        in_one = (f"{id}.{language.code}" for language in site.languages)
        told = " or ".join(f"`{each}`" for each in in_one) if id in there else f"`{id}`"
        cure = (
            f"take its files back, or write in {REDIRECTS} under `withdrawn:` {told}"
            f"{'' if id in there else f', or under `replaced:` `{id}: …`'}"
        )
        more = f" and {len(gone) - 1} more" if len(gone) > 1 else ""
        message = f"`{id}` was published, and would be there no more at {gone[0]}{more}"
        yield Problem(Place(REDIRECTS), message, cure)


def _id_of(url: str) -> tuple[str, str]:
    """Give the folder of an address, and the id of the topic, or of the article, it is about."""
    folder, _, below = unquote(url).partition("/")
    topic, _, rest = below.partition("/")
    if folder == "data":
        return folder, topic.rpartition(".")[0]
    article = rest.partition("/")[0] if "/" in rest else ""
    return folder, f"{topic}/{article}" if article else topic


def _is_given_up(site: Site, url: str) -> bool:
    """Whether what stood at an address was withdrawn: all of it, or in its language."""
    folder, id = _id_of(url)
    for withdrawn in site.redirects.gone:
        name, _, language = withdrawn.partition(".")
        below = id == name or id.startswith(f"{name}/")
        if below and (not language or f"-{language}-" in f"-{folder}-"):
            return True
    return False
