"""The pages that exist -> the links between them, and what the language toggle of each offers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
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
    """What the toggle of a page offers for one language, or for two beside each other."""

    languages: tuple[Language, ...]
    page: Page
    """The page of the same key in these languages, or else the nearest above it."""
    exact: bool
    """Whether it has the same key, and its text in its own language."""


class ListedTitle(Struct, frozen=True):
    """The title of a topic in one language of the site."""

    language: str
    """The language it is in, which need not be that of the site."""
    title: str


class ListedTopic(Struct, frozen=True):
    """A topic, as the pages of its neighbours name it."""

    id: str
    titles: Mapping[str, ListedTitle]
    """By the languages of the site that it has a page in."""


Neighbours = tuple[ListedTopic | None, ListedTopic | None]
"""The topics whose events were just after and just before that of another, where there are any."""


class PageIndex:
    """The pages that exist, by key and languages."""

    def __init__(
        self,
        site: Site,
        pages: Mapping[str, Iterable[Page]],
        topics: Iterable[ListedTopic] = (),
    ) -> None:
        """Index the pages of a site; `pages` are by the id of their topic, "" for those of none.

        topics: those that have pages, the newest event first.
        """
        self._languages = site.languages
        self._pairs = site.facing
        self._address = to_ascii(site.address)
        self._first_address = to_ascii(site.first_address or site.address)
        self._base = urlsplit(site.address).path
        self._pages = pages
        self._topics = topics
        self._by_topic: dict[str, dict[tuple[PageKey, str], Page]] = {}

    def _pages_of_topic(self, key: PageKey) -> Mapping[tuple[PageKey, str], Page]:
        """Return the pages of the topic of a key, by key and language folder.

        Topics are indexed when they are asked for: after a save few are.
        """
        topic = key[0] if key and key[0] in self._pages else ""
        if (pages := self._by_topic.get(topic)) is None:
            reading = (page for page in self._pages.get(topic, ()) if page.kind is PageKind.READING)
            pages = {(page.key, folder_of(*page.languages)): page for page in reading}
            self._by_topic[topic] = pages
        return pages

    @cached_property
    def _neighbours(self) -> Mapping[str, Mapping[str, Neighbours]]:
        """The neighbours of each topic, by language code, then by id."""
        topics = tuple(self._topics)
        return {
            language.code: neighbours_of_all([t for t in topics if language.code in t.titles])
            for language in self._languages
        }

    def neighbours(self, topic: str, code: str) -> Neighbours:
        """Return the topics just newer and just older than one, of those told in a language."""
        return self._neighbours[code].get(topic, (None, None))

    def is_topic(self, id: str) -> bool:
        """Whether an id is that of a topic with pages."""
        return bool(id) and id in self._pages

    def find(self, key: PageKey, *languages: str) -> Page | None:
        """Return the page in one language, or facing in two, by their codes, or None."""
        return self._pages_of_topic(key).get((key, folder_of(*languages)))

    def nearest(self, key: PageKey, language: Language) -> Page:
        """Return the page of a key in a language, or the nearest above it; home always exists."""
        while (page := self.find(key, language.code)) is None:
            key = key[:-1]
        return page

    def counterpart(self, page: Page, key: PageKey, language: Language) -> Page | None:
        """Return the page of a key for a reader of `page`, or None.

        That is a facing page if `page` is one and there is one, or else the page in `language`.
        """
        facing = self.find(key, *page.languages) if page.is_facing else None
        return facing or self.find(key, language.code)

    def alternates(self, page: Page) -> tuple[Alternate, ...]:
        """Return what the toggle of a page offers: every language, then pairs of languages."""
        return (*self._language_alternates(page), *self._facing_alternates(page))

    def translations(self, key: PageKey) -> tuple[Page, ...]:
        """Return the pages of a key that have their text in their own language, one a language."""
        pages = (self.find(key, language.code) for language in self._languages)
        return tuple(page for page in pages if page and page.translation is TranslationState.OWN)

    def default(self, key: PageKey) -> Page | None:
        """Return the page for readers of any other language, or None; of home that is the chooser.

        https://developers.google.com/search/docs/specialty/international/localized-versions#xdefault
        """
        chooser = self._pages_of_topic(key).get(((), "")) if not key else None
        return chooser or next(iter(self.translations(key)), None)

    def url(self, to: Page | str, anchor: str = "", *, formerly: bool = False) -> str:
        """Return the absolute URL of a page, or of the file at a path, with an id if not "".

        formerly: whether to return the URL at the address that the site was first published at.
        """
        url = url_of(to) if isinstance(to, str) else to.url
        base = self._first_address if formerly else self._address
        return f"{base}{url}#{_quote(anchor)}" if anchor else base + url

    def _language_alternates(self, page: Page) -> Iterator[Alternate]:
        """Yield what the toggle offers for each language."""
        for language in self._languages:
            other = self.nearest(page.key, language)
            exact = other.key == page.key and other.translation is TranslationState.OWN
            yield Alternate(languages=(language,), page=other, exact=exact)

    def _facing_alternates(self, page: Page) -> Iterator[Alternate]:
        """Yield the facing page of each pair of languages with the key of a page, or above it."""
        above = [page.key[:end] for end in range(len(page.key), 0, -1)]
        for pair in self._pairs:
            nearest_first = (
                other
                for key in above
                if (other := self.find(key, *(language.code for language in pair)))
            )
            if other := next(nearest_first, None):
                yield Alternate(languages=pair, page=other, exact=other.key == page.key)

    def resolve_link(self, link: Link, page: Page, language: Language) -> tuple[Page, str] | None:
        """Return the page and the HTML id that a link by id leads to, or None if none is public.

        The link is in a text on `page`, in `language`. The id is "" for none.
        """
        topic = page.key[0] if page.key else ""
        in_topic, id = link.resolve(topic)
        key: PageKey = (in_topic, id) if link.kind == "article" else (in_topic,)
        if not any(known == key for known, _ in self._pages_of_topic(key)):
            return None
        to = self.counterpart(page, key, language) or self.nearest(key, language)
        return to, id if link.kind == "point" and id in to.anchors else ""

    def relative_url(self, page: Page, to: Page | str, anchor: str = "") -> str:
        """Return the link from `page` to another page or the file at a path, with an id if not "".

        It is relative, so that the site works at any address. The 404 page is served at any
        depth, so its links begin at the root of the host.
        """
        url = quote(to) if isinstance(to, str) else to.url
        if page.path == NOT_FOUND:
            address = self._base + url
        elif isinstance(to, Page) and to.path == page.path:
            address = "" if anchor else "./"
        else:
            address = _relative(url, page.url.rpartition("/")[0])
        return f"{address}#{_quote(anchor)}" if anchor else address


def neighbours_of_all(topics: Sequence[ListedTopic]) -> dict[str, Neighbours]:
    """Return the neighbours of each topic of a list, the newest first, by id."""
    newer, older = (None, *topics), (*topics[1:], None)
    return {t.id: (before, after) for t, before, after in zip(topics, newer, older, strict=False)}


_quote = lru_cache(maxsize=2_000)(quote)


@lru_cache(maxsize=2_000)
def _relative(url: str, folder: str) -> str:
    """Return a URL relative to a folder; both are below the address of the site."""
    origin, target = folder.split("/") if folder else [], url.split("/")
    shared = 0
    for one, other in zip(origin, target[:-1], strict=False):
        if one != other:
            break
        shared += 1
    return "../" * (len(origin) - shared) + "/".join(target[shared:]) or "./"
