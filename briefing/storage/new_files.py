"""Writes files that were not there: all of them or none, and over nothing.

A new folder is made whole under a name beside its own, and gets its name in one step. In a folder
that is there the new files are made whole in a folder within, `.<first file>.new`, and each gets
its place by a link, which never replaces a file. The first of them comes last: where it is, all
are. A writing that is killed is carried out by the next one of the same files. It needs nothing
that a system may lack.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from briefing.problems import Place, Problem, mistake, raise_if_any
from briefing.storage.read_sources import is_editor_file

MAX_LISTED = 5
"""Other files of a folder that are named."""
_CHOOSE = "choose another folder, or one that is empty"
_AGAIN = "move it away, and do this again"


def write_new_files(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    among_others: bool = False,
    optional: Collection[str] = (),
    choose: str = _CHOOSE,
) -> None:
    """Write `files`, by path from `folder`, all of them or none; the folder is made if missing.

    The first file is written last, so that where it is, all are. among_others: whether the folder
    may hold other files; what editors and systems leave behind does not count. optional: paths
    at which a file that is there stays. choose: the cure where the folder holds other files.

    Raises Problems, with nothing written, if the folder holds what it may not, if a path is taken,
    or if the system refuses.
    """
    with _errors_as_problems(folder):
        if os.path.lexists(folder):
            _write_within(folder, files, optional, "" if among_others else choose)
        else:
            folder.parent.mkdir(parents=True, exist_ok=True)
            with _staged(folder.with_name(f".{folder.name}.new"), files) as stage:
                stage.rename(folder)


def _write_within(
    folder: Path, files: Mapping[str, bytes], optional: Collection[str], choose: str
) -> None:
    """Write `files` into a folder that is there; choose: the cure if others are, "" if they may."""
    stage = folder / f".{Path(next(iter(files))).name}.new"
    if choose:
        _refuse_others(folder, files if stage.exists() else (), choose)
    wanted = [path for path in files if path not in optional]
    raise_if_any(_taken(folder, {path: files[path] for path in wanted}, stage))
    with _staged(stage, files):
        _move_each(stage, folder, list(files))
        shutil.rmtree(stage, ignore_errors=True)


def _refuse_others(folder: Path, begun: Iterable[str], choose: str) -> None:
    """Do nothing if a folder is empty but for `begun`, what a killed writing has left of its files.

    Raises Problems otherwise.
    """
    known = {Path(path).parts[0] for path in begun}
    names = sorted(path.name for path in folder.iterdir())
    if others := [name for name in names if not (name in known or is_editor_file(name))]:
        listed = ", ".join(f"`{name}`" for name in others[:MAX_LISTED])
        more = ", …" if len(others) > MAX_LISTED else ""
        raise mistake(Place(str(folder)), f"the folder holds other files: {listed}{more}", choose)


@contextmanager
def _staged(stage: Path, files: Mapping[str, bytes]) -> Iterator[Path]:
    """Write `files` below the folder `stage`, its value; remove it if the block raises anything."""
    _remove_leftover(stage, files)
    try:
        stage.mkdir()
        for path, data in files.items():
            (stage / path).parent.mkdir(parents=True, exist_ok=True)
            with (stage / path).open("xb") as file:
                file.write(data)
        yield stage
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise


def _remove_leftover(stage: Path, files: Mapping[str, bytes]) -> None:
    """Remove what a killed writing of the same files left. Raises Problems for anything else."""
    if not os.path.lexists(stage):
        return
    is_ours = stage.is_dir() and not stage.is_symlink()
    left = [path for path in stage.rglob("*") if path.is_symlink() or not path.is_dir()]
    names = {stage / path for path in files}
    if not is_ours or not names.issuperset(left):
        message = "is in the way: new files are made there before they get their names"
        raise mistake(Place(str(stage)), message, _AGAIN)
    shutil.rmtree(stage)


def _taken(folder: Path, files: Mapping[str, bytes], stage: Path) -> Iterator[Problem]:
    """Yield a problem for each path at which something else stands than a killed writing left."""
    for path, data in files.items():
        at = folder / path
        above = [folder / each for each in Path(path).parents if each != Path()]
        if wrong := next((each for each in above if _is_no_folder(each)), None):
            yield Problem(Place(str(wrong)), "is not a folder", _AGAIN)
        elif os.path.lexists(at) and not (stage.is_dir() and _holds(at, data)):
            yield Problem(Place(str(at)), "is there already", _AGAIN)


def _is_no_folder(path: Path) -> bool:
    return path.is_symlink() or (path.exists() and not path.is_dir())


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and not path.is_symlink() and path.read_bytes() == data


def _move_each(stage: Path, folder: Path, paths: list[str]) -> None:
    """Move each of `paths` from `stage` to `folder`, the first last; undo all if one cannot be."""
    moved: list[Path] = []
    made: list[Path] = []
    try:
        for path in reversed(paths):
            for above in reversed([folder / each for each in Path(path).parents]):
                if not above.exists():
                    above.mkdir()
                    made.append(above)
            if not os.path.lexists(folder / path):  # else it stays, or a killed writing moved it
                _move(stage / path, folder / path)
                moved.append(folder / path)
    except BaseException:
        for file in moved:
            file.unlink()
        for empty in reversed(made):
            with suppress(OSError):
                empty.rmdir()
        raise


def _move(source: Path, target: Path) -> None:
    """Move a file to a path that is free. Raises FileExistsError if it is taken."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if os.path.lexists(target):
            raise
        source.rename(target)


@contextmanager
def _errors_as_problems(folder: Path) -> Iterator[None]:
    """Turn an OSError of the block into a problem at its file, or at `folder`. Raises Problems."""
    try:
        yield
    except OSError as error:
        place = Place(str(error.filename or folder))
        cure = "cure that, or choose another folder"
        raise mistake(place, f"cannot be written: {error.strerror}", cure) from None
