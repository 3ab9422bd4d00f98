"""The context of a template: the page it renders, its language, and the links from it.

Templates call it `here`. Links come from `page_index`, words and macros from `renderer`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from markupsafe import Markup

from briefing.model.article import Summary
from briefing.model.prose import Link
from briefing.model.site import Language
from briefing.model.theme import find_file
from briefing.problems import Place, mistake
from briefing.rendering.i18n import Translator
from briefing.rendering.page import (
    ATOM,
    CARD,
    JSON_FEED,
    PLAIN_CARD,
    Page,
    PageKey,
    PageKind,
    TranslationState,
)
from briefing.rendering.page_index import Alternate, Neighbours, PageIndex
from briefing.rendering.renderer import Renderer
from briefing.rendering.templates import Macros


class PageContext:
    """A page and the language of the template that renders it, or a part of it.

    The metadata of the page (canonical URL, versions, feeds, card) are properties here, so that
    its head, the feeds and the sitemap have the same.
    """

    def __init__(
        self,
        renderer: Renderer,
        index: PageIndex,
        page: Page,
        language: Language,
        *,
        absolute_links: bool = False,
    ) -> None:
        """Take a page and a language of it; `absolute_links` is for mails and feeds."""
        self.renderer, self._index, self._absolute_links = renderer, index, absolute_links
        self.page, self.language = page, language
        self._links: dict[tuple[PageKey, str], str | None] = {}
        self.languages = tuple(renderer.languages[code] for code in page.languages)
        self.canonical = index.url(page.canonical or page.path)
        self.alternates: tuple[Alternate, ...] = index.alternates(page) if page.languages else ()
        """What the language toggle offers."""
        self.page_translations = () if page.is_facing else index.translations(page.key)
        """The pages of the same key that have their text in their own language; not on facing
        pages."""
        own = page.translation is TranslationState.OWN and page.kind is PageKind.READING
        self.versions = self.versions_of(page) if own and not page.is_facing else ()
        """The hreflang and the absolute URL of each page of the same text, also of this one, and
        `x-default`; empty for a page without a text of its own."""

    @property
    def feeds(self) -> Iterator[tuple[str, str]]:
        """The name and the path of each feed of the page, those of its topic first."""
        codes = [self.language.code] if self.page.languages else list(self.renderer.languages)
        for code in codes:
            words = self.renderer.words[code]
            name, folder = words.text(self.renderer.site.title), f"{code}/"
            if topic := self._topic_published_in(code):
                yield f"{name} – {words('feed_of_topic')}", f"{folder}{topic}/{ATOM}"
                yield f"{name} – {words('feed_of_topic')} (JSON)", f"{folder}{topic}/{JSON_FEED}"
            yield name, f"{folder}{ATOM}"
            yield f"{name} (JSON)", f"{folder}{JSON_FEED}"

    @property
    def card(self) -> str:
        """The path of the preview picture: of its topic, by language, or the plain one."""
        codes = (self.language.code, *self.renderer.languages)
        topics = ((code, self._topic_published_in(code)) for code in codes)
        return next((f"{code}/{topic}/{CARD}" for code, topic in topics if topic), PLAIN_CARD)

    def _topic_published_in(self, code: str) -> str:
        """Return the id of the topic of the page if it has a text in a language, or ""."""
        topic = self.page.key[0] if self.page.key else ""
        pages = self.translations(topic) if self._index.is_topic(topic) else ()
        return topic if any(page.languages == (code,) for page in pages) else ""

    @property
    def topic_neighbours(self) -> Neighbours:
        """The topics just newer and just older than that of the page of a topic; else none."""
        if len(self.page.key) != 1:
            return None, None
        return self._index.neighbours(self.page.key[0], self.language.code)

    @property
    def words(self) -> Translator:
        """The translator of the language of this context."""
        return self.renderer.words[self.language.code]

    def locale_of(self, code: str) -> str:
        """Return the locale of a language of the site."""
        return self.renderer.languages[code].locale

    def name_of_language(self, code: str) -> str:
        """Return the name of a language of the site, in that language."""
        return self.renderer.languages[code].name

    def in_language(self, language: Language) -> PageContext:
        """Return the same context in another language of a facing page."""
        return PageContext(
            self.renderer, self._index, self.page, language, absolute_links=self._absolute_links
        )

    def with_absolute_links(self) -> PageContext:
        """Return the same context with absolute links, for mails and feeds."""
        return PageContext(
            self.renderer, self._index, self.page, self.language, absolute_links=True
        )

    def template(self, name: str) -> Macros:
        """Return the macros of the template `name` in the language of this context."""
        return self.renderer.for_language(self.language).macros(name)

    def macro(self, template: str, name: str) -> Callable[..., Markup]:
        """Return a macro of a template, by its `name`. Raises Problems if there is none."""
        macro: Callable[..., Markup] | None = getattr(self.template(template), name, None)
        if macro is None:
            cure = "write it, or take the template as it comes with the program"
            place = Place(find_file(self.renderer.templates, template) or template)
            raise mistake(place, f"no macro `{name}`", cure)
        return macro

    def memoize(self, macro: Callable[..., Markup], *arguments: object) -> Markup:
        """Return `macro(*arguments)`, called once for all pages of a topic that show the same.

        The result must not depend on the page: it has no links inside the site. The arguments
        are objects of the topic, known by identity, which the topic keeps alive.
        """
        key = (id(macro), *map(id, arguments))
        return self.renderer.memoize(key, lambda: macro(*arguments))

    def address_of(self, to: Page | str, anchor: str = "", *, formerly: bool = False) -> str:
        """Return the absolute URL of a page, or of the file at a path, with an id if not "".

        formerly: whether to return the URL at the address that the site was first published at.
        """
        return self._index.url(to, anchor, formerly=formerly)

    def versions_of(self, page: Page) -> tuple[tuple[str, str], ...]:
        """Return the hreflang and the absolute URL of each page with the text of `page`."""
        versions = [
            (p.languages[0], self.address_of(p)) for p in self._index.translations(page.key)
        ]
        default = self._index.default(page.key)
        return (*versions, *([("x-default", self.address_of(default))] if default else []))

    def link(self, to: Page | str, anchor: str = "") -> str:
        """Return the link to a page, or to the file at a path, with an id if not ""."""
        if self._absolute_links:
            return self._index.url(to, anchor)
        return self._index.relative_url(self.page, to, anchor)

    def to(self, *key: str, anchor: str = "") -> str | None:
        """Return the link to the page of a key in this language, or None if there is none.

        `here.to(topic, article)`; on a facing page it leads to the facing page if there is one.
        """
        if (link := (key, anchor)) not in self._links:
            page = self._index.counterpart(self.page, key, self.language)
            self._links[link] = self.link(page, anchor) if page else None
        return self._links[link]

    def translations(self, *key: str) -> tuple[Page, ...]:
        """Return the pages of a key that have their text in their own language."""
        return self._index.translations(key)

    def prose(self, summary: Summary) -> list[Markup]:
        """Return the blocks of a text as HTML; its links lead to pages in this language."""
        return [block.render(self._follow) for block in summary.body.blocks]

    def _follow(self, link: Link) -> str | None:
        """Return the address of a link by id on this page, or None if it leads nowhere."""
        target = self._index.resolve_link(link, self.page, self.language)
        return self.link(*target) if target else None
