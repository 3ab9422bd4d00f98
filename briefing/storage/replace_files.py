"""Files put in their places one by one, where folders cannot change theirs.

So it is where the system has no such call, where the output folder is a file system of its
own, or where nothing may be made beside it. All new files are written before the first is
put in its place, and if one cannot be, all go back.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from briefing.storage.output_changes import FOLDER_MODE, MANIFEST, WORK, Plan, listing
from briefing.storage.replace_folder import link, make_folder, write


def replace_each(plan: Plan) -> None:
    """Let the new files take the places of the old ones. Raises OSError, with all as it was."""
    work = plan.output / WORK
    moved = _Moves(work)
    try:
        for name in ("", "new", "old"):
            make_folder(work / name)
        _replace(plan, work / "new", moved)
    except BaseException:
        moved.undo()
        raise
    finally:
        _remove(work)


def _remove(work: Path) -> None:
    try:
        shutil.rmtree(work, ignore_errors=True)
    except BaseException:  # who was told to stop first does this
        shutil.rmtree(work, ignore_errors=True)
        raise


def clear_work(output: Path) -> None:
    """Remove what a build that was killed left inside an output folder. Raises OSError."""
    if (output / WORK).is_dir():
        shutil.rmtree(output / WORK)


def _replace(plan: Plan, new: Path, moved: _Moves) -> None:
    names = {path: str(number) for number, path in enumerate(sorted(plan.new))}
    for path, name in names.items():
        write(new / name, plan.files[path])
    # Until all is done, the files of both sites are the build's: if it is killed, the next
    # one knows them.
    write(new / "both", listing((plan.ours | plan.paths) - {MANIFEST}))
    moved.replace(new / "both", plan.output / MANIFEST)
    for folder in sorted(plan.folders):
        if not plan.held.is_folder(folder):
            moved.make(plan.output / folder)
    for folder in plan.shut:
        (plan.output / folder).chmod(FOLDER_MODE)
    for path, name in names.items():
        if path != MANIFEST:
            moved.replace(new / name, plan.output / path)
    for path in sorted(plan.stale):
        moved.away(plan.output / path)
    _remove_empty(plan)
    write(new / "site", plan.files[MANIFEST])
    moved.replace(new / "site", plan.output / MANIFEST)


class _Moves:
    """What was moved, so that it can be moved back."""

    def __init__(self, work: Path) -> None:
        self._old = work / "old"
        self._done: list[tuple[Path | None, Path]] = []
        self._made: list[Path] = []

    def replace(self, new: Path, target: Path) -> None:
        """Put a file in its place, in one step."""
        saved = self._next() if target.exists() else None
        if saved:
            link(target, saved)
        self._done.append((saved, target))
        new.replace(target)

    def make(self, folder: Path) -> None:
        """Make a folder."""
        make_folder(folder)
        self._made.append(folder)

    def away(self, target: Path) -> None:
        """Take a file away."""
        saved = self._next()
        target.rename(saved)
        self._done.append((saved, target))

    def _next(self) -> Path:
        return self._old / str(len(self._done))

    def undo(self) -> None:
        """Let everything be as it was."""
        for saved, target in reversed(self._done):
            if saved:
                target.parent.mkdir(parents=True, exist_ok=True)
                saved.replace(target)
            else:
                target.unlink(missing_ok=True)
        for folder in reversed(self._made):
            folder.rmdir()


def _remove_empty(plan: Plan) -> None:
    """Remove the folders in which nothing is left."""
    for folder in sorted(plan.emptied, reverse=True):
        with suppress(OSError):
            (plan.output / folder).rmdir()
