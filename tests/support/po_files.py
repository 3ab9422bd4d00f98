"""Translators: what they do to a PO file, and the sites that it comes from."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import polib

from briefing.commands.main import main
from support.disk import found
from support.web import not_run


def run(site: Path, *words: str) -> int:
    """Run a command on a site; give its status."""
    return main([*words, "--root", str(site)])


def exported(site: Path, language: str) -> Path:
    """Write the PO file of a language beside a site; give its path."""
    path = site.parent / f"{language}.po"
    assert run(site, "translate", "--po", language, "--output", str(path)) == 0
    return path


def take(site: Path, path: Path) -> int:
    """Take a PO file back; give the status."""
    return run(site, "translate", "--take", str(path))


def units(path: Path) -> list[polib.POEntry]:
    """Give the units of a PO file that are not obsolete."""
    return [each for each in polib.pofile(str(path), wrapwidth=0) if not each.obsolete]


def edit_units(path: Path, change: Callable[[polib.POEntry], None], *sources: str) -> None:
    """Do something to the units of a PO file with these originals, or to all."""
    file = polib.pofile(str(path), wrapwidth=60)
    wanted = [each for each in file if not sources or each.msgid in sources]
    assert len(wanted) >= len(sources), f"none of {sources}"
    for entry in wanted:
        change(entry)
    file.save()


def says(translation: str) -> Callable[[polib.POEntry], None]:
    """Give the change by which a unit gets a translation, and is right."""

    def change(entry: polib.POEntry) -> None:
        entry.msgstr = translation
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]

    return change


def changed_files(before: dict[str, bytes], site: Path) -> set[str]:
    """Give the paths of files of a site that are not as they were."""
    after = found(site)
    return {path for path in {**before, **after} if before.get(path) != after.get(path)}


def gettext(program: str, *words: str) -> str:
    """Give what a program of gettext says; fail if it finds a mistake."""
    if shutil.which(program) is None:
        not_run(program)
    done = subprocess.run(
        [program, *words], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stderr
