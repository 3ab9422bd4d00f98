"""Pages + templates -> files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from markupsafe import Markup

from briefing.atlas import Alternate, Atlas, Key, Page, url_of
from briefing.language import Words, direction
from briefing.model import Briefing, Language, Summary
from briefing.pages import Sheet
from briefing.problems import Place, Problem, Problems, stop_on
from briefing.prose import Link
from briefing.templates import ASSETS, FOLDER, Compiled, Macros, Templates, told_as_problems

STYLES = "templates/styles/"
LAYERS = "templates/styles/layers.css"
"""The style sheet that says which layer goes before which, and so comes first."""
STYLE_SHEET = "assets/site.css"


def is_asset(path: str) -> bool:
    """Whether a source goes out as it is, or in the style sheet, and no page is made from it."""
    return path.startswith((ASSETS, STYLES))


def assets(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Take the files that go out as they are, and join the style sheets into one."""
    taken = {path.removeprefix(FOLDER): files[path] for path in files if path.startswith(ASSETS)}
    sheets = sorted(path for path in files if path.startswith(STYLES) and path.endswith(".css"))
    sheets.sort(key=lambda path: path != LAYERS)
    return taken | {STYLE_SHEET: b"\n".join(files[path] for path in sheets)}


class Press:
    """Makes pages: the templates, once in each language of the site."""

    def __init__(self, briefing: Briefing, compiled: Compiled) -> None:
        self._fragments: dict[tuple[object, ...], Markup] = {}
        self.languages = {language.code: language for language in briefing.languages}
        tongues = {lang.code: Words(lang, briefing.time_zone) for lang in briefing.languages}
        in_language = _in_language(briefing.languages)
        self._templates = {
            language.code: Templates(
                compiled,
                {
                    "site": briefing,
                    "language": language,
                    "words": tongues[language.code],
                    "in_language": in_language,
                    "tongues": tongues,
                },
            )
            for language in briefing.languages
        }

    def speaking(self, language: Language) -> Templates:
        """Give the templates as they speak a language."""
        return self._templates[language.code]

    def once(self, key: tuple[object, ...], make: Callable[[], Markup]) -> Markup:
        """Give what is made for a key, made once for all the sheets that are rendered together."""
        if (made := self._fragments.get(key)) is None:
            made = self._fragments[key] = make()
        return made

    def render(self, sheets: Iterable[Sheet], atlas: Atlas) -> dict[str, bytes]:
        """Make pages, by path, or raise Problems for what the templates have wrong.

        A page in every language has the words of the first of the site at hand.
        """
        made = {}
        self._fragments.clear()
        problems: dict[tuple[Place, str], Problem] = {}
        for sheet in sheets:
            page = sheet.page
            codes = page.languages or tuple(self.languages)
            here = Here(self, atlas, page, self.languages[codes[0]])
            try:
                with told_as_problems(page.path):
                    names = {**sheet.data, "page": page, "here": here}
                    made[page.path] = self.speaking(here.language).render(sheet.template, names)
            except Problems as found:  # the same in every page that has the template
                for problem in found:
                    problems.setdefault((problem.place, problem.message), problem)
        stop_on(problems.values())
        return made


def _in_language(languages: Iterable[Language]) -> Callable[[str], Markup]:
    """Give what writes the attributes of an element whose text is in a language, by its tag.

    A language of the site has the direction the site says it has.
    """
    known = {language.code: language.dir for language in languages}

    @cache
    def write(tag: str) -> Markup:
        return Markup('lang="{}" dir="{}"').format(tag, known.get(tag) or direction(tag))

    return write


class Here:
    """Where a template is: on a page, speaking a language; and what can be reached from it."""

    def __init__(self, press: Press, atlas: Atlas, page: Page, language: Language) -> None:
        self._press, self._atlas = press, atlas
        self.page, self.language = page, language
        self._links: dict[tuple[Key, str], str | None] = {}
        self.languages = tuple(press.languages[code] for code in page.languages)
        self.canonical = url_of(page.canonical or page.path)
        self.alternates: tuple[Alternate, ...] = atlas.alternates(page) if page.languages else ()
        """What the toggle offers."""
        told = (other for other in self.alternates if other.exact and len(other.languages) == 1)
        self.versions = () if page.is_facing else tuple(told)
        """Of these, the pages that tell what this page is about in their own language."""

    def spoken_in(self, language: Language) -> Here:
        """Give the same place, speaking another language of a facing page."""
        return Here(self._press, self._atlas, self.page, language)

    def template(self, name: str) -> Macros:
        """Give the macros of a template as they speak here."""
        return self._press.speaking(self.language).macros(name)

    def once(self, macro: Callable[..., Markup], *given: object) -> Markup:
        """Give what a macro makes of things of the topic at hand; other pages show it too.

        It must be the same wherever in a language it stands: without links inside the site.
        """
        return self._press.once((id(macro), *map(id, given)), lambda: macro(*given))

    def link(self, to: Page | str, anchor: str = "") -> str:
        """Give the link to a page or a file."""
        return self._atlas.href(self.page, to, anchor)

    def to(self, *key: str, anchor: str = "") -> str | None:
        """Give the link to the page of a topic or an article, or None where there is none."""
        if (link := (key, anchor)) not in self._links:
            page = self._atlas.beside(self.page, key, self.language)
            self._links[link] = self._atlas.href(self.page, page, anchor) if page else None
        return self._links[link]

    def prose(self, summary: Summary) -> list[Markup]:
        """Give the blocks of a text, its links leading to pages in the language spoken here."""
        return [block.render(self._follow) for block in summary.body.blocks]

    def _follow(self, link: Link) -> str | None:
        found = self._atlas.follow(link, self.page, self.language)
        return self._atlas.href(self.page, *found) if found else None
