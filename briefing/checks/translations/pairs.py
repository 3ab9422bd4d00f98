"""Site -> each original with a translation of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefing.model.article import Summary
from briefing.model.site import Site


def language_versions(site: Site) -> Iterator[Mapping[str, Summary]]:
    """Yield each text of the site, as its versions by language code."""
    yield site.about
    for topic in site.topics:
        yield topic.texts
        yield from (article.summaries for article in topic.articles)


def translated_texts(site: Site) -> Iterator[tuple[Summary, Summary]]:
    """Yield each original with each of its translations."""
    for versions in language_versions(site):
        for translation in versions.values():
            if original := versions.get(translation.translates or ""):
                yield original, translation
