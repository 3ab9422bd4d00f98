"""The note of what is to be moved and rewritten, which is on the disk until all of it is done.

It lies beside site.yaml. Whoever is killed leaves it, and the next command carries it out:
https://en.wikipedia.org/wiki/Write-ahead_logging. It may also have come with the sources, so what
it says is done only where sources are, and never where a file was changed since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from secrets import token_hex

from msgspec import DecodeError, Struct, json

from briefing.problems import Place, Problem, mistake
from briefing.storage.open_folders import Entry, OpenFolders, write_new
from briefing.storage.stat_cache import ARTICLE_TEXTS, KEPT_ORIGINALS, REWRITE_NOTE

_NEW_NOTE = f"{REWRITE_NOTE}.new"
_DELETE = f"delete {REWRITE_NOTE}, and see with `git status` that all is as it should be"


class RewriteNote(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be moved and rewritten, as for `rewrite_sources`."""

    token: str
    """It is in the names of the files that are beside others meanwhile."""
    moved: dict[str, str]
    written: dict[str, bytes]
    before: dict[str, str]
    """SHA-256 of the content of each file before it is rewritten, by its new path; "": none."""

    def names_beside(self, target: Entry, path: str) -> tuple[Entry, Entry]:
        """Return the names beside the file at `path` of its new content, and of its old one."""
        number = [*self.written].index(path)
        name = f".{self.token}.{number}"
        return target.beside(f"{name}.new"), target.beside(f"{name}.old")


def write_note(
    folders: OpenFolders, moved: Mapping[str, str], written: Mapping[str, bytes]
) -> RewriteNote:
    """Write the note of what is to be done, and return it. Raises OSError, with none written."""
    was = {new: old for old, new in moved.items()}
    before = {path: _digest(folders.read(was.get(path, path))) for path in written}
    note = RewriteNote(token=token_hex(8), moved=dict(moved), written=dict(written), before=before)
    new, target = folders.entry(_NEW_NOTE), folders.entry(REWRITE_NOTE)
    try:
        new.unlink()
        write_new(new, json.encode(note), None)
        new.replace(target)
        target.folder.sync()
    except BaseException:
        with suppress(OSError):
            new.unlink()
        remove_note(folders)
        raise
    return note


def remove_note(folders: OpenFolders) -> None:
    """Remove the note; if the system refuses, it stays, and the next command finds all done."""
    with suppress(OSError):
        folders.entry(REWRITE_NOTE).unlink()


def read_note(folders: OpenFolders) -> RewriteNote | None:
    """Return the note that is there; None if there is none. Raises Problems for another file."""
    if folders.mode(REWRITE_NOTE) is None:
        return None
    with suppress(OSError, DecodeError, RecursionError):
        note = json.decode(folders.read(REWRITE_NOTE) or b"", type=RewriteNote)
        if note.token.isalnum() and _is_of_sources(note):
            return note
    message = "is no note of a rename, though it has the name of one"
    raise mistake(Place(REWRITE_NOTE), message, _DELETE)


def _is_of_sources(note: RewriteNote) -> bool:
    """Whether a note moves and writes nothing but sources and kept texts, each in their folder."""
    pairs = [(old.split("/"), new.split("/")) for old, new in note.moved.items()]
    paths = [parts for pair in pairs for parts in pair]
    written = [path.split("/") for path in note.written if path != "redirects.yaml"]
    return (
        note.before.keys() == note.written.keys()
        and all(old[0] == new[0] for old, new in pairs)
        and all(parts[0] in {"content", ARTICLE_TEXTS} for parts in paths)
        and all(parts[0] == "content" for parts in written)
        and all(map(_is_below, [*paths, *written]))
    )


def _is_below(parts: list[str]) -> bool:
    """Whether a path leads to a file below its first folder, of which no part is hidden.

    But for the folder of what is kept of originals, in which the file may be.
    """
    below = parts[1:]
    if below[-2:-1] == [KEPT_ORIGINALS]:
        del below[-2]
    return bool(below) and all(part and part[0] != "." and "\0" not in part for part in below)


def note_problems(folders: OpenFolders, note: RewriteNote) -> Iterator[Problem]:
    """Yield a problem for each file of a note that was changed since by somebody else."""
    was = {new: old for old, new in note.moved.items()}
    for old, new in note.moved.items():
        there = [path for path in (old, new) if folders.mode(path) is not None]
        both = len(there) > 1 and not folders.entry(old).is_same(folders.entry(new))
        if both or not there:
            message = "and its new name are both there" if both else "is neither there nor moved"
            yield Problem(Place(old), f"a rename was stopped, and this file {message}", _DELETE)
    for path, data in note.written.items():
        at = path if folders.mode(path) is not None else was.get(path, path)
        found = folders.read(at)
        if found is None and folders.has_folder_of(path):
            found = folders.read(_backup(folders, note, path))
        if found != data and _digest(found) != note.before[path]:
            what = "a rename" if note.moved else "a change of files"
            message = f"{what} was stopped before its end, and this file was changed since"
            yield Problem(Place(at), message, _DELETE)


def _backup(folders: OpenFolders, note: RewriteNote, path: str) -> str:
    """Return the path of the old content of a file; without hard links that is its one name."""
    folder, slash, _ = path.rpartition("/")
    _, old = note.names_beside(folders.entry(path), path)
    return f"{folder}{slash}{old.name}"


def _digest(data: bytes | None) -> str:
    return "" if data is None else sha256(data).hexdigest()
