"""robots.txt (RFC 9309): all may be read, and where the sitemap is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from briefing.model.fingerprint import fingerprint
from briefing.outputs.planned_page import PlannedPage
from briefing.outputs.site_output import SiteContents
from briefing.rendering.context import PageContext
from briefing.rendering.page import ROBOTS, SITEMAP, Page, PageKind


def robots(_contents: SiteContents) -> Iterator[PlannedPage]:
    """Yield robots.txt."""
    yield PlannedPage(Page(path=ROBOTS, kind=PageKind.DATA), write_robots, {}, fingerprint())


def write_robots(here: PageContext, _context: Mapping[str, Any]) -> bytes:
    """Return robots.txt."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {here.address_of(SITEMAP)}\n".encode()
