"""Pages + templates -> files."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.outputs.json_ld import json_ld
from briefing.outputs.planned_page import PlannedPage
from briefing.outputs.writers import WRITERS
from briefing.problems import Place, Problem, Problems, stop_on
from briefing.rendering.context import PageContext
from briefing.rendering.page_index import PageIndex
from briefing.rendering.renderer import Renderer
from briefing.rendering.template_errors import as_problems


def render(press: Renderer, sheets: Iterable[PlannedPage], atlas: PageIndex) -> dict[str, bytes]:
    """Make pages, by path, or raise Problems for what the templates have wrong.

    A page in every language has the words of the first of the site at hand.
    """
    made = {}
    press.forget()
    problems: dict[tuple[Place, str], Problem] = {}
    for sheet in sheets:
        page = sheet.page
        codes = page.languages or tuple(press.languages)
        here = PageContext(press, atlas, page, press.languages[codes[0]])
        try:
            with as_problems(page.path):
                made[page.path] = _written(sheet, here)
        except Problems as found:  # the same in every page that has the template
            for problem in found:
                problems.setdefault((problem.place, problem.message), problem)
    stop_on(problems.values())
    return made


def _written(sheet: PlannedPage, here: PageContext) -> bytes:
    if (write := WRITERS.get(sheet.template)) is not None:
        return write(here, sheet.context)
    described = json_ld(here, sheet.template, sheet.context)
    names = {**sheet.context, "page": sheet.page, "here": here, "described": described}
    return here.renderer.for_language(here.language).render(sheet.template, names)
