"""Locators -> links to passages of articles, as text fragments.

https://wicg.github.io/scroll-to-text-fragment/: a browser scrolls to the first place that has the
words, whole, without regard to case and accents. `briefing.checks.passages` proves them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from urllib.parse import quote

from briefing.model.article import Article, Locator, UrlStatus
from briefing.syntax.cldr import primary_language

_SIGNS = re.compile(r"[^\w.~]+")
"""What is no letter, no digit, and none of the signs that `quote` leaves as they are."""


def passage_link(article: Article, locator: Locator) -> str | None:
    """Return the URL of a passage of an article, or None if it has none.

    A locator in another language than the article's has none: its words are of a translation
    that was printed beside the article, and are not on its page.
    """
    return _link(article, locator, _encode)


def passage_href(article: Article, locator: Locator) -> str | None:
    """Return the URL of a passage with letters as they are, as HTML lets them be, or None.

    A browser encodes them itself; beside the passage they weigh next to nothing when compressed.
    """
    return _link(article, locator, _encode_signs)


def passages_href(article: Article, locators: Sequence[Locator], at: Locator) -> str | None:
    """Return at the first passage that has a URL the one that shows all of them, else None.

    A browser scrolls to the first of several text directives that it finds, and marks each.
    """
    links = ((each, link) for each in locators if (link := passage_href(article, each)))
    first, address = next(links, (None, ""))
    if first is not at:
        return None
    directives = [link.partition(":~:")[2] for _, link in links]
    return "&".join(dict.fromkeys([address, *directives]))


def _link(article: Article, locator: Locator, encode: Callable[[str], str]) -> str | None:
    """Return the URL of a passage with its words as `encode` writes them, or None."""
    address = readable_address(article)
    if address is None or primary_language(locator.language) != primary_language(article.language):
        return None
    page = address.partition(":~:")[0]
    return f"{page}{'' if '#' in page else '#'}:~:text={_directive(locator, encode)}"


def readable_address(article: Article) -> str | None:
    """Return the URL that readers can be sent to, or None.

    A usurped or dead one is replaced by that of the archived copy.
    """
    if article.url is None or article.url_status in {UrlStatus.USURPED, UrlStatus.DEAD}:
        return article.archive.url if article.archive else None
    return article.url


def text_directive(locator: Locator) -> str:
    """Return a text directive, percent-encoded: `[prefix-,]start[,end][,-suffix]`."""
    return _directive(locator, _encode)


def _directive(locator: Locator, encode: Callable[[str], str]) -> str:
    """Return a text directive with its words as `encode` writes them."""
    parts = [encode(locator.start)]
    if locator.before:
        parts.insert(0, f"{encode(locator.before)}-")
    if locator.end:
        parts.append(encode(locator.end))
    if locator.after:
        parts.append(f"-{encode(locator.after)}")
    return ",".join(parts)


def _encode_signs(words: str) -> str:
    """Return words with letters and digits as they are, and any other sign encoded."""
    return _SIGNS.sub(lambda signs: _encode(signs[0]), words)


def _encode(words: str) -> str:
    """Return words percent-encoded; a hyphen too, which would be syntax of the directive."""
    return quote(words, safe="").replace("-", "%2D")
