"""What a site says of itself as a whole: its sitemap, robots.txt, the list of its addresses.

All are made of the pages that exist, and of the same look-up as the head of each page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import urlsplit

from briefing.model.fingerprint import fingerprint
from briefing.model.site import Site
from briefing.model.values import Moment, Precision
from briefing.outputs.planned_page import PlannedPage, fingerprint_of_value
from briefing.outputs.site_pages import PAGE, Headline
from briefing.rendering.context import PageContext
from briefing.rendering.page import NOT_FOUND, Page, PageKind, TranslationState
from briefing.syntax.urls import to_ascii

MANIFEST, ROBOTS, SITEMAP = "manifest.txt", "robots.txt", "sitemap.xml"
MAX_URLS, MAX_BYTES = 50_000, 45_000_000
"""Addresses in one sitemap, and bytes, with some to spare (https://www.sitemaps.org/protocol.html)."""
_NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)
_HEAD = '<?xml version="1.0" encoding="utf-8"?>'


def plan_signposts(
    site: Site, pages: Mapping[str, Sequence[Page]], lines: Sequence[Headline]
) -> tuple[PlannedPage, ...]:
    """Give what is to be said of all pages, which come by topic; those of none under ""."""
    found = tuple(page for each in pages.values() for page in each)
    changed = {line.id: {c: h.last_changed for c, h in line.told.items()} for line in lines}
    listed = tuple(page for page in found if _is_listed(page))
    kept = tuple(sorted(page.url for page in found if is_permanent(page)))
    known = fingerprint_of_value((kept, changed, [page.path for page in listed]))
    return (
        *_sitemaps(site, listed, {"changed": changed}, known),
        PlannedPage(Page(path=ROBOTS, kind=PageKind.DATA), ROBOTS, {}, fingerprint()),
        PlannedPage(Page(path=MANIFEST, kind=PageKind.DATA), MANIFEST, {"urls": kept}, known),
    )


def _is_listed(page: Page) -> bool:
    """Whether search engines are told of a page: of none that stands in for another."""
    told = page.kind is PageKind.READING and page.translation is TranslationState.OWN
    return told and page.canonical is None and page.path != NOT_FOUND


def is_permanent(page: Page) -> bool:
    """Whether the address of a page is for ever; a further page of a list is not."""
    return page.kind is not PageKind.CARD and page.key[:1] != (PAGE,) and page.path != NOT_FOUND


def _sitemaps(
    site: Site, listed: Sequence[Page], shown: Mapping[str, Any], known: bytes
) -> Iterator[PlannedPage]:
    """Give one sitemap, or where it would be too large several and the list of them."""
    a_page = (len(site.languages) + 2) * (len(site.address) + 250)
    most = min(MAX_URLS, MAX_BYTES // a_page)
    if len(listed) <= most:
        page = Page(path=SITEMAP, kind=PageKind.DATA)
        yield PlannedPage(page, SITEMAP, {**shown, "pages": listed}, known)
        return
    paths: list[str] = []
    for start in range(0, len(listed), most):
        paths.append(f"sitemap-{len(paths) + 1}.xml")
        some = {**shown, "pages": listed[start : start + most]}
        page = Page(path=paths[-1], kind=PageKind.DATA)
        yield PlannedPage(page, SITEMAP, some, fingerprint(known, paths[-1].encode()))
    whole = Page(path=SITEMAP, kind=PageKind.DATA)
    yield PlannedPage(whole, "sitemap index", {"paths": tuple(paths)}, known)


def write_sitemap(here: PageContext, shown: Mapping[str, Any]) -> bytes:
    """Write a sitemap, each page with its other languages.

    https://developers.google.com/search/docs/specialty/international/localized-versions#sitemap
    """
    written = (_listed(here, page, shown["changed"]) for page in shown["pages"])
    return "\n".join([_HEAD, f"<urlset {_NAMESPACES}>", *written, "</urlset>", ""]).encode()


def _listed(here: PageContext, page: Page, changed: Mapping[str, Mapping[str, Any]]) -> str:
    when = changed.get(page.key[0] if page.key else "", {}).get("".join(page.languages))
    lastmod = f"<lastmod>{_time(when)}</lastmod>" if when else ""
    versions = here.versions_of(page)
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(address)}"/>'
        for code, address in versions
    )
    return f"<url><loc>{escape(here.address_of(page))}</loc>{lastmod}{links}</url>"


def _time(moment: Moment) -> str:
    """Write a time as a sitemap has it: a day, or one with its hour (it knows no month)."""
    return str(moment) if moment.precision is Precision.MINUTE else moment.day.isoformat()


def write_sitemap_index(here: PageContext, shown: Mapping[str, Any]) -> bytes:
    """Write the list of several sitemaps."""
    found = (f"<sitemap><loc>{here.address_of(path)}</loc></sitemap>" for path in shown["paths"])
    opening = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return "\n".join([_HEAD, opening, *found, "</sitemapindex>", ""]).encode()


def write_robots(here: PageContext, _shown: Mapping[str, Any]) -> bytes:
    """Write robots.txt (RFC 9309): all may be read, and where the sitemap is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {here.address_of(SITEMAP)}\n".encode()


def write_manifest(_here: PageContext, shown: Mapping[str, Any]) -> bytes:
    """Write the list of the addresses that are to stay, below that of the site."""
    return "".join(f"{url}\n" for url in shown["urls"]).encode()


def custom_domain(address: str) -> str | None:
    """Give the host of a site that has one of its own, for the file CNAME, or None.

    Only a site at the root of a host that is not GitHub's has one
    (https://docs.github.com/en/pages/configuring-a-custom-domain-for-your-github-pages-site).
    """
    parts = urlsplit(to_ascii(address))
    host = parts.hostname or ""
    is_name = "." in host and not host.rpartition(".")[2].isdigit()
    own = is_name and parts.port is None and not f".{host}".endswith(".github.io")
    return host if own and parts.path == "/" else None
