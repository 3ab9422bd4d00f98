"""The pages that exist once for the whole site: chooser, 404, lists of topics, method page."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from briefing.model.fingerprint import fingerprint, fingerprint_of_value
from briefing.model.site import Language, Missing
from briefing.outputs.planned_page import PlannedPage, ShownText, in_every_language, shown_text
from briefing.outputs.site_output import SiteContents
from briefing.rendering.page import NOT_FOUND, NUMBERED, Page, PageKey, TranslationState

ABOUT: PageKey = ("about",)
TOPICS_A_PAGE = 20
"""Topics on one page of the list of topics: no page grows without end."""


def chooser(contents: SiteContents) -> Iterator[PlannedPage]:
    """Yield the front door: the latest topic in every language, and no forced redirect."""
    latest = {
        language.code: next((h for h in contents.headlines if language.code in h.told), None)
        for language in contents.site.languages
    }
    shown = fingerprint(*(line.fingerprint if line else b"" for line in latest.values()))
    yield PlannedPage(Page(path="index.html"), "pages/chooser.html", {"latest": latest}, shown)


def not_found(_contents: SiteContents) -> Iterator[PlannedPage]:
    """Yield the page that stands where nothing is; one for the whole site, in every language."""
    page = Page(path=NOT_FOUND, key=("404",))
    yield PlannedPage(page, "pages/not_found.html", {}, fingerprint())


def topic_lists(contents: SiteContents) -> Iterator[PlannedPage]:
    """Yield the lists of topics in each language, the newest first, TOPICS_A_PAGE to a page."""
    for language in contents.site.languages:
        own = [line for line in contents.headlines if language.code in line.told]
        last = max(1, -(-len(own) // TOPICS_A_PAGE))
        for number in range(1, last + 1):
            key = _key_of_list(number)
            path = "/".join((language.code, *key, "index.html"))
            page = Page(path=path, key=key, languages=(language.code,))
            lines = own[(number - 1) * TOPICS_A_PAGE : number * TOPICS_A_PAGE]
            context = {
                "topics": tuple(lines),
                "number": number,
                "newer": _key_of_list(number - 1) if number > 1 else None,
                "older": _key_of_list(number + 1) if number < last else None,
            }
            # The number of the page, and whether there are others, follow from which pages exist.
            shown = fingerprint(*(line.fingerprint for line in lines))
            yield PlannedPage(page, "pages/home.html", context, shown)


def _key_of_list(number: int) -> PageKey:
    """Return the key of a page of the list of topics; the first is the home page."""
    return (NUMBERED, str(number)) if number > 1 else ()


def about(contents: SiteContents) -> Iterator[PlannedPage]:
    """Yield the method page in every language, with the site's own text if it has one."""
    site = contents.site

    def text_in(language: Language) -> ShownText:
        own = shown_text(site.about, language.code, Missing.HIDE, language)
        return own or ShownText(TranslationState.OWN, None)  # the rules stand there without a text

    for planned in in_every_language(site, ABOUT, "about", text_in, {}):
        texts = [text.summary for text in planned.texts if text.summary]
        if any(True for text in texts for _ in text.body.links):
            yield planned
        else:
            yield replace(planned, fingerprint=fingerprint_of_value(planned.texts))
