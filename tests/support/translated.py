"""A site in which a text of four paragraphs is translated, one by one."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from briefing.checks.translations.paragraphs import paragraphs_are_of_today
from briefing.commands.arguments import INPUTS
from briefing.commands.main import main
from briefing.commands.translate.earlier_text import earlier_text
from briefing.content.parse import parse_site
from briefing.problems import Problem
from briefing.storage.read_sources import read_tree
from support.disk import plant
from support.sites import Sources

TALKS = "content/river-talks"
ORIGINAL, PATH = f"{TALKS}/statement.vi.md", f"{TALKS}/statement.en.md"
KEPT = f"{TALKS}/.translated/statement.en.md"
TEXT = """\
Một bên nói 30 ngày.

Bên kia không đồng ý.

- Nước
- Cá

Hết.
"""
TRANSLATED = "One side says 30 days.\n\nThe other does not agree.\n\n- Water\n- Fish\n\nThe end.\n"


def plant_translated(root: Path, files: Sources) -> None:
    """Write a site with the text; its translation is right."""
    texts = dict(files)
    for path, body in ((ORIGINAL, TEXT), (PATH, TRANSLATED)):
        head = texts[path].decode().split("\n---\n")[0]
        texts[path] = f"{head}\n---\n{body}".encode()
    plant(root, texts)
    assert main(["ack", PATH, "--root", str(root)]) == 0


def behind_in(root: Path, path: str = PATH) -> list[Problem]:
    """Give what `check` tells of a translation that is behind."""
    files = read_tree(root, *INPUTS)
    told = paragraphs_are_of_today(parse_site(files), files, partial(earlier_text, root))
    return [each for each in told if each.place.path == path]
