"""A topic without some of its articles, or without what its texts say."""

from __future__ import annotations

from collections.abc import Mapping, Set

from msgspec.structs import replace

from briefing.model.article import Article, Summary
from briefing.model.prose import Prose
from briefing.model.site import Topic


def without_articles(topic: Topic, hidden: Set[str]) -> Topic:
    """Give a topic as if some of its articles, by id, had never been read.

    Of the duplicates of a hidden article the first takes its place as the original.
    """
    if not hidden:
        return topic
    rest = [article for article in topic.articles if article.id not in hidden]
    originals: dict[str, str] = {}
    for article in rest:
        if article.duplicate_of in hidden:
            originals.setdefault(article.duplicate_of or "", article.id)
    articles = (replace(article, duplicate_of=_original(article, originals)) for article in rest)
    primary = {voice: id for voice, id in topic.primary.items() if id not in hidden}
    return replace(topic, articles=tuple(articles), primary=primary)


def without_texts(topic: Topic) -> Topic:
    """Give a topic with all that is told of its texts, but not what they say."""
    articles = (replace(a, summaries=_emptied(a.summaries)) for a in topic.articles)
    return replace(topic, articles=tuple(articles), texts=_emptied(topic.texts))


def _emptied(texts: Mapping[str, Summary]) -> Mapping[str, Summary]:
    empty = Prose()
    return {code: replace(text, body=empty, digest="", of=None) for code, text in texts.items()}


def _original(article: Article, originals: Mapping[str, str]) -> str | None:
    original = originals.get(article.duplicate_of or "", article.duplicate_of)
    return None if original == article.id else original
