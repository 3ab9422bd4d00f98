"""Moves and rewrites source files: all of them, or none.

Each folder of a path is opened in the one above without following a link. A file gets its new
name before it loses the old one, so it is there at every moment. New content is written to a
file beside the old one, under a name that `read_sources` ignores. Before anything is done, a
note of it is written, `rewrite_note`; a rewriting that is killed is carried out from there by the
next command. `commands.rename` is what needs this; `open_folders` has the steps.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from briefing.problems import Collector, Place, Problem, mistake, raise_if_any
from briefing.storage.open_folders import Entry, OpenFolders, write_errors_as_problems, write_new
from briefing.storage.rewrite_note import (
    RewriteNote,
    note_problems,
    read_note,
    remove_note,
    write_note,
)


def rewrite_sources(root: Path, moved: Mapping[str, str], written: Mapping[str, bytes]) -> None:
    """Move and rewrite files in the folder `root`; all paths start there.

    moved: new path by old path. written: new content by path, of a moved file by its new path.
    Files and folders that are missing are created; folders that become empty are removed.
    Raises Problems, with all undone, if a file is missing, if something stands at a new path, or
    if the system refuses.
    """
    with write_errors_as_problems(str(root)), OpenFolders.below(root) as folders:
        folders.lock()
        raise_if_any(_conflicts(folders, moved, written))
        note = write_note(folders, moved, written)
        changes = _Transaction(folders, note)
        try:
            changes.carry_out(moved, written)
        except BaseException:
            if changes.roll_back():
                remove_note(folders)
            raise
        changes.commit()
        remove_note(folders)


def write_file(folder: Path, name: str, data: bytes) -> None:
    """Write a file in a folder that is there, which keeps its owner and mode if it is one.

    Raises Problems, with the file as it was, if it is not regular, or if the system refuses.
    """
    with write_errors_as_problems(str(folder / name)), OpenFolders.below(folder) as folders:
        target = folders.entry(name)
        raise_if_any(_conflicts(folders, {}, {name: data}))
        new = target.beside(f".{name}.new")
        new.unlink()
        try:
            write_new(new, data, target.status())
            new.replace(target)
        except BaseException:
            new.unlink()
            raise


def finish_rewriting(root: Path) -> str:
    """Carry out what a rewriting that was killed in `root` had still to do.

    Return what was done, for the user; "" if there was nothing to be finished. Raises Problems,
    with the files as they were, if they were changed since, or if the system refuses.
    """
    with write_errors_as_problems(str(root)), OpenFolders.below(root) as folders:
        folders.lock()
        if (note := read_note(folders)) is None:
            return ""
        _remove_empty(folders, note)
        raise_if_any(note_problems(folders, note))
        _clear_up(folders, note)
        moved = {old: new for old, new in note.moved.items() if folders.mode(old) is not None}
        at = {new: old for old, new in moved.items()}
        written = {
            path: data
            for path, data in note.written.items()
            if folders.read(at.get(path, path)) != data
        }
        raise_if_any(_conflicts(folders, moved, written))
        changes = _Transaction(folders, note)
        try:
            changes.carry_out(moved, written)
        except BaseException:
            changes.roll_back()
            raise
        changes.commit()
        remove_note(folders)
    done = f"{len(note.moved)} files moved, {len(note.written)} rewritten"
    what = "a rename" if note.moved else "a change of files"
    return f"{what} that was stopped before its end was carried out: {done}"


def _remove_empty(folders: OpenFolders, note: RewriteNote) -> None:
    """Remove new folders that are empty: they may have another mode than they were to get."""
    for folder in {new.rpartition("/")[0] for new in note.moved.values()}:
        with suppress(OSError):
            _remove(folders.entry(folder))


def _clear_up(folders: OpenFolders, note: RewriteNote) -> None:
    """Remove what a killed rewriting has left: second names, new content, backups."""
    for old, new in note.moved.items():
        if folders.mode(old) is not None and folders.mode(new) is not None:
            folders.entry(old).unlink()
    for path in note.written:
        if not folders.has_folder_of(path):
            continue  # it was not made yet
        target = folders.entry(path)
        begun, saved = note.names_beside(target, path)
        begun.unlink()
        if target.status():
            saved.unlink()
        else:
            _restore(saved, target)


def _conflicts(
    folders: OpenFolders, moved: Mapping[str, str], written: Mapping[str, bytes]
) -> Iterator[Problem]:
    """Yield a problem for each file that is missing or not regular, and each path taken."""
    collector = Collector()
    changed = [path for path in written if path not in moved.values()]
    for path in sorted({*moved, *changed}):
        with collector.collect(), write_errors_as_problems(path):
            mode = folders.mode(path)
            if mode is None and path in moved:
                cure = "rename again: the files have changed meanwhile"
                raise mistake(Place(path), "is no longer there", cure)
            if mode is not None and not stat.S_ISREG(mode):
                raise mistake(Place(path), "is not a regular file", "take it away")
    for path in sorted(moved.values()):
        with collector.collect(), write_errors_as_problems(path):
            if folders.mode(path) is not None:
                raise mistake(Place(path), "is there already", "move it away, and rename again")
    yield from collector.found


UndoStep = Callable[[], object]
"""Undoes one step, whether that was done, done in part or not at all."""


class _Transaction:
    """Moves and writes files, and remembers how to undo that."""

    def __init__(self, folders: OpenFolders, note: RewriteNote) -> None:
        self._folders, self._note = folders, note
        self._undo: list[UndoStep] = []
        self._backups: list[Entry] = []
        self._emptied: set[str] = set()
        """Folders that files were moved out of."""

    def carry_out(self, moved: Mapping[str, str], written: Mapping[str, bytes]) -> None:
        """Move and write files, as for `rewrite_sources`."""
        for old, new in moved.items():
            self.move(old, new)
        for path, data in written.items():
            self.write(path, data)
        # Those that were emptied before this process, if it finishes what another one began.
        self._emptied.update(old.rpartition("/")[0] for old in self._note.moved)

    def move(self, old: str, new: str) -> None:
        """Move the file at `old` to the path `new`."""
        with write_errors_as_problems(new):
            self._make(new.rpartition("/")[0], old.rpartition("/")[0])
        with write_errors_as_problems(old):
            source, target = self._folders.entry(old), self._folders.entry(new)
            self._undo.append(partial(_move_back, source, target))
            source.move(target)
        self._emptied.add(old.rpartition("/")[0])

    def write(self, path: str, data: bytes) -> None:
        """Write `data` to the file at `path`, which keeps its owner and mode if it is there."""
        with write_errors_as_problems(path):
            self._make(path.rpartition("/")[0], "")
            target = self._folders.entry(path)
            status = target.status()
            new, old = self._note.names_beside(target, path)
            self._undo.append(new.unlink)
            write_new(new, data, status)
            if status is None:
                self._undo.append(partial(_remove_new, target, new.status()))
                new.move(target)
                return
            self._undo.append(partial(_restore, old, target))
            self._backups.append(old)
            _back_up(target, old)
            new.replace(target)

    def _make(self, path: str, like: str) -> None:
        """Make the folder `path` and those above it, if missing, with the mode of `like`."""
        if not path or self._folders.mode(path) is not None:
            return
        self._make(path.rpartition("/")[0], like)
        at = self._folders.entry(path)
        mode = stat.S_IMODE(self._folders.open(like).own_status().st_mode)
        self._undo.append(partial(_remove, at))
        at.folder.make_folder(at.name, 0o700)
        self._folders.open(path).set_mode(mode)

    def roll_back(self) -> bool:
        """Undo all steps, the last first; return whether all were. What cannot be is left."""
        is_whole = True
        while self._undo:
            try:
                self._undo.pop()()
            except FileNotFoundError:
                pass  # the step was not done
            except OSError:
                is_whole = False
        return is_whole

    def commit(self) -> None:
        """Remove the backups, and the folders that became empty."""
        for backup in self._backups:
            with suppress(OSError):
                backup.unlink()
        for folder in sorted(self._emptied, reverse=True):  # those inside a folder before it
            with suppress(OSError):
                _remove(self._folders.entry(folder))


def _move_back(source: Entry, target: Entry) -> None:
    if source.is_same(target):
        target.unlink()
    elif source.status() is None:
        target.move(source)


def _back_up(target: Entry, saved: Entry) -> None:
    """Link the file `target` at `saved`; rename it, where there are no hard links."""
    try:
        target.link(saved)
    except OSError:
        target.replace(saved)


def _restore(saved: Entry, target: Entry) -> None:
    if saved.status():
        saved.replace(target)
        saved.unlink()  # it is still there if both are names of one file


def _remove_new(target: Entry, new: os.stat_result | None) -> None:
    """Remove the file `target`, if it is the one with the status `new`."""
    status = target.status()
    if status and new and os.path.samestat(status, new):
        target.unlink()


def _remove(folder: Entry) -> None:
    folder.folder.remove_folder(folder.name)
