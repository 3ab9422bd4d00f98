"""A topic -> the same topic without some of its articles, or without the bodies of its texts."""

from __future__ import annotations

from collections.abc import Mapping, Set

from msgspec.structs import replace

from briefing.model.article import Article, Summary
from briefing.model.prose import Prose
from briefing.model.site import Topic


def without_articles(topic: Topic, hidden: Set[str]) -> Topic:
    """Return a topic as if the articles whose ids are in `hidden` had never been read.

    If an original is hidden, the first of its duplicates becomes the original of the others, and
    a voice's own statement if the original was one: it is the same text.
    """
    if not hidden:
        return topic
    rest = [article for article in topic.articles if article.id not in hidden]
    originals: dict[str, str] = {}
    for article in rest:
        if article.duplicate_of in hidden:
            originals.setdefault(article.duplicate_of or "", article.id)
    articles = (replace(article, duplicate_of=_original(article, originals)) for article in rest)
    primary = {
        voice: originals.get(id, id)
        for voice, id in topic.primary.items()
        if id in originals or id not in hidden
    }
    return replace(topic, articles=tuple(articles), primary=primary)


def without_texts(topic: Topic) -> Topic:
    """Return a topic whose texts have titles, dates and translators, but empty bodies.

    Two topics that are equal without texts differ only in prose, so that the comparison of one
    holds for the other.
    """
    articles = (replace(a, summaries=_emptied(a.summaries)) for a in topic.articles)
    return replace(topic, articles=tuple(articles), texts=_emptied(topic.texts))


def _emptied(texts: Mapping[str, Summary]) -> Mapping[str, Summary]:
    """Return texts by language code, each with an empty body and no digests."""
    empty = Prose()
    return {code: replace(text, body=empty, digest="", of=None) for code, text in texts.items()}


def _original(article: Article, originals: Mapping[str, str]) -> str | None:
    """Return the id that an article is a duplicate of now; `originals` maps hidden ids to new."""
    original = originals.get(article.duplicate_of or "", article.duplicate_of)
    return None if original == article.id else original
