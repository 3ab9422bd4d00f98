"""Reads BibTeX as strictly as the programs that cite from it: entries of braced fields, no more."""

from __future__ import annotations

import re
from collections.abc import Iterator

Entry = tuple[str, str, dict[str, str]]
"""The type, the key and the fields of an entry; their values are read as LaTeX shows them."""

_SIGNS = {
    "textbackslash": "\\",
    "textasciicircum": "^",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciigrave": "`",
}
_LATEX = re.compile(r"\\([#$%&_])|\\([a-z]+)\{\}|(-)\{\}(?=-)|([^\\#$%&_^{}~`])")


def read_bibtex(text: str) -> list[Entry]:
    """Give the entries of a file. Raises ValueError for what is no BibTeX."""
    entries, at = [], 0
    head = re.compile(r"@([a-z]+)\{([^\s,{}]+),\n")
    while at < len(text):
        if not (match := head.match(text, at)):
            raise ValueError(f"no entry begins at {text[at : at + 40]!r}")
        fields, at = _fields(text, match.end())
        entries.append((match[1], match[2], fields))
        at += text.startswith("\n", at)
    return entries


def _fields(text: str, at: int) -> tuple[dict[str, str], int]:
    fields: dict[str, str] = {}
    while match := re.compile(r"  ([a-z]+) = \{").match(text, at):
        end = _closing(text, match.end())
        name, value = match[1], text[match.end() : end]
        if name in fields or not text.startswith("},\n", end):
            raise ValueError(f"the field {name} does not end well")
        fields[name] = value if name == "url" else _shown(name, value)
        at = end + 3
    if not text.startswith("}\n", at):
        raise ValueError(f"the entry does not end at {text[at : at + 40]!r}")
    return fields, at + 2


def _closing(text: str, at: int) -> int:
    """Give where the brace closes that is open: braces are counted, whatever is before them."""
    depth = 1
    for place in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if not depth:
            return place
    raise ValueError("a brace is not closed")


def _shown(name: str, value: str) -> str:
    if name in {"author", "translator"}:
        if not (value.startswith("{") and value.endswith("}")):
            raise ValueError(f"the name {value!r} would be taken apart")
        value = value[1:-1]
    return "".join(_signs(value))


def _signs(value: str) -> Iterator[str]:
    at = 0
    while at < len(value):
        if not (match := _LATEX.match(value, at)) or value.startswith("--", at):
            raise ValueError(f"LaTeX would not show {value[at : at + 20]!r} as it is")
        yield _SIGNS[match[2]] if match[2] else match[1] or match[3] or match[4]
        at = match.end()
