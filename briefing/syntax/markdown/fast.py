"""Plain Markdown, read without the parser: the few constructs that nearly all texts are made of.

What is not certain is not read here: anything that could mean something else to the
parser, or that it would tell of, makes `read_plain` give None, and the parser decides.
What is read is what https://spec.commonmark.org/0.31.2/ and, for tables,
https://github.github.com/gfm/#tables-extension- say of it, in the parser's own HTML;
tests/syntax/test_fast.py holds that both read the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from briefing.model.prose import (
    ID_SCHEMES,
    MAX_SEARCH,
    SLOT_END,
    SLOT_LABEL,
    SLOT_START,
    Block,
    Link,
)
from briefing.problems import Place
from briefing.syntax.text import Text
from briefing.syntax.urls import MAX_ADDRESS, link_url_mistake

MAX_HOSTS = 1_000
"""Hosts of links that are remembered, to look at the letters of each once."""
_SPECIAL = ("\\", "`", "<", "\ufffc", "\ufffd")
"""What no plain text has anywhere: escapes, code, autolinks, and what is refused but printable."""
_ENTITY = re.compile(r"&#?\w+;")
"""https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references"""
_OUTER_UNDERSCORE = re.compile(r"(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])")
"""One that may be of emphasis: inside a word it is a letter."""
_OUTER_NBSP = re.compile(r"(?<![^\s*|#>()\[\]-])\xa0|\xa0(?![^\s*|#>()\[\]-])")
"""A no-break space where it would be trimmed, or where being a space decides on emphasis."""
_SIGNS, _LISTS = frozenset("#>|-"), ("-", "1.")
_BLOCK = re.compile(r"#[^\n]*+|[^\n]++(?:\n[^#\n][^\n]*+)*")
"""A line that may be a heading, or the lines up to a blank one or to such a line."""
_BEGINNING = r"(?:[-+=>|:#~ ]|[0-9]{1,9}[.)](?!\S))"
"""How a line begins that may be more than a line of a paragraph.

Indented code, headings and their underlines, fences, breaks, items, quotations, tables.
A break of `*` and an item with it are left out: see `_EMPHASIS`.
"""
_BEGINS_BLOCK = re.compile(_BEGINNING)
_INTERRUPTS = re.compile(rf"\n{_BEGINNING}")
_HEADING = re.compile(r"(#{2,6}) +([^\n]*[^\n# ])")
"""https://spec.commonmark.org/0.31.2/#atx-headings, of the second level on and not closed."""
_NUMBER = re.compile(r"[0-9]{1,9}\. ")
_ITEM = re.compile(r"\n(-|[0-9]{1,9}\.) ")
"""https://spec.commonmark.org/0.31.2/#list-marker, with one space."""
_DELIMITERS = re.compile(r"\|(?: *:?-+:? *\|)+")
"""https://github.github.com/gfm/#delimiter-row, with pipes around it."""
_LETTER = "0-9A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
"""Letters and digits beside which emphasis is looked at: none is wide in East Asia."""
_MARK = r"!\"#$%&'(),\-./:;=>?@\[\]^{|}+“”‘’«»–—…"
"""And punctuation, without that which can be of emphasis itself."""
_INSIDE = r"(?:[^*\[\]]++|\[[^*\[\]]*+\]\([^*()\[\]]*+\))+"
"""What is emphasized: text and whole links."""


def _emphasis(run: str) -> re.Pattern[str]:
    """Find what is between two runs of `*`, of which one can only open and the other only close.

    They are left- and right-flanking, and not both, so that no other reading is possible:
    https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run. What stays is no pair,
    or perhaps a break or an item, and so nothing plain.
    """
    run = re.escape(run)
    after_space, after_mark = rf"(?<!\S{run})(?=[{_LETTER}{_MARK}])", rf"(?<=[{_MARK}]{run})"
    before_space, before_mark = rf"(?<=[{_LETTER}{_MARK}]{run})(?!\S)", rf"(?=[{_MARK}])"
    opening = rf"{run}(?:{after_space}|{after_mark}(?=[{_LETTER}]))"
    closing = rf"{run}(?:{before_space}|(?<=[{_LETTER}]{run}){before_mark})"
    return re.compile(f"{opening}({_INSIDE}){closing}")


