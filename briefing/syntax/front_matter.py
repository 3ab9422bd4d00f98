"""A Markdown file -> the YAML of its front matter, and its body."""

from __future__ import annotations

import re

from briefing.problems import mistake
from briefing.syntax.text import Text

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_FIELDS_AND_FENCE = re.compile(
    r"(?:[ \t]*(?:#.*)?\n)*(?P<key>[a-z_]+):(?:[ \t].*)?\n"
    r"(?:(?:[a-z_]+:(?:[ \t].*)?|[ \t#].*|- .*|)\n)*---[ \t]*$",
    re.MULTILINE,
)
"""Matches lines of YAML and a fence at the start of a body: the first fence was one too many."""


def split_front_matter(source: Text) -> tuple[Text, Text]:
    """Return the YAML of the front matter and the Markdown below it.

    Raises Problems if there is no front matter, if it does not end, or if it ends before a field.
    """
    first = _FENCE.match(source.text)
    last = _FENCE.search(source.text, first.end()) if first else None
    if not first or not last:
        message = "the front matter does not end" if first else "no front matter"
        cure = "begin the file with a line `---`, the facts, and another line `---`"
        raise mistake(source.place(0), message, cure)
    if more := _FIELDS_AND_FENCE.match(source.text, last.end() + 1):
        message = f"the front matter ends here, before `{more['key']}:`"
        cure = "delete this line; or, in a text, write a heading with `##` and a break as `***`"
        raise mistake(source.place(last.start()), message, cure)
    matter = Text(source.path, source.text[first.end() + 1 : last.start()], source.line + 1)
    line = source.place(last.start()).line + 1
    return matter, Text(source.path, source.text[last.end() + 1 :], line)
