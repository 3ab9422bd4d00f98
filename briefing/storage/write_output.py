"""The site, written: all at once or not at all, and nothing that is not the build's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from briefing.problems import Place, mistake
from briefing.storage.output_changes import FOLDER_MODE, MANIFEST, Plan, plan_change
from briefing.storage.replace_files import clear_work, replace_each
from briefing.storage.replace_folder import clear_away, put_in_place, put_one_in_place

SOURCES = ("content", "templates", "briefing", "tests", ".git", ".sources", ".venv")
"""Folders of the project in which no site is written."""


class WriteSummary(Struct, frozen=True):
    """What a write did to the output folder."""

    added: int
    changed: int
    removed: int

    @property
    def is_of_one_file(self) -> bool:
        """Whether one file has changed what it holds, and no other came or went."""
        return (self.added, self.changed, self.removed) == (0, 1, 0)

    def __str__(self) -> str:
        return f"{self.added} added, {self.changed} changed, {self.removed} removed"


def write_output(
    output: Path, files: Mapping[str, bytes], sources: Path, same: Set[str] = frozenset()
) -> WriteSummary:
    """Make the output folder hold these files, all at once, beside what others put there.

    A file that is the same keeps its time; `same` are the paths of further files of the site
    that are there as they shall be. Raises Problems, with the output as it was, if
    the folder holds the sources, has a stranger in the place of a file, or cannot be written.
    """
    with disk_errors_as_problems(output):
        refuse_unsafe_output(output, sources)
        output = output.resolve()
        output.parent.mkdir(parents=True, exist_ok=True)
        clear_away(output)
        clear_work(output)
        plan = plan_change(output, files, same)
        if plan.new or plan.stale or any(plan.shut) or not _is_open(output):
            _carry_out(plan)
            with suppress(OSError):  # the new site is there; the next build clears away the rest
                clear_away(output)
    added, new = plan.new - plan.ours - {MANIFEST}, plan.new - {MANIFEST}
    return WriteSummary(len(added), len(new - added), len(plan.stale))


def _carry_out(plan: Plan) -> None:
    """Change the site at once, or file by file where the output folder cannot be changed whole."""
    if plan.is_of_one_file and _is_open(plan.output):
        with suppress(OSError):
            return put_one_in_place(plan)
    if plan.output.exists():
        if not plan.held.closed:
            with suppress(OSError):
                return put_in_place(plan)
        return replace_each(plan)
    return put_in_place(plan)


def _is_open(output: Path) -> bool:
    """Whether all may read what is in the output folder."""
    return output.exists() and output.stat().st_mode & 0o777 == FOLDER_MODE


@contextmanager
def disk_errors_as_problems(output: Path) -> Iterator[None]:
    """Tell of what the system does not let us write."""
    try:
        yield
    except OSError as error:
        place = Place(str(error.filename or output))
        message = f"cannot be written: {error.strerror or error}"
        raise mistake(place, message, "cure that, and build again") from None


def refuse_unsafe_output(output: Path, sources: Path) -> None:
    """Refuse an output folder that is no folder, or that holds, or is in, what is no site.

    Raises Problems.
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
    inside = any(_is_same(up, there / name) for name in SOURCES for up in (here, *here.parents))
    if holds or inside:
        raise mistake(Place(str(output)), "the output folder would hold the sources", cure)


def _home() -> Iterator[Path]:
    with suppress(RuntimeError):
        yield Path.home().resolve()


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths are one folder, also where the names of a disk know no case."""
    with suppress(OSError):
        return one.samefile(other)
    return one == other
