"""Site -> each original with a translation of it."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.model.article import Summary
from briefing.model.site import Site


def translated_texts(site: Site) -> Iterator[tuple[Summary, Summary]]:
    """Yield each original with each of its translations."""
    texts = [site.about]
    for topic in site.topics:
        texts += [topic.texts, *(article.summaries for article in topic.articles)]
    for versions in texts:
        for translation in versions.values():
            if original := versions.get(translation.translates or ""):
                yield original, translation
