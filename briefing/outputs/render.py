"""Pages + templates -> files."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.outputs.json_ld import json_ld
from briefing.outputs.planned_page import PlannedPage
from briefing.problems import Place, Problem, Problems, raise_if_any
from briefing.rendering.context import PageContext
from briefing.rendering.page_index import PageIndex
from briefing.rendering.renderer import Renderer
from briefing.rendering.template_errors import as_problems


def render(renderer: Renderer, pages: Iterable[PlannedPage], index: PageIndex) -> dict[str, bytes]:
    """Make pages, by path, or raise Problems for what the templates have wrong.

    A page in every language has the words of the first of the site at hand.
    """
    made = {}
    renderer.forget()
    problems: dict[tuple[Place, str], Problem] = {}
    for planned in pages:
        page = planned.page
        codes = page.languages or tuple(renderer.languages)
        here = PageContext(renderer, index, page, renderer.languages[codes[0]])
        try:
            with as_problems(page.path):
                made[page.path] = _make(planned, here)
        except Problems as found:  # the same in every page that has the template
            for problem in found:
                problems.setdefault((problem.place, problem.message), problem)
    raise_if_any(problems.values())
    return made


def _make(planned: PlannedPage, here: PageContext) -> bytes:
    if not isinstance(planned.make, str):
        return planned.make(here, planned.context)
    described = json_ld(here, planned.make, planned.context)
    names = {**planned.context, "page": planned.page, "here": here, "described": described}
    return here.renderer.for_language(here.language).render(planned.make, names)
