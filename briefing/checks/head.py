"""Rules on the head of a page: its JSON-LD, and its links to the versions in other languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from msgspec import DecodeError, json

from briefing.checks.parsed_file import ParsedPage
from briefing.problems import Problem
from briefing.rendering.page import url_of

DEFAULT = "x-default"
"""The hreflang of the version for readers of any other language."""
_JSON_LD_CURE = "let `base.html` write it as `described` has it"


def json_ld_is_valid(page: ParsedPage) -> Iterator[Problem]:
    """Yield the JSON-LD of a page that is not one object with a context.

    https://www.w3.org/TR/json-ld11/
    """
    for text in page.json_ld:
        try:
            value = json.decode(text)
        except DecodeError as error:
            message = f"what the page says of itself is no JSON: {error}"
            yield Problem(page.place(text), message, _JSON_LD_CURE)
        else:
            if not isinstance(value, dict) or "@context" not in value:
                message = "what the page says of itself has no @context"
                yield Problem(page.place(text), message, _JSON_LD_CURE)


def versions_agree(pages: Mapping[str, ParsedPage], address: str) -> Iterator[Problem]:
    """Yield the pages whose links to their versions in other languages are wrong.

    The versions of a page have the same links: to each other, to the page itself, and to a
    default. A version that is not among `pages` is not looked at.
    https://developers.google.com/search/docs/specialty/international/localized-versions#all-method-guidelines
    """
    for page in pages.values():
        if not page.versions:
            continue
        versions = dict(page.versions)
        own = address + url_of(page.path)
        if len(versions) < len(page.versions):
            yield _problem(page, "two of them are in one language")
        if own not in versions.values():
            yield _problem(page, "the page itself is not among them")
        if DEFAULT not in versions:
            yield _problem(page, "none of them is for readers of any other language")
        for target in versions.values():
            other = pages.get(_path_of(target, address))
            # Lists are equal on nearly all pages, and quicker to compare than dictionaries to make.
            if other and other.versions != page.versions and dict(other.versions) != versions:
                yield _problem(page, f"{target} names others")


def _path_of(target: str, address: str) -> str:
    """Return the output path of a URL of the site."""
    path = unquote(target.removeprefix(address))
    return f"{path}index.html" if not path or path.endswith("/") else path


def _problem(page: ParsedPage, what: str) -> Problem:
    """Return the problem of the links to versions of a page."""
    cure = "let `base.html` write them as they are in `here.versions`"
    place = page.place('rel="alternate" hreflang=')
    return Problem(place, f"the versions in other languages: {what}", cure)
