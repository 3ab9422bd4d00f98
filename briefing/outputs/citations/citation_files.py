"""The references of a topic: beside its page in each language, as CSL-JSON and as BibTeX.

One file for all languages would serve nobody: who cites the Vietnamese page names its title, its
address and the outlets in Vietnamese.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from briefing.model.site import Site
from briefing.outputs.citations.bibtex import to_bibtex
from briefing.outputs.citations.csl_json import to_csl_json
from briefing.outputs.citations.references import Reference, references
from briefing.outputs.planned_page import (
    ComparedTopic,
    PlannedPage,
    beside_page,
    pages_in_own_words,
)
from briefing.rendering.context import PageContext
from briefing.rendering.page import BIBTEX, CSL_JSON, PageKind


def citations(
    _site: Site, compared: ComparedTopic, pages: Sequence[PlannedPage]
) -> Iterator[PlannedPage]:
    """Yield the references of a topic in each language in which it has a text of its own.

    pages: those of the topic that are planned so far.
    """
    for _, planned, articles in pages_in_own_words(pages):
        titles = {each.page.key[1]: each.context["summary"].title for each in articles}
        context = {**planned.context, "titles": titles}
        for name, write in ((CSL_JSON, write_csl_json), (BIBTEX, write_bibtex)):
            page = beside_page(planned, PageKind.CITATION, name, write, context)
            yield compared.fingerprinted(page, titles)


def write_csl_json(here: PageContext, context: Mapping[str, Any]) -> bytes:
    """Return the references of a topic as CSL-JSON."""
    return to_csl_json(_references(here, context))


def write_bibtex(here: PageContext, context: Mapping[str, Any]) -> bytes:
    """Return the references of a topic as BibTeX."""
    return to_bibtex(_references(here, context))


def _references(here: PageContext, context: Mapping[str, Any]) -> tuple[Reference, ...]:
    """Return what can be cited of a topic, made once for both forms."""
    topic, summary, titles = context["comparison"].topic, context["summary"], context["titles"]

    def make() -> tuple[Reference, ...]:
        return tuple(references(here, topic, summary, titles))

    return here.renderer.memoize(("references", topic.id, here.language.code), make)
