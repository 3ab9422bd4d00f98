"""The card of a topic: card.png beside its page, the picture that is shown where it is shared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from briefing.comparison.compare import Comparison, Figures
from briefing.comparison.verdict import Verdict
from briefing.model.site import Site
from briefing.model.theme import find_file
from briefing.outputs.cards.draw import Card
from briefing.outputs.planned_page import (
    ComparedTopic,
    PlannedPage,
    beside_page,
    pages_in_own_words,
)
from briefing.rendering.context import PageContext
from briefing.rendering.i18n import Translator
from briefing.rendering.page import CARD, PLAIN_CARD, PageKind


def cards(
    _site: Site, compared: ComparedTopic, pages: Sequence[PlannedPage]
) -> Iterator[PlannedPage]:
    """Yield the card of a topic in each language in which it has a text of its own.

    pages: those of the topic that are planned so far.
    """
    for _, planned, _ in pages_in_own_words(pages):
        yield compared.fingerprinted(beside_page(planned, PageKind.CARD, CARD, write_card))


def write_card(here: PageContext, context: Mapping[str, Any]) -> bytes:
    """Return the card of a topic as PNG; the plain one where it cannot be drawn."""
    renderer = here.renderer
    drawn = renderer.draw_card(card_of(here, context["comparison"], context["summary"].title))
    plain = find_file(renderer.files, PLAIN_CARD)
    return drawn or (renderer.files[plain] if plain else b"")


def card_of(here: PageContext, comparison: Comparison, title: str) -> Card:
    """Return what is on the card of a topic, which has a title in the language of the page."""
    words, topic = here.words, comparison.topic
    facts = [words.day(topic.event.start), words("n_articles", n=len(topic.articles))]
    if topic.articles:
        facts.append(words.language_names(article.language for article in topic.articles))
    counts = comparison.figures.tally.items() if comparison.comparable else ()
    return Card(
        site=words.text(here.renderer.site.title),
        title=title,
        facts=" · ".join(facts),
        figures=tuple(_figures(words, comparison.figures)),
        tally=tuple((v.value, words.of("verdict", v), count) for v, count in counts if count),
        rtl=here.language.dir == "rtl",
    )


def _figures(words: Translator, figures: Figures) -> Iterator[str]:
    """Yield the first of the headline figures, in words."""
    if not figures.comparable:
        yield words("one_source", n=figures.points) if figures.articles else words("no_articles")
        return
    yield words("figure_both_sides", n=figures.both_sides, total=figures.points)
    for verdict in (Verdict.DIFFER, Verdict.ONE_VOICE):
        if count := figures.tally[verdict]:
            yield words.of("figure", verdict, n=count)
    if figures.on_altered:
        yield words("figure_on_altered", n=figures.on_altered, total=figures.points)
