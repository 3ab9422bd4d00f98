"""The pages that exist, and the links between them.

What the language toggle offers is looked up among the pages that exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from urllib.parse import quote, urlsplit

from msgspec import Struct

from briefing.model.prose import Link
from briefing.model.site import Language, Site
from briefing.rendering.page import (
    NOT_FOUND,
    Page,
    PageKey,
    PageKind,
    TranslationState,
    folder_of,
    url_of,
)
from briefing.syntax.urls import to_ascii


class Alternate(Struct, frozen=True, kw_only=True):
    """What the toggle offers for one language, or for two beside each other."""

    languages: tuple[Language, ...]
    page: Page
    """The page of the same key, or the nearest there is."""
    exact: bool
    """Whether it is that page, told in that language."""


class PageIndex:
    """The pages that exist, to be looked up by what they are about and in which language."""

    def __init__(self, site: Site, pages: Mapping[str, Iterable[Page]]) -> None:
        """The pages come by topic; those of none under ""."""
        self._languages = site.languages
        self._pairs = site.facing
        self._address = to_ascii(site.address)
        self._formerly = to_ascii(site.first_address or site.address)
        self._base = urlsplit(site.address).path
        self._given = pages
        self._sorted: dict[str, dict[tuple[PageKey, str], Page]] = {}

    def _among(self, key: PageKey) -> Mapping[tuple[PageKey, str], Page]:
        """Give the pages that are of one topic with a key, by their own keys and folders."""
        topic = key[0] if key and key[0] in self._given else ""
        if (found := self._sorted.get(topic)) is None:
            read = (page for page in self._given.get(topic, ()) if page.kind is PageKind.READING)
            found = {(page.key, folder_of(*page.languages)): page for page in read}
            self._sorted[topic] = found
        return found

    def is_topic(self, id: str) -> bool:
        """Whether an id is that of a topic with pages."""
        return bool(id) and id in self._given

    def find(self, key: PageKey, *languages: str) -> Page | None:
        """Give a page in a language, or facing in two, or None where there is none."""
        return self._among(key).get((key, folder_of(*languages)))

    def nearest(self, key: PageKey, language: Language) -> Page:
        """Give a page in a language, or the nearest above it; there is always a home."""
        while (page := self.find(key, language.code)) is None:
            key = key[:-1]
        return page

    def counterpart(self, page: Page, key: PageKey, language: Language) -> Page | None:
        """Give a page as the reader of another wants it: facing too, if it is and can be."""
        facing = self.find(key, *page.languages) if page.is_facing else None
        return facing or self.find(key, language.code)

    def alternates(self, page: Page) -> tuple[Alternate, ...]:
        """What the toggle of a page offers: each language, its own too, then each two there are."""
        return (*self._single(page), *self._facing(page))

    def translations(self, key: PageKey) -> tuple[Page, ...]:
        """Give the pages that tell what a key is about, each in a language and in its own words."""
        found = (self.find(key, language.code) for language in self._languages)
        return tuple(page for page in found if page and page.telling is TranslationState.OWN)

    def default(self, key: PageKey) -> Page | None:
        """Give the page for readers of any other language: of home, the one to choose at.

        https://developers.google.com/search/docs/specialty/international/localized-versions#xdefault
        """
        chooser = self._among(key).get(((), "")) if not key else None
        return chooser or next(iter(self.translations(key)), None)

    def url(self, to: Page | str, anchor: str = "", *, formerly: bool = False) -> str:
        """Write the address of a page, or of a file, in full: as it is, or as it was at first."""
        url = url_of(to) if isinstance(to, str) else to.url
        base = self._formerly if formerly else self._address
        return f"{base}{url}#{_quoted(anchor)}" if anchor else base + url

    def _single(self, page: Page) -> Iterator[Alternate]:
        for language in self._languages:
            other = self.nearest(page.key, language)
            exact = other.key == page.key and other.telling is TranslationState.OWN
            yield Alternate(languages=(language,), page=other, exact=exact)

    def _facing(self, page: Page) -> Iterator[Alternate]:
        above = [page.key[:end] for end in range(len(page.key), 0, -1)]
        for pair in self._pairs:
            found = (
                other
                for key in above
                if (other := self.find(key, *(language.code for language in pair)))
            )
            if other := next(found, None):
                yield Alternate(languages=pair, page=other, exact=other.key == page.key)

    def resolve_link(self, link: Link, page: Page, language: Language) -> tuple[Page, str] | None:
        """Give the page and the anchor a link by id leads to, or None where nothing is public.

        The link stands in a text on a page, in a language.
        """
        topic = page.key[0] if page.key else ""
        in_topic, id = link.resolve(topic)
        key: PageKey = (in_topic, id) if link.kind == "article" else (in_topic,)
        if not any(known == key for known, _ in self._among(key)):
            return None
        to = self.counterpart(page, key, language) or self.nearest(key, language)
        return to, id if link.kind == "point" and id in to.anchors else ""

    def relative_url(self, page: Page, to: Page | str, anchor: str = "") -> str:
        """Write the link from a page to another, or to a file: relative, and so at home anywhere.

        The 404 page is served at any depth, so its links start at the root of the host.
        """
        url = quote(to) if isinstance(to, str) else to.url
        if page.path == NOT_FOUND:
            address = self._base + url
        elif isinstance(to, Page) and to.path == page.path:
            address = "" if anchor else "./"
        else:
            address = _relative(url, page.url.rpartition("/")[0])
        return f"{address}#{_quoted(anchor)}" if anchor else address


_quoted = lru_cache(maxsize=2_000)(quote)


@lru_cache(maxsize=2_000)
def _relative(url: str, folder: str) -> str:
    """Write an address as it is from a folder, both below the address of the site."""
    here, there = folder.split("/") if folder else [], url.split("/")
    shared = 0
    for one, other in zip(here, there[:-1], strict=False):
        if one != other:
            break
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:]) or "./"
