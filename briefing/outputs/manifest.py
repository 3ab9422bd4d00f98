"""manifest.txt: the addresses that are permanent. A build can be held to those of another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from briefing.model.fingerprint import fingerprint_of_value
from briefing.outputs.planned_page import PlannedPage
from briefing.outputs.site_output import SiteContents
from briefing.rendering.context import PageContext
from briefing.rendering.page import MANIFEST, NOT_FOUND, NUMBERED, Page, PageKind


def manifest(contents: SiteContents) -> Iterator[PlannedPage]:
    """Yield the list of the permanent addresses, below that of the site, in their order."""
    pages = (page for each in contents.pages.values() for page in each)
    urls = tuple(sorted(page.url for page in pages if is_permanent(page)))
    page = Page(path=MANIFEST, kind=PageKind.DATA)
    yield PlannedPage(page, write_manifest, {"urls": urls}, fingerprint_of_value(urls))


def is_permanent(page: Page) -> bool:
    """Whether the address of a page must never vanish; that of a further page of a list may."""
    is_numbered = page.key[:1] == (NUMBERED,)
    return page.kind is not PageKind.CARD and not is_numbered and page.path != NOT_FOUND


def write_manifest(_here: PageContext, context: Mapping[str, Any]) -> bytes:
    """Return the list, an address a line."""
    return "".join(f"{url}\n" for url in context["urls"]).encode()
