"""Planned pages -> bytes, and what is in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from briefing.checks.links import Survey, survey
from briefing.model.fingerprint import digest
from briefing.outputs.planned_page import Sheet
from briefing.outputs.render import render
from briefing.problems import Problem, Problems
from briefing.rendering.page_index import Atlas
from briefing.rendering.renderer import Press


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
    survey: Survey
    whole: bool = True
    """Whether these are all pages of the topic."""


def print_sheets(
    id: str, sheets: Sequence[Sheet], press: Press, atlas: Atlas, address: str
) -> Print:
    """Make pages of a site that will stand at an address, and look through them."""
    try:
        outputs = render(press, sheets, atlas)
    except Problems as problems:
        faults, nothing = tuple(problems), Survey(problems=(), ids={}, outgoing=())
        return Print(id=id, outputs={}, digests={}, shown={}, faults=faults, survey=nothing)
    return Print(
        id=id,
        outputs=outputs,
        digests={path: digest(data) for path, data in outputs.items()},
        shown={sheet.page.path: sheet.digest for sheet in sheets},
        faults=(),
        survey=survey(outputs, address),
    )
