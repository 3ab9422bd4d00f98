"""The HTML of a page -> its start tags with their attributes and positions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape


def read_tags(text: str) -> Iterator[tuple[int, str, Mapping[str, str]]]:
    """Yield the index, the name and the attributes of each start tag; names are in lower case.

    Tags are found by a regular expression: templates escape, so that a `<` always begins a tag,
    and attribute values are in quotation marks. The tests compare the result with that of an
    HTML parser, which takes ten times as long.
    """
    for match in _TAG.finditer(text):
        if tag := match["tag"]:
            yield match.start(), tag.lower(), _attributes(match["rest"])


def _attributes(written: str) -> Mapping[str, str]:
    """Return the attributes of a tag by name, unescaped."""
    attributes = _ATTRIBUTE.findall(written) if written else ()
    return {name.lower(): unescape(a or b or c) for name, a, b, c in attributes}


_NAME, _ATTRIBUTES = r"[a-zA-Z][^\s/>]*+", r"""[^>"']*+(?:"[^"]*+"[^>"']*+|'[^']*+'[^>"']*+)*"""
_COMMENT = "!--.*?-->"
_TAG = re.compile(f"<(?:(?P<tag>{_NAME})(?P<rest>{_ATTRIBUTES})>|{_COMMENT})", re.DOTALL)
TAG = re.compile(f"<(?:{_NAME}{_ATTRIBUTES}>|{_COMMENT})", re.DOTALL)
"""Matches a start tag, or a comment, so that no start tag is found in one.

It has no groups, so that `findall` returns whole tags.
"""
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>]++)))?""")
