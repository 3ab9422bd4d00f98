"""What the head of a page tells machines must be so: rules on the pages of a finished site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from msgspec import DecodeError, json

from briefing.checks.parsed_file import ParsedPage
from briefing.problems import Problem
from briefing.rendering.page import url_of

DEFAULT = "x-default"


def what_is_said_is_json(page: ParsedPage) -> Iterator[Problem]:
    """What a page says of itself is one JSON object with a context (https://www.w3.org/TR/json-ld11/)."""
    for text in page.said:
        try:
            said = json.decode(text)
        except DecodeError as error:
            yield Problem(page.place(text), f"what the page says of itself is no JSON: {error}")
        else:
            if not isinstance(said, dict) or "@context" not in said:
                yield Problem(page.place(text), "what the page says of itself has no @context")


def versions_agree(pages: Mapping[str, ParsedPage], address: str) -> Iterator[Problem]:
    """The pages that tell the same in other languages name each other, themselves and a default.

    One that is not among these pages is not asked.
    https://developers.google.com/search/docs/specialty/international/localized-versions#all-method-guidelines
    """
    for page in pages.values():
        if not page.versions:
            continue
        told = dict(page.versions)
        own = address + url_of(page.path)
        if len(told) < len(page.versions):
            yield _wrong(page, "two of them are in one language")
        if own not in told.values():
            yield _wrong(page, "the page itself is not among them")
        if DEFAULT not in told:
            yield _wrong(page, "none of them is for readers of any other language")
        for target in told.values():
            other = pages.get(_path(target, address))
            if other and other.versions != page.versions and dict(other.versions) != told:
                yield _wrong(page, f"{target} names others")


def _path(target: str, address: str) -> str:
    path = unquote(target.removeprefix(address))
    return f"{path}index.html" if not path or path.endswith("/") else path


def _wrong(page: ParsedPage, what: str) -> Problem:
    cure = "let `base.html` write them as they are in `here.versions`"
    place = page.place('rel="alternate" hreflang=')
    return Problem(place, f"the versions in other languages: {what}", cure)