_STRONG, _EMPHASIS = _emphasis("**"), _emphasis("*")
_BY_ID = rf"({'|'.join(ID_SCHEMES)}):([a-z0-9-]+(?:/[a-z0-9-]+)?)"
_LEADS_OUT = (
    r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)"
    r"(?:/(?:[0-9A-Za-z._~/?#=+,:@-]|&amp;|%[0-9A-Fa-f]{2})*)?"
)
"""An address with no character that would be encoded, or refused behind the host."""
_LINK = re.compile(rf"\[(?<!!\[)([^\[\]]+)\]\((?:{_BY_ID}|({_LEADS_OUT}))\)")
"""https://spec.commonmark.org/0.31.2/#inline-link, without a title, in text that is escaped.

Another link, an image, a reference or a definition leaves brackets, and so is nothing plain.
"""


class _NotPlainError(Exception):
    """The parser is to decide."""


@lru_cache(maxsize=200)  # those of the topic that is being edited
def parse_plain(source: Text) -> tuple[Block, ...] | None:
    """Give the blocks of a text as the parser would, or None if the text is not plain."""
    if not _may_be_plain(source.text):
        return None
    try:
        return tuple(_Reader(source).blocks())
    except _NotPlainError:
        return None


def _may_be_plain(text: str) -> bool:
    """Whether nothing in a text is special wherever it stands.

    Of what cannot be printed, which is all spaces but one, controls and what has no
    width, only line ends and no-break spaces are plain.
    """
    return (
        text.replace("\n", "").replace("\xa0", "").isprintable()
        and not any(sign in text for sign in _SPECIAL)
        and " \n" not in text  # a hard break, or a blank line that is not empty
        and not text.endswith(" ")
        and not ("~" in text and "~~" in text)
        and not ("&" in text and _ENTITY.search(text))
        and not ("_" in text and _OUTER_UNDERSCORE.search(text))
        and not ("\xa0" in text and _OUTER_NBSP.search(text))
    )


