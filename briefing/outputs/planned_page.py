"""A page to be made, and the text it shows, in each language or facing in two."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct, msgpack

from briefing.model.article import Summary
from briefing.model.fingerprint import fingerprint
from briefing.model.site import Language, Missing, Site, Topic
from briefing.rendering.page import Page, PageKey, TranslationState, folder_of


class PlannedPage(Struct, frozen=True):
    """A page to be made: the template that lays it out, and what is on it."""

    page: Page
    template: str
    context: Mapping[str, Any]
    fingerprint: bytes = b""
    """Of its data; b"" if it has links by id, and is no topic's that would know where they lead."""

    @property
    def told(self) -> tuple[ShownText, ...]:
        """The texts that it shows; none where it shows none, and only leads on to another page."""
        return tuple(self.context.get("told", ()))


class ShownText(Struct, frozen=True):
    """The text that a page shows, and in which way."""

    telling: TranslationState
    summary: Summary | None
    stale: bool = False


TextIn = Callable[[Language], ShownText | None]


def in_every_language(
    site: Site, key: PageKey, template: str, tell: TextIn, data: Mapping[str, Any]
) -> Iterator[PlannedPage]:
    """Give the pages of a text: one in each language, one for each two it is told in."""
    told = {language.code: tell(language) for language in site.languages}
    for language in site.languages:
        if one := told[language.code]:
            yield _sheet(key, (language.code,), (one,), f"pages/{template}.html", data)
    for pair in site.facing:
        both = [one for language in pair if (one := told[language.code])]
        if [one.telling for one in both if one.summary] == [
            TranslationState.OWN,
            TranslationState.OWN,
        ]:
            codes = tuple(language.code for language in pair)
            yield _sheet(key, codes, tuple(both), f"pages/facing_{template}.html", data)


def _sheet(
    key: PageKey,
    languages: tuple[str, ...],
    told: tuple[ShownText, ...],
    template: str,
    data: Mapping[str, Any],
) -> PlannedPage:
    """Give a page; a facing one stands in for that in the first of its languages."""
    below = "/".join((*key, "index.html"))
    first = told[0]
    shown = first.summary.language if first.summary else languages[0]
    path = f"{folder_of(*languages)}/{below}"
    rows = data["comparison"].rows if len(key) == 1 and data.get("topic") else ()
    has_rows = bool(rows and data["topic"].articles)
    page = Page(
        path=path,
        key=key,
        languages=languages,
        translation=first.telling,
        anchors=frozenset(row.point.id for row in rows) if has_rows else frozenset(),
        canonical=None if path == f"{shown}/{below}" else f"{shown}/{below}",
    )
    return PlannedPage(page, template, {**data, "told": told, "summary": first.summary})


def is_outdated(original: Summary, translation: Summary) -> bool:
    """Whether an original has changed since it was translated."""
    return translation.of is not None and translation.of != original.digest


def topic_text(site: Site, topic: Topic, language: Language) -> ShownText | None:
    """Give the text of a topic to show in a language, or None for no page."""
    policy = topic.missing or site.missing
    return shown_text(topic.texts, _original(site, topic.texts), policy, language)


def _original(site: Site, texts: Mapping[str, Summary]) -> str:
    """Give the language of the text that is no translation, or the first there is."""
    codes = [language.code for language in site.languages if language.code in texts]
    return min(codes, key=lambda code: texts[code].translates is not None)


def shown_text(
    summaries: Mapping[str, Summary], original: str, policy: Missing, language: Language
) -> ShownText | None:
    """Give the text to show in a language and in which way, or None for no page."""
    if own := summaries.get(language.code):
        translated = summaries.get(own.translates or "")
        return ShownText(
            TranslationState.OWN, own, stale=bool(translated and is_outdated(translated, own))
        )
    if policy is Missing.HIDE:
        return None
    return ShownText(TranslationState(policy.value), summaries[original])


def fingerprint_of_value(shown: object) -> bytes:
    """Give the digest of what a sheet shows."""
    return fingerprint(msgpack.encode(shown, order="deterministic"))
