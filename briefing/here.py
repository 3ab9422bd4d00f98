"""Where a template is: on a page, speaking a language; and what can be reached from it."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from briefing.atlas import Alternate, Atlas, Key, Page, Telling
from briefing.language import Words
from briefing.model import Language, Summary
from briefing.press import Press
from briefing.prose import Link
from briefing.templates import Macros


class Here:
    """A place on a page.

    What machines are told of the page (canonical, other languages, what stands for the rest) is
    looked up here, for the head of the page, the feeds and the sitemap alike.
    """

    def __init__(
        self, press: Press, atlas: Atlas, page: Page, language: Language, *, abroad: bool = False
    ) -> None:
        """Links are written in full if what is made here will be read abroad: in a mail, a feed."""
        self.press, self._atlas, self._abroad = press, atlas, abroad
        self.page, self.language = page, language
        self._links: dict[tuple[Key, str], str | None] = {}
        self.languages = tuple(press.languages[code] for code in page.languages)
        self.canonical = atlas.address_of(page.canonical or page.path)
        self.alternates: tuple[Alternate, ...] = atlas.alternates(page) if page.languages else ()
        """What the toggle offers."""
        self.told_in = () if page.is_facing else atlas.versions(page.key)
        """The pages that tell what this page is about, each in its own language."""
        self.versions = self.told_in if page.telling is Telling.OWN else ()
        """Those that stand for each other, this page among them."""
        self.default = atlas.default(page.key) if self.versions else None
        """The one of them for readers of any other language."""

    @property
    def words(self) -> Words:
        """The words of the language spoken here."""
        return self.press.words[self.language.code]

    def spoken_in(self, language: Language) -> Here:
        """Give the same place, speaking another language of a facing page."""
        return Here(self.press, self._atlas, self.page, language, abroad=self._abroad)

    def abroad(self) -> Here:
        """Give the same place, for what will be read elsewhere."""
        return Here(self.press, self._atlas, self.page, self.language, abroad=True)

    def template(self, name: str) -> Macros:
        """Give the macros of a template as they speak here."""
        return self.press.speaking(self.language).macros(name)

    def once(self, macro: Callable[..., Markup], *given: object) -> Markup:
        """Give what a macro makes of things of the topic at hand; other pages show it too.

        It must be the same wherever in a language it stands: without links inside the site.
        """
        return self.press.once((id(macro), *map(id, given)), lambda: macro(*given))

    def address_of(self, to: Page | str, anchor: str = "") -> str:
        """Give the address of a page or a file in full."""
        return self._atlas.address_of(to, anchor)

    def link(self, to: Page | str, anchor: str = "") -> str:
        """Give the link to a page or a file."""
        if self._abroad:
            return self._atlas.address_of(to, anchor)
        return self._atlas.href(self.page, to, anchor)

    def to(self, *key: str, anchor: str = "") -> str | None:
        """Give the link to the page of a topic or an article, or None where there is none."""
        if (link := (key, anchor)) not in self._links:
            page = self._atlas.beside(self.page, key, self.language)
            self._links[link] = self.link(page, anchor) if page else None
        return self._links[link]

    def told(self, *key: str) -> tuple[Page, ...]:
        """Give the pages that tell what a key is about, each in its own language."""
        return self._atlas.versions(key)

    def prose(self, summary: Summary) -> list[Markup]:
        """Give the blocks of a text, its links leading to pages in the language spoken here."""
        return [block.render(self._follow) for block in summary.body.blocks]

    def _follow(self, link: Link) -> str | None:
        found = self._atlas.follow(link, self.page, self.language)
        return self.link(*found) if found else None