class _Reader:
    """Reads the blocks of a text; each part is given with the index of the line it begins on."""

    def __init__(self, source: Text) -> None:
        self._path, self._text = source.path, source.text
        self._links: list[Link] = []
        self._at = 0
        self._line, self._counted = source.line, 0
        """The line of the last link that was found, and its index."""

    def blocks(self) -> Iterator[Block]:
        """Give the blocks; raises _NotPlainError."""
        before = ""
        for match in _BLOCK.finditer(self._text):
            written = match[0]
            kind = _kind(written)
            if kind == before and kind in _LISTS:
                raise _NotPlainError  # two lists may be one, whose items are paragraphs
            self._links = []
            html = self._block(kind, written, match.start())
            yield Block(html, tuple(self._links))
            before = kind

    def _block(self, kind: str, written: str, start: int) -> str:
        match kind:
            case "#":
                return self._heading(written, start)
            case ">":
                return self._quotation(written, start)
            case "|":
                return self._table(written, start)
            case "-" | "1.":
                return self._list(written, start)
        return f"<p>{self._paragraph(written, start)}</p>"

    def _heading(self, written: str, start: int) -> str:
        if not (match := _HEADING.fullmatch(written)):
            raise _NotPlainError
        level = len(match[1])
        return f"<h{level}>{self._inline(match[2], start)}</h{level}>"

    def _quotation(self, written: str, start: int) -> str:
        """Read lines that all begin with `> `, or are `>` between two paragraphs."""
        html = ""
        for part in written.split("\n>\n"):
            if not part.startswith("> "):
                raise _NotPlainError
            html += f"<p>{self._paragraph(_without('> ', part[2:]), start)}</p>\n"
            start += len(part) + len("\n>\n")
        return f"<blockquote>\n{html}</blockquote>"

    def _list(self, written: str, start: int) -> str:
        """Read items of one paragraph each, whose other lines are indented as its first."""
        before, *parts = _ITEM.split(f"\n{written}")
        if before or not parts:
            raise _NotPlainError
        first, html = parts[0], ""
        for marker, item in zip(parts[::2], parts[1::2], strict=True):
            if (marker == "-") != (first == "-"):
                raise _NotPlainError
            indent = " " * (len(marker) + 1)
            html += f"<li>{self._paragraph(_without(indent, item), start)}</li>\n"
            start += len(indent) + len(item) + 1
        if first == "-":
            return f"<ul>\n{html}</ul>"
        number = int(first[:-1])
        return f'<ol start="{number}">\n{html}</ol>' if number != 1 else f"<ol>\n{html}</ol>"

    def _table(self, written: str, start: int) -> str:
        """Read rows that have all their cells, and pipes at both ends."""
        header, _, rest = written.partition("\n")
        delimiters, _, rest = rest.partition("\n")
        if not _DELIMITERS.fullmatch(delimiters):
            raise _NotPlainError
        columns = [_aligned(cell.strip(" ")) for cell in delimiters[1:-1].split("|")]
        head, body = self._row(_template("th", columns), len(columns), header, start), ""
        start += len(header) + len(delimiters) + 2
        if rest:
            template = _template("td", columns)
            for row in rest.split("\n"):
                body += self._row(template, len(columns), row, start)
                start += len(row) + 1
            body = f"<tbody>\n{body}</tbody>\n"
        return f"<table>\n<thead>\n{head}</thead>\n{body}</table>"

    def _row(self, template: str, columns: int, row: str, start: int) -> str:
        cells = row[1:-1].split("|")
        if len(row) == 1 or row[0] + row[-1] != "||" or len(cells) != columns:
            raise _NotPlainError
        return template % tuple([self._inline(cell.strip(" "), start) for cell in cells])

    def _paragraph(self, written: str, start: int) -> str:
        """Read the text of a paragraph, an item, or a part of a quotation."""
        if _BEGINS_BLOCK.match(written) or ("\n" in written and _INTERRUPTS.search(written)):
            raise _NotPlainError
        return self._inline(written, start)

    def _inline(self, written: str, start: int) -> str:
        """Read text with emphasis and links; line ends in it stay, as the parser leaves them."""
        html = written.replace("&", "&amp;").replace(">", "&gt;").replace('"', "&quot;")
        if "*" in html:
            if "**" in html:
                html = _STRONG.sub(_strong, html)
            html = _EMPHASIS.sub(_em, html)
        if "[" in html:
            self._at = start
            html = _LINK.sub(self._link, html)
        if "*" in html or "[" in html or "]" in html:
            raise _NotPlainError
        return html

    def _link(self, match: re.Match[str]) -> str:
        label, kind, target, escaped, host = match.groups()
        if kind:
            place = self._find(f"{kind}:{target}")
            self._links.append(Link(kind, target, place))
            return f"{SLOT_START}{len(self._links) - 1}{SLOT_LABEL}{label}{SLOT_END}"
        href = escaped.replace("&amp;", "&")
        if len(href) > MAX_ADDRESS or not _is_taken(host):
            raise _NotPlainError
        self._find(href)
        return f'<a href="{escaped}" rel="noopener">{label}</a>'

    def _find(self, href: str) -> Place:
        """Place an address where it stands next in the part, even if it is text there."""
        text = self._text
        found = text.index(href, self._at)
        if found + len(href) > self._at + MAX_SEARCH:
            raise _NotPlainError
        self._at = found + len(href)
        # It stands before the last one only in a cell, whose part begins with its row.
        self._line += text.count("\n", self._counted, found)
        self._counted = found
        return Place(self._path, self._line, found - text.rfind("\n", 0, found))


def _kind(written: str) -> str:
    """Give the sign that says what a block is, or nothing: `1.` for whatever number."""
    sign = written[0]
    if sign in _SIGNS:
        return sign
    return "1." if sign.isdigit() and _NUMBER.match(written) else ""


def _without(prefix: str, written: str) -> str:
    """Give a part without what all its lines but the first begin with; raises _NotPlainError."""
    if "\n" not in written:
        return written
    if written.count(f"\n{prefix}") != written.count("\n"):
        raise _NotPlainError
    return written.replace(f"\n{prefix}", "\n")


def _strong(match: re.Match[str]) -> str:
    return f"<strong>{match[1]}</strong>"


def _em(match: re.Match[str]) -> str:
    return f"<em>{match[1]}</em>"


def _aligned(cell: str) -> str:
    """Give the attribute of the cells below a cell of delimiters."""
    if cell[-1] == ":":
        return ' class="aligned-center"' if cell[0] == ":" else ' class="aligned-right"'
    return ' class="aligned-left"' if cell[0] == ":" else ""


def _template(tag: str, columns: list[str]) -> str:
    """Give the HTML of a row with `%s` for what is in its cells."""
    cells = "".join([f"<{tag}{aligned}>%s</{tag}>\n" for aligned in columns])
    return f"<tr>\n{cells}</tr>\n"


@lru_cache(MAX_HOSTS)
def _is_taken(host: str) -> bool:
    return link_url_mistake(f"https://{host}/") is None
