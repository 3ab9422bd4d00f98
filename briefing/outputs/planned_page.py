"""A page that will exist: what makes it, of what; and the text it shows, language by language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefing.comparison.compare import Comparison
from briefing.model.article import Summary
from briefing.model.fingerprint import fingerprint, fingerprint_of_value
from briefing.model.site import Language, Missing, Site, Topic
from briefing.rendering.context import PageContext
from briefing.rendering.page import Page, PageKey, PageKind, TranslationState, folder_of
from briefing.translation.marks import StaleMarks, stale_marks

Writer = Callable[[PageContext, Mapping[str, Any]], bytes]
"""Returns the bytes of a file, from where it stands and what it shows."""


class ShownText(Struct, frozen=True):
    """The text that a page shows, and in which way."""

    telling: TranslationState
    summary: Summary | None
    stale: StaleMarks | None = None
    """Where the original has changed since the text was translated; None: nowhere."""


class PlannedPage(Struct, frozen=True):
    """An output file that will exist."""

    page: Page
    make: str | Writer
    """The path of a template below templates/, or a function that writes the file."""
    context: Mapping[str, Any]
    """What the template or the function is given, by name."""
    fingerprint: bytes = b""
    """Fingerprint of `context`. b"": always render; a page of the site unit whose links by id may
    lead elsewhere after any edit."""

    @property
    def texts(self) -> tuple[ShownText, ...]:
        """The texts that the page shows, one for each of its languages; of most files, none."""
        return tuple(self.context.get("told", ()))


class ComparedTopic(Struct, frozen=True):
    """A topic of which pages are planned."""

    comparison: Comparison
    """Made without the texts, so that no page can show a text that is not its own."""
    topic: Topic
    """The same topic with its texts, as far as they are public."""
    fingerprint: bytes
    """Fingerprint of the topic that was compared, without texts."""

    def fingerprinted(self, planned: PlannedPage, *more: object) -> PlannedPage:
        """Return a page with the fingerprint of what was compared and of its texts."""
        shown = fingerprint_of_value((planned.texts, more))
        return replace(planned, fingerprint=fingerprint(self.fingerprint, shown))


TopicOutput = Callable[[Site, ComparedTopic, Sequence[PlannedPage]], Iterator[PlannedPage]]
"""Plans one kind of output file of a topic, given the pages of it that are planned so far."""

TextIn = Callable[[Language], ShownText | None]
"""Returns the text of something in a language; None: there is to be no page."""


def in_every_language(
    site: Site, key: PageKey, template: str, text_in: TextIn, context: Mapping[str, Any]
) -> Iterator[PlannedPage]:
    """Yield a page in each language, and a facing one for each pair in which both have a text.

    template: the name below templates/pages/; facing pages have `facing_` before it. The pages
    have no fingerprint yet.
    """
    texts = {language.code: text_in(language) for language in site.languages}
    for language in site.languages:
        if text := texts[language.code]:
            yield _page_with(key, (language.code,), (text,), f"pages/{template}.html", context)
    for pair in site.facing:
        both = [text for language in pair if (text := texts[language.code])]
        if [text.telling for text in both if text.summary] == [TranslationState.OWN] * 2:
            codes = tuple(language.code for language in pair)
            yield _page_with(key, codes, tuple(both), f"pages/facing_{template}.html", context)


def _page_with(
    key: PageKey,
    languages: tuple[str, ...],
    texts: tuple[ShownText, ...],
    template: str,
    context: Mapping[str, Any],
) -> PlannedPage:
    """Return a page of one language, or a facing page, whose canonical one is in its first."""
    below = "/".join((*key, "index.html"))
    first = texts[0]
    shown = first.summary.language if first.summary else languages[0]
    path = f"{folder_of(*languages)}/{below}"
    rows = context["comparison"].rows if len(key) == 1 and context.get("topic") else ()
    has_rows = bool(rows and context["topic"].articles)
    page = Page(
        path=path,
        key=key,
        languages=languages,
        translation=first.telling,
        anchors=frozenset(row.point.id for row in rows) if has_rows else frozenset(),
        canonical=None if path == f"{shown}/{below}" else f"{shown}/{below}",
    )
    return PlannedPage(page, template, {**context, "told": texts, "summary": first.summary})


def topic_text(site: Site, topic: Topic, language: Language) -> ShownText | None:
    """Return the text of a topic to show in a language; None: there is to be no page."""
    policy = topic.missing or site.missing
    return shown_text(topic.texts, _original(site, topic.texts), policy, language)


def _original(site: Site, texts: Mapping[str, Summary]) -> str:
    """Return the language of the text that is no translation, or the first there is."""
    codes = [language.code for language in site.languages if language.code in texts]
    return min(codes, key=lambda code: texts[code].translates is not None)


def shown_text(
    texts: Mapping[str, Summary], original: str, policy: Missing, language: Language
) -> ShownText | None:
    """Return the text to show in a language and in which way; None: there is to be no page.

    texts: by language code. original: the language shown where there is no translation.
    """
    if own := texts.get(language.code):
        translated = texts.get(own.translates or "")
        stale = stale_marks(translated, own) if translated else None
        return ShownText(TranslationState.OWN, own, stale=stale)
    if policy is Missing.HIDE:
        return None
    return ShownText(TranslationState(policy.value), texts[original])


OwnPages = tuple[str, PlannedPage, list[PlannedPage]]
"""A language code, the page of a topic in it, and the pages of the topic's articles in it."""


def pages_in_own_words(pages: Sequence[PlannedPage]) -> Iterator[OwnPages]:
    """Yield each language in which a topic has a text of its own, with its pages there."""
    single = [
        planned
        for planned in pages
        if len(planned.page.languages) == 1
        and planned.page.translation is TranslationState.OWN
        and planned.page.kind is PageKind.READING
    ]
    for planned in single:
        if len(planned.page.key) == 1:
            code = planned.page.languages[0]
            own = [p for p in single if len(p.page.key) > 1 and p.page.languages == (code,)]
            yield code, planned, own


def beside_page(
    planned: PlannedPage,
    kind: PageKind,
    name: str,
    make: Writer,
    context: Mapping[str, Any] | None = None,
) -> PlannedPage:
    """Return a file that stands in the folder of a page.

    make: writes it. context: what it shows; None: what the page shows.
    """
    folder = planned.page.path.removesuffix("index.html")
    page = replace(planned.page, path=folder + name, kind=kind, anchors=frozenset())
    return PlannedPage(page, make, planned.context if context is None else context)
