"""A link in a file of the site -> the line of the source or template that wrote it.

Only wrong links are looked up. The page is rendered again by templates that write a mark before
everything else (`compile_traced`), and the last mark before the link names the line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from urllib.parse import unquote

from briefing.checks.parsed_file import ParsedFile, ParsedPage
from briefing.model.html import escape
from briefing.model.site import Site
from briefing.outputs.planned_page import PlannedPage
from briefing.outputs.render import render
from briefing.problems import Place
from briefing.rendering.page_index import PageIndex
from briefing.rendering.renderer import Renderer
from briefing.rendering.templates import MARK, compile_traced
from briefing.syntax.text import Text
from briefing.syntax.urls import to_ascii


class Origins:
    """Finds the lines that wrote the links of pages."""

    def __init__(self, files: Mapping[str, bytes], site: Site, index: PageIndex) -> None:
        """Keep what the pages are rendered from; `files` are the shared sources, by path."""
        self._files, self._site, self._index = files, site, index

    @cached_property
    def _renderer(self) -> Renderer:
        """The renderer that traces templates; it is made for the first link only."""
        return Renderer(self._site, compile_traced(self._files), self._files)

    def of(self, planned: PlannedPage, written: str, texts: Mapping[str, bytes]) -> Place | None:
        """Return the place where a link of a page was written, or None if it is not found.

        written: the link as it is in the page. texts: the sources that the page was made from, by
        path; a link that is in none of them was written by a template.
        """
        return self._in_texts(written, texts) or self._in_templates(planned, written)

    def _in_texts(self, written: str, texts: Mapping[str, bytes]) -> Place | None:
        """Find a link that an author wrote, percent-encoded or not."""
        forms = {written, unquote(written)}
        if written.startswith(address := to_ascii(self._site.address)):
            forms.add(self._site.address + unquote(written.removeprefix(address)))
        either = "|".join(map(re.escape, sorted(forms)))
        link = re.compile(rf"(?<![\w/.#-])(?:{either})(?![\w/.#-])")
        for path in sorted(path for path in texts if path.startswith("content/")):
            text = texts[path].decode(errors="replace")
            if match := link.search(text):
                return Text(path, text).place(match.start())
        return None

    def _in_templates(self, planned: PlannedPage, written: str) -> Place | None:
        """Return the place that the last mark before the link names, in the page with marks."""
        path = planned.page.path
        marked = render(self._renderer, [planned], self._index)[path].decode()
        marks = [(match.start(), match) for match in MARK.finditer(marked)]
        plain = MARK.sub("", marked)
        at, length_of_marks = _offset_of_link(path, plain, self._site.address, written), 0
        place: Place | None = None
        for start, mark in marks:
            if start - length_of_marks > at:
                break
            length_of_marks += len(mark[0])
            place = Place(mark["path"], int(mark["line"]))
        return place


def _offset_of_link(path: str, text: str, address: str, written: str) -> int:
    """Return the index of a link in the text of the file at `path`; 0 if it is not found."""
    kind: Callable[[str, str, str], ParsedFile] = (
        ParsedPage if path.endswith(".html") else ParsedFile
    )
    tag = kind(path, text, address).addresses.get(written, "")
    start = max(0, text.find(tag)) if tag else 0
    return max(start, text.find(escape(written), start))
