"""Pages + templates -> files."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.outputs.json_ld import describe
from briefing.outputs.planned_page import Sheet
from briefing.outputs.writers import WRITERS
from briefing.problems import Place, Problem, Problems, stop_on
from briefing.rendering.context import Here
from briefing.rendering.page_index import Atlas
from briefing.rendering.renderer import Press
from briefing.rendering.template_errors import told_as_problems


def render(press: Press, sheets: Iterable[Sheet], atlas: Atlas) -> dict[str, bytes]:
    """Make pages, by path, or raise Problems for what the templates have wrong.

    A page in every language has the words of the first of the site at hand.
    """
    made = {}
    press.clear()
    problems: dict[tuple[Place, str], Problem] = {}
    for sheet in sheets:
        page = sheet.page
        codes = page.languages or tuple(press.languages)
        here = Here(press, atlas, page, press.languages[codes[0]])
        try:
            with told_as_problems(page.path):
                made[page.path] = _written(sheet, here)
        except Problems as found:  # the same in every page that has the template
            for problem in found:
                problems.setdefault((problem.place, problem.message), problem)
    stop_on(problems.values())
    return made


def _written(sheet: Sheet, here: Here) -> bytes:
    if (write := WRITERS.get(sheet.template)) is not None:
        return write(here, sheet.data)
    described = describe(here, sheet.template, sheet.data)
    names = {**sheet.data, "page": sheet.page, "here": here, "described": described}
    return here.press.speaking(here.language).render(sheet.template, names)
