"""Finished files -> those that show a text made by a machine without telling readers of it.

The pages of the theme tell it by themselves; a template that a site has in place of one of them
may not. Titles in lists of links are no text: the mark stands where they lead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape

from msgspec import Struct, json

from briefing.checks.disclosure.templates import template_that_dropped
from briefing.checks.parsed_file import JSON_LD_TYPE
from briefing.model.site import Site
from briefing.outputs.headlines import Headline
from briefing.outputs.json_ld import DESCRIPTIONS
from briefing.outputs.planned_page import PlannedPage
from briefing.problems import Place, Problem
from briefing.rendering.machine_mark import machine_word
from briefing.rendering.page import PageKind, TranslationState
from briefing.rendering.renderer import Renderer

_READ = frozenset({PageKind.READING, PageKind.FEED, PageKind.EMAIL})
"""The files with texts for readers."""
_NOT_SHOWN = re.compile(r"<(script|style|template|head)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SAYS_SOURCE = re.compile(
    rf'<script type="{re.escape(JSON_LD_TYPE)}">[^<]*"digitalSourceType"'.encode()
)


class _Mark(Struct, frozen=True):
    """What a file must say of a text that a machine made."""

    title: str
    """Of the text."""
    words: str


def machine_made_texts_are_marked(
    pages: Sequence[PlannedPage], outputs: Mapping[str, bytes], renderer: Renderer
) -> Iterator[Problem]:
    """Yield a problem for each template that shows a text made by a machine as if by a person.

    pages: planned pages of one unit. outputs: their bytes, by path.
    """
    site, found = renderer.site, set[tuple[str, str]]()
    for planned in pages:
        marks = tuple(_marks(planned, renderer)) if planned.page.kind in _READ else ()
        if not marks:
            continue
        data = outputs[planned.page.path]
        lost = "" if _says(planned, marks, data) else "readers are not told"
        if not lost and _must_describe(planned, site) and not _SAYS_SOURCE.search(data):
            lost = "its JSON-LD does not say"
        path = template_that_dropped(planned, renderer.files) if lost else ""
        if lost and (path, lost) not in found:
            found.add((path, lost))
            yield Problem(Place(path), f"{lost} that a machine made the text", _CURE)


_CURE = (
    "show `words(machine_word(summary))` if `site.must_mark(summary)`, and the script of "
    "`described`, as the file of the theme does; or have the text reviewed, and say so by "
    "`reviewed:` in it and `responsible:` in site.yaml"
)


def _marks(planned: PlannedPage, renderer: Renderer) -> Iterator[_Mark]:
    """Yield what a file must say, in the language in which it says the rest."""
    site, languages = renderer.site, planned.page.languages
    for at, text in enumerate(planned.texts):
        summary = text.summary
        if summary and languages and site.must_mark(summary):
            code = languages[at] if planned.page.is_facing else languages[0]
            yield _Mark(summary.title, renderer.words[code](machine_word(summary)))
    for line in _headlines_with_text(planned):
        heading = line.told[languages[0]]
        if heading.mark:
            yield _Mark(heading.title, renderer.words[languages[0]](heading.mark))


def _headlines_with_text(planned: PlannedPage) -> Iterator[Headline]:
    """Yield the topics of a list that are shown with the sentence below their title."""
    if planned.make == "pages/home.html" and (first := planned.context["first"]):
        yield first
    elif planned.page.kind is PageKind.FEED:
        yield from (line for line, _ in planned.context.get("topics", ()))


def _says(planned: PlannedPage, marks: Sequence[_Mark], data: bytes) -> bool:
    """Whether a file has all of some marks. An entry that a feed left out needs none."""
    shown = shown_words(planned.page.path, data)
    is_feed = planned.page.kind is PageKind.FEED
    wanted = [mark.words for mark in marks if not is_feed or _plain(mark.title) in shown]
    return all(shown.count(_plain(words)) >= wanted.count(words) for words in set(wanted))


def _must_describe(planned: PlannedPage, site: Site) -> bool:
    """Whether the JSON-LD of a page is to say what made its text."""
    page = planned.page
    is_own = page.translation is TranslationState.OWN and not page.is_facing
    is_told = any(text.summary and site.must_mark(text.summary) for text in planned.texts)
    return is_own and is_told and planned.make in DESCRIPTIONS


def shown_words(path: str, data: bytes) -> str:
    """Return the words of a page, a mail or a feed that its readers see, one space between them."""
    text = data.decode()
    if path.endswith(".json"):
        text = "\n".join(_strings(json.decode(data)))
    elif path.endswith(".xml"):
        text = unescape(text)
    if path.endswith(".txt"):
        return _plain(text)
    return _plain(unescape(_TAG.sub(" ", _NOT_SHOWN.sub(" ", text))))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)


def _plain(text: str) -> str:
    return " ".join(text.split())
