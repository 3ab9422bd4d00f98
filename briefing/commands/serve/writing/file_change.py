"""A source file before and after an edit: carried out only where it is as it was, and undone so."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from briefing.storage.rewrite_sources import rewrite_sources
from briefing.storage.site_sources.replace import read_source, remove_source, replace_source


class FileChange(Struct, frozen=True, kw_only=True):
    """What an edit makes of a file, and of the program's own files beside it."""

    path: str
    before: bytes | None
    """None: there is no such file."""
    after: bytes | None
    beside: Mapping[str, tuple[bytes | None, bytes | None]] = {}
    """The own files before and after, by path; they are written over whatever is there."""

    @property
    def is_none(self) -> bool:
        """Whether all stays as it is."""
        return self.before == self.after and all(old == new for old, new in self.beside.values())

    @property
    def undone(self) -> FileChange:
        """The change that undoes this one."""
        beside = {path: (new, old) for path, (old, new) in self.beside.items()}
        return FileChange(path=self.path, before=self.after, after=self.before, beside=beside)

    @property
    def line(self) -> int:
        """The number of the first line that is another one after it, from 1."""
        before, after = (self.before or b"").splitlines(), (self.after or b"").splitlines()
        same = 0
        for one, other in zip(before, after, strict=False):
            if one != other:
                break
            same += 1
        return same + 1


def carry_out(root: Path, change: FileChange) -> bool:
    """Write a change of a file that is there; return whether that was still as it was before.

    Otherwise nothing is written. Raises Problems, with nothing written, if the system refuses.
    """
    if not _write(root, change):
        return False
    try:
        for path, (_, data) in change.beside.items():
            _write_own(root, path, data)
    except BaseException:
        _write(root, change.undone)
        raise
    return True


def _write(root: Path, change: FileChange) -> bool:
    before, after = change.before, change.after
    if before is None or after is None:
        return before is not None and remove_source(root, change.path, before)
    if before == after:
        return read_source(root, change.path) == before
    return replace_source(root, change.path, before, after)


def _write_own(root: Path, path: str, data: bytes | None) -> None:
    """Write a file of the program; None: take it away."""
    if data is not None:
        rewrite_sources(root, {}, {path: data})
    elif (there := read_source(root, path)) is not None:
        remove_source(root, path, there)


def digest_of(data: bytes) -> str:
    """Return the digest by which a page names the content that it shows."""
    return sha256(data).hexdigest()
