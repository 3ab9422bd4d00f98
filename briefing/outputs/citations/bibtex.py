"""References -> BibTeX in UTF-8, with the types and fields of biblatex, for LaTeX and pandoc.

https://ctan.org/pkg/biblatex: what it calls `online`, and an `article` of a newspaper or magazine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefing.outputs.citations.iso_dates import iso_date
from briefing.outputs.citations.references import Reference, ReferenceKind
from briefing.syntax.cldr import english_name, primary_language

_SIGNS = {
    **{sign: f"\\{sign}" for sign in "#$%&_"},
    "\\": "\\textbackslash{}",
    "^": "\\textasciicircum{}",
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
    "~": "\\textasciitilde{}",
    "`": "\\textasciigrave{}",
    "-": "-{}",
}
"""Signs that are no text to LaTeX. Braces are counted after a backslash too, so they have names."""
_ANY_SIGN = re.compile(r"[#$%&_\\^{}~`]|-(?=-)")


def to_bibtex(cited: Iterable[Reference]) -> bytes:
    """Return references as BibTeX."""
    return "\n".join(_entry(each) for each in cited).encode()


def as_latex(text: str) -> str:
    """Write a text so that LaTeX shows it as it is, on one line."""
    return _ANY_SIGN.sub(lambda sign: _SIGNS[sign[0]], " ".join(text.split()))


def _entry(cited: Reference) -> str:
    kind = "online" if cited.kind is ReferenceKind.WEBPAGE else "article"
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(cited) if value)
    return f"@{kind}{{{cited.key},\n{fields}}}\n"


def _fields(cited: Reference) -> Iterator[tuple[str, str]]:
    """Yield the fields of an entry with their values, "" for none."""
    is_online = cited.kind is ReferenceKind.WEBPAGE
    yield "author", _name(cited.author)
    yield "title", as_latex(cited.title)
    yield "translator", _name(cited.translator)
    yield "organization" if is_online else "journaltitle", as_latex(cited.container)
    yield "entrysubtype", "" if is_online else cited.kind.value
    yield "date", iso_date(cited.issued)
    yield "url", cited.url.translate(_URL_SIGNS)
    yield "urldate", iso_date(cited.accessed)
    yield "langid", language_id(cited.language)
    yield "note", as_latex(cited.note)


_URL_SIGNS = {ord(sign): f"%{ord(sign):02X}" for sign in "{}\\ "}
"""A URL is taken as it stands, but its braces are counted."""


def _name(name: str) -> str:
    """Return a name as one that is not to be taken apart."""
    return f"{{{as_latex(name)}}}" if name else ""


def language_id(tag: str) -> str:
    """Return what babel calls a language, by its BCP 47 tag; "" where CLDR's name is no word."""
    name = english_name(primary_language(tag)).lower()
    return name if name.isascii() and name.isalpha() else ""
