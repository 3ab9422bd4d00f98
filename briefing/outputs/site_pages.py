"""The pages that exist once for the whole site: chooser, 404, lists of topics, method page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from msgspec.structs import replace

from briefing.model.fingerprint import fingerprint, fingerprint_of_value
from briefing.model.site import Language, Missing
from briefing.model.values import Moment
from briefing.outputs.headlines import Headline, ListEntry, decode_list_entry
from briefing.outputs.planned_page import PlannedPage, ShownText, in_every_language, shown_text
from briefing.outputs.site_output import SiteContents
from briefing.rendering.page import (
    NOT_FOUND,
    NUMBERED,
    Page,
    PageKey,
    PageKind,
    TranslationState,
)

ABOUT: PageKey = ("about",)
TOPIC_LISTS = "topic lists"
"""The name of the lists of topics, and of the entries that topics export for them."""
TOPICS_A_PAGE = 20
"""Topics on one page of the list of topics: no page grows without end."""


def chooser(contents: SiteContents) -> Iterator[PlannedPage]:
    """Yield the front door: the leading topic in every language, and no forced redirect."""
    latest = {
        language.code: next(iter(_leading_first(contents.headlines, language)), None)
        for language in contents.site.languages
    }
    shown = fingerprint(*(line.fingerprint if line else b"" for line in latest.values()))
    yield PlannedPage(Page(path="index.html"), "pages/chooser.html", {"latest": latest}, shown)


def _leading_first(headlines: Sequence[Headline], language: Language) -> list[Headline]:
    """Return the topics with a page in a language: the newest that can be compared, then the rest.

    headlines: the newest event first.
    """
    own = [line for line in headlines if language.code in line.told]
    lead = next((line for line in own if line.figures.comparable), None)
    return [lead, *(line for line in own if line is not lead)] if lead else own


def not_found(_contents: SiteContents) -> Iterator[PlannedPage]:
    """Yield the page that stands where nothing is; one for the whole site, in every language."""
    page = Page(path=NOT_FOUND, key=("404",))
    yield PlannedPage(page, "pages/not_found.html", {}, fingerprint())


def topic_lists(contents: SiteContents) -> Iterator[PlannedPage]:
    """Yield the lists of topics in each language, the newest first, TOPICS_A_PAGE to a page.

    On the first page the newest topic that can be compared stands before all others.
    """
    entries = {id: decode_list_entry(e) for id, e in contents.entries_of(TOPIC_LISTS).items()}
    for language in contents.site.languages:
        own = _leading_first(contents.headlines, language)
        dates = [entries[line.id].changed.get(language.code) for line in own]
        changed = max((at for at in dates if at), key=Moment.begins, default=None)
        facing = tuple(_latest_facing(contents, own, language))
        last = max(1, -(-len(own) // TOPICS_A_PAGE))
        for number in range(1, last + 1):
            key = _key_of_list(number)
            path = "/".join((language.code, *key, "index.html"))
            page = Page(path=path, key=key, languages=(language.code,))
            lines = own[(number - 1) * TOPICS_A_PAGE : number * TOPICS_A_PAGE]
            context = {
                **_sorted_lines(lines, entries, is_first=number == 1),
                "number": number,
                "newer": _key_of_list(number - 1) if number > 1 else None,
                "older": _key_of_list(number + 1) if number < last else None,
                "changed": changed,
                "facing": facing,
            }
            # The number of the page, and whether there are others, follow from which pages exist.
            known = (changed, facing, context["first_found"])
            shown = fingerprint(fingerprint_of_value(known), *(line.fingerprint for line in lines))
            yield PlannedPage(page, "pages/home.html", context, shown)


def _sorted_lines(
    lines: Sequence[Headline], entries: Mapping[str, ListEntry], *, is_first: bool
) -> dict[str, object]:
    """Return what a page of the list shows: a leading topic, those compared, those that wait."""
    compared = [line for line in lines if line.figures.comparable]
    first = compared.pop(0) if is_first and compared else None
    return {
        "first": first,
        "first_found": entries[first.id].shown_first if first else None,
        "topics": tuple(compared),
        "waiting": tuple(line for line in lines if not line.figures.comparable),
    }


def _latest_facing(
    contents: SiteContents, headlines: Sequence[Headline], language: Language
) -> Iterator[Page]:
    """Yield for each pair with a language the facing page of the first topic that has one."""
    for pair in contents.site.facing:
        codes = tuple(each.code for each in pair)
        if language not in pair:
            continue
        pages = (
            page
            for line in headlines
            for page in contents.pages[line.id]
            if page.key == (line.id,) and page.languages == codes
        )
        yield from islice((page for page in pages if page.kind is PageKind.READING), 1)


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
