"""Pages + templates -> files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from briefing.atlas import PLAIN_CARD, Atlas
from briefing.here import Here
from briefing.linked_data import describe
from briefing.pages import Sheet
from briefing.press import Press
from briefing.problems import Place, Problem, Problems, stop_on
from briefing.templates import ASSETS, FOLDER, told_as_problems
from briefing.writers import WRITERS

STYLES = "templates/styles/"
LAYERS = "templates/styles/layers.css"
"""The style sheet that says which layer goes before which, and so comes first."""
STYLE_SHEET = "assets/site.css"


def is_asset(path: str) -> bool:
    """Whether a source goes out as it is, or in the style sheet, and nothing is made from it.

    The plain card stands for those that cannot be drawn.
    """
    return path.startswith((ASSETS, STYLES)) and path != f"{FOLDER}{PLAIN_CARD}"


def assets(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Take the files that go out as they are, and join the style sheets into one."""
    taken = {path.removeprefix(FOLDER): files[path] for path in files if path.startswith(ASSETS)}
    sheets = sorted(path for path in files if path.startswith(STYLES) and path.endswith(".css"))
    sheets.sort(key=lambda path: path != LAYERS)
    return taken | {STYLE_SHEET: b"\n".join(files[path] for path in sheets)}


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
