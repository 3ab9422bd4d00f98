"""Replaces the files of the output folder one by one, where the folder cannot be exchanged.

That is so if the system has no such call, if the output folder is a file system of its own, or
if nothing may be made beside it. All new files are written before the first takes its place; if
one cannot, all that was done is undone. `replace_folder` is the better way, and tried first.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from briefing.storage.output_changes import (
    BUILD_MANIFEST,
    FOLDER_MODE,
    WORK_FOLDER,
    OutputChanges,
    encode_manifest,
)
from briefing.storage.replace_folder import link_or_copy, make_folder, write_new_file


def replace_files(plan: OutputChanges) -> None:
    """Replace the files of the output folder as `plan` says. Raises OSError, with all undone."""
    work = plan.output / WORK_FOLDER
    done = _Replacements(work)
    try:
        for name in ("", "new", "old"):
            make_folder(work / name)
        _replace_all(plan, work / "new", done)
    except BaseException:
        done.undo()
        raise
    finally:
        _remove(work)


def _remove(work: Path) -> None:
    try:
        shutil.rmtree(work, ignore_errors=True)
    except BaseException:  # an interrupt: finish this before stopping
        shutil.rmtree(work, ignore_errors=True)
        raise


def remove_work_folder(output: Path) -> None:
    """Remove the work folder that a killed build left in `output`. Raises OSError."""
    if (output / WORK_FOLDER).is_dir():
        shutil.rmtree(output / WORK_FOLDER)


def _replace_all(plan: OutputChanges, new: Path, done: _Replacements) -> None:
    names = {path: str(number) for number, path in enumerate(sorted(plan.new))}
    for path, name in names.items():
        write_new_file(new / name, plan.files[path])
    # Until all is done the manifest lists the files of both sites, so that the next build
    # knows them as its own if this one is killed.
    write_new_file(new / "both", encode_manifest((plan.built | plan.paths) - {BUILD_MANIFEST}))
    done.replace(new / "both", plan.output / BUILD_MANIFEST)
    for folder in sorted(plan.folders):
        if not plan.contents.is_folder(folder):
            done.make_folder(plan.output / folder)
    for folder in plan.unreadable_folders:
        (plan.output / folder).chmod(FOLDER_MODE)
    for path, name in names.items():
        if path != BUILD_MANIFEST:
            done.replace(new / name, plan.output / path)
    for path in sorted(plan.stale):
        done.remove(plan.output / path)
    _remove_empty(plan)
    write_new_file(new / "site", plan.files[BUILD_MANIFEST])
    done.replace(new / "site", plan.output / BUILD_MANIFEST)


class _Replacements:
    """Replaces and removes files, and remembers how to undo that."""

    def __init__(self, work: Path) -> None:
        self._old = work / "old"
        self._done: list[tuple[Path | None, Path]] = []
        self._made: list[Path] = []

    def replace(self, new: Path, target: Path) -> None:
        """Move the file `new` to `target`, in one step; what was there can be restored."""
        backup = self._next_backup() if target.exists() else None
        if backup:
            link_or_copy(target, backup)
        self._done.append((backup, target))
        new.replace(target)

    def make_folder(self, folder: Path) -> None:
        """Make a folder, which `undo` removes."""
        make_folder(folder)
        self._made.append(folder)

    def remove(self, target: Path) -> None:
        """Remove the file `target`; it can be restored."""
        backup = self._next_backup()
        target.rename(backup)
        self._done.append((backup, target))

    def _next_backup(self) -> Path:
        return self._old / str(len(self._done))

    def undo(self) -> None:
        """Restore the files that were there, and remove new files and folders. Raises OSError."""
        for backup, target in reversed(self._done):
            if backup:
                target.parent.mkdir(parents=True, exist_ok=True)
                backup.replace(target)
            else:
                target.unlink(missing_ok=True)
        for folder in reversed(self._made):
            folder.rmdir()


def _remove_empty(plan: OutputChanges) -> None:
    """Remove the folders that the new site does not have, if they are empty."""
    for folder in sorted(plan.former_folders, reverse=True):
        with suppress(OSError):
            (plan.output / folder).rmdir()
