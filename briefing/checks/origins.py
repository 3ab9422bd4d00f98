"""Where in the sources something was written that is in a file of the site.

This is asked only when something is wrong: the file is made once more, by templates that leave a
mark before everything they write, and the last mark before the place in question tells the line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from urllib.parse import unquote

from markupsafe import escape

from briefing.checks.parsed_file import ParsedFile, ParsedPage
from briefing.model.site import Site
from briefing.outputs.planned_page import PlannedPage
from briefing.outputs.render import render
from briefing.problems import Place
from briefing.rendering.page_index import PageIndex
from briefing.rendering.renderer import Renderer
from briefing.rendering.template_files import TEMPLATES
from briefing.rendering.templates import MARK, compile_traced
from briefing.syntax.text import Text
from briefing.syntax.urls import to_ascii


class Origins:
    """Looks for the origins of what is in the files of a site."""

    def __init__(self, files: Mapping[str, bytes], site: Site, index: PageIndex) -> None:
        """The files are the sources that are no topic's."""
        self._files, self._site, self._index = files, site, index

    @cached_property
    def _renderer(self) -> Renderer:
        return Renderer(self._site, compile_traced(self._files), self._files)

    def of(self, planned: PlannedPage, written: str, texts: Mapping[str, bytes]) -> Place | None:
        """Give where a link of a page was written: in one of the texts, or else in a template."""
        return self._in_texts(written, texts) or self._in_templates(planned, written)

    def _in_texts(self, written: str, texts: Mapping[str, bytes]) -> Place | None:
        """Find a link that an author wrote out, encoded or as it is read."""
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
        path = planned.page.path
        marked = render(self._renderer, [planned], self._index)[path].decode()
        marks = [(match.start(), match) for match in MARK.finditer(marked)]
        plain = MARK.sub("", marked)
        at, left = _offset(path, plain, self._site.address, written), 0
        found: Place | None = None
        for start, mark in marks:
            if start - left > at:
                break
            left += len(mark[0])
            found = Place(TEMPLATES + mark["name"], int(mark["line"]))
        return found


def _offset(path: str, text: str, address: str, written: str) -> int:
    """Give where a link stands in a file."""
    kind: Callable[[str, str, str], ParsedFile] = (
        ParsedPage if path.endswith(".html") else ParsedFile
    )
    tag = kind(path, text, address).addresses.get(written, "")
    start = max(0, text.find(tag)) if tag else 0
    return max(start, text.find(str(escape(written)), start))
