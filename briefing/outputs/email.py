"""The topic as it is mailed: one text, written as HTML that mail programs show and as plain text.

Mail programs know no style sheets and few elements, so each element has its style in place and
the layout is a table (https://www.caniemail.com/). The plain text (RFC 2046, 5.1.4) is made of
the same HTML, so that both always say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import asdict

from briefing.model.site import Site
from briefing.outputs.planned_page import (
    ComparedTopic,
    PlannedPage,
    beside_page,
    pages_in_own_words,
)
from briefing.rendering.context import PageContext
from briefing.rendering.page import PageKind

EMAIL_HTML, EMAIL_TEXT = "email.html", "email.txt"
LINE_WIDTH = 72
"""Characters of a line of plain text, as RFC 3676 would have it."""
_OPENING = re.compile(r"<([a-z][a-z0-9]*)(?=[\s>/])(?![^>]*\sstyle=)")


class Parts(Struct, frozen=True):
    """What a mail says, in plain elements."""

    head: Markup
    body: Markup
    foot: Markup


def emails(
    _site: Site, compared: ComparedTopic, pages: Sequence[PlannedPage]
) -> Iterator[PlannedPage]:
    """Yield the topic as it is mailed, in HTML and as plain text.

    pages: those of the topic that are planned so far.
    """
    for _, planned, _ in pages_in_own_words(pages):
        for name, write in ((EMAIL_HTML, email_html), (EMAIL_TEXT, email_text)):
            yield compared.fingerprinted(beside_page(planned, PageKind.EMAIL, name, write))


def email_html(here: PageContext, shown: Mapping[str, Any]) -> bytes:
    """Write the topic of a page as HTML to be mailed."""
    parts = _parts(here, shown)
    names = {**shown, "page": here.page, "here": here, "styled": styled, **asdict(parts)}
    return here.renderer.for_language(here.language).render("email/envelope.html", names)


def email_text(here: PageContext, shown: Mapping[str, Any]) -> bytes:
    """Write the topic of a page as plain text to be mailed."""
    parts = _parts(here, shown)
    return f"{as_text(f'<p>{parts.head}</p>{parts.body}<p>{parts.foot}</p>')}\n".encode()


def _parts(here: PageContext, shown: Mapping[str, Any]) -> Parts:
    """Return what both forms say, made once for the two."""

    def make() -> Parts:
        abroad = here.with_absolute_links()
        head, body, foot = (
            abroad.macro("email/topic.html", name)
            for name in ("mail_head", "topic_mail", "mail_foot")
        )
        told = shown["told"][0], shown["comparison"]
        return Parts(head(abroad), body(abroad, *told), foot(abroad))

    return here.renderer.memoize(("email", here.page.key, here.language.code), make)


def styled(body: str, styles: Mapping[str, str]) -> Markup:
    """Put the style of each element into its place, by the name of the element."""

    def put(match: re.Match[str]) -> str:
        style = styles.get(match[1])
        return f'{match[0]} style="{style}"' if style else match[0]

    return Markup(_OPENING.sub(put, body))  # noqa: S704 — it is markup, and so are the styles


def as_text(html: str) -> str:
    """Write HTML as plain text: links are numbered, and stand at its end."""
    reader = _Reader()
    reader.read(html)
    links = [f"[{number}] {address}" for address, number in reader.links.items()]
    return "\n\n".join([*reader.blocks, *(["\n".join(links)] if links else [])])


_BLOCKS = {"blockquote", "div", "h1", "h2", "h3", "li", "ol", "p", "pre", "table", "tr", "ul"}
_RULED = {"h1": "=", "h2": "-"}
_TOKEN = re.compile(r"<(?P<end>/?)(?P<tag>[a-z][a-z0-9]*)(?P<given>[^>]*)>|(?P<text>[^<]+)")
"""An element of ours begins or ends, or a text; a `>` in an attribute is written `&gt;`."""
_STRUCK = {"del", "s"}
_START = re.compile(r"""\sstart=["\']?([0-9]{1,9})""")
_HREF = re.compile(r"""\shref=(["'])(.*?)\1""")


