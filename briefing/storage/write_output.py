"""Writes a site to the output folder, all at once or not at all; foreign files stay.

`output_changes` finds what is to change; `replace_folder` does it in one step where the system
can, else `replace_files`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from briefing.problems import Place, mistake
from briefing.storage.output_changes import (
    BUILD_MANIFEST,
    FOLDER_MODE,
    OutputChanges,
    has_permissions,
    plan_output_changes,
)
from briefing.storage.read_sources import is_editor_file
from briefing.storage.replace_files import remove_work_folder, replace_files
from briefing.storage.replace_folder import remove_leftovers, replace_one_file, replace_output
from briefing.storage.system.exchange_folders import can_exchange

SOURCE_FOLDERS = (
    *("content", "static", "templates", "briefing", "tests", ".git", ".sources", ".venv"),
)
"""Folders of the project that the output folder may not be or be in."""
MAX_OTHERS_LISTED = 3
"""Files of others that are named when a folder is refused because of them."""


class WriteSummary(Struct, frozen=True):
    """Numbers of files that a write added, changed and removed."""

    added: int
    changed: int
    removed: int

    @property
    def is_one_rewrite(self) -> bool:
        """Whether one file was changed, and none was added or removed."""
        return (self.added, self.changed, self.removed) == (0, 1, 0)

    def __str__(self) -> str:
        return f"{self.added} added, {self.changed} changed, {self.removed} removed"


def write_output(
    output: Path, files: Mapping[str, bytes], sources: Path, unchanged: Set[str] = frozenset()
) -> WriteSummary:
    """Write a site, `files` by path, to the folder `output`; foreign files stay.

    unchanged: paths of further files of the site, which are there as they should be. A file with
    the same content keeps its time. Raises Problems, with the output as it was, if the folder
    holds `sources` or is in them, has a foreign file in the place of one of the site, or cannot
    be written.
    """
    with disk_errors_as_problems(output):
        refuse_unsafe_output(output, sources)
        output = output.resolve()
        output.parent.mkdir(parents=True, exist_ok=True)
        remove_leftovers(output)
        remove_work_folder(output)
        plan = plan_output_changes(output, files, unchanged)
        if plan.new or plan.stale or any(plan.unreadable_folders) or not _is_open(output):
            _apply(plan)
            with suppress(OSError):  # the new site is in place; the next build removes what is left
                remove_leftovers(output)
    added, new = plan.new - plan.built - {BUILD_MANIFEST}, plan.new - {BUILD_MANIFEST}
    return WriteSummary(len(added), len(new - added), len(plan.stale))


def _apply(plan: OutputChanges) -> None:
    """Replace the one file that changes, or the folder; else all files one by one."""
    if plan.is_one_rewrite and _is_open(plan.output):
        with suppress(OSError):
            return replace_one_file(plan)
    if plan.output.exists():
        if can_exchange() and not plan.contents.restricted:
            with suppress(OSError):
                return replace_output(plan)
        return replace_files(plan)
    return replace_output(plan)


def _is_open(output: Path) -> bool:
    """Whether everybody may read the output folder, and its owner write it."""
    return output.exists() and has_permissions(output.stat().st_mode, FOLDER_MODE)


@contextmanager
def disk_errors_as_problems(output: Path) -> Iterator[None]:
    """Turn an OSError of the block into a problem at its file, or at `output`. Raises Problems."""
    try:
        yield
    except OSError as error:
        place = Place(str(error.filename or output))
        message = f"cannot be written: {error.strerror or error}"
        raise mistake(place, message, "cure that, and build again") from None


def refuse_unsafe_output(output: Path, sources: Path) -> None:
    """Refuse an output folder in which a site would overwrite something else.

    Raises Problems if `output` is no folder, holds `sources` or the home folder of the user, or
    is one of SOURCE_FOLDERS or in one.
    """
    cure = "choose a folder of its own, like output/"
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise mistake(Place(str(output)), "the output is not a folder", cure)
    try:
        here, there = output.resolve(), sources.resolve()
    except RuntimeError:
        raise mistake(Place(str(output)), "is below a link that leads to itself", cure) from None
    above = [folder for whole in (there, *_home()) for folder in (whole, *whole.parents)]
    holds = any(_is_same(here, folder) for folder in above)
    inside = any(
        _is_same(up, there / name) for name in SOURCE_FOLDERS for up in (here, *here.parents)
    )
    if holds or inside:
        raise mistake(Place(str(output)), "the output folder would hold the sources", cure)


def refuse_filled_folder(output: Path) -> None:
    """Refuse an output folder that is not empty and in which no build has written yet.

    What begins with a dot, and what editors and systems leave behind, does not fill it.

    Raises Problems.
    """
    with disk_errors_as_problems(output):
        if not output.exists() or os.path.lexists(output / BUILD_MANIFEST):
            return
        others = sorted(path.name for path in output.iterdir() if not is_editor_file(path.name))
    if others:
        listed = ", ".join(f"`{name}`" for name in others[:MAX_OTHERS_LISTED])
        more = ", …" if len(others) > MAX_OTHERS_LISTED else ""
        message = f"no build made this folder, and it holds other files: {listed}{more}"
        cure = "choose a folder of its own, like output/, or add --among-others to build here"
        raise mistake(Place(str(output)), message, cure)


def _home() -> Iterator[Path]:
    with suppress(RuntimeError):
        yield Path.home().resolve()


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one folder, also on a disk that ignores the case of names."""
    with suppress(OSError):
        return one.samefile(other)
    return one == other
