"""A Markdown file -> the YAML of its front matter, and its body."""

from __future__ import annotations

import re

from briefing.problems import mistake
from briefing.syntax.characters import describe_character
from briefing.syntax.text import Text

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_FIELDS_AND_FENCE = re.compile(
    r"(?:[ \t]*(?:#.*)?\n)*(?P<key>[a-z_]+):(?:[ \t].*)?\n"
    r"(?:(?:[a-z_]+:(?:[ \t].*)?|[ \t#].*|- .*|)\n)*---[ \t]*$",
    re.MULTILINE,
)
"""Matches lines of YAML and a fence at the start of a body: the first fence was one too many."""


_SIGNS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_DASHES = re.compile(rf"^-?(?P<sign>[{_SIGNS}])[-{_SIGNS}]*[ \t]*$", re.MULTILINE)
"""A line as word processors and tablets make it of three hyphens."""
_NEARLY = re.compile(r"^[ \t]+-{3,}[ \t]*$|^-{2}[ \t]*$|^-{4,}[ \t]*$")
_OTHER_FORMATS = {"+++": "TOML", "{": "JSON", ";;;": "JSON"}
"""Formats of front matter that other site generators take, by their first line."""
_CURE = "begin the file with a line `---`, the facts, and another line `---`"


def split_front_matter(source: Text) -> tuple[Text, Text]:
    """Return the YAML of the front matter and the Markdown below it.

    An empty body is on the line where the front matter ends: there is none below it.
    Raises Problems if there is no front matter, if it does not end, or if it ends before a field.
    """
    first = _FENCE.match(source.text)
    last = _FENCE.search(source.text, first.end()) if first else None
    if not first:
        raise mistake(source.place(0), *_first_line_mistake(source.text))
    if dash := _find_dashes(source.text, first.end(), last.start() if last else len(source.text)):
        message = f"the line is {describe_character(dash['sign'])}, where the front matter ends"
        raise mistake(source.place(dash.start()), message, "write three hyphens, `---`")
    if not last:
        raise mistake(source.place(0), "the front matter does not end", _CURE)
    if more := _FIELDS_AND_FENCE.match(source.text, last.end() + 1):
        message = f"the front matter ends here, before `{more['key']}:`"
        cure = "delete this line; or, in a text, write a heading with `##` and a break as `***`"
        raise mistake(source.place(last.start()), message, cure)
    matter = Text(source.path, source.text[first.end() + 1 : last.start()], source.line + 1)
    body, line = source.text[last.end() + 1 :], source.place(last.start()).line
    return matter, Text(source.path, body, line + 1 if body else line)


def _find_dashes(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the first line of dashes between two indices of a text, or None if there is none."""
    if not any(f"\n{sign}" in text or f"\n-{sign}" in text for sign in _SIGNS):
        return None  # the quick answer, and mostly the right one
    return _DASHES.search(text, start, end)


def _first_line_mistake(text: str) -> tuple[str, str]:
    """Return the message and the cure for a file that does not begin with a fence."""
    line = text.partition("\n")[0]
    if dash := _DASHES.match(line):
        message = f"no front matter: line 1 is {describe_character(dash['sign'])}"
        return message, "write three hyphens, `---`, and so where the front matter ends"
    if _NEARLY.match(line):
        return "no front matter: line 1 is not three hyphens alone", "write `---`"
    for start, name in _OTHER_FORMATS.items():
        if line.strip() == start or (start == "{" and line.startswith(('{"', "{ "))):
            message = f"this front matter is {name}"
            return message, "write it as YAML, `key: value` lines between two lines `---`"
    if not line.strip() and _FENCE.match(text.lstrip()):
        return "no front matter: an empty line is before it", "begin the file with a line `---`"
    return "no front matter", _CURE
