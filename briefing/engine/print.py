"""Planned pages -> bytes, and what is in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from briefing.checks.links import LinkReport, inspect_pages
from briefing.model.fingerprint import fingerprint
from briefing.outputs.planned_page import PlannedPage
from briefing.outputs.render import render
from briefing.problems import Problem, Problems
from briefing.rendering.page_index import PageIndex
from briefing.rendering.renderer import Renderer


class Print(Struct, frozen=True, kw_only=True):
    """Pages as they go out."""

    id: str
    """Of the topic; "" for those that are no topic's."""
    outputs: Mapping[str, bytes]
    digests: Mapping[str, bytes]
    """Of the outputs, by path."""
    shown: Mapping[str, bytes]
    """The digest of what each shows, by path."""
    faults: tuple[Problem, ...]
    """What the templates have wrong; with any, there is no more."""
    survey: LinkReport
    whole: bool = True
    """Whether these are all pages of the topic."""


def print_sheets(
    id: str, pages: Sequence[PlannedPage], renderer: Renderer, index: PageIndex, address: str
) -> Print:
    """Make pages of a site that will stand at an address, and look through them."""
    try:
        outputs = render(renderer, pages, index)
    except Problems as problems:
        faults, nothing = tuple(problems), LinkReport(problems=(), ids={}, outgoing=())
        return Print(id=id, outputs={}, digests={}, shown={}, faults=faults, survey=nothing)
    return Print(
        id=id,
        outputs=outputs,
        digests={path: fingerprint(data) for path, data in outputs.items()},
        shown={planned.page.path: planned.fingerprint for planned in pages},
        faults=(),
        survey=inspect_pages(outputs, address),
    )
