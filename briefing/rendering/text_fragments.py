"""Locators -> links to the passage in the source, as text fragments.

https://wicg.github.io/scroll-to-text-fragment/: a browser goes to the first place where the words
stand, whole, without regard to case and accents.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from briefing.model.article import Article, Locator, UrlStatus


def passage_link(article: Article, locator: Locator) -> str | None:
    """Give the address of a passage, or None where it cannot be linked.

    A usurped address is never linked, a dead one gives way to its archived copy, and
    words in another language than the article's (a translation printed with the copy we
    read) are not on its page.
    """
    address = readable_address(article)
    if address is None or _family(locator.language) != _family(article.language):
        return None
    page = address.partition(":~:")[0]
    return f"{page}{'' if '#' in page else '#'}:~:text={fragment(locator)}"


def _family(tag: str) -> str:
    """The language of a tag, whatever its script and country: zh of zh-Hans."""
    return tag.partition("-")[0].lower()


def readable_address(article: Article) -> str | None:
    """Give the address a reader can be sent to, or None."""
    if article.url is None or article.url_status in {UrlStatus.USURPED, UrlStatus.DEAD}:
        return article.archive.url if article.archive else None
    return article.url


@lru_cache(maxsize=1_000)
def fragment(locator: Locator) -> str:
    """Write a locator as a text directive: `[prefix-,]start[,end][,-suffix]`, percent-encoded."""
    parts = [_encode(locator.start)]
    if locator.before:
        parts.insert(0, f"{_encode(locator.before)}-")
    if locator.end:
        parts.append(_encode(locator.end))
    if locator.after:
        parts.append(f"-{_encode(locator.after)}")
    return ",".join(parts)


def _encode(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")
