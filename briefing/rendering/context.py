"""Where a template is: on a page, speaking a language; and what can be reached from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from markupsafe import Markup

from briefing.model.article import Summary
from briefing.model.prose import Link
from briefing.model.site import Language
from briefing.problems import Place, mistake
from briefing.rendering.i18n import Words
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
from briefing.rendering.page_index import Alternate, PageIndex
from briefing.rendering.renderer import Renderer
from briefing.rendering.template_files import TEMPLATES
from briefing.rendering.templates import Macros


class PageContext:
    """A place on a page.

    What machines are told of the page (canonical, other languages, what stands for the rest) is
    looked up here, for the head of the page, the feeds and the sitemap alike.
    """

    def __init__(
        self,
        renderer: Renderer,
        index: PageIndex,
        page: Page,
        language: Language,
        *,
        abroad: bool = False,
    ) -> None:
        """Links are written in full if what is made here will be read abroad: in a mail, a feed."""
        self.renderer, self._index, self._abroad = renderer, index, abroad
        self.page, self.language = page, language
        self._links: dict[tuple[PageKey, str], str | None] = {}
        self.languages = tuple(renderer.languages[code] for code in page.languages)
        self.canonical = index.url(page.canonical or page.path)
        self.alternates: tuple[Alternate, ...] = index.alternates(page) if page.languages else ()
        """What the toggle offers."""
        self.page_translations = () if page.is_facing else index.translations(page.key)
        """The pages that tell what this page is about, each in its own language."""
        own = page.telling is TranslationState.OWN and page.kind is PageKind.READING
        self.versions = self.versions_of(page) if own and not page.is_facing else ()
        """Those that stand for each other, this page among them: the code and the address of each,
        and under `x-default` the one for readers of any other language."""

    @property
    def feeds(self) -> Iterator[tuple[str, str]]:
        """The feeds of what is read here: the name and the path of each, the nearest first."""
        codes = [self.language.code] if self.page.languages else list(self.renderer.languages)
        for code in codes:
            words = self.renderer.words[code]
            name, folder = words.text(self.renderer.site.title), f"{code}/"
            if topic := self._topic_told_in(code):
                yield f"{name} – {words('feed_of_topic')}", f"{folder}{topic}/{ATOM}"
                yield f"{name} – {words('feed_of_topic')} (JSON)", f"{folder}{topic}/{JSON_FEED}"
            yield name, f"{folder}{ATOM}"
            yield f"{name} (JSON)", f"{folder}{JSON_FEED}"

    @property
    def card(self) -> str:
        """The path of the picture that is shown where the page is shared."""
        codes = (self.language.code, *self.renderer.languages)
        told = ((code, self._topic_told_in(code)) for code in codes)
        return next((f"{code}/{topic}/{CARD}" for code, topic in told if topic), PLAIN_CARD)

    def _topic_told_in(self, code: str) -> str:
        """Give the id of the topic of the page, if it is told in a language, or ""."""
        topic = self.page.key[0] if self.page.key else ""
        told = self.translations(topic) if self._index.is_topic(topic) else ()
        return topic if any(page.languages == (code,) for page in told) else ""

    @property
    def words(self) -> Words:
        """The words of the language spoken here."""
        return self.renderer.words[self.language.code]

    def locale_of(self, code: str) -> str:
        """Return the locale of a language of the site."""
        return self.renderer.languages[code].locale

    def name_of_language(self, code: str) -> str:
        """Return the name of a language of the site, in that language."""
        return self.renderer.languages[code].name

    def in_language(self, language: Language) -> PageContext:
        """Give the same place, speaking another language of a facing page."""
        return PageContext(self.renderer, self._index, self.page, language, abroad=self._abroad)

    def with_absolute_links(self) -> PageContext:
        """Give the same place, for what will be read elsewhere."""
        return PageContext(self.renderer, self._index, self.page, self.language, abroad=True)

    def template(self, name: str) -> Macros:
        """Give the macros of a template as they speak here."""
        return self.renderer.for_language(self.language).macros(name)

    def macro(self, template: str, name: str) -> Callable[..., Markup]:
        """Give a macro of a template as it speaks here. Raises Problems if there is none."""
        found: Callable[..., Markup] | None = getattr(self.template(template), name, None)
        if found is None:
            cure = "write it, or take the template as it comes with the program"
            raise mistake(Place(TEMPLATES + template), f"no macro `{name}`", cure)
        return found

    def memoize(self, macro: Callable[..., Markup], *given: object) -> Markup:
        """Give what a macro makes of things of the topic at hand; other pages show it too.

        It must be the same wherever in a language it stands: without links inside the site.
        """
        return self.renderer.memoize((id(macro), *map(id, given)), lambda: macro(*given))

    def address_of(self, to: Page | str, anchor: str = "", *, formerly: bool = False) -> str:
        """Give the address of a page or a file in full, perhaps as it was when it was published."""
        return self._index.url(to, anchor, formerly=formerly)

    def versions_of(self, page: Page) -> tuple[tuple[str, str], ...]:
        """Give the pages that tell the same as a page: the hreflang and the address of each."""
        told = [(p.languages[0], self.address_of(p)) for p in self._index.translations(page.key)]
        default = self._index.default(page.key)
        return (*told, *([("x-default", self.address_of(default))] if default else []))

    def link(self, to: Page | str, anchor: str = "") -> str:
        """Give the link to a page or a file."""
        if self._abroad:
            return self._index.url(to, anchor)
        return self._index.relative_url(self.page, to, anchor)

    def to(self, *key: str, anchor: str = "") -> str | None:
        """Give the link to the page of a topic or an article, or None where there is none."""
        if (link := (key, anchor)) not in self._links:
            page = self._index.counterpart(self.page, key, self.language)
            self._links[link] = self.link(page, anchor) if page else None
        return self._links[link]

    def translations(self, *key: str) -> tuple[Page, ...]:
        """Give the pages that tell what a key is about, each in its own language."""
        return self._index.translations(key)

    def prose(self, summary: Summary) -> list[Markup]:
        """Give the blocks of a text, its links leading to pages in the language spoken here."""
        return [block.render(self._follow) for block in summary.body.blocks]

    def _follow(self, link: Link) -> str | None:
        found = self._index.resolve_link(link, self.page, self.language)
        return self.link(*found) if found else None
