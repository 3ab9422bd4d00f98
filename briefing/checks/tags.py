"""The tags of a page and their attributes, with where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape


def read_tags(text: str) -> Iterator[tuple[int, str, Mapping[str, str]]]:
    """Give where each start tag of a page begins, its name and its attributes.

    Tags are looked for by their form: a page made of templates that escape has a `<` only
    where one begins, and its values stand in quotation marks. The tests hold this against
    a parser, which takes ten times as long.
    """
    for match in _TAG.finditer(text):
        if tag := match["tag"]:
            yield match.start(), tag.lower(), _attributes(match["rest"])


def _attributes(written: str) -> Mapping[str, str]:
    """Read the attributes of a tag."""
    found = _ATTRIBUTE.findall(written) if written else ()
    return {name.lower(): unescape(a or b or c) for name, a, b, c in found}


_NAME, _REST = r"[a-zA-Z][^\s/>]*+", r"""[^>"']*+(?:"[^"]*+"[^>"']*+|'[^']*+'[^>"']*+)*"""
_COMMENT = "!--.*?-->"
_TAG = re.compile(f"<(?:(?P<tag>{_NAME})(?P<rest>{_REST})>|{_COMMENT})", re.DOTALL)
TAG = re.compile(f"<(?:{_NAME}{_REST}>|{_COMMENT})", re.DOTALL)
"""A start tag, or a comment, in which there is none."""
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>]++)))?""")
