"""sitemap.xml: the pages that search engines are told of, each with its other languages.

https://www.sitemaps.org/protocol.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import msgpack

from briefing.model.dates import topic_last_changed
from briefing.model.fingerprint import fingerprint, fingerprint_of_value
from briefing.model.html import escape
from briefing.model.site import Site
from briefing.model.values import Moment, Precision
from briefing.outputs.planned_page import ComparedTopic, PlannedPage, topic_text
from briefing.outputs.site_output import SiteContents
from briefing.rendering.context import PageContext
from briefing.rendering.page import NOT_FOUND, SITEMAP, Page, PageKind, TranslationState

MAX_URLS, MAX_BYTES = 50_000, 45_000_000
"""Addresses in one sitemap, and bytes, with some to spare; what is beyond is split into several."""
LAST_CHANGED = "sitemap"
"""The name of the output, and of the entries that topics export for it."""
_NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)
_HEAD = '<?xml version="1.0" encoding="utf-8"?>'


def last_changed(site: Site, compared: ComparedTopic) -> bytes:
    """Return when a topic was changed last, by language code, in msgpack, as far as it is known."""
    topic = compared.topic
    texts = {language.code: topic_text(site, topic, language) for language in site.languages}
    return msgpack.encode(
        {
            code: changed
            for code, text in texts.items()
            if text and text.summary and (changed := topic_last_changed(topic, text.summary))
        }
    )


def sitemaps(contents: SiteContents) -> Iterator[PlannedPage]:
    """Yield the sitemap; where it would be too large, several, and the index of them."""
    site = contents.site
    entries = contents.entries_of(LAST_CHANGED)
    decoder = msgpack.Decoder(dict[str, Moment])
    changed = {topic: decoder.decode(entry) for topic, entry in entries.items()}
    pages = [page for each in contents.pages.values() for page in each if _is_listed(page)]
    known = fingerprint_of_value((changed, [page.path for page in pages]))
    a_page = (len(site.languages) + 2) * (len(site.address) + 250)
    most = min(MAX_URLS, MAX_BYTES // a_page)
    if len(pages) <= most:
        yield _sitemap(SITEMAP, pages, changed, known)
        return
    paths: list[str] = []
    for start in range(0, len(pages), most):
        paths.append(f"sitemap-{len(paths) + 1}.xml")
        yield _sitemap(paths[-1], pages[start : start + most], changed, known)
    index = Page(path=SITEMAP, kind=PageKind.DATA)
    yield PlannedPage(index, write_sitemap_index, {"paths": tuple(paths)}, known)


def _sitemap(
    path: str,
    pages: Sequence[Page],
    changed: Mapping[str, Mapping[str, Moment]],
    known: bytes,
) -> PlannedPage:
    page = Page(path=path, kind=PageKind.DATA)
    context = {"changed": changed, "pages": tuple(pages)}
    return PlannedPage(page, write_sitemap, context, fingerprint(known, path.encode()))


def _is_listed(page: Page) -> bool:
    """Whether search engines are told of a page: of none that stands in for another."""
    own = page.kind is PageKind.READING and page.translation is TranslationState.OWN
    return own and page.canonical is None and page.path != NOT_FOUND


def write_sitemap(here: PageContext, context: Mapping[str, Any]) -> bytes:
    """Return a sitemap, each page with its other languages.

    https://developers.google.com/search/docs/specialty/international/localized-versions#sitemap
    """
    urls = (_url(here, page, context["changed"]) for page in context["pages"])
    return "\n".join([_HEAD, f"<urlset {_NAMESPACES}>", *urls, "</urlset>", ""]).encode()


def _url(here: PageContext, page: Page, changed: Mapping[str, Mapping[str, Moment]]) -> str:
    when = changed.get(page.key[0] if page.key else "", {}).get("".join(page.languages))
    lastmod = f"<lastmod>{_time(when)}</lastmod>" if when else ""
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(address)}"/>'
        for code, address in here.versions_of(page)
    )
    return f"<url><loc>{escape(here.address_of(page))}</loc>{lastmod}{links}</url>"


def _time(moment: Moment) -> str:
    """Return a time as a sitemap has it: a day, or one with its hour (no month, no year)."""
    return str(moment) if moment.precision is Precision.MINUTE else moment.day.isoformat()


def write_sitemap_index(here: PageContext, context: Mapping[str, Any]) -> bytes:
    """Return the index of several sitemaps."""
    paths = context["paths"]
    found = (f"<sitemap><loc>{here.address_of(path)}</loc></sitemap>" for path in paths)
    opening = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return "\n".join([_HEAD, opening, *found, "</sitemapindex>", ""]).encode()