class _Reader:
    """Reads HTML into blocks of plain text."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.links: dict[str, int] = {}
        """The number of each address, in order."""
        self._text: list[str] = []
        self._within: list[str] = []
        self._marks: list[str] = []
        """What stands before the next block, for each list that it is in."""
        self._lists: list[int | None] = []
        """The lists it is in: the number of the next item, or None where they have no numbers."""
        self._joined = False
        """Whether the last block is of the same list."""
        self._target: str | None = None

    def read(self, html: str) -> None:
        """Read all of it."""
        for match in _TOKEN.finditer(html):
            if text := match["text"]:
                data = unescape(text)
                self._text.append(data if "pre" in self._within else re.sub(r"\s+", " ", data))
            elif match["end"]:
                self._close(match["tag"])
            else:
                self._open(match["tag"], match["given"])
        self._end()

    def _open(self, tag: str, given: str) -> None:
        if tag in _BLOCKS:
            self._end()
            self._within.append(tag)
        if tag in {"ol", "ul"}:
            self._joined = self._joined and bool(self._lists)
            start = _START.search(given)
            number = int(start[1]) if start else 1
            self._lists.append(number if tag == "ol" else None)
        elif tag == "li" and self._lists:
            number_or_none = self._lists[-1]
            self._marks.append("- " if number_or_none is None else f"{number_or_none}. ")
            if number_or_none is not None:
                self._lists[-1] = number_or_none + 1
        elif tag in _STRUCK:
            self._text.append("~~")
        elif tag == "br":
            self._text.append("\n")
        elif tag in {"td", "th"}:
            self._text.append(" ")
        elif tag == "a" and (match := _HREF.search(given)):
            self._target = unescape(match[2])

    def _close(self, tag: str) -> None:
        if tag == "li":
            self._end()
            if self._marks:  # there was nothing in it
                self._put("".join(self._marks).rstrip(), is_item=True)
                self._marks.clear()
        elif tag in {"ol", "ul"}:
            self._end()
            self._lists.pop()
        elif tag in _STRUCK:
            self._text.append("~~")
        elif tag == "a" and self._target:
            number = self.links.setdefault(self._target, len(self.links) + 1)
            self._text.append(f" [{number}]")
            self._target = None
        if tag in _BLOCKS:
            self._end()
            self._within.pop()

    def _end(self) -> None:
        """End a block."""
        text, self._text = "".join(self._text), []
        if not text.strip():
            return
        text = text.strip("\n") if "pre" in self._within else text.strip()
        mark, self._marks = "".join(self._marks), []
        tag = self._within[-1] if self._within else "p"
        before = "> " if "blockquote" in self._within else ""
        before += "  " * (len(self._lists) - 1 if mark else len(self._lists))
        lines = [line for part in text.split("\n") for line in self._wrapped(part)]
        rows = [f"{before}{' ' * len(mark) if n else mark}{line}" for n, line in enumerate(lines)]
        if tag in _RULED:
            rows.append(_RULED[tag] * max(map(len, lines)))
        self._put("\n".join(rows), is_item=bool(mark))

    def _put(self, block: str, *, is_item: bool) -> None:
        """Add a block; the items of a list stand line by line."""
        if is_item and self._joined:
            self.blocks[-1] += f"\n{block}"
        else:
            self.blocks.append(block)
        self._joined = self._joined or is_item

    def _wrapped(self, text: str) -> list[str]:
        if "pre" in self._within:
            return [text]
        lines = [""]  # textwrap takes three times as long
        for word in text.split():
            if len(lines[-1]) + len(word) < LINE_WIDTH or not lines[-1]:
                lines[-1] += f" {word}" if lines[-1] else word
            else:
                lines.append(word)
        return lines
