"""Locators -> links to passages of articles, as text fragments.

https://wicg.github.io/scroll-to-text-fragment/: a browser scrolls to the first place that has the
words, whole, without regard to case and accents. `briefing.checks.passages` proves them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote, unquote

from briefing.model.article import Article, Locator, UrlStatus
from briefing.syntax.cldr import primary_language

_ENCODED = re.compile("(?:%[89A-F][0-9A-F])+")
"""Letters and signs beyond ASCII."""


def passage_link(article: Article, locator: Locator) -> str | None:
    """Return the URL of a passage of an article, or None if it has none.

    A locator in another language than the article's has none: its words are of a translation
    that was printed beside the article, and are not on its page.
    """
    address = readable_address(article)
    if address is None or primary_language(locator.language) != primary_language(article.language):
        return None
    page = address.partition(":~:")[0]
    return f"{page}{'' if '#' in page else '#'}:~:text={text_directive(locator)}"


def passage_href(article: Article, locator: Locator) -> str | None:
    """Return the URL of a passage with letters as they are, as HTML lets them be, or None.

    A browser encodes them itself; beside the passage they weigh next to nothing when compressed.
    """
    link = passage_link(article, locator)
    return link and _with_letters(link)


def passages_href(article: Article, locators: Sequence[Locator], at: Locator) -> str | None:
    """Return at the first passage that has a URL the one that shows all of them, else None.

    A browser scrolls to the first of several text directives that it finds, and marks each.
    """
    links = ((each, link) for each in locators if (link := passage_link(article, each)))
    first, address = next(links, (None, ""))
    if first is not at:
        return None
    directives = [link.partition(":~:")[2] for _, link in links]
    return _with_letters("&".join(dict.fromkeys([address, *directives])))


def _with_letters(link: str) -> str:
    """Return the URL of passages with letters as they are in its directives."""
    page, mark, directives = link.partition(":~:")
    return f"{page}{mark}{_ENCODED.sub(_letters, directives)}"


def readable_address(article: Article) -> str | None:
    """Return the URL that readers can be sent to, or None.

    A usurped or dead one is replaced by that of the archived copy.
    """
    if article.url is None or article.url_status in {UrlStatus.USURPED, UrlStatus.DEAD}:
        return article.archive.url if article.archive else None
    return article.url


def text_directive(locator: Locator) -> str:
    """Return a text directive, percent-encoded: `[prefix-,]start[,end][,-suffix]`."""
    parts = [_encode(locator.start)]
    if locator.before:
        parts.insert(0, f"{_encode(locator.before)}-")
    if locator.end:
        parts.append(_encode(locator.end))
    if locator.after:
        parts.append(f"-{_encode(locator.after)}")
    return ",".join(parts)


def _letters(encoded: re.Match[str]) -> str:
    """Return letters and digits as they are, and any other sign encoded."""
    return "".join(sign if sign.isalnum() else quote(sign) for sign in unquote(encoded[0]))


def _encode(words: str) -> str:
    """Return words percent-encoded; a hyphen too, which would be syntax of the directive."""
    return quote(words, safe="").replace("-", "%2D")
