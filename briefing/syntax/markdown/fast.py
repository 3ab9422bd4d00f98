"""Plain Markdown -> blocks, without markdown-it-py: what nearly all texts consist of.

A text that is not certain to be plain is not parsed here: if anything in it could mean something
else to the parser, or be a problem, `parse_plain` returns None and
`briefing.syntax.markdown.commonmark` decides. The constructs are those of
https://spec.commonmark.org/0.31.2/ and https://github.github.com/gfm/#tables-extension-, and the
HTML is the parser's own: tests/syntax/test_fast.py holds that both give the same blocks.
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
from briefing.syntax.markdown.line_ends import join_plain
from briefing.syntax.text import Text
from briefing.syntax.urls import MAX_ADDRESS, link_url_mistake

MAX_HOSTS = 1_000
"""Hosts of links whose check is cached; those of the sources are in many texts."""
_SPECIAL = ("\\", "`", "<", "\ufffc", "\ufffd")
"""Characters of escapes, code, autolinks, and printable forbidden ones: no plain text has any."""
_ENTITY = re.compile(r"&#?\w+;")
"""https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references"""
_OUTER_UNDERSCORE = re.compile(r"(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])")
"""An underscore that may begin or end emphasis: it does not within a word."""
_OUTER_NBSP = re.compile(r"(?<![^\s*|#>()\[\]-])\xa0|\xa0(?![^\s*|#>()\[\]-])")
"""A no-break space that would be trimmed, or that decides on emphasis because it is a space."""
_TAG = re.compile(r"\{[{%#:]|%%")
"""What may begin a tag or a comment for another program, which is refused."""
_BLOCK_MARKERS, _LISTS = frozenset("#>|-"), ("-", "1.")
_BLOCK = re.compile(r"#[^\n]*+|[^\n]++(?:\n[^#\n][^\n]*+)*")
"""A line that may be a heading, or the lines up to a blank line or one that may be a heading."""
_BLOCK_START = r"(?:[-+=>|:#~ ]|[0-9]{1,9}[.)](?!\S))"
"""The start of a line that may be another block than a paragraph.

Indented code, headings and their underlines, fences, breaks, items, quotations, tables. A break
or an item of `*` is left out: its asterisk stays after `_EMPHASIS`, and so the text is not plain.
"""
_STARTS_BLOCK = re.compile(_BLOCK_START)
_INTERRUPTS_PARAGRAPH = re.compile(rf"\n{_BLOCK_START}")
_HEADING = re.compile(r"(#{2,6}) +([^\n]*[^\n# ])")
"""https://spec.commonmark.org/0.31.2/#atx-headings, of level two or more, without closing signs."""
_NUMBER = re.compile(r"[0-9]{1,9}\. ")
_ITEM = re.compile(r"\n(-|[0-9]{1,9}\.) ")
"""https://spec.commonmark.org/0.31.2/#list-marker, with one space."""
_DELIMITERS = re.compile(r"\|(?: *:?-+:? *\|)+")
"""https://github.github.com/gfm/#delimiter-row, with pipes around it."""
_LETTER = "0-9A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
"""Letters and digits that may be beside emphasis: none is wide (see `_CjkState` in commonmark)."""
_MARK = r"!\"#$%&'(),\-./:;=>?@\[\]^{|}+“”‘’«»–—…"
"""Punctuation that may be beside emphasis; none of it can be of emphasis itself."""
_EMPHASIZED = r"(?:[^*\[\]]++|\[[^*\[\]]*+\]\([^*()\[\]]*+\))+"
"""The inside of emphasis: text and whole links."""


def _emphasis(run: str) -> re.Pattern[str]:
    """Return a pattern of text between two runs: one that only opens, one that only closes.

    The first is left-flanking and the second right-flanking, and neither is both, so that no
    other reading is possible: https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run.
    An asterisk that is left after that is no pair, or a break or an item: the text is not plain.
    """
    run = re.escape(run)
    after_space, after_mark = rf"(?<!\S{run})(?=[{_LETTER}{_MARK}])", rf"(?<=[{_MARK}]{run})"
    before_space, before_mark = rf"(?<=[{_LETTER}{_MARK}]{run})(?!\S)", rf"(?=[{_MARK}])"
    opening = rf"{run}(?:{after_space}|{after_mark}(?=[{_LETTER}]))"
    closing = rf"{run}(?:{before_space}|(?<=[{_LETTER}]{run}){before_mark})"
    return re.compile(f"{opening}({_EMPHASIZED}){closing}")


