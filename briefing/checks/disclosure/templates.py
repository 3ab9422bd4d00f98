"""A file that lacks a mark -> the template of the site that dropped it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from briefing.model.theme import TEMPLATES, THEME, THEME_REFERENCE, find_file
from briefing.outputs.feeds import ENTRY_TEMPLATE
from briefing.outputs.planned_page import PlannedPage
from briefing.rendering.page import PageKind

_TAKEN = re.compile(r"(?:extends|include|import|from|template\()\s*[\"']([^\"']+)[\"']")
_MARKING = re.compile(
    r"\b(?:machine_word|must_mark|notice|notice_lines|text_head|article_head|told\.mark|"
    r"heading\.mark|described)\b"
)
"""Names by which templates of the theme show a mark, or let another show it."""
_MADE_BY_CODE = {PageKind.FEED: ENTRY_TEMPLATE, PageKind.EMAIL: "email/topic.html"}
"""The templates of files that a function writes."""


def template_that_dropped(planned: PlannedPage, files: Mapping[str, bytes]) -> str:
    """Return the path of the template to mend; files: the shared sources, by path.

    Of those that the site has in place of the theme's, the first that no longer has what the
    theme's marks a text by; else the first of them; else the template of the page.
    """
    made_by = planned.make if isinstance(planned.make, str) else ""
    first = made_by or _MADE_BY_CODE.get(planned.page.kind, "base.html")
    used = list(_used(first, files))
    own = [name for name in used if TEMPLATES + name in files and THEME + name in files]
    dropped = (n for n in own if _lost(n, files))
    name = next(dropped, "") or next(iter(own), first)
    return find_file(files, name) or TEMPLATES + name


def _used(first: str, files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the names of a template and of all that it takes from, each once."""
    seen, waiting = {first}, [first]
    while waiting:
        yield (name := waiting.pop(0))
        for reference in _TAKEN.findall(_text(find_file(files, name) or "", files)):
            taken = reference.removeprefix(THEME_REFERENCE)
            if taken not in seen:
                seen.add(taken)
                waiting.append(taken)


def _lost(name: str, files: Mapping[str, bytes]) -> bool:
    """Whether the site's template has no longer what the theme's marks a text by.

    One that takes the rest from the theme's has lost nothing.
    """
    theirs, ours = (_text(folder + name, files) for folder in (THEME, TEMPLATES))
    if THEME_REFERENCE + name in ours:
        return False
    return bool(set(_MARKING.findall(theirs)) - set(_MARKING.findall(ours)))


def _text(path: str, files: Mapping[str, bytes]) -> str:
    return files.get(path, b"").decode(errors="replace")
