"""What goes with the pages of a topic: its feeds, its mail, its data, its cards, its old addresses.

A kind is one function, listed in COMPANIONS. All are made of the pages that tell the topic in
their own words: what is not translated is in no feed and in no mail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from briefing.comparison.compare import Comparison
from briefing.model.fingerprint import fingerprint
from briefing.model.site import Redirects
from briefing.outputs.planned_page import PlannedPage, fingerprint_of_value
from briefing.rendering.page import (
    ATOM,
    CARD,
    JSON_FEED,
    Page,
    PageKind,
    TranslationState,
    folder_of,
)

EMAIL = ("email.html", "email.txt")
Companions = Callable[[Comparison, Sequence[PlannedPage]], Iterator[PlannedPage]]


def data_of(topic: str, form: str = "json") -> str:
    """Give the path of the data of a topic."""
    return f"data/{topic}.{form}"


def pages_in_own_words(
    pages: Sequence[PlannedPage],
) -> Iterator[tuple[str, PlannedPage, list[PlannedPage]]]:
    """Give each language the topic is told in, with its page there and those of its articles."""
    single = [
        s
        for s in pages
        if len(s.page.languages) == 1 and s.page.translation is TranslationState.OWN
    ]
    for planned in single:
        if len(planned.page.key) == 1:
            code = planned.page.languages[0]
            articles = [s for s in single if len(s.page.key) > 1 and s.page.languages == (code,)]
            yield code, planned, articles


def feeds(_comparison: Comparison, pages: Sequence[PlannedPage]) -> Iterator[PlannedPage]:
    """What is new in a topic: its text, its summaries, and what was corrected in them."""
    for _, planned, articles in pages_in_own_words(pages):
        told = (*planned.told, *(own for each in articles for own in each.told))
        data = {
            **planned.context,
            "articles": tuple(s.context["article"] for s in articles),
            "told": told,
        }
        for name in (ATOM, JSON_FEED):
            yield beside_page(planned, PageKind.FEED, name, f"topic {name}", data)


def emails(_comparison: Comparison, pages: Sequence[PlannedPage]) -> Iterator[PlannedPage]:
    """The topic as it is mailed, and its plain-text twin."""
    for _, planned, _ in pages_in_own_words(pages):
        for name in EMAIL:
            yield beside_page(
                planned, PageKind.EMAIL, name, f"email/topic.{name[6:]}", planned.context
            )


def cards(_comparison: Comparison, pages: Sequence[PlannedPage]) -> Iterator[PlannedPage]:
    """The picture that is shown where the topic is shared."""
    for _, planned, _ in pages_in_own_words(pages):
        yield beside_page(planned, PageKind.CARD, CARD, CARD, planned.context)


def data(comparison: Comparison, pages: Sequence[PlannedPage]) -> Iterator[PlannedPage]:
    """The comparison for those who compute with it, in no language."""
    topic = comparison.topic.id
    titles = {
        code: planned.context["summary"].title for code, planned, _ in pages_in_own_words(pages)
    }
    for form in ("json", "csv"):
        page = Page(path=data_of(topic, form), key=(topic,), kind=PageKind.DATA)
        shown = {"comparison": comparison, "titles": titles}
        yield PlannedPage(
            page, f"topic data.{form}", shown, fingerprint(fingerprint_of_value(titles))
        )


COMPANIONS: tuple[Companions, ...] = (feeds, emails, cards, data)


def beside_page(
    planned: PlannedPage, kind: PageKind, name: str, template: str, shown: Mapping[str, Any]
) -> PlannedPage:
    """Give a sheet that stands in the folder of a page."""
    folder = planned.page.path.removesuffix("index.html")
    page = replace(planned.page, path=folder + name, kind=kind, anchors=frozenset())
    return PlannedPage(page, template, shown)


def plan_companions(
    redirects: Redirects, comparison: Comparison, pages: Sequence[PlannedPage], compared: bytes
) -> tuple[PlannedPage, ...]:
    """Give what goes with the pages of a topic, whose sheets and whose digest are given."""
    made = [planned for kind in COMPANIONS for planned in kind(comparison, pages)]
    known = [
        replace(s, fingerprint=fingerprint(compared, s.fingerprint, fingerprint_of_value(s.told)))
        for s in made
    ]
    old = _old_addresses(redirects, comparison.topic.id, [*pages, *known])
    return (*known, *old)


def _old_addresses(
    redirects: Redirects, topic: str, pages: Sequence[PlannedPage]
) -> Iterator[PlannedPage]:
    """Give what stands at the addresses that pages of a topic once had."""
    by_key: dict[tuple[str, ...], list[PlannedPage]] = {}
    for planned in pages:
        by_key.setdefault(planned.page.key, []).append(planned)
    for old, target in _old_ids(redirects, topic, [key[1] for key in by_key if len(key) > 1]):
        for planned in by_key.get(tuple(target.split("/")), ()):
            same = old.count("/") == target.count("/")
            if planned.page.kind is PageKind.READING:
                yield _redirect(planned.page, old)
            elif same:
                yield _moved(planned, topic, old)


def _old_ids(
    redirects: Redirects, topic: str, articles: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Give the ids that once were, with what they lead to in a topic.

    An article is known by each of its names, under each of the names of its topic.
    """
    keys = redirects.into.get(topic, ())
    same = [k for k in keys if "/" not in k and k in redirects.renamed]
    names = [topic, *(k for k in same if redirects.target(k) == topic)]
    below = {*articles, *(k.partition("/")[2] for k in keys if k.partition("/")[0] in names)}
    ids = dict.fromkeys([*keys, *(f"{name}/{each}" for name in names for each in sorted(below))])
    for old in ids:
        target = redirects.target(old)
        if target and not old.endswith("/") and target.partition("/")[0] == topic:
            yield old, target


def _redirect(to: Page, old: str) -> PlannedPage:
    """Give the page that leads from an old id to a page."""
    path = f"{folder_of(*to.languages)}/{old}/index.html"
    page = replace(to, path=path, kind=PageKind.REDIRECT, canonical=to.path, anchors=frozenset())
    return PlannedPage(page, "pages/redirect.html", {"to": to}, fingerprint(to.path.encode()))


def _moved(planned: PlannedPage, topic: str, old: str) -> PlannedPage:
    """Give a file once more at its old address: what reads it follows no page that leads on."""
    own = planned.page.path
    is_data = planned.page.kind is PageKind.DATA
    path = own.replace(f"data/{topic}.", f"data/{old}.") if is_data else _below(own, topic, old)
    page = replace(planned.page, path=path, canonical=own)
    return replace(planned, page=page)


def _below(path: str, topic: str, old: str) -> str:
    folder, _, name = path.partition(f"/{topic}/")
    return f"{folder}/{old}/{name}"