_STRONG, _EMPHASIS = _emphasis("**"), _emphasis("*")
_ID_LINK = rf"({'|'.join(ID_SCHEMES)}):([a-z0-9-]+(?:/[a-z0-9-]+)?)"
_EXTERNAL_URL = (
    r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)"
    r"(?:/(?:[0-9A-Za-z._~/?#=+,:@-]|&amp;|%[0-9A-Fa-f]{2})*)?"
)
"""A URL of which, after the host, no character would be encoded or refused."""
_LINK = re.compile(rf"\[(?<!!\[)([^\[\]]+)\]\((?:{_ID_LINK}|({_EXTERNAL_URL}))\)")
"""https://spec.commonmark.org/0.31.2/#inline-link, without a title, in escaped text.

Any other link, an image, a reference or a definition leaves brackets: the text is not plain.
"""


class _NotPlainError(Exception):
    """Raised where a text turns out not to be plain, so that the parser must decide."""


@lru_cache(maxsize=200)  # a save reads all texts of the edited topic again
def parse_plain(source: Text) -> tuple[Block, ...] | None:
    """Return the blocks of a text as the parser would, or None if the text is not plain."""
    if not _may_be_plain(source.text):
        return None
    try:
        return tuple(_Reader(source).blocks())
    except _NotPlainError:
        return None


def plain_spans(text: str) -> list[tuple[int, int]]:
    """Return where each block of a plain text begins and ends."""
    return [match.span() for match in _BLOCK.finditer(text)]


def _may_be_plain(text: str) -> bool:
    """Whether a text has no character that is never plain.

    Of the characters that `str.isprintable` excludes (spaces but U+0020, controls, what has no
    width) only line ends and no-break spaces may be in a plain text.
    """
    return (
        text.replace("\n", "").replace("\xa0", "").isprintable()
        and not any(character in text for character in _SPECIAL)
        and " \n" not in text  # a hard break, or a blank line that is not empty
        and not text.endswith(" ")
        and not ("~" in text and "~~" in text)
        and not ("&" in text and _ENTITY.search(text))
        and not (("{" in text or "%" in text) and _TAG.search(text))
        and not ("_" in text and _OUTER_UNDERSCORE.search(text))
        and not ("\xa0" in text and _OUTER_NBSP.search(text))
    )


