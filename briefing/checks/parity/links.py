"""The links of two versions of a paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from briefing.checks.parity.plain import LinkedWords, PlainBlock
from briefing.checks.parity.said import Difference, Said

_LANGUAGE = re.compile(r"(?:[a-z]{2}|[a-z]{2}-[a-zA-Z]{2,4}|www|m|eng|english|vietnamese|chinese)")
"""Matches a part of a host or of a path that is different in each language."""
_IN_ONE_LANGUAGE = ("wikipedia.org", "wikisource.org", "wikinews.org")
"""Sites whose pages have another address in each language."""
_NO_TOPIC = re.compile(r"^(point|article|topic):")


def link_differences(one: PlainBlock, other: PlainBlock) -> Iterator[Difference]:
    """Yield the links of either version that the other does not have, in pairs where it can be."""
    if not one.links and not other.links:
        return
    here = Counter(_target(link) for link in one.links)
    there = Counter(_target(link) for link in other.links)
    if here == there:
        return
    gone = _left(one.links, here - there)
    new = _left(other.links, there - here)
    for at in range(max(len(gone), len(new))):
        before, after = gone[at : at + 1], new[at : at + 1]
        words = " and ".join(f"`{link.target}`" for link in (*before, *after))
        yield Difference(
            said=Said.LINK,
            kind="link",
            one=(before[0].start, before[0].end) if before else None,
            other=(after[0].start, after[0].end) if after else None,
            words=words,
        )


def _left(links: tuple[LinkedWords, ...], more: Counter[str]) -> list[LinkedWords]:
    left, found = Counter(more), []
    for link in reversed(links):
        target = _target(link)
        if left[target]:
            left[target] -= 1
            found.append(link)
    return found[::-1]


def _target(link: LinkedWords) -> str:
    """Return where a link leads, whatever language the page there is in."""
    if _NO_TOPIC.match(link.target) or not link.target.startswith("http"):
        return link.target
    url = urlsplit(link.target)
    host = ".".join(part for part in url.netloc.split(".") if not _LANGUAGE.fullmatch(part))
    if host.endswith(_IN_ONE_LANGUAGE):
        return host
    path = [part for part in url.path.split("/") if part and not _LANGUAGE.fullmatch(part)]
    query = re.sub(r"\b(?:lang|hl|locale|language)=[\w-]+&?", "", url.query)
    return f"{host}/{'/'.join(path)}?{query}#{url.fragment}"