class _Reader:
    """Parses the blocks of a text.

    Methods take a part of the text as written, and the index in the text of the line it begins
    on. Each raises _NotPlainError if the part is not plain.
    """

    def __init__(self, source: Text) -> None:
        self._path, self._text = source.path, source.text
        self._links: list[Link] = []
        self._at = 0
        self._line, self._counted = source.line, 0
        """The line of the last link found, and the index up to which lines are counted."""

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks in order. Raises _NotPlainError."""
        before = ""
        for match in _BLOCK.finditer(self._text):
            written = match[0]
            kind = _block_kind(written)
            if kind == before and kind in _LISTS:
                raise _NotPlainError  # may be one loose list, with paragraphs for items
            self._links = []
            html = self._block(kind, written, match.start())
            yield Block(html, tuple(self._links))
            before = kind

    def _block(self, kind: str, written: str, start: int) -> str:
        """Return the HTML of a block; `kind` is what `_block_kind` returns for it."""
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
        """Return the HTML of lines that begin with `> `, or are `>` between two paragraphs."""
        html = ""
        for part in written.split("\n>\n"):
            if not part.startswith("> "):
                raise _NotPlainError
            html += f"<p>{self._paragraph(_strip_prefix('> ', part[2:]), start)}</p>\n"
            start += len(part) + len("\n>\n")
        return f"<blockquote>\n{html}</blockquote>"

    def _list(self, written: str, start: int) -> str:
        """Return the HTML of items of one paragraph each, with all lines indented as the first."""
        before, *parts = _ITEM.split(f"\n{written}")
        if before or not parts:
            raise _NotPlainError
        first, html = parts[0], ""
        for marker, item in zip(parts[::2], parts[1::2], strict=True):
            if (marker == "-") != (first == "-"):
                raise _NotPlainError
            indent = " " * (len(marker) + 1)
            if first != "-" and int(marker[:-1]) != int(first[:-1]) + html.count("<li>"):
                raise _NotPlainError
            html += f"<li>{self._paragraph(_strip_prefix(indent, item), start)}</li>\n"
            start += len(indent) + len(item) + 1
        if first == "-":
            return f"<ul>\n{html}</ul>"
        number = int(first[:-1])
        return f'<ol start="{number}">\n{html}</ol>' if number != 1 else f"<ol>\n{html}</ol>"

    def _table(self, written: str, start: int) -> str:
        """Return the HTML of rows that have all their cells, and pipes at both ends."""
        header, _, rest = written.partition("\n")
        delimiters, _, rest = rest.partition("\n")
        if not _DELIMITERS.fullmatch(delimiters):
            raise _NotPlainError
        columns = [_alignment(cell.strip(" ")) for cell in delimiters[1:-1].split("|")]
        head, body = self._row(_row_template("th", columns), len(columns), header, start), ""
        start += len(header) + len(delimiters) + 2
        if rest:
            template = _row_template("td", columns)
            for row in rest.split("\n"):
                body += self._row(template, len(columns), row, start)
                start += len(row) + 1
            body = f"<tbody>\n{body}</tbody>\n"
        return f"<table>\n<thead>\n{head}</thead>\n{body}</table>"

    def _row(self, template: str, columns: int, row: str, start: int) -> str:
        """Return the HTML of a row by a template of `_row_template`."""
        cells = row[1:-1].split("|")
        if len(row) == 1 or row[0] + row[-1] != "||" or len(cells) != columns:
            raise _NotPlainError
        return template % tuple([self._inline(cell.strip(" "), start) for cell in cells])

    def _paragraph(self, written: str, start: int) -> str:
        """Return the HTML inside a paragraph, an item, or a part of a quotation."""
        if _STARTS_BLOCK.match(written) or (
            "\n" in written and _INTERRUPTS_PARAGRAPH.search(written)
        ):
            raise _NotPlainError
        if "\n" in written:
            joined = join_plain(written)
            if joined is None:
                raise _NotPlainError
            written = joined
        return self._inline(written, start)

    def _inline(self, written: str, start: int) -> str:
        """Return the HTML of text with emphasis and links; line ends stay, as with the parser."""
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
        """Return the HTML of a link, or a slot for a link by id, which is added to the links."""
        label, kind, target, escaped, host = match.groups()
        if not label.strip():
            raise _NotPlainError  # nobody would see it
        if kind:
            place = self._find(f"{kind}:{target}")
            self._links.append(Link(kind, target, place))
            return f"{SLOT_START}{len(self._links) - 1}{SLOT_LABEL}{label}{SLOT_END}"
        href = escaped.replace("&amp;", "&")
        if len(href) > MAX_ADDRESS or not _is_allowed_host(host):
            raise _NotPlainError
        self._find(href)
        return f'<a href="{escaped}" rel="noopener">{label}</a>'

    def _find(self, href: str) -> Place:
        """Return the place where an address is next in the part, as the parser's finder does."""
        text = self._text
        index = text.index(href, self._at)
        if index + len(href) > self._at + MAX_SEARCH:
            raise _NotPlainError
        self._at = index + len(href)
        # Lines are counted from the last link on, not from the start of the text each time. In a
        # row of a table a link may be before the last one, on the same line: that counts none.
        self._line += text.count("\n", self._counted, index)
        self._counted = index
        return Place(self._path, self._line, index - text.rfind("\n", 0, index))


def _block_kind(written: str) -> str:
    """Return the marker that a block begins with, `1.` for any number, or "" for a paragraph."""
    first = written[0]
    if first in _BLOCK_MARKERS:
        return first
    return "1." if first.isdigit() and _NUMBER.match(written) else ""


def _strip_prefix(prefix: str, written: str) -> str:
    """Return a part without the prefix of all its lines but the first.

    Raises _NotPlainError if a line begins otherwise.
    """
    if "\n" not in written:
        return written
    if written.count(f"\n{prefix}") != written.count("\n"):
        raise _NotPlainError
    return written.replace(f"\n{prefix}", "\n")


def _strong(match: re.Match[str]) -> str:
    return f"<strong>{match[1]}</strong>"


def _em(match: re.Match[str]) -> str:
    return f"<em>{match[1]}</em>"


def _alignment(cell: str) -> str:
    """Return the attribute of the cells of a column by its cell in the delimiter row."""
    if cell[-1] == ":":
        return ' class="aligned-center"' if cell[0] == ":" else ' class="aligned-right"'
    return ' class="aligned-left"' if cell[0] == ":" else ""


def _row_template(tag: str, columns: list[str]) -> str:
    """Return the HTML of a row with `%s` for the contents of each cell."""
    cells = "".join([f"<{tag}{aligned}>%s</{tag}>\n" for aligned in columns])
    return f"<tr>\n{cells}</tr>\n"


@lru_cache(MAX_HOSTS)
def _is_allowed_host(host: str) -> bool:
    """Whether a link to a host is not refused."""
    return link_url_mistake(f"https://{host}/") is None
